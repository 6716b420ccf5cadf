//! Exact one-sided upper limits for the share of deviations, given what a sample shows.
//!
//! The limit is the largest share under which so few deviations as were found would still be seen with a probability of at
//! least one minus the confidence: Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the
//! case of the binomial".

use change_ledger_model::samples::UpperLimit;
use statrs::{distribution::DiscreteCDF, distribution::Hypergeometric, function::beta::checked_beta_reg};

/// How sure a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 90 %.
    Ninety,
    /// 95 %.
    NinetyFive,
}

impl Confidence {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ninety, Self::NinetyFive];

    /// As a share: 0.90, 0.95.
    #[must_use]
    pub const fn share(self) -> f64 {
        match self {
            Self::Ninety => 0.90,
            Self::NinetyFive => 0.95,
        }
    }

    /// What remains to one: the probability with which the true share may lie above a limit.
    const fn risk(self) -> f64 {
        match self {
            Self::Ninety => 0.10,
            Self::NinetyFive => 0.05,
        }
    }
}

/// A probability this close to the risk is the risk: small urns meet it exactly, and rounding must not decide.
const ROUNDING: f64 = 1e-12;

/// The limit when `examined` of `population` changes were drawn without replacement and `deviations` of them deviate. `None`
/// where nothing was examined or the numbers contradict each other.
#[must_use]
pub fn upper_limit(deviations: u64, examined: u64, population: u64, confidence: Confidence) -> Option<UpperLimit> {
    Some(UpperLimit {
        confidence: confidence.share(),
        binomial: binomial_limit(deviations, examined, confidence)?,
        hypergeometric: hypergeometric_limit(deviations, examined, population, confidence)?,
    })
}

/// The upper limit for the share of deviations in a population of any size, 0 to 1: the share p for which
/// P(X <= deviations) of the binomial distribution is one minus the confidence. `None` where nothing was examined or more
/// deviated than were examined.
#[must_use]
pub fn binomial_limit(deviations: u64, examined: u64, confidence: Confidence) -> Option<f64> {
    if examined == 0 || deviations > examined {
        return None;
    }
    if deviations == examined {
        return Some(1.0);
    }
    // P(X <= k) of n at p is the regularised incomplete beta function of 1 - p at (n - k, k + 1); it falls while p rises.
    let (fewer, more) = (real(examined - deviations), real(deviations + 1));
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return Some(high);
        }
        if checked_beta_reg(fewer, more, 1.0 - middle).ok()? > confidence.risk() {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The upper limit for the share of deviations in a population of this size, of which `examined` were drawn without
/// replacement, 0 to 1: the largest number of deviations under which P(X <= deviations) of the hypergeometric distribution
/// is more than one minus the confidence, as a share of the population. `None` where nothing was examined or the numbers
/// contradict each other.
#[must_use]
pub fn hypergeometric_limit(deviations: u64, examined: u64, population: u64, confidence: Confidence) -> Option<f64> {
    if examined == 0 || deviations > examined || examined > population {
        return None;
    }
    let is_likely = |deviating: u64| {
        let distribution = Hypergeometric::new(population, deviating, examined).ok()?;
        Some(distribution.cdf(deviations) > confidence.risk() + ROUNDING)
    };
    // As many as were found there are; all but those examined without a deviation may deviate.
    let (mut likely, mut beyond) = (deviations, population - (examined - deviations) + 1);
    while beyond - likely > 1 {
        let middle = likely.midpoint(beyond);
        if is_likely(middle)? {
            likely = middle;
        } else {
            beyond = middle;
        }
    }
    Some(real(likely) / real(population))
}

/// The fewest items that, without a deviation among them, show that at most the `tolerable` share deviates: the smallest n
/// with (1 - tolerable)^n <= 1 - confidence. A tolerable share of 0 or less would need them all.
#[must_use]
pub fn zero_deviation_size(tolerable: f64, confidence: Confidence) -> u64 {
    if tolerable <= 0.0 {
        return u64::MAX;
    }
    (1..).find(|size| binomial_limit(0, *size, confidence).is_some_and(|limit| limit <= tolerable)).unwrap_or(u64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "no population reaches 2^53 changes")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// P(X <= k) when n are drawn one by one, each deviating with the probability that `hit` gives for how many were drawn and
    /// found before: every state of the draw, added up.
    fn drawn_sum(k: u64, n: u64, hit: impl Fn(u64, u64) -> f64) -> f64 {
        let mut seen = vec![1.0];
        for drawn in 0..n {
            let mut next = vec![0.0; seen.len() + 1];
            for (found, probability) in (0_u64..).zip(&seen) {
                let at = usize::try_from(found).unwrap();
                next[at] += probability * (1.0 - hit(drawn, found));
                next[at + 1] += probability * hit(drawn, found);
            }
            seen = next;
        }
        seen.iter().take(usize::try_from(k).unwrap() + 1).sum()
    }

    fn binomial_sum(k: u64, n: u64, p: f64) -> f64 {
        drawn_sum(k, n, |_, _| p)
    }

    fn urn_sum(k: u64, n: u64, population: u64, deviating: u64) -> f64 {
        drawn_sum(k, n, |drawn, found| real(deviating.saturating_sub(found)) / real(population - drawn))
    }

    #[test]
    fn the_customary_limits_of_a_sample_of_25_are_met() {
        let check = |deviations, confidence, expected: f64| {
            let limit = binomial_limit(deviations, 25, confidence).unwrap();
            assert!((limit * 100.0 - expected).abs() < 0.05, "{deviations}: {limit} instead of {expected} %");
        };
        check(0, Confidence::Ninety, 8.8);
        check(1, Confidence::Ninety, 14.7);
        check(2, Confidence::Ninety, 19.9);
        check(0, Confidence::NinetyFive, 11.3);
        check(1, Confidence::NinetyFive, 17.6);
        check(2, Confidence::NinetyFive, 23.1);
    }

    #[test]
    fn what_shows_a_tenth_without_a_deviation_is_known() {
        assert_eq!(zero_deviation_size(0.10, Confidence::Ninety), 22);
        assert_eq!(zero_deviation_size(0.10, Confidence::NinetyFive), 29);
        assert_eq!(zero_deviation_size(0.05, Confidence::NinetyFive), 59);
        assert_eq!(zero_deviation_size(1.0, Confidence::NinetyFive), 1);
        assert_eq!(zero_deviation_size(0.0, Confidence::NinetyFive), u64::MAX);
    }

    #[test]
    fn a_limit_of_nothing_is_no_number() {
        for (deviations, examined, population) in [(0, 0, 10), (3, 2, 10), (0, 11, 10)] {
            for confidence in Confidence::ALL {
                let limit = upper_limit(deviations, examined, population, confidence);
                assert_eq!(limit, None, "{deviations} of {examined} of {population}");
            }
        }
    }

    #[test]
    fn who_examined_everything_knows_the_share() {
        for deviations in 0..=6 {
            let limit = hypergeometric_limit(deviations, 6, 6, Confidence::NinetyFive).unwrap();
            assert!((limit - real(deviations) / 6.0).abs() < 1e-12, "{deviations}");
        }
        assert_eq!(binomial_limit(6, 6, Confidence::Ninety), Some(1.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn the_binomial_limit_is_where_the_plain_sum_meets_the_risk(examined in 1_u64..300, found in 0.0_f64..1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small count")]
            let deviations = (found * real(examined)) as u64;
            for confidence in Confidence::ALL {
                let limit = binomial_limit(deviations, examined, confidence).unwrap();
                let risk = binomial_sum(deviations, examined, limit);
                prop_assert!((risk - confidence.risk()).abs() < 1e-9, "{deviations}/{examined}: {limit}, {risk}");
            }
        }

        #[test]
        fn the_hypergeometric_limit_is_the_last_likely_number(
            population in 1_u64..400, share in 0.0_f64..=1.0, found in 0.0_f64..1.0,
        ) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares of small counts")]
            let (examined, deviations) = {
                let examined = ((share * 60.0) as u64).clamp(1, population);
                (examined, (found * real(examined)) as u64)
            };
            for confidence in Confidence::ALL {
                let most = population - (examined - deviations);
                let likely = (deviations..=most).rev()
                    .find(|deviating| urn_sum(deviations, examined, population, *deviating) > confidence.risk() + ROUNDING);
                let limit = hypergeometric_limit(deviations, examined, population, confidence).unwrap();
                prop_assert_eq!(limit, real(likely.unwrap()) / real(population));
                // Knowing what was examined narrows the limit, unless most of it deviates.
                let binomial = binomial_limit(deviations, examined, confidence).unwrap();
                prop_assert!(limit <= binomial + 1e-9 || deviations * 2 > examined);
            }
        }
    }
}
