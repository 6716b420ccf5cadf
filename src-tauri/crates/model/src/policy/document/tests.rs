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
}

#[test]
fn branches_match_with_wildcards() {
    let check = |pattern: &str, branch: &str, expected: bool| {
        assert_eq!(wildcard_match(pattern, branch), expected, "{pattern} {branch}");
    };
    check("main", "main", true);
    check("main", "maint", false);
    check("release/*", "release/2.4", true);
    check("release/*", "release", false);
    check("*", "anything/at/all", true);
    check("*-lts", "2.4-lts", true);
    check("rel*/*.x", "release/2.x", true);
    check("rel*/*.x", "release/2.y", false);
    check("a*a", "a", false);
}

#[test]
fn a_policy_survives_writing() {
    let policy = Policy::parse(presets()[0].document).unwrap();
    assert_eq!(Policy::parse(&toml::to_string(&policy).unwrap()).unwrap(), policy);
}
