//! Where an emergency departs from what the policy asks of emergencies.

use crate::content::{EmergencyEntry, Record};
use change_ledger_model::judgement::{Class, IncidentLinkState, ReviewState};

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
    /// No justification is on record.
    NotJustified,
    /// It was not documented, or too late.
    NotDocumented,
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
            Self::NotJustified => "no justification on record",
            Self::NotDocumented => "not documented in time",
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
    let documented_late = entry.documented_on_time == Some(false) && entry.documentation != Record::Unknown;
    [
        (entry.class == Class::UnlabelledEmergency).then_some(Deviation::Unlabelled),
        incident,
        (entry.authorisation == Record::Missing).then_some(Deviation::NotAuthorised),
        (entry.justification == Record::Missing).then_some(Deviation::NotJustified),
        (entry.documentation == Record::Missing || documented_late).then_some(Deviation::NotDocumented),
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
