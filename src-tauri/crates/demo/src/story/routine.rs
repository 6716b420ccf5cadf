//! Everything that is not an emergency, with the things that look a little like one.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::calendar::into_working_hours;
use crate::chance::{branch, entry, happens};
use crate::company::people::Account;
use crate::company::repositories::repository;
use crate::story::change::{
    Approval, Base, Change, Class, Evidence, Incident, ReviewState, Subject, TicketFoundIn, TicketLink, Trap, Verdicts,
    is_self_merge, merger, plain_labels, planned_merge,
};
use crate::story::history::{History, is_self_approved};
use crate::story::layout::{Layout, Place, Role};

/// What a change that is no emergency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Outside,
    Bot,
    AuthorDeleted,
    Release,
    FollowUp,
    HotfixBranch,
    MentionsEmergency,
    Planned,
}

/// The outline of a change that is no emergency.
pub(crate) fn outline(layout: &Layout, place: Place, share: f64, seen_until: i64, draws: &mut ChaCha8Rng) -> Change {
    let kinds = [
        (0.045, Kind::Outside),
        (0.115, Kind::Bot),
        (0.02, Kind::AuthorDeleted),
        (0.03, Kind::Release),
        (0.04, Kind::FollowUp),
        (0.025, Kind::HotfixBranch),
        (0.025, Kind::MentionsEmergency),
    ];
    let kind = branch(share, &kinds, Kind::Planned);
    let team = repository(place.repository).team;
    let author = match kind {
        Kind::Bot => Account::Bot(entry(&["dependabot", "renovate", "github-actions"], draws.random_range(0..11))),
        Kind::AuthorDeleted => Account::Deleted,
        _ if happens(0.08, draws) => Account::Person(team.lead()),
        _ => Account::Person(team.member(draws.random_range(0..1_000))),
    };
    let opened = layout.opened(&place);
    let merged = planned_merge(opened, seen_until, draws);
    let seat = draws.random_range(0..1_000);
    let reviewer = team.colleague(author.person(), seat);
    let second =
        (1..4).filter_map(|step| team.colleague(author.person(), seat + step)).find(|person| Some(*person) != reviewer);

    let mut history = History::new(opened, merged);
    let mut approval = Approval::Before;
    if place.lacks_reviews() {
        approval = Approval::Unknown;
        history.trap(Trap::WithoutReviewData);
    } else if let Some(by) = reviewer.filter(|_| kind != Kind::Outside || happens(0.5, draws)) {
        history.approved(place.slot, author, by, second);
    } else {
        approval = Approval::Never;
        history.not_approved(place.slot, author, reviewer);
    }
    if let (true, Some(by)) = (happens(0.15, draws) && approval == Approval::Before, second) {
        let at = into_working_hours(merged + draws.random_range(900..40_000));
        history.add(Account::Person(by), ReviewState::Commented, at);
    }
    let (reviews, mut traps) = history.finish(seen_until);
    let self_approved = is_self_approved(author, &reviews);
    let merged_by = merger(author, reviewer, draws);
    let incident = incident(kind, layout, &place, draws);
    let ticket = ticket(kind, draws);
    traps.extend(trap_of(kind));
    if ticket.is_some_and(|ticket| ticket.found_in == TicketFoundIn::Branch) {
        traps.push(Trap::LowerCaseKeyInBranch);
    }
    let urgent_elsewhere = kind == Kind::Outside && happens(0.4, draws);
    Change {
        place,
        author,
        merged_by,
        opened,
        merged,
        base: base(kind, draws),
        reviews,
        labels: labels(kind, urgent_elsewhere, draws),
        subject: subject(kind, incident, urgent_elsewhere),
        verdicts: Verdicts {
            in_population: kind != Kind::Outside,
            class: if urgent_elsewhere { Class::Declared } else { Class::Routine },
            approval,
            self_merged: is_self_merge(author, merged_by),
            self_approved,
        },
        ticket,
        incident,
        evidence: Evidence::default(),
        traps,
    }
}

fn incident(kind: Kind, layout: &Layout, place: &Place, draws: &mut ChaCha8Rng) -> Incident {
    let near = layout.emergency_near(place, draws.random_range(0..1_000));
    match (kind, near.map(|near| near.role)) {
        (Kind::FollowUp, Some(Role::Emergency { ordinal, .. })) => Incident::Of { ordinal },
        _ => Incident::None,
    }
}

fn ticket(kind: Kind, draws: &mut ChaCha8Rng) -> Option<TicketLink> {
    let named = happens(0.72, draws);
    let found = [(0.3, TicketFoundIn::Title), (0.45, TicketFoundIn::Body), (0.2, TicketFoundIn::Branch)];
    let found_in = branch(draws.random(), &found, TicketFoundIn::TicketDescription);
    (named && kind != Kind::Bot).then_some(TicketLink { found_in, emergency: None })
}

fn base(kind: Kind, draws: &mut ChaCha8Rng) -> Base {
    let development = entry(
        &["develop", "feature/manifest-v2", "staging", "feature/tariff-import", "main-next"],
        draws.random_range(0..500),
    );
    match kind {
        Kind::Outside => Base::Development(development),
        Kind::Release => Base::Release,
        _ => Base::Default,
    }
}

fn labels(kind: Kind, urgent_elsewhere: bool, draws: &mut ChaCha8Rng) -> Vec<&'static str> {
    let mut labels = plain_labels(draws);
    if kind == Kind::Bot {
        labels = vec!["dependencies"];
    }
    if urgent_elsewhere {
        labels.push("hotfix");
    }
    labels
}

fn subject(kind: Kind, incident: Incident, urgent_elsewhere: bool) -> Subject {
    match kind {
        Kind::Bot => Subject::Dependency,
        Kind::HotfixBranch => Subject::HotfixBranchOnly,
        Kind::MentionsEmergency => Subject::MentionsEmergency,
        Kind::FollowUp if incident != Incident::None => Subject::FollowUp,
        Kind::Outside if urgent_elsewhere => {
            Subject::Repair { tagged: false, urgent_words: true, hotfix_branch: false }
        }
        _ => Subject::Planned,
    }
}

fn trap_of(kind: Kind) -> Option<Trap> {
    match kind {
        Kind::Outside => Some(Trap::OutsideReleasedBranches),
        Kind::Bot => Some(Trap::BotAuthor),
        Kind::AuthorDeleted => Some(Trap::AuthorDeleted),
        Kind::Release => Some(Trap::ReleaseBranch),
        Kind::HotfixBranch => Some(Trap::HotfixBranchReviewed),
        Kind::MentionsEmergency => Some(Trap::MentionsEmergencyOnly),
        Kind::FollowUp => Some(Trap::NamesIncidentWithoutBeingEmergency),
        Kind::Planned => None,
    }
}
