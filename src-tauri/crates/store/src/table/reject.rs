//! Rows that could not be read.

use crate::{
    StoreError,
    error::{signed, unsigned},
};
use change_ledger_model::record::{Place, Reject, Span};
use rusqlite::{Connection, Row, Statement, params};
use std::ops::ControlFlow;

pub(crate) const INSERT: &str = "INSERT INTO reject (import, n, row, line, offset, length, field, reason) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

pub(crate) fn insert(statement: &mut Statement<'_>, import: i64, n: u64, reject: &Reject) -> Result<(), StoreError> {
    let place = &reject.place;
    statement.execute(params![
        import,
        signed(n)?,
        signed(place.row)?,
        place.line.map(signed).transpose()?,
        signed(place.span.offset)?,
        signed(place.span.length)?,
        reject.field,
        reject.reason,
    ])?;
    Ok(())
}

/// Hands the rejects of an import to `each`, in the order of the file.
pub(crate) fn each(connection: &Connection, import: i64, each: &mut dyn FnMut(Reject)) -> Result<(), StoreError> {
    each_until(connection, import, &mut |reject| {
        each(reject);
        Ok(ControlFlow::Continue(()))
    })
}

/// As [`each`], until `each` breaks off or fails.
pub(crate) fn each_until(
    connection: &Connection,
    import: i64,
    each: &mut dyn FnMut(Reject) -> Result<ControlFlow<()>, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT row, line, offset, length, field, reason FROM reject WHERE import = ?1 ORDER BY n")?;
    let mut rows = statement.query([import])?;
    while let Some(row) = rows.next()? {
        if each(read(row)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Reject, StoreError> {
    let line: Option<i64> = row.get(1)?;
    Ok(Reject {
        place: Place {
            row: unsigned(row.get(0)?)?,
            line: line.map(unsigned).transpose()?,
            span: Span { offset: unsigned(row.get(2)?)?, length: unsigned(row.get(3)?)? },
        },
        field: row.get(4)?,
        reason: row.get(5)?,
    })
}
