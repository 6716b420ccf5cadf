//! Answers, exceptions and conclusion.

use super::words::{Section, Table, moment, person, stratum};
use crate::{
    chart::number::{count, counted, percent},
    document::imported::{line, name},
};
use change_ledger_model::samples::{AnswerLine, AnswerResult, Conclusion, SampleItem, SamplePage, UpperLimit};

pub(super) fn exceptions(sample: &SamplePage) -> Section {
    let kept = sample.items.iter().filter(|item| item.removed.is_none());
    let deviating = kept.flat_map(|item| item.answers.iter().map(move |answer| (item, answer)));
    let rows: Vec<Vec<String>> = deviating
        .filter(|(_, answer)| answer.result.deviates())
        .map(|(item, answer)| {
            let said = |text: &Option<String>| text.as_deref().map_or_else(|| "not recorded".to_owned(), line);
            let what = match answer.result {
                AnswerResult::NotExaminable => "Cannot be examined. ",
                _ => "",
            };
            vec![
                item.item.to_string(),
                name(&item.id),
                answer.attribute.letter().to_string(),
                format!("{what}{}", said(&answer.note)),
                said(&answer.cause),
                said(&answer.response),
                answer.retest.clone().unwrap_or_else(|| "none".to_owned()),
                format!("{}, {}", person(&answer.by), moment(answer.at)),
            ]
        })
        .collect();
    let corrected = sample.items.iter().map(|item| item.earlier.len() as u64).sum::<u64>();
    let mut paragraphs = Vec::new();
    if rows.is_empty() {
        paragraphs.push("No answer tells of a deviation.".to_owned());
    }
    if corrected > 0 {
        paragraphs.push(format!(
            "{} replaced by a later one; the ledger keeps both.",
            counted(corrected, "answer was", "answers were")
        ));
    }
    let columns = [
        ("Item", 0),
        ("Change", 2),
        ("Attribute", 0),
        ("What was found", 3),
        ("Cause", 2),
        ("Response", 2),
        ("Retest", 0),
        ("By, at", 2),
    ];
    let tables = if rows.is_empty() { Vec::new() } else { vec![Table::new("Deviations", columns, rows)] };
    Section { id: "exceptions", heading: "Exceptions", paragraphs, tables }
}

/// Who answered what, and when: also answers that were replaced, and those of items that were taken out.
pub(super) fn answers(sample: &SamplePage) -> Section {
    let rows: Vec<Vec<String>> = sample.items.iter().flat_map(answers_of).collect();
    if rows.is_empty() {
        let paragraphs = vec!["Nothing is answered yet.".to_owned()];
        return Section { id: "answers", heading: "Answers", paragraphs, tables: Vec::new() };
    }
    let columns = [("Item", 0), ("Attributes", 1), ("Answer", 1), ("What was seen", 3), ("By, at", 2)];
    let paragraphs = vec!["Answers of one person in one minute with the same words stand in one line.".to_owned()];
    Section { id: "answers", heading: "Answers", paragraphs, tables: vec![Table::new("Who answered", columns, rows)] }
}

fn answers_of(item: &SampleItem) -> Vec<Vec<String>> {
    let last = item.answers.iter().map(|answer| (answer, false));
    let replaced = item.earlier.iter().map(|answer| (answer, true));
    let mut all: Vec<(&AnswerLine, bool)> = last.chain(replaced).collect();
    all.sort_by_key(|(answer, _)| answer.event);
    let alike = |one: &(&AnswerLine, bool), other: &(&AnswerLine, bool)| {
        let words = |(answer, replaced): &(&AnswerLine, bool)| {
            (answer.result, *replaced, answer.note.clone(), answer.by.clone(), moment(answer.at))
        };
        words(one) == words(other)
    };
    let line_of = |group: &[(&AnswerLine, bool)]| {
        let (first, replaced) = group.first()?;
        let mut letters: Vec<char> = group.iter().map(|(answer, _)| answer.attribute.letter()).collect();
        letters.sort_unstable();
        let letters: Vec<String> = letters.into_iter().map(String::from).collect();
        let standing = if *replaced { ", replaced by a later answer" } else { "" };
        Some(vec![
            item.item.to_string(),
            letters.join(", "),
            format!("{}{standing}", result(first.result)),
            first.note.as_deref().map(line).unwrap_or_default(),
            format!("{}, {}", person(&first.by), moment(first.at)),
        ])
    };
    all.chunk_by(alike).filter_map(line_of).collect()
}

const fn result(result: AnswerResult) -> &'static str {
    match result {
        AnswerResult::Pass => "pass",
        AnswerResult::Deviation => "deviation",
        AnswerResult::NotApplicable => "does not apply",
        AnswerResult::NotExaminable => "cannot be examined",
    }
}

pub(super) fn conclusion(sample: &SamplePage) -> Section {
    let tested: Vec<&Conclusion> = Conclusion::of_tested(&sample.conclusions).collect();
    let mut paragraphs = vec![standing(&tested)];
    if tested.is_empty() {
        return Section { id: "conclusion", heading: "Conclusion", paragraphs, tables: Vec::new() };
    }
    paragraphs.push(
        "The upper limits are exact and one-sided: with the confidence that is named, no larger share of the stratum deviates. \
         The first is that of the binomial distribution (Clopper and Pearson), for a population of any size; the second that of \
         the hypergeometric distribution, for the changes of the stratum of which the attribute is asked. An item that cannot be examined counts as a \
         deviation; one to which an attribute does not apply does not count."
            .to_owned(),
    );
    let untested: Vec<String> = sample
        .attributes
        .iter()
        .filter(|entry| tested.iter().all(|found| found.attribute != entry.attribute))
        .map(|entry| entry.attribute.letter().to_string())
        .collect();
    if !untested.is_empty() {
        paragraphs.push(format!("Not tested: {}.", untested.join(", ")));
    }
    let columns = [
        ("Stratum", 2),
        ("Attribute", 0),
        ("Asked of", 0),
        ("Examined", 0),
        ("Deviations", 0),
        ("n/a", 0),
        ("Open", 0),
        ("Rate", 1),
        ("At most, 90 %", 2),
        ("At most, 95 %", 2),
    ];
    let table = Table::new("Deviations and upper limits", columns, tested.into_iter().map(row).collect());
    Section { id: "conclusion", heading: "Conclusion", paragraphs, tables: vec![table] }
}

fn standing(tested: &[&Conclusion]) -> String {
    if tested.is_empty() {
        return "No attribute was tested yet: nothing is concluded.".to_owned();
    }
    let open: u64 = tested.iter().map(|found| found.open).sum();
    let deviations: u64 = tested.iter().map(|found| found.deviations).sum();
    let found = match deviations {
        0 => "No deviation was found".to_owned(),
        deviations => format!("{} found", counted(deviations, "deviation was", "deviations were")),
    };
    match open {
        0 => format!("{found}; every item has an answer for every attribute that was tested."),
        open => format!(
            "{found} so far; {} still open, and attributes with open answers have no limit.",
            counted(open, "answer is", "answers are")
        ),
    }
}

fn row(found: &Conclusion) -> Vec<String> {
    let limit = |confidence: f64| {
        let of = |limit: &UpperLimit| (limit.confidence - confidence).abs() < 1e-9;
        match found.limits.iter().find(|limit| of(limit)) {
            Some(limit) => format!("{} / {}", percent(limit.binomial), percent(limit.hypergeometric)),
            None if found.open > 0 => "open".to_owned(),
            None => "n/a".to_owned(),
        }
    };
    vec![
        stratum(found.stratum).to_owned(),
        found.attribute.letter().to_string(),
        count(found.population),
        count(found.examined),
        count(found.deviations),
        count(found.not_applicable),
        count(found.open),
        found.rate.map_or_else(|| "n/a".to_owned(), percent),
        limit(0.90),
        limit(0.95),
    ]
}
