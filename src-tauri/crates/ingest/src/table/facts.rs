//! Which facts a record carries.

use change_ledger_model::{
    record::{FoundIn, Incident, Mention, Record, ReviewCoverage, Ticket},
    source::Fact,
};
use std::collections::BTreeSet;

/// Adds the facts that `record` carries.
pub(crate) fn note(record: &Record, carried: &mut BTreeSet<Fact>) {
    let mut when = |present: bool, fact: Fact| {
        if present {
            carried.insert(fact);
        }
    };
    match record {
        Record::Change(change) => {
            when(change.author.is_some(), Fact::Author);
            when(change.implemented_at.is_some(), Fact::ImplementationTime);
            when(change.merged_by.is_some(), Fact::Merger);
            when(change.review_coverage != ReviewCoverage::NotCarried, Fact::Approver);
            when(change.reviews.iter().any(|review| review.submitted_at.is_some()), Fact::ApprovalTime);
            when(change.reviews.iter().any(|review| review.commit.is_some()), Fact::ReviewedCommit);
            when(change.labels.is_some(), Fact::Labels);
            when(change.body.is_some(), Fact::Text);
            when(change.base_branch.is_some(), Fact::BaseBranch);
            when(change.head_branch.is_some(), Fact::HeadBranch);
            when(change.merge_commit.is_some(), Fact::MergeCommit);
            when(change.category.is_some(), Fact::ChangeType);
            when(has_link_field(&change.mentions), Fact::LinkFields);
        }
        Record::Review(review) => {
            when(true, Fact::Approver);
            when(review.submitted_at.is_some(), Fact::ApprovalTime);
            when(review.commit.is_some(), Fact::ReviewedCommit);
        }
        Record::Ticket(ticket) => note_ticket(ticket, &mut when),
        Record::Incident(incident) => note_incident(incident, &mut when),
        supporting => when_supporting(supporting, &mut when),
    }
}

/// Which facts a supporting record carries; the same for tables and for JSON.
pub(crate) fn when_supporting(record: &Record, when: &mut impl FnMut(bool, Fact)) {
    match record {
        Record::Deployment(deployment) => {
            when(deployment.deployed_at.is_some(), Fact::DeploymentTime);
            when(deployment.commit.is_some(), Fact::DeployedCommit);
            when(deployment.environment.is_some(), Fact::Environment);
        }
        Record::Bypass(bypass) => {
            when(true, Fact::Bypass);
            when(bypass.rules.is_some(), Fact::BypassedRule);
        }
        Record::Check(check) => {
            when(check.outcome.is_some(), Fact::CheckOutcome);
            when(check.commit.is_some(), Fact::CheckedCommit);
            when(check.findings.is_some(), Fact::FindingSeverity);
        }
        Record::Alert(alert) => {
            when(alert.severity.is_some(), Fact::FindingSeverity);
            when(alert.opened_at.is_some(), Fact::FindingTimes);
        }
        Record::Message(message) => when(!message.text.is_empty(), Fact::Text),
        Record::Setting(_) => when(true, Fact::BranchRules),
        Record::Commit(commit) => {
            when(true, Fact::Commits);
            when(commit.author.is_some(), Fact::Author);
        }
        Record::Change(_) | Record::Review(_) | Record::Ticket(_) | Record::Incident(_) => {}
    }
}

fn note_ticket(ticket: &Ticket, when: &mut impl FnMut(bool, Fact)) {
    when(ticket.reporter.is_some(), Fact::Author);
    when(
        ticket.is_change_request && (ticket.work_end.is_some() || ticket.resolved_at.is_some()),
        Fact::ImplementationTime,
    );
    when(ticket.labels.is_some(), Fact::Labels);
    when(ticket.body.is_some(), Fact::Text);
    when(ticket.change_type.is_some(), Fact::ChangeType);
    when(ticket.priority.is_some(), Fact::Severity);
    when(has_link_field(&ticket.mentions), Fact::LinkFields);
    when(!ticket.notes.is_empty(), Fact::Notes);
}

fn note_incident(incident: &Incident, when: &mut impl FnMut(bool, Fact)) {
    when(incident.opened_at.is_some(), Fact::IncidentTimes);
    when(incident.severity.is_some() || incident.urgency.is_some(), Fact::Severity);
    when(incident.body.is_some(), Fact::Text);
    when(has_link_field(&incident.mentions), Fact::LinkFields);
    when(!incident.notes.is_empty(), Fact::Notes);
}

fn has_link_field(mentions: &[Mention]) -> bool {
    mentions.iter().any(|mention| mention.found_in == FoundIn::LinkField)
}
