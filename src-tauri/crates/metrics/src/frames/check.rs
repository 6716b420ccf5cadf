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
    let delivery = &columns.delivery;
    none_or("delivery.deployed_at", delivery.deployed_at.len(), changes)?;
    none_or("delivery.deployed_by", delivery.deployed_by.len(), changes)?;
    none_or("delivery.staging_first", delivery.staging_first.len(), changes)?;
    none_or("delivery.tests_passed", delivery.tests_passed.len(), changes)?;
    none_or("delivery.scan_clean", delivery.scan_clean.len(), changes)?;
    within("delivery.earlier_checks", delivery.earlier_checks.iter().map(|row| Some(row.change)), changes)?;
    none_or("high_risk", columns.high_risk.len(), changes)?;
    within("delivery.deployed_by", delivery.deployed_by.iter().copied(), people)?;
    let deployments = &columns.production_deployments;
    within(
        "production_deployments.repository",
        deployments.iter().map(|row| row.repository),
        columns.repositories.len(),
    )?;
    within("production_deployments.change", deployments.iter().map(|row| row.change), changes)?;
    within("alerts.repository", columns.alerts.iter().map(|alert| alert.repository), columns.repositories.len())?;
    within("tickets_not_imported", columns.tickets_not_imported.iter().copied().map(Some), changes)?;
    within("commit_authors.change", columns.commit_authors.iter().map(|(change, _)| Some(*change)), changes)?;
    within("commit_authors.person", columns.commit_authors.iter().map(|(_, person)| Some(*person)), people)?;
    within("bypassed", columns.bypassed.iter().copied().map(Some), changes)?;
    let attested = &columns.attestations;
    within("attestations.change", attested.iter().map(|row| Some(row.change)), changes)?;
    within("attestations.people", attested.iter().flat_map(|row| row.people.iter().copied().map(Some)), people)?;
    within("attestations.incidents", attested.iter().flat_map(|row| row.incidents.iter().copied()), incidents)?;
    within("ticket_links.change", columns.ticket_links.iter().map(|link| Some(link.change)), changes)?;
    within("ticket_links.ticket", columns.ticket_links.iter().map(|link| Some(link.ticket)), tickets)?;
    within("incident_links.change", columns.incident_links.iter().map(|link| Some(link.change)), changes)?;
    within("incident_links.incident", columns.incident_links.iter().map(|link| link.incident), incidents)?;
    within("incident_links.via_ticket", columns.incident_links.iter().map(|link| link.via_ticket), tickets)?;
    within("ticket_reasons", columns.ticket_reasons.iter().map(|(ticket, _)| Some(*ticket)), tickets)?;
    let authorised = columns.authorisations.iter().map(|row| row.owner);
    let quoted = columns.quotes.iter().map(|row| row.owner);
    let owners = columns.hits.iter().map(|hit| hit.owner).chain(authorised).chain(quoted);
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
    none_or("changes.merged_at", changes.merged_at.len(), expected)?;
    same_length("changes.review_coverage", changes.review_coverage.len(), expected)?;
    same_length("changes.labels_known", changes.labels_known.len(), expected)?;
    same_length("changes.texts_known", changes.texts_known.len(), expected)?;
    same_length("changes.head_commit", changes.head_commit.len(), expected)
}

fn review_lengths(reviews: &ReviewColumns) -> Result<(), MetricsError> {
    let expected = reviews.change.len();
    same_length("reviews.reviewer", reviews.reviewer.len(), expected)?;
    same_length("reviews.verdict", reviews.verdict.len(), expected)?;
    same_length("reviews.submitted_at", reviews.submitted_at.len(), expected)?;
    same_length("reviews.commit", reviews.commit.len(), expected)?;
    same_length("reviews.stood_until", reviews.stood_until.len(), expected)
}

fn same_length(column: &'static str, found: usize, expected: usize) -> Result<(), MetricsError> {
    if found == expected { Ok(()) } else { Err(MetricsError::Length { column, found, expected }) }
}

/// A column is left empty where nothing of its kind was imported.
fn none_or(column: &'static str, found: usize, expected: usize) -> Result<(), MetricsError> {
    if found == 0 { Ok(()) } else { same_length(column, found, expected) }
}

fn within(
    column: &'static str,
    positions: impl Iterator<Item = Option<u32>>,
    limit: usize,
) -> Result<(), MetricsError> {
    let outside = positions.enumerate().find_map(|(row, at)| at.filter(|at| *at as usize >= limit).map(|at| (row, at)));
    outside.map_or(Ok(()), |(row, position)| Err(MetricsError::Position { column, row, position, limit }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use change_ledger_model::{policy::patterns::TextSignal, record::Verdict};

    #[test]
    fn columns_that_contradict_each_other_are_named() {
        let check = |spoil: fn(&mut LedgerColumns), names: &str| {
            let sample = Sample::new().change(0.0).ticket(false).incident(true).hit(TextSignal::EmergencyLabel);
            let mut columns = sample.says("bob", Verdict::Approved, -1.0).commit_author("cat").columns;
            assert_eq!(check(&columns), Ok(()));
            spoil(&mut columns);
            let message = check(&columns).unwrap_err().to_string();
            assert!(message.contains(names), "{names}: {message}");
        };
        check(|c| c.changes.author.clear(), "`changes.author` has 0 rows instead of 1");
        check(|c| c.reviews.verdict.push(0), "`reviews.verdict` has 2 rows instead of 1");
        check(|c| c.changes.author[0] = Some(99), "row 0 of `changes.author` points to 99");
        check(|c| c.changes.base_branch[0] = Some(9), "`changes.base_branch`");
        check(|c| c.reviews.change[0] = 1, "`reviews.change` points to 1, but there are 1");
        check(|c| c.ticket_links[0].ticket = 5, "`ticket_links.ticket`");
        check(|c| c.incident_links[0].incident = Some(5), "`incident_links.incident`");
        check(|c| c.hits[0].owner = HitOwner::Incident(3), "`hits.owner`");
        check(|c| c.commit_authors[0].1 = 77, "`commit_authors.person`");
        check(|c| c.delivery.tests_passed = vec![None; 2], "`delivery.tests_passed` has 2 rows instead of 1");
        check(|c| c.delivery.deployed_by = vec![Some(9)], "`delivery.deployed_by`");
        check(|c| c.tickets_not_imported = vec![4], "`tickets_not_imported`");
    }
}
