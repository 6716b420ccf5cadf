//! The numbers a correct tool must find, summed over the verdicts that the story planned. No export file is read.

pub(crate) mod shape;

mod quarter;
mod statistics;
mod told;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ToolChain;
use crate::calendar::{AS_OF, DAY, Quarter, rfc3339};
use crate::story::Story;
use crate::story::change::{Approval, Change, Class, Incident, Trap};
use crate::story::seasons::SEASONS;
use crate::story::unmerged::Unmerged;
use crate::text::pull_requests::Asides;
use crate::text::tickets::Ticket;
use quarter::Tally;
use shape::QuarterTruth;

/// What `truth.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// The seed of the plan.
    pub seed: u64,
    /// The tools in whose exports the story is told.
    pub tools: &'static str,
    /// What these exports do not carry, so that no tool can find it.
    pub not_carried: Vec<&'static str>,
    /// The moment at which open reviews are judged, RFC 3339.
    pub as_of: String,
    /// The policy preset under which the numbers hold.
    pub policy: &'static str,
    /// The time zone of the quarters and of the dates in files without offsets.
    pub timezone: &'static str,
    /// One object for each quarter, ascending, with the keys of the product's `metrics --format json`.
    pub quarters: Vec<QuarterTruth>,
    /// How many records the files hold when each is counted once.
    pub records: Records,
    /// How often each trap was planted, over all changes, in released branches or not.
    pub planted: BTreeMap<String, u64>,
    /// The emergencies among the changes of the quarters, in the order in which the story tells them.
    pub emergencies: Vec<PlantedEmergency>,
}

/// A change that the story planned as an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlantedEmergency {
    /// As other texts name it, `marlpoint/booking-api#2214`.
    pub change: String,
    /// Whether it is labelled as one; the others are for detection rules to find.
    pub declared: bool,
}

/// Records, each counted once however many files hold it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Records {
    /// Merged pull requests, into any branch; with change requests, those of released branches.
    pub changes: u64,
    /// Those merged into a default or release branch.
    pub population: u64,
    /// Submitted reviews of merged pull requests.
    pub reviews: u64,
    /// Rows of the tracker's file.
    pub tickets: u64,
    /// Incidents of the incident tool's file, merged duplicates included.
    pub incidents: u64,
}

/// Adds the changes of a story up.
#[derive(Debug)]
pub(crate) struct Sum {
    seed: u64,
    tools: ToolChain,
    quarters: BTreeMap<Quarter, Tally>,
    records: Records,
    traps: BTreeMap<Trap, u64>,
    emergencies: Vec<PlantedEmergency>,
}

impl Sum {
    pub(crate) fn new(story: &Story) -> Self {
        let quarters = std::iter::successors(Some(Quarter::FIRST), |quarter| Some(quarter.next()))
            .take(SEASONS.len())
            .map(|quarter| (quarter, Tally::default()))
            .collect();
        Self {
            seed: story.chance.seed(),
            tools: story.tools,
            quarters,
            records: Records { incidents: story.register.incidents.len() as u64, ..Records::default() },
            traps: BTreeMap::new(),
            emergencies: Vec::new(),
        }
    }

    /// Adds one merged pull request that the files hold.
    pub(crate) fn add(&mut self, story: &Story, change: &Change) {
        let carries = self.tools.carries();
        if !told::is_exported(change, carries) {
            return;
        }
        self.records.changes += 1;
        self.records.reviews += told::reviews(change, carries);
        self.records.tickets += u64::from(carries.changes_are_tickets || Ticket::is_exported(story, change));
        let overlaps = carries.overlaps && story.exports.files_with(&change.place) > 1;
        let in_two_files = overlaps.then_some(Trap::InTwoFiles);
        let not_merged = Unmerged::after(&story.chance, &story.layout, &change.place).map(|_| Trap::NotMerged);
        let traps = change.traps.iter().copied().chain(Asides::of(&story.chance, change).traps());
        for trap in traps.chain(in_two_files).chain(not_merged).filter(|trap| trap.shows(carries)) {
            *self.traps.entry(trap).or_default() += 1;
        }
        if change.verdicts.in_population {
            self.records.population += 1;
            if change.verdicts.class != Class::Routine {
                let declared = change.verdicts.class == Class::Declared;
                self.emergencies.push(PlantedEmergency { change: story.reference(change), declared });
            }
            self.quarters.entry(Quarter::of(change.merged)).or_default().add(change, carries);
        }
    }

    /// The truth, once every change was added.
    pub(crate) fn finish(self) -> Truth {
        let stamped = statistics::batch_stamped(
            self.quarters
                .iter()
                .flat_map(|(quarter, tally)| tally.retroactive().map(move |(by, at)| (by, at, *quarter))),
        );
        let quarters = self
            .quarters
            .iter()
            .map(|(quarter, tally)| tally.truth(*quarter, stamped.get(quarter).copied().unwrap_or(0)))
            .collect();
        Truth {
            seed: self.seed,
            tools: self.tools.name(),
            not_carried: self.tools.carries().missing(),
            as_of: rfc3339(AS_OF),
            policy: "retroactive-24h",
            timezone: "UTC",
            quarters,
            records: self.records,
            planted: self.traps.iter().map(|(trap, count)| (snake_case(*trap), *count)).collect(),
            emergencies: self.emergencies,
        }
    }
}

/// The state of an owed review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    OnTime,
    Late,
    Pending,
    Overdue,
    Unknown,
}

impl State {
    /// The state of the review that a change owes, or `None` when it was approved before.
    pub(crate) fn of(change: &Change) -> Option<Self> {
        let deadline = change.merged + DAY;
        match change.verdicts.approval {
            Approval::Before => None,
            Approval::After { at, .. } if at <= deadline => Some(Self::OnTime),
            Approval::After { .. } => Some(Self::Late),
            Approval::Never if AS_OF <= deadline => Some(Self::Pending),
            Approval::Never => Some(Self::Overdue),
            Approval::Unknown => Some(Self::Unknown),
        }
    }
}

/// The link of an emergency to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    None,
    Dangling,
    OneWay,
    TwoWay,
}

impl Link {
    pub(crate) fn of(incident: Incident) -> Self {
        match incident {
            Incident::None => Self::None,
            Incident::Dangling(_) => Self::Dangling,
            Incident::Linked { two_way: true, .. } => Self::TwoWay,
            Incident::Linked { .. } | Incident::Of { .. } => Self::OneWay,
        }
    }
}

fn snake_case(trap: Trap) -> String {
    let mut name = String::new();
    for sign in format!("{trap:?}").chars() {
        if sign.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(sign.to_ascii_lowercase());
    }
    name
}
