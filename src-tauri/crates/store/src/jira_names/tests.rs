use crate::{
    Ledger,
    sample::{at, import, ticket},
};
use change_ledger_model::{
    identity::IdentityStatement::{self, Apart, Kind, Same},
    person::{JIRA, Person, PersonKind},
    policy::PolicyHistory,
    record::{ChangeKind, Record, Review, ReviewCoverage, Ticket, Verdict},
};

/// An account as a file names it: by an id and a name, or by a name alone.
fn account(written: &str) -> Person {
    match written.split_once(' ').filter(|(id, _)| id.starts_with("id")) {
        Some((id, name)) => {
            let person = Person::named(&format!("{JIRA}{id}"), Some(name), false);
            Person { name: Some(name.to_owned()), ..person }
        }
        None => Person::named(written, None, false),
    }
}

/// A change ticket that one account raised and another approved.
fn change_ticket(key: &str, reporter: &str, approver: &str) -> Vec<Record> {
    let ticket = Ticket {
        is_change_request: true,
        done: Some(true),
        reporter: Some(account(reporter)),
        assignee: None,
        work_end: Some(at(60)),
        ..ticket(key)
    };
    let review = Review {
        change: ticket.id.clone(),
        source_id: None,
        reviewer: account(approver),
        verdict: Verdict::Approved,
        submitted_at: Some(at(30)),
        commit: None,
        url: None,
    };
    let change = change_ledger_model::record::Change {
        id: ticket.id.clone(),
        kind: ChangeKind::ChangeTicket,
        source: "jira".to_owned(),
        repository: ticket.project.clone(),
        number: ticket.key.clone(),
        author: ticket.reporter.clone(),
        implemented_at: Some(at(60)),
        merged_by: None,
        commit_authors: Vec::new(),
        review_coverage: ReviewCoverage::Complete,
        reviews: vec![review],
        mentions: Vec::new(),
        ..crate::sample::change(1)
    };
    vec![Record::Ticket(Box::new(ticket)), Record::Change(Box::new(change))]
}

/// Who raised and who approved the first change, as judged and as shown.
fn who(ledger: &Ledger) -> [String; 2] {
    let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
    let told = |person: u32| {
        let (handle, kind) = &columns.people[person as usize];
        format!("{handle} {kind:?}")
    };
    let judged = [columns.changes.author[0].unwrap(), columns.reviews.reviewer[0]].map(told);
    let detail = ledger.change_detail(columns.changes.key[0]).unwrap();
    let shown = [detail.row.author.as_ref().unwrap(), &detail.reviews[0].reviewer];
    assert_eq!(shown.map(|person| format!("{} {:?}", person.handle, person.kind)), judged);
    judged
}

fn check(changes: &[(&str, &str)], statements: &[IdentityStatement], expected: [&str; 2]) {
    let mut ledger = Ledger::in_memory().unwrap();
    for (number, (reporter, approver)) in changes.iter().enumerate() {
        let file = format!("{number}.json");
        import(&mut ledger, &file, change_ticket(&format!("CHM-{number}"), reporter, approver));
    }
    for statement in statements {
        ledger.state_people(at(0), "Tove Lund", "Asked them.", statement.clone()).unwrap();
    }
    assert_eq!(who(&ledger), expected, "{changes:?} {statements:?}");
}

#[test]
fn a_lone_name_means_the_only_account_that_shows_it() {
    let by_id = ["jira:id1 Human", "jira:id1 Human"];
    check(&[("id1 Lin Eze", "Lin Eze")], &[], by_id);
    check(&[("lin eze", "id1 Lin Eze")], &[], by_id);
    check(&[("id1 Lin Eze", "id2 Lin Eze")], &[], ["jira:id1 Human", "jira:id2 Human"]);
    check(&[("id1 Lin Eze", "Mara Ko")], &[], ["jira:id1 Human", "mara ko Human"]);
    // The tables of Data Center have logins where its interface has both.
    check(&[("id1 Lin Eze", "id1")], &[], by_id);
}

#[test]
fn a_name_that_several_accounts_show_is_nobody_known() {
    let others = ("id2 Lin Eze", "id3 Tove Lund");
    check(&[("id1 Lin Eze", "Lin Eze"), others], &[], ["jira:id1 Human", "lin eze Deleted"]);
    check(&[("Lin Eze", "id1 Lin Eze"), others], &[], ["lin eze Deleted", "jira:id1 Human"]);
}

#[test]
fn what_people_stated_goes_before_a_name() {
    let same = |one: &str, other: &str| Same { accounts: vec![one.to_owned(), other.to_owned()] };
    let apart = |account: &str| Apart { account: account.to_owned() };
    let pair = [("id1 Lin Eze", "Lin Eze")];
    check(&pair, &[apart("lin eze")], ["jira:id1 Human", "lin eze Human"]);
    check(&pair, &[apart("jira:id1")], ["jira:id1 Human", "lin eze Human"]);
    let with_login = [pair[0], ("leze", "Tove Lund")];
    check(&with_login, &[same("leze", "lin eze")], ["leze Human", "leze Human"]);
    check(&with_login, &[same("leze", "jira:id1")], ["leze Human", "leze Human"]);
    check(&pair, &[Kind { account: "jira:id1".to_owned(), kind: PersonKind::Bot }], ["jira:id1 Bot", "jira:id1 Bot"]);
    let twice = [("id1 Lin Eze", "Lin Eze"), ("id2 Lin Eze", "id3 Tove Lund")];
    check(&twice, &[same("jira:id1", "lin eze")], ["jira:id1 Human", "jira:id1 Human"]);
}

#[test]
fn a_name_that_only_another_tool_uses_is_joined_to_no_account() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "jira.json", change_ticket("CHM-1", "id1 Lin Eze", "id2 Tove Lund"));
    let mut change = crate::sample::change(1);
    change.author = Some(account("Lin Eze"));
    import(&mut ledger, "pulls.json", vec![Record::Change(Box::new(change))]);
    assert_eq!(ledger.identities().unwrap().person_of("lin eze"), "lin eze");
}
