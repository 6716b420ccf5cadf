//! Emergencies without a link to an incident that was imported.

use super::{Measure, MetricDefinition, Unit, count, emergencies, is_emergency, linked, no_resolved_incident, none, share};
use crate::judged::Line;
use change_ledger_model::{judgement::IncidentLinkState, quarterly::MissingIncidentLinks};
use polars::prelude::PolarsResult;

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "missing_incident_links",
        name: "Missing incident links",
        unit: Unit::Changes,
        definition: "Emergencies that are linked to no imported incident, directly or through a ticket: they name none, or \
                     only ones that were not imported (dangling). Links that the incident does not return (one-way) are \
                     counted beside it.",
        formula: "emergencies that name no incident + emergencies with dangling names only; share = that number / E",
        null_when: "the share, when the quarter has no emergencies",
    },
    counts: || {
        let emergencies = |state| is_emergency().and(linked(state));
        vec![
            count(emergencies(IncidentLinkState::Missing), "incident_missing"),
            count(emergencies(IncidentLinkState::Dangling), "incident_dangling"),
            count(emergencies(IncidentLinkState::OneWay), "incident_one_way"),
        ]
    },
    durations: none,
    behind: || is_emergency().and(no_resolved_incident()),
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<MissingIncidentLinks> {
    let none = line.count("incident_missing")?;
    let dangling = line.count("incident_dangling")?;
    let count = none + dangling;
    Ok(MissingIncidentLinks {
        count,
        share: share(count, emergencies::read(line)?),
        none,
        dangling,
        one_way: line.count("incident_one_way")?,
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn the_strongest_link_counts() {
        let check = |tell: fn(Sample) -> Sample, expected: (u64, u64, u64, u64)| {
            let found = tell(Sample::new().change(0.0)).quarter().missing_incident_links;
            assert_eq!((found.count, found.none, found.dangling, found.one_way), expected);
        };
        check(|s| s, (1, 1, 0, 0));
        check(Sample::dangling, (1, 0, 1, 0));
        check(|s| s.incident(false), (0, 0, 0, 1));
        check(|s| s.incident(true), (0, 0, 0, 0));
        check(|s| s.incident(true).incident(false).dangling(), (0, 0, 0, 0));
        check(|s| s.dangling().incident(false), (0, 0, 0, 1));
        check(|s| s.approved("bob", -1.0), (0, 0, 0, 0));
    }

    #[test]
    fn without_emergencies_there_is_no_share() {
        assert_eq!(Sample::new().change(0.0).approved("bob", -1.0).quarter().missing_incident_links.share, None);
    }
}
