//! How long the retroactive reviews of each quarter stayed open, as curves.

use super::{
    Judged, QuarterRange,
    groups::Groups,
    survival::{self, Span, Step},
    table::{self, exact_hours},
};
use crate::column::IN_POPULATION;
use crate::{MetricsError, guard::guarded};
use change_ledger_model::{
    quarter::Quarter,
    quarterly::{CurveStep, ReviewCurve},
};
use polars::prelude::{IntoLazy, col};

impl Judged {
    /// The Kaplan-Meier curve of the retroactive reviews of each quarter, in the quarters that [`quarters`](Self::quarters)
    /// answers for.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn review_curves(&self, range: Option<QuarterRange>) -> Result<Vec<ReviewCurve>, MetricsError> {
        guarded("computing the curves of retroactive reviews", || {
            let together = Groups::all_together(self);
            let changes = together.frame(&self.changes)?;
            let spine = self.spine(range);
            let owed = table::durations(changes.lazy().filter(col(IN_POPULATION)), self.as_of).collect()?;
            let mut spans = table::spans(&owed)?;
            let of_quarter = |quarter: &Quarter| {
                let spans = spans.remove(&(together.none(), quarter.ordinal())).unwrap_or_default();
                curve(*quarter, spans)
            };
            Ok(spine.iter().map(of_quarter).collect())
        })
    }
}

fn curve(quarter: Quarter, spans: Vec<Span>) -> ReviewCurve {
    let reviews = spans.len() as u64;
    let given = spans.iter().filter(|span| span.ended).count() as u64;
    let followed = spans.iter().map(|span| span.millis).max();
    let steps = survival::steps(spans);
    let (low, high) = survival::median_interval(&steps);
    ReviewCurve {
        quarter: quarter.to_string(),
        reviews,
        given,
        followed_hours: followed.map(exact_hours),
        median_hours: survival::median(&steps).map(exact_hours),
        median_low_hours: low.map(exact_hours),
        median_high_hours: high.map(exact_hours),
        steps: steps.iter().map(step).collect(),
    }
}

fn step(step: &Step) -> CurveStep {
    let (low, high) = step.interval().unzip();
    CurveStep {
        hours: exact_hours(step.millis),
        at_risk: step.at_risk,
        given: step.given,
        open_share: step.share,
        standard_error: step.standard_error(),
        low,
        high,
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    #[test]
    fn each_quarter_has_its_curve_and_open_reviews_count_up_to_the_judgement() {
        let sample = Sample::new().seen_at(3000.0).change(0.0).approved("bob", 10.0).change(0.0).approved("bob", 20.0);
        let judged = sample.change(0.0).change(2500.0).change(1.0).approved("bob", -1.0).judged();
        let curves = judged.review_curves(None).unwrap();
        let found: Vec<_> = curves
            .iter()
            .map(|curve| (curve.quarter.as_str(), curve.reviews, curve.given, curve.followed_hours, curve.steps.len()))
            .collect();
        assert_eq!(found, [("2026-Q3", 3, 2, Some(3000.0), 2), ("2026-Q4", 1, 0, Some(500.0), 0)]);
        let first = &curves[0];
        let shares: Vec<_> = first.steps.iter().map(|step| (step.hours, step.at_risk, step.open_share)).collect();
        assert_eq!((shares[0].0, shares[0].1, shares[1].0, shares[1].1), (10.0, 3, 20.0, 2));
        assert!((shares[0].2 - 2.0 / 3.0).abs() < 1e-12 && (shares[1].2 - 1.0 / 3.0).abs() < 1e-12);
        let quarters = judged.quarters(None).unwrap();
        assert_eq!(first.median_hours, quarters[0].retroactive_review.kaplan_meier_median_hours);
        let asked = change_ledger_model::quarter::Quarter::parse("2027-Q1").unwrap();
        let beyond = judged.review_curves(Some((asked, asked))).unwrap();
        assert_eq!((beyond.len(), beyond[0].reviews, beyond[0].followed_hours), (1, 0, None));
    }
}
