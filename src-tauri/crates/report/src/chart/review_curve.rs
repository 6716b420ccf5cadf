//! How the retroactive reviews of a quarter came in over time, open ones counted in, with the confidence band.

use super::{
    CategoryAxis, ChartSpec, CurvePoint, FootRow, Form, Mark, MarkKind, Pattern, Series, Tone, Unit, number,
    time_to_review::{deadline_rule, edges, place_on_axis, timed_categories},
};
use change_ledger_model::{
    calendar::Deadline,
    quarterly::{CurveStep, ReviewCurve},
};

/// Steps that differ by less than this are drawn as one: a tenth of a pixel, at most.
const FINEST: f64 = 0.0005;

/// The estimated share of the retroactive reviews of a quarter that is still open, by the time since the implementation
/// (Kaplan-Meier), with its pointwise 95 % confidence band. Beyond the time for which any review is known to have been open
/// nothing is estimated.
#[must_use]
pub fn review_curve(curve: &ReviewCurve, deadline: Deadline) -> ChartSpec {
    let followed = curve.followed_hours.unwrap_or_default();
    let seen: Vec<Option<Seen>> = edges().map(|(lower, upper)| seen(curve, lower, upper.min(followed))).collect();
    ChartSpec {
        id: "review-curve".to_owned(),
        title: format!("Retroactive reviews still open, {}", curve.quarter),
        description: description(curve),
        form: Form::Curve,
        unit: Unit::OpenShare,
        categories: timed_categories().collect(),
        axis: CategoryAxis::ReviewTimes,
        series: ["still open, estimated", "95% from", "95% to"].into_iter().map(series).collect(),
        marks: seen.iter().enumerate().flat_map(|(place, seen)| marks(place, seen.as_ref())).collect(),
        rules: deadline_rule(deadline).into_iter().collect(),
        foot_rows: vec![FootRow {
            label: "given by then".to_owned(),
            values: seen
                .iter()
                .map(|seen| seen.as_ref().map_or_else(|| "–".to_owned(), |seen| number::count(seen.given)))
                .collect(),
        }],
        focus: None,
        steps: points(curve, followed),
    }
}

/// The curve at the end of a span of time, or where it ends within.
struct Seen {
    step: Option<CurveStep>,
    given: u64,
}

/// `None` where nothing was followed into the span and so nothing can be said.
fn seen(curve: &ReviewCurve, lower: f64, until: f64) -> Option<Seen> {
    let by_then = || curve.steps.iter().take_while(|step| step.hours <= until);
    let is_first = lower <= 0.0;
    (curve.reviews > 0 && (is_first || until > lower))
        .then(|| Seen { step: by_then().last().copied(), given: by_then().map(|step| step.given).sum() })
}

fn series(label: &str) -> Series {
    let (tone, pattern) = (Tone::Accent, Pattern::Solid);
    Series { key: label.replace([' ', ','], "_").replace('%', ""), label: label.to_owned(), tone, pattern }
}

fn marks(place: usize, seen: Option<&Seen>) -> [Mark; 3] {
    let step = seen.and_then(|seen| seen.step);
    [
        mark(place, 0, seen.map(|_| step.map_or(1.0, |step| step.open_share))),
        mark(place, 1, step.and_then(|step| step.low)),
        mark(place, 2, step.and_then(|step| step.high)),
    ]
}

fn mark(category: usize, series: usize, value: Option<f64>) -> Mark {
    let label = value.map_or_else(|| number::NOT_APPLICABLE.to_owned(), number::percent);
    Mark { category, series, value, label, kind: if value.is_some() { MarkKind::Plain } else { MarkKind::Gap } }
}

/// The steps on the axis of the chart, from 1 at once to where the longest review was last seen.
fn points(curve: &ReviewCurve, followed: f64) -> Vec<CurvePoint> {
    if curve.reviews == 0 {
        return Vec::new();
    }
    let mut points = vec![CurvePoint { at: 0.0, value: 1.0, low: None, high: None }];
    for (place, step) in curve.steps.iter().enumerate() {
        let is_last = place + 1 == curve.steps.len();
        let differs = points.last().is_none_or(|last| last.value - step.open_share >= FINEST);
        if differs || is_last {
            let at = place_on_axis(step.hours, followed);
            points.push(CurvePoint { at, value: step.open_share, low: step.low, high: step.high });
        }
    }
    if let Some(last) = points.last().copied() {
        points.push(CurvePoint { at: place_on_axis(followed, followed), ..last });
    }
    points
}

fn description(curve: &ReviewCurve) -> String {
    let opening = format!(
        "Curve: estimated share of the retroactive reviews owed in {} that is still open, by the time since the implementation, \
         with its 95% confidence band.",
        curve.quarter
    );
    if curve.reviews == 0 {
        return format!("{opening} No review was owed.");
    }
    let given = format!("{} of {} were given.", number::count(curve.given), number::count(curve.reviews));
    format!("{opening} {given} {}", median_words(curve))
}

/// `Half of them are estimated to be given within 23 h (95% confidence: 13 h to 35 h).`
#[must_use]
pub fn median_words(curve: &ReviewCurve) -> String {
    let Some(median) = curve.median_hours else {
        return "More than half are estimated to be still open at the latest review.".to_owned();
    };
    let low = curve.median_low_hours.map_or_else(|| "at least 0 h".to_owned(), number::hours);
    let interval = match curve.median_high_hours {
        Some(high) => format!("{low} to {}", number::hours(high)),
        None => format!("{low} or more; these reviews do not bound it above"),
    };
    format!("Half of them are estimated to be given within {} (95% confidence: {interval}).", number::hours(median))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The curve of 21 leukaemia patients (Freireich et al., 1963), with an hour for each week.
    pub(crate) fn remission() -> ReviewCurve {
        let steps = [
            (6.0, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516),
            (7.0, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
            (10.0, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894),
            (13.0, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
            (16.0, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049),
            (22.0, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
            (23.0, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
        ];
        let step = |(hours, at_risk, given, open_share, error, low, high)| CurveStep {
            hours,
            at_risk,
            given,
            open_share,
            standard_error: Some(error),
            low: Some(low),
            high: Some(high),
        };
        ReviewCurve {
            quarter: "2026-Q3".to_owned(),
            reviews: 21,
            given: 9,
            followed_hours: Some(35.0),
            median_hours: Some(23.0),
            median_low_hours: Some(13.0),
            median_high_hours: None,
            steps: steps.into_iter().map(step).collect(),
        }
    }

    #[test]
    fn the_table_says_what_is_open_at_the_end_of_each_span_and_nothing_beyond_what_was_followed() {
        let table = review_curve(&remission(), Deadline::Hours(24)).table();
        assert_eq!(table.columns, ["Time to review", "Still open, estimated", "95% from", "95% to", "Given by then"]);
        let rows: Vec<String> = table.rows.iter().map(|row| row.join(" | ")).collect();
        assert_eq!(
            rows,
            [
                "≤ 1 h | 100.0% | n/a | n/a | 0",
                "1–4 h | 100.0% | n/a | n/a | 0",
                "4–12 h | 75.3% | 50.3% | 88.9% | 5",
                "12–24 h | 44.8% | 18.8% | 68.0% | 9",
                "24–48 h | 44.8% | 18.8% | 68.0% | 9",
                "2–7 d | n/a | n/a | n/a | –",
                "> 7 d | n/a | n/a | n/a | –",
            ]
        );
    }

    #[test]
    fn the_description_names_the_median_with_its_interval() {
        let spec = review_curve(&remission(), Deadline::Hours(24));
        assert!(spec.description.ends_with(
            "9 of 21 were given. Half of them are estimated to be given within 23 h (95% confidence: 13 h or more; these reviews \
             do not bound it above)."
        ));
        let none = ReviewCurve { reviews: 0, given: 0, followed_hours: None, steps: Vec::new(), ..remission() };
        let spec = review_curve(&none, Deadline::Hours(24));
        assert!(spec.description.ends_with("No review was owed.") && spec.steps.is_empty());
        let open = ReviewCurve { median_hours: None, ..remission() };
        assert!(median_words(&open).starts_with("More than half"));
    }

    #[test]
    fn like_steps_are_drawn_as_one_and_the_last_is_kept() {
        let mut curve = remission();
        let last = *curve.steps.last().unwrap();
        let finer =
            |n: u8| CurveStep { hours: 23.0 + f64::from(n) / 100.0, open_share: 0.4482 - f64::from(n) * 1e-5, ..last };
        curve.steps.extend((1..40).map(finer));
        let spec = review_curve(&curve, Deadline::BusinessDays(1));
        // At once, seven steps, the last of the fine ones, and the end.
        assert_eq!(spec.steps.len(), 1 + 7 + 1 + 1);
        assert!(spec.steps.is_sorted_by(|one, other| one.at <= other.at && one.value >= other.value));
    }
}
