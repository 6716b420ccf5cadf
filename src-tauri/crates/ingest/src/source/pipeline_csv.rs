//! Raw tables of data pipelines (`DevLake`, Airbyte): one row per record, which stands as JSON in one of the columns.

use super::{Context, Fault, SourceEntry, json, tally::Tally};
use crate::{
    IngestError, Reading,
    recognise::kind_of_record,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    record::Record,
    source::{Fact, SourceKind},
};
use serde::Deserialize;

/// Raw tables of data pipelines.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::PipelineCsv,
    title: "Raw tables of a data pipeline (DevLake, Airbyte), with one JSON record per row",
    command: "\\copy (SELECT * FROM _raw_github_api_pull_requests) TO 'raw.csv' CSV HEADER",
    facts: &Fact::ALL,
    cannot_tell: "what that JSON does not say",
    traps: &[
        "each row is read as the tool wrote it: what holds for the JSON of that tool holds here",
        "a repository that only the column of parameters names",
        "rows of several tools in one table",
    ],
};

/// Facts that one can ask such rows for.
const FACTS: [Fact; 5] = [Fact::Author, Fact::ImplementationTime, Fact::Approver, Fact::ApprovalTime, Fact::Text];

/// Columns that only pipelines write, beside the one with the record.
const OTHERS: [&str; 8] = [
    "params",
    "url",
    "input",
    "airbyte ab id",
    "airbyte raw id",
    "airbyte emitted at",
    "airbyte extracted at",
    "airbyte meta",
];

/// The parameters that a record was fetched with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawParameters {
    #[serde(rename = "Name")]
    name: Option<String>,
    #[serde(rename = "FullName")]
    full_name: Option<String>,
}

/// Where the record stands, and the parameters that it was fetched with.
fn columns(names: &[String]) -> Option<(usize, Option<usize>)> {
    let column = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&header::plain(name).as_str()));
    let data = column(&["data", "airbyte data"])?;
    column(&OTHERS).map(|_| (data, column(&["params"])))
}

/// Why a table is that of a pipeline, as a sentence; `None` when it is not.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let (data, _) = columns(&head.header)?;
    let name = head.header.get(data)?;
    let holds_records = head.column(data).next().is_some_and(|cell| cell.starts_with('{'));
    holds_records
        .then(|| format!("It is a raw table of a data pipeline: column \"{name}\" holds a JSON record per row."))
}

/// A raw table with its columns understood.
pub(crate) struct PipelineCsv {
    reading: Reading,
    data: usize,
    parameters: Option<usize>,
}

impl PipelineCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is no column of records.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let Some((data, parameters)) = columns(names) else {
            return Err(IngestError::NotRecognised {
                file: reading.file.clone(),
                seen: format!(
                    "as a raw table of a data pipeline it needs a column data or _airbyte_data, and its columns are {}",
                    header::listed(names)
                ),
                hint: "Export the whole raw table, with its header line.".to_owned(),
            });
        };
        Ok(Self { reading: reading.clone(), data, parameters })
    }

    /// The repository that the record was fetched from, where the parameters name it.
    fn repository(&self, cells: &Cells) -> Option<String> {
        let said = cells.value(self.parameters?)?;
        let parameters: RawParameters = serde_json::from_str(said).ok()?;
        parameters.full_name.or(parameters.name).filter(|name| name.contains('/'))
    }
}

impl TableSource for PipelineCsv {
    fn dates<'c>(&self, _: &'c Cells) -> Vec<(usize, &'c str)> {
        Vec::new()
    }

    fn records(&self, cells: &Cells, _: &mut Times) -> Result<Vec<Record>, CellFault> {
        let Some(text) = cells.value(self.data) else {
            return Err(CellFault::at(self.data, "The row holds no record."));
        };
        let Some(kind) = kind_of_record(text) else {
            return Err(CellFault::at(self.data, "The record is JSON of no known tool, or none at all."));
        };
        let repository = self.repository(cells).or_else(|| self.reading.repository.clone());
        let context = Context { kind, repository: repository.as_deref(), ..Context::of(&self.reading) };
        json::record(text.as_bytes(), &context, &mut Tally::default()).map_err(|fault| self.fault(fault))
    }

    fn askable(&self) -> &'static [Fact] {
        &FACTS
    }
}

impl PipelineCsv {
    fn fault(&self, fault: Fault) -> CellFault {
        let reason = match fault.field {
            Some(field) => format!("{field}: {}.", fault.reason),
            None => format!("{}.", fault.reason),
        };
        CellFault::at(self.data, reason)
    }
}

#[cfg(test)]
mod tests;
