//! How many changes a preset takes from a stratum.

use super::limits::{Confidence, zero_deviation_size};
use change_ledger_model::samples::{SizePreset, Stratum};

/// Emergencies are examined in full up to this many.
const EMERGENCIES_IN_FULL: u64 = 25;
/// The share of deviations that the presets without deviations are to exclude.
const TOLERABLE: f64 = 0.10;

/// How many of the `changes` of a stratum the preset takes. Emergencies are taken in full up to 25, where the preset does not
/// ask for more.
#[must_use]
pub fn size_of(preset: SizePreset, stratum: Stratum, changes: u64) -> u64 {
    let size = match preset {
        SizePreset::ByPopulation => by_population(changes),
        SizePreset::PerTransaction25 => 25,
        SizePreset::PerTransaction40 => 40,
        SizePreset::PerTransaction60 => 60,
        SizePreset::ZeroDeviations90 => zero_deviation_size(TOLERABLE, Confidence::Ninety),
        SizePreset::ZeroDeviations95 => zero_deviation_size(TOLERABLE, Confidence::NinetyFive),
    };
    let at_least = if stratum == Stratum::Emergency { EMERGENCIES_IN_FULL } else { 0 };
    size.max(at_least).min(changes)
}

/// Fewer than 5 all, 5 to 50 five, 51 to 250 a tenth rounded up, more 25.
const fn by_population(changes: u64) -> u64 {
    match changes {
        0..5 => changes,
        5..=50 => 5,
        51..=250 => changes.div_ceil(10),
        _ => 25,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_follow_the_population() {
        let check = |changes: u64, routine: u64, emergency: u64| {
            let of = |stratum| size_of(SizePreset::ByPopulation, stratum, changes);
            assert_eq!((of(Stratum::Routine), of(Stratum::All)), (routine, routine), "{changes}");
            assert_eq!(of(Stratum::Emergency), emergency, "{changes} emergencies");
        };
        check(0, 0, 0);
        check(1, 1, 1);
        check(4, 4, 4);
        check(5, 5, 5);
        check(50, 5, 25);
        check(51, 6, 25);
        check(60, 6, 25);
        check(61, 7, 25);
        check(250, 25, 25);
        check(251, 25, 25);
        check(1_000_000, 25, 25);
    }

    #[test]
    fn sizes_follow_the_risk_and_never_exceed_the_stratum() {
        let check = |preset, stratum, changes: u64, expected: u64| {
            assert_eq!(size_of(preset, stratum, changes), expected, "{preset:?} {stratum:?} {changes}");
        };
        check(SizePreset::PerTransaction25, Stratum::Routine, 400, 25);
        check(SizePreset::PerTransaction40, Stratum::Routine, 400, 40);
        check(SizePreset::PerTransaction60, Stratum::Routine, 400, 60);
        check(SizePreset::PerTransaction60, Stratum::Emergency, 400, 60);
        check(SizePreset::PerTransaction60, Stratum::Routine, 41, 41);
        check(SizePreset::ZeroDeviations90, Stratum::Routine, 400, 22);
        check(SizePreset::ZeroDeviations95, Stratum::Routine, 400, 29);
        check(SizePreset::ZeroDeviations90, Stratum::Emergency, 400, 25);
    }
}
