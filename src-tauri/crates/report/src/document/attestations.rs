//! What people attested of the quarter's changes, and what it made of the verdicts.

use super::{View, imported};
use crate::content::{AttestationEntry, AttestedEntry, VerdictEntry};
use serde::Serialize;

/// One change of which something was attested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Attested {
    pub change: String,
    pub title: String,
    pub statements: Vec<Stated>,
    /// What the verdicts would be by the imported files alone, a sentence each.
    pub without: Vec<String>,
}

/// One attestation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Stated {
    pub sentence: String,
    pub reason: String,
    /// When it was stated, whether it holds, and what to know of whoever states it.
    pub when: String,
}

pub(super) fn attestations(view: &View) -> Vec<Attested> {
    view.report.attestations.iter().map(|entry| attested(view, entry)).collect()
}

fn attested(view: &View, entry: &AttestedEntry) -> Attested {
    let without: Vec<String> = entry.without.iter().map(verdict).collect();
    Attested {
        change: imported::name(&entry.change),
        title: imported::line(entry.title.as_deref().unwrap_or("no longer in the ledger")),
        statements: entry.statements.iter().map(|statement| stated(view, statement)).collect(),
        without: if without.is_empty() { vec!["No verdict is another one because of it.".to_owned()] } else { without },
    }
}

fn stated(view: &View, entry: &AttestationEntry) -> Stated {
    let stated = format!("Stated {}", view.clock.in_words(entry.stated_at));
    let remark = entry.remark.as_deref().map(|remark| format!(" {}", imported::line(remark))).unwrap_or_default();
    Stated {
        sentence: imported::line(&entry.sentence),
        reason: imported::line(&entry.reason),
        when: match (entry.holds, remark.is_empty()) {
            (true, _) => format!("{stated}.{remark}"),
            (false, true) => format!("{stated}; no longer holds."),
            (false, false) => format!("{stated}; does not hold.{remark}"),
        },
    }
}

fn verdict(entry: &VerdictEntry) -> String {
    let words = |text: &str| imported::line(&text.replace('_', " "));
    format!("{}: {}; without attestations: {}.", words(&entry.label), words(&entry.with), words(&entry.without))
}

#[cfg(test)]
mod tests {
    use crate::{document::Document, sample};

    #[test]
    fn what_people_attested_is_listed_with_who_when_and_why() {
        assert_eq!(Document::of(&sample::report()).unwrap().attestations, []);
        let found = Document::of(&sample::attested_report()).unwrap().attestations;
        let first = &found[0];
        assert_eq!((first.change.as_str(), first.title.as_str()), ("github:lumen/billing#918", "Bump retry budget"));
        let statements: Vec<_> = first.statements.iter().map(|stated| (&*stated.reason, &*stated.when)).collect();
        assert_eq!(
            statements,
            [
                ("It paged us.", "Stated 3 September 2026, 10:00; no longer holds."),
                ("The page was a drill.", "Stated 4 September 2026, 10:00."),
            ]
        );
        assert_eq!(first.without, ["Class: unreviewed; without attestations: unlabelled emergency."]);
        assert_eq!(found[1].without, ["No verdict is another one because of it."]);
    }

    #[test]
    fn what_does_not_count_is_listed_with_the_reason() {
        let check = |holds: bool, remark: Option<&str>, expected: &str| {
            let mut report = sample::attested_report();
            let entry = &mut report.attestations[1].statements[0];
            (entry.holds, entry.remark) = (holds, remark.map(str::to_owned));
            assert_eq!(Document::of(&report).unwrap().attestations[1].statements[0].when, expected);
        };
        let own = "It does not count: Ada Ruiz is an author of the change.";
        check(true, None, "Stated 5 September 2026, 10:00.");
        check(true, Some("Nobody knows her."), "Stated 5 September 2026, 10:00. Nobody knows her.");
        check(false, None, "Stated 5 September 2026, 10:00; no longer holds.");
        check(false, Some(own), &format!("Stated 5 September 2026, 10:00; does not hold. {own}"));
    }
}
