//! From columns of the judged frame to plain vectors. Columns may lie in several pieces, each with or without nulls.

use polars::prelude::{ChunkedArray, DataFrame, PolarsError, PolarsNumericType, PolarsResult};

/// Numbers that may be unknown.
pub(super) fn optional<T: PolarsNumericType>(column: &ChunkedArray<T>) -> Vec<Option<T::Native>> {
    let mut found = Vec::with_capacity(column.len());
    for piece in column.downcast_iter() {
        match piece.validity() {
            None => found.extend(piece.values().iter().map(|value| Some(*value))),
            Some(known) => {
                found.extend(piece.values().iter().zip(known).map(|(value, known)| known.then_some(*value)));
            }
        }
    }
    found
}

/// Numbers that every change has. A null would be a defect, and must not pass as 0.
pub(super) fn whole<T: PolarsNumericType>(name: &str, column: &ChunkedArray<T>) -> PolarsResult<Vec<T::Native>> {
    refuse_nulls(name, column.null_count())?;
    let mut found = Vec::with_capacity(column.len());
    for piece in column.downcast_iter() {
        found.extend_from_slice(piece.values());
    }
    Ok(found)
}

/// Answers that may be unknown.
pub(super) fn answers(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<bool>>> {
    let column = frame.column(name)?.bool()?;
    let mut found = Vec::with_capacity(column.len());
    for piece in column.downcast_iter() {
        match piece.validity() {
            None => found.extend(piece.values().iter().map(Some)),
            Some(known) => {
                found.extend(piece.values().iter().zip(known).map(|(answer, known)| known.then_some(answer)));
            }
        }
    }
    Ok(found)
}

/// Answers that every change has. A null would be a defect, and must not pass as "no".
pub(super) fn flags(frame: &DataFrame, name: &str) -> PolarsResult<Vec<bool>> {
    let column = frame.column(name)?.bool()?;
    refuse_nulls(name, column.null_count())?;
    let mut found = Vec::with_capacity(column.len());
    for piece in column.downcast_iter() {
        found.extend(piece.values());
    }
    Ok(found)
}

fn refuse_nulls(name: &str, nulls: usize) -> PolarsResult<()> {
    if nulls == 0 {
        return Ok(());
    }
    Err(PolarsError::ComputeError(format!("`{name}` has no value for some change").into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::{booleans, optional_booleans, positions, times};

    /// A frame whose columns lie in two pieces.
    fn pieces(one: DataFrame, other: &DataFrame) -> DataFrame {
        let found = one.vstack(other).unwrap();
        assert_eq!(found.column("x").unwrap().n_chunks(), 2);
        found
    }

    #[test]
    fn every_piece_is_read_in_order() {
        let of = |values: &[Option<i64>]| DataFrame::new(values.len(), vec![times("x", values)]).unwrap();
        let both = pieces(of(&[Some(3), Some(1)]), &of(&[None, Some(7)]));
        assert_eq!(optional(both.column("x").unwrap().i64().unwrap()), [Some(3), Some(1), None, Some(7)]);

        let of = |values: Vec<u32>| DataFrame::new(values.len(), vec![positions("x", values)]).unwrap();
        let both = pieces(of(vec![3, 1]), &of(vec![7]));
        assert_eq!(whole("x", both.column("x").unwrap().u32().unwrap()).unwrap(), [3, 1, 7]);

        let of = |values: &[Option<bool>]| DataFrame::new(values.len(), vec![optional_booleans("x", values)]).unwrap();
        let both = pieces(of(&[Some(true), Some(false)]), &of(&[None, Some(true)]));
        assert_eq!(answers(&both, "x").unwrap(), [Some(true), Some(false), None, Some(true)]);

        let of = |values: &[bool]| DataFrame::new(values.len(), vec![booleans("x", values)]).unwrap();
        assert_eq!(flags(&pieces(of(&[true, false]), &of(&[true])), "x").unwrap(), [true, false, true]);
    }

    #[test]
    fn a_missing_value_is_no_answer_where_every_change_has_one() {
        let frame =
            DataFrame::new(2, vec![times("x", &[Some(1), None]), optional_booleans("y", &[None, None])]).unwrap();
        let refused = |found: Result<(), PolarsError>| found.unwrap_err().to_string();
        assert_eq!(
            refused(whole("x", frame.column("x").unwrap().i64().unwrap()).map(drop)),
            "`x` has no value for some change"
        );
        assert_eq!(refused(flags(&frame, "y").map(drop)), "`y` has no value for some change");
    }
}
