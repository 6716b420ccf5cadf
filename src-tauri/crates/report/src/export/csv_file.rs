//! A table as CSV (RFC 4180, UTF-8): a header, then one line per row.

use super::{
    error::ExportError,
    table::{Table, Values},
};
use change_ledger_model::Timestamp;
use std::{borrow::Cow, io::Write};

/// Writes the chosen rows. Null is an empty cell; no text of a pack is empty. Cells are not guarded against spreadsheets that
/// take them for formulas: a guard would be read back as part of the value.
pub(super) fn write(table: &Table<'_>, rows: &[usize], to: &mut dyn Write) -> Result<(), ExportError> {
    let mut csv = csv::Writer::from_writer(to);
    csv.write_record(table.columns.iter().map(|column| column.name.as_bytes()))?;
    for &row in rows {
        csv.write_record(table.columns.iter().map(|column| cell(&column.values, row).into_owned().into_bytes()))?;
    }
    csv.flush()?;
    Ok(())
}

fn cell<'v>(values: &'v Values<'_>, row: usize) -> Cow<'v, str> {
    let written = match values {
        Values::Text(values) => values.get(row).and_then(|value| value.as_deref().map(Cow::Borrowed)),
        Values::Integer(values) => told(values, row).map(|value| value.to_string().into()),
        Values::Number(values) => told(values, row).map(|value| value.to_string().into()),
        Values::Boolean(values) => told(values, row).map(|value| if value { "true" } else { "false" }.into()),
        Values::Moment(values) => told(values, row).and_then(moment).map(Cow::Owned),
    };
    written.unwrap_or_default()
}

fn told<T: Copy>(values: &[Option<T>], row: usize) -> Option<T> {
    values.get(row).copied().flatten()
}

/// RFC 3339 in UTC, always with milliseconds: texts of equal length sort by time.
pub(super) fn moment(millis: i64) -> Option<String> {
    let at = Timestamp::from_millis(millis)?;
    Some(at.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
}
