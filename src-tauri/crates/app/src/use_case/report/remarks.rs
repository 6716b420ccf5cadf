//! What a reader should know beside the numbers of a report: what the files cannot tell, and what is left open.

use crate::{
    app::Computed,
    import_file::ROWS_LEFT_OUT,
    loaded::Actors,
    use_case::completeness::{CUT_OFF, REPEATED},
    words,
};
use change_ledger_model::{import::ImportManifest, quarter::Quarter};
use change_ledger_report::content::QuarterReport;
use std::collections::BTreeMap;

/// What the files cannot tell, or look as if they left out. What is cut off or told twice is told apart.
pub(super) fn completeness(
    computed: &Computed,
    quarter: Quarter,
    imports: &[ImportManifest],
) -> impl Iterator<Item = String> + use<> {
    let warnings = imports.iter().flat_map(|manifest| {
        // Rows without a record leave nothing open.
        let is_told_apart = |code: &str| CUT_OFF.contains(&code) || [REPEATED, ROWS_LEFT_OUT].contains(&code);
        let others = manifest.warnings.iter().filter(move |warning| !is_told_apart(&warning.code));
        others.map(|warning| format!("{}: {}", file_name(&manifest.file), warning.message))
    });
    let quarters = &computed.judged.verdicts().quarter;
    let of_quarter = quarters.iter().enumerate().filter(|(_, found)| **found == Some(quarter.ordinal()));
    let alone: BTreeMap<&str, &str> = of_quarter
        .filter_map(|(at, _)| {
            let repository = computed.loaded.repositories.get(*computed.loaded.repository.get(at)? as usize)?;
            let Actors::Only(person) = computed.loaded.actors_at(at) else { return None };
            Some((repository.as_str(), person.as_str()))
        })
        .collect();
    let alone = alone.into_iter().map(|(repository, person)| {
        format!("{repository}: {person} is the only person who ever acted there; an independent review was impossible.")
    });
    warnings.chain(alone).collect::<Vec<_>>().into_iter()
}

/// What a reader should know before a report is issued.
pub(super) fn remarks(report: &QuarterReport) -> Vec<String> {
    let told_apart = report.missing.cut_off.iter().chain(&report.missing.repeated);
    let told_apart = told_apart.map(|file| format!("{}: {}", file_name(&file.file), file.reason));
    let mut remarks: Vec<String> = told_apart.chain(report.completeness.iter().cloned()).collect();
    if let Some(quarter) = report.quarter() {
        if quarter.changes == 0 {
            remarks.push(format!("{} holds no changes; every ratio is n/a.", quarter.quarter));
        }
        if quarter.approval.unknown > 0 {
            remarks.push(format!(
                "Of {} of {} changes the files do not tell whether they were approved before; where they carry no reviews, import those.",
                quarter.approval.unknown, quarter.changes
            ));
        }
        let lines = [
            (
                quarter.unlabelled_emergencies.count,
                "emergency was found by detection rules only; nobody labelled it.",
                "emergencies were found by detection rules only; nobody labelled them.",
            ),
            (quarter.retroactive_review.overdue, "retroactive review is overdue.", "retroactive reviews are overdue."),
            (
                quarter.missing_incident_links.dangling,
                "emergency names only incidents that were not imported.",
                "emergencies name only incidents that were not imported.",
            ),
        ];
        remarks.extend(
            lines
                .into_iter()
                .filter(|(count, ..)| *count > 0)
                .map(|(count, one, many)| words::counted(count, one, many)),
        );
    }
    let rejected: u64 = report.imports.iter().map(|manifest| manifest.rows.rejected).sum();
    let lines = [
        (
            report.undated,
            "change belongs to no quarter: no file says when it was merged.",
            "changes belong to no quarter: no file says when they were merged.",
        ),
        (
            rejected,
            "imported row could not be read; it is listed under Import.",
            "imported rows could not be read; they are listed under Import.",
        ),
    ];
    remarks.extend(
        lines.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| words::counted(count, one, many)),
    );
    remarks
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
