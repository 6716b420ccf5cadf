//! Any table, read through a column profile.

pub(crate) mod profile;
mod row;
mod suggest;

pub(crate) use row::person_of;
pub(crate) use suggest::hint;

use crate::{
    IngestError, Reading,
    table::{CellFault, Cells, TableSource, Times, header_of},
};
use change_ledger_model::{record::Record, source::Fact};
use profile::{ColumnProfile, Field, ProfileRecord};
use std::collections::BTreeMap;

/// Facts that one can ask changes for.
pub(crate) const CHANGE_FACTS: [Fact; 11] = [
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Merger,
    Fact::Approver,
    Fact::ApprovalTime,
    Fact::Labels,
    Fact::Text,
    Fact::BaseBranch,
    Fact::MergeCommit,
    Fact::LinkFields,
    Fact::ChangeType,
];
const TICKET_FACTS: [Fact; 5] = [Fact::Author, Fact::Labels, Fact::Text, Fact::LinkFields, Fact::ChangeType];
const INCIDENT_FACTS: [Fact; 4] = [Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::LinkFields];

/// A table and the profile that explains it.
pub(crate) struct GenericCsv {
    profile: ColumnProfile,
    columns: BTreeMap<Field, Vec<usize>>,
    repository: Option<String>,
}

impl GenericCsv {
    /// Finds the profile's columns in the header.
    ///
    /// # Errors
    /// When there is no profile, or a column of it is not in the table.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let profile = reading.profile.clone().ok_or_else(|| {
            profile::bad("a table of an unknown tool can only be read with one".to_owned(), hint(names))
        })?;
        let columns = profile.columns_in(names)?;
        let repository = profile.repository.clone().or_else(|| reading.repository.clone());
        Ok(Self { profile, columns, repository })
    }

    /// The columns of a field, in order.
    fn all(&self, field: Field) -> &[usize] {
        self.columns.get(&field).map_or(&[], Vec::as_slice)
    }
}

impl TableSource for GenericCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        let fields = [Field::ImplementedAt, Field::OpenedAt, Field::ResolvedAt, Field::UpdatedAt];
        let dates = fields.into_iter().flat_map(|field| cells.values(self.all(field)));
        let approvals = cells.values(self.all(Field::ApprovedAt));
        dates
            .chain(
                approvals
                    .flat_map(|(column, cell)| self.parts(Field::ApprovedAt, cell).map(move |part| (column, part))),
            )
            .collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        row::records(self, cells, times)
    }

    fn askable(&self) -> &'static [Fact] {
        match self.profile.record {
            ProfileRecord::Change => &CHANGE_FACTS,
            ProfileRecord::Ticket => &TICKET_FACTS,
            ProfileRecord::Incident => &INCIDENT_FACTS,
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
