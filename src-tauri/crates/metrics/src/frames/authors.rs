//! Who made each change, by name.

use change_ledger_model::{columns::LedgerColumns, person::PersonKind};

/// The author of each change, and how people are called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Authors {
    /// Position in `people`, in the order of the changes.
    pub(crate) of_changes: Vec<Option<u32>>,
    /// Handle and kind.
    pub(crate) people: Vec<(String, PersonKind)>,
    /// For everybody who is known by several: every handle and name of that one person.
    pub(crate) names: Vec<Vec<String>>,
}

impl Authors {
    pub(super) fn of(columns: &LedgerColumns) -> Self {
        Self {
            of_changes: columns.changes.author.clone(),
            people: columns.people.clone(),
            names: columns.names_of_people.clone(),
        }
    }
}
