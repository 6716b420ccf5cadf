//! Whether those who attest something are people, and independent of the authors of the change.

use change_ledger_model::{
    columns::{AttestationRow, LedgerColumns},
    person::{Person, PersonKind},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether somebody who attests what only an independent person can is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Independence {
    /// They are known, and no author of the change.
    Independent,
    /// No file and no statement about people knows anybody of that name, who may be an author under another one.
    NobodyKnown,
    /// No file names the author of the change, who may be the same person.
    AuthorUnknown,
    /// They are its author or one of its commits: what they attest does not count.
    Author,
    /// They are a bot, which is nobody's word: what it attests does not count.
    Bot,
}

impl Independence {
    /// Whether what they attest counts.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Author | Self::Bot)
    }
}

/// What is attested, parted by whether it counts.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    /// What counts, in the order in which it was stated.
    pub(crate) counting: Vec<AttestationRow>,
    /// Of what only an independent person can attest, by its event.
    independence: BTreeMap<i64, Independence>,
    /// The events of what was attested by somebody whom no file and no statement about people knows.
    by_nobody_known: BTreeSet<i64>,
}

impl Statements {
    pub(super) fn of(columns: &LedgerColumns) -> Self {
        let mut found = Self::default();
        if columns.attestations.is_empty() {
            return found;
        }
        let mut authors: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (change, person) in &columns.commit_authors {
            authors.entry(*change).or_default().insert(*person);
        }
        let is = |person: u32, wanted: PersonKind| {
            columns.people.get(person as usize).is_some_and(|(_, kind)| *kind == wanted)
        };
        for row in &columns.attestations {
            if row.people.is_empty() {
                found.by_nobody_known.insert(row.event);
            }
            if !row.what.needs_independence() {
                found.counting.push(row.clone());
                continue;
            }
            let author = columns.changes.author.get(row.change as usize).copied().flatten();
            let of_commits = authors.get(&row.change);
            let is_author =
                |person: &u32| author == Some(*person) || of_commits.is_some_and(|authors| authors.contains(person));
            let independence = match () {
                () if row.people.iter().any(is_author) => Independence::Author,
                () if is_bot(row, |person| is(person, PersonKind::Bot)) => Independence::Bot,
                () if row.people.is_empty() => Independence::NobodyKnown,
                () if author.is_none_or(|author| is(author, PersonKind::Deleted)) => Independence::AuthorUnknown,
                () => Independence::Independent,
            };
            found.independence.insert(row.event, independence);
            if independence.counts() {
                found.counting.push(row.clone());
            }
        }
        found
    }

    pub(super) fn independence(&self, event: i64) -> Option<Independence> {
        self.independence.get(&event).copied()
    }

    pub(super) fn is_by_nobody_known(&self, event: i64) -> bool {
        self.by_nobody_known.contains(&event)
    }
}

/// Whether all whom the name may mean are bots; where no file knows it, whether it is spelled as one of a bot.
fn is_bot(row: &AttestationRow, is_bot: impl Fn(u32) -> bool) -> bool {
    if row.people.is_empty() {
        return row.names.first().is_some_and(|name| Person::named(name, None, false).kind == PersonKind::Bot);
    }
    row.people.iter().all(|person| is_bot(*person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use change_ledger_model::attestation::AttestationKind::{self, Confirm, Dismiss, Justification, Review};

    #[test]
    fn whoever_is_known_by_any_of_their_names_as_an_author_is_not_independent() {
        use Independence::{Author, AuthorUnknown, Bot, Independent, NobodyKnown};
        let check = |tell: fn(Sample) -> Sample, people: &[&str], expected: Independence| {
            let mut sample = tell(Sample::new().change(0.0)).attested(Review, 1.0);
            sample = sample.stated_by("whoever", people);
            let found = Statements::of(&sample.columns);
            assert_eq!(found.independence(1), Some(expected), "{people:?}");
            assert_eq!(found.counting.len(), usize::from(![Author, Bot].contains(&expected)), "{people:?}");
            assert_eq!(found.is_by_nobody_known(1), people.is_empty(), "{people:?}");
        };
        check(|s| s, &["ann"], Author);
        check(|s| s, &["bob"], Independent);
        check(|s| s, &["bob", "ann"], Author);
        check(|s| s, &[], NobodyKnown);
        check(|s| s.commit_author("cat"), &["cat"], Author);
        check(|s| s.commit_author("cat"), &["bob"], Independent);
        check(|s| s.author(None), &["ann"], AuthorUnknown);
        check(|s| s.author(Some("")), &["ann"], AuthorUnknown);
        check(|s| s.author(None).commit_author("cat"), &["cat"], Author);
        check(|s| s, &["queue[bot]"], Bot);
        check(|s| s.author(None), &["queue[bot]", "deploy[bot]"], Bot);
        check(|s| s, &["queue[bot]", "bob"], Independent);
        check(|s| s.author(Some("queue[bot]")), &["queue[bot]"], Author);
    }

    #[test]
    fn a_bot_that_no_file_names_is_known_by_its_spelling() {
        let check = |name: &str, expected: Independence| {
            let sample = Sample::new().change(0.0).attested(Review, 1.0).stated_by(name, &[]);
            let found = Statements::of(&sample.columns);
            assert_eq!(found.independence(1), Some(expected), "{name}");
            assert_eq!(found.counting.is_empty(), expected == Independence::Bot, "{name}");
        };
        check("Queue[bot]", Independence::Bot);
        check("app/queue", Independence::Bot);
        check("Mara Ko", Independence::NobodyKnown);
    }

    #[test]
    fn authors_may_say_what_does_them_no_favour() {
        let check = |kind: AttestationKind, withdraws: bool, counts: bool| {
            let sample = Sample::new().change(0.0);
            let sample = if withdraws { sample.withdrawn(kind, 1.0) } else { sample.attested(kind, 1.0) };
            let found = Statements::of(&sample.stated_by("Ann", &["ann"]).columns);
            assert_eq!(found.counting.len(), usize::from(counts), "{kind:?}");
        };
        check(Justification, false, true);
        check(Confirm, false, true);
        check(Dismiss, false, false);
        check(Dismiss, true, true);
    }
}
