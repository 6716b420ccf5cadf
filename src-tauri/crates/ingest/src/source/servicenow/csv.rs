//! Lists as CSV, and as sheets of an Excel export: values as people see them.

use super::{Fields, names, record};
use crate::{
    IngestError, Reading,
    source::asked,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{Timestamp, record::Record, source::Fact};
use std::collections::BTreeMap;

/// Fields that hold a point in time.
const TIMES: [&str; 9] = [
    "opened_at",
    "closed_at",
    "resolved_at",
    "work_start",
    "work_end",
    "approval_set",
    "sys_created_on",
    "sys_updated_on",
    "review_date",
];

/// Why a table is a list of ServiceNow, as a sentence; `None` when it is none.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let columns = columns_of(&head.header);
    let distinctive = names::DISTINCTIVE.iter().filter(|name| columns.contains_key(*name)).count();
    let approvals = columns.contains_key("sysapproval") && columns.contains_key("approver");
    if approvals && columns.contains_key("state") {
        return Some(
            "It has the columns of ServiceNow's approvals: whom they ask, for what, and the answer.".to_owned(),
        );
    }
    let number = *columns.get("number")?;
    let numbered = head.column(number).any(|number| {
        ["CHG", "INC", "PRB", "CTASK"].iter().any(|letters| {
            number
                .strip_prefix(letters)
                .is_some_and(|digits| digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit()))
        })
    });
    let named = head.header.get(number)?.trim();
    (distinctive >= 4 || (numbered && distinctive >= 2)).then(|| {
        format!("Column \"{named}\" holds numbers of a service desk, and {distinctive} more columns are ServiceNow's.")
    })
}

fn columns_of(header: &[String]) -> BTreeMap<&'static str, usize> {
    let mut columns = BTreeMap::new();
    for (column, heading) in header.iter().enumerate() {
        if let Some(name) = names::field(heading) {
            columns.entry(name).or_insert(column);
        }
    }
    columns
}

/// A list of ServiceNow with its columns understood.
pub(crate) struct ServicenowCsv {
    columns: BTreeMap<&'static str, usize>,
}

impl ServicenowCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is neither a number nor what an approval needs.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let columns = columns_of(header_of(reading));
        if columns.contains_key("number") || columns.contains_key("sysapproval") {
            return Ok(Self { columns });
        }
        Err(IngestError::NotRecognised {
            file: reading.file.clone(),
            seen: format!(
                "as a list of ServiceNow it needs a column \"number\", and its columns are {}",
                header::listed(header_of(reading))
            ),
            hint: "Export the list from ServiceNow with the column Number.".to_owned(),
        })
    }
}

impl TableSource for ServicenowCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        let columns = TIMES.iter().filter_map(|name| self.columns.get(name));
        columns.filter_map(|&column| Some((column, cells.value(column)?))).collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        record::records(&mut Row { columns: &self.columns, cells, times }, None)
    }

    fn askable(&self) -> &'static [Fact] {
        asked::CHANGE_REQUEST
    }

    fn is_remark_of_stop(&self, cells: &Cells) -> bool {
        cells.iter().any(|cell| cell.starts_with("Export stopped due to excessive size"))
    }
}

struct Row<'r> {
    columns: &'r BTreeMap<&'static str, usize>,
    cells: &'r Cells,
    times: &'r mut Times,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> Option<(usize, &str)> {
        let column = *self.columns.get(name)?;
        Some((column, self.cells.value(column)?))
    }
}

impl Fields for Row<'_> {
    type Fault = CellFault;

    fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.cell(name).map(|(_, text)| text.to_owned())
    }

    fn time(&mut self, name: &'static str, decisive: bool) -> Result<Option<Timestamp>, CellFault> {
        let cell = self.columns.get(name).and_then(|&column| Some((column, self.cells.value(column)?)));
        if decisive { self.times.decisive(cell) } else { Ok(self.times.optional(cell)) }
    }

    fn journal_time(&mut self, text: &str) -> Option<Timestamp> {
        self.times.quiet(text)
    }

    fn called_off_though_implemented(&mut self) {
        self.times.called_off_though_implemented();
    }

    fn fault(&self, name: &str, reason: String) -> CellFault {
        CellFault { column: self.columns.get(name).copied(), reason: sentence(&reason) }
    }
}

fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
