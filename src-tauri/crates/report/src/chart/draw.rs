//! Draws a chart.

mod canvas;
mod curve;
mod domain;
mod frame;
mod layout;
mod legend;
mod line;
mod mark;
mod markup;
mod patterns;
mod rules;
mod spread;
mod stacked;
mod svg;
mod tiny;

use super::{ChartSpec, Form, RuleKind, Unit};
use canvas::{Canvas, Refusal};
use domain::Domain;
use layout::Layout;

/// Size of a drawing in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// What a drawing is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// Paper.
    Print,
    /// A window.
    Screen,
}

/// A drawing: one `<svg>` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svg(String);

impl Svg {
    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A chart could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// There is no room for it.
    #[error("chart `{chart}` needs at least {needed_width} × {needed_height} pixels, but got {width} × {height}", width = size.width, height = size.height)]
    TooSmall {
        /// Id of the chart.
        chart: String,
        /// The size asked for.
        size: Size,
        /// The least width.
        needed_width: u32,
        /// The least height.
        needed_height: u32,
    },
    /// Plotters could not lay it out.
    #[error("chart `{chart}` could not be laid out: {reason}")]
    Layout {
        /// Id of the chart.
        chart: String,
        /// What Plotters says.
        reason: String,
    },
}

/// Draws `chart`. The same chart, size and medium give the same bytes.
///
/// # Errors
/// [`ChartError::TooSmall`] when the size leaves no room, [`ChartError::Layout`] when Plotters refuses.
pub fn draw(chart: &ChartSpec, size: Size, medium: Medium) -> Result<Svg, ChartError> {
    let values = values(chart);
    let layout = match chart.form {
        Form::Sparkline => Layout::bare(chart, size)?,
        Form::Line | Form::Stacked | Form::Curve => Layout::of(chart, size, &values)?,
    };
    let places = Domain::places(chart.categories.len());
    let mut marks = String::new();
    paint(chart, &layout, medium, &mut marks, (places, values))
        .map_err(|refusal| ChartError::Layout { chart: chart.id.clone(), reason: refusal.to_string() })?;
    Ok(Svg(sheet(chart, size, &marks)))
}

/// The values that the vertical axis must hold.
fn values(chart: &ChartSpec) -> Domain {
    let marks = chart.marks.iter().filter_map(|mark| mark.value);
    let rules = chart.rules.iter().filter(|rule| rule.kind != RuleKind::Deadline).flat_map(|rule| rule.values.clone());
    match chart.form {
        Form::Line => Domain::from_zero(marks.chain(rules), matches!(chart.unit, Unit::Count(_))),
        Form::Stacked => Domain::from_zero(stacked::totals(chart), true),
        Form::Sparkline => Domain::around(marks),
        Form::Curve => Domain::from_zero(std::iter::once(1.0), false),
    }
}

fn paint(
    chart: &ChartSpec,
    layout: &Layout,
    medium: Medium,
    out: &mut String,
    (places, values): (Domain, Domain),
) -> Result<(), Refusal> {
    let canvas = Canvas::new(chart, layout, medium, out, (places, values.clone()))?;
    if chart.form == Form::Sparkline {
        return tiny::draw(&canvas);
    }
    frame::bands(&canvas)?;
    frame::value_axis(&canvas, &values)?;
    if chart.form == Form::Curve {
        // Below the limits, which run across it.
        curve::band(&canvas)?;
    }
    rules::draw(&canvas)?;
    match chart.form {
        Form::Line => line::draw(&canvas),
        Form::Curve => curve::draw(&canvas),
        Form::Stacked | Form::Sparkline => stacked::draw(&canvas),
    }?;
    frame::category_axis(&canvas)?;
    legend::draw(&canvas)
}

/// The `<svg>` element around the marks: name, description, patterns.
fn sheet(chart: &ChartSpec, size: Size, marks: &str) -> String {
    let id = markup::identifier(&chart.id);
    let mut out = String::with_capacity(marks.len() + 1024);
    let (title, description) = (format!("{id}-title"), format!("{id}-description"));
    markup::open(
        &mut out,
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg".to_owned()),
            ("class", format!("chart chart-{id}")),
            ("width", size.width.to_string()),
            ("height", size.height.to_string()),
            ("viewBox", format!("0 0 {} {}", size.width, size.height)),
            ("role", "img".to_owned()),
            ("aria-labelledby", title.clone()),
            ("aria-describedby", description.clone()),
            ("font-family", markup::font_family()),
        ],
    );
    out.push_str(">\n");
    markup::leaf_text(&mut out, "title", &[("id", title)], &chart.title);
    markup::leaf_text(&mut out, "desc", &[("id", description)], &chart.description);
    patterns::define(&mut out, chart);
    out.push_str(marks);
    out.push_str("</svg>\n");
    out
}
