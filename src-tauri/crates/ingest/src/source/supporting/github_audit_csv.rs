//! GitHub's audit log as a table.

use super::github_audit::{Entry, FACTS, OVERRIDE, left_out};
use crate::{
    IngestError, Reading,
    source::SourceEntry,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    record::Record,
    source::{Fact, SourceKind},
};

pub(in crate::source) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GithubAuditCsv,
    title: "GitHub audit log as CSV",
    command: "Organization settings > Logs > Audit log > Export > CSV",
    facts: FACTS,
    cannot_tell: "what is older than three months, unless asked for",
    traps: &[
        "the page shows three months unless created: is given",
        "times as milliseconds or as text",
        "lists within a cell, as JSON or with commas",
        "columns that no entry uses are missing",
    ],
};

#[derive(Debug, Default)]
struct Columns {
    action: Option<usize>,
    at: Option<usize>,
    document: Option<usize>,
    actor: Option<usize>,
    repository: Option<usize>,
    branch: Option<usize>,
    before: Option<usize>,
    after: Option<usize>,
    codes: Option<usize>,
    pull: Option<usize>,
    /// Columns that only the audit log has.
    distinctive: usize,
}

impl Columns {
    fn of(names: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in names.iter().enumerate() {
            let name = header::plain(name);
            // On GitHub Enterprise Server the details stand one level deeper.
            let name = name.strip_prefix("data ").unwrap_or(&name);
            let slot = match name {
                "action" => &mut columns.action,
                "timestamp" | "created at" => &mut columns.at,
                "document id" => &mut columns.document,
                "actor" => &mut columns.actor,
                "repo" => &mut columns.repository,
                "branch" => &mut columns.branch,
                "before" => &mut columns.before,
                "after" => &mut columns.after,
                "overridden codes" => &mut columns.codes,
                "pull request url" => &mut columns.pull,
                "actor ip"
                | "actor id"
                | "actor location country code"
                | "operation type"
                | "org id"
                | "business"
                | "programmatic access type"
                | "token id" => {
                    columns.distinctive += 1;
                    continue;
                }
                _ => continue,
            };
            slot.get_or_insert(column);
        }
        columns
    }

    fn is_its_table(&self) -> bool {
        let found = [self.document, self.codes, self.repository].into_iter().flatten().count();
        self.action.is_some() && self.at.is_some() && self.actor.is_some() && self.distinctive + found >= 2
    }
}

/// Why a table is GitHub's audit log, as a sentence; `None` when it is not.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    Columns::of(&head.header)
        .is_its_table()
        .then(|| "It has the columns action, actor and a time, as GitHub's audit log does.".to_owned())
}

/// An audit log with its columns understood.
pub(crate) struct GithubAuditCsv(Columns);

impl GithubAuditCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is no action or no time.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let columns = Columns::of(names);
        if columns.action.is_none() || columns.at.is_none() {
            return Err(IngestError::NotRecognised {
                file: reading.file.clone(),
                seen: format!(
                    "as an audit log it needs the columns action and created_at, and its columns are {}",
                    header::listed(names)
                ),
                hint: "Export the audit log as CSV from the organization's settings.".to_owned(),
            });
        }
        Ok(Self(columns))
    }
}

impl TableSource for GithubAuditCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        self.0.at.and_then(|column| Some((column, cells.value(column)?))).into_iter().collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.0;
        let text = |column: Option<usize>| column.and_then(|column| cells.value(column)).map(str::to_owned);
        let Some(action) = text(columns.action) else {
            return Err(CellFault { column: columns.action, reason: "The row has no action.".to_owned() });
        };
        if action != OVERRIDE {
            times.leave_out(left_out(&action));
            return Ok(Vec::new());
        }
        let at = times.decisive(columns.at.and_then(|column| Some((column, cells.value(column)?))))?;
        let entry = Entry {
            document: text(columns.document),
            actor: text(columns.actor),
            repository: text(columns.repository),
            branch: text(columns.branch),
            before: text(columns.before),
            after: text(columns.after),
            codes: text(columns.codes).map(|codes| listed(&codes)),
            pull: text(columns.pull),
        };
        Ok(vec![Record::Bypass(Box::new(entry.bypass(at)))])
    }

    fn askable(&self) -> &'static [Fact] {
        FACTS
    }
}

/// The elements of a list within a cell: JSON, or texts with commas.
fn listed(cell: &str) -> Vec<String> {
    serde_json::from_str(cell).unwrap_or_else(|_| {
        let texts = cell.trim_matches(['[', ']']).split([',', ';']).map(|text| text.trim().trim_matches('"'));
        texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
    })
}
