//! How long retroactive reviews stayed open, as text.

use crate::output;
use change_ledger_app::{CurveStep, ReviewCurve, median_words};

/// The curve of one quarter: its median with the interval, and a row per step.
pub(super) fn words(curve: &ReviewCurve) -> String {
    if curve.reviews == 0 {
        return format!("\nRetroactive reviews of {}: none was owed.\n", curve.quarter);
    }
    let opening = format!(
        "\nRetroactive reviews of {}: {} of {} given. {}\n",
        curve.quarter,
        curve.given,
        curve.reviews,
        median_words(curve)
    );
    let header = ["within", "open before", "given", "still open, estimated", "95% from", "95% to"];
    let rows = curve.steps.iter().map(row).collect();
    format!("{opening}{}", output::table(&header, &(1..header.len()).collect::<Vec<_>>(), rows))
}

fn row(step: &CurveStep) -> Vec<String> {
    vec![
        output::hours(Some(step.hours)),
        step.at_risk.to_string(),
        step.given.to_string(),
        output::percent(Some(step.open_share)),
        output::percent(step.low),
        output::percent(step.high),
    ]
}
