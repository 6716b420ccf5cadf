use super::{html, markdown, pdf, sample, words::Paper};
use change_ledger_model::samples::{AnswerLine, AnswerResult, Drift, SamplePage};

/// A page whose imported and typed texts try to be markup.
fn hostile() -> SamplePage {
    let mut page = sample::page();
    let text = "<script>alert(1)</script> | `x` #eval(1) \u{202E}**b**".to_owned();
    page.seed = text.clone();
    page.population.name = text.clone();
    for item in &mut page.items {
        item.id = text.clone();
        if let Some(change) = &mut item.change {
            change.title = text.clone();
        }
        for answer in &mut item.answers {
            answer.note = Some(text.clone());
        }
    }
    page
}

/// The cells of a section's rows, each row as one text.
fn rows(page: &SamplePage, section: &str) -> Vec<String> {
    let paper = Paper::of(page);
    let section = paper.sections.into_iter().find(|part| part.id == section).unwrap();
    section.tables.into_iter().flat_map(|table| table.rows).map(|row| row.join(" | ")).collect()
}

fn paragraphs(page: &SamplePage, section: &str) -> String {
    let paper = Paper::of(page);
    paper.sections.into_iter().find(|part| part.id == section).unwrap().paragraphs.join("\n")
}

#[test]
fn the_parts_come_in_the_customary_order() {
    let headings: Vec<_> = Paper::of(&sample::page()).sections.into_iter().map(|section| section.heading).collect();
    assert_eq!(
        headings,
        [
            "Purpose",
            "Population and its completeness",
            "Method and seed",
            "Legend",
            "Grid",
            "Answers",
            "Exclusions and replacements",
            "Exceptions",
            "Conclusion",
            "Evidence"
        ]
    );
}

#[test]
fn the_grid_ticks_what_was_answered_and_shows_what_was_not() {
    assert_eq!(
        rows(&sample::page(), "grid"),
        [
            "1 | github:acme/pay#1 | Emergency | open | open | P | open | – | open | open | open | open | open | open | n/a | open | open",
            "2 | github:acme/pay#2 | Routine | open | open | D | open | open | open | open | open | open | – | – | – | – | open",
            "3 | github:acme/pay#3 | Routine |  |  |  |  |  |  |  |  |  |  |  |  |  | ",
            "4 | github:acme/pay#4 | Routine | open | open | X | open | open | open | open | open | open | – | – | – | – | open",
        ]
    );
}

#[test]
fn who_answered_and_when_is_on_paper() {
    let mut page = sample::page();
    let replaced = page.items[1].answers[0].clone();
    page.items[1].earlier = vec![AnswerLine { result: AnswerResult::Pass, event: 7, ..replaced }];
    assert_eq!(
        rows(&page, "answers"),
        [
            "1 | C | pass | Approved by its author only | Ilse Berg, 2026-10-07 10:30 UTC",
            "1 | L | does not apply | Approved by its author only | Ilse Berg, 2026-10-07 10:30 UTC",
            "2 | C | pass, replaced by a later answer | Approved by its author only | Ilse Berg, 2026-10-07 10:30 UTC",
            "2 | C | deviation | Approved by its author only | Ilse Berg, 2026-10-07 10:30 UTC",
            "4 | C | cannot be examined | Approved by its author only | Ilse Berg, 2026-10-07 10:30 UTC",
        ]
    );
    page.items[0].answers[1].result = AnswerResult::Pass;
    assert_eq!(rows(&page, "answers")[0].split(" | ").nth(1), Some("C, L"), "alike in everything but the attribute");
    page.items[0].answers[1].by = None;
    assert!(rows(&page, "answers")[1].contains("somebody who is not named"));
    for item in &mut page.items {
        (item.answers, item.earlier) = (Vec::new(), Vec::new());
    }
    assert_eq!(paragraphs(&page, "answers"), "Nothing is answered yet.");
}

#[test]
fn the_paper_says_who_set_the_sizes_and_whether_emergencies_are_there_in_full() {
    let check = |edit: fn(&mut SamplePage), expected: &str| {
        let mut page = sample::page();
        edit(&mut page);
        let method = paragraphs(&page, "method");
        assert!(method.contains(expected), "{method}");
    };
    check(|_| (), "The sizes follow the preset by-population. The emergencies are examined in full.");
    check(|page| page.sizes = None, "The sizes were chosen by whoever drew the sample.");
    check(
        |page| page.sizes_of = page.population.policies.first().cloned(),
        "by-population, as the policy retroactive-24h version 1 asks.",
    );
    check(
        |page| (page.sizes, page.sizes_of) = (None, page.population.policies.first().cloned()),
        "The policy retroactive-24h version 1 sets the sizes.",
    );
    check(|page| page.strata[0].changes = 30, "Of 30 emergencies, 1 was drawn.");
}

#[test]
fn nothing_is_replaced_silently() {
    assert_eq!(
        rows(&sample::page(), "taken-out"),
        ["3 | github:acme/pay#3 | Duplicate of item 2. | 4 | Ilse Berg, 2026-10-06 09:00 UTC"]
    );
    assert_eq!(rows(&sample::page(), "method")[1], "Routine | 400 | 2 | 2 | 1 | 1 | 2");
}

#[test]
fn exceptions_and_limits_say_what_is_missing() {
    let page = sample::page();
    let exceptions = rows(&page, "exceptions");
    assert_eq!(exceptions.len(), 2, "{exceptions:?}");
    assert!(exceptions[0].contains("C-07 | not recorded | S2/1"), "{exceptions:?}");
    assert!(exceptions[1].contains("Cannot be examined."), "{exceptions:?}");
    assert_eq!(
        rows(&page, "conclusion"),
        [
            "Emergency | D | 1 | 0 | 0 | 0 | 1 | n/a | open | open",
            "Routine | C | 400 | 2 | 2 | 0 | 0 | 100.0% | 14.7% / 14.6% | 17.6% / 17.5%",
            "Routine | D | 400 | 0 | 0 | 0 | 1 | n/a | open | open",
        ]
    );
    let conclusion = paragraphs(&page, "conclusion");
    assert!(conclusion.contains("2 deviations were found so far; 2 answers are still open"), "{conclusion}");
    assert!(conclusion.contains("Not tested: A, B, E"), "{conclusion}");
}

#[test]
fn where_the_ledger_has_changed_since_is_said() {
    let mut page = sample::page();
    let population = paragraphs(&page, "population");
    assert!(population.contains("1 import since then. 1 change would stand otherwise"), "{population}");
    assert!(rows(&page, "population").contains(&"github:acme/pay#77 | Routine | Emergency".to_owned()));
    page.population.since = Drift::default();
    assert!(paragraphs(&page, "population").contains("took in nothing since then"));
}

#[test]
fn the_html_paper_is_one_file_in_which_text_stays_text() {
    let page = html(&hostile()).unwrap();
    for forbidden in ["<script", "<link", "<img", "@import", "url(http", " src=", " style=\"", "\u{202E}"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.starts_with("<!doctype html>"), "{}", page.get(..40).unwrap());
    let paper = markdown(&hostile()).unwrap();
    assert!(!paper.contains("<script") && !paper.contains(" `x`") && !paper.contains("\u{202E}"), "{paper}");
}

#[test]
fn the_same_sample_gives_the_same_bytes_on_paper() {
    for page in [sample::page(), hostile()] {
        let paper = pdf(&page).unwrap();
        assert!(paper.starts_with(b"%PDF-1.7"));
        assert!(paper == pdf(&page).unwrap(), "the second one differs");
    }
}
