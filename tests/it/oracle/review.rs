//! Whether an emergency was reviewed afterwards, and in time.

use super::{approval::Approved, calendar};
use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    judgement::{ApprovalTiming, ReviewState},
    policy::{Policy, ReviewEvidence, ReviewOwed},
    record::{ChangeKind, ReviewCoverage},
};

/// What decides about the review of one change.
pub struct Reviewable<'a> {
    pub ledger: &'a LedgerColumns,
    pub policy: &'a Policy,
    pub change: usize,
    pub implemented: Option<Timestamp>,
    pub as_of: Timestamp,
    /// An emergency of the population that is not still to come.
    pub is_emergency: bool,
    pub approved: &'a Approved,
    pub recorded_at: Option<i64>,
    pub attested_at: Option<i64>,
    pub notes_known: bool,
}

/// What became of the review.
pub struct Owed {
    pub state: ReviewState,
    pub due: Option<i64>,
    pub warn: Option<i64>,
    pub reviewed_at: Option<i64>,
}

impl Owed {
    pub fn is_settled(&self) -> bool {
        matches!(self.state, ReviewState::OnTime | ReviewState::Late)
    }
}

pub fn owed(of: &Reviewable<'_>) -> Owed {
    let rules = &of.policy.review;
    let counts = |kind: ReviewEvidence| rules.evidence.contains(&kind);
    let every = rules.owed == ReviewOwed::EveryEmergency;
    if !of.is_emergency || !every && of.approved.timing == ApprovalTiming::Before {
        return Owed { state: ReviewState::NotOwed, due: None, warn: None, reviewed_at: None };
    }
    let Some(implemented) = of.implemented else {
        return Owed { state: ReviewState::Unknown, due: None, warn: None, reviewed_at: None };
    };
    let due = calendar::due(rules.deadline, implemented, of.policy).map(Timestamp::millis);
    let warn = rules.warn_after.and_then(|after| calendar::due(after, implemented, of.policy)).map(Timestamp::millis);

    let is_ticket = of.ledger.changes.kind[of.change] == ChangeKind::ChangeTicket as u8;
    let approvals_count = counts(ReviewEvidence::Approval) || is_ticket && counts(ReviewEvidence::ChangeTask);
    let mut reviews = Vec::new();
    if approvals_count {
        reviews.extend(of.approved.after_at);
    }
    if counts(ReviewEvidence::TicketRecord) {
        reviews.extend(of.recorded_at);
    }
    if counts(ReviewEvidence::Attestation) {
        reviews.extend(of.attested_at.filter(|at| *at > implemented.millis()));
    }
    let reviewed_at = reviews.into_iter().min();
    let approvals = if of.approved.maybe_before { of.approved.anybody_after_at } else { of.approved.possibly_after_at };
    let possibly = approvals.filter(|_| approvals_count);
    let in_time = |at: i64| due.is_none_or(|due| at <= due);

    let perhaps_not_owed = !every && of.approved.timing == ApprovalTiming::Unknown;
    let perhaps_reviewed = possibly.is_some_and(in_time) || possibly.is_some() && reviewed_at.is_none();
    let reviews_missing = approvals_count && !reviews_told(of);
    let notes_missing = counts(ReviewEvidence::TicketRecord) && !of.notes_known;
    let state = if !perhaps_not_owed && reviewed_at.is_some_and(in_time) {
        ReviewState::OnTime
    } else if perhaps_not_owed || perhaps_reviewed || reviews_missing || notes_missing {
        ReviewState::Unknown
    } else if reviewed_at.is_some() {
        ReviewState::Late
    } else if in_time(of.as_of.millis()) {
        ReviewState::Pending
    } else {
        ReviewState::Overdue
    };
    Owed { state, due, warn, reviewed_at }
}

/// Whether the files carried the reviews of the change; of a list that may have been cut, only what stands in it is told.
fn reviews_told(of: &Reviewable<'_>) -> bool {
    let coverage = of.ledger.changes.review_coverage[of.change];
    let reviewed = of.ledger.reviews.change.iter().any(|change| *change as usize == of.change);
    let carried = coverage != ReviewCoverage::NotCarried as u8 || reviewed;
    carried && (coverage != ReviewCoverage::PossiblyCut as u8 || of.approved.after_at.is_some())
}
