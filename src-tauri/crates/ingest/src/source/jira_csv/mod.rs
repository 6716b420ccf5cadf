//! Jira's "Export CSV", Cloud and Data Center, in any language.
//!
//! Every row is a ticket; an incident is an incident as well. Approvals are not in the file: the
//! column of that name holds a program's debugging text, and `Approvers` are those who were asked.

mod columns;
mod recognise;
mod row;
mod words;

pub(crate) use columns::{Role, field_role};
pub(crate) use recognise::{key_column, recognise};
pub(crate) use row::names_incident;
pub(crate) use words::{is_change_request, is_incident};

use crate::{
    IngestError, Reading,
    source::asked,
    table::{CellFault, Cells, TableSource, Times, header, header_of},
};
use change_ledger_model::{record::Record, source::Fact};
use columns::Columns;

/// A Jira export with its columns understood.
pub(crate) struct JiraCsv {
    columns: Columns,
    key: usize,
    repository: Option<String>,
}

impl JiraCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is no column of issue keys.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let columns = Columns::of(names);
        let key = reading.key_column.or_else(|| columns.all(Role::Key).first().copied());
        let key = key.ok_or_else(|| IngestError::NotRecognised {
            file: reading.file.clone(),
            seen: format!(
                "as a Jira export it needs a column of issue keys, and its columns are {}",
                header::listed(names)
            ),
            hint: "Export it from Jira with the column \"Issue key\".".to_owned(),
        })?;
        Ok(Self { columns, key, repository: reading.repository.clone() })
    }
}

impl TableSource for JiraCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        use Role::{Created, IncidentEnd, IncidentStart, Resolved, Updated, WorkEnd, WorkStart};
        let roles = [Created, Updated, Resolved, WorkStart, WorkEnd, IncidentStart, IncidentEnd];
        let dates = roles.into_iter().flat_map(|role| cells.values(self.columns.all(role)));
        let comments = cells.values(self.columns.all(Role::Comment));
        dates
            .chain(comments.filter_map(|(column, comment)| Some((column, row::CommentCell::of(comment)?.date))))
            .collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        row::records(self, cells, times)
    }

    fn askable(&self) -> &'static [Fact] {
        asked::CHANGE_REQUEST
    }
}

/// Whether a text is an issue key: `PLAT-1190`.
pub(crate) fn is_key(text: &str) -> bool {
    let Some((project, number)) = text.rsplit_once('-') else { return false };
    let mut letters = project.bytes();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && project.len() >= 2
        && letters.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
