//! The emergencies, made from their circumstances.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::chance::{Chance, Spread, entry};
use crate::company::people::{Account, Person, Team};
use crate::company::repositories::{STATUS_PAGE, repository};
use crate::story::change::{
    Approval, Base, Change, Class, EMERGENCY_LABELS, Incident, Review, ReviewState, Subject, TicketFoundIn, Trap,
    Verdicts, is_self_merge, merger, plain_labels,
};
use crate::story::circumstances::{Circumstances, Kind};
use crate::story::history::{History, is_self_approved};
use crate::story::layout::{Layout, Place};
use crate::story::seasons::SEASONS;

/// The outline of an emergency.
pub(crate) fn outline(
    chance: &Chance,
    layout: &Layout,
    place: Place,
    (ordinal, of_block): (u64, u64),
    seen_until: i64,
    draws: &mut ChaCha8Rng,
) -> Change {
    let [first_season, ..] = SEASONS;
    let circumstances = Circumstances {
        chance,
        season: SEASONS.get(place.season).copied().unwrap_or(first_season),
        place,
        ordinal,
        of_block,
        seen_until,
    };
    let team = repository(place.repository).team;
    let kind = circumstances.kind();
    let (opened, merged) = circumstances.dates(layout, draws);
    let author = match kind {
        Kind::Automation => Account::Bot("renovate"),
        _ if ordinal % 37 == 20 && circumstances.stamped_at().is_none() => Account::Deleted,
        _ => Account::Person(team.member(draws.random_range(0..1_000))),
    };
    let reviewer = reviewer(&circumstances, team, author, draws.random_range(0..1_000));
    let review = reviews(&circumstances, kind, (opened, merged), author, reviewer, draws);
    let merged_by = match author {
        Account::Bot(_) => Some(Account::Bot("github-actions")),
        _ => merger(author, reviewer.filter(|_| place.repository != STATUS_PAGE), draws),
    };
    let incident = circumstances.incident(kind);
    let evidence = circumstances.evidence(kind, merged, draws);
    let ticket = circumstances.ticket(kind, incident, &evidence);
    let mut change = Change {
        place,
        author,
        merged_by,
        opened,
        merged,
        base: if ordinal % 14 == 6 { Base::Release } else { Base::Default },
        reviews: review.reviews,
        labels: labels(kind, draws),
        subject: subject(kind, circumstances.even(Spread::History)),
        verdicts: Verdicts {
            in_population: true,
            class: if kind.is_declared() { Class::Declared } else { Class::Unlabelled },
            approval: review.approval,
            self_merged: is_self_merge(author, merged_by),
            self_approved: review.self_approved,
        },
        ticket,
        incident,
        evidence,
        traps: review.traps,
    };
    note_traps(&mut change, kind);
    change
}

/// Somebody who may review: a colleague, or for the lonely repository somebody of the platform team.
fn reviewer(circumstances: &Circumstances<'_>, team: Team, author: Account, n: u64) -> Option<Person> {
    if circumstances.stamped_at().is_some() {
        return Some(team.lead());
    }
    let team = if circumstances.place.repository == STATUS_PAGE { Team::PLATFORM } else { team };
    team.colleague(author.person(), n)
}

struct Reviewed {
    reviews: Vec<Review>,
    approval: Approval,
    self_approved: bool,
    traps: Vec<Trap>,
}

fn reviews(
    circumstances: &Circumstances<'_>,
    kind: Kind,
    (opened, merged): (i64, i64),
    author: Account,
    reviewer: Option<Person>,
    draws: &mut ChaCha8Rng,
) -> Reviewed {
    let mut history = History::new(opened, merged);
    let (afterwards, trap) = circumstances.review_afterwards(merged, draws);
    let approved_first = kind == Kind::ReviewedHotfix
        || (kind.is_declared()
            && circumstances.stamped_at().is_none()
            && !circumstances.place.is_pending()
            && circumstances.even(Spread::Review) < circumstances.season.approved_first);
    let mut approval = Approval::Never;
    if circumstances.place.lacks_reviews() {
        approval = Approval::Unknown;
    } else if let (true, Some(by)) = (approved_first, reviewer) {
        history.approved(circumstances.ordinal, author, by, None);
        approval = Approval::Before;
    } else {
        let before = if circumstances.place.repository == STATUS_PAGE { 0 } else { circumstances.ordinal };
        history.not_approved(before, author, reviewer);
        match (afterwards, reviewer) {
            (Some(at), Some(by)) if at <= circumstances.seen_until => {
                history.add(Account::Person(by), ReviewState::Approved, at);
                if let Some(trap) = trap {
                    history.trap(trap);
                }
                approval = Approval::After { at, by };
            }
            (_, Some(by)) => history.nothing_afterwards(circumstances.ordinal, by, draws),
            _ => {}
        }
    }
    let (reviews, traps) = history.finish(circumstances.seen_until);
    let self_approved = is_self_approved(author, &reviews);
    Reviewed { reviews, approval, self_approved, traps }
}

fn labels(kind: Kind, draws: &mut ChaCha8Rng) -> Vec<&'static str> {
    let mut labels = plain_labels(draws);
    let label = entry(&EMERGENCY_LABELS, draws.random_range(0..600));
    match kind {
        Kind::Label | Kind::LabelAndTicket => labels.push(label),
        Kind::Automation => labels = vec!["dependencies"],
        _ => {}
    }
    labels
}

fn subject(kind: Kind, share: f64) -> Subject {
    if kind == Kind::Automation {
        return Subject::Dependency;
    }
    Subject::Repair {
        tagged: kind == Kind::TitleTag,
        urgent_words: kind == Kind::UrgentWords,
        hotfix_branch: match kind {
            Kind::HotfixBranch | Kind::ReviewedHotfix => true,
            Kind::Plain => false,
            _ => share < 0.4,
        },
    }
}

fn note_traps(change: &mut Change, kind: Kind) {
    let traps = &mut change.traps;
    if change.place.lacks_reviews() {
        traps.push(Trap::WithoutReviewData);
    }
    match kind {
        Kind::ReviewedHotfix => traps.push(Trap::HotfixBranchWithIncidentReviewed),
        Kind::Automation => traps.push(Trap::BotAuthor),
        Kind::TitleTag => traps.push(Trap::DeclaredByTitleOnly),
        Kind::TicketOnly => traps.push(Trap::DeclaredByTicketOnly),
        _ => {}
    }
    if change.author == Account::Deleted {
        traps.push(Trap::AuthorDeleted);
    }
    match change.incident {
        Incident::Dangling(_) => traps.push(Trap::IncidentDangling),
        Incident::Linked { duplicate: true, .. } => traps.push(Trap::IncidentMergedIntoAnother),
        Incident::Linked { two_way: false, .. } => traps.push(Trap::IncidentOneWay),
        _ => {}
    }
    if change.incident.is_named_by_ticket() {
        traps.push(Trap::IncidentNamedByTicketOnly);
    }
    if change.evidence.hollow.is_some() {
        traps.push(Trap::HollowEvidence);
    }
    if change.base == Base::Release {
        traps.push(Trap::ReleaseBranch);
    }
    match change.ticket.map(|ticket| ticket.found_in) {
        Some(TicketFoundIn::Branch) => traps.push(Trap::LowerCaseKeyInBranch),
        Some(TicketFoundIn::TicketDescription) => traps.push(Trap::TicketNamesPullRequestOnly),
        _ => {}
    }
}
