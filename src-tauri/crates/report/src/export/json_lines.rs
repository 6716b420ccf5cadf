//! A table as JSON Lines: one object per row, every key in every row.

use super::{
    csv_file::moment,
    error::ExportError,
    table::{Table, Values},
};
use serde::ser::{SerializeMap, Serializer};
use std::io::Write;

/// Writes the chosen rows. Null is `null`.
pub(super) fn write(table: &Table<'_>, rows: &[usize], to: &mut dyn Write) -> Result<(), ExportError> {
    for &row in rows {
        let mut json = serde_json::Serializer::new(&mut *to);
        let mut object = json.serialize_map(Some(table.columns.len()))?;
        for column in &table.columns {
            match &column.values {
                Values::Text(values) => object.serialize_entry(&column.name, &values.get(row))?,
                Values::Integer(values) => object.serialize_entry(&column.name, &values.get(row))?,
                Values::Number(values) => object.serialize_entry(&column.name, &values.get(row))?,
                Values::Boolean(values) => object.serialize_entry(&column.name, &values.get(row))?,
                Values::Moment(values) => {
                    let at = values.get(row).copied().flatten().and_then(moment);
                    object.serialize_entry(&column.name, &at)?;
                }
            }
        }
        object.end()?;
        to.write_all(b"\n")?;
    }
    Ok(())
}
