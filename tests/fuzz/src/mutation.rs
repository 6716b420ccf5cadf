//! Files damaged in ways that a seed decides: the same seed damages in the same ways.

use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// What stands in files that somebody made to do harm, or that somebody's tool made by mistake.
const TOKENS: [&[u8]; 36] = [
    b"null",
    b"{}",
    b"[[]]",
    b"\"\\ud800\"",
    b"\"\\u0000\"",
    b"1e400",
    b"-9223372036854775809",
    b"0.5e-400",
    b"}{",
    b"][",
    b"\"",
    b"\"\"",
    b"'=1+1",
    b"\r",
    b"\n\n",
    b"\t",
    b";",
    b",",
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\xC3",
    b"\x1E",
    b"\x1F",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"&lol;",
    b"<!DOCTYPE x [<!ENTITY lol \"lol\">]>",
    b"</",
    b"../",
    b"://",
    b"PLAT-1190 #12 INC0098112",
    b"9999-12-31T23:59:60+14:00",
    b"03/04/26 24:00",
    b"0001-01-01",
];

/// An endless sequence of damaged seeds.
#[derive(Debug)]
pub struct Mutations {
    seeds: Vec<Vec<u8>>,
    chance: ChaCha8Rng,
}

impl Mutations {
    /// The damages of `seeds` that follow from `seed`.
    #[must_use]
    pub fn new(seeds: Vec<Vec<u8>>, seed: u64) -> Self {
        Self { seeds, chance: ChaCha8Rng::seed_from_u64(seed) }
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        let chance = &mut self.chance;
        let at = chance.random_range(0..=bytes.len());
        let end = (at + chance.random_range(1..80)).min(bytes.len());
        match chance.random_range(0..8) {
            0 => bytes.truncate(at),
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= chance.random_range(1..=255_u8);
                }
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].repeat(chance.random_range(1..4));
                bytes.splice(at..at, again);
            }
            4 => {
                let token = TOKENS.choose(chance).copied().unwrap_or_default();
                bytes.splice(at..at, token.iter().copied());
            }
            5 => {
                let depth = chance.random_range(1..400);
                let (open, close) =
                    [("[", "]"), ("{\"a\":", "}"), ("<a>", "</a>")].choose(chance).copied().unwrap_or_default();
                let nested = open.repeat(depth) + "1" + &close.repeat(depth);
                bytes.splice(at..at, nested.into_bytes());
            }
            6 => {
                let token = TOKENS.choose(chance).copied().unwrap_or_default();
                if let Some(length) = number_at(bytes, at) {
                    bytes.splice(at..at + length, token.iter().copied());
                } else {
                    bytes.splice(at..end, token.iter().copied());
                }
            }
            _ => {
                let other = self.seeds.choose(chance).cloned().unwrap_or_default();
                let from = chance.random_range(0..=other.len());
                let to = (from + chance.random_range(1..200)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
}

impl Iterator for Mutations {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.seeds.choose(&mut self.chance)?.clone();
        for _ in 0..self.chance.random_range(1..5) {
            self.damage(&mut bytes);
        }
        Some(bytes)
    }
}

/// The length of the number that begins at `at`.
fn number_at(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (length > 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_damages_in_the_same_ways_and_another_in_others() {
        let first = |seed| Mutations::new(vec![b"[1,2]".to_vec(), b"a,b\n1,2\n".to_vec()], seed).take(50);
        assert!(first(1).eq(first(1)));
        assert!(!first(1).eq(first(2)));
    }
}
