//! A policy document put into words, for readers who will never open it.

use super::Parameter;
use crate::{
    chart::number::{capitalised, counted, level, listed},
    vocabulary::{deadline, signal},
};
use change_ledger_model::policy::{
    Approval, Authorisation, Category, ClockKind, Detection, Emergency, Groups, LinkRequired, Policy, ReviewEvidence,
    ReviewOwed, Roles, RollbackPlan, SampleRule,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Behind what a policy says and no verdict reads yet, so that nobody takes it for checked.
const STATED_ONLY: &str = " (stated; nothing is judged by it yet)";

/// Every parameter, in the order in which a change meets them.
pub(super) fn parameters(policy: &Policy) -> Vec<Parameter> {
    let named = [
        ("Quarters", quarters(policy)),
        ("Implementation", implementation(policy.clock.implemented).to_owned()),
        ("Changes counted", population(policy)),
        ("Qualifying approval", approval(policy.approval)),
        ("Emergency labels", listed(&policy.signals.emergency_labels)),
        ("Emergency title tags", listed(&policy.signals.emergency_title_tags)),
        ("Hotfix branches", format!("begin with {}", listed(&policy.signals.hotfix_branches))),
        ("Emergency words", listed(&policy.signals.emergency_words)),
        ("Fast merge", format!("less than {} from opening to merge", minutes(policy.signals.fast_merge_minutes))),
        ("During an incident", incident_window(policy)),
        ("Business hours", business_hours(policy)),
        ("Unlabelled emergency", detection(&policy.detection)),
        ("Genuine emergency", genuine(&policy.emergency)),
        ("Categories", categories(&policy.category)),
        ("Exempt", exempt(policy)),
        ("Retroactive review", review(policy)),
        ("Counts as that review", review_evidence(policy)),
        ("Emergency ratio", ratio(policy)),
        ("Authorisation", authorisation(&policy.authorisation)),
        ("Who holds a role", holders(&policy.people)),
        ("Justification", justification(policy)),
        ("Documentation", documentation(policy)),
        ("Controls", controls(policy)),
        ("A rollback", rollback(policy)),
        ("Vulnerabilities fixed", patches(policy)),
        ("Samples", samples(policy)),
        ("Logs kept", retention(policy)),
        ("Approvals in a batch", batch(policy)),
        ("Teams", teams(&policy.groups)),
        ("Small numbers", format!("no trend is claimed below {}", policy.small_numbers.minimum)),
    ];
    named.into_iter().map(|(name, value)| Parameter { name: name.to_owned(), value }).collect()
}

fn quarters(policy: &Policy) -> String {
    let month = policy.period.fiscal_year_start.checked_sub(1).and_then(|place| usize::try_from(place).ok());
    let month = month.and_then(|place| MONTHS.get(place)).unwrap_or(&"January");
    format!("the year starts in {month}; days begin and end in {}", policy.period.timezone)
}

const fn implementation(clock: ClockKind) -> &'static str {
    match clock {
        ClockKind::Merged => "the merge of the change, or the end of work on a change ticket",
        ClockKind::Deployed => {
            "the first successful deployment to production where the files tell it, else the merge or the end of work"
        }
    }
}

fn population(policy: &Policy) -> String {
    let exempt = if policy.population.count_exempt { "exempt changes count" } else { "exempt changes do not count" };
    format!("merged into {}; {exempt}", listed(&policy.population.branches))
}

fn approval(approval: Approval) -> String {
    let needed = counted(approval.required.into(), "independent person", "different independent persons");
    let says = |holds: bool, yes: &'static str, no: &'static str| if holds { yes } else { no };
    format!(
        "by {needed}; a comment {}, merging {}; it {} cover the merged commit",
        says(approval.comment_counts, "counts", "does not count"),
        says(approval.merge_counts, "counts", "does not count"),
        says(approval.must_cover_head, "must", "need not"),
    )
}

fn incident_window(policy: &Policy) -> String {
    let window = &policy.signals.incident_window;
    format!("severity {}, until {} after its end", listed(&window.severities), minutes(window.grace_minutes))
}

fn business_hours(policy: &Policy) -> String {
    let hours = policy.signals.business_hours;
    let weekend: Vec<String> = policy.calendar.weekend.iter().map(ToString::to_string).collect();
    let free = if weekend.is_empty() { "every day".to_owned() } else { format!("except {}", listed(&weekend)) };
    let number = |days: &[chrono::NaiveDate]| u64::try_from(days.len()).unwrap_or(u64::MAX);
    let sets: Vec<String> = policy.calendar.holiday_sets.iter().map(|set| set.name().to_owned()).collect();
    let sets = if sets.is_empty() { String::new() } else { format!(", the holidays of {}", listed(&sets)) };
    let (own, kept) = (number(&policy.calendar.holidays), number(&policy.calendar.working_days));
    let own = if own == 0 { String::new() } else { format!(" and {}", counted(own, "holiday", "holidays")) };
    let kept = if kept == 0 { String::new() } else { format!(", but on {}", counted(kept, "of these", "of these")) };
    format!("{} to {}, {free}{sets}{own}{kept}", hours.from.format("%H:%M"), hours.to.format("%H:%M"))
}

fn detection(rules: &[Detection]) -> String {
    if rules.is_empty() {
        return "is never looked for".to_owned();
    }
    let rule = |rule: &Detection| rule.all.iter().map(|one| signal(*one)).collect::<Vec<_>>().join(" + ");
    let rules = rules.iter().map(rule).collect::<Vec<_>>().join("; ");
    format!("not labelled, and all signals of any one rule: {rules}")
}

fn review(policy: &Policy) -> String {
    let owed = match policy.review.owed {
        ReviewOwed::Unreviewed => "emergencies without a qualifying approval at implementation",
        ReviewOwed::EveryEmergency => "every emergency, also those approved before",
    };
    let by = if policy.review.by.is_empty() { String::new() } else { format!(" by {}", policy.review.by.join(" or ")) };
    let people = policy.review.required.map_or_else(String::new, |required| {
        format!(
            "; {} an emergency, before or afterwards",
            counted(required.into(), "person approves", "persons approve")
        )
    });
    let warning =
        policy.review.warn_after.map_or_else(String::new, |after| format!("; warned of after {}", deadline(after)));
    format!("owed by {owed}, within {}{by}{people}{warning}", deadline(policy.review.deadline))
}

fn review_evidence(policy: &Policy) -> String {
    let kinds = policy.review.evidence.iter().map(|kind| match kind {
        ReviewEvidence::Approval => "a qualifying approval on the change".to_owned(),
        ReviewEvidence::TicketRecord => {
            format!("a dated note on a linked ticket or incident that begins with {}", quoted(&policy.review.markers))
        }
        ReviewEvidence::ChangeTask => "a completed review task of a change ticket".to_owned(),
        ReviewEvidence::Attestation => "what a person attests in this ledger".to_owned(),
    });
    format!("later than the implementation, any of: {}", kinds.collect::<Vec<_>>().join("; "))
}

fn categories(categories: &[Category]) -> String {
    if categories.is_empty() {
        return "none of its own".to_owned();
    }
    let words = categories.iter().map(|category| {
        let approvers =
            if category.approvers.is_empty() { "its author".to_owned() } else { category.approvers.join(" and ") };
        let senior = if category.senior == 0 { String::new() } else { format!(", {} of them senior", category.senior) };
        let people = counted(category.required.into(), "approval", "approvals");
        format!("{} by {approvers}, {people}{senior}", category.name)
    });
    words.collect::<Vec<_>>().join("; ")
}

fn genuine(emergency: &Emergency) -> String {
    let label = if emergency.label_required { "labelled, " } else { "" };
    let link = match emergency.incident_link {
        LinkRequired::Resolved => "linked to an imported incident",
        LinkRequired::TwoWay => "linked to an imported incident that names it back",
    };
    let grounds = if emergency.grounds.is_empty() {
        "any reason will do".to_owned()
    } else {
        format!("its reason names one of {}", listed(&emergency.grounds))
    };
    format!("{label}{link}; {grounds}")
}

fn exempt(policy: &Policy) -> String {
    let rules = &policy.exemption;
    let of = |what: &str, words: &[String]| (!words.is_empty()).then(|| format!("{what} {}", listed(words)));
    let rules = [
        rules.bots.then(|| "changes opened by bots".to_owned()),
        of("labels", &rules.labels),
        of("titles that begin with", &rules.title_tags),
        of("branches that begin with", &rules.branches),
    ];
    let named: Vec<String> = rules.into_iter().flatten().collect();
    if named.is_empty() { "nothing".to_owned() } else { named.join("; ") }
}

fn controls(policy: &Policy) -> String {
    let plan = match policy.controls.rollback_plan {
        RollbackPlan::Never => "no rollback plan",
        RollbackPlan::HighRisk => "a rollback plan for high risk",
        RollbackPlan::Always => "a rollback plan for every change",
    };
    let plan = if policy.controls.rollback_plan == RollbackPlan::Never {
        plan.to_owned()
    } else {
        format!("{plan}, recognised after {}", quoted(&policy.rollback.plan_markers))
    };
    let other = if policy.controls.deployed_by_other { "; merged or deployed by somebody else" } else { "" };
    let staging = if policy.controls.staging_first { "; staging before production" } else { "" };
    format!("{plan}{other}{staging}")
}

fn rollback(policy: &Policy) -> String {
    let review = if policy.rollback.review { ", with a review" } else { "" };
    policy.rollback.incident_level.map_or_else(
        || "owes no incident".to_owned(),
        |level| format!("is an incident of at least level {level}{review}{STATED_ONLY}"),
    )
}

fn patches(policy: &Policy) -> String {
    let times = policy.patch;
    format!(
        "critical within {}, high {}, medium {}, low {}",
        counted(times.critical_hours.into(), "hour", "hours"),
        days(times.high_days),
        days(times.medium_days),
        days(times.low_days)
    )
}

fn samples(policy: &Policy) -> String {
    let size = match policy.sample.rule {
        SampleRule::Population => "by the size of the population".to_owned(),
        SampleRule::Frequency => "by how often the control works".to_owned(),
        SampleRule::Fixed => counted(policy.sample.fixed.into(), "change", "changes"),
    };
    format!("{size}; emergencies in full up to {}", policy.sample.emergencies_in_full)
}

fn retention(policy: &Policy) -> String {
    let years =
        |what: &str, years: Option<u32>| years.map(|n| format!("{what} {}", counted(n.into(), "year", "years")));
    let times = [
        years("logs of changes", policy.retention.change_log_years),
        years("logs of builds and deployments", policy.retention.ci_log_years),
    ];
    let named: Vec<String> = times.into_iter().flatten().collect();
    if named.is_empty() { "no time is set".to_owned() } else { format!("{}{STATED_ONLY}", named.join("; ")) }
}

fn ratio(policy: &Policy) -> String {
    format!("limit {}, warning above {}", level(policy.ratio.limit), level(policy.ratio.warning))
}

fn authorisation(rule: &Authorisation) -> String {
    let roles = match (rule.roles.is_empty(), rule.every_role) {
        (true, _) => "anyone".to_owned(),
        (false, true) => rule.roles.join(" and "),
        (false, false) => rule.roles.join(" or "),
    };
    let within = rule.within.map_or_else(String::new, |within| format!(", within {}", deadline(within)));
    let sign_off = if rule.sign_off.is_empty() {
        String::new()
    } else {
        format!("; signed off by {}{STATED_ONLY}", rule.sign_off.join(" and "))
    };
    format!("by {roles}{within}{sign_off}; recognised after {}", quoted(&rule.markers))
}

fn holders(people: &Roles) -> String {
    let named = people.0.iter().filter(|(_, holders)| !holders.is_empty());
    let named: Vec<String> = named.map(|(role, holders)| format!("{role}: {}", listed(holders))).collect();
    if named.is_empty() {
        "nobody is named; known only where the text itself says the role".to_owned()
    } else {
        named.join("; ")
    }
}

fn teams(groups: &Groups) -> String {
    let named = groups.teams.iter().map(|(name, team)| {
        let both = [&team.repositories, &team.people].into_iter().filter(|words| !words.is_empty());
        format!("{name}: {}", both.map(|words| listed(words)).collect::<Vec<_>>().join("; with "))
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() { "none is named".to_owned() } else { named.join("; ") }
}

fn justification(policy: &Policy) -> String {
    let reason =
        if policy.justification.ticket_reason_counts { "; the reason field of a linked ticket counts" } else { "" };
    format!("recognised after {}{reason}", quoted(&policy.justification.markers))
}

fn documentation(policy: &Policy) -> String {
    let rule = &policy.documentation;
    format!("within {}; recognised after {}", deadline(rule.deadline), quoted(&rule.markers))
}

fn batch(policy: &Policy) -> String {
    format!("at least {} by one person within {}", policy.batch.count, minutes(policy.batch.minutes))
}

fn minutes(n: u32) -> String {
    counted(n.into(), "minute", "minutes")
}

fn days(n: u32) -> String {
    counted(n.into(), "day", "days")
}

fn quoted(words: &[String]) -> String {
    if words.is_empty() {
        return "no words".to_owned();
    }
    words.iter().map(|word| format!("“{}”", capitalised(word))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::policy::presets;

    #[test]
    fn the_first_preset_reads_like_its_document() {
        let policy = Policy::parse(presets()[0].document).unwrap();
        let words = parameters(&policy);
        let check = |name: &str, expected: &str| {
            let found = words.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value.as_str());
            assert_eq!(found, Some(expected), "{name}");
        };
        check("Quarters", "the year starts in January; days begin and end in UTC");
        check("Changes counted", "merged into main, master, trunk and release/*; exempt changes count");
        check(
            "Qualifying approval",
            "by 1 independent person; a comment does not count, merging does not count; it need not cover the merged commit",
        );
        check("Fast merge", "less than 15 minutes from opening to merge");
        check("Business hours", "08:00 to 18:00, except Sat and Sun");
        check("Exempt", "nothing");
        check(
            "Retroactive review",
            "owed by emergencies without a qualifying approval at implementation, within 24 hours",
        );
        check("Emergency ratio", "limit 10%, warning above 5%");
        check(
            "Documentation",
            "within 24 hours; recognised after “Incident log”, “Post-incident documentation”, “Documented”",
        );
        check("Approvals in a batch", "at least 5 by one person within 10 minutes");
    }
}
