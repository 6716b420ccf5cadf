//! Its repositories, each with the team, the Jira project and the PagerDuty service that go with it.

use super::ORGANISATION;
use super::people::Team;

/// A repository.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repository {
    /// Name below the organisation.
    pub(crate) name: &'static str,
    /// The branch that is released.
    pub(crate) default_branch: &'static str,
    /// Project key of its tickets.
    pub(crate) project: &'static str,
    /// What the project is called.
    pub(crate) project_name: &'static str,
    /// What runs from it, as PagerDuty names it.
    pub(crate) service: &'static str,
    /// Who works on it.
    pub(crate) team: Team,
    /// Its part of the company's changes, in thousandths.
    pub(crate) share: u64,
    /// Number of its first pull request in the story.
    pub(crate) first_number: u64,
}

impl Repository {
    /// `owner/name`.
    pub(crate) fn full_name(&self) -> String {
        format!("{ORGANISATION}/{}", self.name)
    }
}

/// The repository at a place of [`REPOSITORIES`]; the first for a place beyond the end.
pub(crate) fn repository(place: usize) -> &'static Repository {
    let [first, ..] = &REPOSITORIES;
    REPOSITORIES.get(place).unwrap_or(first)
}

/// Project of the emergency change tickets of all repositories.
pub(crate) const CHANGE_PROJECT: (&str, &str) = ("CHM", "Change Management");

/// Place of the repository whose oldest export lacks the reviews.
pub(crate) const RATE_ENGINE: usize = 3;
/// Place of the repository that one person keeps alone.
pub(crate) const STATUS_PAGE: usize = 4;

/// All repositories.
pub(crate) const REPOSITORIES: [Repository; 5] = [
    Repository {
        name: "booking-api",
        default_branch: "main",
        project: "BOOK",
        project_name: "Booking",
        service: "booking-api",
        team: Team::BOOKING,
        share: 378,
        first_number: 1_412,
    },
    Repository {
        name: "customs-desk",
        default_branch: "main",
        project: "DESK",
        project_name: "Customs Desk",
        service: "customs-desk",
        team: Team::CUSTOMS,
        share: 290,
        first_number: 903,
    },
    Repository {
        name: "platform",
        default_branch: "master",
        project: "PLAT",
        project_name: "Platform",
        service: "edge-and-clusters",
        team: Team::PLATFORM,
        share: 232,
        first_number: 2_077,
    },
    Repository {
        name: "rate-engine",
        default_branch: "trunk",
        project: "RATE",
        project_name: "Rates",
        service: "rate-engine",
        team: Team::RATES,
        share: 91,
        first_number: 1,
    },
    Repository {
        name: "status-page",
        default_branch: "main",
        project: "PLAT",
        project_name: "Platform",
        service: "status-page",
        team: Team::STATUS_PAGE,
        share: 9,
        first_number: 31,
    },
];
