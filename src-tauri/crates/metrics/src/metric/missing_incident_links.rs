//! Emergencies without a link to an incident that was imported.

use super::{
    Measure, MetricDefinition, Unit, count, is_emergency, linked, no_resolved_incident, none, share_of_emergencies,
};
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
                     counted beside it. Those that name none while the files carried no text, or not that of every ticket that they name, \
                     are unknown: they are in E, and counted beside, so that the share is at least what it says.",
        formula: "emergencies that name no incident + emergencies with dangling names only; share = that number / E",
        null_when: "the share, when the files can tell of none of the quarter's emergencies",
    },
    counts: || {
        let emergencies = |state| is_emergency().and(linked(state));
        vec![
            count(emergencies(IncidentLinkState::Missing), "incident_missing"),
            count(emergencies(IncidentLinkState::Dangling), "incident_dangling"),
            count(emergencies(IncidentLinkState::OneWay), "incident_one_way"),
            count(emergencies(IncidentLinkState::Unknown), "incident_unknown"),
        ]
    },
    durations: none,
    behind: || is_emergency().and(no_resolved_incident()),
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<MissingIncidentLinks> {
    let none = line.count("incident_missing")?;
    let dangling = line.count("incident_dangling")?;
    let unknown = line.count("incident_unknown")?;
    let count = none + dangling;
    Ok(MissingIncidentLinks {
        count,
        share: share_of_emergencies(count, unknown, line)?,
        none,
        dangling,
        one_way: line.count("incident_one_way")?,
        unknown,
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
            assert_eq!(found.unknown, 0);
        };
        // Its description was carried, and names none.
        check(|s| s, (1, 1, 0, 0));
        check(|s| s.ticket(false), (1, 1, 0, 0));
        check(Sample::dangling, (1, 0, 1, 0));
        check(|s| s.incident(false), (0, 0, 0, 1));
        check(|s| s.incident(true), (0, 0, 0, 0));
        check(|s| s.incident(true).incident(false).dangling(), (0, 0, 0, 0));
        check(|s| s.dangling().incident(false), (0, 0, 0, 1));
        check(|s| s.approved("bob", -1.0), (0, 0, 0, 0));
    }

    #[test]
    fn where_not_every_text_was_carried_no_link_is_unknown() {
        let check = |tell: fn(Sample) -> Sample, expected: (u64, u64, Option<f64>)| {
            let found = tell(Sample::new().change(0.0)).quarter().missing_incident_links;
            assert_eq!((found.unknown, found.count, found.share), expected);
        };
        check(Sample::text_unknown, (1, 0, None));
        check(Sample::bare_ticket, (1, 0, None));
        check(|s| s.ticket(false).bare_ticket(), (1, 0, None));
        check(Sample::foreign_ticket, (1, 0, None));
        check(|s| s.foreign_ticket().incident(true), (0, 0, Some(0.0)));
        check(|s| s.text_unknown().change(1.0), (1, 1, Some(0.5)));
        check(|s| s.text_unknown().incident(false), (0, 0, Some(0.0)));
        check(|s| s.text_unknown().dangling(), (0, 1, Some(1.0)));
    }

    #[test]
    fn without_emergencies_there_is_no_share() {
        assert_eq!(Sample::new().change(0.0).approved("bob", -1.0).quarter().missing_incident_links.share, None);
    }
}
