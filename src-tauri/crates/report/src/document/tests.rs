mod emergencies;

use super::*;
use crate::{
    content::{MissingRecords, OutsideRecord, Record},
    sample::{self, at},
};
use change_ledger_model::{
    judgement::{ReviewState, Signal},
    quarterly::RetroactiveReview,
};

fn of(report: &QuarterReport) -> Document {
    Document::of(report).unwrap()
}

/// Numbers and units are held together by no-break spaces, which nobody wants to read in a test.
fn plain(text: &str) -> String {
    text.replace('\u{A0}', " ")
}

#[test]
fn the_four_questions_are_answered_from_the_numbers() {
    let answers = of(&sample::report()).answers;
    let check = |place: usize, verdict: &str, tone: Tone, detail: &str| {
        let answer = &answers[place];
        assert_eq!((answer.verdict.label.as_str(), answer.verdict.tone), (verdict, tone));
        assert_eq!(plain(&answer.detail), detail);
    };
    check(
        0,
        "For 5 of 7",
        Tone::Bad,
        "A justification is on record for 5 of 7 (71.4%); for 1 the imported files cannot tell. 5 of 7 (71.4%) are \
         linked to an imported incident; an authorisation is on record for 5 of 7 (71.4%); for 1 the imported files \
         cannot tell.",
    );
    check(
        1,
        "On time for 2 of 6",
        Tone::Bad,
        "6 emergencies owed a review within 24 hours: 2 on time, 1 late, 1 not yet due, 1 overdue and 1 not known. \
         Half of the 3 reviewed were reviewed within 9.2 h.",
    );
    check(
        2,
        "For 2 of 7",
        Tone::Bad,
        "Departures from the policy: not labelled (2), no incident named (1), incident named but not imported (1), no \
         authorisation on record (1), no justification on record (1), not documented in time (2), reviewed late (1) \
         and review overdue (1). Besides, 1 change was implemented without review and without any sign of an emergency.",
    );
    check(
        3,
        "1.6% of changes, within the limit",
        Tone::Good,
        "7 emergencies of 428 changes, 1.6%: within the limit (limit 10%, warning above 5%). Above the limit in 1 of \
         the last 9 quarters.",
    );
}

#[test]
fn an_empty_quarter_has_no_ratio_and_no_verdict() {
    let document = of(&sample::empty_report());
    let verdicts: Vec<&str> = document.answers.iter().map(|answer| answer.verdict.label.as_str()).collect();
    assert_eq!(
        verdicts,
        ["n/a: no emergencies", "n/a: no emergencies", "n/a: no emergencies", "n/a: no changes in the quarter"]
    );
    let values: Vec<&str> = document.tiles.iter().map(|tile| tile.value.as_str()).collect();
    assert_eq!(values, ["n/a", "n/a", "n/a", "0", "0", "0"]);
    assert!(document.tiles.iter().all(|tile| tile.tone == Tone::Unknown));
    assert!(document.exceptions.kinds.iter().all(|kind| kind.share == "n/a"));
    let findings: Vec<&str> = document.completeness.findings.iter().map(|finding| finding.label.as_str()).collect();
    assert_eq!(findings, ["No file was imported: every number rests on nothing."]);
}

#[test]
fn what_is_only_unknown_is_neither_good_nor_bad() {
    let mut report = sample::report();
    let quarter = report.quarters.last().unwrap().clone();
    report.emergencies.retain(|entry| entry.review == ReviewState::Unknown);
    let entry = &mut report.emergencies[0];
    entry.class = change_ledger_model::judgement::Class::DeclaredEmergency;
    entry.incident_link = change_ledger_model::judgement::IncidentLinkState::TwoWay;
    let number = change_ledger_model::quarter::Quarter::parse(&quarter.quarter).unwrap();
    let metrics = sample::metrics_of(number, 428, &report.emergencies, &[], report.as_of);
    *report.quarters.last_mut().unwrap() = metrics;
    let answers = of(&report).answers;
    let tones: Vec<Tone> = answers.iter().take(3).map(|answer| answer.verdict.tone).collect();
    assert_eq!(tones, [Tone::Unknown; 3]);
    assert!(answers[2].detail.starts_with("No departure from the policy was found; 1 cannot be judged in full."));
}

#[test]
fn small_numbers_claim_no_trend() {
    let tiles = of(&sample::report()).tiles;
    let check = |place: usize, value: &str, basis: &str, change: &str| {
        let tile = &tiles[place];
        assert_eq!(
            (plain(&tile.value), plain(&tile.basis), plain(&tile.change)),
            (value.into(), basis.into(), change.into())
        );
    };
    check(0, "1.6%", "7 of 428 changes, limit 10%", "2.0% in 2026-Q2");
    check(1, "9.2 h", "due within 24 hours; n = 3", "9.5 h in 2026-Q2, too few for a trend");
    check(2, "50.0%", "2 of 4 reviews due, 1 not known", "85.7% in 2026-Q2, too few for a trend");
    check(
        3,
        "2",
        "28.6% of 7 emergencies; 1 may bear a label, files carry none; approval of 1 change not known",
        "3 in 2026-Q2, too few for a trend",
    );
    check(5, "1", "2 open, oldest 15.6 days, 1 not known", "0 in 2026-Q2, too few for a trend");
}

#[test]
fn a_percentile_needs_enough_reviews() {
    let mut report = sample::report();
    report.policies[0].small_number = 3;
    assert_eq!(plain(&of(&report).tiles[1].basis), "due within 24 hours; 90% within 35.5 h, n = 3");
}

#[test]
fn a_ratio_just_above_its_limit_never_reads_like_the_limit() {
    let mut report = sample::report();
    let quarter = report.quarters.last_mut().unwrap();
    quarter.emergency_ratio = Some(0.1004);
    quarter.ratio_state = change_ledger_model::judgement::RatioState::Breach;
    let document = of(&report);
    assert_eq!(document.tiles[0].value, "10.04%");
    assert_eq!(document.answers[3].verdict, Badge::new("10.04% of changes, above the limit", Tone::Bad));
}

#[test]
fn movements_compare_and_name_their_metric() {
    let check = |report: &QuarterReport, metric: &str, expected: Option<&str>| {
        let movements = of(report).movements;
        let sentence = movements.iter().find(|movement| movement.metric == metric).map(|found| plain(&found.sentence));
        assert_eq!(sentence.as_deref(), expected, "{metric}");
    };
    let report = sample::report();
    check(
        &report,
        "population",
        Some(
            "In 2026-Q3 428 changes were implemented, among them 7 emergencies. In 2026-Q2 there were 441 changes and 9 emergencies.",
        ),
    );
    check(
        &report,
        "emergency_ratio",
        Some(
            "The emergency ratio fell from 2.0% to 1.6%; over the 8 quarters with changes shown here it lay between 1.6% and 10.9%.",
        ),
    );
    check(
        &report,
        "unlabelled_emergencies",
        Some("2 of 7 emergencies were not labelled as such; of 1 the files do not tell (2026-Q2: 3 of 9)."),
    );
    let mut running = sample::report();
    running.as_of = at("2026-09-30T12:00:00Z");
    check(
        &running,
        "emergency_ratio",
        Some(
            "The emergency ratio fell from 2.0% to 1.6% so far; over the 8 quarters with changes shown here it lay between 1.6% and 10.9%.",
        ),
    );
    check(
        &report,
        "time_to_review",
        Some(
            "The median time to review was 9.2 h over 3 reviews; counting the 2 still open, the estimated median is 9.2 h.",
        ),
    );
    let mut careful = sample::report();
    careful.policies[0].small_number = 430;
    check(
        &careful,
        "emergency_ratio",
        Some("The emergency ratio was 1.6% after 2.0%; with fewer than 430 changes in a quarter no trend is claimed."),
    );
    check(
        &sample::empty_report(),
        "emergency_ratio",
        Some("The emergency ratio cannot be compared: one of the two quarters had no changes."),
    );
    check(&sample::empty_report(), "unlabelled_emergencies", None);
    let mut first = sample::report();
    first.quarters.drain(..first.quarters.len() - 1);
    check(
        &first,
        "population",
        Some(
            "In 2026-Q3 428 changes were implemented, among them 7 emergencies. There is no earlier quarter to compare with.",
        ),
    );
    check(&first, "emergency_ratio", None);
}

#[test]
fn every_movement_has_a_definition() {
    for movement in of(&sample::report()).movements {
        assert!(definitions().iter().any(|definition| definition.key == movement.metric), "{}", movement.metric);
    }
}

#[test]
fn exceptions_keep_unknown_apart() {
    let exceptions = of(&sample::report()).exceptions;
    let check = |name: &str, count: &str, total: &str, share: &str, previous: &str| {
        let kind = exceptions.kinds.iter().chain(&exceptions.signs).find(|kind| kind.name == name).unwrap();
        let found = [&kind.count, &kind.total, &kind.share, &kind.previous].map(String::as_str);
        assert_eq!(found, [count, total, share, previous], "{name}");
    };
    check("Emergency not labelled", "2", "of 7 emergencies", "28.6%", "3 of 9");
    check("Retroactive review late", "1", "of 6 reviews owed, 1 not known", "16.7%", "1 of 7");
    check("No justification on record", "1", "of 7 emergencies, 1 not known", "14.3%", "5 of 9");
    check("Not documented within 24 hours", "2", "of 7 emergencies, 1 not known", "28.6%", "5 of 9");
    check("Unreviewed, no sign of an emergency", "1", "of 428 changes, 1 not known", "0.2%", "5 of 441");
    check("Merged by their author", "6", "of 428 changes, 1 not known", "1.4%", "0 of 441");
    let rows: Vec<(&str, &str)> =
        exceptions.rows.iter().map(|row| (row.number.as_str(), row.exceptions.as_str())).collect();
    assert_eq!(
        rows,
        [
            ("E2", "reviewed late"),
            ("E3", "not labelled, incident named but not imported, no authorisation on record"),
            (
                "E5",
                "not labelled, no incident named, review not known, authorisation not known, justification not known, \
                 documentation not known"
            ),
            ("E6", "no justification on record, not documented in time, review overdue"),
            ("E7", "not documented in time"),
            ("U1", "no review before implementation, never approved, merged by its author"),
        ]
    );
}

#[test]
fn the_data_fingerprint_can_be_repeated_with_sort_and_sha256sum() {
    let report = sample::report();
    let expected = "4cca1b487d2760c636e363f9969c67987837c2d7b74d4c44097ca68e15540588";
    assert_eq!(completeness::data_fingerprint(&report.imports), expected);
    let mut again = report.imports.clone();
    again.reverse();
    again.extend(report.imports);
    assert_eq!(completeness::data_fingerprint(&again), expected);
}

#[test]
fn the_data_page_says_what_is_missing() {
    let completeness = of(&sample::report()).completeness;
    let verdict = &completeness.verdict;
    assert_eq!(
        (verdict.label.as_str(), verdict.tone),
        ("Data are missing: 3 findings make numbers too small.", Tone::Bad)
    );
    let findings: Vec<(Tone, &str)> =
        completeness.findings.iter().map(|finding| (finding.tone, finding.label.as_str())).collect();
    assert_eq!(
        findings,
        [
            (
                Tone::Bad,
                "billing-prs.json: The file has exactly 1,000 rows, the most that this export writes: older changes may \
                 be missing."
            ),
            (Tone::Bad, "3 rows could not be read and are in no number; the reasons are kept with the import."),
            (Tone::Bad, "2 changes belong to no quarter, because no file says when they were merged."),
            (Tone::Warn, "For 1 of 428 (0.2%) changes the files do not tell whether they were approved before."),
            (
                Tone::Warn,
                "payments-prs.json: 2 rows tell of a record of which an earlier row tells already; its newest row counts."
            ),
            (Tone::Warn, "1 incident that changes of the quarter name was not imported: INC-2291."),
            (Tone::Warn, "4 tickets that changes of the quarter name were not imported, such as OPS-1, OPS-2, OPS-3."),
            (Tone::Warn, "1 merge stands in the ledger under several ids, and each id is counted."),
            (
                Tone::Warn,
                "4 numbers are missing between the first and the last pull request of the quarter, in 1 repository. They \
                 may be issues, which have numbers of the same sequence, pull requests that were not merged, or merges \
                 that were not exported."
            ),
            (Tone::Warn, "No incident began in 2026-09, or it was not imported."),
            (Tone::Unknown, "Repository lumen/edge has no change between 14 July and 2 September 2026."),
        ]
    );
    let check = |place: usize, tone: Tone, expected: [&str; 3]| {
        let row = &completeness.checks[place];
        assert_eq!((row.tone, [row.looked_for.as_str(), &row.found, &row.which]), (tone, expected));
    };
    check(0, Tone::Bad, ["Files that look cut off", "1 of 4 files", "billing-prs.json"]);
    check(2, Tone::Warn, ["Files that tell of a record twice", "1 of 4 files", "payments-prs.json"]);
    check(3, Tone::Good, ["Months without an implemented change", "0 of 3 months", ""]);
    check(5, Tone::Warn, ["Months without an incident", "1 of 3 months", "2026-09"]);
    check(10, Tone::Warn, ["Numbers of lumen/billing", "4 of 110 between 902 and 1011", "905, 911\u{2013}913"]);
    check(11, Tone::Good, ["Numbers of lumen/edge", "0 of 3 between 7 and 9", ""]);
    assert_eq!(completeness.reaches[0].cannot_tell, "link fields");
    assert_eq!((completeness.reaches[1].failures, completeness.reaches[1].last.as_str()), ("not known", "not known"));
    assert_eq!(completeness.files[1].name, "billing-prs.json");
    assert_eq!(
        completeness.files[1].facts,
        ["Proves: authors and time of approval.", "Cannot tell: reviewed commits and link fields."]
    );
    assert_eq!(completeness.total_rows, "3,750 rows");
}

#[test]
fn what_no_change_shows_is_said_where_it_was_found() {
    let told = |tell: fn(&mut MissingRecords, Vec<OutsideRecord>)| {
        let mut report = sample::report();
        let record = |id: &str, by: Option<&str>| OutsideRecord { id: id.into(), by: by.map(Into::into) };
        tell(&mut report.missing, vec![record("audit:a1", Some("mara")), record("audit:a2", None)]);
        let data = of(&report).completeness;
        let row = data.checks.iter().find(|row| row.which == "audit:a1 by mara, audit:a2");
        (data.findings.into_iter().map(|finding| finding.label).collect::<Vec<_>>(), row.map(|row| row.found.clone()))
    };
    let check = |tell: fn(&mut MissingRecords, Vec<OutsideRecord>), sentence: &str, found: &str| {
        let (findings, row) = told(tell);
        assert!(findings.iter().any(|finding| finding == sentence), "{findings:?}");
        assert_eq!(row.as_deref(), Some(found));
    };
    check(
        |missing, records| missing.review_bypasses = records,
        "2 review rules were skipped for changes that were not imported, which are in no number.",
        "2 skips",
    );
    check(
        |missing, records| missing.unclear_bypasses = records,
        "Of 2 skips of branch rules no file says whether a review was skipped.",
        "2 skips",
    );
    check(
        |missing, records| missing.commits = records,
        "2 commits lead to no imported change: pushed without one, or its pull request was not imported.",
        "2 commits",
    );
    check(
        |missing, records| missing.uncounted_tickets = records,
        "2 implemented change tickets are in no number: what implements them was merged into branches that do not count.",
        "2 tickets",
    );
    assert_eq!(told(|_, _| ()).1, None, "files that could hold such records may be missing");
}

#[test]
fn hostile_text_reaches_the_layouts_cleaned_and_clipped() {
    let mut report = sample::report();
    report.emergencies[0].title = "a\u{202E}b\u{0}".repeat(200);
    report.emergencies[0].authorisation = Record::Recorded(crate::content::Statement {
        text: "first\r\n\r\nsecond\u{7}".into(),
        by: Some("  ".into()),
        at: Some(at("2026-07-08T01:31:00Z")),
        place: String::new(),
    });
    report.emergencies[0]
        .signals
        .push(crate::content::SignalEntry { signal: Signal::HotfixBranch, text: Some(" ".into()) });
    let document = of(&report);
    let entry = &document.emergencies[0];
    assert!(entry.title.starts_with("a\u{FFFD}b\u{FFFD}a") && entry.title.ends_with("… (500 more characters)"));
    assert_eq!(entry.statements[0].paragraphs, ["first", "second\u{FFFD}"]);
    assert_eq!(entry.statements[0].source, "2026-07-08 03:31");
    assert_eq!(entry.signals.last(), Some(&Labelled::new("Hotfix branch", "yes")));
}

#[test]
fn nothing_found_is_not_good_where_the_files_say_nothing_about_reviews() {
    let mut report = sample::report();
    let quarter = report.quarters.last_mut().unwrap();
    quarter.unlabelled_emergencies.count = 0;
    quarter.approval.unknown = 12;
    quarter.retroactive_review = RetroactiveReview {
        owed: 4,
        on_time: 0,
        late: 0,
        pending: 0,
        overdue: 0,
        unknown: 4,
        median_hours: None,
        on_time_rate: None,
        oldest_open_hours: None,
        ..quarter.retroactive_review
    };
    let tiles = of(&report).tiles;
    let check = |label: &str, state: &str| {
        let tile = tiles.iter().find(|tile| tile.label == label).unwrap();
        assert_eq!((tile.state, tile.tone), (state, Tone::Unknown), "{label}");
    };
    check("Median time to review", "not known");
    check("Reviewed on time", "not known");
    check("Unlabelled emergencies", "none found, some not known");
    check("Reviews overdue", "none found, some not known");
}
