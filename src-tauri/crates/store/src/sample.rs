//! Invented records and a small import, for tests.

use crate::{Arrival, ImportHeader, Ledger, NewAttestation, RowOutcome, hexadecimal::hex};
use change_ledger_model::{
    Timestamp,
    attestation::{AttestationKind, Attested},
    import::ImportManifest,
    person::Person,
    policy::{Patterns, PolicyHistory, patterns::Matcher},
    record::{
        Change, ChangeKind, ChangeState, FoundIn, Incident, Mention, MentionKind, Place, Record, Reject, Review,
        ReviewCoverage, Span, Ticket, Verdict,
    },
    source::SourceKind,
};
use sha2::{Digest, Sha256};

pub(crate) fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000 + minutes * 60_000).unwrap()
}

pub(crate) fn person(login: &str) -> Person {
    Person::named(login, None, false)
}

/// A merged pull request of `acme/pay`, opened at minute 0 and merged at minute 60.
pub(crate) fn change(number: u32) -> Change {
    Change {
        id: format!("github:acme/pay#{number}"),
        kind: ChangeKind::PullRequest,
        source: "github".to_owned(),
        repository: "Acme/pay".to_owned(),
        number: number.to_string(),
        title: format!("Cap retries, part {number}"),
        body: Some(format!("Second try of part {number}.")),
        url: Some(format!("https://github.com/Acme/pay/pull/{number}")),
        state: ChangeState::Implemented,
        author: Some(person("mara-ko")),
        merged_by: Some(person("tove")),
        commit_authors: vec![person("ilse")],
        opened_at: Some(at(0)),
        implemented_at: Some(at(60)),
        updated_at: Some(at(60)),
        base_branch: Some("main".to_owned()),
        head_branch: Some(format!("feature/part-{number}")),
        merge_commit: Some(format!("{number:040x}")),
        head_commit: Some(format!("{:040x}", u64::from(number) << 32)),
        labels: Some(vec!["payments".to_owned()]),
        category: None,
        review_coverage: ReviewCoverage::Complete,
        reviews: vec![review(number, "tove", Verdict::Approved, 30)],
        mentions: Vec::new(),
    }
}

pub(crate) fn review(change: u32, reviewer: &str, verdict: Verdict, minutes: i64) -> Review {
    Review {
        change: format!("github:acme/pay#{change}"),
        source_id: None,
        reviewer: person(reviewer),
        verdict,
        submitted_at: Some(at(minutes)),
        commit: Some(format!("{:040x}", u64::from(change) << 32)),
        url: None,
    }
}

pub(crate) fn mention(kind: MentionKind, name: &str, found_in: FoundIn) -> Mention {
    Mention { kind, name: name.to_owned(), found_in, text: name.to_owned() }
}

/// Tove attests something of the first change.
pub(crate) fn attestation(kind: AttestationKind, about: Timestamp) -> NewAttestation {
    NewAttestation {
        change: "github:acme/pay#1".to_owned(),
        what: Attested { kind, withdraws: false, at: about },
        by: "Tove Lund".to_owned(),
        reason: "Looked at it with Ilse.".to_owned(),
        incidents: Vec::new(),
    }
}

pub(crate) fn ticket(key: &str) -> Ticket {
    Ticket {
        id: format!("jira:{key}"),
        source: "jira".to_owned(),
        key: key.to_owned(),
        project: key.split('-').next().unwrap_or_default().to_owned(),
        title: format!("Work on {key}"),
        body: None,
        url: None,
        ticket_type: Some("Task".to_owned()),
        change_type: None,
        reason: None,
        status: Some("Done".to_owned()),
        done: Some(true),
        priority: None,
        labels: Some(Vec::new()),
        reporter: Some(person("ilse")),
        assignee: None,
        opened_at: Some(at(-100)),
        resolved_at: Some(at(100)),
        work_start: None,
        work_end: None,
        updated_at: Some(at(100)),
        notes: Vec::new(),
        mentions: Vec::new(),
        is_change_request: false,
    }
}

pub(crate) fn incident(id: &str, number: u32) -> Incident {
    Incident {
        id: format!("pagerduty:{id}"),
        source: "pagerduty".to_owned(),
        number: Some(number.to_string()),
        names: vec![id.to_owned(), format!("INC-{number}"), format!("PD-{number}")],
        title: "Checkout is slow".to_owned(),
        body: None,
        url: None,
        service: Some("pay".to_owned()),
        status: Some("resolved".to_owned()),
        severity: Some("P1".to_owned()),
        urgency: Some("high".to_owned()),
        opened_at: Some(at(10)),
        resolved_at: Some(at(90)),
        ended: Some(true),
        updated_at: Some(at(90)),
        merged_into: None,
        notes: Vec::new(),
        mentions: Vec::new(),
    }
}

/// Takes from a ledger what formats after `format` brought, as if it had been made then.
pub(crate) fn make_of_format(ledger: &Ledger, format: i64) {
    let supporting = crate::supporting::for_each("DROP TABLE {table};", "\n");
    let samples = "DROP TABLE audit_answer; DROP TABLE audit_removal; DROP TABLE audit_item; DROP TABLE audit_sample; \
                   DROP TABLE audit_member; DROP TABLE audit_population";
    let undo = [
        (7, samples),
        (6, "DROP TABLE attestation"),
        (5, "ALTER TABLE incident DROP COLUMN ended"),
        (4, "DROP TABLE identity"),
        (3, supporting.as_str()),
    ];
    for (_, sql) in undo.iter().filter(|(step, _)| *step > format) {
        ledger.connection.execute_batch(sql).unwrap();
    }
    ledger.connection.pragma_update(None, "user_version", format).unwrap();
}

pub(crate) fn records(changes: impl IntoIterator<Item = Change>) -> Vec<Record> {
    changes.into_iter().map(|change| Record::Change(Box::new(change))).collect()
}

pub(crate) fn patterns() -> Vec<Patterns> {
    PolicyHistory::initial().unwrap().pattern_sets()
}

pub(crate) fn matchers() -> Vec<Matcher> {
    patterns().into_iter().map(|patterns| Matcher::new(patterns).unwrap()).collect()
}

/// The bytes of a file that stands for an export: each record is one line, its number.
pub(crate) fn file(name: &str, records: usize) -> Vec<u8> {
    (0..records).flat_map(|n| format!("{name} {n:06}\n").into_bytes()).collect()
}

pub(crate) fn place(name: &str, n: usize) -> Place {
    let length = name.len() + 7;
    Place {
        row: n as u64 + 1,
        line: Some(n as u64 + 1),
        span: Span { offset: (n * (length + 1)) as u64, length: length as u64 },
    }
}

pub(crate) fn header(name: &str, bytes: &[u8]) -> ImportHeader {
    ImportHeader {
        file: name.to_owned(),
        container: None,
        sha256: hex(&Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
        kind: SourceKind::GithubGh,
        recognised_by: "It is a sample.".to_owned(),
        reading: format!("\"{name}\""),
        rows_read: 0,
        carries: Vec::new(),
        cannot_tell: Vec::new(),
        timezone: None,
        warnings: Vec::new(),
    }
}

/// Imports records as a file of that name, in chunks of 100 bytes.
pub(crate) fn import(ledger: &mut Ledger, name: &str, records: Vec<Record>) -> (ImportManifest, Vec<RowOutcome>) {
    let bytes = file(name, records.len());
    let mut import = ledger.begin_import(at(10_000), &patterns()).unwrap();
    for (seq, chunk) in bytes.chunks(100).enumerate() {
        let compressed = zstd::bulk::compress(chunk, 1).unwrap();
        import.chunk(seq as u64, seq as u64 * 100, chunk.len() as u64, &compressed).unwrap();
    }
    let outcomes = records
        .into_iter()
        .enumerate()
        .map(|(n, record)| import.row(&place(name, n), &[Arrival::new(record, &matchers())]).unwrap())
        .collect();
    (import.finish(header(name, &bytes)).unwrap(), outcomes)
}

pub(crate) fn reject(n: usize, reason: &str) -> Reject {
    Reject { place: place("x", n), field: Some("mergedAt".to_owned()), reason: reason.to_owned() }
}
