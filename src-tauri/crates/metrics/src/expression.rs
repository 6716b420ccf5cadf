//! Expressions that every step needs.

use polars::prelude::{Expr, Literal, NULL, Scalar, col, when};

/// A literal of exactly its Rust type. (Polars' own leaves an integer's width open, so that codes would widen.)
pub(crate) fn lit<T>(value: T) -> Expr
where
    Scalar: From<T>,
{
    Expr::Literal(Scalar::from(value).into())
}

/// Whether the moment in the column `at` is not later than `as_of`; what bears no time may have happened at any.
pub(crate) fn happened(at: &str, as_of: i64) -> Expr {
    col(at).is_null().or(col(at).lt_eq(lit(as_of)))
}

/// `value` where `condition` holds, null elsewhere.
pub(crate) fn only_where(condition: Expr, value: Expr) -> Expr {
    when(condition).then(value).otherwise(NULL.lit())
}
