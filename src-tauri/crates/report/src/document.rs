//! The report in words: every number formatted, every sentence written, nothing laid out yet.
//!
//! The PDF and the HTML file are two layouts of one [`Document`], so that they cannot say different things.

mod answers;
mod attestations;
mod checklist;
mod completeness;
mod definitions;
mod deviation;
mod disclosures;
mod emergency;
mod exceptions;
mod figures;
mod former;
mod frameworks;
pub(crate) mod imported;
mod movement;
mod restatement;
mod terms;
mod tiles;
mod title;
mod trend;
mod trends;

use crate::{
    ReportError,
    chart::{ChartSpec, Size, Tone},
    content::QuarterReport,
};
use serde::Serialize;

pub use definitions::{Definition, definitions};
pub use trend::{Comparing, trends};
pub(crate) use trends::Figure;

/// The report of one quarter, ready to be laid out. All strings are final words; imported text is cleaned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Document {
    pub title: title::Title,
    pub answers: Vec<answers::Answer>,
    pub tiles: Vec<tiles::Tile>,
    pub movements: Vec<movement::Movement>,
    pub restatement: Option<restatement::Restatement>,
    pub former: Vec<former::Former>,
    pub commentary: Vec<String>,
    pub figures: Vec<Figure>,
    pub exceptions: exceptions::Exceptions,
    pub controls: Vec<checklist::Control>,
    pub emergencies: Vec<emergency::Emergency>,
    pub attestations: Vec<attestations::Attested>,
    pub policies: Vec<terms::Policy>,
    pub definitions: &'static [Definition],
    pub completeness: completeness::Completeness,
    pub frameworks: &'static [frameworks::Framework],
}

/// A word about a state, with the colour that stands for it. The word alone says it all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Badge {
    pub label: String,
    pub tone: Tone,
}

impl Badge {
    fn new(label: impl Into<String>, tone: Tone) -> Self {
        Self { label: label.into(), tone }
    }
}

/// A name and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Labelled {
    pub label: String,
    pub value: String,
}

impl Labelled {
    pub(crate) fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl Document {
    /// Puts a report into words.
    ///
    /// # Errors
    /// [`ReportError::NoQuarter`] and [`ReportError::NoPolicy`] when the report lacks what it is about.
    pub fn of(report: &QuarterReport) -> Result<Self, ReportError> {
        let view = View::of(report)?;
        Ok(Self {
            title: title::Title::of(&view),
            answers: answers::answers(&view),
            tiles: tiles::tiles(&view),
            movements: movement::movements(&view),
            restatement: restatement::Restatement::of(&view),
            former: former::former_quarters(&view),
            commentary: imported::paragraphs(report.title.commentary.as_deref().unwrap_or_default()),
            figures: trends::figures(&view),
            exceptions: exceptions::Exceptions::of(&view),
            controls: checklist::checklist(&view),
            emergencies: emergency::emergencies(&view),
            attestations: attestations::attestations(&view),
            policies: report.policies.iter().map(|terms| terms::Policy::of(&view, terms)).collect(),
            definitions: definitions(),
            completeness: completeness::Completeness::of(&view),
            frameworks: frameworks::FRAMEWORKS,
        })
    }

    /// Every chart with the size in which a layout wants it.
    pub fn drawings(&self, figure: Size, trend: Size) -> impl Iterator<Item = (&ChartSpec, Size)> {
        let figures = self.figures.iter().map(move |chart| (&chart.spec, figure));
        figures.chain(self.tiles.iter().map(move |tile| (&tile.trend.spec, trend)))
    }
}

/// A report whose quarter and policy are known to be there.
pub(crate) struct View<'a> {
    report: &'a QuarterReport,
    quarter: &'a change_ledger_model::quarterly::QuarterMetrics,
    previous: Option<&'a change_ledger_model::quarterly::QuarterMetrics>,
    policy: &'a crate::content::PolicyTerms,
    clock: figures::WallClock,
}

impl<'a> View<'a> {
    fn of(report: &'a QuarterReport) -> Result<Self, ReportError> {
        let quarter = report.quarter().ok_or(ReportError::NoQuarter)?;
        let policy = report.policy().ok_or(ReportError::NoPolicy)?;
        let previous = report.quarters.iter().rev().nth(1);
        Ok(Self { report, quarter, previous, policy, clock: figures::WallClock { zone: report.timezone } })
    }

    /// Whether `n` is enough for a trend or a percentile under the policy.
    fn is_enough(&self, n: u64) -> bool {
        n >= self.policy.small_number
    }
}

#[cfg(test)]
mod tests;
