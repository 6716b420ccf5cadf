//! Pushes that take everybody's approval back without saying whose they were.

use super::reviews::RawReviews;
use change_ledger_model::record::Verdict;
use std::collections::HashMap;

/// A row of reviews that is to be: change, reviewer, and when they lost their approval.
type Loss = (i64, u32, i64);

/// Adds a withdrawal for everybody who had approved before a reset.
pub(super) fn spread(raw: &mut RawReviews) {
    let reset = Verdict::Reset as u8;
    if !raw.columns.verdict.contains(&reset) {
        return;
    }
    let rows = raw.keys.changes.iter().zip(&raw.columns.reviewer).zip(&raw.columns.verdict);
    let rows = rows.zip(&raw.columns.submitted_at).filter_map(|(row, at)| Some((row, (*at)?)));
    let mut resets: HashMap<i64, Vec<i64>> = HashMap::new();
    for (((change, _), verdict), at) in rows.clone() {
        if *verdict == reset {
            resets.entry(*change).or_default().push(at);
        }
    }
    let losses: Vec<Loss> = rows
        .filter(|((_, verdict), _)| **verdict == Verdict::Approved as u8)
        .filter_map(|(((change, reviewer), _), given)| {
            let lost = resets.get(change)?.iter().copied().filter(|at| *at > given).min()?;
            Some((*change, *reviewer, lost))
        })
        .collect();
    for (change, reviewer, lost) in losses {
        raw.keys.changes.push(change);
        raw.keys.shown_at.push(lost);
        raw.columns.reviewer.push(reviewer);
        raw.columns.verdict.push(Verdict::Withdrawn as u8);
        raw.columns.submitted_at.push(Some(lost));
        raw.columns.stood_until.push(None);
        raw.commits.push(None);
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{at, change, import, make_of_format, records, review},
    };
    use change_ledger_model::{
        person::Person,
        policy::PolicyHistory,
        record::{Record, ReviewCoverage, Verdict},
    };

    #[test]
    fn a_reset_takes_back_every_approval_before_it() {
        // Approvals as (who, minute); what a deleted account says at minutes; until when each approval stood.
        let check_of = |said: Verdict, approvals: &[(&str, i64)], resets: &[i64], expected: &[Option<i64>]| {
            let mut pull = change(1);
            pull.review_coverage = ReviewCoverage::NotCarried;
            pull.reviews.clear();
            let mut all = records([pull]);
            let given = approvals.iter().map(|(who, minute)| review(1, who, Verdict::Approved, *minute));
            let taken = resets.iter().map(|minute| {
                let mut reset = review(1, "nobody", said, *minute);
                reset.reviewer = Person::deleted();
                reset
            });
            all.extend(given.chain(taken).map(|review| Record::Review(Box::new(review))));
            let mut ledger = Ledger::in_memory().unwrap();
            import(&mut ledger, "a.json", all);
            let reviews = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap().reviews;
            let rows = reviews.verdict.iter().zip(&reviews.stood_until);
            let stood: Vec<Option<i64>> =
                rows.filter(|(verdict, _)| **verdict == Verdict::Approved as u8).map(|(_, until)| *until).collect();
            let expected: Vec<Option<i64>> =
                expected.iter().map(|minute| minute.map(|minute| at(minute).millis())).collect();
            assert_eq!(stood, expected, "{approvals:?}, {resets:?}");
            // Each loss is that person's own withdrawal, so that whoever judges needs to know of no resets.
            let losses = expected.iter().flatten().count();
            let withdrawn = reviews.verdict.iter().filter(|verdict| **verdict == Verdict::Withdrawn as u8).count();
            assert_eq!(withdrawn, losses + if said == Verdict::Withdrawn { resets.len() } else { 0 });
        };
        // Whoever deleted their account took back what they had said themselves, and nobody else's.
        check_of(Verdict::Withdrawn, &[("tove", 30)], &[40], &[None]);
        let check = |approvals: &[(&str, i64)], resets: &[i64], expected: &[Option<i64>]| {
            check_of(Verdict::Reset, approvals, resets, expected);
        };
        check(&[("tove", 30)], &[], &[None]);
        check(&[("tove", 30)], &[40], &[Some(40)]);
        check(&[("tove", 30), ("ilse", 35)], &[40], &[Some(40), Some(40)]);
        check(&[("tove", 30), ("ilse", 45)], &[40], &[Some(40), None]);
        check(&[("tove", 30), ("tove", 50)], &[40], &[Some(40), None]);
        check(&[("tove", 30), ("tove", 50)], &[40, 55], &[Some(40), Some(55)]);
    }

    #[test]
    fn what_an_older_ledger_kept_as_a_withdrawal_by_nobody_is_a_reset_where_its_tool_tells_of_resets() {
        let check = |source: &str, stood: bool| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("ledger.db");
            let mut pull = change(1);
            pull.review_coverage = ReviewCoverage::NotCarried;
            pull.source = source.to_owned();
            let mut by_nobody = review(1, "nobody", Verdict::Withdrawn, 40);
            by_nobody.reviewer = Person::deleted();
            pull.reviews = vec![review(1, "tove", Verdict::Approved, 30), by_nobody];
            let mut ledger = Ledger::create_or_open(&path).unwrap();
            import(&mut ledger, "a.json", records([pull]));
            make_of_format(&ledger, 4);
            drop(ledger);
            let ledger = Ledger::create_or_open(&path).unwrap();
            let reviews = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap().reviews;
            assert_eq!(reviews.stood_until[0].is_none(), stood, "{source}");
        };
        check("azure-repos", false);
        check("gitlab", true);
    }
}
