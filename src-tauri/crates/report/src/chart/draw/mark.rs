//! How one number looks: the group around it, the shape of a point, the fill of an area.

use super::{
    Medium,
    canvas::{Canvas, Point, Refusal, fill, spot, units},
    patterns,
    svg::Scope,
};
use crate::chart::{
    Category, ChartSpec, Mark, MarkKind, Pattern, Series, Tone,
    palette::{Ink, Rgb, hex},
};
use plotters::element::{Circle, Polygon};

/// The group around everything that shows `mark`, with its data.
pub(super) fn group(chart: &ChartSpec, mark: &Mark, medium: Medium) -> Scope {
    let category = chart.categories.get(mark.category);
    let series = chart.series.get(mark.series);
    let mut attributes = vec![
        ("class", "mark".to_owned()),
        (chart.axis.attribute(), category.map(|category| category.key.clone()).unwrap_or_default()),
        ("data-series", series.map(|series| series.key.clone()).unwrap_or_default()),
    ];
    attributes.extend(mark.value.map(|value| ("data-value", exact(value))));
    attributes.push(("data-label", mark.label.clone()));
    let title = match (category, series, medium) {
        (Some(category), Some(series), Medium::Screen) => Some(spoken(category, series, mark)),
        _ => None,
    };
    Scope { group: Some(attributes), title, ..Scope::default() }
}

fn spoken(category: &Category, series: &Series, mark: &Mark) -> String {
    format!("{}: {} {}", category.name(), series.label, mark.label)
}

/// Six decimals at most, so that the same value is always written alike.
fn exact(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An area of `series`, twice where it is patterned: the lines lie on a solid ground, because viewers show seams between
/// the repeated squares of a pattern.
pub(super) fn area(
    canvas: &Canvas<'_>,
    series: &Series,
    shape: impl Fn(&Canvas<'_>, Rgb) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let tone = series.tone;
    let ground = if series.pattern == Pattern::Hollow {
        Scope {
            class: "tone-hollow".to_owned(),
            fill: Some(hex(Ink::Surface.rgb())),
            outline: Some((tone.line_class(), hex(tone.rgb()))),
            ..Scope::default()
        }
    } else {
        Scope { class: tone.class().to_owned(), ..Scope::default() }
    };
    canvas.scoped(ground, |canvas| shape(canvas, tone.rgb()))?;
    if series.pattern.tile().is_none() {
        return Ok(());
    }
    let lines = format!("url(#{})", patterns::id(&canvas.chart.id, series.pattern));
    canvas.scoped(Scope { fill: Some(lines), ..Scope::default() }, |canvas| shape(canvas, tone.rgb()))
}

/// A point; its shape says what it is: disc, triangle for a warning, diamond for a breach.
pub(super) fn point(canvas: &Canvas<'_>, (x, y): Point, kind: MarkKind) -> Result<(), Refusal> {
    let corners = match kind {
        MarkKind::Gap => return Ok(()),
        MarkKind::Plain | MarkKind::Within => return disc(canvas, (x, y), 4.0, Tone::Accent),
        MarkKind::Warning => vec![(0.0, -5.5), (5.5, 4.0), (-5.5, 4.0)],
        MarkKind::Breach => vec![(0.0, -6.5), (6.5, 0.0), (0.0, 6.5), (-6.5, 0.0)],
    };
    let tone = if kind == MarkKind::Breach { Tone::Bad } else { Tone::Warn };
    let corners: Vec<(i32, i32)> = corners.into_iter().map(|(right, down)| spot((x + right, y + down))).collect();
    canvas.scoped(rimmed(tone), |canvas| canvas.on_sheet(&Polygon::new(corners, fill(tone.rgb()))))
}

/// A disc of `radius` pixels.
pub(super) fn disc(canvas: &Canvas<'_>, centre: Point, radius: f64, tone: Tone) -> Result<(), Refusal> {
    canvas.scoped(rimmed(tone), |canvas| canvas.on_sheet(&Circle::new(spot(centre), units(radius), fill(tone.rgb()))))
}

/// Room around a point in which a pointer finds it.
pub(super) fn hit(canvas: &Canvas<'_>, centre: Point) -> Result<(), Refusal> {
    let scope = Scope { class: "hit".to_owned(), hit: true, ..Scope::default() };
    canvas.scoped(scope, |canvas| canvas.on_sheet(&Circle::new(spot(centre), units(12.0), fill(Tone::Accent.rgb()))))
}

fn rimmed(tone: Tone) -> Scope {
    Scope { class: tone.class().to_owned(), rim: true, ..Scope::default() }
}
