//! The shape of the numbers: the keys and the nesting of the product's `metrics --format json`.
//!
//! Shares are 0 to 1 and not rounded, times are hours, `null` stands where a denominator is 0.

use serde::Serialize;

/// One quarter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuarterTruth {
    /// `2026-Q3`.
    pub quarter: String,
    /// First day, `2026-07-01`.
    pub from: String,
    /// Last day, `2026-09-30`.
    pub to: String,
    /// Changes merged into a released branch.
    pub changes: u64,
    /// The changes by class.
    pub classes: Classes,
    /// Declared and unlabelled emergencies.
    pub emergencies: u64,
    /// Emergencies / changes.
    pub emergency_ratio: Option<f64>,
    /// Declared emergencies / changes.
    pub declared_ratio: Option<f64>,
    /// The share above which the policy is breached.
    pub ratio_limit: f64,
    /// `within`, `warning` (above half of the limit), `breach`, or `n/a`.
    pub ratio_state: &'static str,
    /// The changes by qualifying approval.
    pub approval: ApprovalCounts,
    /// Reviews owed after the merge.
    pub retroactive_review: RetroactiveReview,
    /// Emergencies that nobody declared.
    pub unlabelled_emergencies: CountAndShare,
    /// Emergencies without an incident.
    pub missing_incident_links: MissingIncidentLinks,
    /// Emergencies whose authorisation is written down.
    pub authorisation: RecordedAndShare,
    /// Emergencies whose reason is written down.
    pub justification: RecordedAndShare,
    /// Emergencies documented on their ticket within 24 hours after the merge.
    pub documentation: OnTimeAndShare,
    /// Changes merged by their author.
    pub self_merged: u64,
    /// Changes of which the files do not tell who wrote or who merged them.
    pub merger_unknown: u64,
    /// Changes approved by their author, which counts for nothing.
    pub self_approved: u64,
    /// Approvals of owed reviews that one person gave with at least four others within ten minutes.
    pub batch_stamped: u64,
}

/// Changes by class; they add up to the changes of the quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Classes {
    /// The change or its ticket says that it is an emergency.
    pub declared_emergency: u64,
    /// Not declared, and a detection rule matches.
    pub unlabelled_emergency: u64,
    /// Always 0 here: the policy counts every unreviewed change as an emergency.
    pub unreviewed: u64,
    /// Always 0 here: the policy exempts nothing.
    pub exempt: u64,
    /// Everything else.
    pub routine: u64,
}

/// Changes by qualifying approval; they add up to the changes of the quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ApprovalCounts {
    /// At or before the merge.
    pub before: u64,
    /// None before the merge, but one after it.
    pub after: u64,
    /// Never.
    pub none: u64,
    /// The export carries no reviews.
    pub unknown: u64,
}

/// Reviews owed after the merge; the five states add up to `owed`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct RetroactiveReview {
    /// Emergencies without a qualifying approval at or before the merge.
    pub owed: u64,
    /// Approved within 24 hours after the merge.
    pub on_time: u64,
    /// Approved later.
    pub late: u64,
    /// Not approved, and the 24 hours are not over.
    pub pending: u64,
    /// Not approved, and the 24 hours are over.
    pub overdue: u64,
    /// The export carries no reviews.
    pub unknown: u64,
    /// Median of the hours from merge to approval.
    pub median_hours: Option<f64>,
    /// 90th percentile of the same.
    pub p90_hours: Option<f64>,
    /// Median by Kaplan and Meier, with the open ones censored at the moment of judging.
    pub kaplan_meier_median_hours: Option<f64>,
    /// On time / (on time + late + overdue).
    pub on_time_rate: Option<f64>,
    /// Hours from the merge of the oldest open one to the moment of judging.
    pub oldest_open_hours: Option<f64>,
}

/// A count and its share of the emergencies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CountAndShare {
    /// How many.
    pub count: u64,
    /// Of all emergencies of the quarter.
    pub share: Option<f64>,
    /// Those among them whose files carry no labels.
    pub labels_unknown: u64,
}

/// Emergencies without a link to an incident of the export; `none` and `dangling` add up to `count`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MissingIncidentLinks {
    /// How many.
    pub count: u64,
    /// Of all emergencies of the quarter.
    pub share: Option<f64>,
    /// They name no incident.
    pub none: u64,
    /// They name an incident that is not in the export.
    pub dangling: u64,
    /// Not missing: linked, but no linked incident names the change or its ticket.
    pub one_way: u64,
    /// They name no incident in what the export carries, which leaves out texts that may name one.
    pub unknown: u64,
}

/// Emergencies for which something is written down.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RecordedAndShare {
    /// How many.
    pub recorded: u64,
    /// Of all emergencies of the quarter; `null` when the files can tell of none.
    pub share: Option<f64>,
    /// How many the files cannot tell of.
    pub unknown: u64,
}

/// Emergencies for which something was done in time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OnTimeAndShare {
    /// How many.
    pub on_time: u64,
    /// Of all emergencies of the quarter; `null` when all of them are pending or unknown.
    pub share: Option<f64>,
    /// How many are not done and may still be in time.
    pub pending: u64,
    /// How many the files cannot tell of.
    pub unknown: u64,
}
