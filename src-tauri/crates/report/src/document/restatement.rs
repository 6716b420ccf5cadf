//! What a former report of the quarter said otherwise.

use super::{Labelled, View, figures, imported};
use crate::{
    chart::number::{capitalised, count, counted, listed},
    content,
};
use change_ledger_model::{
    judgement::{ApprovalTiming, Class, ReviewState},
    restatement::{Amount, MovedChange, MovedNumber, NumberUnit, Outcome, TakenIn},
};
use serde::Serialize;

/// A former report, and everything in which this one differs from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Restatement {
    /// Which report, and what came since.
    pub sentence: String,
    pub fingerprint: Labelled,
    pub numbers: Vec<Number>,
    pub changes: Vec<Change>,
    /// How many more changes there are than are listed.
    pub more: Option<String>,
}

/// A number that is another one now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Number {
    pub name: String,
    pub before: String,
    pub after: String,
}

/// A change that is judged otherwise now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub change: String,
    pub title: String,
    pub before: String,
    pub after: String,
}

/// Changes that are listed; another policy may move thousands.
const LISTED: usize = 100;

impl Restatement {
    pub(super) fn of(view: &View) -> Option<Self> {
        let former = view.report.restatement.as_ref()?;
        let more = former.changes.len().saturating_sub(LISTED);
        Some(Self {
            sentence: sentence(view, former),
            fingerprint: Labelled::new("Former report, SHA-256", imported::line(&former.sha256)),
            numbers: former.numbers.iter().map(Number::of).collect(),
            changes: former.changes.iter().take(LISTED).map(change).collect(),
            more: (more > 0).then(|| {
                let more = counted(more as u64, "more change is", "more changes are");
                format!("{more} judged otherwise; `change-ledger report restated` lists all.")
            }),
        })
    }
}

fn sentence(view: &View, former: &content::Restatement) -> String {
    let policy = imported::name(&format!("{}, version {}", former.policy.name, former.policy.version));
    format!(
        "A report of {} was issued on {} under the policy {policy}. Since then the ledger took in {}. Judged at {}, the \
         moment of that report, the ledger now says otherwise. The former report was not altered.",
        view.quarter.quarter,
        view.clock.in_words(former.issued_at),
        taken_in(former.since),
        view.clock.in_words(former.as_of),
    )
}

fn taken_in(since: TakenIn) -> String {
    let parts = [
        (since.imports, "import", "imports"),
        (since.policies, "policy", "policies"),
        (since.people, "statement about who is who", "statements about who is who"),
        (since.attestations, "attestation", "attestations"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(n, one, many)).collect();
    listed(&parts)
}

impl Number {
    /// A number that is another one now, in words.
    pub(super) fn of(moved: &MovedNumber) -> Self {
        let written = |amount: Option<Amount>| match (amount, moved.unit) {
            (None, _) => figures::percent_or_na(None),
            (Some(Amount::Count(number)), NumberUnit::Count) => count(number),
            (Some(amount), NumberUnit::Count) => amount.value().to_string(),
            (Some(amount), NumberUnit::Share) => figures::percent_or_na(Some(amount.value())),
            (Some(amount), NumberUnit::Hours) => figures::span(amount.value()),
            (Some(amount), NumberUnit::BusinessDays) => format!("{:.1}\u{A0}business days", amount.value()),
        };
        let name = imported::name(&moved.metric.replace('.', ": ").replace('_', " "));
        Self { name: capitalised(&name), before: written(moved.before), after: written(moved.after) }
    }
}

fn change(moved: &MovedChange) -> Change {
    Change {
        change: imported::name(&moved.id),
        title: imported::line(moved.title.as_deref().unwrap_or("no longer in the ledger")),
        before: outcome(moved.before, moved.after),
        after: outcome(moved.after, moved.before),
    }
}

/// The class, and whatever else differs from the `other` outcome.
fn outcome(outcome: Option<Outcome>, other: Option<Outcome>) -> String {
    let Some(own) = outcome else { return "not counted".to_owned() };
    let differs = |of: fn(&Outcome) -> &'static str| {
        let words = of(&own);
        (other.is_none_or(|other| of(&other) != words) && !words.is_empty()).then_some(words)
    };
    let parts = [
        Some(class(own.class)),
        differs(|outcome| approval(outcome.approval)),
        differs(|outcome| review(outcome.review)),
        differs(|outcome| merger(outcome.self_merged)),
        differs(|outcome| if outcome.self_approved { "approved by its author" } else { "" }),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

const fn class(class: Class) -> &'static str {
    match class {
        Class::DeclaredEmergency => "declared emergency",
        Class::UnlabelledEmergency => "unlabelled emergency",
        Class::Unreviewed => "unreviewed",
        Class::Exempt => "exempt",
        Class::Routine => "routine",
    }
}

const fn approval(approval: ApprovalTiming) -> &'static str {
    match approval {
        ApprovalTiming::Before => "approved before",
        ApprovalTiming::After => "approved after",
        ApprovalTiming::Never => "never approved",
        ApprovalTiming::Unknown => "approval not known",
    }
}

const fn review(review: ReviewState) -> &'static str {
    match review {
        ReviewState::NotOwed => "no review owed",
        ReviewState::OnTime => "reviewed on time",
        ReviewState::Late => "reviewed late",
        ReviewState::Pending => "review not yet due",
        ReviewState::Overdue => "review overdue",
        ReviewState::Unknown => "review not known",
    }
}

const fn merger(self_merged: Option<bool>) -> &'static str {
    match self_merged {
        Some(true) => "merged by its author",
        Some(false) => "merged by somebody else",
        None => "author or merger not known",
    }
}

#[cfg(test)]
mod tests {
    use crate::{document::Document, sample};

    #[test]
    fn a_restatement_names_the_former_report_and_what_differs() {
        assert_eq!(Document::of(&sample::report()).unwrap().restatement, None);
        let found = Document::of(&sample::restated_report()).unwrap().restatement.unwrap();
        assert!(found.sentence.contains("issued on 3 October 2026, 10:00"), "{}", found.sentence);
        assert!(found.sentence.contains("took in 2 imports and 1 statement about who is who."), "{}", found.sentence);
        assert_eq!(found.fingerprint.value, "5e".repeat(32));
        let numbers: Vec<_> = found
            .numbers
            .iter()
            .map(|number| format!("{}: {} -> {}", number.name, number.before, number.after).replace('\u{A0}', " "))
            .collect();
        assert_eq!(
            numbers,
            [
                "Classes: unreviewed: 0 -> 1",
                "Retroactive review: median hours: n/a -> 9.2 h",
                "Retroactive review: on time rate: 50.0% -> n/a",
            ]
        );
        let changes: Vec<_> =
            found.changes.iter().map(|change| (change.before.as_str(), change.after.as_str())).collect();
        assert_eq!(
            changes,
            [
                ("routine, approved before", "unreviewed, never approved"),
                ("not counted", "routine, approved before, no review owed, merged by somebody else"),
            ]
        );
        assert_eq!((found.changes[1].title.as_str(), &found.more), ("no longer in the ledger", &None));
    }

    #[test]
    fn no_more_changes_are_listed_than_a_reader_takes_in() {
        let mut report = sample::restated_report();
        let former = report.restatement.as_mut().unwrap();
        former.changes = former.changes.iter().cycle().take(103).cloned().collect();
        let found = Document::of(&report).unwrap().restatement.unwrap();
        assert_eq!(found.changes.len(), 100);
        assert!(found.more.unwrap().starts_with("3 more changes are judged otherwise"));
    }
}
