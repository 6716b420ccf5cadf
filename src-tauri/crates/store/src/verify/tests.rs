use super::{Checked, VerifyReport};
use crate::{
    Access, Ledger,
    sample::{at, change, import, incident, records, ticket},
};
use change_ledger_model::{attestation::AttestationKind, record::Record};
use rusqlite::{Connection, config::DbConfig};
use std::path::Path;

fn fill(ledger: &mut Ledger) {
    let urgent = |number| {
        let mut change = change(number);
        change.title = format!("Hotfix, part {number}");
        change
    };
    import(ledger, "pulls.json", records((1..=40).map(urgent)));
    let others = vec![Record::Ticket(Box::new(ticket("PLAT-1"))), Record::Incident(Box::new(incident("Q1ZK8M0", 482)))];
    import(ledger, "others.json", others);
}

fn ledger_at(path: &Path) {
    let mut ledger = Ledger::create_or_open(path).unwrap();
    fill(&mut ledger);
    ledger.append_event(at(0), "report", Some("Mara \"Ko\"\n"), &serde_json::json!({"quarter": "2026-Q3"})).unwrap();
    ledger.attest(at(0), crate::sample::attestation(AttestationKind::Review, at(0))).unwrap();
}

fn verify(path: &Path) -> VerifyReport {
    Ledger::open(path, Access::ReadOnly).unwrap().verify(&mut |_| {}).unwrap()
}

/// Changes a ledger as somebody with another SQLite tool would.
fn tamper(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn a_sound_ledger_has_no_findings() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_at(&path);
    let mut last = None;
    let ledger = Ledger::open(&path, Access::ReadOnly).unwrap();
    let report = ledger.verify(&mut |progress| last = Some(progress)).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!((report.events, report.files, report.revisions), (4, 2, 42));
    assert_eq!(report.head, ledger.chain_head().unwrap());
    assert_eq!(last.map(|progress| (progress.bytes, progress.bytes_in_all)), Some((report.bytes, report.bytes)));
}

fn unlock(table: &str) -> String {
    format!("DROP TRIGGER {table}_is_final_update; DROP TRIGGER {table}_is_final_delete;")
}

#[test]
fn damage_is_found_where_it_is() {
    let check = |sql: &str, expected: &[(Checked, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        ledger_at(&path);
        tamper(&path, sql);
        let report = verify(&path);
        for (what, place) in expected {
            let found = report.findings.iter().any(|finding| finding.what == *what && finding.place == *place);
            assert!(found, "{sql}: {what:?} {place} in {:?}", report.findings);
        }
    };
    let event = unlock("event");
    check(&event, &[(Checked::Schema, "trigger event_is_final_update")]);
    check(&format!("{event} UPDATE event SET payload = replace(payload, 'Q3', 'Q2')"), &[(Checked::Event, "3")]);
    check(&format!("{event} UPDATE event SET actor = 'Tove' WHERE seq = 3"), &[(Checked::Event, "3")]);
    check(&format!("{event} DELETE FROM event WHERE seq = 2"), &[(Checked::Event, "3"), (Checked::Import, "2")]);
    let chunk = unlock("artifact_chunk");
    check(
        &format!(
            "{chunk} UPDATE artifact_chunk SET zstd = (SELECT zstd FROM artifact_chunk WHERE artifact = 1 AND seq = 0) WHERE artifact = 1 AND seq = 1"
        ),
        &[(Checked::File, "pulls.json")],
    );
    check(
        &format!("{chunk} UPDATE artifact_chunk SET zstd = x'00' WHERE artifact = 2 AND seq = 0"),
        &[(Checked::File, "others.json")],
    );
    check(
        &format!("{chunk} DELETE FROM artifact_chunk WHERE artifact = 1 AND seq = 3"),
        &[(Checked::File, "pulls.json")],
    );
    let revision = unlock("revision");
    check(&format!("{revision} UPDATE revision SET offset = 1000000 WHERE id = 7"), &[(Checked::Revision, "7")]);
    check(&format!("{revision} DELETE FROM revision WHERE id = 7"), &[(Checked::Revision, "7")]);
    // The last version of a record, with the record made to say what the version before said.
    check(
        &format!("{revision} DELETE FROM revision WHERE id = 42; DELETE FROM incident; DELETE FROM incident_name"),
        &[(Checked::Import, "2")],
    );
    check(&format!("{revision} UPDATE revision SET as_of = 0 WHERE id = 7"), &[(Checked::Import, "1")]);
    let import = unlock("import");
    check(&format!("{import} UPDATE import SET reading = '1' WHERE id = 1"), &[(Checked::Import, "1")]);
    check("DELETE FROM change WHERE key = 7", &[(Checked::Revision, "7")]);
    check("DELETE FROM person WHERE id = 1", &[(Checked::Database, "change")]);
    check("CREATE TABLE notes (text)", &[(Checked::Schema, "table notes")]);
    check("DELETE FROM ledger", &[(Checked::Database, "ledger")]);
    check("UPDATE ledger SET data_version = 0", &[(Checked::Database, "ledger")]);
    check("UPDATE ledger SET searchable_to = 1000", &[(Checked::Database, "ledger")]);
    check("DROP INDEX ticket_by_name", &[(Checked::Schema, "index ticket_by_name")]);
}

#[test]
fn a_page_of_noise_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_at(&path);
    let mut bytes = std::fs::read(&path).unwrap();
    // The first page says what the file is; any later one may be hit.
    let from = bytes.len() / 2 / 8192 * 8192;
    bytes[from..from + 8192].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    assert!(!verify(&path).is_sound());
}

#[test]
fn nothing_final_can_be_changed_through_a_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    ledger_at(&path);
    let ledger = Ledger::create_or_open(&path).unwrap();
    for table in ["event", "artifact", "artifact_chunk", "import", "revision", "attestation"] {
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET rowid = rowid + 100")] {
            let error = ledger.connection.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("are never"), "{sql}: {error}");
        }
    }
    assert!(verify(&path).is_sound());
}

#[test]
fn what_the_files_do_not_say_is_found_and_named() {
    let check = |sql: &str, expected: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        ledger_at(&path);
        tamper(&path, sql);
        let mut replayed = Ledger::scratch().unwrap();
        fill(&mut replayed);
        let findings = Ledger::open(&path, Access::ReadOnly).unwrap().differences(&replayed).unwrap();
        let found: Vec<_> = findings.iter().map(|finding| (finding.place.as_str(), finding.problem.as_str())).collect();
        assert_eq!(found, expected, "{sql}");
    };
    let differs = |fields: &str| format!("The imported files say something else ({fields}).");
    check("SELECT 1", &[]);
    check("UPDATE review SET verdict = 1 WHERE change = 7", &[("review of github:acme/pay#7", &differs("verdict"))]);
    check(
        "UPDATE change SET title = 'x', implemented_at = 0 WHERE key = 7",
        &[("github:acme/pay#7", &differs("implemented_at, title"))],
    );
    check("UPDATE ticket SET reason = 'x'", &[("jira:PLAT-1", &differs("reason"))]);
    check("UPDATE incident SET opened_at = 0", &[("pagerduty:Q1ZK8M0", &differs("opened_at"))]);
    check("UPDATE incident SET ended = 0", &[("pagerduty:Q1ZK8M0", &differs("ended"))]);
    check("UPDATE incident SET ended = NULL", &[("pagerduty:Q1ZK8M0", &differs("ended"))]);
    // Imported before ledgers knew it.
    let of_then = format!("{} UPDATE event SET payload = json_remove(payload, '$.format');", unlock("event"));
    check(&format!("{of_then} UPDATE incident SET ended = NULL"), &[]);
    check(&format!("{of_then} UPDATE incident SET ended = 0"), &[("pagerduty:Q1ZK8M0", &differs("ended"))]);
    check("UPDATE person SET kind = 1 WHERE handle = 'tove'", &[("person of tove", &differs("kind"))]);
    check(
        "DELETE FROM commit_author WHERE change = 7",
        &[("commit author of github:acme/pay#7", "It is missing, though an imported file says it.")],
    );
    check(
        "INSERT INTO incident_name VALUES ('INC-1', 42)",
        &[("name of incident of pagerduty:Q1ZK8M0", "No imported file says so.")],
    );
    check(
        "INSERT INTO mention VALUES (0, 7, 0, 0, 0, 'INC-482', NULL)",
        &[("mention of github:acme/pay#7", "No imported file says so.")],
    );
    // To say that nobody looked for the words yet hides neither invented ones nor those missing before that place.
    let missing = "It is missing, though an imported file says it.";
    for matched_to in ["NULL", "0", "10"] {
        let invent =
            "INSERT INTO text_hit SELECT 0, 7, 9, pattern_set, part, signal, at, 'x' FROM text_hit WHERE owner = 7";
        check(
            &format!("{invent} LIMIT 1; UPDATE pattern_set SET matched_to = {matched_to}"),
            &[("found words of github:acme/pay#7", "No imported file says so.")],
        );
    }
    check(
        "DELETE FROM text_hit WHERE owner < 3; UPDATE pattern_set SET matched_to = 2",
        &[("found words of github:acme/pay#1", missing), ("found words of github:acme/pay#2", missing)],
    );
    check("DELETE FROM text_hit WHERE owner > 2; UPDATE pattern_set SET matched_to = 2", &[]);
}
