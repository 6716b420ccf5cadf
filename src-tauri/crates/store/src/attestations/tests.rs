use super::*;
use crate::{
    Access, Checked,
    sample::{at, attestation, change, import, incident, records, ticket},
};
use AttestationKind::{Confirm, Dismiss, Exempt, Incident, Justification};
use change_ledger_model::{
    columns::AttestationRow, identity::IdentityStatement, policy::PolicyHistory, record::Record,
};
use proptest::prelude::*;

fn names(incidents: &[&str]) -> NewAttestation {
    let incidents = incidents.iter().map(|name| (*name).to_owned()).collect();
    NewAttestation { incidents, ..attestation(Incident, at(0)) }
}

fn rows(ledger: &Ledger) -> Vec<AttestationRow> {
    ledger.columns(&PolicyHistory::initial().unwrap()).unwrap().attestations
}

#[test]
fn attestations_are_kept_with_who_when_and_why_and_outlast_imports() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", records([change(1), change(2)]));
    let before = ledger.data_version().unwrap();
    let stated = ledger.attest(at(50), attestation(Justification, at(40))).unwrap();
    assert!(ledger.data_version().unwrap() > before);
    assert_eq!((stated.event, stated.stated_at, stated.what.at), (2, at(50), at(40)));
    import(&mut ledger, "b.json", records([change(3)]));
    let other = NewAttestation { change: "github:acme/pay#2".to_owned(), ..attestation(Exempt, at(60)) };
    let other = ledger.attest(at(60), other).unwrap();
    assert_eq!(ledger.attestations(Some("github:acme/pay#1")).unwrap(), std::slice::from_ref(&stated));
    assert_eq!(ledger.attestations(None).unwrap(), [stated.clone(), other.clone()]);
    assert_eq!(super::stated(&ledger.connection).unwrap(), [stated, other]);
    let placed: Vec<_> = rows(&ledger).iter().map(|row| (row.change, row.what.kind)).collect();
    assert_eq!(placed, [(0, Justification), (1, Exempt)]);
}

#[test]
fn a_change_that_is_not_there_keeps_what_was_attested() {
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.attest(at(0), attestation(Confirm, at(0))).unwrap();
    assert_eq!(rows(&ledger), []);
    import(&mut ledger, "a.json", records([change(1)]));
    assert_eq!(rows(&ledger).len(), 1);
}

#[test]
fn whoever_states_it_is_known_by_every_name_of_their_person() {
    let mut ledger = Ledger::in_memory().unwrap();
    let by = |name: &str| NewAttestation { by: name.to_owned(), ..attestation(Exempt, at(0)) };
    import(&mut ledger, "a.json", records([change(1)]));
    for name in ["@Mara-Ko", "Nobody Known", "mara-ko and ilse"] {
        ledger.attest(at(0), by(name)).unwrap();
    }
    let stated = |ledger: &Ledger| -> Vec<(Vec<String>, Vec<String>)> {
        let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
        let handle = |person: &u32| columns.people[*person as usize].0.clone();
        let rows = columns.attestations.iter();
        rows.map(|row| (row.names.clone(), row.people.iter().map(handle).collect())).collect()
    };
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let found = stated(&ledger);
    assert_eq!(found[0].1, owned(&["mara-ko"]));
    assert_eq!((found[0].0[0].as_str(), found[0].0.contains(&"mara-ko".to_owned())), ("@Mara-Ko", true));
    assert_eq!(found[1], (owned(&["Nobody Known"]), Vec::new()));
    let mut both = found[2].1.clone();
    both.sort_unstable();
    assert_eq!((&found[2].0, both), (&owned(&["mara-ko and ilse"]), owned(&["ilse", "mara-ko"])));

    let accounts = owned(&["mara-ko", "ilse"]);
    ledger.state_people(at(1), "Jon", "One badge.", IdentityStatement::Same { accounts }).unwrap();
    assert_eq!(stated(&ledger)[2].1, owned(&["mara-ko"]));
}

#[test]
fn what_is_about_a_moment_after_it_was_stated_is_found() {
    let check = |about: i64, expected: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create_or_open(&folder.path().join("ledger.db")).unwrap();
        ledger.attest(at(5), attestation(Exempt, at(about))).unwrap();
        let findings = ledger.verify(&mut |_| {}).unwrap().findings;
        assert_eq!(findings.iter().map(|finding| finding.problem.as_str()).collect::<Vec<_>>(), expected);
    };
    check(5, &[]);
    check(6, &["It is about a moment after it was stated."]);
}

#[test]
fn incidents_are_found_by_any_name_whenever_they_were_imported() {
    let check = |named: &[&str], expected: &[Option<u32>]| {
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", records([change(1)]));
        ledger.attest(at(0), names(named)).unwrap();
        assert_eq!(rows(&ledger)[0].incidents, named.iter().map(|_| None).collect::<Vec<_>>(), "{named:?}");
        let others = vec![
            Record::Incident(Box::new(incident("Q1ZK8M0", 482))),
            Record::Incident(Box::new(incident("Q2ZK8M0", 483))),
            Record::Ticket(Box::new(ticket("PLAT-1"))),
        ];
        import(&mut ledger, "b.json", others);
        assert_eq!(rows(&ledger)[0].incidents, expected, "{named:?}");
    };
    check(&["INC-483"], &[Some(1)]);
    check(&["inc-482"], &[Some(0)]);
    check(&["pagerduty:Q2ZK8M0"], &[Some(1)]);
    check(&["INC-482", "INC-9"], &[Some(0), None]);
    check(&["PLAT-1"], &[None]);
}

#[test]
fn a_ledger_of_the_format_before_opens_keeps_its_data_and_leaves_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    {
        let mut ledger = Ledger::create_or_open(&path).unwrap();
        import(&mut ledger, "a.json", records([change(1)]));
        crate::sample::make_of_format(&ledger, 5);
    }
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    ledger.attest(at(0), attestation(Dismiss, at(0))).unwrap();
    assert_eq!(rows(&ledger).len(), 1);
    assert!(ledger.verify(&mut |_| {}).unwrap().is_sound());
    assert!(folder.path().join("ledger.db.format-5.backup").exists());
}

#[test]
fn what_was_not_attested_is_found() {
    let check = |sql: &str, expected: &[(Checked, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let mut ledger = Ledger::create_or_open(&path).unwrap();
        import(&mut ledger, "a.json", records([change(1)]));
        ledger.attest(at(0), names(&["INC-9"])).unwrap();
        // The schema is put back, so that only what was attested is another.
        let schema = include_str!("../migration/006.sql");
        let triggers = schema.split_once("CREATE TRIGGER").map(|(_, triggers)| format!("CREATE TRIGGER{triggers}"));
        let unlocked = "DROP TRIGGER attestation_is_final_update; DROP TRIGGER attestation_is_final_delete;";
        ledger.connection.execute_batch(&format!("{unlocked} {sql}; {}", triggers.unwrap())).unwrap();
        let findings = Ledger::open(&path, Access::ReadOnly).unwrap().verify(&mut |_| {}).unwrap().findings;
        let found: Vec<_> = findings.iter().map(|finding| (finding.what, finding.place.as_str())).collect();
        assert_eq!(found, expected, "{sql}");
    };
    let second = [(Checked::Attestation, "2")];
    check("SELECT 1", &[]);
    check("UPDATE attestation SET kind = 6", &second);
    check("UPDATE attestation SET at = at - 1", &second);
    check("UPDATE attestation SET withdraws = 1", &second);
    check("UPDATE attestation SET change = 'github:acme/pay#2'", &second);
    check("UPDATE attestation SET incidents = '[]'", &second);
    check("UPDATE attestation SET reason = 'None.'", &second);
    check("DELETE FROM attestation", &second);
    check(
        "INSERT INTO attestation VALUES (1, 'github:acme/pay#1', 6, 0, 0, '[]', 'Never stated.')",
        &[(Checked::Attestation, "1")],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn stating_more_changes_nothing_that_was_stated(
        kinds in proptest::collection::vec((0..7_u8, any::<bool>(), -100..100_i64), 1..12),
    ) {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut before = Vec::new();
        for (code, withdraws, minutes) in kinds {
            let kind = AttestationKind::from_code(code).unwrap();
            let new = attestation(kind, at(minutes));
            let new = NewAttestation { what: Attested { withdraws, ..new.what }, ..new };
            ledger.attest(at(200), new).unwrap();
            let after = ledger.attestations(None).unwrap();
            prop_assert_eq!(&after[..before.len()], &before[..]);
            prop_assert_eq!(after.len(), before.len() + 1);
            before = after;
        }
        let verified = ledger.verify(&mut |_| {}).unwrap();
        prop_assert_eq!(verified.findings, []);
    }
}
