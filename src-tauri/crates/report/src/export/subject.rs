//! What a pack is made of.

use change_ledger_model::{
    Timestamp, columns::LedgerColumns, judged_facts::JudgedFacts, policy::PolicyHistory, quarter::Quarter,
    verdicts::Verdicts,
};

/// A judged ledger, as far as a pack tells of it. Vectors of changes are in the order of `columns`.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The moment of the judgement.
    pub as_of: Timestamp,
    /// The last entry of the ledger's chain, hexadecimal; `None` in a ledger without history.
    pub chain_head: Option<&'a str>,
    /// The ledger's records.
    pub columns: &'a LedgerColumns,
    /// How each change was judged.
    pub verdicts: &'a Verdicts,
    /// What the verdicts rest on.
    pub facts: &'a JudgedFacts,
    /// The policies that were in force.
    pub policies: &'a PolicyHistory,
    /// The quarters that are answered for, ascending.
    pub quarters: &'a [Quarter],
    /// What the changes are called.
    pub names: &'a ChangeNames,
}

/// What changes are called, one entry per change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeNames {
    /// Ledger-wide names, `github:acme/pay#2214`; each is of one change only.
    pub ids: Vec<String>,
    /// Title lines.
    pub titles: Vec<String>,
    /// Web addresses.
    pub addresses: Vec<Option<String>>,
}

impl<'a> Subject<'a> {
    /// Number of changes.
    pub(super) fn len(&self) -> usize {
        self.columns.changes.len()
    }

    pub(super) fn id(&self, change: usize) -> Option<&'a str> {
        self.names.ids.get(change).map(String::as_str)
    }

    pub(super) fn repository(&self, change: usize) -> Option<&'a str> {
        self.repository_called(*self.columns.changes.repository.get(change)?)
    }

    /// The name of a repository, by position.
    pub(super) fn repository_called(&self, position: u32) -> Option<&'a str> {
        self.columns.repositories.get(position as usize).map(String::as_str)
    }

    pub(super) fn quarter(&self, change: usize) -> Option<Quarter> {
        self.verdicts.quarter.get(change).copied().flatten().map(Quarter::from_ordinal)
    }
}
