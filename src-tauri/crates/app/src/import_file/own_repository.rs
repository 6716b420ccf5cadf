//! Files that name the repositories of their changes although one was given with the import.

use change_ledger_model::{
    import::ImportWarning,
    record::{Change, Record},
};
use std::collections::BTreeSet;

/// Repositories that are listed in the warning.
const NAMED: usize = 3;

/// Notices changes of other repositories than the one that the import was told.
#[derive(Debug, Default)]
pub(super) struct OwnRepositories<'a> {
    told: Option<&'a str>,
    /// Changes whose repository is another one.
    others: u64,
    /// Changes of the repository that was told.
    of_told: u64,
    /// What the first of the others are called.
    names: BTreeSet<String>,
}

impl<'a> OwnRepositories<'a> {
    /// `told` may carry the number of a pull request, `acme/pay!12` or `PAY/api#12`, where the file is about one.
    pub fn beside(told: Option<&'a str>) -> Self {
        let told = told.map(|told| told.split_once(['!', '#']).map_or(told, |(repository, _)| repository));
        Self { told, ..Self::default() }
    }

    /// Looks at one record.
    pub fn see(&mut self, record: &Record) {
        let (Some(told), Record::Change(change)) = (self.told, record) else { return };
        let Change { repository, .. } = change.as_ref();
        if repository.eq_ignore_ascii_case(told) {
            self.of_told += 1;
            return;
        }
        self.others += 1;
        if self.names.len() <= NAMED {
            self.names.insert(repository.clone());
        }
    }

    /// The warning, if there was such a change.
    pub fn warning(self) -> Option<ImportWarning> {
        let told = self.told.filter(|_| self.others > 0)?;
        let more = if self.names.len() > NAMED { " and others" } else { "" };
        let names = self.names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
        let message = match self.of_told {
            0 => format!("The changes of this file name their own repository, {names}{more}; {told} was not used."),
            _ => format!(
                "{} of the changes of this file name another repository, {names}{more}, and keep it; {told} holds for the \
                 others.",
                self.others
            ),
        };
        Some(ImportWarning { code: "repository_named".to_owned(), message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_behind_the_repository_is_no_other_repository() {
        let check = |told: &str| assert_eq!(OwnRepositories::beside(Some(told)).told, Some("acme/pay"), "{told}");
        check("acme/pay");
        check("acme/pay!12");
        check("acme/pay#12");
    }
}
