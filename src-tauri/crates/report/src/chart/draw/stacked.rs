//! One stacked bar per category.

use super::{
    canvas::{Canvas, Point, Refusal, Words},
    frame::position,
    layout::{GAP, SMALL, TEXT},
    mark,
    spread::spread,
    svg::Scope,
};
use crate::chart::{Mark, Pattern, Series, number, palette::Ink};

/// Widest bar in pixels.
const WIDEST: f64 = 44.0;
/// Share of a column that its bar takes.
const SHARE: f64 = 0.56;
/// Lowest segment that holds its number, in pixels.
const HOLDS_NUMBER: f64 = 13.0;
/// Between a bar and the numbers beside it, on either side, in pixels.
const BESIDE: f64 = 4.0;
/// Height of the plate under a number in pixels.
const PLATE: f64 = 11.0;

/// A segment with its lower and upper value.
struct Segment<'a> {
    mark: &'a Mark,
    series: &'a Series,
    from: f64,
    to: f64,
}

/// Draws the bars, their numbers and their totals.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let half = (canvas.column() * SHARE).min(WIDEST) / 2.0 / canvas.column();
    for place in 0..canvas.chart.categories.len() {
        let segments = segments(canvas, place);
        for segment in &segments {
            canvas.scoped(mark::group(canvas.chart, segment.mark, canvas.medium), |canvas| {
                let middle = position(place) + 0.5;
                mark::area(canvas, segment.series, |canvas, color| {
                    canvas.bar((middle - half, segment.from), (middle + half, segment.to), color)
                })
            })?;
        }
        numbers(canvas, place, half, &segments)?;
        total(canvas, place, &segments)?;
    }
    if totals(canvas.chart).all(|total| total == 0.0) {
        nothing(canvas)?;
    }
    Ok(())
}

/// The heights of the bars.
pub(super) fn totals(chart: &crate::chart::ChartSpec) -> impl Iterator<Item = f64> {
    (0..chart.categories.len())
        .map(|place| chart.marks.iter().filter(|mark| mark.category == place).filter_map(|mark| mark.value).sum())
}

fn segments<'a>(canvas: &Canvas<'a>, place: usize) -> Vec<Segment<'a>> {
    let mut from = 0.0;
    let drawn = canvas.chart.series.iter().enumerate().filter_map(|(number, series)| {
        let mark = canvas.chart.mark(place, number)?;
        let value = mark.value.filter(|value| *value > 0.0)?;
        let segment = Segment { mark, series, from, to: from + value };
        from = segment.to;
        Some(segment)
    });
    drawn.collect()
}

/// Each segment's number: inside where it fits, else beside it; none where the total says it all.
fn numbers(canvas: &Canvas<'_>, place: usize, half: f64, segments: &[Segment<'_>]) -> Result<(), Refusal> {
    if segments.len() < 2 {
        return Ok(());
    }
    let middle = position(place) + 0.5;
    let (width, mut beside) = (2.0 * half * canvas.column(), Vec::new());
    for segment in segments {
        let (x, lower) = canvas.at(middle, segment.from);
        let upper = canvas.at(middle, segment.to).1;
        let y = f64::midpoint(lower, upper);
        let words = inside(segment.series);
        if lower - upper >= HOLDS_NUMBER && words.width(&segment.mark.label) + 4.0 <= width {
            inside_number(canvas, segment, (x, y), words)?;
        } else {
            beside.push((y, segment.mark.label.as_str()));
        }
    }
    let words = Words::new(SMALL, Ink::Muted);
    let x = canvas.at(middle + half, 0.0).0 + BESIDE;
    let widest = beside.iter().map(|(_, label)| words.width(label)).fold(0.0, f64::max);
    let free = (canvas.column() - width).min(f64::from(canvas.layout.size.width) - x + BESIDE);
    if widest + 2.0 * BESIDE > free {
        return Ok(());
    }
    beside.reverse();
    let wanted: Vec<f64> = beside.iter().map(|(y, _)| *y).collect();
    for (y, (_, label)) in
        spread(&wanted, SMALL, (canvas.layout.top, canvas.layout.bottom - SMALL / 2.0)).into_iter().zip(beside)
    {
        canvas.words(label, (x, y), words)?;
    }
    Ok(())
}

/// A number on its segment, on a plate where a pattern would make it hard to read.
fn inside_number(canvas: &Canvas<'_>, segment: &Segment<'_>, (x, y): Point, words: Words) -> Result<(), Refusal> {
    if segment.series.pattern.tile().is_some() {
        let half = words.width(&segment.mark.label) / 2.0 + 2.5;
        let plate = Scope { class: Ink::Surface.class().to_owned(), ..Scope::default() };
        canvas.scoped(plate, |canvas| {
            canvas.block((x - half, y - PLATE / 2.0), (x + half, y + PLATE / 2.0), Ink::Surface.rgb())
        })?;
    }
    canvas.words(&segment.mark.label, (x, y), words)
}

fn inside(series: &Series) -> Words {
    match series.pattern {
        Pattern::Solid => Words::new(SMALL, Ink::OnTone).centred(),
        Pattern::Hollow | Pattern::Rising | Pattern::Crossed | Pattern::Dotted => {
            Words::new(SMALL, Ink::Text).centred()
        }
    }
}

fn total(canvas: &Canvas<'_>, place: usize, segments: &[Segment<'_>]) -> Result<(), Refusal> {
    let known = canvas.chart.marks.iter().any(|mark| mark.category == place && mark.value.is_some());
    let height = segments.last().map_or(0.0, |segment| segment.to);
    let text = if known { number::count_of(height) } else { number::NOT_APPLICABLE.to_owned() };
    let words = Words::new(TEXT, if height > 0.0 { Ink::Text } else { Ink::Muted }).centred().strong(height > 0.0);
    // A deadline may run through it.
    let words = if canvas.chart.rules.is_empty() { words } else { words.rimmed() };
    if words.width(&text) > canvas.column() {
        return Ok(());
    }
    let (x, y) = canvas.at(position(place) + 0.5, height);
    canvas.words(&text, (x, y - GAP - 3.0), words)
}

/// Says that there is nothing, instead of leaving an empty frame to guess about.
fn nothing(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let layout = canvas.layout;
    let middle = (f64::midpoint(layout.left, layout.right), f64::midpoint(layout.top, layout.bottom));
    canvas.words(&format!("no {}", canvas.chart.unit.name()), middle, Words::new(TEXT, Ink::Muted).centred().rimmed())
}
