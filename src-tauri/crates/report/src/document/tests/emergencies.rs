//! What the page of an emergency says.

use super::{of, plain};
use crate::{
    chart::Tone,
    content::{Record, Statement},
    sample,
};

#[test]
fn a_timeline_is_ordered_and_measured_from_the_implementation() {
    let emergencies = of(&sample::report()).emergencies;
    let words: Vec<String> = emergencies[0]
        .timeline
        .iter()
        .map(|event| plain(&format!("{} {} {}", event.at, event.offset, event.what)))
        .collect();
    assert_eq!(
        words,
        [
            "2026-07-08 02:51 \u{2212}49 min Incident INC-5521 began",
            "2026-07-08 03:22 \u{2212}18 min Opened by Jonas Ferreira",
            "2026-07-08 03:31 \u{2212}9 min Authorised by Tomasz Brandt",
            "2026-07-08 03:40 0 min Implemented by Jonas Ferreira",
            "2026-07-08 04:05 +25 min Incident INC-5521 resolved",
            "2026-07-08 09:55 +6.2 h Reviewed afterwards by Ines Okafor",
            "2026-07-08 11:20 +7.7 h Documented by Ines Okafor",
            "2026-07-09 03:40 +24.0 h Review due",
        ]
    );
    assert_eq!(emergencies[0].timeline.iter().filter(|event| event.anchor).count(), 1);
}

#[test]
fn an_emergency_says_who_approved_and_when() {
    let emergencies = of(&sample::report()).emergencies;
    let check = |place: usize, label: &str, expected: &str| {
        let fact = emergencies[place].facts.iter().find(|fact| fact.label == label).unwrap();
        assert_eq!(plain(&fact.value), expected);
    };
    check(0, "Approval before", "none");
    check(0, "Review afterwards", "Ines Okafor, 2026-07-08 09:55 (6.2 h after implementation); due 2026-07-09 03:40");
    check(
        1,
        "Review afterwards",
        "Ines Okafor, 2026-07-22 11:41 (35.5 h after implementation, one of a batch); due 2026-07-22 00:10",
    );
    check(3, "Approval before", "Ines Okafor, 2026-08-14 12:50");
    check(3, "Review afterwards", "none owed");
    check(4, "Author", "not known");
    check(4, "Approval before", "not known: the files do not tell");
    check(5, "Review afterwards", "none until 2026-10-05 10:00, 15.6 days after implementation; due 2026-09-20 19:45");
}

#[test]
fn statements_tell_missing_from_unknown() {
    let emergencies = of(&sample::report()).emergencies;
    let check = |place: usize, expected: [(&str, Tone); 3]| {
        let found: Vec<(&str, Tone)> =
            emergencies[place].statements.iter().map(|words| (words.state.label.as_str(), words.state.tone)).collect();
        assert_eq!(found, expected, "{place}");
    };
    check(0, [("on record", Tone::Good), ("on record", Tone::Good), ("in time", Tone::Good)]);
    check(4, [("not known: the files cannot carry it", Tone::Unknown); 3]);
    check(5, [("on record", Tone::Good), ("none on record", Tone::Bad), ("none on record", Tone::Bad)]);
    check(6, [("on record", Tone::Good), ("on record", Tone::Good), ("late", Tone::Bad)]);
}

#[test]
fn a_name_that_is_the_whole_statement_is_printed_once() {
    let check = |text: &str, expected: &str| {
        let mut report = sample::report();
        report.emergencies[0].authorisation = Record::Recorded(Statement {
            text: text.into(),
            by: Some("Mara Ko (CTO)".into()),
            at: None,
            place: "description".into(),
        });
        assert_eq!(of(&report).emergencies[0].statements[0].source, expected);
    };
    check("Mara Ko (CTO)", "description");
    check("Mara Ko (CTO) agreed on the phone.", "Mara Ko (CTO), description");
}
