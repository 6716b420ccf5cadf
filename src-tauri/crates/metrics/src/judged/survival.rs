//! The Kaplan-Meier estimate of how many reviews are still open after some time, with its pointwise confidence band.

/// How long a review was open, and whether it was given then or is open still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub(crate) millis: i64,
    pub(crate) ended: bool,
}

/// The estimate from one time at which a review was given until the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step {
    pub(crate) millis: i64,
    /// Reviews open just before.
    pub(crate) at_risk: u64,
    /// Reviews given at this time.
    pub(crate) given: u64,
    /// The estimated share still open from here on: the product of (1 - given / at risk) over all times so far.
    pub(crate) share: f64,
    /// Greenwood's sum of given / (at risk (at risk - given)); infinite once nothing is open.
    greenwood: f64,
}

/// A share this close above one half is one half: the product of exact fractions may miss it by rounding.
const ROUNDING: f64 = 1e-12;

/// Of the standard normal distribution, 97.5 % lies below this.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The steps of the curve, ascending. What was last seen at a time was still open when others were given at that time.
pub(crate) fn steps(mut spans: Vec<Span>) -> Vec<Step> {
    spans.sort_unstable_by_key(|span| span.millis);
    let mut at_risk = spans.len() as u64;
    let (mut share, mut greenwood) = (1.0, 0.0);
    let mut steps = Vec::new();
    for together in spans.chunk_by(|a, b| a.millis == b.millis) {
        let given = together.iter().filter(|span| span.ended).count() as u64;
        if let Some(first) = together.first().filter(|_| given > 0) {
            let (died, alive) = (exact(given), exact(at_risk - given));
            share *= 1.0 - died / exact(at_risk);
            greenwood += died / (exact(at_risk) * alive);
            steps.push(Step { millis: first.millis, at_risk, given, share, greenwood });
        }
        at_risk -= together.len() as u64;
    }
    steps
}

impl Step {
    /// Standard error of the share: share times the root of Greenwood's sum (Greenwood, Reports on Public Health and Medical
    /// Subjects 33, 1926). `None` once nothing is open.
    pub(crate) fn standard_error(&self) -> Option<f64> {
        self.greenwood.is_finite().then(|| self.share * self.greenwood.sqrt())
    }

    /// The 95 % confidence interval of the share on the scale of log(-log share): share to the power of exp(±z se), where se is
    /// the root of Greenwood's sum over |log share| (Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data,
    /// 2nd edition, 2002, section 1.4). `None` once nothing is open.
    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        self.greenwood.is_finite().then(|| {
            let width = (NORMAL_975 * self.greenwood.sqrt() / self.share.ln().abs()).exp();
            (self.share.powf(width), self.share.powf(width.recip()))
        })
    }
}

/// The first time at which the estimated share still open is one half or less.
pub(crate) fn median(steps: &[Step]) -> Option<i64> {
    steps.iter().find(|step| step.share <= 0.5 + ROUNDING).map(|step| step.millis)
}

/// The 95 % confidence interval of the median: the first times at which the lower and the upper limit of the share are one
/// half or less (Brookmeyer and Crowley, Biometrics 38, 1982). Once nothing is open, both limits count as passed.
pub(crate) fn median_interval(steps: &[Step]) -> (Option<i64>, Option<i64>) {
    let first = |limit: fn((f64, f64)) -> f64| {
        steps.iter().find(|step| step.interval().is_none_or(|interval| limit(interval) <= 0.5)).map(|step| step.millis)
    };
    (first(|(low, _)| low), first(|(_, high)| high))
}

fn exact(count: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "numbers of changes fit in 53 bits")]
    let exact = count as f64;
    exact
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weeks in remission of 21 leukaemia patients each, `+` where they were in remission when last seen (Freireich et al.,
    /// Blood 21, 1963; analysed by Gehan, Biometrika 52, 1965).
    const TREATED: &str = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
    const PLACEBO: &str = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23";

    fn spans(written: &str) -> Vec<Span> {
        let span =
            |word: &str| Span { millis: word.trim_end_matches('+').parse().unwrap(), ended: !word.ends_with('+') };
        written.split_whitespace().map(span).collect()
    }

    #[test]
    fn shares_and_standard_errors_are_the_published_ones() {
        let check = |written: &str, expected: &[(i64, u64, u64, f64, f64)]| {
            let found = steps(spans(written));
            let with_error = found.iter().filter(|step| step.standard_error().is_some()).count();
            assert_eq!(with_error, expected.len());
            for (step, (week, at_risk, given, share, error)) in found.iter().zip(expected) {
                assert_eq!((step.millis, step.at_risk, step.given), (*week, *at_risk, *given));
                assert!((step.share - share).abs() < 5e-4, "{week}: {}", step.share);
                assert!((step.standard_error().unwrap() - error).abs() < 5e-5, "{week}: {:?}", step.standard_error());
            }
        };
        let treated = [
            (6, 21, 3, 0.857, 0.0764),
            (7, 17, 1, 0.807, 0.0869),
            (10, 15, 1, 0.753, 0.0963),
            (13, 12, 1, 0.690, 0.1068),
            (16, 11, 1, 0.627, 0.1141),
            (22, 7, 1, 0.538, 0.1282),
            (23, 6, 1, 0.448, 0.1346),
        ];
        check(TREATED, &treated);
        let placebo = [
            (1, 21, 2, 0.905, 0.0641),
            (2, 19, 2, 0.810, 0.0857),
            (3, 17, 1, 0.762, 0.0929),
            (4, 16, 2, 0.667, 0.1029),
            (5, 14, 2, 0.571, 0.1080),
            (8, 12, 4, 0.381, 0.1060),
            (11, 8, 2, 0.286, 0.0986),
            (12, 6, 2, 0.190, 0.0857),
            (15, 4, 1, 0.143, 0.0764),
            (17, 3, 1, 0.095, 0.0641),
            (22, 2, 1, 0.048, 0.0465),
        ];
        check(PLACEBO, &placebo);
    }

    #[test]
    fn the_band_and_the_interval_of_the_median_are_those_of_other_programs() {
        // As `sts list` of Stata prints them, and `survfit` of R's package survival with `conf.type = "log-log"`.
        let expected = [
            (6, 0.620, 0.952),
            (7, 0.563, 0.923),
            (10, 0.503, 0.889),
            (13, 0.432, 0.849),
            (16, 0.368, 0.805),
            (22, 0.268, 0.747),
            (23, 0.188, 0.680),
        ];
        let treated = steps(spans(TREATED));
        for (step, (week, low, high)) in treated.iter().zip(expected) {
            let found = step.interval().unwrap();
            assert!((found.0 - low).abs() < 6e-4 && (found.1 - high).abs() < 6e-4, "{week}: {found:?}");
        }
        assert_eq!((median(&treated), median_interval(&treated)), (Some(23), (Some(13), None)));
        let placebo = steps(spans(PLACEBO));
        assert_eq!((median(&placebo), median_interval(&placebo)), (Some(8), (Some(4), Some(11))));
    }

    #[test]
    fn once_nothing_is_open_there_is_no_band() {
        let last = *steps(spans("1 2 3")).last().unwrap();
        assert_eq!((last.share, last.standard_error(), last.interval()), (0.0, None, None));
        assert_eq!(median_interval(&steps(spans("5"))), (Some(5), Some(5)));
        assert_eq!(median_interval(&steps(spans("5+"))), (None, None));
    }

    #[test]
    fn open_ones_stay_at_risk_until_they_are_last_seen() {
        let check =
            |written: &str, expected: Option<i64>| assert_eq!(median(&steps(spans(written))), expected, "{written}");
        check("", None);
        check("5+", None);
        check("3", Some(3));
        check("2 4", Some(2));
        check("6 2 4", Some(4));
        check("2 9+ 9+", None);
        // Gone before anything ended: of the two left, the one at 4 is half.
        check("4 8 1+ 1+", Some(4));
        // At the same time, what ended was still at risk with what was last seen then.
        check("4 8 4+", Some(8));
        check("1 2 3 4 5 9+ 9+ 9+ 9+ 9+", Some(5));
        // By hand: 4/5 * 3/4 * 2/3 = 2/5 at 3.
        check("1 2 3 8+ 9+", Some(3));
        // 5/6 * 4/5 = 2/3 at 2; one is last seen at 3; 2/3 * 2/3 = 4/9 at 4.
        check("1 2 4 3+ 9+ 9+", Some(4));
        // 3/4 * 2/3 = 1/2 exactly at 2.
        check("1 2 9+ 9+", Some(2));
        // 2/3 at 1, then nobody who is left is given a review.
        check("1 2+ 3+", None);
        // Three at once: 4/7 at 5, then 4/7 * 3/4 = 3/7 at 6.
        check("5 5 5 6 7+ 7+ 7+", Some(6));
        check("0 0 0+ 0+", Some(0));
        // Open ones that are last seen later than every review change no rank but the share: 1/3 at 7.
        check("7 7 8+", Some(7));
    }
}
