//! Signals: observations that may make a change an emergency.

use crate::column::{
    APPROVAL, BYPASS_RECORDED, EMERGENCY_LABEL, EMERGENCY_TICKET, EMERGENCY_WORDS, HOTFIX_BRANCH, INCIDENT_LINK,
    INCIDENT_WINDOW, MERGED_AT, OPENED_AT, OUT_OF_HOURS, PEOPLE_ASKED, SIGNALS,
};
use crate::expression::lit;
use change_ledger_model::{
    judgement::{ApprovalTiming, IncidentLinkState, Signal},
    policy::Policy,
};
use polars::prelude::{DataType, Expr, LazyFrame, col};

/// Adds the set of signals that a policy raises ([`change_ledger_model::judgement::Signals`] as a number), and one
/// column per signal, named by [`column_of`].
pub(super) fn judge(changes: LazyFrame, policy: &Policy) -> LazyFrame {
    let flags = Signal::ALL.map(|signal| holds(signal, policy).alias(column_of(signal)));
    let bits = Signal::ALL.map(|signal| col(column_of(signal)).cast(DataType::UInt16) * lit(signal.bit()));
    let set = bits.into_iter().fold(lit(0_u16), |set, bit| set + bit);
    changes.with_columns(flags).with_column(set.alias(SIGNALS))
}

/// The column that says whether `signal` is raised.
pub(super) fn column_of(signal: Signal) -> &'static str {
    match signal {
        Signal::EmergencyLabel => EMERGENCY_LABEL,
        Signal::EmergencyTicket => EMERGENCY_TICKET,
        Signal::Unreviewed => "unreviewed",
        Signal::BypassRecorded => BYPASS_RECORDED,
        Signal::HotfixBranch => HOTFIX_BRANCH,
        Signal::EmergencyWords => EMERGENCY_WORDS,
        Signal::IncidentLink => "names_incident",
        Signal::IncidentWindow => INCIDENT_WINDOW,
        Signal::FastMerge => "fast_merge",
        Signal::OutOfHours => OUT_OF_HOURS,
    }
}

fn holds(signal: Signal, policy: &Policy) -> Expr {
    match signal {
        Signal::Unreviewed => {
            let timing = |timing: ApprovalTiming| col(APPROVAL).eq(lit(timing as u8));
            // Where its author decides alone, nobody else need have approved.
            let asked = col(PEOPLE_ASKED).gt(lit(0_u32));
            asked.and(timing(ApprovalTiming::After).or(timing(ApprovalTiming::Never)))
        }
        Signal::IncidentLink => col(INCIDENT_LINK)
            .neq(lit(IncidentLinkState::Missing as u8))
            .and(col(INCIDENT_LINK).neq(lit(IncidentLinkState::Unknown as u8))),
        Signal::FastMerge => {
            let open_for = col(MERGED_AT) - col(OPENED_AT);
            let fast = i64::from(policy.signals.fast_merge_minutes) * 60_000;
            // A change that was merged before it was opened has a wrong time, not a fast merge.
            open_for.clone().gt_eq(lit(0_i64)).and(open_for.lt(lit(fast))).fill_null(lit(false))
        }
        Signal::EmergencyLabel
        | Signal::EmergencyTicket
        | Signal::BypassRecorded
        | Signal::HotfixBranch
        | Signal::EmergencyWords
        | Signal::IncidentWindow
        | Signal::OutOfHours => col(column_of(signal)),
    }
}
