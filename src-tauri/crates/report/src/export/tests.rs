use super::*;
use crate::export::subject::ChangeNames;
use bytes::Bytes;
use change_ledger_model::{
    Timestamp,
    columns::{ChangeColumns, LedgerColumns, ReviewColumns},
    judged_facts::JudgedFacts,
    judgement::{ApprovalTiming, Class, Signal},
    person::PersonKind,
    policy::PolicyHistory,
    quarter::Quarter,
    record::ReviewCoverage,
    verdicts::Verdicts,
};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::RowAccessor,
};

const HOUR: i64 = 3_600_000;
/// 1 July 2026, 00:00 UTC.
const BEGIN: i64 = 1_782_864_000_000;

/// Two changes: one reviewed late and of an odd title, one of which hardly anything is known.
struct Ledger {
    columns: LedgerColumns,
    verdicts: Verdicts,
    facts: JudgedFacts,
    policies: PolicyHistory,
    quarters: Vec<Quarter>,
    names: ChangeNames,
}

impl Ledger {
    fn new() -> Self {
        let implemented_at = vec![Some(BEGIN), None];
        let quarter = Quarter::parse("2026-Q3").unwrap();
        Self {
            columns: LedgerColumns {
                people: vec![("mara".to_owned(), PersonKind::Human), (String::new(), PersonKind::Deleted)],
                repositories: vec!["acme/pay".to_owned()],
                changes: ChangeColumns {
                    key: vec![1, 2],
                    kind: vec![0, 0],
                    repository: vec![0, 0],
                    base_branch: vec![None; 2],
                    author: vec![Some(0), None],
                    merged_by: vec![Some(1), None],
                    opened_at: vec![Some(BEGIN - HOUR), None],
                    implemented_at: implemented_at.clone(),
                    merged_at: Vec::new(),
                    review_coverage: vec![ReviewCoverage::Complete as u8, ReviewCoverage::NotCarried as u8],
                    labels_known: vec![true, false],
                    texts_known: vec![true, false],
                    head_commit: vec![None; 2],
                },
                reviews: ReviewColumns {
                    change: vec![0],
                    reviewer: vec![1],
                    verdict: vec![0],
                    submitted_at: vec![Some(BEGIN + 30 * HOUR)],
                    commit: vec![None],
                    stood_until: vec![None],
                },
                ..LedgerColumns::default()
            },
            verdicts: Verdicts {
                policy_version: vec![0, 0],
                in_population: vec![true, false],
                quarter: vec![Some(quarter.ordinal()), None],
                class: vec![Class::UnlabelledEmergency as u8, Class::Routine as u8],
                signals: vec![Signal::Unreviewed.bit(), 0],
                approval: vec![ApprovalTiming::After as u8, ApprovalTiming::Unknown as u8],
                approved_before_at: vec![None; 2],
                approved_after_at: vec![Some(BEGIN + 30 * HOUR), None],
                reviewed_at: vec![Some(BEGIN + 30 * HOUR), None],
                review_state: vec![2, 0],
                due_at: vec![Some(BEGIN + 24 * HOUR), None],
                incident_link: vec![0, 4],
                authorised: vec![Some(false), None],
                justified: vec![Some(true), None],
                documented_at: vec![None; 2],
                documented_on_time: vec![Some(false), None],
                self_merged: vec![None; 2],
                self_approved: vec![false; 2],
                changes_requested_open: vec![false; 2],
                approval_covers_head: vec![None; 2],
                batch_stamped: vec![false; 2],
                review_business_days: vec![Some(1), None],
                ..Verdicts::default()
            },
            facts: JudgedFacts {
                implemented_at,
                counted_branch: vec![true; 2],
                possibly_approved_after_at: vec![Some(BEGIN + 30 * HOUR), None],
                settled_by: vec![Some(1), None],
                ..JudgedFacts::default()
            },
            policies: PolicyHistory::initial().unwrap(),
            quarters: vec![quarter],
            names: ChangeNames {
                ids: vec!["github:acme/pay#1".to_owned(), "github:acme/pay#2".to_owned()],
                titles: vec!["=HYPERLINK(\"x\"), \u{e9}\nsecond".to_owned(), String::new()],
                addresses: vec![None; 2],
            },
        }
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            as_of: Timestamp::from_millis(BEGIN + 100 * HOUR).unwrap(),
            chain_head: Some("ab"),
            columns: &self.columns,
            verdicts: &self.verdicts,
            facts: &self.facts,
            policies: &self.policies,
            quarters: &self.quarters,
            names: &self.names,
        }
    }
}

fn written(pack: &Pack<'_>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let files = pack.files();
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
    file.write(&mut bytes).unwrap();
    bytes
}

#[test]
fn values_survive_csv_unchanged_and_null_is_empty() {
    let ledger = Ledger::new();
    let bytes = written(&Pack::of(&ledger.subject(), TableFormat::Csv, false), "changes.csv");
    let mut csv = csv::Reader::from_reader(bytes.as_slice());
    let header = csv.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| rows[row][header.iter().position(|known| known == name).unwrap()].to_owned();
    let check = |name: &str, expected: [&str; 2]| assert_eq!([cell(0, name), cell(1, name)], expected, "{name}");
    check("change_id", ["github:acme/pay#1", "github:acme/pay#2"]);
    check("title", ["=HYPERLINK(\"x\"), \u{e9}\nsecond", ""]);
    check("quarter", ["2026-Q3", ""]);
    check("author", ["mara", ""]);
    // Somebody merged it whose account was deleted; of the other nobody knows.
    check("merged_by", ["", ""]);
    check("merged_by_kind", ["deleted", ""]);
    check("implemented_at", ["2026-07-01T00:00:00.000Z", ""]);
    check("implemented_ms", ["1782864000000", ""]);
    check("labels_known", ["true", "false"]);
    check("authorised", ["false", ""]);
    check("class", ["unlabelled_emergency", "routine"]);
    check("approval", ["after", "unknown"]);
    check("review_state", ["late", "not_owed"]);
    check("signal_unreviewed", ["true", "false"]);
}

#[test]
fn json_lines_have_every_key_in_every_row() {
    let ledger = Ledger::new();
    let pack = Pack::of(&ledger.subject(), TableFormat::JsonLines, false);
    let text = String::from_utf8(written(&pack, "changes.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["due_at"], "2026-07-02T00:00:00.000Z");
    assert_eq!(rows[0]["review_business_days"], 1);
    assert_eq!(rows[1]["authorised"], serde_json::Value::Null);
    for row in &rows {
        assert_eq!(row.as_object().unwrap().len(), pack.tables()[0].columns.len());
    }
}

#[test]
fn a_parquet_file_holds_the_same_values_with_their_types() {
    let ledger = Ledger::new();
    let pack = Pack::of(&ledger.subject(), TableFormat::Parquet, false);
    let reader = SerializedFileReader::new(Bytes::from(written(&pack, "changes.parquet"))).unwrap();
    let columns = reader.metadata().file_metadata().schema_descr().columns().to_vec();
    let place = |name: &str| columns.iter().position(|column| column.name() == name).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].get_string(place("title")).unwrap(), &ledger.names.titles[0]);
    assert_eq!(rows[0].get_long(place("due_ms")).unwrap(), BEGIN + 24 * HOUR);
    assert_eq!(rows[0].get_timestamp_millis(place("due_at")).unwrap(), BEGIN + 24 * HOUR);
    assert!(!rows[0].get_bool(place("authorised")).unwrap());
    assert!(rows[1].get_bool(place("authorised")).is_err(), "null is neither yes nor no");
}

#[test]
fn equal_ledgers_are_equal_bytes() {
    let (one, other) = (Ledger::new(), Ledger::new());
    for format in [TableFormat::Csv, TableFormat::Parquet, TableFormat::JsonLines] {
        let all = |ledger: &Ledger| -> Vec<(String, Vec<u8>)> {
            let pack = Pack::of(&ledger.subject(), format, true);
            pack.files().iter().map(|file| (file.path.clone(), written(&pack, &file.path))).collect()
        };
        assert_eq!(all(&one), all(&other));
    }
}

#[test]
fn parts_hold_every_row_once() {
    let ledger = Ledger::new();
    let pack = Pack::of(&ledger.subject(), TableFormat::Csv, true);
    let files = pack.files();
    let parts: Vec<(&str, Option<u64>)> = files
        .iter()
        .filter(|file| file.path.contains("quarter="))
        .map(|file| (file.path.as_str(), file.rows))
        .collect();
    assert_eq!(
        parts,
        [
            ("changes/quarter=2026-Q3/repository=acme%2Fpay/part.csv", Some(1)),
            ("changes/quarter=__HIVE_DEFAULT_PARTITION__/repository=acme%2Fpay/part.csv", Some(1)),
            ("reviews/quarter=2026-Q3/repository=acme%2Fpay/part.csv", Some(1)),
        ]
    );
    assert!(files.iter().any(|file| file.path == "links/part.csv"), "what has no rows has its columns");
    assert!(files.iter().any(|file| file.path == "policies.csv"), "what is not about changes is whole");
}

#[test]
fn every_column_is_described() {
    let ledger = Ledger::new();
    let pack = Pack::of(&ledger.subject(), TableFormat::Parquet, true);
    let readme = String::from_utf8(written(&pack, "README.md")).unwrap();
    for table in pack.tables() {
        let rows = table.rows();
        for column in &table.columns {
            assert_eq!(column.values.len(), rows, "{}.{}", table.name, column.name);
            assert!(readme.contains(&format!("| `{}` |", column.name)), "{}.{}", table.name, column.name);
            assert!(!column.meaning.is_empty());
        }
    }
    assert!(!readme.contains("{tables}") && !readme.contains("{views}"), "nothing is left to fill in");
}

#[test]
fn the_manifest_names_files_and_policies() {
    let ledger = Ledger::new();
    let file = WrittenFile { path: "changes.csv".to_owned(), rows: Some(2), bytes: 10, sha256: "ab".to_owned() };
    let text = manifest(&ledger.subject(), &[file]).unwrap();
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found["as_of"], "2026-07-05T04:00:00Z");
    assert_eq!(found["files"][0]["rows"], 2);
    assert_eq!(found["data"]["chain_head"], "ab");
    assert_eq!(found["policies"][0]["name"], "retroactive-24h");
    assert_eq!(found["policies"][0]["effective_from"], serde_json::Value::Null);
}
