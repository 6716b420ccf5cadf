//! From the judged frame to plain columns.

use super::plain;
use crate::column::{
    APPROVAL, APPROVED_AFTER_AT, APPROVED_BEFORE_AT, ATTESTED, AUTHORISED, AUTHORISED_AS_ASKED, BATCH_STAMPED,
    BUSINESS_DAYS, CHANGES_REQUESTED_OPEN, CLASS, COVERS_HEAD, DETECTION, DISMISSED_WITHOUT_DATE, DOCUMENTED_AT,
    DOCUMENTED_ON_TIME, DUE_AT, IN_POPULATION, INCIDENT_LINK, JUSTIFIED, POLICY_VERSION, QUARTER, REVIEW_STATE,
    REVIEWED_AT, SELF_APPROVED, SELF_MERGED, SIGNALS, WARN_AT,
};
use crate::side_by_side::both;
use change_ledger_model::verdicts::Verdicts;
use polars::prelude::{DataFrame, PolarsResult};

/// Moments take as long to read as all the rest.
pub(super) fn read(judged: &DataFrame) -> PolarsResult<Verdicts> {
    let (moments, others) = both(|| moments(judged), || others(judged));
    let [approved_before_at, approved_after_at, due_at, reviewed_at, warn_at, documented_at] = moments?;
    Ok(Verdicts { approved_before_at, approved_after_at, due_at, reviewed_at, warn_at, documented_at, ..others? })
}

fn moments(judged: &DataFrame) -> PolarsResult<[Vec<Option<i64>>; 6]> {
    let of = |name: &str| -> PolarsResult<Vec<Option<i64>>> { Ok(plain::optional(judged.column(name)?.i64()?)) };
    Ok([
        of(APPROVED_BEFORE_AT)?,
        of(APPROVED_AFTER_AT)?,
        of(DUE_AT)?,
        of(REVIEWED_AT)?,
        of(WARN_AT)?,
        of(DOCUMENTED_AT)?,
    ])
}

fn others(judged: &DataFrame) -> PolarsResult<Verdicts> {
    let bytes = |name: &str| plain::whole(name, judged.column(name)?.u8()?);
    let flags = |name: &str| plain::flags(judged, name);
    let answers = |name: &str| plain::answers(judged, name);
    Ok(Verdicts {
        policy_version: bytes(POLICY_VERSION)?,
        in_population: flags(IN_POPULATION)?,
        quarter: plain::optional(judged.column(QUARTER)?.i32()?),
        class: bytes(CLASS)?,
        signals: plain::whole(SIGNALS, judged.column(SIGNALS)?.u16()?)?,
        approval: bytes(APPROVAL)?,
        review_state: bytes(REVIEW_STATE)?,
        incident_link: bytes(INCIDENT_LINK)?,
        authorised: answers(AUTHORISED)?,
        authorised_as_asked: answers(AUTHORISED_AS_ASKED)?,
        justified: answers(JUSTIFIED)?,
        documented_on_time: answers(DOCUMENTED_ON_TIME)?,
        self_merged: answers(SELF_MERGED)?,
        self_approved: flags(SELF_APPROVED)?,
        changes_requested_open: flags(CHANGES_REQUESTED_OPEN)?,
        approval_covers_head: answers(COVERS_HEAD)?,
        batch_stamped: flags(BATCH_STAMPED)?,
        review_business_days: plain::optional(judged.column(BUSINESS_DAYS)?.u32()?),
        dismissed_without_date: flags(DISMISSED_WITHOUT_DATE)?,
        detection: bytes(DETECTION)?,
        attested: flags(ATTESTED)?,
        ..Verdicts::default()
    })
}
