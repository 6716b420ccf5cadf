//! Severe incidents in whose window something was implemented while nothing was declared.

use super::{Measure, MetricDefinition, Unit, none};
use crate::expression::lit;
use change_ledger_model::quarterly::SevereIncidents;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "severe_incidents",
        name: "Severe incidents without a declared change",
        unit: Unit::Incidents,
        definition: "Severe incidents that began in the quarter, during which (or within the policy's grace after which) changes \
                     of the same service were implemented, none of them a declared emergency: emergencies may have gone \
                     unlabelled. Of incidents whose service is that of no repository, or that ended nobody knows when, it is \
                     unknown. Incidents of which no file tells the severity are counted beside.",
        formula: "severe incidents with an implemented change and without a declared one",
        null_when: "",
    },
    counts: none,
    durations: none,
    behind: || lit(false),
};

/// What was implemented in the window of an incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Implemented {
    /// Whether anything was.
    pub(crate) any: bool,
    /// Whether a declared emergency was.
    pub(crate) declared: bool,
}

/// Adds one severe incident; `None` where nobody knows what was implemented in its window.
pub(crate) fn add(to: &mut SevereIncidents, implemented: Option<Implemented>) {
    to.incidents += 1;
    match implemented {
        None => to.unknown += 1,
        Some(Implemented { any: true, declared }) => {
            to.with_changes += 1;
            to.undeclared += u64::from(!declared);
        }
        Some(Implemented { any: false, .. }) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_incident_with_changes_and_without_a_declared_one_counts() {
        let mut found = SevereIncidents::default();
        let implemented = |any, declared| Some(Implemented { any, declared });
        for incident in [implemented(false, false), implemented(true, true), implemented(true, false), None] {
            add(&mut found, incident);
        }
        assert_eq!(found, SevereIncidents { incidents: 4, with_changes: 2, undeclared: 1, unknown: 1, severity_unknown: 0 });
    }
}
