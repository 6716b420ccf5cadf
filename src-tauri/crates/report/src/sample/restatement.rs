//! A quarter that was reported on before.

use super::{at, report};
use crate::content::{QuarterReport, Restatement};
use change_ledger_model::{
    judgement::{ApprovalTiming, Class, ReviewState},
    quarterly::{PolicyReference, RestatedQuarter},
    restatement::{Amount, MovedChange, MovedNumber, NumberUnit, Outcome, TakenIn},
};

/// The sample report as that of a quarter of which an earlier one says something else.
pub(crate) fn restated_report() -> QuarterReport {
    let routine = Outcome {
        class: Class::Routine,
        approval: ApprovalTiming::Before,
        review: ReviewState::NotOwed,
        self_merged: Some(false),
        self_approved: false,
    };
    let unreviewed = Outcome { class: Class::Unreviewed, approval: ApprovalTiming::Never, ..routine };
    let number = |metric: &str, unit: NumberUnit, before: Option<Amount>, after: Option<Amount>| MovedNumber {
        metric: metric.to_owned(),
        unit,
        before,
        after,
    };
    let change = |id: &str, title: Option<&str>, before: Option<Outcome>, after: Option<Outcome>| MovedChange {
        id: id.to_owned(),
        title: title.map(str::to_owned),
        before,
        after,
    };
    let mut report = report();
    report.restated = vec![restated_quarter("2026-Q2")];
    report.restatement = Some(Restatement {
        issued_at: at("2026-10-03T08:00:00Z"),
        as_of: at("2026-10-03T08:00:00Z"),
        policy: PolicyReference {
            name: "retroactive-24h".to_owned(),
            version: "1.0".to_owned(),
            sha256: "07".repeat(32),
        },
        sha256: "5e".repeat(32),
        since: TakenIn { imports: 2, policies: 0, people: 1, attestations: 0 },
        numbers: vec![
            number("classes.unreviewed", NumberUnit::Count, Some(Amount::Count(0)), Some(Amount::Count(1))),
            number("retroactive_review.median_hours", NumberUnit::Hours, None, Some(Amount::Measure(9.2))),
            number("retroactive_review.on_time_rate", NumberUnit::Share, Some(Amount::Measure(0.5)), None),
        ],
        changes: vec![
            change("github:lumen/billing#918", Some("Bump retry budget"), Some(routine), Some(unreviewed)),
            change("github:lumen/billing#919", None, None, Some(routine)),
        ],
    });
    report
}

/// A quarter whose report said otherwise.
pub(crate) fn restated_quarter(quarter: &str) -> RestatedQuarter {
    RestatedQuarter {
        quarter: quarter.to_owned(),
        issued_at: at("2026-07-03T08:00:00Z"),
        as_of: at("2026-07-03T08:00:00Z"),
        sha256: "5e".repeat(32),
        numbers: vec![MovedNumber {
            metric: "emergencies".to_owned(),
            unit: NumberUnit::Count,
            before: Some(Amount::Count(9)),
            after: Some(Amount::Count(11)),
        }],
        changes: 2,
    }
}
