//! Rows that say something else than an equally old row said, or than one of which nobody knows how old it is.

use super::ImportTransaction;
use crate::{
    Arrival,
    part::{Ages, Parts},
};
use change_ledger_model::{
    Timestamp,
    import::ImportWarning,
    record::{Place, Record},
};

/// The rows of a file whose word took the place of what another file says, only because this one was imported later.
#[derive(Debug, Default)]
pub(super) struct EqualAge {
    /// Those that do not say when they were last updated.
    undated: Rows,
    /// Those that say the same moment as the other file.
    dated: Rows,
}

#[derive(Debug, Default)]
struct Rows {
    rows: u64,
    first: Option<(u64, String)>,
}

impl EqualAge {
    /// What the manifest says of it; nothing where the times of the rows settled everything.
    pub(super) fn warnings(&self) -> impl Iterator<Item = ImportWarning> + use<> {
        [self.undated.without_time(), self.dated.of_one_time()].into_iter().flatten()
    }
}

impl Rows {
    fn note(&mut self, row: u64, id: &str) {
        self.rows += 1;
        self.first.get_or_insert_with(|| (row, id.to_owned()));
    }

    fn of_one_time(&self) -> Option<ImportWarning> {
        let (row, id) = self.first.as_ref()?;
        let rows = if self.rows == 1 { "1 row says".to_owned() } else { format!("{} rows say", self.rows) };
        let message = format!(
            "{rows} something else of a record than the ledger knew as of the same moment of its last update: because this file was \
             imported later, its word took the place of the earlier one. Look in the tool which of the two holds, and export the \
             record once more. The first is row {row}, {id}."
        );
        Some(ImportWarning { code: "equal_age".to_owned(), message })
    }

    fn without_time(&self) -> Option<ImportWarning> {
        let (row, id) = self.first.as_ref()?;
        let (rows, were) = if self.rows == 1 {
            ("1 row changed a record".to_owned(), "that was")
        } else {
            (format!("{} rows changed records", self.rows), "those were")
        };
        let message = format!(
            "{rows} that the ledger knew, and no time in this file says when {were} last updated: because it was imported later, \
             its word took the place of the earlier one. If this file is the older one, export the records once more with the \
             time of their last update, and import that. The first is row {row}, {id}."
        );
        Some(ImportWarning { code: "equal_age".to_owned(), message })
    }
}

impl ImportTransaction<'_> {
    /// Takes note of a row of a known record whose parts have `ages`. `differs` says whether the row says anything else of
    /// some parts than what is known; it is asked for those alone in which only the order of imports decides.
    pub(super) fn note_equal_age(
        &mut self,
        place: &Place,
        arrival: &Arrival,
        ages: &Ages,
        differs: impl FnOnce(Parts) -> bool,
    ) {
        let Some((id, updated_at)) = dated(arrival.record()) else { return };
        let tied = ages.tied(arrival.as_of, arrival.carried);
        if self.restating.is_none() && tied != Parts::default() && differs(tied) {
            let rows = match updated_at {
                Some(_) => &mut self.equal_age.dated,
                None => &mut self.equal_age.undated,
            };
            rows.note(place.row, id);
        }
    }
}

/// The id of a record, and when its source says that it was last updated.
fn dated(record: &Record) -> Option<(&str, Option<Timestamp>)> {
    match record {
        Record::Change(change) => Some((&change.id, change.updated_at)),
        Record::Ticket(ticket) => Some((&ticket.id, ticket.updated_at)),
        Record::Incident(incident) => Some((&incident.id, incident.updated_at)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{at, change, import, ticket},
    };
    use change_ledger_model::{Timestamp, record::Record};

    #[test]
    fn a_word_that_counts_only_because_it_was_imported_later_is_noted() {
        let said = |title: &str, reason: Option<&str>, updated_at: Option<Timestamp>| {
            let mut ticket = ticket("PLAT-1");
            (ticket.title, ticket.reason, ticket.updated_at) =
                (title.to_owned(), reason.map(str::to_owned), updated_at);
            Record::Ticket(Box::new(ticket))
        };
        let check = |first: Record, second: Record, expected: Option<&str>| {
            let mut ledger = Ledger::in_memory().unwrap();
            import(&mut ledger, "a.csv", vec![first]);
            let (manifest, _) = import(&mut ledger, "b.csv", vec![second]);
            let found = manifest.warnings.iter().find(|warning| warning.code == "equal_age");
            let told = found.map(|warning| warning.message.rsplit_once("The first is ").unwrap().1);
            assert_eq!(told, expected, "{:?}", manifest.rows);
        };
        let noted = Some("row 1, jira:PLAT-1.");
        check(said("a", None, None), said("b", None, None), noted);
        // It says the same, or more of what nobody told before.
        check(said("a", None, None), said("a", None, None), None);
        check(said("a", None, None), said("a", Some("because"), None), None);
        // Both say the same moment, and cannot both be right.
        check(said("a", None, Some(at(900))), said("b", None, Some(at(900))), noted);
        check(said("a", None, Some(at(900))), said("a", None, Some(at(900))), None);
        // One of the two is newer than the other, or says when it was true.
        check(said("a", None, None), said("b", None, Some(at(900))), None);
        check(said("a", None, Some(at(900))), said("b", None, None), None);
    }

    #[test]
    fn it_is_noted_of_pull_requests_too() {
        let mut ledger = Ledger::in_memory().unwrap();
        let titled = |title: &str| {
            let mut change = change(1);
            (change.title, change.updated_at) = (title.to_owned(), None);
            Record::Change(Box::new(change))
        };
        import(&mut ledger, "a.json", vec![titled("a")]);
        let (manifest, _) = import(&mut ledger, "b.json", vec![titled("b")]);
        assert_eq!(manifest.warnings.iter().map(|warning| warning.code.as_str()).collect::<Vec<_>>(), ["equal_age"]);
    }
}
