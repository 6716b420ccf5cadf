//! Pushes that take everybody's approval back without saying whose they were.

use super::reviews::RawReviews;
use crate::StoreError;
use change_ledger_model::{person::PersonKind, record::Verdict};
use rusqlite::Connection;
use std::collections::HashMap;

/// A row of reviews that is to be: change, reviewer, and when they lost their approval.
type Loss = (i64, u32, i64);

/// Adds a withdrawal for everybody who had approved before a withdrawal by nobody in particular.
pub(super) fn spread(connection: &Connection, raw: &mut RawReviews) -> Result<(), StoreError> {
    let withdrawn = Verdict::Withdrawn as u8;
    if !raw.columns.verdict.contains(&withdrawn) {
        return Ok(());
    }
    let nobody = nobody(connection)?;
    let rows = raw.keys.changes.iter().zip(&raw.columns.reviewer).zip(&raw.columns.verdict);
    let rows = rows.zip(&raw.columns.submitted_at).filter_map(|(row, at)| Some((row, (*at)?)));
    let mut resets: HashMap<i64, Vec<i64>> = HashMap::new();
    for (((change, reviewer), verdict), at) in rows.clone() {
        if *verdict == withdrawn && Some(*reviewer) == nobody {
            resets.entry(*change).or_default().push(at);
        }
    }
    let losses: Vec<Loss> = rows
        .filter(|(((_, reviewer), verdict), _)| **verdict == Verdict::Approved as u8 && Some(**reviewer) != nobody)
        .filter_map(|(((change, reviewer), _), given)| {
            let lost = resets.get(change)?.iter().copied().filter(|at| *at > given).min()?;
            Some((*change, *reviewer, lost))
        })
        .collect();
    for (change, reviewer, lost) in losses {
        raw.keys.changes.push(change);
        raw.keys.shown_at.push(lost);
        raw.columns.reviewer.push(reviewer);
        raw.columns.verdict.push(withdrawn);
        raw.columns.submitted_at.push(Some(lost));
        raw.columns.stood_until.push(None);
        raw.commits.push(None);
    }
    Ok(())
}

/// The position of the account that stands for nobody in particular, where any record names it.
fn nobody(connection: &Connection) -> Result<Option<u32>, StoreError> {
    let id: Option<i64> =
        connection
            .query_row("SELECT max(id) FROM person WHERE kind = ?1", [PersonKind::Deleted as u8], |row| row.get(0))?;
    id.map(super::changes::position).transpose()
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{at, change, import, records, review},
    };
    use change_ledger_model::{
        person::Person,
        policy::PolicyHistory,
        record::{Record, ReviewCoverage, Verdict},
    };

    #[test]
    fn a_reset_takes_back_every_approval_before_it() {
        // Approvals as (who, minute), resets by nobody in particular at minutes; until when each approval stood.
        let check = |approvals: &[(&str, i64)], resets: &[i64], expected: &[Option<i64>]| {
            let mut pull = change(1);
            pull.review_coverage = ReviewCoverage::NotCarried;
            pull.reviews.clear();
            let mut all = records([pull]);
            let given = approvals.iter().map(|(who, minute)| review(1, who, Verdict::Approved, *minute));
            let taken = resets.iter().map(|minute| {
                let mut reset = review(1, "nobody", Verdict::Withdrawn, *minute);
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
            assert_eq!(withdrawn, losses + resets.len());
        };
        check(&[("tove", 30)], &[], &[None]);
        check(&[("tove", 30)], &[40], &[Some(40)]);
        check(&[("tove", 30), ("ilse", 35)], &[40], &[Some(40), Some(40)]);
        check(&[("tove", 30), ("ilse", 45)], &[40], &[Some(40), None]);
        check(&[("tove", 30), ("tove", 50)], &[40], &[Some(40), None]);
        check(&[("tove", 30), ("tove", 50)], &[40, 55], &[Some(40), Some(55)]);
    }
}
