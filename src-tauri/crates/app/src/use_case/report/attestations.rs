//! What people attested of the changes of a quarter, for its report.

use crate::{
    app::Computed,
    error::AppError,
    use_case::attestation::attested_changes,
    wire::{AttestationLine, AttestationStanding, AttestedChange},
};
use change_ledger_model::quarter::Quarter;
use change_ledger_report::content::{AttestationEntry, AttestedEntry, VerdictEntry};
use change_ledger_store::Ledger;

/// What is about a later moment than the report is left out, and with it a change of which nothing else was attested.
pub(super) fn of_quarter(
    ledger: &Ledger,
    computed: &Computed,
    quarter: Quarter,
) -> Result<Vec<AttestedEntry>, AppError> {
    let changes = attested_changes(ledger, computed, Some(quarter))?.into_iter().map(|change| entry(change, computed));
    Ok(changes.filter(|entry| !entry.statements.is_empty()).collect())
}

fn entry(change: AttestedChange, computed: &Computed) -> AttestedEntry {
    let known = change.attestations.into_iter().filter(|line| line.standing != AttestationStanding::NotYet);
    let without = change.without_attestations.into_iter();
    AttestedEntry {
        change: change.id,
        title: change.title,
        statements: known.map(|line| statement(line, computed)).collect(),
        without: without
            .map(|verdict| VerdictEntry { label: verdict.label, with: verdict.with, without: verdict.without })
            .collect(),
    }
}

fn statement(line: AttestationLine, computed: &Computed) -> AttestationEntry {
    // What a later one replaced, or took back, needs no remark.
    let is_of_now = matches!(line.standing, AttestationStanding::InForce | AttestationStanding::NotIndependent);
    AttestationEntry {
        by_nobody_known: computed.loaded.frames.is_by_nobody_known(line.event),
        sentence: line.sentence,
        reason: line.reason,
        stated_at: line.stated_at,
        holds: !matches!(line.standing, AttestationStanding::Superseded | AttestationStanding::NotIndependent),
        remark: line.remark.filter(|_| is_of_now),
    }
}
