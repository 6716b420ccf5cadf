use super::RowOutcome::{Accepted, Unchanged, Updated};
use crate::{
    Arrival, Ledger,
    sample::{
        at, change, header, import, incident, matchers, mention, patterns, place, records, reject, review, ticket,
    },
};
use change_ledger_model::{
    import::ImportStatus,
    policy::PolicyHistory,
    record::{ChangeState, FoundIn, MentionKind, Record, ReviewCoverage, Verdict},
    source::SourceKind,
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
    assert_eq!(ledger.knows_artifact(&manifest.sha256).unwrap(), Some(1));
    assert_eq!(ledger.knows_artifact(&"0".repeat(64)).unwrap(), None);
    assert_eq!((ledger.knows_size(manifest.bytes).unwrap(), ledger.knows_size(1).unwrap()), (true, false));
    assert_eq!(ledger.reading_of(1).unwrap(), "\"a.json\"");
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
fn a_trial_says_what_an_import_would_do() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut trial = ledger.begin_import(at(0), &patterns()).unwrap();
    trial.row(&place("a.json", 0), &[Arrival::new(Record::Change(Box::new(change(1))), &matchers())]).unwrap();
    let manifest = trial.discard(header("a.json", b"a"));
    assert_eq!((manifest.id, manifest.rows.accepted, manifest.records.changes), (None, 1, 1));
    assert_eq!((ledger.counts().unwrap().revisions, ledger.data_version().unwrap()), (0, 0));
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
fn tickets_and_incidents_are_merged_like_changes() {
    let mut older = ticket("PLAT-1");
    older.updated_at = Some(at(10));
    older.status = Some("Open".to_owned());
    older.done = Some(false);
    older.reason = Some("Checkout was down".to_owned());
    older.mentions = vec![mention(MentionKind::Incident, "INC-1", FoundIn::LinkField)];
    older.is_change_request = true;
    let mut newer = ticket("PLAT-1");
    newer.updated_at = Some(at(20));
    newer.labels = None;
    let mut open = incident("Q1ZK8M0", 482);
    open.updated_at = Some(at(20));
    open.resolved_at = None;
    open.severity = None;
    open.status = Some("triggered".to_owned());
    let over = incident("Q1ZK8M0", 482);
    let tickets = [older, newer].map(|ticket| Record::Ticket(Box::new(ticket)));
    let incidents = [open, over].map(|incident| Record::Incident(Box::new(incident)));
    for order in [[0, 1], [1, 0]] {
        let mut ledger = Ledger::in_memory().unwrap();
        for (step, at) in order.into_iter().enumerate() {
            let records = vec![tickets[at].clone(), incidents[at].clone()];
            let (_, outcomes) = import(&mut ledger, &format!("{at}.json"), records);
            // The older incident says nothing that the newer one does not.
            let expected = match (step, at) {
                (0, _) => [Accepted, Accepted],
                (_, 0) => [Updated, Unchanged],
                (..) => [Updated, Updated],
            };
            assert_eq!(outcomes, expected, "{order:?}");
        }
        let found = ledger.ticket(1).unwrap();
        assert_eq!((found.status.as_deref(), found.done), (Some("Done"), Some(true)), "{order:?}");
        assert_eq!((found.reason.as_deref(), found.labels), (Some("Checkout was down"), Some(vec![])), "{order:?}");
        assert!(found.is_change_request, "{order:?}");
        assert_eq!(ledger.change_detail(1).unwrap().incidents[0].name, "INC-1", "{order:?}");
        let found = ledger.incident(2).unwrap();
        assert_eq!((found.status.as_deref(), found.severity.as_deref()), (Some("resolved"), Some("P1")), "{order:?}");
        assert_eq!(found.resolved_at, Some(at(90)), "{order:?}");
        assert_eq!(found.names, ["INC-482", "PD-482", "Q1ZK8M0"], "{order:?}");
        assert_eq!(ledger.revisions(1).unwrap().len(), 2, "{order:?}");
    }
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
fn an_id_that_says_nothing_of_the_repository_still_joins() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut by_table = review(1, "tove", Verdict::Approved, 30);
    by_table.change = "csv:releases:7".to_owned();
    let mut row = change(7);
    row.id.clone_from(&by_table.change);
    row.reviews.clear();
    import(&mut ledger, "reviews", vec![Record::Review(Box::new(by_table))]);
    let (_, outcomes) = import(&mut ledger, "table", records([row]));
    let found = ledger.change_rows(&[1]).unwrap().remove(0);
    assert_eq!((outcomes, found.repository.as_str(), found.number.as_str()), (vec![Accepted], "Acme/pay", "7"));
    assert_eq!(columns(&ledger).reviews.change, [0]);
}

#[test]
fn ids_are_asked_for_or_loaded_with_the_same_result() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", records((1..=60).map(change)));
    // More rows than are asked for one by one, half of them known.
    let (_, outcomes) = import(&mut ledger, "b.json", records((31..=90).map(change)));
    assert_eq!(outcomes, [vec![Unchanged; 30], vec![Accepted; 30]].concat());
    assert_eq!(columns(&ledger).changes.key, (1..=90).collect::<Vec<i64>>());
}

#[test]
fn a_change_that_only_reviews_name_is_no_change_yet() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "reviews", vec![Record::Review(Box::new(review(1, "tove", Verdict::Approved, 30)))]);
    let columns = columns(&ledger);
    assert_eq!((columns.changes.len(), columns.reviews.change.len()), (0, 0));
    assert_eq!(ledger.lookup("acme/pay#1").unwrap(), crate::Lookup::Missing);
}

#[test]
fn an_approval_that_an_export_shows_stood_until_then() {
    let with = |verdict, updated: i64| {
        let mut change = change(1);
        change.reviews = vec![review(1, "tove", verdict, 30)];
        change.updated_at = Some(at(updated));
        records([change])
    };
    let check = |versions: &[(Verdict, i64)], verdict: Verdict, stood_until: Option<i64>| {
        let mut backwards = versions.to_vec();
        backwards.reverse();
        for order in [versions.to_vec(), backwards] {
            let mut ledger = Ledger::in_memory().unwrap();
            for (n, (verdict, updated)) in order.iter().enumerate() {
                import(&mut ledger, &format!("{n}.json"), with(*verdict, *updated));
            }
            let reviews = columns(&ledger).reviews;
            assert_eq!(reviews.verdict, [verdict as u8], "{order:?}");
            assert_eq!(reviews.stood_until, [stood_until.map(|minutes| at(minutes).millis())], "{order:?}");
        }
    };
    use Verdict::{Approved, ChangesRequested, Dismissed};
    check(&[(Approved, 70)], Approved, None);
    check(&[(Dismissed, 90)], Dismissed, None);
    check(&[(Approved, 70), (Dismissed, 90)], Approved, Some(70));
    check(&[(Approved, 65), (Approved, 70), (Dismissed, 90), (Dismissed, 95)], Approved, Some(70));
    check(&[(ChangesRequested, 70), (Dismissed, 90)], Dismissed, None);
    // Nothing is dismissed and stands again: exports that say so prove nothing.
    check(&[(Dismissed, 60), (Approved, 70)], Dismissed, None);
}

#[test]
fn a_page_names_the_moments_between_which_an_approval_was_dismissed() {
    let mut ledger = Ledger::in_memory().unwrap();
    for (name, verdict, updated) in [("a.json", Verdict::Approved, 70), ("b.json", Verdict::Dismissed, 90)] {
        let mut change = change(1);
        change.reviews = vec![review(1, "tove", verdict, 30)];
        change.updated_at = Some(at(updated));
        import(&mut ledger, name, records([change]));
    }
    let review = ledger.change_detail(1).unwrap().reviews.remove(0);
    let bounds = review.dismissal.unwrap();
    assert_eq!((review.verdict, bounds.stood_until, bounds.dismissed_by), (Verdict::Approved, at(70), Some(at(90))));
}

#[test]
fn an_approval_that_was_taken_back_stood_until_then() {
    let check = |taken_back: &[i64], expected: [Option<i64>; 2]| {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut change = change(1);
        change.reviews = vec![review(1, "tove", Verdict::Approved, 30), review(1, "ilse", Verdict::Approved, 30)];
        change.reviews.extend(taken_back.iter().map(|minutes| review(1, "tove", Verdict::Withdrawn, *minutes)));
        import(&mut ledger, "a.json", records([change]));
        let stood_until = columns(&ledger).reviews.stood_until;
        assert_eq!(stood_until[..2], expected.map(|at_minutes| at_minutes.map(|m| at(m).millis())), "{taken_back:?}");
        let detail = ledger.change_detail(1).unwrap();
        let by = |login: &str| detail.reviews.iter().find(|review| review.reviewer.handle == login).unwrap().dismissal;
        assert_eq!(
            [by("tove"), by("ilse")].map(|bounds| bounds.map(|bounds| bounds.stood_until)),
            expected.map(|m| m.map(at))
        );
    };
    check(&[], [None, None]);
    check(&[90], [Some(90), None]);
    check(&[95, 90], [Some(90), None]);
    // Of before the approval.
    check(&[20], [None, None]);
}

#[test]
fn rows_that_tell_of_one_record_twice_are_counted() {
    let ticket_of = |key: &str| Record::Ticket(Box::new(ticket(key)));
    let noted = || {
        let mut incident = incident("Q1ZK8M0", 482);
        incident.title = String::new();
        Record::Incident(Box::new(incident))
    };
    let check = |rows: Vec<Record>, expected: Option<&str>| {
        let mut ledger = Ledger::in_memory().unwrap();
        let (manifest, _) = import(&mut ledger, "a.csv", rows);
        let found = manifest.warnings.iter().find(|warning| warning.code == "repeated_rows");
        let beginning = found.map(|warning| warning.message.split_once(" of a record").unwrap().0);
        let place = found.map(|warning| warning.message.split_once("The first is ").unwrap().1);
        assert_eq!(beginning.zip(place).map(|(count, place)| format!("{count}: {place}")).as_deref(), expected);
        assert_eq!(ledger.import(1).unwrap().warnings, manifest.warnings, "it is kept");
    };
    check(records([change(1), change(2)]), None);
    check(records([change(1), change(2), change(1)]), Some("1 row tells: row 3, github:acme/pay#1."));
    check(
        vec![ticket_of("PLAT-1"), ticket_of("PLAT-1"), ticket_of("PLAT-2"), ticket_of("PLAT-2"), ticket_of("PLAT-1")],
        Some("3 rows tell: row 2, jira:PLAT-1."),
    );
    // A list of events has a row for each thing that happened to a record.
    let mut ledger = Ledger::in_memory().unwrap();
    let mut run = ledger.begin_import(at(0), &patterns()).unwrap();
    for (n, record) in records([change(1), change(1)]).into_iter().enumerate() {
        run.row(&place("a", n), &[Arrival::new(record, &matchers())]).unwrap();
    }
    let events = crate::ImportHeader { kind: SourceKind::GithubWebhook, ..header("a", b"events") };
    assert_eq!(run.discard(events).warnings, []);
    // Remarks come in rows of their own, without the title of their incident.
    check(vec![noted(), noted()], None);
}

#[test]
fn of_a_record_with_too_many_names_the_telling_ones_are_kept_and_the_rest_counted() {
    let crowded = |names: usize| {
        let mut change = change(1);
        let name = |n: usize| mention(MentionKind::TicketKey, &format!("PLAT-{n}"), FoundIn::Body);
        change.mentions = (0..names).map(name).collect();
        change.mentions.push(mention(MentionKind::TicketKey, "ZULU-1", FoundIn::Branch));
        change
    };
    let check = |names: usize, kept: i64, expected: Option<&str>| {
        let mut ledger = Ledger::in_memory().unwrap();
        let (manifest, _) = import(&mut ledger, "a.json", records([crowded(names)]));
        let count = |sql: &str| ledger.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("SELECT count(*) FROM mention"), kept, "{names}");
        assert_eq!(count("SELECT count(*) FROM mention WHERE name = 'ZULU-1'"), 1, "{names}");
        let warning = manifest.warnings.iter().find(|warning| warning.code == "names_left_out");
        assert_eq!(warning.map(|warning| warning.message.as_str()), expected, "{names}");
    };
    check(5, 6, None);
    check(9_999, 10_000, None);
    check(
        10_002,
        10_000,
        Some(
            "1 row names more than 10000 other records; 3 names beyond that are kept in the file only, and links through \
             them are unknown. The first is row 1.",
        ),
    );
}
