//! When a change was approved.

use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    judgement::ApprovalTiming,
    person::PersonKind,
    policy::Approval,
    record::{ReviewCoverage, Verdict},
};
use std::collections::BTreeSet;

/// What the reviews of one change come to.
pub struct Approved {
    pub timing: ApprovalTiming,
    pub before_at: Option<i64>,
    pub after_at: Option<i64>,
    /// Who gave the approval at `after_at`.
    pub after_by: Option<u32>,
    pub covers_head: Option<bool>,
    /// A review that might have been an approval at implementation was dismissed, nobody knows when.
    pub dismissed_without_date: bool,
}

struct Said {
    by: u32,
    at: Option<i64>,
    covers: Option<bool>,
}

pub fn approved(ledger: &LedgerColumns, change: usize, rules: Approval, as_of: Timestamp) -> Approved {
    let implemented = ledger.changes.implemented_at[change];
    let mut said = qualifying(ledger, change, rules, as_of.millis());
    if implemented.is_none() {
        said.iter_mut().for_each(|approval| approval.at = None);
    }
    let required = rules.required as usize;
    let is_before = |approval: &Said| approval.at.is_some_and(|at| at <= implemented.unwrap_or(i64::MIN));

    let mut dated: Vec<&Said> = said.iter().filter(|approval| approval.at.is_some()).collect();
    dated.sort_by_key(|approval| approval.at);
    let mut people = BTreeSet::new();
    let (mut before_at, mut after_at, mut after_by) = (None, None, None);
    for approval in dated {
        people.insert(approval.by);
        if people.len() < required {
            continue;
        }
        if is_before(approval) {
            before_at = before_at.or(approval.at);
        } else if after_at.is_none() {
            after_at = approval.at;
            after_by = Some(approval.by);
        }
    }

    let distinct = |wanted: &dyn Fn(&Said) -> bool| {
        said.iter().filter(|approval| wanted(approval)).map(|approval| approval.by).collect::<BTreeSet<_>>().len()
    };
    let reviewed = ledger.reviews.change.iter().any(|of| *of as usize == change);
    let coverage = ledger.changes.review_coverage[change];
    let carried = coverage != ReviewCoverage::NotCarried as u8 || reviewed;
    let maybe_before = distinct(&|approval| is_before(approval) || approval.at.is_none()) >= required;
    let timing = if before_at.is_some() {
        ApprovalTiming::Before
    } else if !carried || maybe_before {
        ApprovalTiming::Unknown
    } else if after_at.is_some() {
        ApprovalTiming::After
    } else if distinct(&|_| true) >= required || coverage == ReviewCoverage::PossiblyCut as u8 {
        ApprovalTiming::Unknown
    } else {
        ApprovalTiming::Never
    };
    let covers_head = if said.iter().any(|approval| approval.covers == Some(true)) {
        Some(true)
    } else if said.is_empty() || said.iter().any(|approval| approval.covers.is_none()) {
        None
    } else {
        Some(false)
    };
    let dismissed_without_date = before_at.is_none()
        && (0..ledger.reviews.change.len()).any(|row| {
            let reviews = &ledger.reviews;
            let in_time = match (reviews.submitted_at[row], implemented) {
                (Some(at), Some(implemented)) => at <= implemented,
                (Some(_), None) => false,
                (None, _) => true,
            };
            reviews.change[row] as usize == change
                && reviews.verdict[row] == Verdict::Dismissed as u8
                && in_time
                && is_independent(ledger, change, reviews.reviewer[row])
        });
    Approved { timing, before_at, after_at, after_by, covers_head, dismissed_without_date }
}

fn is_independent(ledger: &LedgerColumns, change: usize, person: u32) -> bool {
    ledger.people[person as usize].1 == PersonKind::Human
        && ledger.changes.author[change] != Some(person)
        && !ledger.commit_authors.contains(&(change as u32, person))
}

/// Whether an approval given at `at` and dismissed after it `stood_until` some moment counts, seen from `as_of`.
fn outlives_its_dismissal(at: Option<i64>, stood_until: i64, implemented: Option<i64>, as_of: i64) -> bool {
    let stood_at_implementation =
        implemented.is_some_and(|implemented| implemented <= stood_until && at.is_none_or(|at| at <= implemented));
    as_of <= stood_until || stood_at_implementation
}

fn qualifying(ledger: &LedgerColumns, change: usize, rules: Approval, as_of: i64) -> Vec<Said> {
    let changes = &ledger.changes;
    let reviews = &ledger.reviews;
    let implemented = changes.implemented_at[change];
    let head = changes.head_commit[change];
    let independent = |person: u32| is_independent(ledger, change, person);
    let of_change: Vec<usize> =
        (0..reviews.change.len()).filter(|row| reviews.change[*row] as usize == change).collect();
    let mut said = Vec::new();
    for &row in &of_change {
        let positive = reviews.verdict[row] == Verdict::Approved as u8
            || rules.comment_counts && reviews.verdict[row] == Verdict::Commented as u8;
        let (by, at) = (reviews.reviewer[row], reviews.submitted_at[row]);
        if !positive || !independent(by) {
            continue;
        }
        let withdrawn = of_change.iter().any(|&other| {
            let objects = [Verdict::ChangesRequested as u8, Verdict::Withdrawn as u8].contains(&reviews.verdict[other]);
            let objection = objects && reviews.reviewer[other] == by;
            match (at, reviews.submitted_at[other], implemented) {
                (Some(at), Some(objected), Some(implemented)) => {
                    objection && at <= implemented && at < objected && objected <= implemented
                }
                _ => false,
            }
        });
        let dismissed =
            reviews.stood_until[row].is_some_and(|until| !outlives_its_dismissal(at, until, implemented, as_of));
        if !withdrawn && !dismissed {
            let covers = reviews.commit[row].zip(head).map(|(reviewed, head)| reviewed == head);
            said.push(Said { by, at, covers });
        }
    }
    if let Some(merger) = changes.merged_by[change].filter(|merger| rules.merge_counts && independent(*merger)) {
        said.push(Said { by: merger, at: implemented, covers: head.map(|_| true) });
    }
    said.retain(|approval| approval.at.is_none_or(|at| at <= as_of));
    said.retain(|approval| !rules.must_cover_head || approval.covers == Some(true));
    said
}
