//! How many deployments to production were unplanned, because an incident needed them.

use super::{Measure, MetricDefinition, Unit, none, share};
use crate::expression::lit;
use change_ledger_model::quarterly::DeploymentRework;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "deployment_rework",
        name: "Deployment rework rate",
        unit: Unit::Share,
        definition: "Unplanned deployments to production that an incident caused, as a share of all deployments to production of \
                     the quarter (DORA). A deployment is one of these when the change that was merged as its commit is an \
                     emergency linked to an imported incident. Where no imported change was merged as its commit, or the incident \
                     was not imported, nobody knows.",
        formula: "unplanned / deployments",
        null_when: "no deployment to production, or of none is it known",
    },
    counts: none,
    durations: none,
    behind: || lit(false),
};

/// Whether a deployment to production was unplanned: whether its change is an emergency, and an imported incident is linked.
/// `None` is unknown.
pub(crate) fn is_unplanned(is_emergency: Option<bool>, has_incident: Option<bool>) -> Option<bool> {
    match (is_emergency, has_incident) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Adds one deployment.
pub(crate) fn add(to: &mut DeploymentRework, is_unplanned: Option<bool>) {
    to.deployments += 1;
    match is_unplanned {
        Some(true) => to.unplanned += 1,
        Some(false) => {}
        None => to.unknown += 1,
    }
    to.rework_rate = share(to.unplanned, to.deployments).filter(|_| to.unknown < to.deployments);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deployment_is_unplanned_when_emergency_and_incident_are_both_known() {
        let check = |emergency, incident, expected| {
            assert_eq!(is_unplanned(emergency, incident), expected, "{emergency:?} {incident:?}");
        };
        check(Some(true), Some(true), Some(true));
        check(Some(true), Some(false), Some(false));
        check(Some(true), None, None);
        check(Some(false), Some(true), Some(false));
        check(Some(false), None, Some(false));
        check(None, None, None);
    }

    #[test]
    fn the_rate_is_of_all_deployments_and_of_nothing_where_nothing_is_known() {
        let check = |deployments: &[Option<bool>], expected: (u64, u64, u64, Option<f64>)| {
            let mut found = DeploymentRework::default();
            deployments.iter().for_each(|unplanned| add(&mut found, *unplanned));
            assert_eq!(
                (found.deployments, found.unplanned, found.unknown, found.rework_rate),
                expected,
                "{deployments:?}"
            );
        };
        check(&[], (0, 0, 0, None));
        check(&[Some(false)], (1, 0, 0, Some(0.0)));
        check(&[Some(true), Some(false), None, Some(false)], (4, 1, 1, Some(0.25)));
        check(&[None, None], (2, 0, 2, None));
    }
}
