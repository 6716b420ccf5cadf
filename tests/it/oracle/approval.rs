//! When a change was approved.

use change_ledger_model::{
    Timestamp,
    columns::LedgerColumns,
    judgement::ApprovalTiming,
    person::PersonKind,
    policy::Approval,
    record::{ChangeKind, ReviewCoverage, Verdict},
};
use std::collections::BTreeSet;

/// What the reviews of one change come to.
pub struct Approved {
    pub timing: ApprovalTiming,
    pub before_at: Option<i64>,
    pub after_at: Option<i64>,
    /// Who gave the approval at `after_at`.
    pub after_by: Option<u32>,
    /// The earliest moment after the implementation at which there may have been enough approvals.
    pub possibly_after_at: Option<i64>,
    /// Whether enough people may have approved by the implementation.
    pub maybe_before: bool,
    /// The earliest moment after the implementation at which anybody's approval may have been given.
    pub anybody_after_at: Option<i64>,
    pub covers_head: Option<bool>,
    /// A review that might have been an approval at implementation was dismissed, nobody knows when.
    pub dismissed_without_date: bool,
}

/// Somebody's approval. `by` is unknown for a merge of which no file names the merger.
#[derive(Clone)]
struct Said {
    by: Option<u32>,
    at: Option<i64>,
    covers: Option<bool>,
    qualifies: Qualifies,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Qualifies {
    Yes,
    No,
    /// The files do not tell.
    Perhaps,
}

pub fn approved(ledger: &LedgerColumns, change: usize, rules: Approval, as_of: Timestamp) -> Approved {
    let implemented = ledger.changes.implemented_at[change];
    let mut said = qualifying(ledger, change, rules, as_of.millis());
    if implemented.is_none() {
        said.iter_mut().for_each(|approval| approval.at = None);
    }
    let required = rules.required as usize;
    let is_before = |approval: &Said| approval.at.is_some_and(|at| at <= implemented.unwrap_or(i64::MIN));

    let certain: Vec<Said> = said.iter().filter(|approval| approval.qualifies == Qualifies::Yes).cloned().collect();
    let complete = complete(&certain, required);
    let before_at = complete.iter().find(|approval| is_before(approval)).and_then(|approval| approval.at);
    let after = complete.iter().find(|approval| !is_before(approval));
    // At best, whoever approved at an unknown time did so at the implementation.
    let mut at_best = said.clone();
    at_best.iter_mut().for_each(|approval| approval.at = approval.at.or(implemented));
    let possibly_after_at = self::complete(&at_best, required).first().and_then(|approval| approval.at);

    let distinct = |wanted: &dyn Fn(&Said) -> bool| {
        said.iter().filter(|approval| wanted(approval)).map(|approval| approval.by).collect::<BTreeSet<_>>().len()
    };
    let reviewed = ledger.reviews.change.iter().any(|of| *of as usize == change);
    let coverage = ledger.changes.review_coverage[change];
    let carried = coverage != ReviewCoverage::NotCarried as u8 || reviewed;
    let maybe_before = distinct(&|approval| is_before(approval) || approval.at.is_none()) >= required;
    let anybody_after_at = said
        .iter()
        .filter_map(|approval| match approval.at {
            None => implemented,
            Some(at) => Some(at).filter(|at| implemented.is_some_and(|implemented| *at > implemented)),
        })
        .min();
    let timing = if before_at.is_some() {
        ApprovalTiming::Before
    } else if !carried || maybe_before {
        ApprovalTiming::Unknown
    } else if after.is_some() {
        ApprovalTiming::After
    } else if distinct(&|_| true) >= required || coverage == ReviewCoverage::PossiblyCut as u8 {
        ApprovalTiming::Unknown
    } else {
        ApprovalTiming::Never
    };
    let covers: Vec<Option<bool>> =
        said.iter().map(|approval| approval.covers.filter(|_| approval.qualifies == Qualifies::Yes)).collect();
    let covers_head = if covers.contains(&Some(true)) {
        Some(true)
    } else if covers.is_empty() || covers.contains(&None) {
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
                && independent(ledger, change, reviews.reviewer[row]) != Qualifies::No
        });
    Approved {
        timing,
        before_at,
        after_at: after.and_then(|approval| approval.at),
        after_by: after.and_then(|approval| approval.by),
        possibly_after_at,
        maybe_before,
        anybody_after_at,
        covers_head,
        dismissed_without_date,
    }
}

/// Approvals that certainly qualify, with their times; of the merge none is told apart.
pub fn certain_approvals(ledger: &LedgerColumns, change: usize, rules: Approval, as_of: Timestamp) -> Vec<(u32, i64)> {
    let said = qualifying(ledger, change, rules, as_of.millis());
    let certain = said.into_iter().filter(|approval| approval.qualifies == Qualifies::Yes);
    let dated = certain.filter_map(|approval| approval.by.zip(approval.at));
    dated.filter(|_| ledger.changes.implemented_at[change].is_some()).collect()
}

/// The best that approvals say of the merged commit, also those that do not count because they are of another one; `None`
/// without any.
pub fn best_cover(ledger: &LedgerColumns, change: usize, rules: Approval, as_of: Timestamp) -> Option<Option<bool>> {
    let said = qualifying(ledger, change, Approval { must_cover_head: false, ..rules }, as_of.millis());
    let covers: Vec<Option<bool>> =
        said.iter().map(|approval| approval.covers.filter(|_| approval.qualifies == Qualifies::Yes)).collect();
    if covers.is_empty() {
        None
    } else if covers.contains(&Some(true)) {
        Some(Some(true))
    } else if covers.contains(&None) {
        Some(None)
    } else {
        Some(Some(false))
    }
}

/// The approvals with a time, in the order of time, from the one on by which as many people as required had approved.
fn complete(said: &[Said], required: usize) -> Vec<Said> {
    let mut dated: Vec<Said> = said.iter().filter(|approval| approval.at.is_some()).cloned().collect();
    dated.sort_by_key(|approval| approval.at);
    let mut people = BTreeSet::new();
    dated.retain(|approval| {
        people.insert(approval.by);
        people.len() >= required
    });
    dated
}

/// A known human who is neither the author nor a known author of the commits. Where nobody knows the author, it may be
/// this person.
fn independent(ledger: &LedgerColumns, change: usize, person: u32) -> Qualifies {
    if ledger.people[person as usize].1 != PersonKind::Human || ledger.commit_authors.contains(&(change as u32, person))
    {
        return Qualifies::No;
    }
    match ledger.changes.author[change] {
        None => Qualifies::Perhaps,
        Some(author) if author == person => Qualifies::No,
        Some(_) => Qualifies::Yes,
    }
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
    let of_change: Vec<usize> =
        (0..reviews.change.len()).filter(|row| reviews.change[*row] as usize == change).collect();
    let mut said = Vec::new();
    for &row in &of_change {
        let positive = reviews.verdict[row] == Verdict::Approved as u8
            || rules.comment_counts && reviews.verdict[row] == Verdict::Commented as u8;
        let (by, at) = (reviews.reviewer[row], reviews.submitted_at[row]);
        let qualifies = independent(ledger, change, by);
        if !positive || qualifies == Qualifies::No {
            continue;
        }
        let withdrawn = of_change.iter().any(|&other| {
            let objects = [Verdict::ChangesRequested as u8, Verdict::Withdrawn as u8].contains(&reviews.verdict[other]);
            let objection = objects && reviews.reviewer[other] == by;
            match (at, reviews.submitted_at[other], changes.merged_at()[change]) {
                (Some(at), Some(objected), Some(merged)) => objection && at < objected && objected <= merged,
                _ => false,
            }
        });
        let dismissed =
            reviews.stood_until[row].is_some_and(|until| !outlives_its_dismissal(at, until, implemented, as_of));
        if !withdrawn && !dismissed {
            let covers = reviews.commit[row].zip(head).map(|(reviewed, head)| reviewed == head);
            said.push(match covers {
                Some(false) if rules.must_cover_head => continue,
                None if rules.must_cover_head => Said { by: Some(by), at, covers, qualifies: Qualifies::Perhaps },
                _ => Said { by: Some(by), at, covers, qualifies },
            });
        }
    }
    if rules.merge_counts && changes.kind[change] == ChangeKind::PullRequest as u8 {
        let by = changes.merged_by[change];
        let qualifies = by.map_or(Qualifies::Perhaps, |merger| independent(ledger, change, merger));
        if qualifies != Qualifies::No {
            // Whoever merges, merges the merged commit.
            said.push(Said { by, at: changes.merged_at()[change], covers: Some(true), qualifies });
        }
    }
    said.retain(|approval| approval.at.is_none_or(|at| at <= as_of));
    said
}
