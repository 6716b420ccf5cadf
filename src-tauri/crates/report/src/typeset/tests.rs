use super::*;
use crate::{
    content::{EmergencyEntry, Record},
    sample,
};

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn it_declares_its_standards_and_bears_the_date_of_the_report() {
    let bytes = pdf(&sample::report()).unwrap();
    for declared in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li>",
        "<xmp:CreateDate>2026-10-05T08:00:00+00:00</xmp:CreateDate>",
        "<xmp:CreatorTool>Change Ledger 0.1.0</xmp:CreatorTool>",
        "Emergency changes, 2026-Q3</rdf:li>",
        "policy-sha256:",
        "data-sha256:",
    ] {
        assert!(contains(&bytes, declared), "{declared}");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample::empty_report();
    let first = pdf(&report).unwrap();
    // Nothing that the first run left in memory may matter.
    comemo::evict(0);
    assert!(first == pdf(&report).unwrap());
    let mut later = report;
    later.as_of = sample::at("2026-10-06T08:00:00Z");
    assert!(first != pdf(&later).unwrap());
}

/// PDF/UA-1 refuses missing glyphs, and markup that took effect would refuse to compile.
#[test]
fn hostile_text_is_typeset_as_text() {
    assert!(contains(&pdf(&sample::hostile_report()).unwrap(), "<pdfuaid:part>1</pdfuaid:part>"));
}

#[test]
fn a_quarter_with_many_emergencies_is_printed_in_full() {
    let mut report = sample::report();
    let bare = |mut entry: EmergencyEntry| {
        entry.incidents.clear();
        entry.evidence.clear();
        (entry.authorisation, entry.justification, entry.documentation) =
            (Record::Missing, Record::Missing, Record::Missing);
        entry
    };
    report.emergencies = report.emergencies.iter().cloned().map(bare).cycle().take(50).collect();
    let pages = preview(&report).unwrap();
    assert!(pages.len() > 25, "{} pages", pages.len());
}

#[test]
fn the_typesetter_has_nothing_to_complain_about() {
    let (_, complaints) = compile(&sample::report()).unwrap();
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn the_preview_has_the_pages_of_the_pdf() {
    let report = sample::empty_report();
    let pages = preview(&report).unwrap();
    assert!(pages.iter().all(|page| page.starts_with("<svg") && page.ends_with("</svg>")));
    assert!(contains(&pdf(&report).unwrap(), &format!("<xmpTPg:NPages>{}</xmpTPg:NPages>", pages.len())));
}

#[test]
fn what_is_missing_is_said() {
    let check = |break_it: fn(&mut QuarterReport), expected: &str| {
        let mut report = sample::report();
        break_it(&mut report);
        assert_eq!(pdf(&report).unwrap_err().to_string(), expected);
    };
    check(
        |report| report.quarters.clear(),
        "the report has no quarter to report on; import changes first, or choose a quarter that has some",
    );
    check(|report| report.policies.clear(), "the report has no policy to judge by; set one first");
}
