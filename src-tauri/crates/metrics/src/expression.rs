//! Expressions that every step needs.

use polars::prelude::{Expr, Literal, NULL, Scalar, when};

/// A literal of exactly its Rust type. (Polars' own leaves an integer's width open, so that codes would widen.)
pub(crate) fn lit<T>(value: T) -> Expr
where
    Scalar: From<T>,
{
    Expr::Literal(Scalar::from(value).into())
}

/// `value` where `condition` holds, null elsewhere.
pub(crate) fn only_where(condition: Expr, value: Expr) -> Expr {
    when(condition).then(value).otherwise(NULL.lit())
}
