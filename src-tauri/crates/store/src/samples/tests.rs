use crate::{
    Access, Checked, Ledger, StoreError,
    sample::{at, change, import, records},
};
use change_ledger_model::samples::{
    Answer, AnswerResult, Attribute, Drawn, Frozen, Item, Member, PopulationFilter, Removal, Stratum, StratumCount,
    StratumSize, fingerprint,
};
use rusqlite::{Connection, config::DbConfig};
use std::path::Path;

fn members() -> Vec<Member> {
    let member = |number: u32, stratum| Member { change: format!("github:acme/pay#{number}"), stratum };
    vec![member(1, Stratum::Emergency), member(2, Stratum::Routine), member(3, Stratum::Routine)]
}

fn frozen(name: &str) -> Frozen {
    let count = |stratum, changes| StratumCount { stratum, changes };
    Frozen {
        name: name.to_owned(),
        filter: PopulationFilter { quarter: "2026-Q2".to_owned(), repository: None, class: None },
        as_of: at(0),
        policies: Vec::new(),
        files: Vec::new(),
        undated: 0,
        changes: 3,
        strata: vec![count(Stratum::Emergency, 1), count(Stratum::Routine, 2)],
        sha256: fingerprint(&members()),
    }
}

fn item(number: u32, change: u32) -> Item {
    let kind = if change == 1 { Stratum::Emergency } else { Stratum::Routine };
    Item { number, change: format!("github:acme/pay#{change}"), stratum: kind, kind, order: "ab".repeat(32) }
}

fn drawn(population: i64) -> Drawn {
    let size = |stratum, changes| StratumSize { stratum, changes, asked: 1, drawn: 1 };
    let strata = vec![size(Stratum::Emergency, 1), size(Stratum::Routine, 2)];
    Drawn {
        population,
        seed: "seed".to_owned(),
        preset: None,
        policy: None,
        strata,
        items: vec![item(1, 1), item(2, 3)],
    }
}

fn answer(item: u32, result: AnswerResult) -> Answer {
    let (note, cause, response) = (Some("No review \"found\".".to_owned()), None, None);
    Answer { sample: 1, item, attribute: Attribute::C, result, note, cause, response, retest: None }
}

/// A population of three changes, of which two are drawn, one is replaced and one answered twice.
fn fill(ledger: &mut Ledger) {
    import(ledger, "a.json", records((1..=3).map(change)));
    let population = ledger.freeze_population(at(1), Some("Ilse Berg"), &frozen("2026-Q2"), &members()).unwrap();
    let sample = ledger.record_sample(at(2), None, &drawn(population)).unwrap();
    let removal = Removal { sample, item: 2, reason: "Reverted.".to_owned(), replacement: Some(item(3, 2)) };
    ledger.remove_item(at(3), Some("Ilse Berg"), &removal).unwrap();
    ledger.answer_item(at(4), Some("Ilse Berg"), &answer(1, AnswerResult::Deviation)).unwrap();
    ledger.answer_item(at(5), Some("Ilse Berg"), &answer(1, AnswerResult::Pass)).unwrap();
}

fn ledger_at(path: &Path) -> Ledger {
    let mut ledger = Ledger::create_or_open(path).unwrap();
    fill(&mut ledger);
    ledger
}

#[test]
fn a_ledger_of_the_format_before_opens_keeps_its_data_and_leaves_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    {
        let mut ledger = Ledger::create_or_open(&path).unwrap();
        import(&mut ledger, "a.json", records([change(7)]));
        crate::sample::make_of_format(&ledger, 6);
    }
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    assert_eq!((ledger.imports().unwrap().len(), ledger.populations().unwrap()), (1, Vec::new()));
    let number = ledger.freeze_population(at(1), None, &frozen("2026-Q2"), &members()).unwrap();
    assert_eq!((number, ledger.verify(&mut |_| {}).unwrap().findings), (1, Vec::new()));
    assert!(folder.path().join("ledger.db.format-6.backup").exists());
}

#[test]
fn what_is_recorded_is_read_again() {
    let mut ledger = Ledger::in_memory().unwrap();
    fill(&mut ledger);
    let populations = ledger.populations().unwrap();
    let [population] = populations.as_slice() else { panic!("{populations:?}") };
    assert_eq!((population.number, population.event, population.at), (1, 2, at(1)));
    assert_eq!((population.by.as_deref(), &population.what), (Some("Ilse Berg"), &frozen("2026-Q2")));
    assert_eq!(ledger.population_members(1).unwrap(), members());
    let samples = ledger.samples().unwrap();
    assert_eq!((samples[0].number, samples[0].by.as_deref(), &samples[0].what), (1, None, &drawn(1)));
    let removals = ledger.sample_removals(1).unwrap();
    assert_eq!(removals[0].what.replacement, Some(item(3, 2)));
    let answers: Vec<_> = ledger.sample_answers(1).unwrap().into_iter().map(|answer| answer.what).collect();
    assert_eq!(answers, [answer(1, AnswerResult::Deviation), answer(1, AnswerResult::Pass)]);
    assert_eq!(ledger.sample_answers(2).unwrap(), []);
    assert_eq!(ledger.verify(&mut |_| {}).unwrap().findings, []);
}

#[test]
fn a_later_import_moves_neither_population_nor_sample() {
    let mut ledger = Ledger::in_memory().unwrap();
    fill(&mut ledger);
    let before = (ledger.populations().unwrap(), ledger.population_members(1).unwrap(), ledger.samples().unwrap());
    import(&mut ledger, "b.json", records((3..=9).map(change)));
    assert_eq!(
        (ledger.populations().unwrap(), ledger.population_members(1).unwrap(), ledger.samples().unwrap()),
        before
    );
    assert_eq!(ledger.verify(&mut |_| {}).unwrap().findings, []);
}

#[test]
fn names_are_given_once_and_only_items_of_the_sample_can_be_answered() {
    let mut ledger = Ledger::in_memory().unwrap();
    fill(&mut ledger);
    let events = ledger.events(None).unwrap();
    let again = ledger.freeze_population(at(9), None, &frozen("2026-q2"), &members());
    assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    assert!(ledger.record_sample(at(9), None, &drawn(7)).is_err(), "there is no such population");
    assert!(ledger.answer_item(at(9), None, &answer(4, AnswerResult::Pass)).is_err(), "there is no such item");
    let twice = Removal { sample: 1, item: 2, reason: "Again.".to_owned(), replacement: None };
    assert!(ledger.remove_item(at(9), None, &twice).is_err(), "it was taken out before");
    assert_eq!(ledger.events(None).unwrap(), events, "what is refused leaves nothing");
}

#[test]
fn nothing_of_a_sample_can_be_changed_through_a_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger_at(&folder.path().join("ledger.db"));
    for (table, column) in [
        ("audit_population", "name"),
        ("audit_member", "stratum"),
        ("audit_sample", "population"),
        ("audit_item", "change"),
        ("audit_removal", "item"),
        ("audit_answer", "result"),
    ] {
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {column} = {column}")] {
            let error = ledger.connection.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("are never"), "{sql}: {error}");
        }
    }
}

#[test]
fn what_was_not_frozen_drawn_or_answered_is_found() {
    let check = |table: &str, sql: &str, places: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        drop(ledger_at(&path));
        let connection = Connection::open(&path).unwrap();
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let unlock = |end: &str| format!("DROP TRIGGER {table}_is_final_{end};");
        connection.execute_batch(&(unlock("update") + &unlock("delete") + sql)).unwrap();
        let report = Ledger::open(&path, Access::ReadOnly).unwrap().verify(&mut |_| {}).unwrap();
        let of_samples = report.findings.iter().filter(|finding| finding.what == Checked::Sample);
        let found: Vec<_> = of_samples.map(|finding| finding.place.as_str()).collect();
        assert_eq!(found, places, "{sql}");
    };
    check("audit_population", "UPDATE audit_population SET name = 'other'", &["P1"]);
    check("audit_member", "DELETE FROM audit_member WHERE change LIKE '%#3'", &["P1"]);
    check("audit_member", "UPDATE audit_member SET stratum = 3", &["P1"]);
    check("audit_member", "INSERT INTO audit_member VALUES (1, 'github:acme/pay#4', 2)", &["P1"]);
    check("audit_item", "UPDATE audit_item SET change = 'x' WHERE number = 3", &["S1"]);
    check("audit_item", "INSERT INTO audit_item VALUES (1, 4, 3, 'x', 2)", &["S1"]);
    check("audit_sample", "UPDATE audit_sample SET population = 2", &["S1"]);
    check("audit_removal", "UPDATE audit_removal SET item = 1", &["S1"]);
    check("audit_answer", "UPDATE audit_answer SET result = 0", &["S1/1"]);
    check("audit_answer", "DELETE FROM audit_answer WHERE result = 1", &["event 5"]);
    check("audit_answer", "INSERT INTO audit_answer VALUES (1, 1, 1, 2, 0)", &["of the ledger"]);
}
