//! The one gate for every range that reaches Plotters: an infinite range would make it loop for ever, an empty or
//! undefined one would make it panic.

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};
use std::ops::Range;

/// Beyond this a value is drawn at the edge.
const LARGEST: f64 = 1e15;
/// Below this a value is drawn as 0.
const SMALLEST: f64 = 1e-9;
/// An axis of counts reaches at least this far, so that a single one does not fill the plot.
const FEWEST: f64 = 4.0;
/// About as many ticks as an axis gets.
const MOST_STEPS: f64 = 5.0;

/// A finite range that is not empty, with ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Domain {
    lower: f64,
    upper: f64,
    ticks: Vec<f64>,
}

impl Domain {
    /// From 0 to a round number that covers every finite one of `values`, with ticks at multiples of 1, 2 or 5 times a
    /// power of ten; `whole` values get no ticks between them.
    pub(super) fn from_zero(values: impl Iterator<Item = f64>, whole: bool) -> Self {
        let largest = values.filter(|value| value.is_finite()).fold(0.0, f64::max).min(LARGEST);
        let largest = if largest > SMALLEST { largest } else { 1.0 };
        let largest = if whole { largest.max(FEWEST) } else { largest };
        let step = round_step(largest / MOST_STEPS);
        let step = if whole { step.max(1.0) } else { step };
        let steps = (largest / step - 1e-9).ceil().max(1.0);
        let ticks = (0..=10_u8).map(f64::from).take_while(|tick| *tick <= steps).map(|tick| tick * step).collect();
        Self { lower: 0.0, upper: steps * step, ticks }
    }

    /// One unit for each of `count` places; ticks at their centres.
    pub(super) fn places(count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        Self { lower: 0.0, upper: f64::from(count), ticks: (0..count).map(|place| f64::from(place) + 0.5).collect() }
    }

    /// Just around the finite ones of `values`, without ticks.
    pub(super) fn around(values: impl Iterator<Item = f64> + Clone) -> Self {
        let values = values.filter(|value| value.is_finite()).map(|value| value.clamp(-LARGEST, LARGEST));
        let lower = values.clone().reduce(f64::min).unwrap_or(0.0);
        let upper = values.reduce(f64::max).unwrap_or(0.0);
        let (lower, upper) = if upper > lower { (lower, upper) } else { (lower - 1.0, upper + 1.0) };
        Self { lower, upper, ticks: Vec::new() }
    }

    /// The ticks, ascending.
    pub(super) fn ticks(&self) -> &[f64] {
        &self.ticks
    }
}

/// The least of 1, 2, 5 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|round| *round >= step * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

impl Ranged for Domain {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = ((value - self.lower) / (self.upper - self.lower)).clamp(0.0, 1.0);
        let place = f64::from(limit.0) + share * (f64::from(limit.1) - f64::from(limit.0));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "between two i32 by construction; an undefined value becomes 0"
        )]
        let place = place.round() as i32;
        place
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks.iter().copied().take(hint.max_num_points()).collect()
    }

    fn range(&self) -> Range<f64> {
        self.lower..self.upper
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        let check = |values: &[f64], whole, ticks: &[f64]| {
            let domain = Domain::from_zero(values.iter().copied(), whole);
            assert_eq!(domain.ticks().len(), ticks.len(), "{values:?}: {:?}", domain.ticks());
            for (tick, expected) in domain.ticks().iter().zip(ticks) {
                assert!((tick - expected).abs() < 1e-9 * expected.max(1.0), "{values:?}: {tick} {expected}");
            }
            assert!(
                domain.range().end >= values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max).min(LARGEST)
            );
        };
        check(&[17.0, 3.0], true, &[0.0, 5.0, 10.0, 15.0, 20.0]);
        check(&[0.12, 0.10], false, &[0.0, 0.05, 0.10, 0.15]);
        check(&[0.1], false, &[0.0, 0.02, 0.04, 0.06, 0.08, 0.1]);
        check(&[2.0], true, &[0.0, 1.0, 2.0, 3.0, 4.0]);
        check(&[], true, &[0.0, 1.0, 2.0, 3.0, 4.0]);
        check(&[5.0], true, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        check(&[83_333.0], true, &[0.0, 20_000.0, 40_000.0, 60_000.0, 80_000.0, 100_000.0]);
    }

    #[test]
    fn no_values_can_break_an_axis() {
        for values in [vec![], vec![0.0], vec![f64::NAN], vec![f64::INFINITY], vec![f64::MAX], vec![-3.0], vec![5e-324]]
        {
            for domain in [
                Domain::from_zero(values.iter().copied(), true),
                Domain::from_zero(values.iter().copied(), false),
                Domain::around(values.iter().copied()),
            ] {
                let Range { start, end } = domain.range();
                assert!(start.is_finite() && end.is_finite() && start < end, "{values:?} {domain:?}");
                assert!(domain.ticks().iter().all(|tick| tick.is_finite()), "{values:?} {domain:?}");
                assert!((0..=100).contains(&domain.map(&f64::NAN, (0, 100))), "{values:?}");
                assert_eq!(domain.map(&f64::INFINITY, (0, 100)), 100, "{values:?}");
            }
        }
        assert_eq!(Domain::places(0).range(), 0.0..1.0);
        assert_eq!(Domain::places(3).ticks(), [0.5, 1.5, 2.5]);
    }
}
