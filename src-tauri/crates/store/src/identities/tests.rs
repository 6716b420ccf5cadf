use super::*;
use crate::sample::{at, change, import, make_of_format, person, records, review, ticket};
use change_ledger_model::{
    columns::LedgerColumns,
    person::{Person, PersonKind},
    policy::PolicyHistory,
    record::{Record, ReviewCoverage, Verdict},
};

fn same(accounts: &[&str]) -> IdentityStatement {
    IdentityStatement::Same { accounts: accounts.iter().map(|account| (*account).to_owned()).collect() }
}

fn apart(account: &str) -> IdentityStatement {
    IdentityStatement::Apart { account: account.to_owned() }
}

fn kind(account: &str, kind: PersonKind) -> IdentityStatement {
    IdentityStatement::Kind { account: account.to_owned(), kind }
}

fn state(ledger: &mut Ledger, statement: IdentityStatement) -> Event {
    ledger.state_people(at(0), "Tove Lund", "Asked them.", statement).unwrap()
}

fn columns(ledger: &Ledger) -> LedgerColumns {
    ledger.columns(&PolicyHistory::initial().unwrap()).unwrap()
}

/// Author, merger, commit authors and reviewers of the first change, each with a letter for its kind.
fn who(columns: &LedgerColumns) -> Vec<String> {
    let changes = &columns.changes;
    let people = changes.author.first().into_iter().chain(changes.merged_by.first()).flatten();
    let committed = columns.commit_authors.iter().filter(|(change, _)| *change == 0).map(|(_, person)| person);
    let people = people.chain(committed).chain(&columns.reviews.reviewer);
    people
        .map(|at| {
            let (handle, kind) = &columns.people[*at as usize];
            format!("{handle} {kind:?}")
        })
        .collect()
}

#[test]
fn one_account_per_person_is_judged_and_undone_as_stated() {
    let check = |statements: &[IdentityStatement], expected: [&str; 4]| {
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", records([change(1)]));
        statements.iter().for_each(|statement| drop(state(&mut ledger, statement.clone())));
        assert_eq!(who(&columns(&ledger)), expected, "{statements:?}");
    };
    let imported = ["mara-ko Human", "tove Human", "ilse Human", "tove Human"];
    check(&[], imported);
    check(&[same(&["tove", "mara-ko"])], ["tove Human", "tove Human", "ilse Human", "tove Human"]);
    check(&[same(&["mara-ko", "tove", "ilse"])], ["mara-ko Human", "mara-ko Human", "mara-ko Human", "mara-ko Human"]);
    check(&[same(&["tove", "mara-ko"]), apart("mara-ko")], imported);
    check(&[kind("tove", PersonKind::Bot)], ["mara-ko Human", "tove Bot", "ilse Human", "tove Bot"]);
    // Nobody has imported who the person goes by.
    check(&[same(&["mara@example.com", "tove", "ilse"])], ["mara-ko Human", "tove Human", "tove Human", "tove Human"]);
}

#[test]
fn a_bare_slug_is_a_bot_unless_somebody_states_who_it_is() {
    let check = |statement: Option<IdentityStatement>, expected: &str| {
        let mut by_slug = change(1);
        by_slug.commit_authors.clear();
        by_slug.reviews = vec![review(1, "deployer", Verdict::Approved, 30)];
        let mut by_bot = change(2);
        by_bot.author = Some(Person::named("deployer[bot]", None, true));
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", records([by_slug, by_bot]));
        statement.into_iter().for_each(|statement| drop(state(&mut ledger, statement)));
        assert_eq!(who(&columns(&ledger))[2], expected);
    };
    check(None, "deployer[bot] Bot");
    check(Some(kind("deployer", PersonKind::Human)), "deployer Human");
    check(Some(apart("deployer")), "deployer Human");
    check(Some(kind("deployer[bot]", PersonKind::Human)), "deployer[bot] Human");
    check(Some(same(&["robot[bot]", "deployer[bot]"])), "deployer[bot] Bot");
}

#[test]
fn a_dated_approval_by_one_account_is_that_without_a_date_by_another() {
    let mut listed = change(1);
    listed.reviews.push(review(1, "Tove Lund", Verdict::Approved, 30));
    listed.reviews[1].submitted_at = None;
    listed.review_coverage = ReviewCoverage::Complete;
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", records([listed]));
    assert_eq!(columns(&ledger).reviews.submitted_at, [Some(at(30).millis()), None]);
    state(&mut ledger, same(&["tove", "tove lund"]));
    assert_eq!(columns(&ledger).reviews.submitted_at, [Some(at(30).millis())]);
}

#[test]
fn details_name_the_account_and_compare_the_person() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut withdrawn = change(1);
    withdrawn.reviews.push(review(1, "ilse", Verdict::Withdrawn, 40));
    import(&mut ledger, "a.json", records([withdrawn]));
    let key = ledger.change_keys().unwrap()[0];
    assert_eq!(ledger.change_detail(key).unwrap().reviews[0].dismissal, None);
    state(&mut ledger, same(&["tove", "ilse"]));
    state(&mut ledger, same(&["mara", "mara-ko"]));
    let detail = ledger.change_detail(key).unwrap();
    let label = |person: &Person| (person.handle.clone(), person.label().to_owned());
    let expected = |handle: &str, label: &str| (handle.to_owned(), label.to_owned());
    assert_eq!(label(&detail.reviews[0].reviewer), expected("tove", "tove"));
    assert_eq!(label(&detail.reviews[1].reviewer), expected("tove", "ilse (account of tove)"));
    assert_eq!(detail.row.author.as_ref().map(label), Some(expected("mara", "mara-ko (account of mara)")));
    assert_eq!(detail.reviews[0].dismissal.unwrap().stood_until, at(40));
}

#[test]
fn statements_are_kept_with_who_when_and_why_and_outlast_imports() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", records([change(1)]));
    let before = ledger.data_version().unwrap();
    let event = state(&mut ledger, same(&["tove", "mara-ko"]));
    assert!(ledger.data_version().unwrap() > before);
    import(&mut ledger, "b.json", records([change(2)]));
    assert_eq!(ledger.identities().unwrap().person_of("mara-ko"), "tove");
    assert_eq!(columns(&ledger).changes.author, columns(&ledger).changes.merged_by);
    let stated = PeopleStatement {
        event: event.seq,
        at: at(0),
        by: Some("Tove Lund".to_owned()),
        reason: "Asked them.".to_owned(),
        statement: same(&["tove", "mara-ko"]),
    };
    assert_eq!(ledger.people_statements().unwrap(), [stated]);
}

#[test]
fn one_person_is_known_by_every_account_whichever_was_stated_first() {
    let check = |statements: &[IdentityStatement], expected: &[&[&str]]| {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut by_tove = change(1);
        by_tove.author = Some(Person::named("tove", Some("Tove Lund"), false));
        let mut by_kim = change(2);
        by_kim.author = Some(Person::named("kim", Some("Tove"), false));
        import(&mut ledger, "a.json", records([by_tove, by_kim]));
        statements.iter().for_each(|statement| drop(state(&mut ledger, statement.clone())));
        let found = columns(&ledger).names_of_people;
        assert!(expected.iter().all(|names| found.contains(&names.iter().map(|name| (*name).to_owned()).collect())));
        // Kim only shows what is another's handle.
        assert!(!found.iter().any(|names| names.contains(&"kim".to_owned()) && names.contains(&"Tove".to_owned())));
    };
    check(&[], &[&["Tove Lund", "tove"]]);
    check(&[same(&["tove", "t.lund"])], &[&["Tove Lund", "t.lund", "tove"]]);
    check(&[same(&["t.lund", "tove"])], &[&["Tove Lund", "t.lund", "tove"]]);
    check(&[same(&["t.lund", "tove"]), apart("tove")], &[&["Tove Lund", "tove"]]);
}

#[test]
fn every_account_is_listed_with_what_it_did() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", records([change(1), change(2)]));
    import(&mut ledger, "b.json", vec![Record::Ticket(Box::new(ticket("PLAT-1")))]);
    let of = |sources: &[&str], login: &str, records: AccountRecords| KnownAccount {
        person: person(login),
        sources: sources.iter().map(|source| (*source).to_owned()).collect(),
        records,
    };
    let none = AccountRecords::default();
    let expected = [
        of(&["github", "jira"], "ilse", AccountRecords { committed: 2, other: 1, ..none }),
        of(&["github"], "mara-ko", AccountRecords { opened: 2, ..none }),
        of(&["github"], "tove", AccountRecords { merged: 2, reviewed: 2, ..none }),
    ];
    assert_eq!(ledger.accounts().unwrap(), expected);
    assert_eq!(expected[2].records.total(), 4);
}

#[test]
fn a_ledger_of_the_format_before_opens_keeps_its_data_and_leaves_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    {
        let mut ledger = Ledger::create_or_open(&path).unwrap();
        import(&mut ledger, "a.json", records([change(1)]));
        make_of_format(&ledger, 3);
    }
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    state(&mut ledger, same(&["tove", "mara-ko"]));
    assert_eq!(who(&columns(&ledger)), ["tove Human", "tove Human", "ilse Human", "tove Human"]);
    assert!(ledger.verify(&mut |_| {}).unwrap().is_sound());
    assert!(folder.path().join("ledger.db.format-3.backup").exists());
}
