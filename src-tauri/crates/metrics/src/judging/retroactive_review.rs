//! Who owes a retroactive review, by when, and how far it got.

use super::{class::is_emergency, deadline::due_after, in_time};
use crate::column::{
    APPROVAL, APPROVED_AFTER_AT, ATTESTED_REVIEW_AT, COUNTED_BRANCH, DUE_AT, IMPLEMENTED_AT, KIND, NOTES_KNOWN, OWED,
    POSSIBLY_APPROVED_AFTER_AT, RECORDED_REVIEW_AT, REVIEW_DATA, REVIEW_STATE, REVIEWED_AT, REVIEWS_CUT, WARN_AT,
};
use crate::expression::{happened, lit, only_where};
use change_ledger_model::{
    Timestamp,
    judgement::{ApprovalTiming, ReviewState},
    policy::{Policy, Review, ReviewEvidence, ReviewOwed},
    record::ChangeKind,
};
use polars::prelude::{Expr, LazyFrame, NULL, col, when};

/// When a review may have been done, at best: approvals that are in doubt count.
const POSSIBLY_REVIEWED_AT: &str = "possibly_reviewed_at";
/// Whether the files carried every place in which the review could stand.
const REVIEW_COULD_BE_TOLD: &str = "review_could_be_told";

/// Adds whether a review is owed, its deadline, from when it is warned of, when it was done, and its state at `as_of`.
pub(super) fn judge(changes: LazyFrame, policy: &Policy, as_of: Timestamp) -> LazyFrame {
    let rules = &policy.review;
    let owed = match rules.owed {
        ReviewOwed::Unreviewed => is_emergency().and(timing(ApprovalTiming::Before).not()),
        ReviewOwed::EveryEmergency => is_emergency(),
    };
    let owed = owed.and(col(COUNTED_BRANCH)).and(happened(IMPLEMENTED_AT, as_of.millis()));
    let after = |deadline| due_after(col(IMPLEMENTED_AT), col(OWED), deadline, policy.business_calendar());
    let warn = rules.warn_after.map_or_else(no_time, after);
    changes
        .with_column(owed.alias(OWED))
        .with_columns([
            after(rules.deadline).alias(DUE_AT),
            warn.alias(WARN_AT),
            only_where(col(OWED), done_at(rules, as_of)).alias(REVIEWED_AT),
            only_where(by_approval(rules), col(POSSIBLY_APPROVED_AFTER_AT)).alias(POSSIBLY_REVIEWED_AT),
            could_be_told(rules).alias(REVIEW_COULD_BE_TOLD),
        ])
        .with_column(state(rules, as_of).alias(REVIEW_STATE))
}

fn state(rules: &Review, as_of: Timestamp) -> Expr {
    let state = |state: ReviewState| lit(state as u8);
    // Where only unreviewed emergencies owe a review, nobody knows whether this one does.
    let perhaps_not_owed = timing(ApprovalTiming::Unknown).and(lit(rules.owed == ReviewOwed::Unreviewed));
    let never_for_certain = col(REVIEWED_AT).is_null().and(col(POSSIBLY_REVIEWED_AT).is_not_null());
    when(col(OWED).not())
        .then(state(ReviewState::NotOwed))
        .when(perhaps_not_owed.or(col(IMPLEMENTED_AT).is_null()))
        .then(state(ReviewState::Unknown))
        .when(col(REVIEWED_AT).is_not_null().and(in_time(col(REVIEWED_AT), col(DUE_AT))))
        .then(state(ReviewState::OnTime))
        // In time, if an approval qualifies of which the files do not tell whether it does.
        .when(col(POSSIBLY_REVIEWED_AT).is_not_null().and(in_time(col(POSSIBLY_REVIEWED_AT), col(DUE_AT))))
        .then(state(ReviewState::Unknown))
        .when(never_for_certain.or(col(REVIEW_COULD_BE_TOLD).not()))
        .then(state(ReviewState::Unknown))
        .when(col(REVIEWED_AT).is_not_null())
        .then(state(ReviewState::Late))
        .when(in_time(lit(as_of.millis()), col(DUE_AT)))
        .then(state(ReviewState::Pending))
        .otherwise(state(ReviewState::Overdue))
}

/// The earliest evidence later than the implementation and known at `as_of`.
fn done_at(rules: &Review, as_of: Timestamp) -> Expr {
    let dated = |at: &str| {
        let after = col(at).gt(col(IMPLEMENTED_AT)).and(col(at).lt_eq(lit(as_of.millis())));
        only_where(after, col(at))
    };
    let mut done = only_where(by_approval(rules), col(APPROVED_AFTER_AT));
    if rules.accepts(ReviewEvidence::TicketRecord) {
        done = earlier(done, dated(RECORDED_REVIEW_AT));
    }
    if rules.accepts(ReviewEvidence::Attestation) {
        done = earlier(done, dated(ATTESTED_REVIEW_AT));
    }
    done
}

/// Whether an approval of the change counts as the review. A completed review task of a change ticket is an approval of it.
fn by_approval(rules: &Review) -> Expr {
    let of_ticket = col(KIND).eq(lit(ChangeKind::ChangeTicket as u8));
    let by_task = of_ticket.and(lit(rules.accepts(ReviewEvidence::ChangeTask)));
    by_task.or(lit(rules.accepts(ReviewEvidence::Approval)))
}

/// Whether the files carried reviews and notes, as far as they count. What nobody attested is known: it would be here.
fn could_be_told(rules: &Review) -> Expr {
    let reviews = col(REVIEW_DATA).and(col(APPROVED_AFTER_AT).is_not_null().or(col(REVIEWS_CUT).not()));
    let told = by_approval(rules).not().or(reviews);
    if rules.accepts(ReviewEvidence::TicketRecord) { told.and(col(NOTES_KNOWN)) } else { told }
}

fn earlier(one: Expr, other: Expr) -> Expr {
    let first = one.clone().lt_eq(other.clone()).fill_null(lit(false));
    when(first.or(other.clone().is_null())).then(one).otherwise(other)
}

fn timing(timing: ApprovalTiming) -> Expr {
    col(APPROVAL).eq(lit(timing as u8))
}

/// No time at all, as a column of times.
fn no_time() -> Expr {
    use polars::prelude::{DataType, Literal};
    NULL.lit().cast(DataType::Int64)
}

#[cfg(test)]
mod tests {
    use crate::sample::{HOUR, Sample, at};
    use ReviewState::{Late, NotOwed, OnTime, Overdue, Pending, Unknown};
    use change_ledger_model::{
        attestation::AttestationKind,
        columns::HitOwner,
        judgement::ReviewState,
        policy::patterns::TextSignal::{Documentation, EmergencyLabel, ReviewRecord},
        record::{ChangeKind, ReviewCoverage, Verdict},
    };

    /// Judges a labelled emergency of Tuesday, 10:00, under a policy that every emergency owes a review by Wednesday.
    fn owed_by_every(evidence: &str, tell: fn(Sample) -> Sample) -> (ReviewState, Option<i64>) {
        let evidence = format!("evidence = {evidence}\nmarkers = [\"post-mortem\"]");
        let policy = [
            ("evidence = [\"approval\"]\nmarkers = []", evidence.as_str()),
            ("owed = \"unreviewed\"\ndeadline = \"24h\"", "owed = \"every_emergency\"\ndeadline = \"24h\""),
        ];
        let judged = tell(Sample::new().policy(&policy).change(0.0).hit(EmergencyLabel)).judged();
        let verdicts = judged.verdicts();
        let hours = verdicts.reviewed_at[0].map(|reviewed| (reviewed - at(0.0)) / HOUR);
        (ReviewState::from_code(verdicts.review_state[0]).unwrap(), hours)
    }

    fn noted(sample: Sample, hours: f64) -> Sample {
        sample.ticket(false).hit_on(HitOwner::Ticket(0), ReviewRecord, Some(hours))
    }

    #[test]
    fn what_was_approved_before_is_reviewed_again() {
        let check = |tell: fn(Sample) -> Sample, expected| assert_eq!(owed_by_every("[\"approval\"]", tell), expected);
        check(|s| s.approved("bob", -1.0), (Overdue, None));
        check(|s| s.approved("bob", -1.0).seen_at(3.0), (Pending, None));
        check(|s| s.approved("bob", -1.0).approved("cat", 5.0), (OnTime, Some(5)));
        check(|s| s.approved("bob", -1.0).approved("cat", 25.0), (Late, Some(25)));
        check(|s| s.approved("bob", 5.0), (OnTime, Some(5)));
        // Its own author.
        check(|s| s.approved("ann", 5.0), (Overdue, None));
        check(|s| s.coverage(ReviewCoverage::NotCarried), (Unknown, None));
        check(|s| s.coverage(ReviewCoverage::PossiblyCut), (Unknown, None));
        // Approved at a time that nobody knows: perhaps before, perhaps after.
        check(|s| s.review("bob", Verdict::Approved, None, None), (Unknown, None));
        check(|s| s.review("bob", Verdict::Approved, None, None).approved("cat", 5.0), (OnTime, Some(5)));
        check(|s| s.approved("bob", 5.0).undated(), (Unknown, None));
        check(|s| s.approved("bob", 5.0).branch(Some(1)), (NotOwed, None));
    }

    #[test]
    fn a_review_is_what_the_policy_accepts_as_evidence_and_the_earliest_counts() {
        let check = |evidence: &str, tell: fn(Sample) -> Sample, expected| {
            assert_eq!(owed_by_every(evidence, tell), expected, "{evidence}");
        };
        let record = "[\"ticket_record\"]";
        check(record, |s| noted(s, 5.0), (OnTime, Some(5)));
        check(record, |s| noted(s, 30.0), (Late, Some(30)));
        check(record, |s| noted(s, -1.0), (Overdue, None));
        check(record, |s| noted(s, 30.0).seen_at(29.0), (Overdue, None));
        check(record, |s| s.approved("bob", 5.0), (Overdue, None));
        check(record, |s| s.ticket(false).hit_on(HitOwner::Ticket(0), Documentation, Some(5.0)), (Overdue, None));
        check(record, |s| s.incident(true).hit_on(HitOwner::Incident(0), ReviewRecord, Some(5.0)), (OnTime, Some(5)));
        // Nobody exported the notes in which the record would stand.
        check(record, Sample::bare_ticket, (Unknown, None));
        check(record, |s| s.coverage(ReviewCoverage::NotCarried), (Overdue, None));

        let attested = "[\"attestation\"]";
        check(attested, |s| s.attested(AttestationKind::Review, 5.0), (OnTime, Some(5)));
        check(attested, |s| s.attested(AttestationKind::Review, 30.0), (Late, Some(30)));
        check(attested, |s| s.attested(AttestationKind::Review, -3.0), (Overdue, None));
        check(attested, Sample::bare_ticket, (Overdue, None));
        check("[\"approval\"]", |s| s.attested(AttestationKind::Review, 5.0), (Overdue, None));

        let any = "[\"approval\", \"ticket_record\", \"attestation\"]";
        check(any, |s| noted(s.approved("bob", 7.0), 5.0), (OnTime, Some(5)));
        check(any, |s| noted(s.approved("bob", 3.0), 5.0), (OnTime, Some(3)));
        // A late approval, and notes that nobody exported: the review may have been recorded in time.
        check(any, |s| s.approved("bob", 30.0).bare_ticket(), (Unknown, Some(30)));
        check(any, |s| s.approved("bob", 3.0).bare_ticket(), (OnTime, Some(3)));
    }

    #[test]
    fn a_review_task_counts_on_the_change_ticket_whose_task_it_is() {
        let ticket = |sample: Sample| {
            let mut sample = sample.approved("bob", 5.0);
            sample.columns.changes.kind = vec![ChangeKind::ChangeTicket as u8];
            sample
        };
        assert_eq!(owed_by_every("[\"change_task\"]", ticket), (OnTime, Some(5)));
        assert_eq!(owed_by_every("[\"change_task\"]", |s| s.approved("bob", 5.0)), (Overdue, None));
    }

    #[test]
    fn an_open_review_is_warned_of_before_it_is_overdue() {
        let warned = [("deadline = \"24h\"", "warn_after = \"12h\"\ndeadline = \"24h\"")];
        let verdicts = |sample: Sample| {
            let judged = sample.change(0.0).hit(EmergencyLabel).judged();
            let verdicts = judged.verdicts();
            (verdicts.warn_at[0].map(|warn| warn - at(0.0)), verdicts.due_at[0].map(|due| due - at(0.0)))
        };
        assert_eq!(verdicts(Sample::new().policy(&warned)), (Some(12 * HOUR), Some(24 * HOUR)));
        assert_eq!(verdicts(Sample::new()), (None, Some(24 * HOUR)));
    }

    #[test]
    fn a_rule_may_exempt_by_what_stands_in_the_change_itself() {
        use change_ledger_model::{judgement::Class, policy::patterns::TextSignal::Exempting};
        let class = |sample: Sample| Class::from_code(sample.judged().verdicts().class[0]).unwrap();
        assert_eq!(class(Sample::new().change(0.0).hit(Exempting)), Class::Exempt);
        assert_eq!(class(Sample::new().change(0.0).hit(Exempting).hit(EmergencyLabel)), Class::DeclaredEmergency);
        let on_ticket = Sample::new().change(0.0).ticket(false).hit_on(HitOwner::Ticket(0), Exempting, None);
        assert_eq!(class(on_ticket), Class::UnlabelledEmergency);
    }
}
