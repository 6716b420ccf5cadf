//! Supporting records in a ledger: merged, counted, found, verified.

use crate::{
    Ledger, RowOutcome,
    sample::{at, change, import, make_of_format, mention, person, records},
};
use change_ledger_model::{
    Timestamp,
    record::{
        Alert, AlertSeverity, AlertState, Bypass, Check, CheckKind, CheckOutcome, CodeCommit, Deployment,
        DeploymentState, Enforcement, Findings, FoundIn, MentionKind, Message, Record, Setting,
    },
};

const COMMIT: &str = "2f1c9ab04de8f3b2a1c0d9e8f7061524a3b4c5d6";

fn deployment() -> Deployment {
    Deployment {
        id: "github:acme/pay/deployments/81".to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        environment: Some("production".to_owned()),
        is_production: Some(true),
        commit: Some(COMMIT.to_owned()),
        version: Some("v1.4".to_owned()),
        state: None,
        deployed_by: Some(person("tove")),
        started_at: Some(at(10)),
        deployed_at: None,
        finished_at: None,
        updated_at: Some(at(300)),
        url: None,
        is_status: false,
    }
}

fn status(state: DeploymentState, minutes: i64) -> Deployment {
    let at = Some(at(minutes));
    Deployment {
        is_production: None,
        commit: None,
        version: None,
        state: Some(state),
        deployed_by: None,
        started_at: None,
        deployed_at: at.filter(|_| state == DeploymentState::Succeeded),
        finished_at: at.filter(|_| state != DeploymentState::Replaced),
        updated_at: at,
        is_status: true,
        ..deployment()
    }
}

fn bypass() -> Bypass {
    Bypass {
        id: "github-audit:a1".to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        branch: Some("main".to_owned()),
        actor: Some(person("mara-ko")),
        at: Some(at(60)),
        change: Some("github:acme/pay#1".to_owned()),
        commit_before: None,
        commit_after: Some(COMMIT.to_owned()),
        rules: Some(vec!["review_policy_not_satisfied".to_owned()]),
        skipped_review: Some(true),
        url: None,
    }
}

fn check() -> Check {
    Check {
        id: "github:acme/pay/runs/7".to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        name: "tests".to_owned(),
        kind: CheckKind::Run,
        commit: Some(COMMIT.to_owned()),
        branch: None,
        trigger: Some("push".to_owned()),
        outcome: Some(CheckOutcome::Passed),
        attempt: Some(1),
        actor: None,
        started_at: Some(at(20)),
        finished_at: Some(at(25)),
        updated_at: Some(at(25)),
        findings: Some(Findings { high: 2, ..Findings::default() }),
        url: None,
    }
}

fn alert() -> Alert {
    Alert {
        id: "github:acme/pay/alerts/4".to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        title: "Prototype pollution".to_owned(),
        package: Some("merge-deep".to_owned()),
        path: None,
        severity: Some(AlertSeverity::High),
        score_tenths: Some(75),
        state: Some(AlertState::Open),
        opened_at: Some(at(0)),
        published_at: None,
        fixed_at: None,
        dismissed_at: None,
        dismissed_by: None,
        dismissed_reason: None,
        updated_at: Some(at(0)),
        url: None,
        mentions: vec![mention(MentionKind::Advisory, "CVE-2026-1234", FoundIn::LinkField)],
    }
}

fn message() -> Message {
    Message {
        id: "slack:inc-482/1788399731.220019".to_owned(),
        source: "slack".to_owned(),
        channel: Some("inc-482".to_owned()),
        thread: None,
        author: Some(person("u07a")),
        at: Some(at(50)),
        edited_at: None,
        text: "approved".to_owned(),
        reactions: Vec::new(),
        mentions: vec![mention(MentionKind::Change, "acme/pay#1", FoundIn::Address)],
    }
}

fn setting() -> Setting {
    Setting {
        id: "github:acme/pay/branches/main".to_owned(),
        source: "github".to_owned(),
        repository: Some("acme/pay".to_owned()),
        name: "main".to_owned(),
        branches: Some(vec!["main".to_owned()]),
        enforcement: Some(Enforcement::Active),
        required_approvals: Some(1),
        code_owners: None,
        dismisses_stale: Some(true),
        last_push_approval: None,
        required_checks: Some(Vec::new()),
        binds_admins: Some(false),
        bypassers: None,
        force_push_allowed: Some(false),
        updated_at: None,
        url: None,
    }
}

fn commit() -> CodeCommit {
    CodeCommit {
        id: format!("github:acme/pay@{COMMIT}"),
        source: "github".to_owned(),
        repository: "acme/pay".to_owned(),
        sha: COMMIT.to_owned(),
        title: "Cap retries (#1)".to_owned(),
        body: None,
        author: Some(person("mara-ko")),
        committer: None,
        authored_at: None,
        committed_at: Some(at(60)),
        parents: Some(vec![COMMIT.to_owned()]),
        branch: None,
        change: None,
        is_direct_push: None,
        url: None,
        mentions: Vec::new(),
    }
}

fn one_of_each() -> Vec<Record> {
    vec![
        Record::Deployment(Box::new(deployment())),
        Record::Bypass(Box::new(bypass())),
        Record::Check(Box::new(check())),
        Record::Alert(Box::new(alert())),
        Record::Message(Box::new(message())),
        Record::Setting(Box::new(setting())),
        Record::Commit(Box::new(commit())),
    ]
}

#[test]
fn a_deployment_and_its_statuses_meet_in_every_order() {
    let rows = [
        deployment(),
        status(DeploymentState::Succeeded, 30),
        status(DeploymentState::Succeeded, 40),
        status(DeploymentState::Replaced, 300),
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1], [1, 0, 3, 2]] {
        let mut ledger = Ledger::in_memory().unwrap();
        for n in order {
            let row = Record::Deployment(Box::new(rows[n].clone()));
            import(&mut ledger, &format!("{n}.json"), vec![row]);
        }
        let sql = "SELECT state, started_at, deployed_at, hex(commit_id), is_production FROM deployment";
        let found = ledger.connection.query_row(sql, [], |row| {
            Ok((row.get::<_, u8>(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?, row.get::<_, bool>(4)?))
        });
        let millis = |minutes| Timestamp::millis(at(minutes));
        let expected = (DeploymentState::Replaced as u8, millis(10), millis(30), COMMIT.to_uppercase(), true);
        assert_eq!(found.unwrap(), expected, "{order:?}");
        assert_eq!(ledger.counts().unwrap().records.deployments, 1, "{order:?}");
    }
}

#[test]
fn every_kind_is_counted_found_and_verified() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (manifest, outcomes) = import(&mut ledger, "all.json", one_of_each());
    assert_eq!(outcomes, [RowOutcome::Accepted; 7]);
    let counts = manifest.records;
    let found = [counts.deployments, counts.bypasses, counts.checks, counts.alerts, counts.messages];
    assert_eq!((found, counts.settings, counts.commits, counts.links), ([1; 5], 1, 1, 2));
    let held = ledger.counts().unwrap().records;
    assert_eq!(held, counts);
    for (n, id) in ["github:acme/pay/deployments/81", "github-audit:a1", "github:acme/pay/runs/7"].iter().enumerate() {
        let key = ledger.record_named(id).unwrap().unwrap();
        assert_eq!(ledger.evidence_of(key).unwrap().bytes, format!("all.json {n:06}").into_bytes(), "{id}");
    }
    assert_eq!(ledger.record_named("github:acme/pay/deployments/82").unwrap(), None);
    let report = ledger.verify(&mut |_| {}).unwrap();
    assert_eq!((report.findings, report.revisions), (vec![], 7));
}

#[test]
fn the_same_again_changes_nothing_and_a_newer_row_its_own_part() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "all.json", one_of_each());
    assert_eq!(import(&mut ledger, "again.json", one_of_each()).1, [RowOutcome::Unchanged; 7]);
    let fixed = Alert {
        package: None,
        state: Some(AlertState::Fixed),
        fixed_at: Some(at(90)),
        updated_at: Some(at(90)),
        mentions: Vec::new(),
        ..alert()
    };
    let outcomes = import(&mut ledger, "fixed.json", vec![Record::Alert(Box::new(fixed))]).1;
    assert_eq!(outcomes, [RowOutcome::Updated]);
    let sql = "SELECT package, state, fixed_at FROM alert";
    let found: (String, u8, i64) =
        ledger.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    assert_eq!(found, ("merge-deep".to_owned(), AlertState::Fixed as u8, at(90).millis()));
    assert_eq!(ledger.counts().unwrap().records.links, 2);
    assert!(ledger.verify(&mut |_| {}).unwrap().is_sound());
}

#[test]
fn a_missing_supporting_record_is_found() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "all.json", one_of_each());
    ledger.connection.execute("DELETE FROM bypass", []).unwrap();
    let findings = ledger.verify(&mut |_| {}).unwrap().findings;
    assert_eq!(findings.iter().map(|found| found.place.as_str()).collect::<Vec<_>>(), ["2"], "{findings:?}");
}

#[test]
fn a_ledger_of_the_format_before_opens_keeps_its_data_and_leaves_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    {
        let mut ledger = Ledger::create_or_open(&path).unwrap();
        import(&mut ledger, "pulls.json", records((1..=3).map(change)));
        make_of_format(&ledger, 2);
    }
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    assert_eq!(ledger.counts().unwrap().records.changes, 3);
    assert_eq!(import(&mut ledger, "all.json", one_of_each()).1, [RowOutcome::Accepted; 7]);
    assert!(ledger.verify(&mut |_| {}).unwrap().is_sound());
    assert!(folder.path().join("ledger.db.format-2.backup").exists());
}
