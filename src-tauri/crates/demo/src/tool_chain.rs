//! The tools that a company can run: the same story, written as the exports of other tools.

use std::fmt;
use std::str::FromStr;

/// A code host, a tracker and an incident tool that are used together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ToolChain {
    /// GitHub, Jira as CSV, PagerDuty.
    #[default]
    Github,
    /// GitLab with approvals and notes, Jira's REST interface, Opsgenie.
    Gitlab,
    /// Azure DevOps with threads, Azure Boards as CSV, PagerDuty.
    Azure,
    /// Bitbucket Cloud with its activity, Linear as CSV, incident.io.
    Bitbucket,
    /// ServiceNow's changes, approvals and incidents, and `git log`.
    Servicenow,
}

/// A name that no tool chain has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is none of the tool chains github, gitlab, azure, bitbucket and servicenow")]
pub struct UnknownToolChain(String);

impl ToolChain {
    /// All of them, the default first.
    pub const ALL: [Self; 5] = [Self::Github, Self::Gitlab, Self::Azure, Self::Bitbucket, Self::Servicenow];

    /// The name by which it is asked for, after the tool that holds the changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Azure => "azure",
            Self::Bitbucket => "bitbucket",
            Self::Servicenow => "servicenow",
        }
    }

    /// What its exports carry.
    pub(crate) const fn carries(self) -> Carries {
        const ALL: Carries = Carries {
            labels: true,
            merger: true,
            branches: true,
            ticket_comments: true,
            ticket_reason: true,
            deleted_accounts: true,
            dismissed_reviews: true,
            pending_reviews: false,
            comments: true,
            overlaps: false,
            changes_are_tickets: false,
        };
        match self {
            Self::Github => Carries { pending_reviews: true, overlaps: true, ..ALL },
            Self::Gitlab => ALL,
            // A query of Azure Boards has no discussion.
            Self::Azure => Carries { ticket_comments: false, ..ALL },
            // Linear's table has neither comments nor a field for a reason; Bitbucket forgets an approval that was taken back.
            Self::Bitbucket => {
                Carries { labels: false, ticket_comments: false, ticket_reason: false, dismissed_reviews: false, ..ALL }
            }
            // A change request has no branch, nobody merges it, and an approval is a yes or a no.
            Self::Servicenow => Carries {
                merger: false,
                branches: false,
                deleted_accounts: false,
                dismissed_reviews: false,
                comments: false,
                changes_are_tickets: true,
                ..ALL
            },
        }
    }
}

impl fmt::Display for ToolChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ToolChain {
    type Err = UnknownToolChain;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|chain| chain.name() == name).ok_or_else(|| UnknownToolChain(name.to_owned()))
    }
}

/// What the exports of a tool chain carry, beside what all of them do: changes with author, dates, texts and approvals,
/// tickets with descriptions, incidents. What is not carried cannot be found by any tool.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carries {
    /// Labels of the changes. Where there are none, people write the mark at the beginning of the title.
    pub(crate) labels: bool,
    /// Who merged.
    pub(crate) merger: bool,
    /// Branches.
    pub(crate) branches: bool,
    /// Comments on tickets, with their dates.
    pub(crate) ticket_comments: bool,
    /// A ticket's own field for the reason of a change.
    pub(crate) ticket_reason: bool,
    /// Accounts that were deleted, as such.
    pub(crate) deleted_accounts: bool,
    /// Approvals that were taken back.
    pub(crate) dismissed_reviews: bool,
    /// Reviews that were begun and not submitted.
    pub(crate) pending_reviews: bool,
    /// Reviews that only comment.
    pub(crate) comments: bool,
    /// The same change in two files.
    pub(crate) overlaps: bool,
    /// A change is a ticket itself, and is raised only for what is released.
    pub(crate) changes_are_tickets: bool,
}

impl Carries {
    /// What a change or its ticket has elsewhere and these exports do not carry, in words.
    pub(crate) fn missing(self) -> Vec<&'static str> {
        let facts = [
            (self.labels, "labels of changes: the mark stands in the title"),
            (self.merger, "who merged"),
            (self.branches, "branches: an approved change on a hotfix branch is like any other"),
            (self.ticket_comments, "comments on tickets: what may stand there is unknown"),
            (self.ticket_reason, "a ticket's field for the reason"),
            (self.deleted_accounts, "that an account was deleted"),
            (self.dismissed_reviews, "approvals that were taken back"),
            (self.comments, "reviews that only comment"),
        ];
        facts.into_iter().filter(|(is_carried, _)| !is_carried).map(|(_, fact)| fact).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_chain_is_found_by_its_name() {
        for chain in ToolChain::ALL {
            assert_eq!(chain.name().parse(), Ok(chain));
        }
        let unknown = "svn".parse::<ToolChain>().unwrap_err();
        assert!(unknown.to_string().contains("\"svn\""), "{unknown}");
    }
}
