//! What people attested, below the numbers of the quarters.

use crate::output;
use change_ledger_app::{MetricsAnswer, NumberWithout, QuarterMetrics, RuleDetection, name_of};

/// The detection rules that people judged, and the numbers that are other ones without attestations; empty where nothing was
/// attested.
pub(super) fn words(answer: &MetricsAnswer) -> String {
    let mut text = String::new();
    if answer.quarters.iter().any(|quarter| quarter.detection.iter().any(is_judged)) {
        text.push_str(&format!("\n{}", detection(&answer.quarters)));
    }
    for quarter in &answer.without_attestations {
        text.push_str(&format!("\n{} without attestations:\n", quarter.quarter));
        text.extend(quarter.numbers.iter().map(number));
    }
    text
}

fn is_judged(rule: &RuleDetection) -> bool {
    rule.confirmed + rule.dismissed > 0
}

fn detection(quarters: &[QuarterMetrics]) -> String {
    let header = ["quarter", "detection rule", "found", "confirmed", "dismissed", "precision"];
    let row = |quarter: &QuarterMetrics, rule: &RuleDetection| {
        let signals: Vec<String> = rule.rule.iter().map(|signal| name_of(signal).replace('_', " ")).collect();
        vec![
            quarter.quarter.clone(),
            signals.join(" + "),
            rule.matched.to_string(),
            rule.confirmed.to_string(),
            rule.dismissed.to_string(),
            output::percent(rule.precision),
        ]
    };
    let judged = |quarter: &QuarterMetrics| -> Vec<Vec<String>> {
        quarter.detection.iter().filter(|rule| is_judged(rule)).map(|rule| row(quarter, rule)).collect()
    };
    output::table(&header, &[2, 3, 4, 5], quarters.iter().flat_map(judged).collect())
}

/// `  emergency ratio: 8.3% instead of 10.0%`: what it would be, then what it is.
fn number(number: &NumberWithout) -> String {
    let words = |amount| super::super::moved::amount_in_words(amount, number.unit);
    let name = number.metric.replace('.', ": ").replace('_', " ");
    format!("  {name}: {} instead of {}\n", words(number.without), words(number.with))
}
