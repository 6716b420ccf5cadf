//! Whether tests passed and scans were clean at the commit that each change was merged from.

mod course;

use self::course::{Course, Run, grouped};
use super::{
    changes::{CommitName, commit_name},
    delivered::CommitsOfChange,
};
use crate::StoreError;
use change_ledger_model::{
    columns::{DeliveryColumns, EarlierChecks},
    record::{CheckKind, CheckOutcome, Findings, is_test},
};
use foldhash::HashMap;
use rusqlite::Connection;

/// Fills `tests_passed`, `scan_clean` and `earlier_checks`.
pub(super) fn load(
    connection: &Connection,
    changes: usize,
    commits: &[CommitsOfChange],
    columns: &mut DeliveryColumns,
) -> Result<(), StoreError> {
    let found = runs_by_commit(connection)?;
    if found.is_empty() {
        return Ok(());
    }
    columns.tests_passed = vec![None; changes];
    columns.scan_clean = vec![None; changes];
    for of in commits {
        let at =
            |commit: Option<CommitName>| commit.and_then(|commit| found.get(&commit)).map_or(&[][..], Vec::as_slice);
        let (head, merge) = (at(of.head), at(of.merge));
        let (Ok(change), false) = (u32::try_from(of.change), head.is_empty() && merge.is_empty()) else { continue };
        let course = Course::of(head, merge);
        if let (Some(passed), Some(clean)) =
            (columns.tests_passed.get_mut(of.change), columns.scan_clean.get_mut(of.change))
        {
            (*passed, *clean) = course.now;
        }
        columns.earlier_checks.extend(course.turns().map(|(until, (tests_passed, scan_clean))| EarlierChecks {
            change,
            until,
            tests_passed,
            scan_clean,
        }));
    }
    columns.earlier_checks.sort_by_key(|earlier| (earlier.change, earlier.until));
    Ok(())
}

/// The runs of each commit by check, those of each in the order in which they were.
fn runs_by_commit(connection: &Connection) -> Result<HashMap<CommitName, Vec<Run>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT commit_id, source, name, kind, outcome, findings, coalesce(started_at, finished_at) AS at, \
         coalesce(finished_at, started_at) FROM check_run WHERE commit_id IS NOT NULL ORDER BY at, attempt, key",
    )?;
    let mut rows = statement.query([])?;
    let mut checks: HashMap<(String, String), u32> = HashMap::default();
    let mut found: HashMap<CommitName, Vec<Run>> = HashMap::default();
    while let Some(row) = rows.next()? {
        let Some(commit) = commit_name(row.get_ref(0)?) else { continue };
        let name: String = row.get(2)?;
        let is_scan = row.get::<_, u8>(3)? == CheckKind::Scan as u8;
        // A skipped run is no run.
        if row.get::<_, Option<u8>>(4)? == Some(CheckOutcome::Skipped as u8) {
            continue;
        }
        let passed = if is_scan {
            clean(row.get_ref(5)?.as_str_or_null().map_err(rusqlite::Error::from)?)?
        } else if is_test(&name) {
            passed(row.get(4)?)
        } else {
            continue;
        };
        let next = u32::try_from(checks.len()).unwrap_or(u32::MAX);
        let check = *checks.entry((row.get(1)?, name)).or_insert(next);
        let run = Run { check, at: row.get(6)?, ended: row.get(7)?, is_scan, passed };
        found.entry(commit).or_default().push(run);
    }
    found.values_mut().for_each(|runs| grouped(runs));
    Ok(found)
}

/// Whether a run passed; `None` where it was stopped, skipped, or had not ended.
fn passed(outcome: Option<u8>) -> Option<bool> {
    let is = |wanted: CheckOutcome| outcome == Some(wanted as u8);
    (is(CheckOutcome::Passed) || is(CheckOutcome::Failed)).then(|| is(CheckOutcome::Passed))
}

/// Whether a scan left neither critical nor high findings open; `None` where findings without a rating may be such.
fn clean(findings: Option<&str>) -> Result<Option<bool>, StoreError> {
    let Some(findings) = findings else { return Ok(None) };
    let found: Findings = serde_json::from_str(findings)
        .map_err(|error| StoreError::Damaged(format!("the findings of a scan cannot be read: {error}")))?;
    let is_clean = found.critical == 0 && found.high == 0;
    Ok((!is_clean || found.unrated == 0).then_some(is_clean))
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{self, at, import, records},
    };
    use change_ledger_model::{
        columns::DeliveryColumns,
        policy::PolicyHistory,
        record::{Change, Check, CheckKind, CheckOutcome, Findings, Record},
    };

    /// With commits that differ where commits are compared.
    fn change(number: u32) -> Change {
        Change { merge_commit: Some(format!("{number:0<40x}")), ..sample::change(number) }
    }

    fn check_run(name: &str, commit: Option<String>, outcome: CheckOutcome, minutes: i64) -> Check {
        Check {
            id: format!("github:acme/pay/runs/{name}{minutes}"),
            source: "github".to_owned(),
            repository: Some("acme/pay".to_owned()),
            name: name.to_owned(),
            kind: CheckKind::Run,
            commit,
            branch: None,
            trigger: None,
            outcome: Some(outcome),
            attempt: None,
            actor: None,
            started_at: Some(at(minutes)),
            finished_at: None,
            updated_at: None,
            findings: None,
            url: None,
        }
    }

    fn delivery(checks: Vec<Check>) -> DeliveryColumns {
        let mut ledger = Ledger::in_memory().unwrap();
        let checks = checks.into_iter().map(|check| Record::Check(Box::new(check)));
        import(&mut ledger, "a.json", records([change(1)]).into_iter().chain(checks).collect());
        ledger.columns(&PolicyHistory::initial().unwrap()).unwrap().delivery
    }

    fn answers(checks: Vec<Check>) -> (Option<bool>, Option<bool>) {
        let delivery = delivery(checks);
        let first = |column: &[Option<bool>]| column.first().copied().flatten();
        (first(&delivery.tests_passed), first(&delivery.scan_clean))
    }

    #[test]
    fn tests_passed_where_each_ended_well_when_it_ran_last() {
        use CheckOutcome::{Cancelled, Failed, Passed, Running, Skipped};
        let (head, merge) = (|| change(1).head_commit, || change(1).merge_commit);
        let check = |checks: Vec<Check>, expected: Option<bool>| {
            let told = format!("{checks:?}");
            assert_eq!(answers(checks).0, expected, "{told}");
        };
        check(Vec::new(), None);
        check(vec![check_run("CI", head(), Passed, 1)], Some(true));
        check(vec![check_run("CI", merge(), Passed, 1)], Some(true));
        check(vec![check_run("CI", change(2).head_commit, Passed, 1)], None);
        check(vec![check_run("CI", head(), Passed, 1), check_run("Lint", head(), Failed, 2)], Some(false));
        check(vec![check_run("CI", head(), Failed, 1), check_run("CI", head(), Passed, 2)], Some(true));
        check(vec![check_run("CI", head(), Passed, 2), check_run("CI", head(), Failed, 1)], Some(true));
        // What was merged was tested at its head; what happened after the merge is another matter.
        check(vec![check_run("CI", head(), Passed, 1), check_run("CI", merge(), Failed, 2)], Some(true));
        check(vec![check_run("CI", head(), Skipped, 1), check_run("CI", merge(), Failed, 2)], Some(false));
        // A run without a verdict takes none away, and leaves open whether all is well.
        check(vec![check_run("CI", head(), Failed, 1), check_run("CI", head(), Cancelled, 2)], Some(false));
        check(vec![check_run("CI", head(), Cancelled, 1), check_run("Lint", head(), Passed, 2)], None);
        check(vec![check_run("CI", head(), Skipped, 1), check_run("Lint", head(), Passed, 2)], Some(true));
        for unfinished in [Cancelled, Running, Skipped] {
            check(vec![check_run("CI", head(), unfinished, 1)], None);
        }
        // Of two runs at one moment nobody knows which was the last, so both count, in whichever order they stand.
        let again =
            |outcome| Check { id: "github:acme/pay/runs/again".to_owned(), ..check_run("CI", head(), outcome, 1) };
        let at_once = |one: CheckOutcome, other: CheckOutcome, expected| {
            check(vec![check_run("CI", head(), one, 1), again(other)], expected);
            check(vec![check_run("CI", head(), other, 1), again(one)], expected);
        };
        at_once(Passed, Failed, Some(false));
        at_once(Passed, Passed, Some(true));
        at_once(Passed, Cancelled, Some(true));
        at_once(Failed, Cancelled, Some(false));
        check(vec![check_run("Deploy to production", merge(), Failed, 1)], None);
    }

    #[test]
    fn a_scan_is_clean_only_where_every_finding_is_rated() {
        let check = |findings: Option<Findings>, expected: Option<bool>| {
            let mut scan = check_run("CodeQL", change(1).head_commit, CheckOutcome::Passed, 1);
            (scan.kind, scan.findings) = (CheckKind::Scan, findings);
            assert_eq!(answers(vec![scan]), (None, expected), "{findings:?}");
        };
        let none = Findings::default();
        check(None, None);
        check(Some(none), Some(true));
        check(Some(Findings { medium: 3, low: 9, ..none }), Some(true));
        check(Some(Findings { high: 1, unrated: 2, ..none }), Some(false));
        check(Some(Findings { critical: 1, ..none }), Some(false));
        check(Some(Findings { unrated: 1, ..none }), None);
    }

    #[test]
    fn what_was_so_before_a_check_ended_is_kept() {
        use CheckOutcome::{Cancelled, Failed, Passed};
        let head = || change(1).head_commit;
        // The minute at which it ended to be so, and whether tests had passed until then.
        let check = |checks: Vec<Check>, expected: &[(i64, Option<bool>)]| {
            let found = delivery(checks).earlier_checks;
            let told: Vec<(i64, Option<bool>)> = found.iter().map(|row| (row.until, row.tests_passed)).collect();
            let expected: Vec<_> = expected.iter().map(|(minute, passed)| (at(*minute).millis(), *passed)).collect();
            assert_eq!(told, expected);
        };
        check(vec![check_run("CI", head(), Passed, 1)], &[(1, None)]);
        check(
            vec![check_run("CI", head(), Failed, 1), check_run("CI", head(), Passed, 5)],
            &[(1, None), (5, Some(false))],
        );
        check(vec![check_run("CI", head(), Passed, 1), check_run("CI", head(), Passed, 5)], &[(1, None)]);
        check(vec![check_run("CI", head(), Cancelled, 1)], &[]);
        let mut long = check_run("CI", head(), Passed, 1);
        long.finished_at = Some(at(9));
        check(vec![long], &[(9, None)]);
    }
}
