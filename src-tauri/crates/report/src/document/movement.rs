//! What changed: the sentences that a person would write from the numbers, each with the metric it rests on.

use super::{View, figures};
use change_ledger_model::quarterly::QuarterMetrics;
use serde::Serialize;

/// One sentence and the metric behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Movement {
    pub sentence: String,
    /// Key of its definition.
    pub metric: &'static str,
}

pub(super) fn movements(view: &View) -> Vec<Movement> {
    let sentences = [
        ("population", Some(volume(view))),
        ("emergency_ratio", ratio(view)),
        ("unlabelled_emergencies", unlabelled(view)),
        ("missing_incident_links", missing_links(view)),
        ("on_time_rate", on_time(view)),
        ("time_to_review", time_to_review(view)),
        ("unreviewed_changes", unreviewed(view)),
        ("batch_stamped", batch(view)),
    ];
    let written =
        |(metric, sentence): (&'static str, Option<String>)| sentence.map(|sentence| Movement { sentence, metric });
    sentences.into_iter().filter_map(written).collect()
}

fn volume(view: &View) -> String {
    let now = view.quarter;
    let changes = figures::counted(now.changes, "change was", "changes were");
    let emergencies = figures::counted(now.emergencies, "emergency", "emergencies");
    let opening = format!("In {}{} {changes} implemented, among them {emergencies}", now.quarter, so_far(view));
    view.previous.map_or_else(
        || format!("{opening}. There is no earlier quarter to compare with."),
        |before| {
            format!(
                "{opening}. In {} there were {} and {}.",
                before.quarter,
                figures::counted(before.changes, "change", "changes"),
                figures::counted(before.emergencies, "emergency", "emergencies")
            )
        },
    )
}

fn ratio(view: &View) -> Option<String> {
    let (now, before) = (view.quarter, view.previous?);
    let (Some(ratio), Some(earlier)) = (now.emergency_ratio, before.emergency_ratio) else {
        return Some("The emergency ratio cannot be compared: one of the two quarters had no changes.".to_owned());
    };
    let levels = [now.ratio_limit, view.policy.ratio_warning];
    let so_far = so_far(view);
    let [ratio_words, earlier_words] = [ratio, earlier].map(|share| figures::percent_against(share, &levels));
    if !view.is_enough(now.changes) || !view.is_enough(before.changes) {
        return Some(format!(
            "The emergency ratio was {ratio_words}{so_far} after {earlier_words}; with fewer than {} changes in a quarter no trend is claimed.",
            figures::count(view.policy.small_number)
        ));
    }
    let sentence = match direction(ratio, earlier, 0.0005) {
        Direction::Up => format!("The emergency ratio rose from {earlier_words} to {ratio_words}{so_far}"),
        Direction::Down => format!("The emergency ratio fell from {earlier_words} to {ratio_words}{so_far}"),
        Direction::Same => format!("The emergency ratio stayed at {ratio_words}{so_far}"),
    };
    let range: Vec<f64> = view.report.quarters.iter().filter_map(|quarter| quarter.emergency_ratio).collect();
    let lowest = range.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = range.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(format!(
        "{sentence}; over the {} quarters with changes shown here it lay between {} and {}.",
        range.len(),
        figures::percent(lowest),
        figures::percent(highest)
    ))
}

fn unlabelled(view: &View) -> Option<String> {
    let now = view.quarter;
    if now.emergencies == 0 {
        return None;
    }
    Some(format!(
        "{} not labelled as such{}{}.",
        part_of_emergencies(now.unlabelled_emergencies.count, now),
        untold(labels_unknown(now)),
        before(view, |quarter| {
            let count = figures::part_of(quarter.unlabelled_emergencies.count, quarter.emergencies);
            format!("{count}{}", untold(labels_unknown(quarter)))
        })
    ))
}

fn missing_links(view: &View) -> Option<String> {
    let now = view.quarter;
    if now.emergencies == 0 {
        return None;
    }
    Some(format!(
        "{} without a link to an imported incident{}{}.",
        part_of_emergencies(now.missing_incident_links.count, now),
        untold(now.missing_incident_links.unknown),
        before(view, |quarter| {
            let links = quarter.missing_incident_links;
            let count = figures::part_of(links.count, quarter.emergencies);
            format!("{count}{}", untold(links.unknown))
        })
    ))
}

fn labels_unknown(quarter: &QuarterMetrics) -> u64 {
    quarter.unlabelled_emergencies.labels_unknown
}

/// `; of 3 the files do not tell`, where there are any.
fn untold(count: u64) -> String {
    if count == 0 { String::new() } else { format!("; of {} the files do not tell", figures::count(count)) }
}

fn on_time(view: &View) -> Option<String> {
    let due = |quarter: &QuarterMetrics| {
        let review = &quarter.retroactive_review;
        review.on_time + review.late + review.overdue
    };
    let unknown = |quarter: &QuarterMetrics| untold(quarter.retroactive_review.unknown);
    let on_time = |quarter: &QuarterMetrics| {
        format!("{}{}", figures::part_of(quarter.retroactive_review.on_time, due(quarter)), unknown(quarter))
    };
    (due(view.quarter) > 0).then(|| {
        let now = figures::of_total(view.quarter.retroactive_review.on_time, due(view.quarter));
        format!(
            "Of the retroactive reviews that fell due, {now} came on time{}{}.",
            unknown(view.quarter),
            before(view, on_time)
        )
    })
}

fn time_to_review(view: &View) -> Option<String> {
    let review = &view.quarter.retroactive_review;
    let median = review.median_hours?;
    let n = review.on_time + review.late;
    let open = review.pending + review.overdue;
    let censored = match (open, review.kaplan_meier_median_hours) {
        (0, _) => String::new(),
        (open, Some(hours)) => format!(
            "; counting the {} still open, the estimated median is {}{}",
            figures::count(open),
            figures::span(hours),
            interval(view)
        ),
        (open, None) => format!("; with {} still open the true median cannot be estimated yet", figures::count(open)),
    };
    Some(format!(
        "The median time to review was {} over {}{censored}.",
        figures::span(median),
        figures::counted(n, "review", "reviews")
    ))
}

/// ` (95% confidence: 9.0 h to 20.1 h)`, where the curve is known.
fn interval(view: &View) -> String {
    let bounds =
        view.report.review_curve.as_ref().and_then(|curve| Some((curve.median_low_hours?, curve.median_high_hours)));
    match bounds {
        None => String::new(),
        Some((low, Some(high))) => format!(" (95% confidence: {} to {})", figures::span(low), figures::span(high)),
        Some((low, None)) => format!(" (95% confidence: {} or more)", figures::span(low)),
    }
}

fn unreviewed(view: &View) -> Option<String> {
    let count = view.quarter.classes.unreviewed;
    (count > 0).then(|| {
        format!(
            "{} without review and without any sign of an emergency{}.",
            figures::counted(count, "further change was implemented", "further changes were implemented"),
            before(view, |quarter| figures::count(quarter.classes.unreviewed))
        )
    })
}

fn batch(view: &View) -> Option<String> {
    let count = view.quarter.batch_stamped;
    (count > 0).then(|| {
        format!(
            "{} given in a batch by one person within minutes: worth a look at how thorough they were.",
            figures::counted(count, "retroactive approval was", "retroactive approvals were")
        )
    })
}

/// ` so far`, where the quarter still runs.
fn so_far(view: &View) -> &'static str {
    let today = view.report.as_of.to_utc().with_timezone(&view.report.timezone).date_naive();
    if view.quarter.to >= today { " so far" } else { "" }
}

fn part_of_emergencies(count: u64, quarter: &QuarterMetrics) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} of {} {verb}", figures::count(count), figures::counted(quarter.emergencies, "emergency", "emergencies"))
}

fn before(view: &View, written: impl Fn(&QuarterMetrics) -> String) -> String {
    view.previous.map_or_else(String::new, |before| format!(" ({}: {})", before.quarter, written(before)))
}

enum Direction {
    Up,
    Down,
    Same,
}

fn direction(now: f64, before: f64, tolerance: f64) -> Direction {
    match now - before {
        difference if difference > tolerance => Direction::Up,
        difference if difference < -tolerance => Direction::Down,
        _ => Direction::Same,
    }
}
