use super::*;
use crate::policy::presets;

fn edited(from: &str, to: &str) -> Result<Policy, PolicyError> {
    let document = presets()[0].document;
    assert!(document.contains(from), "{from}");
    Policy::parse(&document.replace(from, to))
}

#[test]
fn every_wrong_value_is_named() {
    let check = |from: &str, to: &str, names: &str| {
        let message = edited(from, to).unwrap_err().to_string();
        assert!(message.contains(names), "{to}: {message}");
    };
    check("limit = 0.10", "limit = 10", "ratio.limit");
    check("warning = 0.05", "warning = 0.5", "ratio.warning");
    check("fiscal_year_start = 1", "fiscal_year_start = 13", "period.fiscal_year_start");
    check("timezone = \"UTC\"", "timezone = \"Mars\"", "timezone");
    check("deadline = \"24h\"\n\n# \"Emergency", "deadline = \"1 day\"\n\n# \"Emergency", "not a deadline");
    check("all = [\"bypass_recorded\"]", "all = []", "detection.all");
    check("all = [\"bypass_recorded\"]", "all = [\"bypased\"]", "bypased");
    check("required = 1", "required = 0", "approval.required");
    check("required = 1", "requierd = 1", "requierd");
    check("weekend = [\"Sat\", \"Sun\"]", "weekend = [\"Caturday\"]", "Caturday");
    check("to = \"18:00\"", "to = \"07:00\"", "business_hours");
    check("evidence = [\"approval\"]", "evidence = []", "`review.evidence` in line");
    check("evidence = [\"approval\"]", "evidence = [\"approvals\"]", "unknown variant `approvals`");
    check("evidence = [\"approval\"]", "evidence = [\"ticket_record\"]", "review.markers");
    check("evidence = [\"approval\"]", "warn_after = \"24h\"", "review.warn_after");
    check("every_role = false", "every_role = \"yes\"", "authorisation.every_role");
    check("holiday_sets = []", "holiday_sets = [\"mars\"]", "unknown variant `mars`");
    let both = "holidays = [\"2026-12-24\"]\nworking_days = [\"2026-12-24\"]";
    check("holidays = []\nworking_days = []", both, "must not name 2026-12-24");
    check("critical_hours = 72", "critical_hours = 0", "`patch`");
    check("rule = \"population\"", "rule = \"dice\"", "unknown variant `dice`");
    check("fixed = 25", "fixed = 0", "sample.fixed");
    check("[retention]", "[retention]\nci_log_years = 0", "between 1 and 100 years");
    check("[rollback]", "[rollback]\nincident_level = 6", "1 (gravest) to 5");
    check("review = false", "review = true", "rollback.review");
    check("services = {}", "services = { \"acme/pay\" = [] }", "signals.incident_window.services");
    check("title_tags = []", "title_tags = [\" \"]", "`exemption`");
    check("[people]", "[people]\nCTO = [\"\"]", "`people`");
    check("teams = {}", "teams = { Payments = {} }", "`groups.teams`");
    check("teams = {}", "teams = { Payments = { people = [\" \"] } }", "empty repository or handle");
    check("teams = {}", "teams = { Payments = { repository = [] } }", "repository");
    let twice = "[[category]]\nname = \"normal\"\nlabels = []\nrequired = 1\n";
    check("[people]", &format!("{twice}{twice}[people]"), "different in every category");
    check("[people]", &format!("{twice}senior = 2\n[people]"), "category.senior");
}

#[test]
fn a_wrong_value_is_named_with_its_line() {
    let message = edited("limit = 0.10", "limit = 10").unwrap_err().to_string();
    let line = presets()[0].document.lines().position(|line| line.starts_with("limit")).unwrap() + 1;
    assert!(message.contains(&format!("`ratio.limit` in line {line} must be a share")), "{message}");
}

/// A ledger may hold documents from before a parameter existed: they mean what they meant.
#[test]
fn a_document_without_the_later_parameters_means_what_it_meant() {
    let older = include_str!("../presets/retroactive-24h.toml");
    let tables = [
        "[emergency]",
        "[controls]",
        "[rollback]",
        "[severity]",
        "[patch]",
        "[sample]",
        "[retention]",
        "[people]",
        "[groups]",
    ];
    let keys = ["evidence", "markers = []", "by", "every_role", "sign_off", "services", "holiday_sets", "working_days"];
    let in_exemption = ["labels", "title_tags", "branches = []"];
    let mut kept = true;
    let lines = older.lines().filter(|line| {
        if line.starts_with('[') {
            kept = !tables.contains(line);
        }
        let is_later = |key: &&str| line.starts_with(&format!("{key} =")) || line == key;
        kept && !keys.iter().chain(&in_exemption).any(is_later)
    });
    let older = lines.collect::<Vec<_>>().join("\n");
    assert!(!older.contains("holiday_sets =") && !older.contains("evidence") && !older.contains("[patch]"));
    assert_eq!(Policy::parse(&older).unwrap(), Policy::parse(presets()[0].document).unwrap());
}

#[test]
fn the_calendar_knows_the_named_sets_the_policys_own_days_and_those_taken_back() {
    let sets = "holiday_sets = [\"de\", \"us-federal\"]\nholidays = [\"2026-05-05\"]\nworking_days = [\"2026-05-14\"]";
    let policy = edited("holiday_sets = []\nholidays = []\nworking_days = []", sets).unwrap();
    let calendar = policy.business_calendar();
    let check =
        |day: &str, expected: bool| assert_eq!(calendar.is_business_day(day.parse().unwrap()), expected, "{day}");
    check("2026-05-25", false);
    check("2026-07-03", false);
    check("2026-05-01", false);
    check("2026-05-05", false);
    // Ascension Day, taken back.
    check("2026-05-14", true);
    check("2026-05-04", true);
}

#[test]
fn a_policy_survives_writing() {
    let policy = Policy::parse(presets()[0].document).unwrap();
    assert_eq!(Policy::parse(&toml::to_string(&policy).unwrap()).unwrap(), policy);
}
