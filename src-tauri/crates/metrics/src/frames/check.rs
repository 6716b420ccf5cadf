//! Whether the columns of a ledger fit together, so that no later step can point outside a table.

use crate::MetricsError;
use change_ledger_model::columns::{ChangeColumns, HitOwner, LedgerColumns, ReviewColumns};

pub(super) fn check(columns: &LedgerColumns) -> Result<(), MetricsError> {
    change_lengths(&columns.changes)?;
    review_lengths(&columns.reviews)?;
    let people = columns.people.len();
    let changes = columns.changes.len();
    let tickets = columns.tickets.len();
    let incidents = columns.incidents.len();

    let of_changes = &columns.changes;
    within("changes.repository", of_changes.repository.iter().copied().map(Some), columns.repositories.len())?;
    within("changes.base_branch", of_changes.base_branch.iter().copied(), columns.branches.len())?;
    within("changes.author", of_changes.author.iter().copied(), people)?;
    within("changes.merged_by", of_changes.merged_by.iter().copied(), people)?;
    within("reviews.change", columns.reviews.change.iter().copied().map(Some), changes)?;
    within("reviews.reviewer", columns.reviews.reviewer.iter().copied().map(Some), people)?;
    within("commit_authors.change", columns.commit_authors.iter().map(|(change, _)| Some(*change)), changes)?;
    within("commit_authors.person", columns.commit_authors.iter().map(|(_, person)| Some(*person)), people)?;
    within("ticket_links.change", columns.ticket_links.iter().map(|link| Some(link.change)), changes)?;
    within("ticket_links.ticket", columns.ticket_links.iter().map(|link| Some(link.ticket)), tickets)?;
    within("incident_links.change", columns.incident_links.iter().map(|link| Some(link.change)), changes)?;
    within("incident_links.incident", columns.incident_links.iter().map(|link| link.incident), incidents)?;
    within("incident_links.via_ticket", columns.incident_links.iter().map(|link| link.via_ticket), tickets)?;
    let owners = columns.hits.iter().map(|hit| hit.owner);
    within("hits.owner", owners.clone().map(|owner| position(owner, |o| matches!(o, HitOwner::Change(_)))), changes)?;
    within("hits.owner", owners.clone().map(|owner| position(owner, |o| matches!(o, HitOwner::Ticket(_)))), tickets)?;
    within("hits.owner", owners.map(|owner| position(owner, |o| matches!(o, HitOwner::Incident(_)))), incidents)
}

fn position(owner: HitOwner, is_meant: fn(HitOwner) -> bool) -> Option<u32> {
    let (HitOwner::Change(row) | HitOwner::Ticket(row) | HitOwner::Incident(row)) = owner;
    is_meant(owner).then_some(row)
}

fn change_lengths(changes: &ChangeColumns) -> Result<(), MetricsError> {
    let expected = changes.len();
    same_length("changes.kind", changes.kind.len(), expected)?;
    same_length("changes.repository", changes.repository.len(), expected)?;
    same_length("changes.base_branch", changes.base_branch.len(), expected)?;
    same_length("changes.author", changes.author.len(), expected)?;
    same_length("changes.merged_by", changes.merged_by.len(), expected)?;
    same_length("changes.opened_at", changes.opened_at.len(), expected)?;
    same_length("changes.implemented_at", changes.implemented_at.len(), expected)?;
    same_length("changes.review_coverage", changes.review_coverage.len(), expected)?;
    same_length("changes.labels_known", changes.labels_known.len(), expected)?;
    same_length("changes.head_commit", changes.head_commit.len(), expected)
}

fn review_lengths(reviews: &ReviewColumns) -> Result<(), MetricsError> {
    let expected = reviews.change.len();
    same_length("reviews.reviewer", reviews.reviewer.len(), expected)?;
    same_length("reviews.verdict", reviews.verdict.len(), expected)?;
    same_length("reviews.submitted_at", reviews.submitted_at.len(), expected)?;
    same_length("reviews.commit", reviews.commit.len(), expected)
}

fn same_length(column: &'static str, found: usize, expected: usize) -> Result<(), MetricsError> {
    if found == expected { Ok(()) } else { Err(MetricsError::Length { column, found, expected }) }
}

fn within(
    column: &'static str,
    positions: impl Iterator<Item = Option<u32>>,
    limit: usize,
) -> Result<(), MetricsError> {
    let outside = positions.enumerate().find_map(|(row, at)| at.filter(|at| *at as usize >= limit).map(|at| (row, at)));
    outside.map_or(Ok(()), |(row, position)| Err(MetricsError::Position { column, row, position, limit }))
}
