//! What the parsing thread notices in the rows of a file, for its manifest.

use super::{change_types::ChangeTypes, own_repository::OwnRepositories};
use change_ledger_ingest::Row;
use change_ledger_model::{import::ImportWarning, policy::patterns::Matcher};

/// The code of the warning about rows that made no record.
pub(crate) const ROWS_LEFT_OUT: &str = "rows_left_out";

/// What was noticed so far.
#[derive(Debug)]
pub(super) struct Noticed<'a> {
    repositories: OwnRepositories<'a>,
    change_types: ChangeTypes<'a>,
    /// Rows that were read and made no record.
    without_record: u64,
}

impl<'a> Noticed<'a> {
    /// `told`: the repository given with the import; `matchers`: the words of the policies.
    pub(super) fn beside(told: Option<&'a str>, matchers: &'a [Matcher]) -> Self {
        Self {
            repositories: OwnRepositories::beside(told),
            change_types: ChangeTypes::unlike(matchers),
            without_record: 0,
        }
    }

    /// Looks at one row.
    pub(super) fn see(&mut self, row: &Row) {
        self.without_record += u64::from(row.records.is_empty());
        for record in &row.records {
            self.repositories.see(record);
            self.change_types.see(record);
        }
    }

    /// What a person should know of the file.
    pub(super) fn warnings(self) -> impl Iterator<Item = ImportWarning> + use<> {
        let left_out = left_out(self.without_record);
        [self.repositories.warning(), self.change_types.warning(), left_out].into_iter().flatten()
    }
}

/// The counts of a manifest have no word for such rows; what they are, the reader of the file says.
fn left_out(rows: u64) -> Option<ImportWarning> {
    let message = match rows {
        0 => return None,
        1 => "Among the unchanged rows is 1 that holds no record of its own.".to_owned(),
        _ => format!("Among the unchanged rows are {rows} that hold no record of their own."),
    };
    Some(ImportWarning { code: ROWS_LEFT_OUT.to_owned(), message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_record_are_told_apart_from_known_ones() {
        let check = |rows, expected: Option<&str>| {
            assert_eq!(left_out(rows).map(|warning| warning.message).as_deref(), expected);
        };
        check(0, None);
        check(1, Some("Among the unchanged rows is 1 that holds no record of its own."));
        check(7, Some("Among the unchanged rows are 7 that hold no record of their own."));
    }
}
