//! Retroactive reviews that are due.

use crate::{
    app::App,
    error::AppError,
    host::Host,
    use_case::{attestation::sentences, changes, metrics::warnings::left_out},
    wire::{DueAnswer, DueItem, DueRequest, Missing},
};
use change_ledger_model::{Timestamp, judgement::ReviewState};
use std::collections::BTreeSet;

/// Reviews that are due, soonest deadline first.
///
/// # Errors
/// When the policy names no such team, or the ledger cannot be read.
pub fn due(app: &App, host: &dyn Host, request: DueRequest) -> Result<DueAnswer, AppError> {
    let computed = app.computed(host)?;
    let verdicts = computed.judged.verdicts();
    let is_overdue = |row: &u32| verdicts.review_state.get(*row as usize).copied() == Some(ReviewState::Overdue as u8);
    let mut rows = computed.judged.due()?;
    if request.overdue {
        rows.retain(is_overdue);
    }
    if let Some(team) = &request.team {
        rows = computed.judged.of_team(team, &rows)?.ok_or_else(|| no_team(team, &computed.judged.teams()))?;
    }
    let listed = changes::items(app, &computed, &rows)?;
    let mut attested = app.read(|ledger| sentences(ledger, &computed))?;
    let items = rows.iter().zip(listed).filter_map(|(row, item)| {
        let due_at = verdicts.due_at.get(*row as usize).copied().flatten().and_then(Timestamp::from_millis)?;
        Some(DueItem {
            implemented_at: item.implemented_at?,
            due_at,
            state: item.review_state,
            hours_left: due_at.hours_since(computed.as_of),
            // That the review is missing is why it is in this list.
            missing: item.missing.into_iter().filter(|missing| *missing != Missing::Review).collect(),
            attestations: attested.remove(&item.id).unwrap_or_default(),
            id: item.id,
            title: item.title,
            repository: item.repository,
            author: item.author,
            class: item.class,
            url: item.url,
        })
    });
    let items = items.collect();
    let outlying = computed.judged.outlying_changes()?.map(|outlying| outlying.changes).unwrap_or_default();
    let listed_outlier = rows.iter().any(|row| outlying.contains(row));
    let warnings = if listed_outlier { left_out(app, &computed, &BTreeSet::new())? } else { None };
    Ok(DueAnswer { as_of: computed.as_of, items, warnings: warnings.into_iter().collect() })
}

fn no_team(team: &str, teams: &[String]) -> AppError {
    let refusal = AppError::wrong_use(format!("the policy in force names no team `{team}`"));
    if teams.is_empty() {
        refusal.hint("Name teams under [groups.teams] in the policy, or leave --team out.")
    } else {
        refusal.hint(format!("Its teams: {}.", teams.join(", ")))
    }
}
