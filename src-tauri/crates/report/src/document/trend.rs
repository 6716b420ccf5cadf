//! What changed from each quarter to the next: sentences that claim no more than the numbers bear.

use super::figures;
use change_ledger_model::quarterly::{Direction, QuarterMetrics, Trend};

/// A number whose way from quarter to quarter is told.
struct Told {
    /// Its key in the JSON of a quarter.
    metric: &'static str,
    /// How a sentence begins.
    subject: &'static str,
    /// One and several of what it rests on.
    things: (&'static str, &'static str),
    n: fn(&QuarterMetrics) -> u64,
    value: fn(&QuarterMetrics) -> Option<f64>,
    words: fn(f64, &QuarterMetrics) -> String,
}

const CHANGES: (&str, &str) = ("change", "changes");
const EMERGENCIES: (&str, &str) = ("emergency", "emergencies");
const REVIEWS: (&str, &str) = ("review", "reviews");

const TOLD: [Told; 5] = [
    Told {
        metric: "emergency_ratio",
        subject: "The emergency ratio",
        things: CHANGES,
        n: |quarter| quarter.changes,
        value: |quarter| quarter.emergency_ratio,
        words: |share, quarter| figures::percent_against(share, &[quarter.ratio_limit]),
    },
    Told {
        metric: "unlabelled_emergencies.share",
        subject: "The share of emergencies that nobody labelled",
        things: EMERGENCIES,
        n: |quarter| quarter.emergencies,
        value: |quarter| quarter.unlabelled_emergencies.share,
        words: percent,
    },
    Told {
        metric: "missing_incident_links.share",
        subject: "The share of emergencies without a link to an imported incident",
        things: EMERGENCIES,
        n: |quarter| quarter.emergencies,
        value: |quarter| quarter.missing_incident_links.share,
        words: percent,
    },
    Told {
        metric: "retroactive_review.on_time_rate",
        subject: "The share of retroactive reviews that came on time",
        things: REVIEWS,
        n: |quarter| {
            let review = quarter.retroactive_review;
            review.on_time + review.late + review.overdue
        },
        value: |quarter| quarter.retroactive_review.on_time_rate,
        words: percent,
    },
    Told {
        metric: "retroactive_review.median_hours",
        subject: "The median time to retroactive review",
        things: REVIEWS,
        n: |quarter| quarter.retroactive_review.on_time + quarter.retroactive_review.late,
        value: |quarter| quarter.retroactive_review.median_hours,
        words: |hours, _| figures::span(hours).replace('\u{A0}', " "),
    },
];

fn percent(share: f64, _: &QuarterMetrics) -> String {
    figures::percent(share)
}

/// What changed from each of `quarters` to the next. Where either rests on fewer than `minimum` changes or reviews, both
/// numbers are told and no trend is claimed; a number that neither quarter has is left out.
#[must_use]
pub fn trends(quarters: &[QuarterMetrics], minimum: u64) -> Vec<Trend> {
    let pairs = quarters.iter().zip(quarters.iter().skip(1));
    pairs.flat_map(|(before, now)| TOLD.iter().filter_map(|told| told.between(before, now, minimum))).collect()
}

impl Told {
    fn between(&self, before: &QuarterMetrics, now: &QuarterMetrics, minimum: u64) -> Option<Trend> {
        let (was, is) = ((self.value)(before), (self.value)(now));
        let (n_before, n) = ((self.n)(before), (self.n)(now));
        let (direction, sentence) = match (was, is) {
            (None, None) => return None,
            (Some(was), Some(is)) => self.compared((before, was), (now, is), minimum),
            (None, Some(_)) => (Direction::NotComparable, self.incomparable(now, before)),
            (Some(_), None) => (Direction::NotComparable, self.incomparable(now, now)),
        };
        Some(Trend {
            quarter: now.quarter.clone(),
            previous: before.quarter.clone(),
            metric: self.metric.to_owned(),
            direction,
            now: is,
            before: was,
            n,
            n_before,
            sentence,
        })
    }

    fn compared(
        &self,
        (before, was): (&QuarterMetrics, f64),
        (now, is): (&QuarterMetrics, f64),
        minimum: u64,
    ) -> (Direction, String) {
        let [then, here] = [(before, was), (now, is)].map(|(quarter, value)| {
            let (one, many) = self.things;
            let rests_on = figures::counted((self.n)(quarter), one, many);
            (
                format!("{} ({rests_on}) in {}", (self.words)(value, quarter), quarter.quarter),
                (self.words)(value, quarter),
            )
        });
        let ((then, then_words), (here, here_words)) = (then, here);
        let subject = self.subject;
        if (self.n)(before).min((self.n)(now)) < minimum {
            let (_, many) = self.things;
            let sentence = format!(
                "{subject} was {here} after {then}; with fewer than {} {many} in a quarter no trend is claimed.",
                figures::count(minimum)
            );
            return (Direction::TooFew, sentence);
        }
        if then_words == here_words {
            return (Direction::Same, format!("{subject} stayed at {here} as in {}.", before.quarter));
        }
        let (direction, verb) = if is > was { (Direction::Up, "rose") } else { (Direction::Down, "fell") };
        (direction, format!("{subject} {verb} from {then} to {here}."))
    }

    fn incomparable(&self, now: &QuarterMetrics, without: &QuarterMetrics) -> String {
        format!("{} of {} cannot be compared: {} has no such number.", self.subject, now.quarter, without.quarter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn quarter(name: &str, changes: u64, emergencies: u64) -> QuarterMetrics {
        let mut quarter = sample::report().quarters.pop().unwrap();
        quarter.quarter = name.to_owned();
        (quarter.changes, quarter.emergencies) = (changes, emergencies);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let ratio = (changes > 0).then(|| emergencies as f64 / changes as f64);
        quarter.emergency_ratio = ratio;
        quarter
    }

    #[test]
    fn a_trend_is_claimed_only_where_both_quarters_rest_on_enough() {
        let check = |before: (u64, u64), now: (u64, u64), direction: Direction, sentence: &str| {
            let quarters = [quarter("2026-Q2", before.0, before.1), quarter("2026-Q3", now.0, now.1)];
            let found = trends(&quarters, 10);
            assert_eq!((found[0].direction, found[0].sentence.as_str()), (direction, sentence));
            assert_eq!((found[0].n_before, found[0].n), (before.0, now.0));
        };
        let (rose, fell) = ((40, 2), (40, 6));
        check(
            rose,
            fell,
            Direction::Up,
            "The emergency ratio rose from 5.0% (40 changes) in 2026-Q2 to 15.0% (40 changes) in 2026-Q3.",
        );
        check(
            fell,
            rose,
            Direction::Down,
            "The emergency ratio fell from 15.0% (40 changes) in 2026-Q2 to 5.0% (40 changes) in 2026-Q3.",
        );
        check(
            (40, 2),
            (80, 4),
            Direction::Same,
            "The emergency ratio stayed at 5.0% (80 changes) in 2026-Q3 as in 2026-Q2.",
        );
        check(
            (9, 1),
            (40, 2),
            Direction::TooFew,
            "The emergency ratio was 5.0% (40 changes) in 2026-Q3 after 11.1% (9 changes) in 2026-Q2; with fewer than 10 changes in a quarter no trend is claimed.",
        );
        check(
            (0, 0),
            (40, 2),
            Direction::NotComparable,
            "The emergency ratio of 2026-Q3 cannot be compared: 2026-Q2 has no such number.",
        );
        check(
            (40, 2),
            (0, 0),
            Direction::NotComparable,
            "The emergency ratio of 2026-Q3 cannot be compared: 2026-Q3 has no such number.",
        );
    }

    #[test]
    fn a_number_that_neither_quarter_has_is_left_out() {
        let quarters = [quarter("2026-Q2", 0, 0), quarter("2026-Q3", 0, 0)];
        assert!(trends(&quarters, 10).iter().all(|trend| trend.metric != "emergency_ratio"));
        assert_eq!(trends(&quarters[..1], 10), []);
    }
}
