//! The words for what the model names, the same on every page.

mod sources;

pub(crate) use sources::source;

use change_ledger_model::{calendar::Deadline, judgement::Signal, record::FoundIn, source::Fact};

/// A signal: `hotfix branch`.
pub(crate) const fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::EmergencyLabel => "emergency label",
        Signal::EmergencyTicket => "emergency ticket",
        Signal::Unreviewed => "unreviewed at merge",
        Signal::BypassRecorded => "recorded bypass",
        Signal::HotfixBranch => "hotfix branch",
        Signal::EmergencyWords => "emergency words",
        Signal::IncidentLink => "incident link",
        Signal::IncidentWindow => "during an incident",
        Signal::FastMerge => "fast merge",
        Signal::OutOfHours => "out of hours",
    }
}

/// Where a name was found: `the description`.
pub(crate) const fn place(found_in: FoundIn) -> &'static str {
    match found_in {
        FoundIn::LinkField => "a link field",
        FoundIn::Address => "a web address",
        FoundIn::Title => "the title",
        FoundIn::Body => "the description",
        FoundIn::Branch => "the branch name",
        FoundIn::Label => "a label",
        FoundIn::Note => "a comment",
        FoundIn::Person => "a person's statement",
    }
}

/// What a file can or cannot tell: `time of approval`.
pub(crate) const fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Author => "authors",
        Fact::ImplementationTime => "time of implementation",
        Fact::Merger => "who merged",
        Fact::Approver => "who approved",
        Fact::ApprovalTime => "time of approval",
        Fact::Labels => "labels",
        Fact::Text => "descriptions",
        Fact::BaseBranch => "target branches",
        Fact::HeadBranch => "source branches",
        Fact::MergeCommit => "merge commits",
        Fact::ReviewedCommit => "reviewed commits",
        Fact::LinkFields => "link fields",
        Fact::ChangeType => "change types",
        Fact::IncidentTimes => "times of incidents",
        Fact::Severity => "severity",
        Fact::Notes => "dated comments",
        Fact::DeploymentTime => "when deployments succeeded",
        Fact::DeployedCommit => "deployed commits",
        Fact::Environment => "environments",
        Fact::Bypass => "recorded bypasses",
        Fact::BypassedRule => "which rule was bypassed",
        Fact::CheckOutcome => "outcomes of tests and builds",
        Fact::CheckedCommit => "tested commits",
        Fact::FindingSeverity => "severities of findings",
        Fact::FindingTimes => "when findings were raised and fixed",
        Fact::BranchRules => "branch rules",
        Fact::Commits => "commits",
    }
}

/// A deadline after `within`: `24 hours`, `1 business day`.
pub(crate) fn deadline(deadline: Deadline) -> String {
    use crate::chart::number::counted;
    match deadline {
        Deadline::Hours(hours) => counted(hours.into(), "hour", "hours"),
        Deadline::BusinessDays(days) => counted(days.into(), "business day", "business days"),
    }
}
