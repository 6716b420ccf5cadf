//! Limits and deadlines.

use super::{
    canvas::{Canvas, Point, Refusal, Words},
    frame::position,
    layout::{GAP, LINE, TEXT},
    svg::Scope,
};
use crate::chart::{Rule, RuleKind, Tone, palette::Ink};

/// Draws the limits across the plot, each as a step line that follows the policy from category to category.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    canvas.chart.rules.iter().try_for_each(|rule| match rule.kind {
        RuleKind::Limit | RuleKind::Warning => level(canvas, rule),
        RuleKind::Deadline => deadline(canvas, rule),
    })
}

fn scope(rule: &Rule) -> Scope {
    let (kind, tone, dash) = match rule.kind {
        RuleKind::Limit => ("limit", Tone::Bad, "7 3"),
        RuleKind::Warning => ("warning", Tone::Warn, "2 3"),
        RuleKind::Deadline => ("deadline", Tone::Bad, "7 3"),
    };
    let attributes = vec![("class", "rule".to_owned()), ("data-rule", kind.to_owned())];
    Scope { group: Some(attributes), class: tone.line_class().to_owned(), dash: Some(dash), ..Scope::default() }
}

fn level(canvas: &Canvas<'_>, rule: &Rule) -> Result<(), Refusal> {
    let tone = if rule.kind == RuleKind::Limit { Tone::Bad } else { Tone::Warn };
    let steps = rule.values.iter().enumerate().filter(|(_, value)| value.is_finite());
    let points: Vec<Point> =
        steps.flat_map(|(place, value)| [(position(place), *value), (position(place) + 1.0, *value)]).collect();
    let points = corners(points);
    canvas.scoped(scope(rule), |canvas| canvas.line(points, tone.rgb(), 1.5))
}

/// Leaves out the points that lie between two of the same height.
fn corners(points: Vec<Point>) -> Vec<Point> {
    let level = |one: Point, other: Point| (one.1 - other.1).abs() < 1e-12;
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if let [.., before, last] = kept.as_slice()
            && level(*before, *last)
            && level(*last, point)
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn deadline(canvas: &Canvas<'_>, rule: &Rule) -> Result<(), Refusal> {
    let Some(place) = rule.values.first().filter(|place| place.is_finite()) else { return Ok(()) };
    let (x, bottom) = canvas.at(*place, 0.0);
    let (top, words) = (canvas.layout.top - 2.0 * LINE + 2.0, Words::new(TEXT, Ink::Text).strong(true));
    canvas.scoped(scope(rule), |canvas| canvas.stroke(&[(x, top), (x, bottom)], Tone::Bad.rgb(), 1.5))?;
    let fits = x + GAP + words.width(&rule.label) <= canvas.layout.right;
    let (x, words) = if fits { (x + GAP, words) } else { (x - GAP, words.ending()) };
    canvas.words(&rule.label, (x, top + GAP), words)
}
