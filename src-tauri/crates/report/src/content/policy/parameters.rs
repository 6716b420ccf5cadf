//! A policy document put into words, for readers who will never open it.

use super::Parameter;
use crate::{
    chart::number::{capitalised, counted, level, listed},
    vocabulary::{deadline, signal},
};
use change_ledger_model::policy::{Approval, ClockKind, Detection, Policy, ReviewOwed};

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

/// Every parameter that decides a number, in the order in which a change meets them.
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
        ("Exempt", if policy.exemption.bots { "changes opened by bots" } else { "nothing" }.to_owned()),
        ("Retroactive review", review(policy)),
        ("Emergency ratio", ratio(policy)),
        ("Authorisation", authorisation(policy)),
        ("Justification", justification(policy)),
        ("Documentation", documentation(policy)),
        ("Approvals in a batch", batch(policy)),
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
    let holidays = u64::try_from(policy.calendar.holidays.len()).unwrap_or(u64::MAX);
    let holidays =
        if holidays == 0 { String::new() } else { format!(" and {}", counted(holidays, "holiday", "holidays")) };
    format!("{} to {}, {free}{holidays}", hours.from.format("%H:%M"), hours.to.format("%H:%M"))
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
    };
    format!("owed by {owed}, within {}", deadline(policy.review.deadline))
}

fn ratio(policy: &Policy) -> String {
    format!("limit {}, warning above {}", level(policy.ratio.limit), level(policy.ratio.warning))
}

fn authorisation(policy: &Policy) -> String {
    let roles = if policy.authorisation.roles.is_empty() {
        "anyone".to_owned()
    } else {
        policy.authorisation.roles.join(" or ")
    };
    format!(
        "by {roles} (the role is not checked, only that an authorisation is on record); recognised after {}",
        quoted(&policy.authorisation.markers)
    )
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
