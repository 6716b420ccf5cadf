//! How many pull requests each repository opens in each quarter, and which of them are emergencies.

use crate::Plan;
use crate::calendar::{DAY, HOUR, Quarter};
use crate::company::repositories::{RATE_ENGINE, REPOSITORIES, STATUS_PAGE, repository};
use crate::numbers::{self, part, share_of, signed, split};
use crate::story::seasons::{LAST, SEASONS};

/// After every so many merged pull requests one follows that was not merged.
const UNMERGED_EVERY: u64 = 29;
/// The last pull request of so many repositories is an emergency whose review is still pending.
const ENDS_WITH_EMERGENCY: usize = 2;
/// The season whose export of the rate engine lacks the reviews, 2024-Q4.
const PARTIAL_SEASON: usize = 1;

/// The changes that one repository opens in one quarter.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) repository: usize,
    pub(crate) season: usize,
    /// Slot, within the repository, of its first change.
    first_slot: u64,
    /// Number of changes.
    pub(crate) slots: u64,
    /// How many of them are emergencies.
    emergencies: u64,
    /// Place of its first emergency among all emergencies of the story.
    first_ordinal: u64,
    /// Step and start that scatter the emergencies over the slots: the rank r sits in slot (r * step + start) mod slots.
    step: u64,
    start: u64,
    /// The inverse of `step`.
    back: u64,
}

/// Where a change sits, and what it is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) repository: usize,
    pub(crate) season: usize,
    /// Slot within the repository, over all quarters.
    pub(crate) slot: u64,
    /// Slot within its block, and the block's size.
    pub(crate) of_block: (u64, u64),
    pub(crate) role: Role,
}

/// Emergency or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// The n-th emergency of the story, the m-th of its block.
    Emergency { ordinal: u64, of_block: u64 },
    /// Anything else, with its even share in 0..1 of the block's other changes.
    Other(f64),
}

impl Place {
    /// A number of its own among all changes.
    pub(crate) fn record(&self) -> u64 {
        ((self.repository as u64) << 40) | self.slot
    }

    /// True for the emergencies with which the story ends: nobody has reviewed them yet.
    pub(crate) fn is_pending(&self) -> bool {
        let (slot, slots) = self.of_block;
        self.season == LAST && self.repository < ENDS_WITH_EMERGENCY && slot + 1 == slots
    }

    /// True where the only export of the change carries no reviews.
    pub(crate) fn lacks_reviews(&self) -> bool {
        self.repository == RATE_ENGINE && self.season == PARTIAL_SEASON
    }

    /// The number on GitHub. Issues share the numbers, so there are gaps.
    pub(crate) fn number(&self) -> u64 {
        repository(self.repository).first_number + self.slot + self.slot / UNMERGED_EVERY + self.slot / 5
    }

    /// True when a pull request that was not merged has the next number.
    pub(crate) fn precedes_unmerged(&self) -> bool {
        self.slot % UNMERGED_EVERY == UNMERGED_EVERY - 1
    }
}

/// The blocks of a story.
#[derive(Debug)]
pub(crate) struct Layout {
    blocks: Vec<Block>,
    /// The working days of each season.
    days: Vec<Vec<i64>>,
    /// All merged pull requests.
    pub(crate) changes: u64,
}

impl Layout {
    /// Spreads the changes of a plan over quarters and repositories.
    pub(crate) fn of(plan: &Plan) -> Self {
        let told: u64 = SEASONS.iter().map(|season| season.weight).sum();
        let changes = plan.changes.unwrap_or(told);
        let per_season = apportion(changes, &SEASONS.map(|season| season.weight));
        let mut blocks: Vec<Block> = Vec::new();
        let mut ordinal = 0;
        for (season, total) in per_season.into_iter().enumerate() {
            let mut shares = REPOSITORIES.map(|repository| repository.share);
            if season == 0 {
                // The two small repositories moved to GitHub a quarter later.
                let [.., rate_engine, status_page] = &mut shares;
                (*rate_engine, *status_page) = (0, 0);
            }
            for (repository, slots) in apportion(total, &shares).into_iter().enumerate() {
                let first_slot =
                    blocks.iter().filter(|block| block.repository == repository).map(|block| block.slots).sum();
                let block = Block::of(plan, (repository, season), first_slot, slots, ordinal);
                ordinal += block.emergencies;
                blocks.push(block);
            }
        }
        let days = std::iter::successors(Some(Quarter::FIRST), |quarter| Some(quarter.next()))
            .take(SEASONS.len())
            .map(Quarter::working_days)
            .collect();
        Self { blocks, days, changes }
    }

    /// The changes of one repository.
    pub(crate) fn slots(&self, repository: usize) -> u64 {
        self.blocks_of(repository).map(|block| block.slots).sum()
    }

    /// The blocks of one repository in the order of time.
    pub(crate) fn blocks_of(&self, repository: usize) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.repository == repository)
    }

    /// Every place: repository by repository, each in the order of opening.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + '_ {
        (0..REPOSITORIES.len())
            .flat_map(|repository| self.blocks_of(repository))
            .flat_map(|block| (0..block.slots).map(|slot| block.place(slot)))
    }

    /// The place of a repository's slot, if the story is that long.
    pub(crate) fn place(&self, repository: usize, slot: u64) -> Option<Place> {
        self.blocks_of(repository)
            .find(|block| (block.first_slot..block.first_slot + block.slots).contains(&slot))
            .map(|block| block.place(slot - block.first_slot))
    }

    /// The place of every emergency, in the order of their ordinals.
    pub(crate) fn emergencies(&self) -> impl Iterator<Item = Place> + '_ {
        self.blocks.iter().flat_map(|block| (0..block.emergencies).map(|rank| block.place(block.slot_of(rank))))
    }

    /// An emergency of the same block as a place, by any number.
    pub(crate) fn emergency_near(&self, place: &Place, n: u64) -> Option<Place> {
        let block = self.blocks_of(place.repository).find(|block| block.season == place.season)?;
        let rank = n.checked_rem(block.emergencies)?;
        Some(block.place(block.slot_of(rank)))
    }

    /// When the pull request of a place is opened, in working hours: seconds since 1970 UTC.
    pub(crate) fn opened(&self, place: &Place) -> i64 {
        let days = self.days.get(place.season).map_or(&[][..], Vec::as_slice);
        let (slot, slots) = place.of_block;
        // The organisation moved to GitHub in the last two weeks of the first quarter.
        let from = if place.season == 0 { days.len().saturating_sub(10) } else { 0 };
        let reach = (days.len() - from) as f64;
        let (day, rest) = split(reach * (slot as f64 + 0.5) / slots.max(1) as f64);
        days.get(from + day).copied().unwrap_or(0) + 8 * HOUR + part(10 * HOUR, rest)
    }

    /// The first and the last working day of a season.
    pub(crate) fn span(&self, season: usize) -> (i64, i64) {
        let days = self.days.get(season).map_or(&[][..], Vec::as_slice);
        (days.first().copied().unwrap_or(0), days.last().copied().unwrap_or(DAY))
    }

    /// The last working day of the story.
    pub(crate) fn last_day(&self) -> i64 {
        self.span(LAST).1
    }
}

impl Block {
    fn of(plan: &Plan, (repository, season): (usize, usize), first_slot: u64, slots: u64, first_ordinal: u64) -> Self {
        let rate = SEASONS.get(season).map_or(0.0, |season| season.emergencies);
        let planned = share_of(slots, rate);
        let emergencies = match repository {
            // Nobody can review the only keeper.
            STATUS_PAGE => slots,
            // The part without reviews needs emergencies that were labelled and ones that were not.
            RATE_ENGINE if season == PARTIAL_SEASON => planned.max(2).min(slots),
            _ => planned,
        };
        let (step, back) = scatter(slots);
        let start = match season {
            LAST if repository < ENDS_WITH_EMERGENCY => slots.saturating_sub(1),
            _ => crate::chance::mixed(plan.seed, (repository * 16 + season) as u64).checked_rem(slots).unwrap_or(0),
        };
        Self { repository, season, first_slot, slots, emergencies, first_ordinal, step, start, back }
    }

    fn slot_of(&self, rank: u64) -> u64 {
        (rank * self.step + self.start) % self.slots.max(1)
    }

    fn rank_of(&self, slot: u64) -> u64 {
        let slots = self.slots.max(1);
        (slot + slots - self.start) % slots * self.back % slots
    }

    fn place(&self, slot: u64) -> Place {
        let rank = self.rank_of(slot);
        let role = if rank < self.emergencies {
            Role::Emergency { ordinal: self.first_ordinal + rank, of_block: rank }
        } else {
            let others = self.slots - self.emergencies;
            Role::Other(((rank - self.emergencies) as f64 + 0.5) / others as f64)
        };
        Place {
            repository: self.repository,
            season: self.season,
            slot: self.first_slot + slot,
            of_block: (slot, self.slots),
            role,
        }
    }
}

/// A step near the golden section of `n` that has an inverse modulo `n`, and that inverse.
fn scatter(n: u64) -> (u64, u64) {
    let near = share_of(n, 0.618_033_988_75);
    (near.max(1)..=n.max(1)).find_map(|step| Some((step, inverse(step, n)?))).unwrap_or((1, 1))
}

/// The number b below `n` with a * b = 1 modulo `n`, by the extended Euclidean algorithm.
fn inverse(a: u64, n: u64) -> Option<u64> {
    let (mut r, mut next_r) = (signed(n), signed(a % n.max(1)));
    let (mut t, mut next_t) = (0_i64, 1_i64);
    while next_r != 0 {
        let quotient = r / next_r;
        (r, next_r) = (next_r, r - quotient * next_r);
        (t, next_t) = (next_t, t - quotient * next_t);
    }
    (r == 1).then(|| t.rem_euclid(signed(n)).unsigned_abs())
}

/// Divides a total by weights so that the parts add up to it (largest remainder; ties go to the earlier part).
fn apportion<const N: usize>(total: u64, weights: &[u64; N]) -> [u64; N] {
    let all: u64 = weights.iter().sum::<u64>().max(1);
    let mut parts = weights.map(|weight| total * weight / all);
    let mut order: Vec<usize> = (0..N).collect();
    order.sort_by_key(|place| std::cmp::Reverse(weights.get(*place).map_or(0, |weight| total * weight % all)));
    let missing = total - parts.iter().sum::<u64>();
    for place in order.into_iter().take(numbers::place(missing)) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportion(0, &[2, 1]), [0, 0]);
        assert_eq!(apportion(7, &[0, 5]), [0, 7]);
    }

    #[test]
    fn every_slot_has_one_rank() {
        for slots in [1, 2, 3, 12, 59, 100, 4_096] {
            let block = Block::of(&Plan::default(), (0, LAST), 0, slots, 0);
            for slot in 0..slots {
                assert_eq!(block.slot_of(block.rank_of(slot)), slot, "{slot} of {slots}");
            }
        }
    }

    #[test]
    fn a_story_has_as_many_places_as_changes_and_finds_each_again() {
        for changes in [None, Some(500), Some(20_000)] {
            let layout = Layout::of(&Plan { seed: 3, changes, ..Plan::default() });
            assert_eq!(layout.places().count() as u64, layout.changes);
            for place in layout.places().step_by(97) {
                let found = layout.place(place.repository, place.slot).unwrap();
                assert_eq!(found.role, place.role);
            }
            let ordinals: Vec<u64> = layout
                .emergencies()
                .filter_map(|place| match place.role {
                    Role::Emergency { ordinal, .. } => Some(ordinal),
                    Role::Other(_) => None,
                })
                .collect();
            assert!(ordinals.iter().copied().eq(0..ordinals.len() as u64));
        }
    }
}
