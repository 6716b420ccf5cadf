//! The metrics: one file each, with words, formula, expression and tests.
//!
//! A file declares a [`Measure`] and a `read` that takes its number from a [`Line`](crate::judged::Line). Adding a
//! metric is adding a file and its line in [`metrics!`] below.

use crate::column::{IN_N, INCIDENT_LINK};
use crate::expression::lit;
use crate::judged::{CHANGES_IN_CELL, Line};
pub(crate) use crate::judging::class::is_emergency;
use change_ledger_model::judgement::IncidentLinkState;
use polars::prelude::{Expr, PolarsResult, col};
use serde::Serialize;

/// What kind of number a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of changes.
    Changes,
    /// A share between 0 and 1.
    Share,
    /// Hours.
    Hours,
    /// Business days.
    BusinessDays,
    /// A number of incidents.
    Incidents,
}

/// What a metric is, in words for the person who reads the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MetricDefinition {
    /// Its key in the JSON of a quarter, with a dot where it is nested.
    pub id: &'static str,
    /// Its name on screens and in reports.
    pub name: &'static str,
    /// What kind of number it is.
    pub unit: Unit,
    /// What it says, in one or two sentences.
    pub definition: &'static str,
    /// How it is computed. N is the population of the quarter, E its emergencies.
    pub formula: &'static str,
    /// When there is no number; empty when there always is one.
    pub null_when: &'static str,
}

/// A metric: its words, the expressions that count it, and the changes it is about.
struct Measure {
    definition: MetricDefinition,
    /// Numbers of changes, each named; built of [`count`].
    counts: fn() -> Vec<Expr>,
    /// Milliseconds over done and open retroactive reviews, each named.
    durations: fn() -> Vec<Expr>,
    /// The changes of the population that the number is about.
    behind: fn() -> Expr,
}

macro_rules! metrics {
    ($($(#[$doc:meta])* $name:ident in $file:ident,)*) => {
        $(pub(crate) mod $file;)*

        /// Every metric of a quarter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Metric {
            $($(#[$doc])* $name,)*
        }

        impl Metric {
            /// Every metric, in the order in which people read them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn measure(self) -> Measure {
                match self {
                    $(Self::$name => $file::MEASURE,)*
                }
            }
        }

        const REGISTRY: &[MetricDefinition] = &[$($file::MEASURE.definition,)*];
    };
}

metrics! {
    /// N.
    Changes in changes,
    /// N by class.
    Classes in classes,
    /// E.
    Emergencies in emergencies,
    /// E / N.
    EmergencyRatio in emergency_ratio,
    /// Declared emergencies / N.
    DeclaredRatio in declared_ratio,
    /// N by the time of the qualifying approval.
    Approval in approval,
    /// E that nobody labelled.
    UnlabelledEmergencies in unlabelled_emergencies,
    /// What each detection rule found, and how often it was right.
    DetectionPrecision in detection_precision,
    /// E without a link to an imported incident.
    MissingIncidentLinks in missing_incident_links,
    /// E with a recorded authorisation.
    Authorisation in authorisation,
    /// E with a recorded justification.
    Justification in justification,
    /// E documented in time.
    Documentation in documentation,
    /// Retroactive reviews by state.
    RetroactiveReview in retroactive_review,
    /// Retroactive reviews given in time.
    OnTimeRate in on_time_rate,
    /// Median hours to the retroactive review.
    MedianTimeToReview in median_time_to_review,
    /// 90th percentile of the same.
    P90TimeToReview in p90_time_to_review,
    /// Median business days to the retroactive review.
    MedianBusinessDays in median_business_days,
    /// 90th percentile of the same.
    P90BusinessDays in p90_business_days,
    /// Median that counts open reviews.
    KaplanMeierMedian in kaplan_meier,
    /// Age of the oldest open review.
    OldestOpenReview in oldest_open_review,
    /// Merged by the author.
    SelfMerged in self_merged,
    /// Merged by nobody knows whom.
    MergerUnknown in merger_unknown,
    /// Approved by the author.
    SelfApproved in self_approved,
    /// Approved in a batch.
    BatchStamped in batch_stamped,
    /// With something that a person attested.
    Attested in attested,
    /// Severe incidents during which nothing was declared.
    SevereIncidents in severe_incidents,
    /// Unplanned deployments to production.
    DeploymentRework in deployment_rework,
    /// Findings fixed in time.
    PatchTimeliness in patch_timeliness,
}

/// The definition of every metric, in the order in which people read them.
#[must_use]
pub const fn registry() -> &'static [MetricDefinition] {
    REGISTRY
}

impl Metric {
    /// What it is, in words.
    #[must_use]
    pub const fn definition(self) -> MetricDefinition {
        self.measure().definition
    }

    /// From the [`id`](MetricDefinition::id) of its definition.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|metric| metric.definition().id == id)
    }

    /// Which changes of the population the number is about.
    pub(crate) fn behind(self) -> Expr {
        (self.measure().behind)()
    }
}

/// What the metrics count over cells of like changes.
pub(crate) fn counts() -> Vec<Expr> {
    Metric::ALL.iter().flat_map(|metric| (metric.measure().counts)()).collect()
}

/// What the metrics compute over done and open retroactive reviews.
pub(crate) fn durations() -> Vec<Expr> {
    Metric::ALL.iter().flat_map(|metric| (metric.measure().durations)()).collect()
}

/// The number of changes for which `condition` holds, as the column `name`.
fn count(condition: Expr, name: &str) -> Expr {
    col(CHANGES_IN_CELL).filter(condition).sum().alias(name)
}

fn none() -> Vec<Expr> {
    Vec::new()
}

/// Whether a change is counted in N: in the population, and not exempt where the policy leaves exempt ones out.
fn in_n() -> Expr {
    col(IN_N)
}

/// Whether a change is linked to no incident that was imported.
pub(crate) fn no_resolved_incident() -> Expr {
    linked(IncidentLinkState::Missing).or(linked(IncidentLinkState::Dangling))
}

fn linked(state: IncidentLinkState) -> Expr {
    col(INCIDENT_LINK).eq(lit(state as u8))
}

/// `count / of`; none where there is nothing to divide by, because "0 %" of nothing would read as "all is well".
fn share(count: u64, of: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "numbers of changes fit in 53 bits")]
    (of > 0).then(|| count as f64 / of as f64)
}

/// `count / E`; none where the files cannot tell of a single one of E, because 0 % of the unknown would read as "missing".
fn share_of_emergencies(count: u64, unknown: u64, line: Line<'_>) -> PolarsResult<Option<f64>> {
    let all = emergencies::read(line)?;
    Ok(share(count, all).filter(|_| all > unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_metric_is_described_and_found_by_its_id() {
        assert_eq!(registry().len(), Metric::ALL.len());
        for metric in Metric::ALL {
            let MetricDefinition { id, name, definition, formula, .. } = metric.definition();
            assert_eq!(Metric::from_id(id), Some(*metric), "{id}");
            assert!([name, definition, formula].iter().all(|words| !words.trim().is_empty()), "{id}");
        }
        let ids: BTreeSet<&str> = registry().iter().map(|definition| definition.id).collect();
        assert_eq!(ids.len(), registry().len());
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        let check = |count, of, expected| assert_eq!(share(count, of), expected, "{count} of {of}");
        check(0, 0, None);
        check(0, 4, Some(0.0));
        check(1, 4, Some(0.25));
    }
}
