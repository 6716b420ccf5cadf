//! The legend: what fills, lines and points mean. Only what occurs in the chart is listed.

use super::{
    canvas::{Canvas, Point, Refusal, Words},
    layout::{LINE, TEXT},
    mark,
    svg::Scope,
};
use crate::chart::{CategoryAxis, ChartSpec, Form, MarkKind, number, palette::Ink};

/// Side of a swatch in pixels.
const SWATCH: f64 = 11.0;
/// Between a swatch and its words.
const TO_WORDS: f64 = 5.0;
/// Between entries.
const BETWEEN: f64 = 18.0;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// The fill of a series, by position.
    Series(usize),
    /// The shape of points of a kind.
    Point(MarkKind),
    /// The confidence band.
    Band,
}

impl Entry {
    fn label(&self, chart: &ChartSpec) -> String {
        match self {
            Self::Series(place) => series_label(chart, *place),
            Self::Band => "95% confidence band, point by point".to_owned(),
            Self::Point(MarkKind::Plain) => "value".to_owned(),
            Self::Point(MarkKind::Within) => "within the limit".to_owned(),
            Self::Point(MarkKind::Warning) => "above the warning level".to_owned(),
            Self::Point(MarkKind::Breach) => "above the limit".to_owned(),
            Self::Point(MarkKind::Gap) => "n/a: no changes".to_owned(),
        }
    }
}

/// The name of a series; spans of time add up to a whole, so there its total follows: `on time: 10`.
fn series_label(chart: &ChartSpec, place: usize) -> String {
    let label = chart.series.get(place).map_or("", |series| series.label.as_str());
    if chart.axis != CategoryAxis::ReviewTimes {
        return label.to_owned();
    }
    let total = chart.marks.iter().filter(|mark| mark.series == place).filter_map(|mark| mark.value).sum();
    format!("{label}: {}", number::count_of(total))
}

/// What `chart` has to explain.
pub(super) fn entries(chart: &ChartSpec) -> Vec<Entry> {
    match chart.form {
        Form::Curve if chart.steps.iter().any(|step| step.low.is_some()) => vec![Entry::Band],
        Form::Curve | Form::Sparkline => Vec::new(),
        Form::Line => [MarkKind::Within, MarkKind::Warning, MarkKind::Breach]
            .into_iter()
            .filter(|kind| chart.marks.iter().any(|mark| mark.kind == *kind))
            .map(Entry::Point)
            .collect(),
        Form::Stacked => (0..chart.series.len())
            .filter(|series| {
                chart.marks.iter().any(|mark| mark.series == *series && mark.value.is_some_and(|value| value > 0.0))
            })
            .map(Entry::Series)
            .collect(),
    }
}

/// Places `entries` in rows no wider than `width`; also says how many rows there are.
pub(super) fn flow(entries: Vec<Entry>, chart: &ChartSpec, width: f64) -> (Vec<(Entry, Point)>, u32) {
    let (mut x, mut row) = (0.0, 0_u32);
    let placed: Vec<(Entry, Point)> = entries
        .into_iter()
        .map(|entry| {
            let needed = SWATCH + TO_WORDS + words().width(&entry.label(chart));
            if x > 0.0 && x + needed > width {
                (x, row) = (0.0, row + 1);
            }
            let position = (x, f64::from(row) * LINE);
            x += needed + BETWEEN;
            (entry, position)
        })
        .collect();
    let rows = if placed.is_empty() { 0 } else { row + 1 };
    (placed, rows)
}

fn words() -> Words {
    Words::new(TEXT, Ink::Text)
}

/// Draws the legend where the layout put it.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    for (entry, (x, y)) in &canvas.layout.legend {
        let middle = y + LINE / 2.0;
        match entry {
            Entry::Series(place) => {
                if let Some(series) = canvas.chart.series.get(*place) {
                    let half = SWATCH / 2.0;
                    mark::area(canvas, series, |canvas, color| {
                        canvas.block((*x, middle - half), (x + SWATCH, middle + half), color)
                    })?;
                }
            }
            Entry::Band => {
                let half = SWATCH / 2.0;
                let band = Scope { class: Ink::Band.class().to_owned(), ..Scope::default() };
                canvas.scoped(band, |canvas| {
                    canvas.block((*x, middle - half), (x + SWATCH, middle + half), Ink::Band.rgb())
                })?;
            }
            Entry::Point(kind) => mark::point(canvas, (x + SWATCH / 2.0, middle), *kind)?,
        }
        canvas.words(&entry.label(canvas.chart), (x + SWATCH + TO_WORDS, middle), words())?;
    }
    Ok(())
}
