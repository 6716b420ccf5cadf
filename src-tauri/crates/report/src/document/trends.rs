//! The trend charts with the tables of their numbers.

use super::View;
use crate::chart::{self, ChartSpec, DataTable, ReviewTime};
use change_ledger_model::judgement::ReviewState;
use serde::Serialize;

/// A chart of the report. The layouts draw it for their medium.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Figure {
    /// Name of the chart, also of its drawing's file.
    pub id: String,
    pub title: String,
    /// Alternative text.
    pub description: String,
    /// Its numbers.
    pub table: DataTable,
    #[serde(skip)]
    pub spec: ChartSpec,
}

pub(super) fn figures(view: &View) -> Vec<Figure> {
    let quarters = &view.report.quarters;
    let name = view.quarter.quarter.as_str();
    let deadline = view.policy.review_deadline;
    let specs = [
        chart::emergency_ratio(quarters, Some(view.policy.ratio_warning)).with_focus(name),
        chart::classes_per_quarter(quarters).with_focus(name),
        chart::retroactive_reviews(quarters).with_focus(name),
        chart::time_to_review(name, &review_times(view), deadline),
    ];
    let curve = view.report.review_curve.as_ref().filter(|curve| curve.reviews > 0);
    specs
        .into_iter()
        .chain(curve.map(|curve| chart::review_curve(curve, deadline)))
        .map(|spec| Figure {
            id: spec.id.clone(),
            title: spec.title.clone(),
            description: spec.description.clone(),
            table: spec.table(),
            spec,
        })
        .collect()
}

/// Hours from implementation to review, or to the moment of ageing for open ones.
fn review_times(view: &View) -> Vec<ReviewTime> {
    let owing = view.report.emergencies.iter().filter(|entry| entry.review != ReviewState::NotOwed);
    owing
        .map(|entry| {
            let end = match entry.review {
                ReviewState::OnTime | ReviewState::Late => entry.approved_after.as_ref().map(|approval| approval.at),
                ReviewState::Pending | ReviewState::Overdue => Some(view.report.as_of),
                ReviewState::NotOwed | ReviewState::Unknown => None,
            };
            ReviewTime { hours: end.map(|end| end.hours_since(entry.implemented_at)), state: entry.review }
        })
        .collect()
}
