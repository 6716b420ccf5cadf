//! How long the retroactive reviews of a quarter took, against the deadline.

use super::{
    Category, CategoryAxis, ChartSpec, FootRow, Form, Rule, RuleKind, Series, Unit, number,
    quarterly::{mark_of_count, review_states},
};
use change_ledger_model::{calendar::Deadline, judgement::ReviewState};

/// One retroactive review that was owed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewTime {
    /// Hours from the implementation to the review; for an open one, its age. `None` when it is unknown.
    pub hours: Option<f64>,
    /// How far it got.
    pub state: ReviewState,
}

/// A span of hours: later than the upper end of the one before, up to and including its own.
struct Bucket {
    key: &'static str,
    label: &'static str,
    /// Upper end in hours; the last one has none.
    upper: f64,
}

/// Roughly logarithmic, with an edge at every deadline in common use. Upper ends are included, as a review exactly at the
/// deadline is on time.
const BUCKETS: [Bucket; 7] = [
    Bucket { key: "0-1h", label: "≤ 1 h", upper: 1.0 },
    Bucket { key: "1-4h", label: "1–4 h", upper: 4.0 },
    Bucket { key: "4-12h", label: "4–12 h", upper: 12.0 },
    Bucket { key: "12-24h", label: "12–24 h", upper: 24.0 },
    Bucket { key: "24-48h", label: "24–48 h", upper: 48.0 },
    Bucket { key: "2-7d", label: "2–7 d", upper: 168.0 },
    Bucket { key: "7d+", label: "> 7 d", upper: f64::INFINITY },
];

const OPEN: usize = BUCKETS.len();
const UNTIMED: usize = BUCKETS.len() + 1;

/// The reviews owed in `quarter` by the time that they took, stacked by state; those still open and those of unknown time
/// stand apart. A deadline in hours is a line across the axis; one in business days has no fixed place there, and the states
/// alone tell which reviews met it.
#[must_use]
pub fn time_to_review(quarter: &str, reviews: &[ReviewTime], deadline: Deadline) -> ChartSpec {
    let series = review_states();
    let mut counts = vec![vec![0_u64; series.len()]; BUCKETS.len() + 2];
    for review in reviews {
        let Some(state) = series.iter().position(|series| series.key == state_key(review.state)) else { continue };
        if let Some(count) = counts.get_mut(place(review)).and_then(|states| states.get_mut(state)) {
            *count += 1;
        }
    }
    if counts.last().is_some_and(|untimed| untimed.iter().all(|count| *count == 0)) {
        counts.pop();
    }
    ChartSpec {
        id: "time-to-review".to_owned(),
        title: format!("Time to retroactive review, {quarter}"),
        description: description(quarter, &series, &counts, deadline),
        form: Form::Stacked,
        unit: Unit::Count("reviews owed"),
        categories: categories().take(counts.len()).collect(),
        axis: CategoryAxis::ReviewTimes,
        marks: counts
            .iter()
            .enumerate()
            .flat_map(|(category, states)| {
                states.iter().enumerate().map(move |(state, count)| mark_of_count(category, state, Some(*count)))
            })
            .collect(),
        series,
        rules: deadline_rule(deadline).into_iter().collect(),
        foot_rows: vec![cumulated(&counts)],
        focus: None,
        steps: Vec::new(),
    }
}

/// The deadline in words: `24 hours`, `the end of the next business day`.
#[must_use]
pub fn deadline_words(deadline: Deadline) -> String {
    match deadline {
        Deadline::Hours(hours) => number::counted(u64::from(hours), "hour", "hours"),
        Deadline::BusinessDays(1) => "the end of the next business day".to_owned(),
        Deadline::BusinessDays(days) => format!("the end of business day {days} after the implementation"),
    }
}

fn categories() -> impl Iterator<Item = Category> {
    timed_categories().chain([named("open", "still open", true), named("unknown", "unknown", true)])
}

/// The spans of time.
pub(super) fn timed_categories() -> impl Iterator<Item = Category> {
    BUCKETS.iter().map(|bucket| named(bucket.key, bucket.label, false))
}

fn named(key: &str, label: &str, apart: bool) -> Category {
    Category { key: key.to_owned(), label: label.to_owned(), group: None, apart }
}

/// Begin and end of each span in hours; the last has no end.
pub(super) fn edges() -> impl Iterator<Item = (f64, f64)> {
    let begins = std::iter::once(0.0).chain(BUCKETS.iter().map(|bucket| bucket.upper));
    begins.zip(BUCKETS.iter().map(|bucket| bucket.upper))
}

/// Where `hours` lie on the axis of spans, one unit per span, evenly within each; the last span reaches to `longest`, or to
/// twice its begin where that is more.
pub(super) fn place_on_axis(hours: f64, longest: f64) -> f64 {
    let spans = (0_u8..).zip(edges()).map(|(place, (lower, upper))| {
        let upper = if upper.is_finite() { upper } else { longest.max(2.0 * lower) };
        f64::from(place) + ((hours - lower) / (upper - lower)).clamp(0.0, 1.0)
    });
    let begun = edges().filter(|(lower, _)| *lower < hours).count().max(1);
    spans.take(begun).last().unwrap_or_default()
}

const fn state_key(state: ReviewState) -> &'static str {
    match state {
        ReviewState::NotOwed => "",
        ReviewState::OnTime => "on_time",
        ReviewState::Late => "late",
        ReviewState::Pending => "pending",
        ReviewState::Overdue => "overdue",
        ReviewState::Unknown => "unknown",
    }
}

fn place(review: &ReviewTime) -> usize {
    match (review.state, review.hours) {
        (ReviewState::Pending | ReviewState::Overdue, _) => OPEN,
        (ReviewState::OnTime | ReviewState::Late, Some(hours)) if hours.is_finite() && hours >= 0.0 => {
            BUCKETS.iter().position(|bucket| hours <= bucket.upper).unwrap_or(UNTIMED)
        }
        _ => UNTIMED,
    }
}

/// How many had been reviewed by the end of each span; nothing can be said of those that stand apart.
fn cumulated(counts: &[Vec<u64>]) -> FootRow {
    let mut reviewed = 0;
    let values = counts.iter().enumerate().map(|(place, states)| {
        if place >= OPEN {
            return "–".to_owned();
        }
        reviewed += states.iter().sum::<u64>();
        number::count(reviewed)
    });
    FootRow { label: "reviewed by then".to_owned(), values: values.collect() }
}

pub(super) fn deadline_rule(deadline: Deadline) -> Option<Rule> {
    let Deadline::Hours(hours) = deadline else { return None };
    let position = position(f64::from(hours))?;
    Some(Rule { kind: RuleKind::Deadline, label: format!("deadline {hours} h"), values: vec![position] })
}

/// Where `hours` lie on the axis of buckets, one unit per bucket, evenly within each; `None` beyond the last edge.
fn position(hours: f64) -> Option<f64> {
    let mut lower = 0.0;
    for (place, bucket) in (0_u8..).zip(&BUCKETS) {
        if hours <= bucket.upper {
            let within = if bucket.upper.is_finite() { (hours - lower) / (bucket.upper - lower) } else { return None };
            return Some(f64::from(place) + within);
        }
        lower = bucket.upper;
    }
    None
}

fn description(quarter: &str, series: &[Series], counts: &[Vec<u64>], deadline: Deadline) -> String {
    let total = |state: &str| -> u64 {
        let place = series.iter().position(|series| series.key == state);
        counts.iter().filter_map(|states| states.get(place?)).sum()
    };
    let owed: u64 = counts.iter().flatten().sum();
    let opening = format!("Bars: retroactive reviews owed in {quarter} by the time that they took.");
    if owed == 0 {
        return format!("{opening} No review was owed.");
    }
    let mut parts = vec![
        format!("{} on time", number::count(total("on_time"))),
        format!("{} late", number::count(total("late"))),
        format!("{} still open", number::count(total("pending") + total("overdue"))),
    ];
    if total("unknown") > 0 {
        parts.push(format!("{} unknown", number::count(total("unknown"))));
    }
    let deadline = deadline_words(deadline);
    format!("{opening} Deadline: {deadline}. Of {} owed, {}.", number::count(owed), number::listed(&parts))
}
