//! The headline numbers of the quarter, each with its basis and its change against the quarter before.

use super::{View, answers::ratio_standing, figures};
use crate::{
    chart::{self, ChartSpec, Tone, Unit, number::exact},
    vocabulary,
};
use change_ledger_model::quarterly::{QuarterMetrics, RetroactiveReview};
use serde::Serialize;

/// One headline number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Tile {
    pub label: &'static str,
    pub value: String,
    /// What it is measured against and on how many.
    pub basis: String,
    /// Against the quarter before.
    pub change: String,
    pub tone: Tone,
    /// What the tone says, in words.
    pub state: &'static str,
    pub trend: Trend,
}

/// The number over the quarters, as a small line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Trend {
    /// Name of the chart, also of its drawing's file.
    pub id: String,
    /// Alternative text.
    pub description: String,
    #[serde(skip)]
    pub spec: ChartSpec,
}

impl Trend {
    fn of(view: &View, id: &str, title: &str, unit: Unit, value: fn(&QuarterMetrics) -> Option<f64>) -> Self {
        let values: Vec<(String, Option<f64>)> =
            view.report.quarters.iter().map(|quarter| (quarter.quarter.clone(), value(quarter))).collect();
        let spec = chart::sparkline(id, title, unit, &values);
        Self { id: spec.id.clone(), description: spec.description.clone(), spec }
    }
}

pub(super) fn tiles(view: &View) -> Vec<Tile> {
    vec![ratio(view), time_to_review(view), on_time(view), unlabelled(view), missing_links(view), overdue(view)]
}

fn ratio(view: &View) -> Tile {
    let quarter = view.quarter;
    let (state, tone) = ratio_standing(quarter.ratio_state);
    let levels = [quarter.ratio_limit, view.policy.ratio_warning];
    let written = |share: Option<f64>| {
        share.map_or_else(|| figures::NOT_APPLICABLE.to_owned(), |share| figures::percent_against(share, &levels))
    };
    Tile {
        label: "Emergency ratio",
        value: written(quarter.emergency_ratio),
        basis: format!(
            "{} of {}, limit {}",
            figures::count(quarter.emergencies),
            figures::counted(quarter.changes, "change", "changes"),
            figures::level(quarter.ratio_limit)
        ),
        change: against(view, |quarter| quarter.changes, |quarter| written(quarter.emergency_ratio)),
        tone,
        state,
        trend: Trend::of(view, "trend-emergency-ratio", "Emergency ratio", Unit::Share, |quarter| {
            quarter.emergency_ratio
        }),
    }
}

fn time_to_review(view: &View) -> Tile {
    let review = &view.quarter.retroactive_review;
    let n = reviewed(review);
    let p90 = if view.is_enough(n) { review.p90_hours.map(figures::span) } else { None };
    let p90 = p90.map_or_else(
        || format!("n = {}", figures::count(n)),
        |p90| format!("90% within {p90}, n = {}", figures::count(n)),
    );
    let late = review.late + review.overdue > 0;
    Tile {
        label: "Median time to review",
        value: figures::span_or_na(review.median_hours),
        basis: format!("due within {}; {p90}", vocabulary::deadline(view.policy.review_deadline)),
        change: against(
            view,
            |quarter| reviewed(&quarter.retroactive_review),
            |quarter| figures::span_or_na(quarter.retroactive_review.median_hours),
        ),
        tone: match review.median_hours {
            None => Tone::Unknown,
            Some(_) if late => Tone::Warn,
            Some(_) => Tone::Good,
        },
        state: match review.median_hours {
            None if review.unknown > 0 => "not known",
            None => "nothing was reviewed",
            Some(_) if late => "some late or overdue",
            Some(_) => "none late",
        },
        trend: Trend::of(view, "trend-time-to-review", "Median time to review", Unit::Hours, |quarter| {
            quarter.retroactive_review.median_hours
        }),
    }
}

fn on_time(view: &View) -> Tile {
    let review = &view.quarter.retroactive_review;
    let due = review.on_time + review.late + review.overdue;
    let unknown =
        if review.unknown == 0 { String::new() } else { format!(", {} not known", figures::count(review.unknown)) };
    Tile {
        label: "Reviewed on time",
        value: figures::percent_or_na(review.on_time_rate),
        basis: format!(
            "{} of {} due{unknown}",
            figures::count(review.on_time),
            figures::counted(due, "review", "reviews")
        ),
        change: against(
            view,
            |quarter| {
                let review = &quarter.retroactive_review;
                review.on_time + review.late + review.overdue
            },
            |quarter| figures::percent_or_na(quarter.retroactive_review.on_time_rate),
        ),
        tone: match () {
            () if due == 0 || review.on_time == due && review.unknown > 0 => Tone::Unknown,
            () if review.on_time == due => Tone::Good,
            () => Tone::Bad,
        },
        state: match () {
            () if due == 0 && review.unknown > 0 => "not known",
            () if due == 0 => "nothing was due",
            () if review.on_time == due && review.unknown > 0 => "on time as far as known",
            () if review.on_time == due => "all on time",
            () => "not all on time",
        },
        trend: Trend::of(view, "trend-on-time", "Reviewed on time", Unit::Share, |quarter| {
            quarter.retroactive_review.on_time_rate
        }),
    }
}

fn unlabelled(view: &View) -> Tile {
    let quarter = view.quarter;
    let found = quarter.unlabelled_emergencies;
    Tile {
        label: "Unlabelled emergencies",
        value: figures::count(found.count),
        // Most rules that find one ask whether the change was reviewed.
        basis: format!(
            "{}{}{}",
            share_of_emergencies(found.share, quarter.emergencies),
            without_labels(found.labels_unknown),
            of_unknown_approval(quarter.approval.unknown)
        ),
        change: against(
            view,
            |quarter| quarter.emergencies,
            |quarter| figures::count(quarter.unlabelled_emergencies.count),
        ),
        tone: none_is_good(found.count, quarter.emergencies, quarter.approval.unknown),
        state: none_in_words(found.count, quarter.emergencies, quarter.approval.unknown),
        trend: Trend::of(view, "trend-unlabelled", "Unlabelled emergencies", Unit::Count("emergencies"), |quarter| {
            (quarter.emergencies > 0).then_some(exact(quarter.unlabelled_emergencies.count))
        }),
    }
}

fn missing_links(view: &View) -> Tile {
    let quarter = view.quarter;
    let links = quarter.missing_incident_links;
    Tile {
        label: "Missing incident links",
        value: figures::count(links.count),
        basis: format!(
            "{}; {} none, {} not imported{}",
            share_of_emergencies(links.share, quarter.emergencies),
            figures::count(links.none),
            figures::count(links.dangling),
            if links.unknown > 0 { format!(", {} unknown", figures::count(links.unknown)) } else { String::new() }
        ),
        change: against(
            view,
            |quarter| quarter.emergencies,
            |quarter| figures::count(quarter.missing_incident_links.count),
        ),
        tone: none_is_good(links.count, quarter.emergencies, links.unknown),
        state: none_in_words(links.count, quarter.emergencies, links.unknown),
        trend: Trend::of(
            view,
            "trend-missing-links",
            "Missing incident links",
            Unit::Count("emergencies"),
            |quarter| (quarter.emergencies > 0).then_some(exact(quarter.missing_incident_links.count)),
        ),
    }
}

fn overdue(view: &View) -> Tile {
    let review = &view.quarter.retroactive_review;
    let mut oldest = review.oldest_open_hours.map_or_else(
        || "none open".to_owned(),
        |hours| format!("{} open, oldest {}", figures::count(review.pending + review.overdue), figures::span(hours)),
    );
    if review.unknown > 0 {
        oldest = format!("{oldest}, {} not known", figures::count(review.unknown));
    }
    Tile {
        label: "Reviews overdue",
        value: figures::count(review.overdue),
        basis: oldest,
        change: against(
            view,
            |quarter| quarter.retroactive_review.owed,
            |quarter| figures::count(quarter.retroactive_review.overdue),
        ),
        tone: none_is_good(review.overdue, review.owed, review.unknown),
        state: none_in_words(review.overdue, review.owed, review.unknown),
        trend: Trend::of(view, "trend-overdue", "Reviews overdue", Unit::Count("reviews owed"), |quarter| {
            (quarter.retroactive_review.owed > 0).then_some(exact(quarter.retroactive_review.overdue))
        }),
    }
}

fn reviewed(review: &RetroactiveReview) -> u64 {
    review.on_time + review.late
}

fn share_of_emergencies(share: Option<f64>, total: u64) -> String {
    format!("{} of {}", figures::percent_or_na(share), figures::counted(total, "emergency", "emergencies"))
}

/// The value of the quarter before; with a warning where either of the two is too small to be compared.
fn against(view: &View, n: impl Fn(&QuarterMetrics) -> u64, written: impl Fn(&QuarterMetrics) -> String) -> String {
    let Some(previous) = view.previous else { return "no earlier quarter".to_owned() };
    let value = written(previous);
    let small = [n(previous), n(view.quarter)].into_iter().any(|n| !view.is_enough(n));
    let note = if small { ", too few for a trend" } else { "" };
    format!("{} in {}{note}", value, previous.quarter)
}

/// What a count leaves open because the files do not tell whether changes were approved.
fn of_unknown_approval(unknown: u64) -> String {
    if unknown == 0 {
        return String::new();
    }
    format!("; approval of {} not known", figures::counted(unknown, "change", "changes"))
}

/// Those among the unlabelled that may bear a label, because their files carry none.
fn without_labels(unknown: u64) -> String {
    if unknown == 0 {
        String::new()
    } else {
        format!("; {} may bear a label, files carry none", figures::count(unknown))
    }
}

/// None found is good only where nothing is `unknown` that could be one.
const fn none_is_good(count: u64, total: u64, unknown: u64) -> Tone {
    match (count, total, unknown) {
        (0, 0, _) | (0, _, 1..) => Tone::Unknown,
        (0, _, 0) => Tone::Good,
        _ => Tone::Bad,
    }
}

const fn none_in_words(count: u64, total: u64, unknown: u64) -> &'static str {
    match (count, total, unknown) {
        (0, _, 1..) => "none found, some not known",
        (0, 0, 0) => "nothing to count",
        (0, _, 0) => "none",
        _ => "needs attention",
    }
}
