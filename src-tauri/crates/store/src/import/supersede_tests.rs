use crate::Arrival;
use crate::{
    Ledger,
    sample::{at, change, file, header, import, incident, matchers, patterns, place, records, review, ticket},
};
use change_ledger_model::{
    import::ImportManifest,
    policy::PolicyHistory,
    record::{Alert, AlertSeverity, AlertState, Change, ChangeKind, Record, ReviewCoverage, Verdict},
};

/// Reads a file again in another way: `now` is what its rows say then. What other files say is looked up in `others` by
/// their names, in which way the sample stands for reading them again.
fn read_again(
    ledger: &mut Ledger,
    (earlier, name): (i64, &str),
    now: Vec<Record>,
    others: &[(&str, Vec<Record>)],
) -> ImportManifest {
    let bytes = file(name, now.len());
    let mut run = ledger.begin_import(at(20_000), &patterns()).unwrap();
    let mut reread = |raw: &[u8], reading: &str| {
        let row: usize = String::from_utf8_lossy(raw).rsplit(' ').next().unwrap().parse().unwrap();
        let found = others.iter().find(|(name, _)| format!("\"{name}\"") == reading);
        found.map(|(_, records)| vec![records[row].clone()]).unwrap_or_default()
    };
    run.supersede(earlier, &matchers(), &mut reread, &|| false).unwrap();
    for (n, record) in now.into_iter().enumerate() {
        run.row(&place(name, n), &[Arrival::new(record, &matchers())]).unwrap();
    }
    run.finish(header(name, &bytes)).unwrap()
}

fn implemented(ledger: &Ledger) -> Vec<(String, Option<i64>)> {
    let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
    let rows = ledger.change_rows(&columns.changes.key).unwrap();
    rows.into_iter().map(|row| row.id).zip(columns.changes.implemented_at).collect()
}

fn later(number: u32, minutes: i64) -> Change {
    let mut change = change(number);
    change.implemented_at = Some(at(60 + minutes));
    // A wrong zone moves every time of the row, so that its age is no guide to which reading counts.
    change.updated_at = Some(at(60 + minutes));
    change
}

#[test]
fn the_newest_reading_of_a_file_is_the_one_that_counts() {
    for minutes in [300, -300] {
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.csv", records([change(1), change(2)]));
        let again = read_again(&mut ledger, (1, "a.csv"), records([later(1, minutes), change(2)]), &[]);
        assert_eq!((again.id, again.rows.updated, again.rows.accepted), (Some(2), 2, 0), "{minutes}");
        let expected = [
            ("github:acme/pay#1".to_owned(), Some(at(60 + minutes).millis())),
            ("github:acme/pay#2".to_owned(), Some(at(60).millis())),
        ];
        assert_eq!(implemented(&ledger), expected, "{minutes}");
        let superseded: Vec<_> =
            ledger.revisions(1).unwrap().iter().map(|version| (version.import, version.is_superseded)).collect();
        assert_eq!(superseded, [(2, false), (1, true)], "the history keeps both");
        let runs: Vec<_> = ledger.imports().unwrap().iter().map(|run| (run.id, run.superseded_by)).collect();
        assert_eq!(runs, [(Some(1), Some(2)), (Some(2), None)]);
        assert_eq!(ledger.knows_artifact(&again.sha256).unwrap(), Some(2));
        assert!(ledger.verify(&mut |_| {}).unwrap().is_sound(), "{:?}", ledger.verify(&mut |_| {}).unwrap().findings);
    }
}

#[test]
fn the_bytes_are_stored_once_and_found_from_both_readings() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.csv", records([change(1), change(2)]));
    let chunks = |ledger: &Ledger| -> i64 {
        ledger.connection.query_row("SELECT count(*) FROM artifact_chunk", [], |row| row.get(0)).unwrap()
    };
    let before = chunks(&ledger);
    read_again(&mut ledger, (1, "a.csv"), records([later(1, 5), later(2, 5)]), &[]);
    assert_eq!(chunks(&ledger), before);
    assert_eq!(ledger.evidence(2, 0, 12).unwrap(), ledger.evidence(1, 0, 12).unwrap());
    assert_eq!(ledger.evidence_of(2).unwrap().bytes, b"a.csv 000001");
}

#[test]
fn what_other_files_say_stays() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut titled = change(1);
    titled.title = "From another file".to_owned();
    titled.updated_at = Some(at(10));
    titled.reviews = vec![review(1, "ilse", Verdict::Approved, 20)];
    let others = [("b.json", records([titled]))];
    import(&mut ledger, "b.json", others[0].1.clone());
    import(&mut ledger, "a.csv", records([change(1)]));
    let mut untitled = later(1, 5);
    untitled.title = String::new();
    untitled.reviews.clear();
    read_again(&mut ledger, (2, "a.csv"), records([untitled]), &others);
    let detail = ledger.change_detail(1).unwrap();
    let reviewers: Vec<_> = detail.reviews.iter().map(|review| review.reviewer.handle.as_str()).collect();
    assert_eq!((detail.row.title.as_str(), reviewers), ("From another file", vec!["ilse"]));
    assert_eq!(detail.row.implemented_at, Some(at(65)));
}

#[test]
fn records_that_only_the_earlier_reading_named_are_gone_and_their_keys_stay_free() {
    let mut ledger = Ledger::in_memory().unwrap();
    let old = vec![
        Record::Change(Box::new(change(1))),
        Record::Ticket(Box::new(ticket("PLAT-1"))),
        Record::Incident(Box::new(incident("Q1ZK8M0", 482))),
    ];
    import(&mut ledger, "a.csv", old);
    let mut moved = change(1);
    moved.id = "github:acme/other#1".to_owned();
    moved.reviews.clear();
    read_again(
        &mut ledger,
        (1, "a.csv"),
        vec![
            Record::Change(Box::new(moved)),
            Record::Ticket(Box::new(ticket("PLAT-2"))),
            Record::Ticket(Box::new(ticket("PLAT-3"))),
        ],
        &[],
    );
    assert_eq!(implemented(&ledger).iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["github:acme/other#1"]);
    assert!(ledger.incident(3).is_err() && ledger.ticket(2).is_err());
    import(&mut ledger, "c.json", records([change(9)]));
    assert_eq!(ledger.lookup("github:acme/pay#9").unwrap(), crate::Lookup::Found(7));
    let findings = ledger.verify(&mut |_| {}).unwrap().findings;
    assert_eq!(findings, []);
}

#[test]
fn another_file_under_the_same_hash_is_refused() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.csv", records([change(1)]));
    let mut run = ledger.begin_import(at(0), &patterns()).unwrap();
    run.supersede(1, &matchers(), &mut |_, _| Vec::new(), &|| false).unwrap();
    let error = run.finish(header("a.csv", b"other bytes")).unwrap_err();
    assert_eq!(error.to_string(), "a.csv changed while it was read");
    assert_eq!(implemented(&ledger).len(), 1);
}

#[test]
fn taking_back_a_reading_can_be_stopped_and_leaves_it_as_it_was() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.csv", records([change(1), change(2)]));
    let before = implemented(&ledger);
    let asked = std::cell::Cell::new(0);
    let stops_at_the_second = || asked.replace(asked.get() + 1) == 1;
    let mut run = ledger.begin_import(at(0), &patterns()).unwrap();
    let stopped = run.supersede(1, &matchers(), &mut |_, _| Vec::new(), &stops_at_the_second);
    assert!(matches!(stopped, Err(crate::StoreError::Stopped)), "{stopped:?}");
    drop(run);
    assert_eq!(implemented(&ledger), before);
    assert_eq!(ledger.verify(&mut |_| {}).unwrap().findings, []);
}

fn alert(id: &str, state: Option<AlertState>, package: Option<&str>) -> Record {
    Record::Alert(Box::new(Alert {
        id: id.to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        title: "Prototype pollution".to_owned(),
        package: package.map(str::to_owned),
        path: None,
        severity: Some(AlertSeverity::High),
        score_tenths: None,
        state,
        opened_at: Some(at(0)),
        published_at: None,
        fixed_at: None,
        dismissed_at: None,
        dismissed_by: None,
        dismissed_reason: None,
        updated_at: Some(at(10)),
        url: None,
        mentions: Vec::new(),
    }))
}

#[test]
fn of_a_supporting_record_the_newest_reading_and_the_other_files_count() {
    let mut ledger = Ledger::in_memory().unwrap();
    let others = [("b.json", vec![alert("one", None, Some("merge-deep"))])];
    import(&mut ledger, "b.json", others[0].1.clone());
    let old = vec![alert("one", Some(AlertState::Fixed), None), alert("two", Some(AlertState::Fixed), None)];
    import(&mut ledger, "a.json", old);
    let now = vec![alert("one", Some(AlertState::Open), None), alert("three", Some(AlertState::Open), None)];
    read_again(&mut ledger, (2, "a.json"), now, &others);
    let mut statement = ledger.connection.prepare("SELECT key, id, state, package FROM alert ORDER BY key").unwrap();
    let found: Vec<(i64, String, u8, Option<String>)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let open = AlertState::Open as u8;
    let expected = [(1, "one".to_owned(), open, Some("merge-deep".to_owned())), (3, "three".to_owned(), open, None)];
    assert_eq!(found, expected);
    drop(statement);
    assert_eq!(ledger.verify(&mut |_| {}).unwrap().findings, []);
}

#[test]
fn reviews_of_a_change_ticket_stay_where_another_file_has_them() {
    let told = |reviewers: &[&str]| {
        let task = ticket("CHG-1");
        let mut approved = change(1);
        approved.kind = ChangeKind::ChangeTicket;
        approved.id.clone_from(&task.id);
        approved.commit_authors.clear();
        approved.review_coverage = ReviewCoverage::Complete;
        approved.reviews = reviewers.iter().map(|login| review(1, login, Verdict::Approved, 30)).collect();
        (Record::Ticket(Box::new(task)), Record::Change(Box::new(approved)))
    };
    let ((task, by_tove), (_, by_both), (_, by_nobody)) = (told(&["tove"]), told(&["tove", "ilse"]), told(&[]));
    let mut ledger = Ledger::in_memory().unwrap();
    let others = [("b.json", vec![task, by_tove])];
    import(&mut ledger, "b.json", others[0].1.clone());
    import(&mut ledger, "a.json", vec![by_both]);
    let reviewers = |ledger: &Ledger| -> (i64, Vec<i64>) {
        let sql = "SELECT reviewer FROM review ORDER BY n";
        let mut statement = ledger.connection.prepare(sql).unwrap();
        let found = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let sql = "SELECT review_coverage FROM change";
        (ledger.connection.query_row(sql, [], |row| row.get(0)).unwrap(), found)
    };
    assert_eq!(reviewers(&ledger).1.len(), 2);
    read_again(&mut ledger, (2, "a.json"), vec![by_nobody], &others);
    let (coverage, found) = reviewers(&ledger);
    assert_eq!((coverage, found.len()), (1, 1));
    assert_eq!(ledger.verify(&mut |_| {}).unwrap().findings, []);
}
