//! Between what a number lies for what the files do not tell, or what is still open.

use crate::document::figures;
use change_ledger_model::quarterly::QuarterMetrics;

/// The lowest and highest that a number can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    /// A share 0 to 1, or hours.
    pub low: f64,
    /// Infinite where nothing bounds it.
    pub high: f64,
    /// Of how many the files do not tell.
    unknown: u64,
    /// How many are not done yet.
    open: u64,
}

impl Reach {
    /// A share of `total`, which `sure` are in and `unknown` and `open` may be in; `None` where `total` is 0.
    fn of(sure: u64, unknown: u64, open: u64, total: u64) -> Option<Self> {
        let low = figures::ratio(sure, total)?;
        let high = figures::ratio(sure + unknown + open, total)?;
        Some(Self { low, high, unknown, open })
    }

    /// Whether it can be one number only.
    pub fn is_exact(&self) -> bool {
        self.high <= self.low
    }

    /// Whether the two can be the same number, because one of them is not certain.
    pub fn meets(&self, other: &Self) -> bool {
        let is_certain = self.is_exact() && other.is_exact();
        !is_certain && self.low <= other.high && other.low <= self.high
    }

    /// `; of 3 the files do not tell, 1 is still open`, to stand after what the number rests on.
    pub fn left_open(&self) -> String {
        let unknown = (self.unknown > 0).then(|| format!("of {} the files do not tell", figures::count(self.unknown)));
        let open = (self.open > 0).then(|| figures::counted(self.open, "is still open", "are still open"));
        let told: Vec<String> = unknown.into_iter().chain(open).collect();
        if told.is_empty() { String::new() } else { format!("; {}", told.join(", ")) }
    }
}

pub(super) fn ratio(quarter: &QuarterMetrics) -> Option<Reach> {
    quarter.emergency_ratio.map(|ratio| Reach { low: ratio, high: ratio, unknown: 0, open: 0 })
}

pub(super) fn unlabelled(quarter: &QuarterMetrics) -> Option<Reach> {
    let found = quarter.unlabelled_emergencies;
    let sure = found.count.saturating_sub(found.labels_unknown);
    Reach::of(sure, found.labels_unknown, 0, quarter.emergencies)
}

pub(super) fn missing_links(quarter: &QuarterMetrics) -> Option<Reach> {
    let links = quarter.missing_incident_links;
    Reach::of(links.count, links.unknown, 0, quarter.emergencies)
}

pub(super) fn on_time(quarter: &QuarterMetrics) -> Option<Reach> {
    let review = quarter.retroactive_review;
    let total = review.on_time + review.late + review.overdue + review.pending + review.unknown;
    Reach::of(review.on_time, review.unknown, review.pending, total)
}

/// Reviews that are left out cannot carry a median beyond all measure while they are fewer than those it is taken of (its
/// breakdown point is one half: Donoho & Huber, 1983); from there on nothing bounds it.
pub(super) fn median(quarter: &QuarterMetrics) -> Option<Reach> {
    let review = quarter.retroactive_review;
    let hours = review.median_hours?;
    let open = review.pending + review.overdue;
    let is_bounded = open + review.unknown < review.on_time + review.late;
    let (low, high) = if is_bounded { (hours, hours) } else { (0.0, f64::INFINITY) };
    Some(Reach { low, high, unknown: review.unknown, open })
}
