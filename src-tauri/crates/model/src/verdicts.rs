//! How every change of a ledger was judged: what the metrics hand back, as plain columns.

/// One entry per row of [`crate::columns::ChangeColumns`]; every vector has the same length.
/// Times are milliseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdicts {
    /// Position, in the policy history's versions, of the version that judged the change.
    pub policy_version: Vec<u8>,
    /// Whether the change counts: merged into a branch of the population, at a known time that had come at the moment of
    /// judging.
    pub in_population: Vec<bool>,
    /// [`crate::quarter::Quarter::ordinal`] of its implementation; `None` when the time is unknown.
    pub quarter: Vec<Option<i32>>,
    /// [`crate::judgement::Class`] as a number.
    pub class: Vec<u8>,
    /// [`crate::judgement::Signals`] as a number.
    pub signals: Vec<u16>,
    /// [`crate::judgement::ApprovalTiming`] as a number.
    pub approval: Vec<u8>,
    /// The qualifying approval (the last of those required) at or before the implementation.
    pub approved_before_at: Vec<Option<i64>>,
    /// The first qualifying approval later than the implementation, also when there was one before.
    pub approved_after_at: Vec<Option<i64>>,
    /// [`crate::judgement::ReviewState`] as a number.
    pub review_state: Vec<u8>,
    /// When the retroactive review is due; `None` when none is owed.
    pub due_at: Vec<Option<i64>>,
    /// When the retroactive review that is owed was done, by the earliest evidence that the policy accepts.
    pub reviewed_at: Vec<Option<i64>>,
    /// From when on an open retroactive review is warned of; `None` when none is owed or the policy warns of none.
    pub warn_at: Vec<Option<i64>>,
    /// [`crate::judgement::IncidentLinkState`] as a number.
    pub incident_link: Vec<u8>,
    /// Whether an authorisation is on record; `None` when the imported files could not tell.
    pub authorised: Vec<Option<bool>>,
    /// Whether one is on record of somebody whom the policy permits, and in its time; `None` when the imported files and the
    /// policy could not tell.
    pub authorised_as_asked: Vec<Option<bool>>,
    /// Whether a justification is on record; `None` when the imported files could not tell.
    pub justified: Vec<Option<bool>>,
    /// The first documentation written at or after the implementation.
    pub documented_at: Vec<Option<i64>>,
    /// Whether that was within the policy's time; `None` when the imported files could not tell.
    pub documented_on_time: Vec<Option<bool>>,
    /// Whether the author merged it; `None` when either is unknown.
    pub self_merged: Vec<Option<bool>>,
    /// Whether the author approved it.
    pub self_approved: Vec<bool>,
    /// Whether a reviewer's last word before the implementation asked for changes.
    pub changes_requested_open: Vec<bool>,
    /// Whether a qualifying approval covers the merged commit; `None` when commits are unknown or nothing was approved.
    pub approval_covers_head: Vec<Option<bool>>,
    /// Whether its retroactive approval was one of a batch.
    pub batch_stamped: Vec<bool>,
    /// Business days from the day of implementation to the day of the retroactive review that was owed and given; see
    /// [`crate::calendar::Calendar::business_days_between`].
    pub review_business_days: Vec<Option<u32>>,
    /// Whether nobody's approval counts at implementation while a review that somebody independent gave by then was
    /// dismissed, of which no file says when or what it said before.
    pub dismissed_without_date: Vec<bool>,
    /// [`crate::attestation::Detection`] as a number.
    pub detection: Vec<u8>,
    /// Whether something that a person attested of it holds at the moment of judging.
    pub attested: Vec<bool>,
}
