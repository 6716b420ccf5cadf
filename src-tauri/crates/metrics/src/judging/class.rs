//! Classes: exactly one per change.

use super::signal::column_of;
use crate::column::{
    ATTESTED_EXEMPT, AUTHOR_IS_BOT, CLASS, COUNTED_BRANCH, DETECTION, EXEMPTED, IMPLEMENTED_AT, IN_N, IN_POPULATION,
    PERSON_SAYS,
};
use crate::expression::{happened, lit};
use change_ledger_model::{
    Timestamp,
    attestation::Detection,
    judgement::{Class, Signal},
    policy::Policy,
};
use polars::prelude::{Expr, LazyFrame, col, when};

/// Adds the class, what became of the change at the detection rules, and whether the change is in the population and in N: what is implemented after `as_of` is not.
///
/// The first that holds: exempt, as a person attests; declared by a label on the change or its ticket; exempt by rule;
/// unlabelled, when every signal of some detection rule is raised and no person dismissed that; unreviewed; routine.
pub(super) fn judge(changes: LazyFrame, policy: &Policy, as_of: Timestamp) -> LazyFrame {
    let raised = |signal: Signal| col(column_of(signal));
    let every = |rule: Vec<Signal>| rule.into_iter().map(raised).fold(lit(true), Expr::and);
    let detected =
        policy.detection.iter().map(|rule| every(rule.signals().iter().collect())).fold(lit(false), Expr::or);
    let class = |class: Class| lit(class as u8);
    let detection = |detection: Detection| lit(detection as u8);
    let declared = raised(Signal::EmergencyLabel).or(raised(Signal::EmergencyTicket));
    let exempt_by_rule = col(AUTHOR_IS_BOT).and(lit(policy.exemption.bots)).or(col(EXEMPTED));
    let exempt = col(CLASS).eq(class(Class::Exempt));
    changes
        .with_column(
            when(declared.clone().or(exempt_by_rule.clone()).or(detected.not()))
                .then(detection(Detection::NotFound))
                .otherwise(col(PERSON_SAYS))
                .alias(DETECTION),
        )
        .with_columns([
            when(col(ATTESTED_EXEMPT))
                .then(class(Class::Exempt))
                .when(declared)
                .then(class(Class::DeclaredEmergency))
                .when(exempt_by_rule)
                .then(class(Class::Exempt))
                .when(found())
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

/// Whether a detection rule found the change, and no person dismissed that.
fn found() -> Expr {
    let is = |detection: Detection| col(DETECTION).eq(lit(detection as u8));
    is(Detection::Unjudged).or(is(Detection::Confirmed))
}

/// Whether a change is an emergency, declared or not.
pub(crate) fn is_emergency() -> Expr {
    let class = |class: Class| col(CLASS).eq(lit(class as u8));
    class(Class::DeclaredEmergency).or(class(Class::UnlabelledEmergency))
}
