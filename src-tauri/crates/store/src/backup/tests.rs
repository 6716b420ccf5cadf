use super::restore;
use crate::{
    Access, Arrival, Ledger, StoreError,
    sample::{at, change, import, matchers, patterns, place, records},
};
use change_ledger_model::record::Record;
use std::{fs, path::Path};

fn changes(path: &Path) -> u64 {
    Ledger::open(path, Access::ReadOnly).unwrap().counts().unwrap().records.changes
}

#[test]
fn a_backup_is_consistent_while_an_import_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("ledger.db"), folder.path().join("sub/copy.db"));
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    import(&mut ledger, "a.json", records((1..=5).map(change)));
    let reader = Ledger::open(&path, Access::ReadOnly).unwrap();
    let mut running = ledger.begin_import(at(0), &patterns()).unwrap();
    for n in 6..200 {
        let arrival = Arrival::new(Record::Change(Box::new(change(n))), &matchers());
        running.row(&place("b.json", n as usize), &[arrival]).unwrap();
    }
    reader.backup(&copy).unwrap();
    assert_eq!(changes(&copy), 5);
    assert!(Ledger::open(&copy, Access::ReadOnly).unwrap().verify(&mut |_| {}).unwrap().is_sound());
    assert!(matches!(reader.backup(&copy), Err(StoreError::Exists(_))));
}

#[test]
fn a_restored_ledger_keeps_the_one_before_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let mut ledger = Ledger::create_or_open(&file("ledger.db")).unwrap();
    import(&mut ledger, "a.json", records([change(1)]));
    ledger.backup(&file("copy.db")).unwrap();
    import(&mut ledger, "b.json", records([change(2)]));
    assert!(matches!(restore(&file("copy.db"), &file("ledger.db"), &mut |_| {}), Err(StoreError::Busy)));
    assert_eq!(changes(&file("ledger.db")), 2);
    drop(ledger);
    for kept in ["ledger.db.before-restore", "ledger.db.before-restore-2"] {
        let found = restore(&file("copy.db"), &file("ledger.db"), &mut |_| {}).unwrap();
        assert_eq!(found, Some(file(kept)));
    }
    assert_eq!((changes(&file("ledger.db")), changes(&file("ledger.db.before-restore"))), (1, 2));
    assert_eq!(restore(&file("copy.db"), &file("new.db"), &mut |_| {}).unwrap(), None);
    assert_eq!(changes(&file("new.db")), 1);
}

#[test]
fn only_a_sound_ledger_is_restored() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let mut ledger = Ledger::create_or_open(&file("ledger.db")).unwrap();
    import(&mut ledger, "a.json", records((1..=40).map(change)));
    ledger.backup(&file("copy.db")).unwrap();
    drop(ledger);
    let mut bytes = fs::read(file("copy.db")).unwrap();
    let middle = bytes.len() / 2 / 8192 * 8192;
    bytes[middle..middle + 8192].fill(0x5a);
    fs::write(file("copy.db"), bytes).unwrap();
    fs::write(file("text.db"), "not a ledger").unwrap();
    // Enough of the first page that it opens, and no page behind it.
    let whole = fs::read(file("ledger.db")).unwrap();
    fs::write(file("short.db"), &whole[..8192]).unwrap();
    let cases = [
        ("copy.db", "copy.db did not pass verification"),
        ("short.db", "short.db did not pass verification: it is damaged"),
        ("text.db", "text.db cannot be restored: it is no SQLite file"),
        ("gone.db", "gone.db cannot be restored: there is no such file"),
    ];
    for (from, problem) in cases {
        let error = restore(&file(from), &file("ledger.db"), &mut |_| {}).unwrap_err();
        assert!(error.to_string().contains(problem), "{from}: {error}");
        assert!(!error.to_string().contains("the ledger is damaged"), "{from}: {error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("the ledger stays as it was")), "{from}");
    }
    assert_eq!(changes(&file("ledger.db")), 40);
    assert!(!file("ledger.db.unfinished").exists());
}

#[test]
fn a_backup_is_exactly_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let copies = folder.path().join("copies");
    let mut ledger = Ledger::create_or_open(&folder.path().join("ledger.db")).unwrap();
    import(&mut ledger, "a.json", records([change(1)]));
    ledger.backup(&copies.join("copy.db")).unwrap();
    // Also after somebody looked at it.
    assert_eq!(changes(&copies.join("copy.db")), 1);
    let files: Vec<_> = fs::read_dir(&copies).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["copy.db"]);
}

#[test]
fn a_ledger_is_not_restored_from_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    drop(Ledger::create_or_open(&path).unwrap());
    let error = restore(&path, &folder.path().join("./ledger.db"), &mut |_| {}).unwrap_err();
    assert!(error.to_string().ends_with("ledger.db is the ledger itself, not a copy of it"), "{error}");
    assert!(matches!(error, StoreError::SameFile(_)) && error.hint().is_some());
}
