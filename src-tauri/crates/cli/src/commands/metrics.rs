mod attested;
mod curves;
mod words;

use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    MetricsAnswer, MetricsWarning, QuarterMetrics, RestatedQuarter, use_case,
    wire::{Grouping, MetricsRequest},
};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// The metrics of quarters
#[derive(Debug, Args)]
pub(crate) struct Metrics {
    /// One quarter, such as 2026-Q3
    #[arg(long, value_name = "QUARTER", conflicts_with_all = ["from", "to"])]
    quarter: Option<String>,
    /// First quarter [default: the first with a change]
    #[arg(long, value_name = "QUARTER")]
    from: Option<String>,
    /// Last quarter [default: the last with a change]
    #[arg(long, value_name = "QUARTER")]
    to: Option<String>,
    /// Also per group
    #[arg(long, value_enum, value_name = "GROUP")]
    by: Option<By>,
    /// Also how long retroactive reviews stayed open, step by step, with the 95 % confidence band
    #[arg(long)]
    curves: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Repository,
    Team,
    Service,
    Person,
}

impl Metrics {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let by = self.by.map(|by| match by {
            By::Repository => Grouping::Repository,
            By::Team => Grouping::Team,
            By::Service => Grouping::Service,
            By::Person => Grouping::Person,
        });
        let from = self.quarter.clone().or(self.from);
        let request = MetricsRequest { from, to: self.quarter.or(self.to), by, curves: self.curves, restated: true };
        let mut answer = use_case::metrics::metrics(&context.app, &context.host, request)?;
        answer.warnings.extend(answer.restated.iter().flatten().map(restatement));
        for warning in &answer.warnings {
            context.remark(&warning.message);
        }
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => print_csv(&answer)?,
            _ => output::text(&words::words(&answer))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn restatement(restated: &RestatedQuarter) -> MetricsWarning {
    let RestatedQuarter { quarter, issued_at, numbers, changes, .. } = restated;
    MetricsWarning {
        code: "restated".to_owned(),
        message: format!(
            "{quarter} is restated: its report of {issued_at} says otherwise in {} and about {}. See them with: change-ledger report restated --quarter {quarter}",
            output::counted(u64::try_from(numbers.len()).unwrap_or(u64::MAX), "number", "numbers"),
            output::counted(*changes, "change", "changes"),
        ),
    }
}

type Column = (&'static str, fn(&QuarterMetrics) -> String);

/// Every number, for spreadsheets: shares 0 to 1, hours; empty where there is none.
const COLUMNS: &[Column] = &[
    ("quarter", |q| q.quarter.clone()),
    ("from", |q| q.from.to_string()),
    ("to", |q| q.to.to_string()),
    ("changes", |q| q.changes.to_string()),
    ("declared_emergency", |q| q.classes.declared_emergency.to_string()),
    ("unlabelled_emergency", |q| q.classes.unlabelled_emergency.to_string()),
    ("unreviewed", |q| q.classes.unreviewed.to_string()),
    ("exempt", |q| q.classes.exempt.to_string()),
    ("routine", |q| q.classes.routine.to_string()),
    ("emergencies", |q| q.emergencies.to_string()),
    ("emergency_ratio", |q| number(q.emergency_ratio)),
    ("declared_ratio", |q| number(q.declared_ratio)),
    ("ratio_limit", |q| q.ratio_limit.to_string()),
    ("approved_before", |q| q.approval.before.to_string()),
    ("approved_after", |q| q.approval.after.to_string()),
    ("approved_never", |q| q.approval.none.to_string()),
    ("approval_unknown", |q| q.approval.unknown.to_string()),
    ("review_owed", |q| q.retroactive_review.owed.to_string()),
    ("review_on_time", |q| q.retroactive_review.on_time.to_string()),
    ("review_late", |q| q.retroactive_review.late.to_string()),
    ("review_pending", |q| q.retroactive_review.pending.to_string()),
    ("review_overdue", |q| q.retroactive_review.overdue.to_string()),
    ("review_unknown", |q| q.retroactive_review.unknown.to_string()),
    ("review_median_hours", |q| number(q.retroactive_review.median_hours)),
    ("review_p90_hours", |q| number(q.retroactive_review.p90_hours)),
    ("review_median_business_days", |q| number(q.retroactive_review.median_business_days)),
    ("review_p90_business_days", |q| number(q.retroactive_review.p90_business_days)),
    ("review_kaplan_meier_median_hours", |q| number(q.retroactive_review.kaplan_meier_median_hours)),
    ("review_on_time_rate", |q| number(q.retroactive_review.on_time_rate)),
    ("review_oldest_open_hours", |q| number(q.retroactive_review.oldest_open_hours)),
    ("unlabelled_share", |q| number(q.unlabelled_emergencies.share)),
    ("unlabelled_labels_unknown", |q| q.unlabelled_emergencies.labels_unknown.to_string()),
    ("missing_incident_links", |q| q.missing_incident_links.count.to_string()),
    ("missing_incident_share", |q| number(q.missing_incident_links.share)),
    ("incident_links_none", |q| q.missing_incident_links.none.to_string()),
    ("incident_links_dangling", |q| q.missing_incident_links.dangling.to_string()),
    ("incident_links_one_way", |q| q.missing_incident_links.one_way.to_string()),
    ("incident_links_unknown", |q| q.missing_incident_links.unknown.to_string()),
    ("authorisation_recorded", |q| q.authorisation.recorded.to_string()),
    ("authorisation_unknown", |q| q.authorisation.unknown.to_string()),
    ("justification_recorded", |q| q.justification.recorded.to_string()),
    ("justification_unknown", |q| q.justification.unknown.to_string()),
    ("documentation_on_time", |q| q.documentation.on_time.to_string()),
    ("documentation_pending", |q| q.documentation.pending.to_string()),
    ("documentation_unknown", |q| q.documentation.unknown.to_string()),
    ("self_merged", |q| q.self_merged.to_string()),
    ("merger_unknown", |q| q.merger_unknown.to_string()),
    ("self_approved", |q| q.self_approved.to_string()),
    ("batch_stamped", |q| q.batch_stamped.to_string()),
    ("unlabelled_confirmed", |q| q.unlabelled_emergencies.confirmed.to_string()),
    ("unlabelled_dismissed", |q| q.unlabelled_emergencies.dismissed.to_string()),
    ("attested", |q| q.attested.to_string()),
];

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn print_csv(answer: &MetricsAnswer) -> Result<(), Failure> {
    let header: Vec<&str> = std::iter::once("group").chain(COLUMNS.iter().map(|(name, _)| *name)).collect();
    let all = ("", &answer.quarters);
    let groups = answer.groups.iter().flatten().map(|group| (group.name.as_str(), &group.quarters));
    let rows = std::iter::once(all).chain(groups).flat_map(|(group, quarters)| {
        quarters.iter().map(move |quarter| {
            std::iter::once(group.to_owned()).chain(COLUMNS.iter().map(|(_, cell)| cell(quarter))).collect::<Vec<_>>()
        })
    });
    output::csv(&header, rows)
}
