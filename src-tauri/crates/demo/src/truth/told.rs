//! What the exports of a tool chain tell of a change, by the table of what they carry: planned facts that no file holds are
//! unknown, or were never written.

use crate::calendar::DAY;
use crate::company::people::Account;
use crate::story::change::{Approval, Change, Class, ReviewState, Subject, Written};
use crate::tool_chain::Carries;
use crate::truth::Link;

/// One change as its files show it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) class: Class,
    pub(crate) approval: Approval,
    /// `None` when author or merger are not told.
    pub(crate) self_merged: Option<bool>,
    pub(crate) self_approved: bool,
    pub(crate) link: Link,
    /// Whether the files carry every text of the change and its ticket: if not, what is not found may stand there.
    pub(crate) texts: bool,
    /// Whether an authorisation is written down; `None` when it may be where no file shows it.
    pub(crate) authorised: Option<bool>,
    /// The same for a reason.
    pub(crate) justified: Option<bool>,
    /// Whether it was documented within 24 hours after the merge; `None` as above.
    pub(crate) documented: Option<bool>,
}

impl Told {
    pub(crate) fn of(change: &Change, carries: Carries) -> Self {
        let link = Link::of(change.incident);
        let texts = carries.ticket_comments || change.ticket.is_none();
        // What a text names and no file holds may be a ticket on which it stands.
        let could_tell = texts && !matches!(link, Link::Dangling);
        Self {
            class: class(change, carries),
            approval: change.verdicts.approval,
            self_merged: self_merged(change, carries),
            self_approved: change.verdicts.self_approved,
            link,
            texts,
            authorised: recorded(change.evidence.authorisation, could_tell, carries),
            justified: recorded(change.evidence.justification, could_tell, carries),
            documented: documented(change, link, carries),
        }
    }

    /// True when it counts as an emergency of its quarter.
    pub(crate) fn is_emergency(&self) -> bool {
        self.class != Class::Routine
    }
}

/// An approved change is an emergency that nobody declared only by its hotfix branch, together with an incident. Where a
/// change has no branch, nothing says so.
fn class(change: &Change, carries: Carries) -> Class {
    let by_branch = matches!(change.subject, Subject::Repair { hotfix_branch: true, .. })
        && !matches!(change.verdicts.approval, Approval::After { .. } | Approval::Never);
    match change.verdicts.class {
        Class::Unlabelled if by_branch && !carries.branches => Class::Routine,
        class => class,
    }
}

/// A deleted account may be anybody, so nobody can tell whether two of them are one person.
fn self_merged(change: &Change, carries: Carries) -> Option<bool> {
    let known = |account: Account| (account != Account::Deleted).then_some(account);
    known(change.author)?;
    // A bot merges for somebody, perhaps for the author.
    change.merged_by.filter(|_| carries.merger).and_then(known).filter(|merger| !matches!(merger, Account::Bot(_)))?;
    Some(change.verdicts.self_merged)
}

/// What is not found may stand where the files do not show it, unless they could tell.
fn recorded(written: Option<Written>, could_tell: bool, carries: Carries) -> Option<bool> {
    let is_carried = |place: Written| match place {
        Written::Body | Written::TicketDescription => true,
        Written::TicketComment => carries.ticket_comments,
        Written::TicketField => carries.ticket_reason,
    };
    if written.is_some_and(is_carried) { Some(true) } else { could_tell.then_some(false) }
}

/// It stands in a comment on the ticket, or nowhere. No incident tool of any chain exports the notes of its incidents, so
/// of a change with an incident nobody knows that it was not documented. A note from before the merge documents nothing.
fn documented(change: &Change, link: Link, carries: Carries) -> Option<bool> {
    let at = change.evidence.documented_at.filter(|at| *at >= change.merged && carries.ticket_comments);
    if let Some(at) = at {
        return Some(at <= change.merged + DAY);
    }
    let names_incident = !matches!(link, Link::None);
    let could_tell = !names_incident && (carries.ticket_comments || change.ticket.is_none());
    could_tell.then_some(false)
}

/// How many reviews of a change its files show.
pub(crate) fn reviews(change: &Change, carries: Carries) -> u64 {
    let is_told = |state: ReviewState| match state {
        ReviewState::Approved | ReviewState::ChangesRequested => true,
        ReviewState::Commented => carries.comments,
        ReviewState::Dismissed => carries.dismissed_reviews,
        // It has not happened yet.
        ReviewState::Pending => false,
    };
    let is_named = |by: Account| by != Account::Deleted || carries.deleted_accounts;
    change.reviews.iter().filter(|review| is_told(review.state) && is_named(review.by)).count() as u64
}

/// True when a change stands in the files at all: change requests are raised for released branches only.
pub(crate) fn is_exported(change: &Change, carries: Carries) -> bool {
    change.verdicts.in_population || !carries.changes_are_tickets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Plan;
    use crate::ToolChain;
    use crate::story::Story;

    #[test]
    fn what_no_file_carries_is_unknown_and_never_no() {
        let story = Story::of(&Plan::default());
        let emergencies: Vec<Change> =
            story.changes().filter(|change| change.verdicts.class != Class::Routine).collect();
        let unknown = |chain: ToolChain, fact: fn(&Told) -> Option<bool>| {
            emergencies.iter().filter(|change| fact(&Told::of(change, chain.carries())).is_none()).count()
        };
        let dangles = |told: &Told| (!matches!(told.link, Link::Dangling) || told.authorised.is_some()).then_some(true);
        assert_eq!(unknown(ToolChain::Github, |told| told.authorised), unknown(ToolChain::Github, dangles));
        assert_eq!(unknown(ToolChain::Servicenow, |told| told.self_merged), emergencies.len());
        let of_incident = |told: &Told| (matches!(told.link, Link::None) || told.documented.is_some()).then_some(true);
        for chain in [ToolChain::Github, ToolChain::Gitlab, ToolChain::Servicenow] {
            assert_eq!(unknown(chain, |told| told.documented), unknown(chain, of_incident), "{chain}");
            assert!(unknown(chain, of_incident) > 0, "{chain}");
        }
        for chain in [ToolChain::Azure, ToolChain::Bitbucket] {
            assert!(unknown(chain, |told| told.authorised) > 0, "{chain}");
            assert!(
                unknown(chain, |told| told.documented) > unknown(ToolChain::Gitlab, |told| told.documented),
                "{chain}"
            );
        }
    }
}
