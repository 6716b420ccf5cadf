use crate::{
    Ledger,
    sample::{at, change, import, incident, make_of_format, mention, person, records, review, ticket},
};
use change_ledger_model::{
    columns::LedgerColumns,
    person::{Person, PersonKind},
    policy::PolicyHistory,
    record::{Change, ChangeState, FoundIn, MentionKind, Note, Record, ReviewCoverage, Verdict},
};

fn load(ledger: &Ledger) -> LedgerColumns {
    ledger.columns(&PolicyHistory::initial().unwrap()).unwrap()
}

fn of(changes: Vec<Change>) -> LedgerColumns {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", records(changes));
    load(&ledger)
}

#[test]
fn every_list_has_the_same_length_and_points_to_names() {
    let mut undated = change(2);
    undated.state = ChangeState::ImplementedAtUnknown;
    undated.implemented_at = None;
    undated.labels = None;
    undated.author = None;
    undated.base_branch = None;
    undated.head_commit = None;
    let mut open = change(3);
    open.state = ChangeState::Open;
    let mut abandoned = change(4);
    abandoned.state = ChangeState::Abandoned;
    let columns = of(vec![change(1), undated, open, abandoned]);
    let changes = &columns.changes;
    assert_eq!(changes.key, [1, 2]);
    assert_eq!(changes.implemented_at, [Some(at(60).millis()), None]);
    assert_eq!(changes.labels_known, [true, false]);
    let name = |at: Option<u32>| at.map(|at| columns.people[at as usize].0.as_str());
    assert_eq!(changes.author.iter().map(|at| name(*at)).collect::<Vec<_>>(), [Some("mara-ko"), None]);
    assert_eq!(changes.merged_by.iter().map(|at| name(*at)).collect::<Vec<_>>(), [Some("tove"); 2]);
    assert_eq!(
        changes.base_branch.iter().map(|at| at.map(|at| columns.branches[at as usize].as_str())).collect::<Vec<_>>(),
        [Some("main"), None]
    );
    assert_eq!(columns.repositories, ["Acme/pay"]);
    assert_eq!(columns.reviews.change, [0, 1]);
    assert_eq!(
        columns.commit_authors.iter().map(|(at, who)| (*at, name(Some(*who)))).collect::<Vec<_>>(),
        [(0, Some("ilse")), (1, Some("ilse"))]
    );
}

#[test]
fn a_review_has_the_number_of_the_head_of_its_change_exactly_when_it_covers_that() {
    let mut first = change(1);
    first.reviews.push(review(2, "ilse", Verdict::Commented, 31));
    let mut short = review(1, "jon", Verdict::Approved, 32);
    short.commit = Some("2f1c9ab".to_owned());
    first.reviews.push(short);
    let mut unknown = review(1, "per", Verdict::Approved, 33);
    unknown.commit = None;
    first.reviews.push(unknown);
    let columns = of(vec![first, change(2)]);
    let heads = &columns.changes.head_commit;
    let commits = &columns.reviews.commit;
    assert_eq!(commits.len(), 5);
    assert_eq!((commits[0], commits[3], commits[4]), (heads[0], None, heads[1]));
    for other in [commits[1], commits[2]] {
        assert!(other.is_some() && other != heads[0] && other != heads[1], "{other:?}");
    }
    assert_ne!(heads[0], heads[1]);
}

#[test]
fn a_bare_bot_is_the_bot_unless_somebody_acts_under_that_name() {
    let bot = Person::named("deployer[bot]", None, true);
    let reviewed_by_bare_slug = |author: Person| {
        let mut by_bot = change(1);
        by_bot.author = Some(bot.clone());
        by_bot.merged_by = None;
        let mut other = change(2);
        other.author = Some(author);
        other.reviews = vec![review(2, "deployer", Verdict::Approved, 30)];
        let columns = of(vec![by_bot, other]);
        let reviewer = columns.reviews.reviewer[1] as usize;
        columns.people[reviewer].1
    };
    assert_eq!(reviewed_by_bare_slug(person("mara-ko")), PersonKind::Bot);
    assert_eq!(reviewed_by_bare_slug(person("deployer")), PersonKind::Human);
}

#[test]
fn an_approval_without_a_time_gives_way_to_that_persons_approval_with_one() {
    let check = |said: &[(&str, Verdict, bool)], expected: &[bool]| {
        let mut reviewed = change(1);
        reviewed.reviews = (30..)
            .zip(said)
            .map(|(minute, (who, verdict, dated))| {
                let mut review = review(1, who, *verdict, minute);
                review.source_id = None;
                review.submitted_at = review.submitted_at.filter(|_| *dated);
                review
            })
            .collect();
        let dated: Vec<bool> = of(vec![reviewed]).reviews.submitted_at.iter().map(Option::is_some).collect();
        assert_eq!(dated, expected, "{said:?}");
    };
    check(&[("tove", Verdict::Approved, false)], &[false]);
    check(&[("tove", Verdict::Approved, false), ("tove", Verdict::Approved, true)], &[true]);
    check(&[("tove", Verdict::Approved, true), ("tove", Verdict::Approved, false)], &[true]);
    check(&[("tove", Verdict::Approved, false), ("ilse", Verdict::Approved, true)], &[false, true]);
    check(&[("tove", Verdict::Approved, false), ("tove", Verdict::Commented, true)], &[false, true]);
}

#[test]
fn only_an_approval_that_stands_or_stood_then_gives_an_undated_one_its_time() {
    let check = |listed: i64, taken_back: Option<i64>, expected: &[(bool, Option<i64>)]| {
        let mut first = change(1);
        first.reviews = vec![review(1, "tove", Verdict::Approved, 0)];
        first.reviews.iter_mut().for_each(|review| review.submitted_at = None);
        (first.state, first.implemented_at, first.updated_at) = (ChangeState::Open, None, Some(at(listed)));
        let mut merged = change(1);
        (merged.review_coverage, merged.updated_at) = (ReviewCoverage::NotCarried, Some(at(500)));
        merged.reviews.clear();
        let mut all = records([first, merged]);
        all.push(Record::Review(Box::new(review(1, "tove", Verdict::Approved, 30))));
        all.extend(taken_back.map(|at| Record::Review(Box::new(review(1, "tove", Verdict::Withdrawn, at)))));
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", all);
        let reviews = load(&ledger).reviews;
        let rows = reviews.verdict.iter().zip(&reviews.submitted_at).zip(&reviews.stood_until);
        let mut approvals: Vec<_> = rows
            .filter(|((verdict, _), _)| **verdict == Verdict::Approved as u8)
            .map(|((_, at), until)| (at.is_some(), *until))
            .collect();
        approvals.sort_unstable();
        assert_eq!(approvals, expected, "listed at {listed}, taken back at {taken_back:?}");
    };
    let until = |minute| Some(at(minute).millis());
    check(40, None, &[(true, None)]);
    // Shown before it was taken back: the same approval.
    check(40, Some(50), &[(true, until(50))]);
    // Shown afterwards: given once more, nobody knows when.
    check(55, Some(50), &[(false, None), (true, until(50))]);
    check(50, Some(50), &[(false, None), (true, until(50))]);
}

#[test]
fn an_approval_that_a_newer_complete_list_does_not_show_is_in_doubt_unless_it_stood_at_the_merge() {
    // The approval of minute 30 is shown at `shown`; a later list, of minute 90, shows `listed`. The merge is at 60.
    let check = |shown: i64, given: i64, listed: &[(&str, bool)], coverage, expected: Option<Option<i64>>| {
        let mut first = change(1);
        first.reviews = vec![review(1, "tove", Verdict::Approved, given)];
        first.updated_at = Some(at(shown));
        let mut second = change(1);
        (second.updated_at, second.review_coverage) = (Some(at(90)), coverage);
        second.reviews = listed
            .iter()
            .map(|(who, dated)| {
                let mut review = review(1, who, Verdict::Approved, given);
                review.submitted_at = review.submitted_at.filter(|_| *dated);
                review
            })
            .collect();
        for order in [[&first, &second], [&second, &first]] {
            let mut ledger = Ledger::in_memory().unwrap();
            import(&mut ledger, "a.json", records(order.map(Clone::clone)));
            let columns = load(&ledger);
            let reviews = &columns.reviews;
            let is_tove = |at: u32| columns.people[at as usize].0 == "tove";
            let row = reviews.reviewer.iter().position(|who| is_tove(*who)).unwrap();
            let found = (reviews.verdict[row] == Verdict::Approved as u8).then_some(reviews.stood_until[row]);
            assert_eq!(found, expected, "shown {shown}, listed {listed:?}");
        }
    };
    use ReviewCoverage::{Complete, NotCarried, PossiblyCut};
    check(40, 30, &[], Complete, None);
    check(40, 30, &[("ilse", true)], Complete, None);
    check(70, 30, &[], Complete, Some(Some(at(70).millis())));
    check(80, 75, &[], Complete, Some(Some(at(80).millis())));
    check(40, 30, &[("tove", true)], Complete, Some(None));
    check(40, 30, &[("tove", false)], Complete, Some(None));
    check(90, 30, &[], Complete, Some(None));
    check(40, 30, &[], PossiblyCut, Some(None));
    check(40, 30, &[], NotCarried, Some(None));
}

#[test]
fn a_later_request_for_changes_takes_the_place_of_an_approval_in_a_list() {
    let mut first = change(1);
    first.updated_at = Some(at(40));
    let mut second = change(1);
    second.updated_at = Some(at(90));
    second.reviews = vec![review(1, "tove", Verdict::ChangesRequested, 80)];
    let reviews = of(vec![first, second]).reviews;
    let approved = reviews.verdict.iter().position(|verdict| *verdict == Verdict::Approved as u8);
    assert_eq!(approved.map(|row| reviews.stood_until[row]), Some(None));
}

#[test]
fn review_data_from_files_of_reviews_counts() {
    let check = |reviews: i64, expected: ReviewCoverage| {
        let mut bare = change(1);
        bare.reviews.clear();
        bare.review_coverage = ReviewCoverage::NotCarried;
        let mut all = records([bare]);
        all.extend((0..reviews).map(|n| Record::Review(Box::new(review(1, "tove", Verdict::Commented, n)))));
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", all);
        assert_eq!(load(&ledger).changes.review_coverage, [expected as u8], "{reviews} reviews");
        assert_eq!(ledger.change_detail(1).unwrap().review_coverage, expected, "{reviews} reviews in detail");
    };
    check(0, ReviewCoverage::NotCarried);
    check(2, ReviewCoverage::Complete);
    check(30, ReviewCoverage::PossiblyCut);
    check(31, ReviewCoverage::Complete);
    check(100, ReviewCoverage::PossiblyCut);
}

#[test]
fn a_change_ticket_gives_way_only_to_an_implemented_pull_request() {
    let check = |state: ChangeState, branch: Option<&str>, named_by_ticket: bool, kept: bool| {
        let mut request = ticket("CHG-1");
        (request.is_change_request, request.work_end, request.done) = (true, Some(at(60)), Some(true));
        let mut pull = change(1);
        (pull.state, pull.base_branch) = (state, branch.map(str::to_owned));
        pull.implemented_at = (state == ChangeState::Implemented).then(|| at(60));
        if named_by_ticket {
            request.mentions = vec![mention(MentionKind::Change, "acme/pay#1", FoundIn::Body)];
        } else {
            pull.mentions = vec![mention(MentionKind::TicketKey, "CHG-1", FoundIn::Title)];
        }
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", vec![Record::Change(Box::new(pull)), Record::Ticket(Box::new(request))]);
        let kinds = load(&ledger).changes.kind;
        let found = kinds.contains(&(change_ledger_model::record::ChangeKind::ChangeTicket as u8));
        assert_eq!(found, kept, "{state:?} {branch:?}, named by the ticket: {named_by_ticket}");
    };
    for named_by_ticket in [false, true] {
        check(ChangeState::Implemented, Some("main"), named_by_ticket, false);
        check(ChangeState::Implemented, None, named_by_ticket, false);
        check(ChangeState::ImplementedAtUnknown, Some("main"), named_by_ticket, false);
        check(ChangeState::Implemented, Some("develop"), named_by_ticket, false);
        check(ChangeState::Open, Some("main"), named_by_ticket, true);
        check(ChangeState::Abandoned, Some("main"), named_by_ticket, true);
    }
}

/// A ledger in a file is read by two threads, one in memory by one: both must see the same.
#[test]
fn two_threads_read_what_one_reads() {
    let folder = tempfile::tempdir().unwrap();
    let mut in_memory = Ledger::in_memory().unwrap();
    let mut in_file = Ledger::create_or_open(&folder.path().join("ledger.db")).unwrap();
    let mut all = records((1..=50).map(|n| {
        let mut change = change(n);
        change.mentions = vec![mention(MentionKind::TicketKey, &format!("PLAT-{}", n % 7), FoundIn::Branch)];
        change
    }));
    all.extend((0..7).map(|n| Record::Ticket(Box::new(ticket(&format!("PLAT-{n}"))))));
    all.push(Record::Incident(Box::new(incident("Q1ZK8M0", 482))));
    for ledger in [&mut in_memory, &mut in_file] {
        import(ledger, "a.json", all.clone());
    }
    let columns = load(&in_file);
    assert_eq!(format!("{columns:?}"), format!("{:?}", load(&in_memory)));
    assert_eq!((columns.changes.len(), columns.ticket_links.len(), columns.tickets.len()), (50, 50, 7));
}

#[test]
fn the_texts_of_a_ticket_are_known_when_its_description_and_its_notes_are() {
    let check = |body: Option<&str>, notes: &[&str], expected: (bool, bool)| {
        let mut task = ticket("PLAT-1");
        task.body = body.map(str::to_owned);
        task.notes = notes.iter().map(|text| Note { at: None, author: None, text: (*text).to_owned() }).collect();
        let mut linked = change(1);
        linked.mentions = vec![mention(MentionKind::TicketKey, "PLAT-1", FoundIn::Title)];
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", vec![Record::Change(Box::new(linked)), Record::Ticket(Box::new(task))]);
        let row = load(&ledger).tickets[0].clone();
        assert_eq!((row.texts_known, row.notes_known), expected, "{body:?} {notes:?}");
    };
    check(Some("why"), &["done"], (true, true));
    check(Some("why"), &[], (false, false));
    check(None, &["done"], (false, true));
    check(None, &[], (false, false));
}

#[test]
fn an_incident_is_over_as_its_tool_says_and_in_older_ledgers_as_the_words_of_its_state_do() {
    let check = |status: &str, ended: Option<bool>, in_older_ledger: bool, expected: bool| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let mut outage = incident("Q1", 1);
        (outage.status, outage.ended, outage.resolved_at) = (Some(status.to_owned()), ended, None);
        let mut ledger = Ledger::create_or_open(&path).unwrap();
        import(&mut ledger, "incidents.json", vec![Record::Incident(Box::new(outage))]);
        if in_older_ledger {
            make_of_format(&ledger, 4);
            drop(ledger);
            ledger = Ledger::create_or_open(&path).unwrap();
            assert!(folder.path().join("ledger.db.format-4.backup").exists());
        }
        assert_eq!(load(&ledger).incidents[0].has_ended, expected, "{status} {ended:?}");
    };
    check("Done for now", Some(false), false, false);
    check("7", Some(true), false, true);
    check("Level 2", None, false, false);
    check("Closed", None, false, true);
    check("Closed", Some(true), true, true);
    check("7", Some(true), true, false);
    check("investigating", Some(false), true, false);
}
