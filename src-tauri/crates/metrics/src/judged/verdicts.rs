//! From the judged frame to plain columns.

use crate::column::{
    APPROVAL, APPROVED_AFTER_AT, APPROVED_BEFORE_AT, ATTESTED, AUTHORISED, AUTHORISED_AS_ASKED, BATCH_STAMPED,
    BUSINESS_DAYS, CHANGES_REQUESTED_OPEN, CLASS, COVERS_HEAD, DETECTION, DISMISSED_WITHOUT_DATE, DOCUMENTED_AT,
    DOCUMENTED_ON_TIME, DUE_AT, IN_POPULATION, INCIDENT_LINK, JUSTIFIED, POLICY_VERSION, QUARTER, REVIEW_STATE,
    REVIEWED_AT, SELF_APPROVED, SELF_MERGED, SIGNALS, WARN_AT,
};
use change_ledger_model::verdicts::Verdicts;
use polars::prelude::{DataFrame, PolarsError, PolarsResult};

pub(super) fn read(judged: &DataFrame) -> PolarsResult<Verdicts> {
    let bytes = |name: &str| -> PolarsResult<Vec<u8>> { whole(name, judged.column(name)?.u8()?.iter()) };
    let flags = |name: &str| -> PolarsResult<Vec<bool>> { whole(name, judged.column(name)?.bool()?.iter()) };
    let times = |name: &str| -> PolarsResult<Vec<Option<i64>>> { Ok(judged.column(name)?.i64()?.iter().collect()) };
    let answers = |name: &str| -> PolarsResult<Vec<Option<bool>>> { Ok(judged.column(name)?.bool()?.iter().collect()) };
    Ok(Verdicts {
        policy_version: bytes(POLICY_VERSION)?,
        in_population: flags(IN_POPULATION)?,
        quarter: judged.column(QUARTER)?.i32()?.iter().collect(),
        class: bytes(CLASS)?,
        signals: whole(SIGNALS, judged.column(SIGNALS)?.u16()?.iter())?,
        approval: bytes(APPROVAL)?,
        approved_before_at: times(APPROVED_BEFORE_AT)?,
        approved_after_at: times(APPROVED_AFTER_AT)?,
        review_state: bytes(REVIEW_STATE)?,
        due_at: times(DUE_AT)?,
        reviewed_at: times(REVIEWED_AT)?,
        warn_at: times(WARN_AT)?,
        incident_link: bytes(INCIDENT_LINK)?,
        authorised: answers(AUTHORISED)?,
        authorised_as_asked: answers(AUTHORISED_AS_ASKED)?,
        justified: answers(JUSTIFIED)?,
        documented_at: times(DOCUMENTED_AT)?,
        documented_on_time: answers(DOCUMENTED_ON_TIME)?,
        self_merged: answers(SELF_MERGED)?,
        self_approved: flags(SELF_APPROVED)?,
        changes_requested_open: flags(CHANGES_REQUESTED_OPEN)?,
        approval_covers_head: answers(COVERS_HEAD)?,
        batch_stamped: flags(BATCH_STAMPED)?,
        review_business_days: judged.column(BUSINESS_DAYS)?.u32()?.iter().collect(),
        dismissed_without_date: flags(DISMISSED_WITHOUT_DATE)?,
        detection: bytes(DETECTION)?,
        attested: flags(ATTESTED)?,
    })
}

/// A column that every change has a value in. A null here would be a defect, and must not pass as "no".
fn whole<T>(name: &str, values: impl Iterator<Item = Option<T>>) -> PolarsResult<Vec<T>> {
    let values: Option<Vec<T>> = values.collect();
    values.ok_or_else(|| PolarsError::ComputeError(format!("`{name}` has no value for some change").into()))
}
