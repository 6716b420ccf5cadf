//! N by the time of the qualifying approval.

use super::{Measure, MetricDefinition, Unit, count, in_n, none};
use crate::column::APPROVAL;
use crate::expression::lit;
use crate::judged::Line;
use change_ledger_model::{judgement::ApprovalTiming, quarterly::ApprovalCounts};
use polars::prelude::{Expr, PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "approval",
        name: "Changes by approval",
        unit: Unit::Changes,
        definition: "A qualifying approval comes from a known person, not a bot, who is neither the author nor a known author \
                     of its commits, and was not withdrawn: not dismissed, and not followed before the implementation by a \
                     request for changes from the same person. Counted by time: at or before the implementation; none \
                     before but one later; never; or unknown because the imported files do not tell: no reviews, no times, no author \
                     (who may be the one who approved), or no commits where the policy asks for the merged one.",
        formula: "number of changes: before + after + none + unknown = N",
        null_when: "",
    },
    counts: || {
        vec![
            count(is(ApprovalTiming::Before), "approved_before"),
            count(is(ApprovalTiming::After), "approved_after"),
            count(is(ApprovalTiming::Never), "approved_never"),
            count(is(ApprovalTiming::Unknown), "approval_unknown"),
        ]
    },
    durations: none,
    behind: in_n,
};

fn is(timing: ApprovalTiming) -> Expr {
    in_n().and(col(APPROVAL).eq(lit(timing as u8)))
}

pub(crate) fn read(line: Line<'_>) -> PolarsResult<ApprovalCounts> {
    Ok(ApprovalCounts {
        before: line.count("approved_before")?,
        after: line.count("approved_after")?,
        none: line.count("approved_never")?,
        unknown: line.count("approval_unknown")?,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, at};
    use ApprovalTiming::{After, Before, Never, Unknown};
    use change_ledger_model::{
        judgement::ApprovalTiming,
        record::{
            ReviewCoverage,
            Verdict::{Approved, ChangesRequested, Commented, Dismissed, Withdrawn},
        },
    };

    fn check(policy: &[(&str, &str)], tell: fn(Sample) -> Sample, expected: ApprovalTiming) {
        let judged = tell(Sample::new().policy(policy).change(0.0)).judged();
        assert_eq!(ApprovalTiming::from_code(judged.verdicts().approval[0]), Some(expected));
    }

    #[test]
    fn time_decides_and_equal_is_before() {
        check(&[], |s| s, Never);
        check(&[], |s| s.approved("bob", -1.0), Before);
        check(&[], |s| s.approved("bob", 0.0), Before);
        check(&[], |s| s.approved("bob", 0.001), After);
        check(&[], |s| s.says("bob", Commented, -1.0), Never);
        check(&[], |s| s.says("bob", Dismissed, -1.0), Never);
    }

    #[test]
    fn only_independent_people_qualify() {
        check(&[], |s| s.approved("ann", -1.0), Never);
        check(&[], |s| s.commit_author("bob").approved("bob", -1.0), Never);
        check(&[], |s| s.commit_author("bob").approved("cat", -1.0), Before);
        check(&[], |s| s.approved("ci[bot]", -1.0), Never);
        check(&[], |s| s.author(Some("ci[bot]")).approved("ci[bot]", -1.0), Never);
        // A deleted account is neither a bot nor somebody known to be independent.
        check(&[], |s| s.approved("", -1.0), Never);
        check(&[], |s| s.author(Some("")).approved("bob", -1.0), Before);
    }

    #[test]
    fn whoever_approves_may_be_the_author_that_no_file_names() {
        const TWO: (&str, &str) = ("required = 1", "required = 2");
        const MERGES: (&str, &str) = ("merge_counts = false", "merge_counts = true");
        check(&[], |s| s.author(None).approved("bob", -1.0), Unknown);
        check(&[], |s| s.author(None).approved("bob", 1.0), Unknown);
        check(&[], |s| s.author(None), Never);
        check(&[], |s| s.author(None).commit_author("bob").approved("bob", -1.0), Never);
        check(&[], |s| s.author(None).approved("ci[bot]", -1.0), Never);
        check(&[TWO], |s| s.author(None).approved("bob", -1.0), Never);
        check(&[TWO], |s| s.author(None).approved("bob", -1.0).approved("cat", -1.0), Unknown);
        check(&[MERGES], |s| s.author(None), Unknown);
        check(&[MERGES], |s| s.author(None).commit_author("mia"), Never);
        let covers = Sample::new().change(0.0).author(None).approved("bob", -1.0).judged();
        assert_eq!(covers.verdicts().approval_covers_head, [None]);
    }

    #[test]
    fn asking_for_changes_withdraws_what_the_same_person_approved_before() {
        check(&[], |s| s.approved("bob", -3.0).says("bob", ChangesRequested, -2.0), Never);
        check(&[], |s| s.approved("bob", -3.0).says("bob", ChangesRequested, 0.0), Never);
        check(&[], |s| s.approved("bob", -3.0).says("bob", ChangesRequested, -2.0).approved("bob", -1.0), Before);
        check(&[], |s| s.says("bob", ChangesRequested, -3.0).approved("bob", -2.0), Before);
        check(&[], |s| s.approved("bob", -3.0).says("cat", ChangesRequested, -2.0), Before);
        // Too late to withdraw anything.
        check(&[], |s| s.approved("bob", -3.0).says("bob", ChangesRequested, 1.0), Before);
        check(&[], |s| s.approved("bob", -3.0).says("bob", ChangesRequested, -2.0).approved("bob", 1.0), After);
    }

    #[test]
    fn an_approval_that_was_taken_back_no_longer_stands() {
        check(&[], |s| s.approved("bob", -3.0).says("bob", Withdrawn, -2.0), Never);
        check(&[], |s| s.approved("bob", -3.0).says("bob", Withdrawn, -2.0).approved("bob", -1.0), Before);
        check(&[], |s| s.approved("bob", -3.0).says("cat", Withdrawn, -2.0), Before);
        // At the merge it still stood.
        check(&[], |s| s.approved("bob", -3.0).says("bob", Withdrawn, 1.0), Before);
    }

    #[test]
    fn a_late_approval_never_replaces_an_earlier_one_nor_hides_that_there_was_none() {
        let times = |tell: fn(Sample) -> Sample| {
            let judged = tell(Sample::new().change(0.0)).judged();
            (judged.verdicts().approved_before_at[0], judged.verdicts().approved_after_at[0])
        };
        assert_eq!(times(|s| s.approved("bob", 2.0).approved("cat", 1.0)), (None, Some(at(1.0))));
        assert_eq!(times(|s| s.approved("bob", -2.0).approved("cat", 1.0)), (Some(at(-2.0)), Some(at(1.0))));
        assert_eq!(times(|s| s.approved("bob", -2.0).approved("cat", -1.0)), (Some(at(-2.0)), None));
    }

    #[test]
    fn missing_data_is_unknown() {
        check(&[], |s| s.coverage(ReviewCoverage::NotCarried), Unknown);
        // Reviews from a file of their own are review data.
        check(&[], |s| s.coverage(ReviewCoverage::NotCarried).approved("bob", -1.0), Before);
        check(&[], |s| s.coverage(ReviewCoverage::NotCarried).says("bob", Commented, -1.0), Never);
        // A list that was cut may have lost the approval.
        check(&[], |s| s.coverage(ReviewCoverage::PossiblyCut), Unknown);
        check(&[], |s| s.coverage(ReviewCoverage::PossiblyCut).approved("bob", -1.0), Before);
        // Approved, but nobody knows when.
        check(&[], |s| s.review("bob", Approved, None, None), Unknown);
        check(&[], |s| s.review("bob", Approved, None, None).approved("cat", 1.0), Unknown);
        check(&[], |s| s.review("bob", Approved, None, None).approved("cat", -1.0), Before);
        check(&[], |s| s.approved("bob", -1.0).undated(), Unknown);
        check(&[], Sample::undated, Never);
    }

    #[test]
    fn a_policy_may_count_comments_and_merges() {
        const COMMENTS: (&str, &str) = ("comment_counts = false", "comment_counts = true");
        const MERGES: (&str, &str) = ("merge_counts = false", "merge_counts = true");
        check(&[COMMENTS], |s| s.says("bob", Commented, -1.0), Before);
        check(&[MERGES], |s| s, Before);
        check(&[MERGES], |s| s.coverage(ReviewCoverage::NotCarried), Before);
        check(&[MERGES], |s| s.merged_by(Some("ann")), Never);
        check(&[MERGES], |s| s.merged_by(None), Unknown);
        check(&[], |s| s.merged_by(None), Never);
        check(&[MERGES], |s| s.merged_by(Some("web-flow")), Never);
        check(&[MERGES], |s| s.commit_author("mia"), Never);
    }

    #[test]
    fn a_policy_may_ask_for_several_people() {
        const TWO: (&str, &str) = ("required = 1", "required = 2");
        check(&[TWO], |s| s.approved("bob", -1.0), Never);
        check(&[TWO], |s| s.approved("bob", -2.0).approved("bob", -1.0), Never);
        check(&[TWO], |s| s.approved("bob", -2.0).approved("cat", -1.0), Before);
        check(&[TWO], |s| s.approved("bob", -2.0).approved("cat", 1.0), After);
        check(&[TWO], |s| s.approved("bob", 1.0).approved("cat", 2.0), After);
        check(&[TWO], |s| s.approved("bob", -2.0).review("cat", Approved, None, None), Unknown);
        // Two, but one of them at an unknown time: not both before, and nobody knows when they were complete.
        check(&[TWO], |s| s.approved("bob", 1.0).review("cat", Approved, None, None), Unknown);
        let sample = Sample::new().policy(&[TWO]).change(0.0).approved("bob", -2.0).approved("cat", -1.0);
        let judged = sample.approved("bob", 3.0).judged();
        assert_eq!(judged.verdicts().approved_before_at, [Some(at(-1.0))]);
        assert_eq!(judged.verdicts().approved_after_at, [Some(at(3.0))]);
    }

    #[test]
    fn a_policy_may_ask_for_the_merged_commit() {
        const HEAD: (&str, &str) = ("must_cover_head = false", "must_cover_head = true");
        let reviewed = |commit: Option<u32>, policy: &[(&str, &str)]| {
            let sample = Sample::new().policy(policy).change(0.0).review("bob", Approved, Some(at(-1.0)), commit);
            let judged = sample.judged();
            let verdicts = judged.verdicts();
            (ApprovalTiming::from_code(verdicts.approval[0]).unwrap(), verdicts.approval_covers_head[0])
        };
        assert_eq!(reviewed(Some(7), &[HEAD]), (Before, Some(true)));
        assert_eq!(reviewed(Some(6), &[HEAD]), (Never, None));
        assert_eq!(reviewed(None, &[HEAD]), (Unknown, None));
        assert_eq!(reviewed(Some(6), &[]), (Before, Some(false)));
        assert_eq!(reviewed(None, &[]), (Before, None));
        let commit_of =
            |given: f64, commit: Option<u32>| move |s: Sample| s.review("bob", Approved, Some(at(given)), commit);
        let check = |tell: &dyn Fn(Sample) -> Sample, expected| {
            let judged = tell(Sample::new().policy(&[HEAD]).change(0.0)).judged();
            assert_eq!(ApprovalTiming::from_code(judged.verdicts().approval[0]), Some(expected));
        };
        check(&commit_of(1.0, None), Unknown);
        check(&|s| commit_of(-1.0, Some(7))(s.head_unknown()), Unknown);
        check(&|s| commit_of(-1.0, None)(s).approved("cat", 1.0), Unknown);
        check(&|s| commit_of(1.0, None)(s).approved("cat", 2.0), After);
        check(&|s| commit_of(-2.0, None)(s).approved("cat", -1.0), Before);
    }

    #[test]
    fn the_four_partition_n() {
        let sample = Sample::new().change(0.0).approved("bob", -1.0).change(1.0).approved("bob", 1.0).change(2.0);
        let counts = sample.change(3.0).coverage(ReviewCoverage::NotCarried).quarter().approval;
        assert_eq!((counts.before, counts.after, counts.none, counts.unknown), (1, 1, 1, 1));
    }

    #[test]
    fn a_dismissed_approval_counts_only_where_it_provably_stood_when_it_mattered() {
        let check = |as_of: f64, given: f64, stood_until: f64, expected| {
            let sample = Sample::new().seen_at(as_of).change(0.0).approved("bob", given).stood_until(stood_until);
            let found = ApprovalTiming::from_code(sample.judged().verdicts().approval[0]);
            assert_eq!(found, Some(expected), "{as_of} {given} {stood_until}");
        };
        // Dismissed before the merge, or at it.
        check(100.0, -2.0, -1.0, Never);
        check(100.0, -2.0, 0.0, Before);
        // It stood when the change was merged, whatever came later.
        check(100.0, -2.0, 1.0, Before);
        check(100.0, 0.0, 1.0, Before);
        // A review afterwards that was withdrawn is no review, except as long as it stood.
        check(100.0, 1.0, 2.0, Never);
        check(1.5, 1.0, 2.0, After);
        check(2.0, 1.0, 2.0, Never);
        check(0.5, 1.0, 2.0, Never);
        let other = |s: Sample| s.change(0.0).approved("bob", -2.0).stood_until(-1.0).approved("cat", -0.5);
        assert_eq!(other(Sample::new()).judged().verdicts().approval[0], Before as u8);
    }

    #[test]
    fn a_dismissal_of_unknown_date_is_said_but_is_no_approval() {
        let check = |tell: fn(Sample) -> Sample, expected: (ApprovalTiming, bool)| {
            let judged = tell(Sample::new().change(0.0)).judged();
            let verdicts = judged.verdicts();
            let timing = ApprovalTiming::from_code(verdicts.approval[0]).unwrap();
            assert_eq!((timing, verdicts.dismissed_without_date[0]), expected);
        };
        check(|s| s, (Never, false));
        check(|s| s.says("bob", Dismissed, -1.0), (Never, true));
        check(|s| s.review("bob", Dismissed, None, None), (Never, true));
        check(|s| s.says("bob", Dismissed, 1.0), (Never, false));
        check(|s| s.says("bob", Dismissed, -1.0).approved("cat", -1.0), (Before, false));
        check(|s| s.says("bob", Dismissed, -1.0).approved("cat", 1.0), (After, true));
        // Nobody independent.
        check(|s| s.says("ann", Dismissed, -1.0), (Never, false));
        check(|s| s.commit_author("bob").says("bob", Dismissed, -1.0), (Never, false));
        check(|s| s.says("ci[bot]", Dismissed, -1.0), (Never, false));
    }

    #[test]
    fn a_comment_settles_an_objection_only_where_comments_are_approvals() {
        let check = |policy: &[(&str, &str)], expected: (ApprovalTiming, bool)| {
            let sample = Sample::new().policy(policy).change(0.0).says("bob", ChangesRequested, -2.0);
            let judged = sample.says("bob", Commented, -1.0).judged();
            let verdicts = judged.verdicts();
            let timing = ApprovalTiming::from_code(verdicts.approval[0]).unwrap();
            assert_eq!((timing, verdicts.changes_requested_open[0]), expected);
        };
        check(&[], (Never, true));
        check(&[("comment_counts = false", "comment_counts = true")], (Before, false));
    }

    #[test]
    fn open_requests_for_changes_are_the_last_word() {
        let open =
            |tell: fn(Sample) -> Sample| tell(Sample::new().change(0.0)).judged().verdicts().changes_requested_open[0];
        assert!(open(|s| s.says("bob", ChangesRequested, -1.0)));
        assert!(open(|s| s.approved("bob", -2.0).says("bob", ChangesRequested, -1.0)));
        assert!(open(|s| s.says("bob", ChangesRequested, -2.0).says("bob", Commented, -1.0)));
        assert!(open(|s| s.says("bob", ChangesRequested, -2.0).approved("cat", -1.0)));
        assert!(!open(|s| s.says("bob", ChangesRequested, -2.0).approved("bob", -1.0)));
        assert!(!open(|s| s.says("bob", ChangesRequested, 1.0)));
    }
}
