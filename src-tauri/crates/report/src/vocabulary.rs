//! The words for what the model names, the same on every page.

use change_ledger_model::{
    calendar::Deadline,
    judgement::Signal,
    record::FoundIn,
    source::{Fact, SourceKind},
};

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
    }
}

/// What a file is: `Jira issues (CSV)`.
pub(crate) const fn source(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::GithubGh => "GitHub pull requests (gh pr list)",
        SourceKind::GithubRestPulls => "GitHub pull requests (REST)",
        SourceKind::GithubRestReviews => "GitHub reviews (REST)",
        SourceKind::GithubGraphql => "GitHub pull requests (GraphQL)",
        SourceKind::GithubArchive => "GitHub archive",
        SourceKind::JiraCsv => "Jira issues (CSV)",
        SourceKind::PagerdutyJson => "PagerDuty incidents (JSON)",
        SourceKind::PagerdutyCsv => "PagerDuty incidents (CSV)",
        SourceKind::GenericCsv => "table with a column profile",
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
