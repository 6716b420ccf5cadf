use super::*;
use crate::{
    content::{EmergencyEntry, PolicyDecision, Record},
    sample,
};
use typst::{foundations::NativeElement, introspection::Introspector, model::HeadingElem};

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

#[test]
fn a_restatement_is_a_part_of_its_own() {
    let parts = |report: &QuarterReport| headings(report).into_iter().filter(|(name, _)| name == "Restatement").count();
    assert_eq!((parts(&sample::report()), parts(&sample::restated_report())), (0, 1));
}

#[test]
fn attestations_are_a_part_of_their_own() {
    let parts =
        |report: &QuarterReport| headings(report).into_iter().filter(|(name, _)| name == "Attestations").count();
    assert_eq!((parts(&sample::report()), parts(&sample::attested_report())), (0, 1));
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

/// The headings of the paper in reading order, each with its page.
fn headings(report: &QuarterReport) -> Vec<(String, usize)> {
    let (paper, _) = compile(report).unwrap();
    let introspector = paper.document.introspector();
    let found = introspector.query(&HeadingElem::ELEM.select());
    let page = |heading: &typst::foundations::Content| introspector.page(heading.location().unwrap()).unwrap().get();
    // The typesetter puts what headings are called in references, "Section", before their words.
    let words = |heading: &typst::foundations::Content| heading.plain_text().trim_start_matches("Section").to_owned();
    found.iter().map(|heading| (words(heading), page(heading))).collect()
}

fn page_of(headings: &[(String, usize)], name: &str) -> usize {
    headings.iter().find(|(heading, _)| heading == name).unwrap_or_else(|| panic!("no {name} in {headings:?}")).1
}

#[test]
fn signatures_never_stand_alone_on_a_page() {
    let mut many = sample::report();
    for files in 1..6 {
        // Each file more moves what follows further down, over the end of a page.
        many.imports = many.imports.iter().cloned().cycle().take(files * 5).collect();
        let found = headings(&many);
        assert_eq!(page_of(&found, "Sign-off"), page_of(&found, "Frameworks"), "{files}");
    }
}

#[test]
fn an_emergency_begins_with_its_facts_and_fills_the_page_before() {
    let mut report = sample::report();
    report.emergencies = report.emergencies.iter().cloned().cycle().take(14).collect();
    let found = headings(&report);
    let facts: Vec<usize> = (0..found.len()).filter(|at| found[*at].0 == "Facts").collect();
    assert_eq!(facts.len(), 14);
    for at in &facts {
        assert_eq!(found[at - 1].1, found[*at].1, "the entry's name stands over its facts: {:?}", found[at - 1]);
    }
    // An entry that does not fit goes on overleaf, so that none stands alone on a page that is half empty:
    // one to a page would be thirteen.
    let (first, last) = (found[facts[0]].1, found[facts[13]].1);
    assert!(last - first <= 8, "14 entries from page {first} to {last}");
}

#[test]
fn what_did_not_happen_takes_no_page_of_its_own() {
    let found = headings(&sample::empty_report());
    assert_eq!(page_of(&found, "Emergencies of the quarter"), page_of(&found, "Changes with exceptions"));
}

#[test]
fn whatever_must_be_disclosed_the_summary_is_one_page() {
    let mut report = sample::attested_report();
    report.title.reviewed_by = Some("Rana Aydin".to_owned());
    let reason = Some("So it was agreed with the auditor of the year before. ".repeat(9));
    let decision = PolicyDecision { at: sample::at(sample::AS_OF), by: Some("Mara Kowalczyk".to_owned()), reason };
    report.policies[0].decision = Some(decision);
    report.policies.push(report.policies[0].clone());
    let found = headings(&report);
    assert_eq!((page_of(&found, "Summary"), page_of(&found, "What changed")), (1, 2));
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
