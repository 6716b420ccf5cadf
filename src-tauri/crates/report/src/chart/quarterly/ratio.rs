//! The emergency ratio against its limit.

use super::{categories, period};
use crate::chart::{
    CategoryAxis, ChartSpec, FootRow, Form, Mark, MarkKind, Pattern, Rule, RuleKind, Series, Tone, Unit, number,
};
use change_ledger_model::{judgement::RatioState, quarterly::QuarterMetrics};

/// The share of emergencies (declared and unlabelled) in all changes of each quarter, with the policy's limit and, where
/// given, its warning level (shares 0 to 1). A quarter without changes is a gap; the declared share runs along as context.
#[must_use]
pub fn emergency_ratio(quarters: &[QuarterMetrics], warning: Option<f64>) -> ChartSpec {
    let warning = warning.filter(|level| level.is_finite());
    ChartSpec {
        id: "emergency-ratio".to_owned(),
        title: "Emergency ratio".to_owned(),
        description: description(quarters, warning),
        form: Form::Line,
        unit: Unit::Share,
        categories: categories(quarters),
        axis: CategoryAxis::Quarters,
        series: vec![
            Series {
                key: "emergency_ratio".to_owned(),
                label: "emergency ratio".to_owned(),
                tone: Tone::Accent,
                pattern: Pattern::Solid,
            },
            Series {
                key: "declared_ratio".to_owned(),
                label: "declared only".to_owned(),
                tone: Tone::Unknown,
                pattern: Pattern::Hollow,
            },
        ],
        marks: quarters.iter().enumerate().flat_map(|(place, metrics)| marks(place, metrics, warning)).collect(),
        rules: rules(quarters, warning),
        foot_rows: vec![
            FootRow {
                label: "emergencies".to_owned(),
                values: quarters.iter().map(|metrics| number::count(metrics.emergencies)).collect(),
            },
            FootRow {
                label: "all changes".to_owned(),
                values: quarters.iter().map(|metrics| number::count(metrics.changes)).collect(),
            },
        ],
        focus: None,
        steps: Vec::new(),
    }
}

fn marks(place: usize, metrics: &QuarterMetrics, warning: Option<f64>) -> [Mark; 2] {
    let levels: Vec<f64> = std::iter::once(metrics.ratio_limit).chain(warning).collect();
    let kind = match metrics.ratio_state {
        RatioState::Within => MarkKind::Within,
        RatioState::Warning => MarkKind::Warning,
        RatioState::Breach => MarkKind::Breach,
        RatioState::NotApplicable => MarkKind::Gap,
    };
    let mark = |series, value: Option<f64>, kind| Mark {
        category: place,
        series,
        value,
        label: value.map_or_else(|| number::NOT_APPLICABLE.to_owned(), |share| number::percent_against(share, &levels)),
        kind: if value.is_some() { kind } else { MarkKind::Gap },
    };
    let finite = |share: Option<f64>| share.filter(|share| share.is_finite());
    [mark(0, finite(metrics.emergency_ratio), kind), mark(1, finite(metrics.declared_ratio), MarkKind::Plain)]
}

fn rules(quarters: &[QuarterMetrics], warning: Option<f64>) -> Vec<Rule> {
    let Some(last) = quarters.last() else { return Vec::new() };
    let limit = Rule {
        kind: RuleKind::Limit,
        label: format!("limit {}", number::level(last.ratio_limit)),
        values: quarters.iter().map(|metrics| metrics.ratio_limit).collect(),
    };
    let warning = warning.map(|level| Rule {
        kind: RuleKind::Warning,
        label: format!("warning {}", number::level(level)),
        values: vec![level; quarters.len()],
    });
    std::iter::once(limit).chain(warning).collect()
}

fn description(quarters: &[QuarterMetrics], warning: Option<f64>) -> String {
    let mut sentences = vec![format!("Line chart: share of emergencies in all changes {}.", period(quarters))];
    sentences.extend(quarters.last().map(|last| latest(last, warning)));
    let named = |state: RatioState| -> Vec<String> {
        quarters.iter().filter(|metrics| metrics.ratio_state == state).map(|metrics| metrics.quarter.clone()).collect()
    };
    let highest = quarters
        .iter()
        .filter_map(|metrics| Some((metrics, metrics.emergency_ratio.filter(|ratio| ratio.is_finite())?)))
        .max_by(|(_, one), (_, other)| one.total_cmp(other));
    if let (Some((metrics, ratio)), true) = (highest, quarters.len() > 1) {
        sentences.push(format!("Highest: {} in {}.", number::percent(ratio), metrics.quarter));
    }
    let over = named(RatioState::Breach);
    if !over.is_empty() {
        sentences.push(format!("Above the limit in {}.", number::listed(&over)));
    }
    let empty = named(RatioState::NotApplicable);
    if !empty.is_empty() {
        sentences.push(format!("No changes, so no ratio, in {}.", number::listed(&empty)));
    }
    sentences.join(" ")
}

fn latest(last: &QuarterMetrics, warning: Option<f64>) -> String {
    let levels: Vec<f64> = std::iter::once(last.ratio_limit).chain(warning).collect();
    let Some(ratio) = last.emergency_ratio else {
        return format!("{}: n/a, no changes.", last.quarter);
    };
    let limit = number::level(last.ratio_limit);
    let stands = match last.ratio_state {
        RatioState::Within => format!("within the limit of {limit}"),
        RatioState::Warning => format!("above the warning level, within the limit of {limit}"),
        RatioState::Breach => format!("above the limit of {limit}"),
        RatioState::NotApplicable => "not judged".to_owned(),
    };
    format!(
        "{}: {} ({} of {}), {stands}.",
        last.quarter,
        number::percent_against(ratio, &levels),
        number::count(last.emergencies),
        number::counted(last.changes, "change", "changes"),
    )
}
