//! Sentences about one change, the same on screens and in print.

use change_ledger_model::{
    Timestamp,
    judgement::{ApprovalTiming, ReviewState, Signal},
    policy::Policy,
    record::{ChangeKind, ReviewCoverage},
    time::span_beside,
};

/// Hours for people: `12 s`, `45 min`, `11.2 h`, `3.4 d`.
pub(crate) fn span(hours: f64) -> String {
    let hours = hours.abs();
    let (seconds, minutes) = (hours * 3600.0, hours * 60.0);
    if seconds > 0.0 && seconds < 0.5 {
        "less than 1 s".to_owned()
    } else if seconds.round() < 60.0 && seconds > 0.0 {
        format!("{seconds:.0} s")
    } else if minutes.round() < 60.0 {
        format!("{minutes:.0} min")
    } else if hours < 72.0 {
        format!("{hours:.1} h")
    } else {
        format!("{:.1} d", hours / 24.0)
    }
}

/// A number with its noun: `1 review is`, `3 reviews are`.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Whether a change counts, and why.
pub(crate) fn population(
    counted: bool,
    kind: ChangeKind,
    branch: Option<&str>,
    implemented_at: Option<Timestamp>,
    policy: &Policy,
    as_of: Timestamp,
) -> String {
    let Some(at) = implemented_at else {
        return "Not counted: the export does not say when it was implemented, so it belongs to no quarter.".to_owned();
    };
    if at > as_of {
        return format!("Not counted: implemented at {at}, after {as_of}, the moment of this judgement.");
    }
    match (counted, kind, branch) {
        (true, ChangeKind::ChangeTicket, _) => {
            "Counted: a change ticket that no imported pull request implements.".to_owned()
        }
        (true, _, Some(branch)) => format!("Counted: merged into {branch}, a branch of the policy's population."),
        (true, _, None) => "Counted: the export does not say into which branch it was merged.".to_owned(),
        (false, _, Some(branch)) => {
            format!("Not counted: merged into {branch}; the policy counts {}.", policy.population.branches.join(", "))
        }
        (false, _, None) => "Not counted: exempt changes are outside this policy's population.".to_owned(),
    }
}

/// The approval in words; `None` when the files cannot tell.
pub(crate) fn approval(timing: ApprovalTiming, before: Option<Timestamp>, after: Option<Timestamp>) -> Option<String> {
    let at = |time: Option<Timestamp>| time.map_or_else(String::new, |time| format!(", {time}"));
    match timing {
        ApprovalTiming::Before => Some(format!("before implementation{}", at(before))),
        ApprovalTiming::After => Some(format!("only after implementation{}", at(after))),
        ApprovalTiming::Never => Some("never".to_owned()),
        ApprovalTiming::Unknown => None,
    }
}

/// What is said about a change of which no approval counts at implementation while a review was dismissed.
const DISMISSED: &str = "a review that may have approved it was dismissed, and the files do not say when";

/// The approval in words, with what may stand behind a missing one.
pub(crate) fn with_dismissal(approval: String, dismissed_without_date: bool) -> String {
    if dismissed_without_date { format!("{approval}; {DISMISSED}") } else { approval }
}

/// What the imported files leave open about a change, each as part of a sentence. `unknown_records` are those of an
/// emergency of which the files cannot tell whether they exist: `authorisation`.
pub(crate) fn left_open(dismissed_without_date: bool, may_bear_a_label: bool, unknown_records: &[&str]) -> Vec<String> {
    let dismissed = dismissed_without_date.then(|| DISMISSED.to_owned());
    let labels = may_bear_a_label
        .then(|| "the files carry no labels, so whether it was labelled as an emergency is unknown".to_owned());
    let records = (!unknown_records.is_empty())
        .then(|| format!("the files carry too little text to tell whether it has {}", unknown_records.join(" or ")));
    [dismissed, labels, records].into_iter().flatten().collect()
}

/// How far the retroactive review got, as a sentence.
pub(crate) fn review(
    state: ReviewState,
    implemented: Option<Timestamp>,
    due: Option<Timestamp>,
    reviewed: Option<Timestamp>,
    as_of: Timestamp,
) -> String {
    let allowed = implemented.zip(due).map(|(from, due)| due.hours_since(from));
    let took = implemented
        .zip(reviewed)
        .map(|(from, to)| span_beside(to.hours_since(from), allowed, span))
        .unwrap_or_default();
    let due_words = due.map_or_else(|| "at a time that the calendar does not have".to_owned(), |due| due.to_string());
    let distance = due.map(|due| span(due.hours_since(as_of))).unwrap_or_default();
    match state {
        ReviewState::NotOwed => "No retroactive review is owed.".to_owned(),
        ReviewState::OnTime => format!("Reviewed {took} after implementation, in time: due {due_words}."),
        ReviewState::Late => {
            let late = due.zip(reviewed).map(|(due, at)| span(at.hours_since(due))).unwrap_or_default();
            format!("Reviewed {took} after implementation, {late} late: due {due_words}.")
        }
        ReviewState::Pending => format!("A review is owed by {due_words}, in {distance}."),
        ReviewState::Overdue => format!("A review was owed by {due_words}; it is {distance} overdue."),
        ReviewState::Unknown => {
            "A review is owed; the imported files do not tell whether it was given in time.".to_owned()
        }
    }
}

/// What raised a signal that no text raises.
pub(crate) const fn circumstance(signal: Signal) -> &'static str {
    match signal {
        Signal::EmergencyLabel => "the change bears an emergency label",
        Signal::EmergencyTicket => "a linked ticket is an emergency",
        Signal::Unreviewed => "review data is present, and nobody independent had approved when it was implemented",
        Signal::BypassRecorded => "a recorded bypass of a review rule names it",
        Signal::HotfixBranch => "the branch is named like a hotfix",
        Signal::EmergencyWords => "title or description contains emergency words",
        Signal::IncidentLink => "it names an incident",
        Signal::IncidentWindow => "a severe incident of the same service was open when it was implemented",
        Signal::FastMerge => "it was opened and implemented within minutes",
        Signal::OutOfHours => "it was implemented outside business hours",
    }
}

/// How much review data there is; `None` when there is none.
pub(crate) const fn coverage(coverage: ReviewCoverage, reviews: usize) -> Option<&'static str> {
    match (coverage, reviews) {
        (ReviewCoverage::Complete, _) => Some("every submitted review"),
        (ReviewCoverage::PossiblyCut, _) => Some("100 reviews, as many as the export holds; later ones may be missing"),
        (ReviewCoverage::NotCarried, 0) => None,
        (ReviewCoverage::NotCarried, _) => Some("reviews from a file of their own"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_said() {
        let check = |dismissed, labels, records: &[&str], expected: &[&str]| {
            assert_eq!(left_open(dismissed, labels, records), expected);
        };
        check(false, false, &[], &[]);
        check(true, false, &[], &["a review that may have approved it was dismissed, and the files do not say when"]);
        check(
            false,
            true,
            &["an authorisation", "a justification"],
            &[
                "the files carry no labels, so whether it was labelled as an emergency is unknown",
                "the files carry too little text to tell whether it has an authorisation or a justification",
            ],
        );
    }

    #[test]
    fn spans_choose_the_unit_that_shows_them() {
        let check = |hours: f64, expected: &str| assert_eq!(span(hours), expected, "{hours}");
        check(0.0, "0 min");
        check(0.0001, "less than 1 s");
        check(-12.0 / 3600.0, "12 s");
        check(0.5, "30 min");
        check(0.9999, "1.0 h");
        check(71.9, "71.9 h");
        check(82.0, "3.4 d");
    }

    #[test]
    fn reviews_are_told_in_sentences() {
        let at = |text: &str| Timestamp::parse_rfc3339(text);
        let implemented = at("2026-09-03T01:51:40Z");
        let due = at("2026-09-04T01:51:40Z");
        let check = |state, reviewed: Option<&str>, says: &str| {
            let now = at("2026-09-05T01:51:40Z").unwrap();
            let sentence = review(state, implemented, due, reviewed.and_then(at), now);
            assert!(sentence.contains(says), "{sentence}");
        };
        check(ReviewState::Late, Some("2026-09-04T08:05:00Z"), "30.2 h after implementation, 6.2 h late");
        check(ReviewState::OnTime, Some("2026-09-03T02:21:40Z"), "30 min after");
        check(ReviewState::Overdue, None, "24.0 h overdue");
        check(ReviewState::Late, Some("2026-09-04T01:51:52Z"), "24 h 0 min 12 s after implementation, 12 s late");
        check(ReviewState::Late, Some("2026-09-04T01:51:40.2Z"), "less than 1 s late");
        check(ReviewState::OnTime, Some("2026-09-04T01:50:40Z"), "23 h 59 min 0 s after");
        check(ReviewState::OnTime, Some("2026-09-04T01:51:40Z"), "24.0 h after");
        check(ReviewState::Unknown, None, "do not tell");
    }
}
