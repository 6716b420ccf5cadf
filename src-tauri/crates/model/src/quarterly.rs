//! The metrics of a quarter, in the shape in which every screen, report and script receives them.
//!
//! Shares are 0 to 1, times are hours, and `None` ("n/a") stands where a denominator is 0.

mod controls;
mod curve;
mod groups;
mod records;
mod trend;

pub use controls::{ControlCounts, ControlTable};
pub use curve::{CurveStep, ReviewCurve};
pub use groups::{GroupMetrics, Grouping, GroupingNote};
pub use records::{DeploymentRework, PatchTimeliness, SevereIncidents};
pub use trend::{Direction, RestatedQuarter, Trend};

use crate::{
    Timestamp,
    judgement::{RatioState, Signal},
    restatement::{Amount, NumberUnit},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The answer of the metrics use case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct MetricsAnswer {
    /// The moment of the judgement: open reviews are aged at it, and what is later has not happened.
    pub as_of: Timestamp,
    /// The policy in force at `as_of`.
    pub policy: PolicyReference,
    /// IANA name of the zone in which quarters begin and end.
    pub timezone: String,
    /// One entry per quarter, ascending, no gaps.
    pub quarters: Vec<QuarterMetrics>,
    /// The same quarters per group by name, what is in no group last; where groups were asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub groups: Option<Vec<GroupMetrics>>,
    /// What these groups are.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub grouping: Option<GroupingNote>,
    /// How long retroactive reviews stayed open, quarter by quarter; where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub review_curves: Option<Vec<ReviewCurve>>,
    /// What changed from each quarter to the next.
    #[serde(default)]
    pub trends: Vec<Trend>,
    /// The quarters of which the ledger says something else by now than their last report; where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub restated: Option<Vec<RestatedQuarter>>,
    /// Below this many changes or reviews no trend is claimed, as the policy says.
    #[serde(default)]
    #[ts(type = "number")]
    pub small_number: u64,
    /// Changes that belong to no quarter because the export does not say when they were merged.
    #[ts(type = "number")]
    pub undated: u64,
    /// Changes that are in no number because they are implemented after `as_of`.
    #[ts(type = "number")]
    pub not_yet_implemented: u64,
    /// The quarters whose changes were judged by more than one policy, because another came into force.
    pub mixed_quarters: Vec<MixedQuarter>,
    /// The quarters of which some number is another one by the imported files alone, without what people attested.
    #[serde(default)]
    pub without_attestations: Vec<QuarterWithout>,
    /// What a person should know before relying on the numbers.
    pub warnings: Vec<MetricsWarning>,
}

/// What a quarter's numbers would be without what people attested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct QuarterWithout {
    /// `2026-Q3`.
    pub quarter: String,
    /// The numbers that differ, in the order of their names.
    pub numbers: Vec<NumberWithout>,
}

/// One number with what people attested and without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct NumberWithout {
    /// Its key in the JSON of a quarter, with a dot where it is nested.
    pub metric: String,
    /// What it counts in.
    pub unit: NumberUnit,
    /// With the attestations; `None` where there is no number.
    pub with: Option<Amount>,
    /// Without them.
    pub without: Option<Amount>,
}

/// A quarter whose changes were judged by more than one policy, each by the one in force on its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct MixedQuarter {
    /// `2026-Q3`.
    pub quarter: String,
    /// The policies, oldest first.
    pub policies: Vec<PolicyReference>,
}

/// Something that a person should know before relying on the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct MetricsWarning {
    /// Stable name: `not_yet_implemented`, `outlying_date`, `policy_changed`, `nothing_grouped`.
    pub code: String,
    /// What it means and what to do, in whole sentences.
    pub message: String,
}

/// Which version of a policy was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PolicyReference {
    /// Name, `retroactive-24h`.
    pub name: String,
    /// Version, as the document says it.
    pub version: String,
    /// SHA-256 of the document, hexadecimal.
    pub sha256: String,
}

/// The metrics of one quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct QuarterMetrics {
    /// `2026-Q3`.
    pub quarter: String,
    /// First day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Last day.
    #[ts(type = "string")]
    pub to: NaiveDate,
    /// N: the population.
    #[ts(type = "number")]
    pub changes: u64,
    /// N by class.
    pub classes: ClassCounts,
    /// |E|: declared and unlabelled emergencies.
    #[ts(type = "number")]
    pub emergencies: u64,
    /// |E| / N.
    pub emergency_ratio: Option<f64>,
    /// Declared emergencies / N.
    pub declared_ratio: Option<f64>,
    /// The policy's limit for the ratio.
    pub ratio_limit: f64,
    /// Where the ratio stands.
    pub ratio_state: RatioState,
    /// N by the time of the qualifying approval.
    pub approval: ApprovalCounts,
    /// Retroactive reviews of E.
    pub retroactive_review: RetroactiveReview,
    /// Emergencies that nobody labelled; share of E.
    pub unlabelled_emergencies: UnlabelledEmergencies,
    /// Emergencies without a link to an imported incident.
    pub missing_incident_links: MissingIncidentLinks,
    /// Emergencies with a recorded authorisation; share of E.
    pub authorisation: RecordedShare,
    /// Emergencies with a recorded justification; share of E.
    pub justification: RecordedShare,
    /// Emergencies documented within the policy's time; share of E.
    pub documentation: OnTimeShare,
    /// Changes merged by their author.
    #[ts(type = "number")]
    pub self_merged: u64,
    /// Changes of which the files do not tell whether their author merged them: author or merger is unknown.
    #[ts(type = "number")]
    pub merger_unknown: u64,
    /// Changes approved by their author.
    #[ts(type = "number")]
    pub self_approved: u64,
    /// Retroactive approvals that one person gave in a batch.
    #[ts(type = "number")]
    pub batch_stamped: u64,
    /// Changes, exempt ones included, of which something holds that a person attested.
    #[ts(type = "number")]
    pub attested: u64,
    /// What each detection rule found, the rules of the policy in force at the quarter's end first.
    pub detection: Vec<RuleDetection>,
    /// Deployments to production, and how many of them an incident caused. Reports of earlier versions do not have it.
    #[serde(default)]
    pub deployment_rework: DeploymentRework,
    /// Findings, and how many of them were fixed in time. Reports of earlier versions do not have it.
    #[serde(default)]
    pub patches: PatchTimeliness,
    /// Severe incidents, and during how many of them nothing was declared. Reports of earlier versions do not have it.
    #[serde(default)]
    pub severe_incidents: SevereIncidents,
    /// How the changes of the quarter answer each control. Reports of earlier versions do not have it.
    #[serde(default)]
    pub controls: ControlTable,
}

/// What one detection rule found, and how often people found it right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RuleDetection {
    /// The signals of the rule, all of which must hold, in their own order.
    pub rule: Vec<Signal>,
    /// Undeclared changes that it found, those included that a person dismissed or exempted since.
    #[ts(type = "number")]
    pub matched: u64,
    /// Those that a person confirmed as emergencies.
    #[ts(type = "number")]
    pub confirmed: u64,
    /// Those of which a person said that they are none.
    #[ts(type = "number")]
    pub dismissed: u64,
    /// `confirmed / (confirmed + dismissed)`; `None` where nobody judged any.
    pub precision: Option<f64>,
}

/// Changes by class; the classes partition the population.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ClassCounts {
    /// Labelled emergencies.
    #[ts(type = "number")]
    pub declared_emergency: u64,
    /// Emergencies found by a detection rule.
    #[ts(type = "number")]
    pub unlabelled_emergency: u64,
    /// Unreviewed, and no rule matched.
    #[ts(type = "number")]
    pub unreviewed: u64,
    /// Exempt by rule.
    #[ts(type = "number")]
    pub exempt: u64,
    /// The rest.
    #[ts(type = "number")]
    pub routine: u64,
}

/// Changes by the time of the first qualifying approval; the four partition the population.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ApprovalCounts {
    /// At or before implementation.
    #[ts(type = "number")]
    pub before: u64,
    /// None before, but one later.
    #[ts(type = "number")]
    pub after: u64,
    /// Never.
    #[ts(type = "number")]
    pub none: u64,
    /// The files do not tell.
    #[ts(type = "number")]
    pub unknown: u64,
}

/// Retroactive reviews that a quarter's emergencies owe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RetroactiveReview {
    /// Owed in all; the five states partition them.
    #[ts(type = "number")]
    pub owed: u64,
    /// Reviewed at or before the deadline.
    #[ts(type = "number")]
    pub on_time: u64,
    /// Reviewed after it.
    #[ts(type = "number")]
    pub late: u64,
    /// Open, deadline not passed.
    #[ts(type = "number")]
    pub pending: u64,
    /// Open, deadline passed.
    #[ts(type = "number")]
    pub overdue: u64,
    /// The files do not tell.
    #[ts(type = "number")]
    pub unknown: u64,
    /// Median hours from implementation to review, over reviewed ones (linear interpolation).
    pub median_hours: Option<f64>,
    /// 90th percentile of the same (linear interpolation).
    pub p90_hours: Option<f64>,
    /// Median business days from the day of implementation to the day of review, over reviewed ones.
    pub median_business_days: Option<f64>,
    /// 90th percentile of the same.
    pub p90_business_days: Option<f64>,
    /// Kaplan-Meier median with open ones censored at `as_of`: the first time at which the estimated share still
    /// unreviewed is 0.5 or less; `None` when it never is (Kaplan & Meier, JASA 53, 1958).
    pub kaplan_meier_median_hours: Option<f64>,
    /// `on_time / (on_time + late + overdue)`.
    pub on_time_rate: Option<f64>,
    /// Age of the oldest open one at `as_of`.
    pub oldest_open_hours: Option<f64>,
}

/// Emergencies that nobody labelled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct UnlabelledEmergencies {
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
    /// Share of E.
    pub share: Option<f64>,
    /// Those among `count` whose files carry no labels: they may bear one.
    #[ts(type = "number")]
    pub labels_unknown: u64,
    /// Those among `count` that a person confirmed.
    #[ts(type = "number")]
    pub confirmed: u64,
    /// Changes that a rule found and that a person dismissed: no emergencies, and not part of `count`.
    #[ts(type = "number")]
    pub dismissed: u64,
}

/// Emergencies without a resolved link to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct MissingIncidentLinks {
    /// `none + dangling`.
    #[ts(type = "number")]
    pub count: u64,
    /// Share of E; `None` where the files can tell of none of E.
    pub share: Option<f64>,
    /// Name no incident.
    #[ts(type = "number")]
    pub none: u64,
    /// Name only incidents that were not imported.
    #[ts(type = "number")]
    pub dangling: u64,
    /// Linked, but the incident does not name the change back. Not part of `count`.
    #[ts(type = "number")]
    pub one_way: u64,
    /// Those of E of which the files cannot tell: they did not carry every text that may name an incident. Not part of
    /// `count`.
    #[ts(type = "number")]
    pub unknown: u64,
}

/// How many of E have something on record.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RecordedShare {
    /// How many.
    #[ts(type = "number")]
    pub recorded: u64,
    /// Share of E; `None` when `unknown` is all of E. The true share lies between this and `(recorded + unknown) / E`.
    pub share: Option<f64>,
    /// How many of E the imported files cannot tell of.
    #[ts(type = "number")]
    pub unknown: u64,
}

/// How many of E have something done in time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct OnTimeShare {
    /// How many.
    #[ts(type = "number")]
    pub on_time: u64,
    /// Share of E; `None` when `pending` and `unknown` are all of E. The true share lies between this and
    /// `(on_time + pending + unknown) / E`.
    pub share: Option<f64>,
    /// How many of E are not done and may still be in time.
    #[serde(default)]
    #[ts(type = "number")]
    pub pending: u64,
    /// How many of E the imported files cannot tell of.
    #[ts(type = "number")]
    pub unknown: u64,
}
