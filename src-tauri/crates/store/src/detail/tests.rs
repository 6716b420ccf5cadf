use crate::{
    Ledger, Lookup, StoreError,
    sample::{at, change, import, incident, mention, place, records, review, ticket},
};
use change_ledger_model::{
    columns::HitOwner,
    policy::{PolicyHistory, patterns::TextSignal},
    record::{ChangeKind, ChangeState, FoundIn, MentionKind, Note, Record, ReviewCoverage, Verdict},
};

#[test]
fn a_change_shows_all_of_its_imports() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut older = change(1);
    older.updated_at = Some(at(50));
    older.body = Some("Authorised by: Tove Lund".to_owned());
    older.mentions = vec![
        mention(MentionKind::TicketKey, "PLAT-9", FoundIn::Title),
        mention(MentionKind::TicketKey, "UTF-8", FoundIn::Body),
    ];
    let mut newer = older.clone();
    newer.updated_at = Some(at(70));
    newer.url = None;
    import(&mut ledger, "newer.json", records([newer]));
    import(&mut ledger, "older.json", records([change(2), older]));
    import(&mut ledger, "t.csv", vec![Record::Ticket(Box::new(ticket("PLAT-1")))]);
    let detail = ledger.change_detail(1).unwrap();
    assert_eq!(detail.row.url.as_deref(), Some("https://github.com/Acme/pay/pull/1"));
    assert_eq!((detail.state, detail.updated_at), (ChangeState::Implemented, Some(at(70))));
    assert_eq!(detail.merge_commit, Some(format!("{:040x}", 1)));
    let versions: Vec<_> = detail.revisions.iter().map(|r| (r.file.as_str(), r.place.row, r.is_newest)).collect();
    assert_eq!(versions, [("older.json", 2, false), ("newer.json", 1, true)]);
    let named: Vec<_> =
        detail.named.iter().map(|named| (named.mention.name.as_str(), named.is_known, named.is_missing)).collect();
    assert_eq!(named, [("PLAT-9", false, true), ("UTF-8", false, false)]);
    let found: Vec<_> = detail.found.iter().map(|found| (found.signal, found.text.as_str())).collect();
    assert_eq!(found, [(TextSignal::Authorisation, "Tove Lund")]);
}

#[test]
fn an_approval_that_a_newer_list_does_not_show_says_so() {
    let check = |shown: i64, missing: bool, stood_until: Option<i64>| {
        let mut first = change(1);
        first.updated_at = Some(at(shown));
        let mut second = change(1);
        second.updated_at = Some(at(90));
        second.reviews.clear();
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", records([first, second]));
        let review = ledger.change_detail(1).unwrap().reviews.pop().unwrap();
        assert_eq!(review.missing_since, missing.then(|| at(90)), "shown {shown}");
        assert_eq!(review.dismissal.map(|dismissal| dismissal.stood_until), stood_until.map(at), "shown {shown}");
    };
    check(40, true, None);
    check(60, false, Some(60));
    check(90, false, None);
}

#[test]
fn the_raw_record_is_given_back_byte_for_byte() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "pulls.json", records((1..=40).map(change)));
    // Chunks hold 100 bytes, so several of these lie across two of them.
    for n in 0..40 {
        let evidence = ledger.evidence_of(n + 1).unwrap();
        assert_eq!(String::from_utf8(evidence.bytes).unwrap(), format!("pulls.json {n:06}"));
        assert_eq!(evidence.revision.place, place("pulls.json", usize::try_from(n).unwrap()));
        assert_eq!(evidence.reading, "\"pulls.json\"");
    }
    let length = ledger.imports().unwrap()[0].bytes;
    assert_eq!(ledger.evidence(1, 0, length).unwrap().len() as u64, length);
    let check = |artifact, offset, length| {
        assert!(matches!(ledger.evidence(artifact, offset, length), Err(StoreError::Unknown(_))));
    };
    check(1, length - 1, 2);
    check(1, length + 1_000, 1);
    check(2, 0, 1);
    assert_eq!(ledger.evidence_of(99).unwrap_err().to_string(), "the ledger holds no record 99");
}

#[test]
fn changes_are_found_as_people_write_them() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut elsewhere = change(2);
    elsewhere.id = "github:acme/web#2".to_owned();
    elsewhere.repository = "acme/web".to_owned();
    let mut request = ticket("PLAT-7");
    request.is_change_request = true;
    let mut all = records([change(1), change(2), elsewhere]);
    all.push(Record::Ticket(Box::new(request)));
    import(&mut ledger, "a.json", all);
    let check = |text: &str, expected: Lookup| assert_eq!(ledger.lookup(text).unwrap(), expected, "{text}");
    let both = || Lookup::Ambiguous(vec![(2, "github:acme/pay#2".to_owned()), (3, "github:acme/web#2".to_owned())]);
    check("github:acme/pay#1", Lookup::Found(1));
    check("GitHub:Acme/pay#1", Lookup::Found(1));
    check("Acme/Pay#2", Lookup::Found(2));
    check("web#2", Lookup::Found(3));
    check(" 1 ", Lookup::Found(1));
    check("#2", both());
    check("2", both());
    check("plat-7", Lookup::Found(4));
    check("jira:PLAT-7", Lookup::Found(4));
    check("%#2", Lookup::Missing);
    check("acme/pay#3", Lookup::Missing);
    check("", Lookup::Missing);
    let rows = ledger.change_rows(&[3, 99, 1]).unwrap();
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["github:acme/web#2", "github:acme/pay#1"]);
}

#[test]
fn a_change_request_without_a_pull_request_is_a_change() {
    let request = |key: &str| {
        let mut request = ticket(key);
        request.is_change_request = true;
        request.change_type = Some("Emergency".to_owned());
        request.work_end = Some(at(80));
        request
    };
    let mut own = request("CHG-1");
    own.mentions = vec![mention(MentionKind::Incident, "INC-482", FoundIn::Body)];
    own.notes = vec![Note { at: Some(at(85)), author: None, text: "Incident log: restarted".to_owned() }];
    own.reason = Some("Checkout was down".to_owned());
    let implemented_by_pull = request("CHG-2");
    let mut called_off = request("CHG-3");
    called_off.work_end = None;
    called_off.status = Some("Canceled".to_owned());
    called_off.done = Some(false);
    let mut planned = request("CHG-4");
    planned.work_end = None;
    planned.resolved_at = None;
    planned.done = Some(false);
    let mut pull = change(1);
    pull.mentions = vec![mention(MentionKind::TicketKey, "CHG-2", FoundIn::Title)];
    let mut ledger = Ledger::in_memory().unwrap();
    let mut all = records([pull]);
    all.extend([own, implemented_by_pull, called_off, planned].map(|ticket| Record::Ticket(Box::new(ticket))));
    all.push(Record::Incident(Box::new(incident("Q1ZK8M0", 482))));
    import(&mut ledger, "a.json", all);
    let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
    assert_eq!(columns.changes.key, [1, 2]);
    assert_eq!(columns.changes.kind, [ChangeKind::PullRequest as u8, ChangeKind::ChangeTicket as u8]);
    assert_eq!(columns.changes.implemented_at[1], Some(at(80).millis()));
    assert_eq!(columns.changes.review_coverage[1], ReviewCoverage::NotCarried as u8);
    assert_eq!(columns.repositories, ["Acme/pay", "CHG"]);
    assert_eq!(columns.changes.repository, [0, 1]);
    let owner = |signal| columns.hits.iter().find(|hit| hit.signal == signal).map(|hit| (hit.owner, hit.at));
    assert_eq!(owner(TextSignal::EmergencyLabel), Some((HitOwner::Change(1), None)));
    let (log, at_note) = owner(TextSignal::Documentation).unwrap();
    let own_ticket = columns.ticket_links.iter().find(|link| link.change == 1).unwrap().ticket;
    assert_eq!((log, at_note), (HitOwner::Ticket(own_ticket), Some(at(85).millis())));
    assert!(columns.tickets[own_ticket as usize].has_reason);
    assert_eq!(columns.incident_links.len(), 1);
    let detail = ledger.change_detail(2).unwrap();
    assert_eq!((detail.row.kind, detail.row.number.as_str()), (ChangeKind::ChangeTicket, "CHG-1"));
    assert_eq!(detail.incidents[0].name, "pagerduty:Q1ZK8M0");
}

#[test]
fn the_reviews_of_a_change_ticket_join_it_in_any_order() {
    let mut request = ticket("CHG-1");
    request.is_change_request = true;
    request.work_end = Some(at(80));
    // What a row of a service desk says of the reviews, beside the ticket.
    let mut reviewed = change(7);
    reviewed.id.clone_from(&request.id);
    reviewed.kind = ChangeKind::ChangeTicket;
    reviewed.reviews = vec![review(7, "tove", Verdict::Approved, 90)];
    let mut lone = review(7, "ilse", Verdict::ChangesRequested, 70);
    lone.change.clone_from(&request.id);
    let row = || vec![Record::Ticket(Box::new(request.clone())), Record::Change(Box::new(reviewed.clone()))];
    let approval = || vec![Record::Review(Box::new(lone.clone()))];
    for files in [[row(), approval()], [approval(), row()]] {
        let mut ledger = Ledger::in_memory().unwrap();
        for (n, file) in files.into_iter().enumerate() {
            import(&mut ledger, &format!("{n}.csv"), file);
        }
        let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
        assert_eq!(columns.changes.kind, [ChangeKind::ChangeTicket as u8]);
        assert_eq!(columns.changes.review_coverage, [ReviewCoverage::Complete as u8]);
        assert_eq!((columns.reviews.change.as_slice(), columns.reviews.verdict.len()), ([0, 0].as_slice(), 2));
        let detail = ledger.change_detail(columns.changes.key[0]).unwrap();
        let verdicts: Vec<Verdict> = detail.reviews.iter().map(|review| review.verdict).collect();
        assert_eq!(verdicts, [Verdict::ChangesRequested, Verdict::Approved]);
        assert_eq!(detail.review_coverage, ReviewCoverage::Complete);
        assert_eq!((detail.commit_authors.len(), columns.commit_authors.len()), (1, 1));
        assert!(matches!(ledger.lookup("CHG-1").unwrap(), Lookup::Found(_)));
    }
}

#[test]
fn a_change_ticket_whose_row_names_no_review_has_none() {
    let mut request = ticket("CHG-1");
    request.is_change_request = true;
    request.work_end = Some(at(80));
    let mut unreviewed = change(7);
    unreviewed.id.clone_from(&request.id);
    unreviewed.kind = ChangeKind::ChangeTicket;
    unreviewed.reviews.clear();
    let mut pull = change(1);
    pull.mentions = vec![mention(MentionKind::TicketKey, "CHG-1", FoundIn::Title)];
    let mut ledger = Ledger::in_memory().unwrap();
    let all = vec![Record::Ticket(Box::new(request)), Record::Change(Box::new(unreviewed))];
    import(&mut ledger, "a.csv", all);
    let kinds_and_coverage = |ledger: &Ledger| {
        let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
        (columns.changes.kind, columns.changes.review_coverage)
    };
    let complete = ReviewCoverage::Complete as u8;
    assert_eq!(kinds_and_coverage(&ledger), (vec![ChangeKind::ChangeTicket as u8], vec![complete]));
    // Implemented by an imported pull request, it is no change of its own any more.
    import(&mut ledger, "b.json", records([pull]));
    assert_eq!(kinds_and_coverage(&ledger), (vec![ChangeKind::PullRequest as u8], vec![complete]));
}
