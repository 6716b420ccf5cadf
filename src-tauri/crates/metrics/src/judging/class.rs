//! Classes: exactly one per change.

use super::signal::column_of;
use crate::column::{AUTHOR_IS_BOT, CLASS, COUNTED_BRANCH, IMPLEMENTED_AT, IN_N, IN_POPULATION};
use crate::expression::{happened, lit};
use change_ledger_model::{
    Timestamp,
    judgement::{Class, Signal},
    policy::Policy,
};
use polars::prelude::{Expr, LazyFrame, col, when};

/// Adds the class, and whether the change is in the population and in N: what is implemented after `as_of` is not.
///
/// The first that holds: declared by a label on the change or its ticket; exempt by rule; unlabelled, when every
/// signal of some detection rule is raised; unreviewed; routine.
pub(super) fn judge(changes: LazyFrame, policy: &Policy, as_of: Timestamp) -> LazyFrame {
    let raised = |signal: Signal| col(column_of(signal));
    let every = |rule: Vec<Signal>| rule.into_iter().map(raised).fold(lit(true), Expr::and);
    let detected =
        policy.detection.iter().map(|rule| every(rule.signals().iter().collect())).fold(lit(false), Expr::or);
    let class = |class: Class| lit(class as u8);
    let exempt = col(CLASS).eq(class(Class::Exempt));
    changes
        .with_columns([
            when(raised(Signal::EmergencyLabel).or(raised(Signal::EmergencyTicket)))
                .then(class(Class::DeclaredEmergency))
                .when(col(AUTHOR_IS_BOT).and(lit(policy.exemption.bots)))
                .then(class(Class::Exempt))
                .when(detected)
                .then(class(Class::UnlabelledEmergency))
                .when(raised(Signal::Unreviewed))
                .then(class(Class::Unreviewed))
                .otherwise(class(Class::Routine))
                .alias(CLASS),
            col(COUNTED_BRANCH)
                .and(col(IMPLEMENTED_AT).is_not_null())
                .and(happened(IMPLEMENTED_AT, as_of.millis()))
                .alias(IN_POPULATION),
        ])
        .with_column(col(IN_POPULATION).and(lit(policy.population.count_exempt).or(exempt.not())).alias(IN_N))
}

/// Whether a change is an emergency, declared or not.
pub(crate) fn is_emergency() -> Expr {
    let class = |class: Class| col(CLASS).eq(lit(class as u8));
    class(Class::DeclaredEmergency).or(class(Class::UnlabelledEmergency))
}
