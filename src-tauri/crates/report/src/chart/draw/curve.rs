//! A step curve with its confidence band.

use super::{
    Medium,
    canvas::{Canvas, Point, Refusal, Words},
    frame::position,
    layout::{GAP, SMALL, TEXT},
    mark,
    svg::Scope,
};
use crate::chart::{Mark, Tone, palette::Ink};

/// Draws the curve, and its value at the end of each span of time.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let steps = canvas.chart.steps.as_slice();
    if steps.is_empty() {
        return nothing(canvas);
    }
    let scope = Scope { class: Tone::Accent.line_class().to_owned(), ..Scope::default() };
    let line = stairs(steps.iter().map(|step| (step.at, step.value)));
    canvas.scoped(scope, |canvas| canvas.line(line, Tone::Accent.rgb(), 2.0))?;
    let mut taken = f64::NEG_INFINITY;
    for mark in canvas.chart.marks.iter().filter(|mark| mark.series == 0) {
        canvas.scoped(mark::group(canvas.chart, mark, canvas.medium), |canvas| value(canvas, mark, &mut taken))?;
    }
    Ok(())
}

/// Draws the light area between both limits, with dashed edges, so that it is told from the page without its colour.
pub(super) fn band(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let limits = canvas.chart.steps.iter().filter_map(|step| Some((step.at, step.low?, step.high?)));
    let low = stairs(limits.clone().map(|(at, low, _)| (at, low)));
    let high = stairs(limits.map(|(at, _, high)| (at, high)));
    if low.len() < 2 {
        return Ok(());
    }
    let around: Vec<Point> = high.iter().copied().chain(low.iter().rev().copied()).collect();
    let fill = Scope { class: Ink::Band.class().to_owned(), ..Scope::default() };
    canvas.scoped(fill, |canvas| canvas.area(around, Ink::Band.rgb()))?;
    let edge = Scope { class: Tone::Accent.line_class().to_owned(), dash: Some("2 2"), ..Scope::default() };
    canvas.scoped(edge, |canvas| {
        canvas.line(low, Tone::Accent.rgb(), 0.8)?;
        canvas.line(high, Tone::Accent.rgb(), 0.8)
    })
}

/// The corners of a line that keeps its value until the next point.
fn stairs(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    for (at, value) in points {
        if let Some((_, before)) = corners.last().copied() {
            corners.push((at, before));
        }
        corners.push((at, value));
    }
    corners
}

/// The value at the end of a span, right above it: the curve never rises, so there is room. Words that would touch those
/// before, which end at `taken`, are left out.
fn value(canvas: &Canvas<'_>, mark: &Mark, taken: &mut f64) -> Result<(), Refusal> {
    let Some(value) = mark.value else {
        let (x, y) = canvas.at(position(mark.category) + 0.5, 0.0);
        return canvas.words(&mark.label, (x, y - GAP - 2.0), Words::new(SMALL, Ink::Muted).centred());
    };
    let end = canvas.chart.steps.last().map_or(0.0, |step| step.at);
    let at = canvas.at((position(mark.category) + 1.0).min(end.max(position(mark.category))), value);
    if canvas.medium == Medium::Screen {
        mark::hit(canvas, at)?;
    }
    mark::disc(canvas, at, 2.6, Tone::Accent)?;
    let (words, begin) = (Words::new(TEXT, Ink::Text).rimmed(), at.0 + 3.0);
    if begin < *taken {
        return Ok(());
    }
    *taken = begin + words.width(&mark.label) + 2.0;
    canvas.words(&mark.label, (begin, at.1 - 9.0), words)
}

/// Says that there is nothing, instead of leaving an empty frame to guess about.
fn nothing(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let layout = canvas.layout;
    let middle = (f64::midpoint(layout.left, layout.right), f64::midpoint(layout.top, layout.bottom));
    canvas.words("no reviews owed", middle, Words::new(TEXT, Ink::Muted).centred().rimmed())
}
