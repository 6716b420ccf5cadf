//! Points joined by lines.

use super::{
    Medium,
    canvas::{Canvas, Point, Refusal, Words},
    frame::position,
    layout::{GAP, SMALL, TEXT},
    mark,
    spread::spread,
    svg::Scope,
};
use crate::chart::{Mark, MarkKind, RuleKind, Tone, palette::Ink};

/// Draws the context series, the limits' names and then the subject with its values.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    for series in (0..canvas.chart.series.len()).rev() {
        join(canvas, series)?;
        for mark in canvas.chart.marks.iter().filter(|mark| mark.series == series) {
            canvas.scoped(mark::group(canvas.chart, mark, canvas.medium), |canvas| point(canvas, mark))?;
        }
    }
    names(canvas)?;
    values(canvas)
}

/// Lines between neighbours that both have a value.
pub(super) fn join(canvas: &Canvas<'_>, series: usize) -> Result<(), Refusal> {
    let Some(described) = canvas.chart.series.get(series) else { return Ok(()) };
    let (width, dash) = if series == 0 { (2.0, None) } else { (1.2, Some("4 2")) };
    let scope = Scope { class: described.tone.line_class().to_owned(), dash, ..Scope::default() };
    let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
    for place in 0..canvas.chart.categories.len() {
        match (canvas.chart.mark(place, series).and_then(|mark| mark.value), runs.last_mut()) {
            (Some(value), Some(run)) => run.push((position(place) + 0.5, value)),
            _ => runs.push(Vec::new()),
        }
    }
    canvas.scoped(scope, |canvas| {
        runs.into_iter().filter(|run| run.len() > 1).try_for_each(|run| canvas.line(run, described.tone.rgb(), width))
    })
}

fn point(canvas: &Canvas<'_>, mark: &Mark) -> Result<(), Refusal> {
    let x = position(mark.category) + 0.5;
    if let (Medium::Screen, 0, Some(value)) = (canvas.medium, mark.series, mark.value) {
        mark::hit(canvas, canvas.at(x, value))?;
    }
    match mark.value {
        Some(value) if mark.series == 0 => mark::point(canvas, canvas.at(x, value), mark.kind),
        Some(value) => mark::disc(canvas, canvas.at(x, value), 2.2, tone(canvas, mark.series)),
        None if mark.series == 0 => {
            let (x, y) = canvas.at(x, 0.0);
            canvas.words(&mark.label, (x, y - GAP - 2.0), Words::new(SMALL, Ink::Muted).centred())
        }
        None => Ok(()),
    }
}

fn tone(canvas: &Canvas<'_>, series: usize) -> Tone {
    canvas.chart.series.get(series).map_or(Tone::Neutral, |series| series.tone)
}

/// The value above each point; where columns are too narrow, only the last, the highest, the one in focus and breaches.
fn values(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let subject = || canvas.chart.marks.iter().filter(|mark| mark.series == 0 && mark.value.is_some());
    let widest = subject().map(|mark| label(mark).width(&mark.label)).fold(0.0, f64::max);
    let all = canvas.column() >= widest + 2.0;
    let last = subject().next_back().map(|mark| mark.category);
    let highest = subject()
        .max_by(|one, other| one.value.unwrap_or_default().total_cmp(&other.value.unwrap_or_default()))
        .map(|mark| mark.category);
    let mut taken = f64::INFINITY;
    for mark in subject().rev() {
        let chosen = Some(mark.category) == last || Some(mark.category) == highest || mark.kind == MarkKind::Breach;
        let (x, y) = canvas.at(position(mark.category) + 0.5, mark.value.unwrap_or_default());
        let half = label(mark).width(&mark.label) / 2.0;
        if all || (chosen && x + half + 2.0 < taken) {
            let (x, words) = beside_the_line(canvas, mark, (x, y));
            canvas.words(&mark.label, (x, y - 13.0), words)?;
            taken = x - half;
        }
    }
    Ok(())
}

/// Where the line climbs or falls steeply through the place above a point, its value moves to the free side.
fn beside_the_line(canvas: &Canvas<'_>, mark: &Mark, (x, y): Point) -> (f64, Words) {
    const STEEP: f64 = 14.0;
    let above = |place: Option<usize>| {
        let value = place.and_then(|place| canvas.chart.mark(place, 0)).and_then(|mark| mark.value);
        value.is_some_and(|value| y - canvas.at(0.0, value).1 > STEEP)
    };
    let before = above(mark.category.checked_sub(1));
    let after = above(mark.category.checked_add(1));
    match (before, after) {
        (false, true) => (x + GAP, label(mark).ending()),
        (true, false) => (x - GAP, label(mark).starting()),
        _ => (x, label(mark)),
    }
}

fn label(mark: &Mark) -> Words {
    Words::new(TEXT, Ink::Text).centred().rimmed().strong(mark.kind == MarkKind::Breach)
}

/// Names of limits and context series at the right edge, moved apart where they would touch.
fn names(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let rules = canvas.chart.rules.iter().filter(|rule| rule.kind != RuleKind::Deadline);
    let rules = rules.filter_map(|rule| Some((rule.label.as_str(), *rule.values.last()?)));
    let context = canvas.chart.series.iter().enumerate().skip(1).filter_map(|(place, series)| {
        let last = canvas.chart.marks.iter().rev().find(|mark| mark.series == place && mark.value.is_some())?;
        Some((series.label.as_str(), last.value?))
    });
    let mut named: Vec<(f64, &str)> =
        rules.chain(context).map(|(label, value)| (canvas.at(0.0, value).1, label)).collect();
    named.sort_by(|one, other| one.0.total_cmp(&other.0));
    let wanted: Vec<f64> = named.iter().map(|(y, _)| *y).collect();
    let placed = spread(&wanted, TEXT + 2.0, (canvas.layout.top, canvas.layout.bottom));
    for (y, (_, label)) in placed.into_iter().zip(named) {
        canvas.words(label, (canvas.layout.right + GAP, y), Words::new(TEXT, Ink::Muted))?;
    }
    Ok(())
}
