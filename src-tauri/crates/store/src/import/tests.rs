use super::RowOutcome::{Accepted, Unchanged, Updated};
use crate::{
    Arrival, Ledger,
    sample::{at, change, header, import, matchers, patterns, place, records, reject, review},
};
use change_ledger_model::{
    import::ImportStatus,
    policy::PolicyHistory,
    record::{ChangeState, Record, ReviewCoverage, Verdict},
};

fn columns(ledger: &Ledger) -> change_ledger_model::columns::LedgerColumns {
    ledger.columns(&PolicyHistory::initial().unwrap()).unwrap()
}

#[test]
fn a_file_is_imported_once() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (manifest, outcomes) = import(&mut ledger, "a.json", records((1..=3).map(change)));
    assert_eq!(outcomes, [Accepted; 3]);
    assert_eq!((manifest.id, manifest.status), (Some(1), ImportStatus::Imported));
    assert_eq!((manifest.rows.read, manifest.rows.accepted, manifest.records.reviews), (3, 3, 3));
    assert_eq!((manifest.first, manifest.last), (Some(at(60)), Some(at(60))));
    let version = ledger.data_version().unwrap();
    let (again, _) = import(&mut ledger, "a.json", records((1..=3).map(change)));
    assert_eq!((again.id, again.status), (None, ImportStatus::Unchanged));
    assert_eq!((again.rows.read, again.rows.accepted, again.rows.unchanged), (3, 0, 3));
    assert_eq!((ledger.data_version().unwrap(), ledger.imports().unwrap()), (version, vec![manifest]));
}

#[test]
fn rejects_are_kept_in_order() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut import = ledger.begin_import(at(0), &patterns()).unwrap();
    let expected = [reject(0, "`mergedAt` is no time."), reject(4, "There is no number.")];
    expected.iter().for_each(|reject| import.reject(reject).unwrap());
    let manifest = import.finish(header("broken.json", b"broken")).unwrap();
    assert_eq!((manifest.status, manifest.rows.read, manifest.rows.rejected), (ImportStatus::Rejected, 2, 2));
    let mut found = Vec::new();
    ledger.rejects(1, &mut |reject| found.push(reject)).unwrap();
    assert_eq!(found, expected);
    assert_eq!(ledger.rejects(2, &mut |_| {}).unwrap_err().to_string(), "the ledger holds no import 2");
}

#[test]
fn an_import_that_is_dropped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    import(&mut ledger, "a.json", records([change(1)]));
    let before = (ledger.data_version().unwrap(), columns(&ledger).changes.key);
    let mut running = ledger.begin_import(at(0), &patterns()).unwrap();
    for n in 2..50 {
        let arrival = Arrival::new(Record::Change(Box::new(change(n))), &matchers());
        running.row(&place("b.json", n as usize), &[arrival]).unwrap();
    }
    drop(running);
    assert_eq!((ledger.data_version().unwrap(), columns(&ledger).changes.key), before.clone());
    drop(ledger);
    let ledger = Ledger::create_or_open(&path).unwrap();
    assert_eq!((ledger.data_version().unwrap(), columns(&ledger).changes.key), before);
}

#[test]
fn a_newer_row_updates_and_an_older_one_only_fills_gaps() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut open = change(1);
    open.state = ChangeState::Open;
    open.implemented_at = None;
    open.merged_by = None;
    open.updated_at = Some(at(20));
    open.title = "Old title".to_owned();
    open.category = Some("normal".to_owned());
    open.reviews.clear();
    let mut merged = change(1);
    merged.updated_at = Some(at(90));
    merged.labels = None;
    let mut without_reviews = merged.clone();
    without_reviews.updated_at = Some(at(95));
    without_reviews.reviews.clear();
    without_reviews.review_coverage = ReviewCoverage::NotCarried;
    let steps = [
        ("open.json", open.clone(), Accepted),
        ("merged.json", merged, Updated),
        ("bare.json", without_reviews, Unchanged),
        ("open-again.json", open, Unchanged),
    ];
    for (name, change, expected) in steps {
        let (_, outcomes) = import(&mut ledger, name, records([change]));
        assert_eq!(outcomes, [expected], "{name}");
    }
    let columns = columns(&ledger);
    assert_eq!(columns.changes.implemented_at, [Some(at(60).millis())]);
    assert_eq!((columns.changes.labels_known, columns.reviews.verdict.len()), (vec![true], 1));
    assert_eq!(columns.changes.review_coverage, [ReviewCoverage::Complete as u8]);
    assert_eq!(ledger.change_rows(&columns.changes.key).unwrap()[0].title, "Cap retries, part 1");
}

#[test]
fn a_dismissal_stays_whatever_comes_later() {
    let with = |verdict| {
        let mut change = change(1);
        change.reviews = vec![review(1, "tove", verdict, 30)];
        change.updated_at = Some(at(if verdict == Verdict::Dismissed { 70 } else { 80 }));
        records([change])
    };
    for order in [[Verdict::Approved, Verdict::Dismissed], [Verdict::Dismissed, Verdict::Approved]] {
        let mut ledger = Ledger::in_memory().unwrap();
        for (n, verdict) in order.into_iter().enumerate() {
            import(&mut ledger, &format!("{n}.json"), with(verdict));
        }
        assert_eq!(columns(&ledger).reviews.verdict, [Verdict::Dismissed as u8], "{order:?}");
    }
}

#[test]
fn reviews_join_their_change_in_either_order() {
    let reviews = || {
        ["tove", "ilse"]
            .map(|name| Record::Review(Box::new(review(1, name, Verdict::Approved, 30))))
            .into_iter()
            .collect::<Vec<_>>()
    };
    let bare = || {
        let mut bare = change(1);
        bare.reviews.clear();
        bare.review_coverage = ReviewCoverage::NotCarried;
        records([bare])
    };
    let check = |files: [(&str, Vec<Record>); 2], outcomes: [Vec<_>; 2]| {
        let mut ledger = Ledger::in_memory().unwrap();
        for ((name, records), expected) in files.into_iter().zip(outcomes) {
            assert_eq!(import(&mut ledger, name, records).1, expected, "{name}");
        }
        let columns = columns(&ledger);
        assert_eq!((columns.changes.len(), columns.reviews.change), (1, vec![0, 0]));
        assert_eq!(columns.changes.review_coverage, [ReviewCoverage::Complete as u8]);
        assert_eq!(columns.reviews.commit, vec![columns.changes.head_commit[0]; 2]);
    };
    check([("pulls", bare()), ("reviews", reviews())], [vec![Accepted], vec![Accepted; 2]]);
    check([("reviews", reviews()), ("pulls", bare())], [vec![Accepted; 2], vec![Accepted]]);
}

#[test]
fn a_change_that_only_reviews_name_is_no_change_yet() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "reviews", vec![Record::Review(Box::new(review(1, "tove", Verdict::Approved, 30)))]);
    let columns = columns(&ledger);
    assert_eq!((columns.changes.len(), columns.reviews.change.len()), (0, 0));
    assert_eq!(ledger.lookup("acme/pay#1").unwrap(), crate::Lookup::Missing);
}
