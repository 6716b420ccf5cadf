//! Chance that repeats: the same plan draws the same, in any order of asking.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::numbers::place;

/// Where all draws of one demo come from.
#[derive(Debug, Clone)]
pub(crate) struct Chance {
    root: ChaCha8Rng,
    seed: u64,
}

/// What a stream of draws is for, so that a change's dates and its wording never share one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Dates, people, reviews and verdicts of a pull request.
    Outline = 0,
    /// Its title and body.
    Wording = 1,
    /// Parts of the body that mean nothing.
    Aside = 2,
    /// What is written down about it, in the pull request and on its ticket.
    Statements = 3,
    /// The rest of its ticket.
    Ticket = 4,
    /// The incident it names, or one that no change names.
    Incident = 5,
    /// A pull request that was never merged.
    Unmerged = 6,
    /// Its title.
    UnmergedWording = 7,
    /// What a pull request does and why.
    Gist = 8,
}

/// One thing that is spread evenly over the emergencies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Spread {
    Class = 2,
    ClassDetail = 3,
    Approval = 5,
    Review = 7,
    History = 11,
    Incident = 13,
    IncidentDetail = 17,
    TwoWay = 19,
    Authorisation = 23,
    Justification = 29,
    Documentation = 31,
    Ticket = 37,
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self { root: ChaCha8Rng::seed_from_u64(seed), seed }
    }

    /// The seed of the plan.
    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// The draws of one record for one purpose.
    pub(crate) fn of(&self, purpose: Purpose, record: u64) -> ChaCha8Rng {
        let mut draws = self.root.clone();
        draws.set_stream((record << 4) | purpose as u64);
        draws
    }

    /// The share in 0..1 that belongs to the n-th record: a Kronecker sequence, so that any run of records covers the range
    /// evenly and a quarter of twenty emergencies still follows its planned shares.
    pub(crate) fn even(&self, what: Spread, n: u64) -> f64 {
        let step = f64::from(what as u32).sqrt();
        let start = (self.seed % 1_009) as f64 * 0.377 * step;
        (start + (n as f64) * step).fract()
    }
}

/// One entry of a table, by any number.
#[expect(clippy::indexing_slicing, reason = "the remainder is below the table's length, which is not zero")]
pub(crate) fn entry<T: Copy, const N: usize>(table: &[T; N], n: u64) -> T {
    const { assert!(N > 0) };
    table[place(n % N as u64)]
}

/// One entry of a table, drawn.
pub(crate) fn drawn<T: Copy, const N: usize>(table: &[T; N], draws: &mut ChaCha8Rng) -> T {
    entry(table, draws.random_range(0..N as u64))
}

/// True with the given probability.
pub(crate) fn happens(probability: f64, draws: &mut ChaCha8Rng) -> bool {
    draws.random_bool(probability.clamp(0.0, 1.0))
}

/// The branch of a table of shares into which a number in 0..1 falls; `last` beyond them.
pub(crate) fn branch<T: Copy>(share: f64, table: &[(f64, T)], last: T) -> T {
    let mut from = 0.0;
    for (width, value) in table {
        from += width;
        if share < from {
            return *value;
        }
    }
    last
}

/// A well mixed number of two, for identifiers (the `SplitMix64` finaliser, public domain constants of Sebastiano Vigna).
pub(crate) fn mixed(a: u64, b: u64) -> u64 {
    let mut z = a.wrapping_add(b.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_draws_the_same_whenever_it_is_asked() {
        let chance = Chance::new(7);
        let first: u64 = chance.of(Purpose::Outline, 40).random();
        let other: u64 = chance.of(Purpose::Wording, 40).random();
        let again: u64 = Chance::new(7).of(Purpose::Outline, 40).random();
        assert_eq!(first, again);
        assert_ne!(first, other);
    }

    #[test]
    fn even_shares_hold_for_a_short_run() {
        let chance = Chance::new(3);
        let below = (100..140).filter(|n| chance.even(Spread::Class, *n) < 0.5).count();
        assert!((18..=22).contains(&below), "{below}");
    }

    #[test]
    fn branches_follow_their_widths() {
        let table = [(0.2, 'a'), (0.3, 'b')];
        for (share, expected) in [(0.0, 'a'), (0.2, 'b'), (0.49, 'b'), (0.5, 'c'), (0.99, 'c')] {
            assert_eq!(branch(share, &table, 'c'), expected, "{share}");
        }
    }
}
