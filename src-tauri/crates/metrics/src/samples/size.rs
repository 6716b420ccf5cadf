//! How many changes are taken from a stratum.

use super::limits::{Confidence, zero_deviation_size};
use change_ledger_model::samples::{SizePreset, Stratum};

/// The share of deviations that the presets without deviations are to exclude.
const TOLERABLE: f64 = 0.10;

/// How many of the `changes` of a stratum are asked for where `usual` of each are: of emergencies all, up to `in_full`, however
/// few of the other strata.
#[must_use]
pub fn with_emergencies_in_full(usual: u64, stratum: Stratum, changes: u64, in_full: u64) -> u64 {
    match stratum {
        Stratum::Emergency => usual.max(in_full.min(changes)),
        Stratum::Unreviewed | Stratum::Routine | Stratum::Exempt | Stratum::All => usual,
    }
}

/// How many of the `changes` of a stratum the preset takes.
#[must_use]
pub fn size_of(preset: SizePreset, changes: u64) -> u64 {
    let size = match preset {
        SizePreset::ByPopulation => by_population(changes),
        SizePreset::PerTransaction25 => 25,
        SizePreset::PerTransaction40 => 40,
        SizePreset::PerTransaction60 => 60,
        SizePreset::ZeroDeviations90 => zero_deviation_size(TOLERABLE, Confidence::Ninety),
        SizePreset::ZeroDeviations95 => zero_deviation_size(TOLERABLE, Confidence::NinetyFive),
    };
    size.min(changes)
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
        let check = |changes: u64, expected: u64| {
            assert_eq!(size_of(SizePreset::ByPopulation, changes), expected, "{changes}");
        };
        check(0, 0);
        check(1, 1);
        check(4, 4);
        check(5, 5);
        check(50, 5);
        check(51, 6);
        check(60, 6);
        check(61, 7);
        check(250, 25);
        check(251, 25);
        check(1_000_000, 25);
    }

    #[test]
    fn sizes_follow_the_risk_and_never_exceed_the_stratum() {
        let check = |preset, changes: u64, expected: u64| {
            assert_eq!(size_of(preset, changes), expected, "{preset:?} {changes}");
        };
        check(SizePreset::PerTransaction25, 400, 25);
        check(SizePreset::PerTransaction40, 400, 40);
        check(SizePreset::PerTransaction60, 400, 60);
        check(SizePreset::PerTransaction60, 41, 41);
        check(SizePreset::ZeroDeviations90, 400, 22);
        check(SizePreset::ZeroDeviations95, 400, 29);
    }

    #[test]
    fn emergencies_are_taken_in_full_however_few_of_the_others_are() {
        let check = |usual: u64, stratum, changes: u64, in_full: u64, expected: u64| {
            let asked = with_emergencies_in_full(usual, stratum, changes, in_full);
            assert_eq!(asked, expected, "{usual} {stratum:?} {changes} {in_full}");
        };
        check(10, Stratum::Emergency, 30, 25, 25);
        check(10, Stratum::Emergency, 18, 25, 18);
        check(10, Stratum::Emergency, 3, 25, 10);
        check(60, Stratum::Emergency, 400, 25, 60);
        check(10, Stratum::Emergency, 30, 0, 10);
        check(10, Stratum::Emergency, 30, 40, 30);
        for other in [Stratum::Unreviewed, Stratum::Routine, Stratum::Exempt, Stratum::All] {
            check(10, other, 30, 25, 10);
        }
    }
}
