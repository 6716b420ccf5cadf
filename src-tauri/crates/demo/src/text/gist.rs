//! What a pull request does and why, in one sentence each; titles, tickets and incident reports draw on it.

use rand_chacha::ChaCha8Rng;

use crate::chance::{Purpose, drawn, entry, mixed};
use crate::story::Story;
use crate::story::change::{Change, Incident, Subject};
use crate::story::layout::Place;
use crate::text::phrases::planned::{PLATFORM_THINGS, PLATFORM_WORK, PRODUCT_THINGS, PRODUCT_WORK};
use crate::text::phrases::repairs::{FOLLOW_UPS, OUTAGES, REPAIRS};

/// Place of the repository whose work is on the platform, not on the product.
const PLATFORM: usize = 2;

/// The gist of a pull request.
#[derive(Debug, Clone)]
pub(crate) struct Gist {
    /// What is done, as a title has it.
    pub(crate) what: String,
    /// Why, in a sentence or two.
    pub(crate) why: String,
}

impl Gist {
    /// The gist of a merged pull request; the same whenever it is asked for.
    pub(crate) fn of(story: &Story, change: &Change) -> Self {
        let mut draws = story.chance.of(Purpose::Gist, change.place.record());
        let (broken, symptom) = outage(story, change);
        match change.subject {
            Subject::Repair { .. } => {
                Self { what: drawn(&REPAIRS, &mut draws).replace("{}", broken), why: symptom.to_owned() }
            }
            Subject::FollowUp => Self {
                what: drawn(&FOLLOW_UPS, &mut draws).replace("{}", broken),
                why: format!("One of the actions from the post-mortem. What customers saw then: {symptom}"),
            },
            Subject::MentionsEmergency => Self::on_emergencies(&mut draws),
            _ => Self::planned(change.place.repository, &mut draws),
        }
    }

    /// The gist of a pull request that follows a place and was not merged.
    pub(crate) fn unmerged(story: &Story, place: &Place) -> Self {
        Self::planned(place.repository, &mut story.chance.of(Purpose::UnmergedWording, place.record()))
    }

    fn planned(repository: usize, draws: &mut ChaCha8Rng) -> Self {
        let ((what, why), thing) = if repository == PLATFORM {
            (drawn(&PLATFORM_WORK, draws), drawn(&PLATFORM_THINGS, draws))
        } else {
            (drawn(&PRODUCT_WORK, draws), drawn(&PRODUCT_THINGS, draws))
        };
        Self { what: what.replace("{}", thing), why: drawn(&why, draws).to_owned() }
    }

    fn on_emergencies(draws: &mut ChaCha8Rng) -> Self {
        let (what, why) = drawn(
            &[
                ("Document the emergency change procedure", "New colleagues ask for it in their first week on call."),
                ("Describe when a hotfix is allowed", "The policy says it in one sentence; this page has examples."),
                ("Add the emergency contacts to the runbook", "The list was in a chat and out of date."),
                ("Practise a rollback in the staging environment", "The steps are now tested once a month."),
                ("Show break glass accounts in the access report", "The reviewers asked to see them every quarter."),
            ],
            draws,
        );
        Self { what: what.to_owned(), why: why.to_owned() }
    }
}

/// What was broken, and what customers noticed: the same for a repair, its ticket, its incident and later work on it.
pub(crate) fn outage(story: &Story, change: &Change) -> (&'static str, &'static str) {
    let origin = match change.incident {
        Incident::Of { ordinal } => story.register.origin(ordinal),
        _ => None,
    };
    let (repository, slot) = origin.unwrap_or((change.place.repository, change.place.slot));
    entry(&OUTAGES, mixed(story.chance.seed() ^ repository as u64, slot) >> 7)
}
