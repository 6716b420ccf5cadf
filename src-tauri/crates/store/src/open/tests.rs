use super::*;
use crate::sample::{at, change, import, matchers, patterns, place, records};
use crate::{Arrival, StoreError};
use change_ledger_model::record::Record;

fn check_refused(path: &Path, sentence: &str) {
    for opened in [Ledger::open(path, Access::ReadOnly), Ledger::open(path, Access::ReadWrite)] {
        let error = opened.unwrap_err();
        assert!(error.to_string().contains(sentence), "{error}");
        assert!(error.hint().is_some(), "{error}");
    }
}

#[test]
fn what_is_no_ledger_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str, content: &[u8], sentence: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        check_refused(&path, sentence);
        assert_eq!(fs::read(&path).unwrap(), content, "{name}");
    };
    check("export.json", b"[{\"number\": 1}]", "it is no SQLite file");
    check("empty", b"", "the file is empty");
    check_refused(folder.path(), "it is a folder");
    check_refused(&folder.path().join("gone"), "there is no ledger at");
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE note (text)").unwrap();
    check_refused(&other, "a SQLite file of another program");
    assert!(matches!(Ledger::create_or_open(&other), Err(StoreError::NotALedger { .. })));
    assert!(matches!(Ledger::create_or_open(folder.path()), Err(StoreError::NotALedger { .. })));
    let mut noise = b"SQLite format 3\0".to_vec();
    noise.extend([0x5a; 4000]);
    fs::write(folder.path().join("noise.db"), &noise).unwrap();
    check_refused(&folder.path().join("noise.db"), "is not a ledger");
}

#[test]
fn a_newer_ledger_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    drop(Ledger::create_or_open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    check_refused(&path, "a newer version of this program");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_older_ledger_is_upgraded_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    // Format 0: nothing but the mark.
    Connection::open(&path).unwrap().pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    assert!(matches!(Ledger::open(&path, Access::ReadOnly), Err(StoreError::NeedsUpgrade { found: 0, .. })));
    let ledger = Ledger::open(&path, Access::ReadWrite).unwrap();
    assert!(ledger.verify(&mut |_| {}).unwrap().is_sound());
    let kept = Connection::open(folder.path().join("ledger.db.format-0.backup")).unwrap();
    let tables: i64 = kept.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
    assert_eq!(tables, 0);
}

#[test]
fn a_creation_that_was_interrupted_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sub/ledger.db");
    drop(Ledger::create_or_open(&path).unwrap());
    for name in ["blank.db", "nothing.db"] {
        let path = folder.path().join(name);
        let blank = Connection::open(&path).unwrap();
        if name == "blank.db" {
            blank.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).unwrap();
        }
        drop(blank);
        let ledger = Ledger::create_or_open(&path).unwrap();
        assert!(ledger.verify(&mut |_| {}).unwrap().is_sound(), "{name}");
    }
}

#[test]
fn every_setting_holds() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create_or_open(&folder.path().join("ledger.db")).unwrap();
    let check = |pragma: &str, expected: &str| {
        let value: rusqlite::types::Value =
            ledger.connection.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
        let value = match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(value, expected, "{pragma}");
    };
    check("journal_mode", "wal");
    check("synchronous", "1");
    check("foreign_keys", "1");
    check("trusted_schema", "0");
    check("page_size", "8192");
    check("application_id", &APPLICATION_ID.to_string());
    let loose: i64 = ledger
        .connection
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(loose, 0, "tables that are not STRICT");
    let quoted = ledger.connection.query_row("SELECT \"no such column\"", [], |row| row.get::<_, String>(0));
    assert!(quoted.is_err(), "double quotes must not make strings");
}

#[test]
fn a_reader_cannot_write_and_sees_new_versions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut writer = Ledger::create_or_open(&path).unwrap();
    let mut reader = Ledger::open(&path, Access::ReadOnly).unwrap();
    let before = reader.data_version().unwrap();
    import(&mut writer, "a.json", records([change(1)]));
    assert!(reader.data_version().unwrap() > before);
    assert!(matches!(reader.begin_import(at(0), &patterns()), Err(StoreError::ReadOnly)));
    assert!(matches!(reader.append_event(at(0), "report", None, &serde_json::Value::Null), Err(StoreError::ReadOnly)));
}

/// What a killed process leaves: the files as they are in the middle of an import.
#[test]
fn a_killed_import_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    import(&mut ledger, "a.json", records((1..=5).map(change)));
    killed_again_and_again(ledger, &path, "-wal", 5);
}

#[test]
fn a_killed_first_import_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    ledger.fill_alone().unwrap();
    assert!(ledger.is_alone);
    killed_again_and_again(ledger, &path, "-journal", 0);
}

/// Copies a ledger and its journal in the midst of an import, as a power cut would leave them.
fn killed_again_and_again(mut ledger: Ledger, path: &Path, journal: &str, changes_before: u64) {
    // A small cache makes the import spill onto the disk long before its end.
    ledger.connection.pragma_update(None, "cache_size", 10).unwrap();
    let size_before = fs::metadata(path).unwrap().len();
    let mut running = ledger.begin_import(at(0), &patterns()).unwrap();
    let mut spilled = false;
    for n in 6..2_000_u32 {
        let arrival = Arrival::new(Record::Change(Box::new(change(n))), &matchers());
        running.row(&place("b.json", n as usize), &[arrival]).unwrap();
        if n % 400 == 0 {
            let copy = path.with_file_name(format!("killed-{n}.db"));
            fs::copy(path, &copy).unwrap();
            let journalled = fs::copy(beside(path, journal), beside(&copy, journal)).unwrap();
            spilled |= journalled + fs::metadata(&copy).unwrap().len() > size_before + 100_000;
            // Also who only reads must not see half an import.
            let found = Ledger::open(&copy, Access::ReadOnly).unwrap();
            assert_eq!(found.counts().unwrap().records.changes, changes_before, "killed at {n}");
            drop(found);
            let found = Ledger::open(&copy, Access::ReadWrite).unwrap();
            assert!(found.verify(&mut |_| {}).unwrap().is_sound(), "killed at {n}");
            assert_eq!(found.counts().unwrap().records.changes, changes_before, "killed at {n}");
        }
    }
    assert!(spilled, "the import never reached the disk");
}

#[test]
fn only_an_empty_ledger_that_nobody_else_has_open_is_filled_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    let reader = Ledger::open(&path, Access::ReadOnly).unwrap();
    ledger.fill_alone().unwrap();
    assert!(!ledger.is_alone, "somebody reads");
    drop(reader);
    ledger.fill_alone().unwrap();
    assert!(ledger.is_alone);
    import(&mut ledger, "a.json", records((1..=5).map(change)));
    drop(ledger);
    let mut ledger = Ledger::open(&path, Access::ReadWrite).unwrap();
    let journal: String = ledger.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(journal, "wal", "shared again once it was closed");
    ledger.fill_alone().unwrap();
    assert!(!ledger.is_alone, "it holds something");
}

#[test]
fn a_ledger_on_a_read_only_disk_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("100% of #1?.db");
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    import(&mut ledger, "a.json", records([change(1)]));
    drop(ledger);
    let connection = recognised(connect_on_read_only_disk(&path).unwrap(), &path).unwrap();
    let changes: i64 = connection.query_row("SELECT count(*) FROM change", [], |row| row.get(0)).unwrap();
    assert_eq!(changes, 1);
}
