//! The small line of a tile.

use super::{
    canvas::{Canvas, Refusal},
    frame::position,
    line, mark,
};
use crate::chart::Tone;

/// Draws the line and a point at its last value.
pub(super) fn draw(canvas: &Canvas<'_>) -> Result<(), Refusal> {
    line::join(canvas, 0)?;
    for place in 0..canvas.chart.categories.len() {
        let Some(mark) = canvas.chart.mark(place, 0) else { continue };
        let last = place + 1 == canvas.chart.categories.len();
        let alone =
            !neighbours(place).any(|other| canvas.chart.mark(other, 0).is_some_and(|mark| mark.value.is_some()));
        let Some(value) = mark.value.filter(|_| last || alone) else { continue };
        canvas.scoped(mark::group(canvas.chart, mark, canvas.medium), |canvas| {
            mark::disc(canvas, canvas.at(position(place) + 0.5, value), if last { 3.0 } else { 1.5 }, Tone::Accent)
        })?;
    }
    Ok(())
}

fn neighbours(place: usize) -> impl Iterator<Item = usize> {
    place.checked_sub(1).into_iter().chain(place.checked_add(1))
}
