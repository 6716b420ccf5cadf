//! The work paper in words: every number formatted, every sentence written, nothing laid out yet.

use super::{conclusions, grid, populations};
use crate::document::{
    Labelled,
    imported::{line, name},
};
use change_ledger_model::{
    Timestamp,
    samples::{SamplePage, Stratum},
};
use serde::Serialize;

/// A work paper, ready to be laid out. All strings are final words; imported text is cleaned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Paper {
    pub title: Title,
    /// What is at its head.
    pub facts: Vec<Labelled>,
    pub sections: Vec<Section>,
}

/// Name, footer and metadata, in the shape in which the layout of paper wants them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Title {
    pub name: String,
    pub company: Option<String>,
    pub standing: Option<&'static str>,
    pub summary: String,
    pub keywords: Vec<String>,
    pub tool: String,
    /// For the foot of each page.
    pub marks: Vec<Labelled>,
}

/// One part of the paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Section {
    /// By what it is found: `grid`.
    pub id: &'static str,
    pub heading: &'static str,
    pub paragraphs: Vec<String>,
    pub tables: Vec<Table>,
}

/// A table with a heading for each column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Table {
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Relative widths of the columns on paper; 0 is as narrow as possible.
    pub widths: Vec<u8>,
}

impl Table {
    pub(super) fn new<const N: usize>(caption: &str, columns: [(&str, u8); N], rows: Vec<Vec<String>>) -> Self {
        Self {
            caption: caption.to_owned(),
            columns: columns.map(|(name, _)| name.to_owned()).into(),
            widths: columns.map(|(_, width)| width).into(),
            rows,
        }
    }
}

impl Paper {
    pub(super) fn of(sample: &SamplePage) -> Self {
        let population = &sample.population;
        let tool = concat!("Change Ledger ", env!("CARGO_PKG_VERSION")).to_owned();
        let title = format!("Work paper {}: changes of {}", sample.id, name(&population.name));
        let facts = [
            ("Sample", format!("{}, drawn {} by {}", sample.id, moment(sample.drawn_at), person(&sample.by))),
            ("Population", format!("{}, {}", population.id, name(&population.name))),
            ("Frozen", format!("{} by {}", moment(population.frozen_at), person(&population.by))),
            ("Fingerprint of the population", population.sha256.clone()),
            ("Seed", line(&sample.seed)),
            ("Last entry", format!("{}, {}", moment(sample.last_at), sample.last_sha256)),
        ];
        let sections = vec![
            purpose(sample),
            populations::population(sample),
            populations::method(sample),
            grid::legend(sample),
            grid::grid(sample),
            conclusions::answers(sample),
            grid::taken_out(sample),
            conclusions::exceptions(sample),
            conclusions::conclusion(sample),
            grid::evidence(sample),
        ];
        Self {
            title: Title {
                summary: format!("Audit sample {} of the population {}.", sample.id, name(&population.name)),
                keywords: vec![sample.id.clone(), population.sha256.clone(), sample.last_sha256.clone()],
                marks: vec![
                    Labelled::new("Population", short(&population.sha256)),
                    Labelled::new("Last entry", short(&sample.last_sha256)),
                ],
                company: None,
                standing: None,
                name: title,
                tool,
            },
            facts: facts.map(|(label, value)| Labelled::new(label, value)).into(),
            sections,
        }
    }
}

fn purpose(sample: &SamplePage) -> Section {
    let paragraph = format!(
        "To conclude, from a sample, whether the changes of {} were authorised, reviewed, tested and documented as the policy \
         asks (SOC 2 CC8.1, ISO 27001 A.8.32). Each item is tested for the attributes of the legend; the answers are those of \
         the auditor and are kept apart from the records and verdicts of the company.",
        name(&sample.population.filter.quarter)
    );
    Section { id: "purpose", heading: "Purpose", paragraphs: vec![paragraph], tables: Vec::new() }
}

/// A moment to the minute.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_utc().format("%Y-%m-%d %H:%M UTC").to_string()
}

pub(super) fn person(by: &Option<String>) -> String {
    by.as_deref().map_or_else(|| "somebody who is not named".to_owned(), name)
}

pub(super) const fn stratum(stratum: Stratum) -> &'static str {
    match stratum {
        Stratum::Emergency => "Emergency",
        Stratum::Unreviewed => "Unreviewed",
        Stratum::Routine => "Routine",
        Stratum::Exempt => "Exempt",
        Stratum::All => "All changes",
    }
}

/// As many digits of a fingerprint as tell it from any other that a person will see.
fn short(sha256: &str) -> String {
    sha256.chars().take(16).collect()
}
