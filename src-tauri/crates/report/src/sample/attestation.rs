//! A quarter of whose changes people attested something.

use super::{at, report};
use crate::content::{AttestationEntry, AttestedEntry, QuarterReport, VerdictEntry};

/// The sample report with attestations.
pub(crate) fn attested_report() -> QuarterReport {
    let stated = |sentence: &str, reason: &str, stated_at: &str, holds: bool| AttestationEntry {
        sentence: sentence.to_owned(),
        reason: reason.to_owned(),
        stated_at: at(stated_at),
        holds,
        remark: None,
        by_nobody_known: false,
    };
    let mut report = report();
    report.attestations = vec![
        AttestedEntry {
            change: "github:lumen/billing#918".to_owned(),
            title: Some("Bump retry budget".to_owned()),
            statements: vec![
                stated(
                    "Ada Ruiz confirms that it was an emergency, as of 2026-09-03T08:00:00Z.",
                    "It paged us.",
                    "2026-09-03T08:00:00Z",
                    false,
                ),
                stated(
                    "Ada Ruiz says that it was no emergency, as of 2026-09-04T08:00:00Z.",
                    "The page was a drill.",
                    "2026-09-04T08:00:00Z",
                    true,
                ),
            ],
            without: vec![VerdictEntry {
                label: "Class".to_owned(),
                with: "unreviewed".to_owned(),
                without: "unlabelled_emergency".to_owned(),
            }],
        },
        AttestedEntry {
            change: "github:lumen/billing#919".to_owned(),
            title: None,
            statements: vec![stated(
                "Ada Ruiz attests a review, as of 2026-09-05T08:00:00Z.",
                "Read it with the author.",
                "2026-09-05T08:00:00Z",
                true,
            )],
            without: Vec::new(),
        },
    ];
    report
}
