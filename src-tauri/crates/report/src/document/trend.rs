//! What changed from each quarter to the next: sentences that claim no more than the numbers bear.

mod reach;

use super::figures;
use change_ledger_model::quarterly::{Direction, PolicyReference, QuarterMetrics, Trend};
use chrono::NaiveDate;
use reach::Reach;
use std::collections::BTreeMap;

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
    reach: fn(&QuarterMetrics) -> Option<Reach>,
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
        reach: reach::ratio,
        words: |share, quarter| figures::percent_against(share, &[quarter.ratio_limit]),
    },
    Told {
        metric: "unlabelled_emergencies.share",
        subject: "The share of emergencies that nobody labelled",
        things: EMERGENCIES,
        n: |quarter| quarter.emergencies,
        value: |quarter| quarter.unlabelled_emergencies.share,
        reach: reach::unlabelled,
        words: percent,
    },
    Told {
        metric: "missing_incident_links.share",
        subject: "The share of emergencies without a link to an imported incident",
        things: EMERGENCIES,
        n: |quarter| quarter.emergencies,
        value: |quarter| quarter.missing_incident_links.share,
        reach: reach::missing_links,
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
        reach: reach::on_time,
        words: percent,
    },
    Told {
        metric: "retroactive_review.median_hours",
        subject: "The median time to retroactive review",
        things: REVIEWS,
        n: |quarter| quarter.retroactive_review.on_time + quarter.retroactive_review.late,
        value: |quarter| quarter.retroactive_review.median_hours,
        reach: reach::median,
        words: |hours, _| figures::span(hours).replace('\u{A0}', " "),
    },
];

fn percent(share: f64, _: &QuarterMetrics) -> String {
    figures::percent(share)
}

/// What besides two numbers decides what may be said of their way.
#[derive(Debug, Clone, Copy)]
pub struct Comparing<'a> {
    /// Below so many changes, emergencies or reviews in a quarter no trend is claimed.
    pub minimum: u64,
    /// The day of the judgement, in the zone of the quarters: a quarter that ends on it or later still runs.
    pub today: NaiveDate,
    /// The policy versions that judged the changes of each quarter, by its name.
    pub judged_by: &'a BTreeMap<String, Vec<PolicyReference>>,
}

/// What changed from each of `quarters` to the next. Where either rests on fewer than the smallest number, or what the
/// files do not tell may be the whole difference, both numbers are told and no trend is claimed; a number that neither
/// quarter has is left out.
#[must_use]
pub fn trends(quarters: &[QuarterMetrics], comparing: &Comparing) -> Vec<Trend> {
    let pairs = quarters.iter().zip(quarters.iter().skip(1));
    pairs.flat_map(|(before, now)| TOLD.iter().filter_map(|told| told.between(before, now, comparing))).collect()
}

impl Told {
    fn between(&self, before: &QuarterMetrics, now: &QuarterMetrics, comparing: &Comparing) -> Option<Trend> {
        let (was, is) = ((self.value)(before), (self.value)(now));
        if was.is_none() && is.is_none() {
            return None;
        }
        let (direction, sentence) = match ((self.reach)(before), (self.reach)(now)) {
            (Some(was), Some(is)) => self.compared((before, was), (now, is), comparing),
            (None, _) => (Direction::NotComparable, self.incomparable(now, before, comparing)),
            (_, None) => (Direction::NotComparable, self.incomparable(now, now, comparing)),
        };
        Some(Trend {
            quarter: now.quarter.clone(),
            previous: before.quarter.clone(),
            metric: self.metric.to_owned(),
            direction,
            now: is,
            before: was,
            n: (self.n)(now),
            n_before: (self.n)(before),
            sentence,
        })
    }

    fn compared(
        &self,
        (before, was): (&QuarterMetrics, Reach),
        (now, is): (&QuarterMetrics, Reach),
        comparing: &Comparing,
    ) -> (Direction, String) {
        let (then_words, here_words) = (self.number(before, &was), self.number(now, &is));
        let then = self.founded(&then_words, before, &was, comparing);
        let here = self.founded(&here_words, now, &is, comparing);
        let subject = self.subject;
        let (direction, claim) = if (self.n)(before).min((self.n)(now)) < comparing.minimum {
            let (_, many) = self.things;
            let minimum = figures::count(comparing.minimum);
            let claim =
                format!("was {here} after {then}; with fewer than {minimum} {many} in a quarter no trend is claimed");
            (Direction::TooFew, claim)
        } else if was.meets(&is) {
            (Direction::NotComparable, format!("cannot be compared: it was {here} after {then}"))
        } else if then_words == here_words {
            (Direction::Same, format!("stayed at {here}, as in {}", comparing.name(before)))
        } else if is.low > was.high {
            (Direction::Up, format!("rose from {then} to {here}"))
        } else {
            (Direction::Down, format!("fell from {then} to {here}"))
        };
        (direction, format!("{subject} {claim}.{}", comparing.policies(before, now)))
    }

    fn number(&self, quarter: &QuarterMetrics, reach: &Reach) -> String {
        let words = |number: f64| (self.words)(number, quarter);
        match (self.value)(quarter) {
            Some(value) if reach.is_exact() || reach.high.is_infinite() => words(value),
            _ => format!("between {} and {}", words(reach.low), words(reach.high)),
        }
    }

    /// The number with what it rests on and the quarter.
    fn founded(&self, number: &str, quarter: &QuarterMetrics, reach: &Reach, comparing: &Comparing) -> String {
        let (one, many) = self.things;
        let rests_on = figures::counted((self.n)(quarter), one, many);
        format!("{number} ({rests_on}{}) in {}", reach.left_open(), comparing.name(quarter))
    }

    fn incomparable(&self, now: &QuarterMetrics, without: &QuarterMetrics, comparing: &Comparing) -> String {
        let [now, without] = [now, without].map(|quarter| comparing.name(quarter));
        format!("{} of {now} cannot be compared: {without} has no such number.", self.subject)
    }
}

impl Comparing<'_> {
    fn name(&self, quarter: &QuarterMetrics) -> String {
        let so_far = if quarter.to >= self.today { " so far" } else { "" };
        format!("{}{so_far}", quarter.quarter)
    }

    /// A sentence that says by which policies the two were judged, where they are others.
    fn policies(&self, before: &QuarterMetrics, now: &QuarterMetrics) -> String {
        let judged_by = |quarter: &QuarterMetrics| self.judged_by.get(&quarter.quarter).map_or(&[][..], Vec::as_slice);
        let (then, here) = (judged_by(before), judged_by(now));
        if then.is_empty() || here.is_empty() || then == here {
            return String::new();
        }
        let named = |policies: &[PolicyReference]| {
            let names: Vec<_> = policies.iter().map(|policy| format!("{} {}", policy.name, policy.version)).collect();
            names.join(" and ")
        };
        format!(
            " The policy is not the same: {} was judged by {}, {} by {}.",
            before.quarter,
            named(then),
            now.quarter,
            named(here)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn quarter(name: &str, changes: u64, emergencies: u64) -> QuarterMetrics {
        let mut quarter = sample::report().quarters.pop().unwrap();
        quarter.quarter = name.to_owned();
        if name == "2026-Q2" {
            quarter.to = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        }
        (quarter.changes, quarter.emergencies) = (changes, emergencies);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let ratio = (changes > 0).then(|| emergencies as f64 / changes as f64);
        quarter.emergency_ratio = ratio;
        quarter
    }

    const NO_POLICIES: &BTreeMap<String, Vec<PolicyReference>> = &BTreeMap::new();

    fn found(quarters: &[QuarterMetrics]) -> Vec<Trend> {
        let today = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap();
        trends(quarters, &Comparing { minimum: 10, today, judged_by: NO_POLICIES })
    }

    #[test]
    fn a_trend_is_claimed_only_where_both_quarters_rest_on_enough() {
        let check = |before: (u64, u64), now: (u64, u64), direction: Direction, sentence: &str| {
            let quarters = [quarter("2026-Q2", before.0, before.1), quarter("2026-Q3", now.0, now.1)];
            let found = found(&quarters);
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
            "The emergency ratio stayed at 5.0% (80 changes) in 2026-Q3, as in 2026-Q2.",
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
        assert!(found(&quarters).iter().all(|trend| trend.metric != "emergency_ratio"));
        assert_eq!(found(&quarters[..1]), []);
    }

    fn of_metric(quarters: &[QuarterMetrics], metric: &str) -> (Direction, String) {
        let trend = found(quarters).into_iter().find(|trend| trend.metric == metric).unwrap();
        (trend.direction, trend.sentence)
    }

    /// A quarter with twenty emergencies.
    fn twenty(name: &str, change: impl Fn(&mut QuarterMetrics)) -> QuarterMetrics {
        let mut quarter = quarter(name, 40, 20);
        change(&mut quarter);
        quarter
    }

    #[test]
    fn what_the_files_do_not_tell_is_no_trend() {
        let links = |name: &str, count: u64, unknown: u64| {
            twenty(name, |quarter| {
                let links = &mut quarter.missing_incident_links;
                (links.count, links.unknown, links.share) = (count, unknown, figures::ratio(count, 20));
                links.share = links.share.filter(|_| unknown < 20);
            })
        };
        let check = |before: (u64, u64), now: (u64, u64), direction: Direction, told: &str| {
            let quarters = [links("2026-Q3", before.0, before.1), links("2026-Q4", now.0, now.1)];
            let expected = format!("The share of emergencies without a link to an imported incident {told}");
            assert_eq!(of_metric(&quarters, "missing_incident_links.share"), (direction, expected));
        };
        check(
            (20, 0),
            (2, 18),
            Direction::NotComparable,
            "cannot be compared: it was between 10.0% and 100.0% (20 emergencies; of 18 the files do not tell) in 2026-Q4 after 100.0% (20 emergencies) in 2026-Q3.",
        );
        check(
            (20, 0),
            (0, 20),
            Direction::NotComparable,
            "cannot be compared: it was between 0.0% and 100.0% (20 emergencies; of 20 the files do not tell) in 2026-Q4 after 100.0% (20 emergencies) in 2026-Q3.",
        );
        check(
            (20, 0),
            (2, 2),
            Direction::Down,
            "fell from 100.0% (20 emergencies) in 2026-Q3 to between 10.0% and 20.0% (20 emergencies; of 2 the files do not tell) in 2026-Q4.",
        );
        check(
            (1, 3),
            (5, 0),
            Direction::Up,
            "rose from between 5.0% and 20.0% (20 emergencies; of 3 the files do not tell) in 2026-Q3 to 25.0% (20 emergencies) in 2026-Q4.",
        );
    }

    #[test]
    fn labels_that_no_file_carries_may_be_there() {
        let labels = |name: &str, count: u64, unknown: u64| {
            twenty(name, |quarter| {
                let unlabelled = &mut quarter.unlabelled_emergencies;
                (unlabelled.count, unlabelled.labels_unknown) = (count, unknown);
                unlabelled.share = figures::ratio(count, 20);
            })
        };
        let direction = |before: (u64, u64), now: (u64, u64)| {
            let quarters = [labels("2026-Q3", before.0, before.1), labels("2026-Q4", now.0, now.1)];
            of_metric(&quarters, "unlabelled_emergencies.share").0
        };
        assert_eq!(direction((2, 0), (18, 16)), Direction::NotComparable);
        assert_eq!(direction((2, 0), (18, 15)), Direction::Up);
    }

    #[test]
    fn open_and_unknown_reviews_may_still_change_both_numbers() {
        let reviews = |name: &str, [on_time, late, pending, unknown]: [u64; 4], hours: f64| {
            twenty(name, |quarter| {
                let review = &mut quarter.retroactive_review;
                (review.on_time, review.late, review.overdue) = (on_time, late, 0);
                (review.pending, review.unknown, review.median_hours) = (pending, unknown, Some(hours));
                review.on_time_rate = figures::ratio(on_time, on_time + late);
            })
        };
        let check = |now: [u64; 4], rate: Direction, median: Direction| {
            let quarters = [reviews("2026-Q3", [20, 0, 0, 0], 9.0), reviews("2026-Q4", now, 5.0)];
            assert_eq!(of_metric(&quarters, "retroactive_review.on_time_rate").0, rate, "{now:?}");
            assert_eq!(of_metric(&quarters, "retroactive_review.median_hours").0, median, "{now:?}");
        };
        check([10, 10, 0, 0], Direction::Down, Direction::Down);
        check([10, 2, 3, 4], Direction::Down, Direction::Down);
        check([12, 0, 1, 0], Direction::NotComparable, Direction::Down);
        check([12, 0, 0, 12], Direction::NotComparable, Direction::NotComparable);
    }

    #[test]
    fn a_running_quarter_and_another_policy_are_named() {
        let quarters = [quarter("2026-Q2", 40, 2), quarter("2026-Q3", 40, 6)];
        let policy = |version: &str| PolicyReference {
            name: "ours".to_owned(),
            version: version.to_owned(),
            sha256: version.repeat(20),
        };
        let told = |today: NaiveDate, now: &str| {
            let judged_by = [("2026-Q2", "1"), ("2026-Q3", now)];
            let judged_by = judged_by.map(|(quarter, version)| (quarter.to_owned(), vec![policy(version)])).into();
            trends(&quarters, &Comparing { minimum: 10, today, judged_by: &judged_by }).remove(0).sentence
        };
        let last = quarters[1].to;
        let rose = "The emergency ratio rose from 5.0% (40 changes) in 2026-Q2";
        let (running, ended) = (last, last.succ_opt().unwrap());
        assert_eq!(told(ended, "1"), format!("{rose} to 15.0% (40 changes) in 2026-Q3."));
        assert_eq!(
            told(ended, "2"),
            format!(
                "{rose} to 15.0% (40 changes) in 2026-Q3. The policy is not the same: 2026-Q2 was judged by ours 1, 2026-Q3 by ours 2."
            )
        );
        assert!(told(running, "1").ends_with(" to 15.0% (40 changes) in 2026-Q3 so far."));
    }
}
