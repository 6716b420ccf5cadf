//! Deadlines as a column: the calendar's work, done only where something is due.

use crate::expression::only_where;
use change_ledger_model::{
    Timestamp,
    calendar::{Calendar, Deadline},
};
use polars::prelude::{Column, DataType, Expr, Field, Int64Chunked, IntoColumn, PolarsResult};

/// The last moment at which something due after `implemented_at` is on time; null where nothing is `due`.
pub(super) fn due_after(implemented_at: Expr, due: Expr, deadline: Deadline, calendar: Calendar) -> Expr {
    only_where(due, implemented_at).map(
        move |column| due_times(&column, deadline, &calendar),
        |_, field| Ok(Field::new(field.name().clone(), DataType::Int64)),
    )
}

fn due_times(implemented: &Column, deadline: Deadline, calendar: &Calendar) -> PolarsResult<Column> {
    let due = |at| Some(deadline.due_at(Timestamp::from_millis(at)?, calendar)?.millis());
    let times: Int64Chunked = implemented.i64()?.iter().map(|at| at.and_then(due)).collect();
    Ok(times.into_column().with_name(implemented.name().clone()))
}
