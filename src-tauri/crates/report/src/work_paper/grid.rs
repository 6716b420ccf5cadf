//! The items and the ticks: legend, grid, what was taken out, where the evidence stands.

use super::words::{Section, Table, moment, person, stratum};
use crate::document::imported::{line, name};
use change_ledger_model::samples::{AnswerResult, Attribute, SampleItem, SamplePage};

/// What the ticks of the grid mean, in the order in which the legend explains them.
pub const TICKS: [(&str, &str); 6] = [
    ("P", "pass"),
    ("D", "deviation"),
    ("X", "cannot be examined; counted as a deviation"),
    ("n/a", "does not apply, says the auditor"),
    ("–", "is not asked of such a change"),
    ("open", "not answered yet"),
];

/// The tick of every attribute for one item, in the order of the attributes; blank for an item that was taken out.
#[must_use]
pub fn ticks(item: &SampleItem) -> [&'static str; 14] {
    Attribute::ALL.map(|attribute| {
        let answer = item.answers.iter().find(|answer| answer.attribute == attribute).map(|answer| answer.result);
        match answer {
            _ if item.removed.is_some() => "",
            Some(AnswerResult::Pass) => "P",
            Some(AnswerResult::Deviation) => "D",
            Some(AnswerResult::NotExaminable) => "X",
            Some(AnswerResult::NotApplicable) => "n/a",
            None if !attribute.applies_to(item.kind) => "–",
            None => "open",
        }
    })
}

pub(super) fn legend(sample: &SamplePage) -> Section {
    let attributes =
        sample.attributes.iter().map(|entry| vec![entry.attribute.letter().to_string(), line(&entry.title)]);
    let ticks = TICKS.map(|(tick, meaning)| vec![tick.to_owned(), meaning.to_owned()]);
    let tables = vec![
        Table::new("Attributes", [("Letter", 0), ("What is asked", 1)], attributes.collect()),
        Table::new("Ticks", [("Tick", 0), ("Meaning", 1)], ticks.into()),
    ];
    Section { id: "legend", heading: "Legend", paragraphs: Vec::new(), tables }
}

pub(super) fn grid(sample: &SamplePage) -> Section {
    let rows = sample.items.iter().map(|item| {
        let about = [item.item.to_string(), name(&item.id), stratum(item.kind).to_owned()];
        about.into_iter().chain(ticks(item).map(str::to_owned)).collect()
    });
    let columns = ["Item", "Change", "Stratum"].map(str::to_owned).into_iter();
    let table = Table {
        caption: "Items and attributes".to_owned(),
        columns: columns.chain(Attribute::ALL.map(|attribute| attribute.letter().to_string())).collect(),
        widths: [0, 1, 0].into_iter().chain([0; 14]).collect(),
        rows: rows.collect(),
    };
    Section { id: "grid", heading: "Grid", paragraphs: Vec::new(), tables: vec![table] }
}

pub(super) fn taken_out(sample: &SamplePage) -> Section {
    let rows: Vec<Vec<String>> = sample
        .items
        .iter()
        .filter_map(|item| {
            let removed = item.removed.as_ref()?;
            let replacement = removed.replaced_by.map_or_else(|| "none".to_owned(), |number| number.to_string());
            let stated = format!("{}, {}", person(&removed.by), moment(removed.at));
            Some(vec![item.item.to_string(), name(&item.id), line(&removed.reason), replacement, stated])
        })
        .collect();
    let heading = "Exclusions and replacements";
    if rows.is_empty() {
        let paragraphs = vec!["Nothing was taken out of the sample.".to_owned()];
        return Section { id: "taken-out", heading, paragraphs, tables: Vec::new() };
    }
    let columns = [("Item", 0), ("Change", 2), ("Reason", 3), ("Replaced by", 0), ("By, at", 2)];
    Section { id: "taken-out", heading, paragraphs: Vec::new(), tables: vec![Table::new("Taken out", columns, rows)] }
}

pub(super) fn evidence(sample: &SamplePage) -> Section {
    let rows = sample.items.iter().map(|item| {
        let Some(change) = &item.change else {
            let gone = "The ledger no longer has this change".to_owned();
            return vec![item.item.to_string(), name(&item.id), gone, String::new(), String::new()];
        };
        let unknown = || "unknown".to_owned();
        let implemented = change.implemented_at.map_or_else(unknown, moment);
        let author = change.author.as_deref().map_or_else(unknown, name);
        let place = change.evidence.as_ref().map_or_else(unknown, |evidence| {
            let end = evidence.offset.saturating_add(evidence.length);
            format!("{}, bytes {} to {end}, SHA-256 {}", name(&evidence.file), evidence.offset, evidence.sha256)
        });
        let about = format!("{} ({author})", line(&change.title));
        vec![item.item.to_string(), name(&item.id), about, implemented, place]
    });
    let columns = [("Item", 0), ("Change", 2), ("Title (author)", 3), ("Implemented", 1), ("Record as imported", 3)];
    Section {
        id: "evidence",
        heading: "Evidence",
        paragraphs: vec!["The changes as the ledger knows them now, and where the record of each stands.".to_owned()],
        tables: vec![Table::new("Records of the items", columns, rows.collect())],
    }
}
