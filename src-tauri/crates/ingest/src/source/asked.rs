//! What one would like to learn of a record, whatever tool wrote it. Each list stands here once, for every reader:
//! what no record of a file carried of it, that file cannot tell.

use change_ledger_model::source::Fact;

/// Of a pull request and its comments. The other lists about pull requests are parts of this one.
pub(super) const COMMENTED_PULL_REQUEST: &[Fact] = &[
    Fact::LinkFields,
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
    Fact::Notes,
];

/// Of a pull or merge request.
pub(super) const PULL_REQUEST: &[Fact] = without_last(COMMENTED_PULL_REQUEST);

/// Of a pull request, from wherever no field names what it closes.
pub(super) const UNLINKED_PULL_REQUEST: &[Fact] = without_first(PULL_REQUEST);

/// Of a pull request and its comments, from wherever no field names what it closes.
pub(super) const UNLINKED_COMMENTED_PULL_REQUEST: &[Fact] = without_first(COMMENTED_PULL_REQUEST);

/// Of a pull request, from lists that tell nothing of its reviews.
pub(super) const LISTED_PULL_REQUEST: &[Fact] = &[
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Merger,
    Fact::Labels,
    Fact::Text,
    Fact::BaseBranch,
    Fact::HeadBranch,
    Fact::MergeCommit,
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

const fn without_first(facts: &'static [Fact]) -> &'static [Fact] {
    match facts {
        [_, rest @ ..] => rest,
        [] => facts,
    }
}

const fn without_last(facts: &'static [Fact]) -> &'static [Fact] {
    match facts {
        [rest @ .., _] => rest,
        [] => facts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_pull_requests_leave_out_what_their_names_say() {
        let left_out = |facts: &[Fact]| -> Vec<Fact> {
            COMMENTED_PULL_REQUEST.iter().copied().filter(|fact| !facts.contains(fact)).collect()
        };
        let check = |facts: &[Fact], expected: &[Fact]| assert_eq!(left_out(facts), expected);
        check(PULL_REQUEST, &[Fact::Notes]);
        check(UNLINKED_PULL_REQUEST, &[Fact::LinkFields, Fact::Notes]);
        check(UNLINKED_COMMENTED_PULL_REQUEST, &[Fact::LinkFields]);
    }
}
