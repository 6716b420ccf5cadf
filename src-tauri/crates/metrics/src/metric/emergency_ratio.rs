//! The share of changes that were emergencies, against the policy's limits.

use super::{Measure, MetricDefinition, Unit, changes, emergencies, is_emergency, none, share};
use crate::judged::Line;
use change_ledger_model::{judgement::RatioState, policy::RatioLimit};
use polars::prelude::PolarsResult;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "emergency_ratio",
        name: "Emergency ratio",
        unit: Unit::Share,
        definition: "Share of the quarter's changes that were emergencies, labelled or not. Flagged as a breach above the \
                     policy's limit, as a warning above its warning level.",
        formula: "E / N",
        null_when: "the quarter has no changes",
    },
    counts: none,
    durations: none,
    behind: is_emergency,
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<Option<f64>> {
    Ok(share(emergencies::read(line)?, changes::read(line)?))
}

/// Where a ratio stands; exactly at a level is not above it.
pub(crate) fn state(ratio: Option<f64>, limits: RatioLimit) -> RatioState {
    match ratio {
        None => RatioState::NotApplicable,
        Some(ratio) if ratio > limits.limit => RatioState::Breach,
        Some(ratio) if ratio > limits.warning => RatioState::Warning,
        Some(_) => RatioState::Within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use change_ledger_model::quarter::Quarter;

    #[test]
    fn a_level_is_passed_only_above_it() {
        let limits = RatioLimit { limit: 0.10, warning: 0.05 };
        let check = |ratio, expected| assert_eq!(state(ratio, limits), expected, "{ratio:?}");
        check(None, RatioState::NotApplicable);
        check(Some(0.0), RatioState::Within);
        check(Some(0.05), RatioState::Within);
        check(Some(0.051), RatioState::Warning);
        check(Some(0.10), RatioState::Warning);
        check(Some(0.101), RatioState::Breach);
        check(Some(1.0), RatioState::Breach);
        // As quarters have them: 1 of 20, 2 of 20, 1 of 10, 11 of 100, 27 of 412.
        check(Some(1.0 / 20.0), RatioState::Within);
        check(Some(2.0 / 20.0), RatioState::Warning);
        check(Some(1.0 / 10.0), RatioState::Warning);
        check(Some(11.0 / 100.0), RatioState::Breach);
        check(Some(27.0 / 412.0), RatioState::Warning);
        let nothing_allowed = RatioLimit { limit: 0.0, warning: 0.0 };
        assert_eq!(state(Some(0.0), nothing_allowed), RatioState::Within);
        assert_eq!(state(Some(0.001), nothing_allowed), RatioState::Breach);
    }

    #[test]
    fn an_empty_quarter_has_no_ratio() {
        let quarter = Quarter::parse("2026-Q3").unwrap();
        let judged = Sample::new().change(0.0).judged();
        let quarters = judged.quarters(Some((quarter, quarter.next()))).unwrap();
        let ratios: Vec<_> = quarters.iter().map(|q| (q.changes, q.emergency_ratio, q.ratio_state)).collect();
        assert_eq!(ratios, [(1, Some(1.0), RatioState::Breach), (0, None, RatioState::NotApplicable)]);
    }

    #[test]
    fn a_quarter_is_held_against_the_limits_in_force_at_its_end() {
        let tell = |from: f64, as_of: f64| {
            let sample = Sample::new().policy_from(from, &[("limit = 0.10", "limit = 0.5")]).seen_at(as_of);
            sample.change(0.0).quarter().ratio_limit
        };
        let check = |from, as_of, expected| assert_eq!(tell(from, as_of), expected, "from {from} as of {as_of}");
        check(100.0, 3000.0, 0.5);
        check(100.0, 50.0, 0.10);
        // In force only from the next quarter.
        check(2000.0, 3000.0, 0.10);
    }
}
