//! What stands around the marks: bands, grid, axes, figures below.

use super::{
    canvas::{Canvas, Refusal, Words},
    domain::Domain,
    layout::{GAP, LINE, SMALL, TEXT},
    svg::Scope,
};
use crate::chart::{MarkKind, palette::Ink};

fn inked(ink: Ink) -> Scope {
    Scope { class: ink.class().to_owned(), ..Scope::default() }
}

/// The bands behind the category in focus, behind gaps and behind what stands apart.
pub(super) fn bands(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    for (place, category) in canvas.chart.categories.iter().enumerate() {
        let gap = category.apart || canvas.chart.mark(place, 0).is_some_and(|mark| mark.kind == MarkKind::Gap);
        let (left, right) = columns(canvas, place);
        if canvas.chart.focus.as_ref() == Some(&category.key) {
            let bottom = f64::from(canvas.layout.size.height);
            canvas.scoped(inked(Ink::Focus), |canvas| {
                canvas.block((left, canvas.layout.top - GAP), (right, bottom), Ink::Focus.rgb())
            })?;
        }
        if gap {
            canvas.scoped(inked(Ink::Gap), |canvas| {
                canvas.block((left, canvas.layout.top), (right, canvas.layout.bottom), Ink::Gap.rgb())
            })?;
        }
    }
    Ok(())
}

fn columns(canvas: &Canvas<'_>, place: usize) -> (f64, f64) {
    let place = position(place);
    (canvas.at(place, 0.0).0, canvas.at(place + 1.0, 0.0).0)
}

/// Left edge of a category on the axis.
pub(super) fn position(place: usize) -> f64 {
    f64::from(u32::try_from(place).unwrap_or(u32::MAX))
}

/// Grid lines with their values, and what the axis counts.
pub(super) fn value_axis(canvas: &Canvas<'_>, values: &Domain) -> Result<(), Refusal> {
    let layout = canvas.layout;
    let words = Words::new(TEXT, Ink::Muted).ending();
    for tick in values.ticks() {
        let y = canvas.at(0.0, *tick).1;
        let ink = if *tick > 0.0 { Ink::Grid } else { Ink::Axis };
        canvas.scoped(inked(ink), |canvas| canvas.stroke(&[(layout.left, y), (layout.right, y)], ink.rgb(), 1.0))?;
        canvas.words(&canvas.chart.unit.tick(*tick), (layout.left - GAP, y), words)?;
    }
    canvas.words(canvas.chart.unit.name(), (0.0, layout.top - LINE), Words::new(SMALL, Ink::Muted))
}

/// Names of the categories, their groups, and the rows of figures.
pub(super) fn category_axis(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    let (chart, layout) = (canvas.chart, canvas.layout);
    let shown: Vec<usize> = (0..chart.categories.len()).filter(|place| layout.shows(*place)).collect();
    let grouped = chart.categories.iter().any(|category| category.group.is_some());
    let mut group = None;
    for place in &shown {
        let Some(category) = chart.categories.get(*place) else { continue };
        let x = canvas.at(position(*place) + 0.5, 0.0).0;
        let focus = chart.focus.as_ref() == Some(&category.key);
        let words = Words::new(TEXT, Ink::Text).centred().strong(focus);
        canvas.words(&category.label, (x, layout.line_below(0)), words)?;
        if let Some(name) = category.group.as_ref().filter(|name| group != Some(*name)) {
            canvas.words(name, (x, layout.line_below(1)), Words::new(TEXT, Ink::Muted).centred())?;
        }
        group = category.group.as_ref();
    }
    for (line, row) in chart.foot_rows.iter().enumerate() {
        let y = layout.line_below(line + 1 + usize::from(grouped));
        canvas.words(&row.label, (0.0, y), Words::new(TEXT, Ink::Muted))?;
        for place in &shown {
            let x = canvas.at(position(*place) + 0.5, 0.0).0;
            let text = row.values.get(*place).map_or("", String::as_str);
            canvas.words(text, (x, y), Words::new(TEXT, Ink::Text).centred())?;
        }
    }
    Ok(())
}
