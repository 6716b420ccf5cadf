//! Where the parts of a chart go, from the widths of their words.

use super::{
    ChartError, Size,
    canvas::Words,
    domain::Domain,
    legend::{self, Entry},
};
use crate::chart::{ChartSpec, Form, RuleKind, palette::Ink};

/// Font size of ordinary words in pixels.
pub(super) const TEXT: f64 = 11.0;
/// Font size of words inside bars and beside points.
pub(super) const SMALL: f64 = 10.0;
/// From one line of words to the next.
pub(super) const LINE: f64 = 15.0;
/// Between words and what they belong to.
pub(super) const GAP: f64 = 6.0;
/// Room above the plot for the name of the axis and for values that stand on top of the marks.
const HEADROOM: f64 = 24.0;
/// More of it, for the name of a deadline above those values.
const DEADLINE_ROOM: f64 = 12.0;
/// Less than this is no plot.
const LEAST_PLOT: (f64, f64) = (80.0, 40.0);

/// Where the parts of a chart go; edges in pixels from the top left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) size: Size,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Legend entries with the top left corner of each.
    pub(super) legend: Vec<(Entry, (f64, f64))>,
    /// Every so-manieth category has its words, …
    pub(super) every: usize,
    /// … counted from this one: the category in focus, else the last.
    pub(super) anchor: usize,
}

impl Layout {
    /// The layout of a chart with axes.
    pub(super) fn of(chart: &ChartSpec, size: Size, values: &Domain) -> Result<Self, ChartError> {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let words = Words::new(TEXT, Ink::Muted);
        let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| words.width(&text)).fold(0.0, f64::max);
        let left = widest(
            &mut values
                .ticks()
                .iter()
                .map(|tick| chart.unit.tick(*tick))
                .chain(chart.foot_rows.iter().map(|row| row.label.clone())),
        ) + 2.0 * GAP;
        let beside_last = if chart.form == Form::Stacked { 2.0 * GAP } else { 0.0 };
        let right = width - widest(&mut right_labels(chart).into_iter()) - beside_last - GAP;
        let (legend, rows) = legend::flow(legend::entries(chart), chart, width);
        let deadline = chart.rules.iter().any(|rule| rule.kind == RuleKind::Deadline);
        let top = f64::from(rows) * LINE + HEADROOM + if deadline { DEADLINE_ROOM } else { 0.0 };
        let groups = chart.categories.iter().any(|category| category.group.is_some());
        let lines = 1 + usize::from(groups) + chart.foot_rows.len();
        let lines = f64::from(u32::try_from(lines).unwrap_or(u32::MAX));
        let bottom = height - lines * LINE - 2.0 * GAP;
        if right - left < LEAST_PLOT.0 || bottom - top < LEAST_PLOT.1 {
            return Err(ChartError::TooSmall {
                chart: chart.id.clone(),
                size,
                needed_width: pixels(left + width - right + LEAST_PLOT.0),
                needed_height: pixels(top + height - bottom + LEAST_PLOT.1),
            });
        }
        let column = (right - left) / columns(chart);
        let focus = chart.categories.iter().position(|category| chart.focus.as_ref() == Some(&category.key));
        let anchor = focus.unwrap_or_else(|| chart.categories.len().saturating_sub(1));
        Ok(Self { size, left, right, top, bottom, legend, every: thinning(chart, column), anchor })
    }

    /// The layout of a chart without axes: only room for the last point.
    pub(super) fn bare(chart: &ChartSpec, size: Size) -> Result<Self, ChartError> {
        const ROOM: f64 = 4.0;
        let (right, bottom) = (f64::from(size.width) - ROOM, f64::from(size.height) - ROOM);
        if right - ROOM < 10.0 || bottom - ROOM < 4.0 {
            let (needed_width, needed_height) = (18, 12);
            return Err(ChartError::TooSmall { chart: chart.id.clone(), size, needed_width, needed_height });
        }
        Ok(Self { size, left: ROOM, right, top: ROOM, bottom, legend: Vec::new(), every: 1, anchor: 0 })
    }

    /// Whether the category at `place` has its words.
    pub(super) fn shows(&self, place: usize) -> bool {
        self.anchor.abs_diff(place).is_multiple_of(self.every)
    }

    /// Middle of the line of words number `line` below the axis.
    pub(super) fn line_below(&self, line: usize) -> f64 {
        let line = f64::from(u32::try_from(line).unwrap_or(u32::MAX));
        self.bottom + GAP + LINE * (line + 0.5)
    }
}

/// Words to the right of the plot.
fn right_labels(chart: &ChartSpec) -> Vec<String> {
    let context = chart.series.iter().skip(1).map(|series| series.label.clone());
    let rules = chart.rules.iter().filter(|rule| rule.kind != RuleKind::Deadline).map(|rule| rule.label.clone());
    match chart.form {
        Form::Line => rules.chain(context).collect(),
        // The value at the end of the curve stands right of it.
        Form::Curve => vec![chart.unit.words(1.0)],
        Form::Stacked | Form::Sparkline => rules.collect(),
    }
}

fn columns(chart: &ChartSpec) -> f64 {
    f64::from(u32::try_from(chart.categories.len()).unwrap_or(u32::MAX)).max(1.0)
}

/// Every so-manieth category gets its words, so that no two of them touch.
fn thinning(chart: &ChartSpec, column: f64) -> usize {
    let words = Words::new(TEXT, Ink::Muted).strong(true);
    let widest = chart
        .categories
        .iter()
        .flat_map(|category| std::iter::once(&category.label).chain(&category.group))
        .chain(chart.foot_rows.iter().flat_map(|row| &row.values))
        .map(|text| words.width(text))
        .fold(0.0, f64::max);
    (1..=chart.categories.len().max(1))
        .find(|every| f64::from(u32::try_from(*every).unwrap_or(u32::MAX)) * column >= widest + GAP)
        .unwrap_or(usize::MAX)
}

fn pixels(length: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive length of a drawing")]
    let pixels = length.ceil() as u32;
    pixels
}
