//! What one would like to learn of a record, whatever tool wrote it. Each list stands here once, for every reader:
//! what no record of a file carried of it, that file cannot tell.

use change_ledger_model::source::Fact;

/// Of a pull or merge request.
pub(super) const PULL_REQUEST: &[Fact] = &[
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Merger,
    Fact::Approver,
    Fact::ApprovalTime,
    Fact::Labels,
    Fact::Text,
    Fact::BaseBranch,
    Fact::HeadBranch,
    Fact::MergeCommit,
    Fact::ReviewedCommit,
    Fact::LinkFields,
];

/// Of a review, from wherever reviews have the commit that was looked at.
pub(super) const REVIEW: &[Fact] = &[Fact::Approver, Fact::ApprovalTime, Fact::ReviewedCommit];

/// Of an approval, from wherever approvals are of the whole request.
pub(super) const APPROVAL: &[Fact] = &[Fact::Approver, Fact::ApprovalTime];

/// Of what happened to a pull request.
pub(super) const ACTIVITY: &[Fact] = &[Fact::ImplementationTime, Fact::Merger, Fact::Approver, Fact::ApprovalTime];

/// Of a ticket whose tool knows approvals: it may be a change that somebody had to approve.
pub(super) const CHANGE_REQUEST: &[Fact] = &[
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Approver,
    Fact::ApprovalTime,
    Fact::Labels,
    Fact::Text,
    Fact::LinkFields,
    Fact::ChangeType,
    Fact::Severity,
    Fact::Notes,
];

/// Of a ticket of any other tracker.
pub(super) const TICKET: &[Fact] = &[
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Labels,
    Fact::Text,
    Fact::LinkFields,
    Fact::ChangeType,
    Fact::Severity,
    Fact::Notes,
];

/// Of an issue of a code host.
pub(super) const ISSUE: &[Fact] = &[Fact::Author, Fact::Labels, Fact::Text, Fact::Notes];

/// Of an incident.
pub(super) const INCIDENT: &[Fact] = &[Fact::IncidentTimes, Fact::Severity, Fact::Text, Fact::LinkFields, Fact::Notes];

/// Of an alert, which becomes a ticket.
pub(super) const ALERT: &[Fact] = &[Fact::Text, Fact::Labels, Fact::Notes];
