//! One merged pull request of the story, with the verdicts it is meant to receive.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::calendar::{DAY, HOUR, LAST_MERGE, into_working_hours};
use crate::chance::{Chance, Purpose, entry};
use crate::company::people::{Account, Person};
use crate::company::repositories::{Repository, repository};
use crate::story::exports::Exports;
use crate::story::layout::{Layout, Place, Role};
use crate::story::{emergency, routine};
use crate::tool_chain::Carries;

/// A merged pull request.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) place: Place,
    pub(crate) author: Account,
    /// `None` when the export does not say.
    pub(crate) merged_by: Option<Account>,
    /// Seconds since 1970 UTC.
    pub(crate) opened: i64,
    /// Seconds since 1970 UTC.
    pub(crate) merged: i64,
    /// Where it was merged.
    pub(crate) base: Base,
    /// In the order of submission; nothing after the last export that shows the change.
    pub(crate) reviews: Vec<Review>,
    pub(crate) labels: Vec<&'static str>,
    /// What kind of work the wording tells of.
    pub(crate) subject: Subject,
    pub(crate) verdicts: Verdicts,
    /// The ticket that it is linked to.
    pub(crate) ticket: Option<TicketLink>,
    /// The incident that it names.
    pub(crate) incident: Incident,
    pub(crate) evidence: Evidence,
    /// The traps that it carries.
    pub(crate) traps: Vec<Trap>,
}

/// The branch that a change was merged into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// The released branch of the repository.
    Default,
    /// A release branch.
    Release,
    /// A branch that is not released.
    Development(&'static str),
}

/// What a change is about, for its title, branch and body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Planned work.
    Planned,
    /// A dependency update of a bot.
    Dependency,
    /// Later work that follows from an incident.
    FollowUp,
    /// A repair in a hurry.
    Repair {
        /// The title begins with an emergency tag.
        tagged: bool,
        /// The text says that it was urgent, without a tag.
        urgent_words: bool,
        /// The branch is called `hotfix/...`.
        hotfix_branch: bool,
    },
    /// Planned work on a branch called `hotfix/...`.
    HotfixBranchOnly,
    /// Planned work whose title merely speaks of emergencies.
    MentionsEmergency,
}

/// What a tool must say about a change under the policy `retroactive-24h`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdicts {
    /// Merged into a branch that is released.
    pub(crate) in_population: bool,
    pub(crate) class: Class,
    pub(crate) approval: Approval,
    pub(crate) self_merged: bool,
    pub(crate) self_approved: bool,
}

/// The class of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Declared,
    Unlabelled,
    Routine,
}

/// The qualifying approval of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Approval {
    /// At or before the merge.
    Before,
    /// The first one came after the merge.
    After {
        /// Seconds since 1970 UTC.
        at: i64,
        by: Person,
    },
    /// None that any export shows.
    Never,
    /// The export carries no reviews.
    Unknown,
}

/// A submitted or started review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Review {
    pub(crate) by: Account,
    pub(crate) state: ReviewState,
    /// Seconds since 1970 UTC; the start for a review that was not submitted.
    pub(crate) at: i64,
}

/// What a review says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ReviewState {
    Approved,
    ChangesRequested,
    Commented,
    Dismissed,
    /// Not submitted.
    Pending,
}

/// How a change and a ticket find each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TicketLink {
    pub(crate) found_in: TicketFoundIn,
    /// The ticket's own marks make it an emergency.
    pub(crate) emergency: Option<EmergencyMark>,
}

/// Where the link to a ticket is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TicketFoundIn {
    Title,
    Body,
    /// In lower case.
    Branch,
    /// The ticket's description holds the pull request's URL; the pull request says nothing.
    TicketDescription,
}

/// What marks a ticket as an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmergencyMark {
    ChangeType,
    Label,
    IssueType,
}

/// The incident that a change names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Incident {
    None,
    /// Named, but not in the incident export.
    Dangling(IncidentName),
    Linked {
        named: IncidentName,
        /// The incident names the change or its ticket.
        two_way: bool,
        /// The named incident was merged into another one.
        duplicate: bool,
    },
    /// Later work names the incident of this emergency.
    Of {
        ordinal: u64,
    },
}

/// Where and how an incident is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IncidentName {
    /// Web address in the body.
    Url,
    /// `INC-123` in the body.
    Number,
    /// `INC-123` in the title.
    TitleNumber,
    /// `inc-123` in the branch.
    Branch,
    /// Only the ticket names it.
    ViaTicket,
}

impl Incident {
    /// True when only the ticket names it.
    pub(crate) fn is_named_by_ticket(self) -> bool {
        matches!(self, Self::Dangling(IncidentName::ViaTicket) | Self::Linked { named: IncidentName::ViaTicket, .. })
    }

    /// True when the branch names it.
    pub(crate) fn is_named_in_branch(self) -> bool {
        matches!(self, Self::Linked { named: IncidentName::Branch, .. })
    }
}

/// What is written down about an emergency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub(crate) authorisation: Option<Written>,
    pub(crate) justification: Option<Written>,
    /// The moment of the post-incident note on the ticket: seconds since 1970 UTC, whole minutes.
    pub(crate) documented_at: Option<i64>,
    /// An empty or quoted line that looks like an authorisation or a reason.
    pub(crate) hollow: Option<Hollow>,
}

/// Where a statement is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Body,
    TicketComment,
    TicketDescription,
    /// The field `Change reason` of the ticket.
    TicketField,
}

/// Lines that look like evidence and are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hollow {
    Empty,
    NotApplicable,
    CheckList,
    Quote,
    Comment,
    CodeFence,
}

/// Labels that make a change an emergency.
pub(crate) const EMERGENCY_LABELS: [&str; 6] =
    ["emergency", "hotfix", "type: hotfix", "Break-Glass", "emergency_change", "Emergency Change"];

/// A trap that a change carries; they are counted in the truth file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Trap {
    ApprovedAtTheMergeSecond,
    AuthorDeleted,
    BatchStamped,
    BotApproval,
    BotAuthor,
    ChangesRequestedThenApproved,
    ChangesRequestedThenMerged,
    CommentsOnly,
    DeletedReviewer,
    DeclaredByTicketOnly,
    DeclaredByTitleOnly,
    DismissedApproval,
    ExactlyTwentyFourHours,
    FalseFriendKeys,
    HollowEvidence,
    HotfixBranchReviewed,
    HotfixBranchWithIncidentReviewed,
    IncidentDangling,
    IncidentMergedIntoAnother,
    IncidentNamedByTicketOnly,
    IncidentOneWay,
    /// Two exports hold the same pull request.
    InTwoFiles,
    LowerCaseKeyInBranch,
    MentionsEmergencyOnly,
    NamesIncidentWithoutBeingEmergency,
    /// An open or closed pull request beside the changes.
    NotMerged,
    ObjectionAfterMerge,
    OneSecondLate,
    OutsideReleasedBranches,
    ReleaseBranch,
    ReviewNotSubmitted,
    SelfApproval,
    TemplateWithEmergencyWords,
    TicketNamesPullRequestOnly,
    WithdrawnApproval,
    WithoutReviewData,
}

impl Trap {
    /// True when the exports of a tool chain can hold it.
    pub(crate) fn shows(self, carries: Carries) -> bool {
        match self {
            Self::CommentsOnly => carries.comments,
            Self::AuthorDeleted | Self::DeletedReviewer => carries.deleted_accounts,
            Self::DismissedApproval => carries.dismissed_reviews,
            Self::HotfixBranchReviewed
            | Self::HotfixBranchWithIncidentReviewed
            | Self::LowerCaseKeyInBranch
            | Self::ReleaseBranch => carries.branches,
            Self::NotMerged | Self::OutsideReleasedBranches | Self::TicketNamesPullRequestOnly => {
                !carries.changes_are_tickets
            }
            Self::ReviewNotSubmitted => carries.pending_reviews,
            _ => true,
        }
    }
}

impl Change {
    /// The change of a place.
    pub(crate) fn at(chance: &Chance, layout: &Layout, exports: &Exports, place: Place) -> Self {
        let mut draws = chance.of(Purpose::Outline, place.record());
        let seen_until = exports.seen_until(&place);
        match place.role {
            Role::Emergency { ordinal, of_block } => {
                emergency::outline(chance, layout, place, (ordinal, of_block), seen_until, &mut draws)
            }
            Role::Other(share) => routine::outline(layout, place, share, seen_until, &mut draws),
        }
    }

    /// Its repository.
    pub(crate) fn repository(&self) -> &'static Repository {
        repository(self.place.repository)
    }

    /// The label that makes it an emergency.
    pub(crate) fn emergency_label(&self) -> Option<&'static str> {
        self.labels.iter().copied().find(|label| EMERGENCY_LABELS.contains(label))
    }

    /// Place among all emergencies of the story, whether they count or not.
    pub(crate) fn ordinal(&self) -> Option<u64> {
        match self.place.role {
            Role::Emergency { ordinal, .. } => Some(ordinal),
            Role::Other(_) => None,
        }
    }
}

/// When planned work that was opened at a moment is merged: after minutes to days, in working hours, and in time for the
/// last export that can show it.
pub(crate) fn planned_merge(opened: i64, seen_until: i64, draws: &mut ChaCha8Rng) -> i64 {
    let lead = match draws.random_range(0..10) {
        0..=2 => draws.random_range(25 * 60..3 * HOUR),
        3..=6 => draws.random_range(3 * HOUR..26 * HOUR),
        7 | 8 => draws.random_range(26 * HOUR..4 * DAY),
        _ => draws.random_range(4 * DAY..11 * DAY),
    };
    let merged = into_working_hours(opened + lead);
    let latest = seen_until.min(LAST_MERGE);
    if merged <= latest {
        return merged;
    }
    // Too late: it is merged the same day instead.
    (opened + lead.min(HOUR + lead % (2 * HOUR))).min(latest)
}

/// Who pressed the button: mostly the author, often the reviewer, and sometimes the export does not say.
pub(crate) fn merger(author: Account, other: Option<Person>, draws: &mut ChaCha8Rng) -> Option<Account> {
    let other = other.map(Account::Person);
    match (draws.random_range(0..100), author) {
        (0..=1, _) => None,
        (2..=40, Account::Person(_)) => Some(author),
        (_, Account::Person(_)) => other.or(Some(author)),
        _ => other,
    }
}

/// True when a known human merged their own change.
pub(crate) fn is_self_merge(author: Account, merged_by: Option<Account>) -> bool {
    author.person().is_some() && merged_by == Some(author)
}

/// Labels that say nothing about emergencies, some of them nearly.
pub(crate) fn plain_labels(draws: &mut ChaCha8Rng) -> Vec<&'static str> {
    const PLAIN: [&str; 10] = [
        "backend",
        "frontend",
        "enhancement",
        "bug",
        "refactoring",
        "documentation",
        "size/S",
        "size/M",
        "hotfix-candidate",
        "non-emergency",
    ];
    let count = draws.random_range(0..3_u64);
    let first = draws.random_range(0..97_u64);
    (0..count).map(|n| entry(&PLAIN, first + n * 3)).collect()
}
