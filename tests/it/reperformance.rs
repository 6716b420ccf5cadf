//! The SQL of an export computes the same numbers from the exported tables: in SQLite here, in DuckDB and Spark with
//! `make test-scale`.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "test code over small ledgers: a panic is a failed test"
)]

use crate::{
    oracle::{self, cases, generate::Case},
    support::{SAMPLE_AS_OF, Sandbox},
};
use change_ledger_metrics::Frames;
use change_ledger_model::{columns::LedgerColumns, quarter::Quarter};
use change_ledger_report::export::{
    CONTROLS, ChangeNames, DETECTION, DISAGREEMENTS, METRICS, METRICS_BY_REPOSITORY, Pack, STEPS, Subject, Table,
    TableFormat, Values, query,
};
use proptest::prelude::*;
use rusqlite::{Connection, Row, functions::FunctionFlags, types::Value as Sql};
use serde_json::{Map, Value as Json};
use std::{collections::BTreeMap, path::Path};

/// What JSON calls otherwise than SQL, which keeps these words for itself.
const RENAMED: [(&str, &str); 2] = [("from", "first_day"), ("to", "last_day")];

/// What has more than one number for each quarter, and so a file of its own.
const LISTS: [&str; 2] = ["detection", "controls"];

/// A line of numbers, by the name of the column.
type Line = BTreeMap<String, Json>;

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(48), ..ProptestConfig::default() })]

    #[test]
    fn polars_the_oracle_and_sql_agree(case in oracle::generate::case()) {
        let Case { ledger, policies, as_of } = case;
        let expected = oracle::quarters(&ledger, &policies, as_of, &oracle::judge(&ledger, &policies, as_of));
        let judged = Frames::load(ledger.clone()).unwrap().judge(&policies, as_of).unwrap();
        let quarters: Vec<Quarter> =
            judged.quarters(None).unwrap().iter().map(|quarter| Quarter::parse(&quarter.quarter).unwrap()).collect();
        let (facts, names) = (judged.facts().unwrap(), names_of(&ledger));
        let subject = Subject {
            as_of,
            chain_head: None,
            columns: &ledger,
            verdicts: judged.verdicts(),
            facts: &facts,
            policies: &policies,
            quarters: &quarters,
            names: &names,
        };
        let database = with_verdicts(filled_with(Pack::of(&subject, TableFormat::Csv, false).tables()));
        prop_assert_eq!(disagreements(&database), [""; 0]);
        let lines = answers(&database, METRICS);
        prop_assert_eq!(lines.len(), expected.len());
        for (expected, line) in expected.iter().zip(&lines) {
            let expected = serde_json::to_value(expected).unwrap();
            prop_assert_eq!(differences(&flat(&expected), line), [""; 0]);
            prop_assert_eq!(differences_of_lists(&expected, &database), [""; 0]);
        }
    }
}

#[test]
fn the_sql_of_an_exported_sample_gives_the_numbers_of_the_metrics() {
    let sandbox = Sandbox::new();
    sandbox.sample(1);
    let metrics = sandbox.json(["--as-of", SAMPLE_AS_OF, "metrics", "--by", "repository"]);
    let folder = sandbox.path("pack");
    let answer = sandbox.json(["--as-of", SAMPLE_AS_OF, "export", "--as", "csv", "--out", folder.to_str().unwrap()]);
    assert_eq!(answer["as_of"], SAMPLE_AS_OF);

    let database = with_verdicts(read_from(&folder));
    assert_eq!(disagreements(&database), [""; 0]);
    let compare = |quarters: &Json, lines: &[Line], of: &str| {
        let quarters = quarters.as_array().unwrap();
        assert_eq!(lines.len(), quarters.len(), "{of}");
        for (quarter, line) in quarters.iter().zip(lines) {
            assert_eq!(differences(&flat(quarter), line), [""; 0], "{of} {}", quarter["quarter"]);
        }
    };
    for quarter in metrics["quarters"].as_array().unwrap() {
        assert_eq!(differences_of_lists(quarter, &database), [""; 0], "{}", quarter["quarter"]);
    }
    compare(&metrics["quarters"], &answers(&database, METRICS), "all");
    let groups = answers(&database, METRICS_BY_REPOSITORY);
    for group in metrics["groups"].as_array().unwrap() {
        let of_group: Vec<Line> = groups.iter().filter(|line| line["group_name"] == group["name"]).cloned().collect();
        compare(&group["quarters"], &of_group, group["name"].as_str().unwrap());
    }
}

#[test]
fn a_verdict_that_the_facts_do_not_give_is_named() {
    let sandbox = Sandbox::new();
    sandbox.sample(1);
    let folder = sandbox.path("pack");
    sandbox.json(["--as-of", SAMPLE_AS_OF, "export", "--as", "csv", "--out", folder.to_str().unwrap()]);
    let changed = |sql: &str| {
        let database = read_from(&folder);
        assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
        disagreements(&with_verdicts(database)).len()
    };
    let one = |verdict: &str, which: &str| {
        changed(&format!(
            "UPDATE changes SET {verdict} WHERE change_id = (SELECT min(change_id) FROM changes WHERE {which})"
        ))
    };
    assert_eq!(one("class = 'routine'", "class = 'declared_emergency'"), 1);
    assert_eq!(one("due_ms = due_ms + 1", "due_ms IS NOT NULL"), 1);
    assert_eq!(one("batch_stamped = NOT batch_stamped", "true"), 1);
    assert!(changed("UPDATE policies SET review_deadline_hours = 1") > 1);
    assert!(changed("DELETE FROM links WHERE kind = 'incident'") > 1);
    assert!(changed("DELETE FROM rules") > 1);
}

fn names_of(ledger: &LedgerColumns) -> ChangeNames {
    let changes = ledger.changes.len();
    ChangeNames {
        ids: (0..changes).map(|change| format!("c{change}")).collect(),
        titles: vec![String::new(); changes],
        addresses: vec![None; changes],
    }
}

/// A database with the logarithm that this build of SQLite leaves out.
fn empty() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    let flags = FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_UTF8;
    database.create_scalar_function("ln", 1, flags, |call| Ok(call.get::<f64>(0)?.ln())).unwrap();
    database
}

fn filled_with(tables: &[Table<'_>]) -> Connection {
    let database = empty();
    for table in tables {
        let columns: Vec<(&str, &str)> =
            table.columns.iter().map(|column| (column.name.as_str(), column.values.sql_type())).collect();
        let rows = (0..table.rows()).map(|row| table.columns.iter().map(|column| cell(&column.values, row)).collect());
        fill(&database, table.name, &columns, rows);
    }
    database
}

fn cell(values: &Values<'_>, row: usize) -> Sql {
    match values {
        Values::Text(values) => values[row].as_deref().map(str::to_owned).into(),
        Values::Integer(values) | Values::Moment(values) => values[row].into(),
        Values::Number(values) => values[row].into(),
        Values::Boolean(values) => values[row].into(),
    }
}

/// The CSV files of a pack, with the types that its README names.
fn read_from(folder: &Path) -> Connection {
    let database = empty();
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for section in readme.split("\n### ").skip(1) {
        let table = section.lines().next().unwrap();
        let columns: Vec<(&str, &str)> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
            .map(|(name, rest)| (name, rest.split(" |").next().unwrap()))
            .collect();
        let mut file = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
        let header: Vec<String> = file.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(header, columns.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "{table}");
        let rows = file.records().map(|record| {
            let record = record.unwrap();
            columns.iter().zip(record.iter()).map(|((_, kind), cell)| typed(kind, cell)).collect()
        });
        fill(&database, table, &columns, rows);
    }
    database
}

fn typed(kind: &str, cell: &str) -> Sql {
    match (cell, kind) {
        ("", _) => Sql::Null,
        (_, "BIGINT") => Sql::Integer(cell.parse().unwrap()),
        (_, "DOUBLE") => Sql::Real(cell.parse().unwrap()),
        (_, "BOOLEAN") => Sql::Integer(i64::from(cell.parse::<bool>().unwrap())),
        _ => Sql::Text(cell.to_owned()),
    }
}

fn fill(database: &Connection, table: &str, columns: &[(&str, &str)], rows: impl Iterator<Item = Vec<Sql>>) {
    let declared: Vec<String> = columns.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
    let places = vec!["?"; columns.len()].join(", ");
    database.execute_batch(&format!("CREATE TABLE {table} ({})", declared.join(", "))).unwrap();
    database.execute_batch("BEGIN").unwrap();
    let mut insert = database.prepare(&format!("INSERT INTO {table} VALUES ({places})")).unwrap();
    for row in rows {
        insert.execute(rusqlite::params_from_iter(row)).unwrap();
    }
    database.execute_batch("COMMIT").unwrap();
}

fn answers(database: &Connection, file: &str) -> Vec<Line> {
    let mut statement = database.prepare(&query(file).unwrap()).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let line = |row: &Row<'_>| {
        let cell = |at: usize| match row.get_unwrap::<_, Sql>(at) {
            Sql::Integer(number) => Json::from(number),
            Sql::Real(number) => Json::from(number),
            Sql::Text(text) => Json::from(text),
            Sql::Null | Sql::Blob(_) => Json::Null,
        };
        Ok(names.iter().enumerate().map(|(at, name)| (name.clone(), cell(at))).collect())
    };
    statement.query_map([], line).unwrap().map(Result::unwrap).collect()
}

/// Names the answers of the first queries, as the README of a pack says.
fn with_verdicts(database: Connection) -> Connection {
    for (file, table) in STEPS {
        database.execute_batch(&format!("CREATE TEMPORARY TABLE {table} AS {}", query(file).unwrap())).unwrap();
    }
    database
}

fn disagreements(database: &Connection) -> Vec<String> {
    let lines = answers(database, DISAGREEMENTS);
    let words = |line: &Line| {
        format!("{} {}: {} said, {} computed", line["change_id"], line["verdict"], line["said"], line["again"])
    };
    lines.iter().map(words).collect()
}

/// What the SQL says otherwise of a quarter's detection rules and controls, which have files of their own.
fn differences_of_lists(quarter: &Json, database: &Connection) -> Vec<String> {
    let of_quarter = |file: &str| -> Vec<Line> {
        answers(database, file).into_iter().filter(|line| line["quarter"] == quarter["quarter"]).collect()
    };
    let (rules, controls) = (of_quarter(DETECTION), of_quarter(CONTROLS));
    let mut wrong = Vec::new();
    let mut expect = |what: &str, expected: &Json, found: Option<&Line>, names: &[(&str, &str)]| {
        for (json, sql) in names {
            // Where nothing happened there is no line.
            let found = found.map_or_else(
                || if expected[*json].is_null() { Json::Null } else { Json::from(0) },
                |line| line[*sql].clone(),
            );
            if expected[*json].as_f64() != found.as_f64() {
                wrong.push(format!("{what} {json}: {}, in SQL {found}", expected[*json]));
            }
        }
    };
    for rule in quarter["detection"].as_array().unwrap() {
        let signals: Vec<&str> =
            rule["rule"].as_array().unwrap().iter().map(|signal| signal.as_str().unwrap()).collect();
        let signals = signals.join("+");
        let found = rules.iter().find(|line| line["signals"] == signals.as_str());
        let names = [
            ("matched", "matched"),
            ("confirmed", "confirmed"),
            ("dismissed", "dismissed"),
            ("precision", "precision_of_rule"),
        ];
        expect(&signals, rule, found, &names);
    }
    let matched = rules.iter().filter(|line| line["matched"] != 0).count();
    let said = quarter["detection"].as_array().unwrap().iter().filter(|rule| rule["matched"] != 0).count();
    expect(
        "rules that found something",
        &serde_json::json!({ "n": said }),
        Some(&Line::from([("n".to_owned(), Json::from(matched))])),
        &[("n", "n")],
    );
    for (control, counts) in quarter["controls"].as_object().unwrap() {
        let found = controls.iter().find(|line| line["control"] == control.as_str());
        expect(control, counts, found, &["pass", "fail", "not_applicable", "unknown"].map(|name| (name, name)));
    }
    wrong
}

/// The numbers and words of a JSON object, by their keys joined with `_`.
fn flat(value: &Json) -> Line {
    fn add(to: &mut Line, prefix: &str, object: &Map<String, Json>) {
        for (key, value) in object {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}_{key}") };
            match value {
                _ if LISTS.contains(&name.as_str()) => {}
                Json::Object(inner) => add(to, &name, inner),
                value => {
                    let renamed = RENAMED.iter().find(|(json, _)| *json == name).map(|(_, sql)| (*sql).to_owned());
                    to.insert(renamed.unwrap_or(name), value.clone());
                }
            }
        }
    }
    let mut line = Line::new();
    add(&mut line, "", value.as_object().unwrap());
    line
}

/// Every number that SQL computes otherwise, or not at all.
fn differences(expected: &Line, found: &Line) -> Vec<String> {
    let same = |expected: &Json, found: &Json| match (expected.as_f64(), found.as_f64()) {
        (Some(expected), Some(found)) => (expected - found).abs() <= 1e-9 * expected.abs().max(1.0),
        _ => expected == found,
    };
    expected
        .iter()
        .filter(|(name, value)| !found.get(*name).is_some_and(|found| same(value, found)))
        .map(|(name, value)| format!("{name}: {value}, in SQL {:?}", found.get(name)))
        .collect()
}
