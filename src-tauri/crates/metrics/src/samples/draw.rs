//! The draw: who has the seed and the names of the changes can repeat it.
//!
//! A change comes at the place that SHA-256 gives to `seed:change`, in the order of the hexadecimal digits:
//! `printf '%s:%s' "$seed" "$change" | sha256sum`, then `sort`. Each stratum gives its first ones.

use change_ledger_model::samples::{Item, Member, Stratum, StratumSize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// By what a change is ordered in a draw: SHA-256 of `seed:change`, 64 hexadecimal digits.
#[must_use]
pub fn order(seed: &str, change: &str) -> String {
    format!("{:x}", Sha256::digest(format!("{seed}:{change}")))
}

/// Draws from each stratum as many changes as are asked for, or all that there are. Says how many it drew in `strata`, and
/// numbers the items from 1.
#[must_use]
pub fn draw(seed: &str, members: &[Member], strata: &mut [StratumSize]) -> Vec<Item> {
    let mut items = Vec::new();
    for size in strata {
        let asked = usize::try_from(size.asked).unwrap_or(usize::MAX);
        let ordered = ordered(seed, members, size.stratum);
        size.changes = ordered.len() as u64;
        let drawn = ordered.into_iter().take(asked);
        let before = items.len();
        items.extend(drawn.map(|(order, member)| item(order, member, size.stratum)));
        size.drawn = (items.len() - before) as u64;
    }
    for (item, number) in items.iter_mut().zip(1..) {
        item.number = number;
    }
    items
}

/// What takes the place of an item of `stratum`: the first in the order of the draw that is not among the `taken` names.
/// `None` when the stratum is used up. `number` becomes its number in the sample.
#[must_use]
pub fn next_of(seed: &str, members: &[Member], stratum: Stratum, taken: &BTreeSet<&str>, number: u32) -> Option<Item> {
    let mut ordered = ordered(seed, members, stratum).into_iter();
    let (order, member) = ordered.find(|(_, member)| !taken.contains(member.change.as_str()))?;
    Some(Item { number, ..item(order, member, stratum) })
}

fn ordered<'a>(seed: &str, members: &'a [Member], stratum: Stratum) -> Vec<(String, &'a Member)> {
    let belongs = |member: &&Member| stratum == Stratum::All || member.stratum == stratum;
    let mut ordered: Vec<_> =
        members.iter().filter(belongs).map(|member| (order(seed, &member.change), member)).collect();
    ordered.sort();
    ordered
}

fn item(order: String, member: &Member, stratum: Stratum) -> Item {
    Item { number: 0, change: member.change.clone(), stratum, kind: member.stratum, order }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members() -> Vec<Member> {
        let stratum = |number: u32| if number.is_multiple_of(4) { Stratum::Emergency } else { Stratum::Routine };
        (1..=20)
            .map(|number| Member { change: format!("github:acme/pay#{number}"), stratum: stratum(number) })
            .collect()
    }

    fn asked(stratum: Stratum, asked: u64) -> StratumSize {
        StratumSize { stratum, changes: 0, asked, drawn: 0 }
    }

    #[test]
    fn the_order_is_that_of_sha256sum() {
        // printf '%s:%s' 2026-Q3 'github:acme/pay#1' | sha256sum
        let expected = "039f081ee7d44a19";
        assert_eq!(order("2026-Q3", "github:acme/pay#1").get(..16), Some(expected));
    }

    #[test]
    fn each_stratum_gives_its_first_ones() {
        let mut strata = [asked(Stratum::Emergency, 25), asked(Stratum::Routine, 3), asked(Stratum::Exempt, 5)];
        let items = draw("seed", &members(), &mut strata);
        let counts: Vec<_> = strata.iter().map(|size| (size.changes, size.drawn)).collect();
        assert_eq!(counts, [(5, 5), (15, 3), (0, 0)]);
        let numbers: Vec<_> = items.iter().map(|item| item.number).collect();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
        for within in items.chunk_by(|one, other| one.stratum == other.stratum) {
            assert!(within.is_sorted_by_key(|item| &item.order), "{within:?}");
            let last = within.last().unwrap();
            let chosen: Vec<_> = within.iter().map(|item| &item.change).collect();
            let passed_over = members().into_iter().filter(|member| member.stratum == last.stratum);
            for member in passed_over.filter(|member| !chosen.contains(&&member.change)) {
                assert!(order("seed", &member.change) > last.order, "{}", member.change);
            }
        }
    }

    #[test]
    fn a_draw_depends_on_the_seed_and_not_on_the_order_of_the_population() {
        let draw_of = |seed: &str, members: &[Member]| draw(seed, members, &mut [asked(Stratum::All, 5)]);
        let backwards: Vec<Member> = members().into_iter().rev().collect();
        assert_eq!(draw_of("seed", &members()), draw_of("seed", &backwards));
        assert_ne!(draw_of("seed", &members()), draw_of("seeds", &members()));
        let kinds: BTreeSet<_> = draw_of("seed", &members()).iter().map(|item| item.stratum).collect();
        assert_eq!(kinds, BTreeSet::from([Stratum::All]));
    }

    #[test]
    fn a_replacement_is_the_next_of_its_stratum_until_there_is_none() {
        let items = draw("seed", &members(), &mut [asked(Stratum::Emergency, 4)]);
        let mut taken: BTreeSet<&str> = items.iter().map(|item| item.change.as_str()).collect();
        let next = next_of("seed", &members(), Stratum::Emergency, &taken, 5).unwrap();
        let all = draw("seed", &members(), &mut [asked(Stratum::Emergency, 5)]);
        assert_eq!(all.last(), Some(&next));
        taken.insert(&next.change);
        assert_eq!(next_of("seed", &members(), Stratum::Emergency, &taken, 6), None);
    }
}
