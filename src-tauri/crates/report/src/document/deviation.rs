//! Where an emergency departs from what the policy asks of emergencies.

use crate::content::{EmergencyEntry, Record};
use change_ledger_model::{
    control::Attribute,
    judgement::{Class, IncidentLinkState, ReviewState},
};

/// One departure of one emergency from the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deviation {
    /// Nobody labelled it.
    Unlabelled,
    /// It names no incident.
    NoIncident,
    /// It names only incidents that were not imported.
    DanglingIncident,
    /// No authorisation is on record.
    NotAuthorised,
    /// An authorisation is on record, but not as the policy asks for it.
    NotAuthorisedAsAsked,
    /// No justification is on record.
    NotJustified,
    /// Its reason or its incident is none that the policy takes for an emergency.
    NotGenuine,
    /// It was not documented, or too late.
    NotDocumented,
    /// The retroactive review came in time, from somebody whom the policy does not ask.
    ReviewedByAnother,
    /// The retroactive review came after the deadline.
    ReviewedLate,
    /// The retroactive review is open and its deadline has passed.
    ReviewOverdue,
}

impl Deviation {
    /// In words, for a list: `not labelled`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unlabelled => "not labelled",
            Self::NoIncident => "no incident named",
            Self::DanglingIncident => "incident named but not imported",
            Self::NotAuthorised => "no authorisation on record",
            Self::NotAuthorisedAsAsked => "not authorised by whom or when the policy asks",
            Self::NotJustified => "no justification on record",
            Self::NotGenuine => "reason or incident not as the policy asks",
            Self::NotDocumented => "not documented in time",
            Self::ReviewedByAnother => "not reviewed by whom the policy asks",
            Self::ReviewedLate => "reviewed late",
            Self::ReviewOverdue => "review overdue",
        }
    }
}

/// Every departure of `entry`, in a fixed order. What is not known is none.
pub(super) fn deviations(entry: &EmergencyEntry) -> Vec<Deviation> {
    let incident = match entry.incident_link {
        IncidentLinkState::Missing => Some(Deviation::NoIncident),
        IncidentLinkState::Dangling => Some(Deviation::DanglingIncident),
        IncidentLinkState::OneWay | IncidentLinkState::TwoWay | IncidentLinkState::Unknown => None,
    };
    let review = match entry.review {
        ReviewState::Late => Some(Deviation::ReviewedLate),
        ReviewState::Overdue => Some(Deviation::ReviewOverdue),
        ReviewState::NotOwed | ReviewState::OnTime | ReviewState::Pending | ReviewState::Unknown => None,
    };
    let documented_late = matches!(entry.documentation, Record::Recorded(_)) && entry.documented_on_time == Some(false);
    let fails = |control: Attribute| entry.failed.contains(&control);
    let unlabelled = entry.class == Class::UnlabelledEmergency;
    // What makes a control fail may have been said already.
    let not_genuine = fails(Attribute::J)
        && !unlabelled
        && entry.incident_link != IncidentLinkState::Missing
        && entry.justification != Record::Missing;
    [
        unlabelled.then_some(Deviation::Unlabelled),
        incident,
        not_genuine.then_some(Deviation::NotGenuine),
        (entry.authorisation == Record::Missing).then_some(Deviation::NotAuthorised),
        (fails(Attribute::K) && entry.authorisation != Record::Missing).then_some(Deviation::NotAuthorisedAsAsked),
        (entry.justification == Record::Missing).then_some(Deviation::NotJustified),
        (entry.documentation == Record::Missing || documented_late).then_some(Deviation::NotDocumented),
        (fails(Attribute::L) && review.is_none()).then_some(Deviation::ReviewedByAnother),
        review,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the imported files cannot tell about `entry`, in words.
pub(super) fn unknowns(entry: &EmergencyEntry) -> Vec<&'static str> {
    [
        (entry.review == ReviewState::Unknown).then_some("review not known"),
        (entry.authorisation == Record::Unknown).then_some("authorisation not known"),
        (entry.justification == Record::Unknown).then_some("justification not known"),
        (entry.documentation == Record::Unknown).then_some("documentation not known"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn what_a_control_fails_for_is_a_departure_once() {
        let check = |tell: fn(&mut EmergencyEntry), expected: &[Deviation]| {
            let mut entry = sample::report().emergencies.remove(0);
            assert_eq!(deviations(&entry), []);
            tell(&mut entry);
            assert_eq!(deviations(&entry), expected);
        };
        check(|entry| entry.failed = vec![Attribute::K], &[Deviation::NotAuthorisedAsAsked]);
        check(
            |entry| (entry.failed, entry.authorisation) = (vec![Attribute::K], Record::Missing),
            &[Deviation::NotAuthorised],
        );
        check(|entry| entry.failed = vec![Attribute::J], &[Deviation::NotGenuine]);
        check(
            |entry| (entry.failed, entry.incident_link) = (vec![Attribute::J], IncidentLinkState::Missing),
            &[Deviation::NoIncident],
        );
        check(|entry| entry.failed = vec![Attribute::L], &[Deviation::ReviewedByAnother]);
        check(
            |entry| (entry.failed, entry.review) = (vec![Attribute::L], ReviewState::Overdue),
            &[Deviation::ReviewOverdue],
        );
        check(|entry| entry.documentation = Record::NotYetDue, &[]);
    }
}
