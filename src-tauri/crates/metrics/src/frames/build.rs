//! Typed columns, and bringing rows that are keyed by a change into the order of the changes.

use crate::column::CHANGE;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, IdxCa, IdxSize, Int64Chunked, IntoColumn, NewChunkedArray, PolarsResult,
    UInt8Chunked, UInt32Chunked,
};

pub(crate) fn bytes(name: &str, values: Vec<u8>) -> Column {
    UInt8Chunked::from_vec(name.into(), values).into_column()
}

pub(crate) fn positions(name: &str, values: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(name.into(), values).into_column()
}

pub(crate) fn optional_positions(name: &str, values: &[Option<u32>]) -> Column {
    UInt32Chunked::from_slice_options(name.into(), values).into_column()
}

pub(crate) fn optional_bytes(name: &str, values: &[Option<u8>]) -> Column {
    UInt8Chunked::from_slice_options(name.into(), values).into_column()
}

pub(crate) fn times(name: &str, values: &[Option<i64>]) -> Column {
    Int64Chunked::from_slice_options(name.into(), values).into_column()
}

pub(crate) fn booleans(name: &str, values: &[bool]) -> Column {
    BooleanChunked::from_slice(name.into(), values).into_column()
}

pub(crate) fn optional_booleans(name: &str, values: &[Option<bool>]) -> Column {
    BooleanChunked::from_slice_options(name.into(), values).into_column()
}

/// A column that is true for each of `height` changes whose position is among `changes`.
pub(crate) fn flags(name: &str, changes: &UInt32Chunked, height: usize) -> Column {
    let mut flags = vec![false; height];
    for change in changes.iter().flatten() {
        if let Some(flag) = flags.get_mut(change as usize) {
            *flag = true;
        }
    }
    booleans(name, &flags)
}

/// `frame`, at most one row per change in its column `change`, as one row for each of `height` changes. Changes without
/// a row get nulls. The column `change` is left out.
pub(crate) fn aligned(frame: &DataFrame, height: usize) -> PolarsResult<DataFrame> {
    let mut rows: Vec<Option<IdxSize>> = vec![None; height];
    for (row, change) in (0..).zip(frame.column(CHANGE)?.u32()?.iter()) {
        if let Some(slot) = change.and_then(|change| rows.get_mut(change as usize)) {
            *slot = Some(row);
        }
    }
    frame.drop(CHANGE)?.take(&IdxCa::from_slice_options("row".into(), &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_follow_the_changes() {
        let check = |keys: Vec<u32>, values: &[Option<i64>], height, expected: &[Option<i64>]| {
            let frame = DataFrame::new(keys.len(), vec![positions(CHANGE, keys), times("x", values)]).unwrap();
            let found = aligned(&frame, height).unwrap();
            assert_eq!(found.column("x").unwrap().i64().unwrap().iter().collect::<Vec<_>>(), expected);
        };
        check(vec![2, 0], &[Some(20), Some(5)], 4, &[Some(5), None, Some(20), None]);
        check(vec![], &[], 2, &[None, None]);
        check(vec![], &[], 0, &[]);
    }
}
