//! Ledgers of any shape: few people and few moments, so that ties, equal times and odd combinations are common.

mod delivery;
mod kinds;
mod policies;
mod quotes;

use change_ledger_model::{
    Timestamp,
    attestation::{AttestationKind, Attested},
    columns::{
        AttestationRow, AuthorisationRow, HitOwner, IncidentLinkRow, IncidentRow, LedgerColumns, TextHitRow,
        TicketLinkRow, TicketRow,
    },
    person::PersonKind,
    policy::{PolicyHistory, patterns::TextSignal},
    record::{FoundIn, Verdict},
};
use policies::{policy, version};
use proptest::{bool::weighted, collection::vec, option, prelude::*, sample::select};
use quotes::{LABELS, quote, quote_hits};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 1 January 2025, 00:00 UTC.
const BEGIN: i64 = 1_735_689_600_000;

/// Days after [`BEGIN`] on which clocks change: New York in March, Berlin in March, Cairo at midnight in April and
/// October, Berlin in October, New York in November.
const CLOCK_CHANGES: [i64; 6] = [67, 88, 114, 303, 298, 305];

/// Days after [`BEGIN`]: 29 February 2024.
const LEAP_DAY: i64 = -307;

const PEOPLE: [(&str, PersonKind); 8] = [
    ("ann", PersonKind::Human),
    ("bob", PersonKind::Human),
    ("cat", PersonKind::Human),
    ("dan", PersonKind::Human),
    ("eve", PersonKind::Human),
    ("ci[bot]", PersonKind::Bot),
    ("renovate[bot]", PersonKind::Bot),
    ("", PersonKind::Deleted),
];
/// Every name of those who go by several.
const ALSO_KNOWN_AS: [&[&str]; 3] = [&["ann", "dana"], &["dan", "leo"], &["Evelyn", "eve"]];
const AUTHORISERS: [&str; 6] = ["Dana", "leo, engineering lead", "the CTO", "@leo", "director", "asked the CTO"];
const BRANCHES: [&str; 4] = ["main", "release/2", "develop", "feature/x"];
const REPOSITORIES: [&str; 3] = ["acme/Pay", "acme/web", "tools"];
const TICKETS: u32 = 6;
const INCIDENTS: u32 = 5;

/// A ledger, its policies, and the moment at which it is judged.
#[derive(Debug, Clone)]
pub struct Case {
    pub ledger: LedgerColumns,
    pub policies: PolicyHistory,
    pub as_of: Timestamp,
}

pub fn case() -> impl Strategy<Value = Case> {
    let policies = (policy(), vec((0..500_i64, policy()), 0..3)).prop_map(|(first, later)| {
        let history = PolicyHistory::initial().unwrap().then(version(first, None));
        later.into_iter().fold(history, |history, (day, policy)| {
            history.then(version(policy, Timestamp::from_millis(BEGIN + day * DAY + 9 * HOUR)))
        })
    });
    let changes = prop_oneof![1 => vec(change(), 0..3), 8 => vec(change(), 0..60)];
    let tickets = vec(any::<[bool; 3]>(), TICKETS as usize);
    let incidents = vec(incident(), INCIDENTS as usize);
    let hits = vec(record_hit(), 0..40);
    let untold = option::weighted(0.3, 0..5_i64);
    ((policies, untold), changes, tickets, incidents, hits, 0..600_i64, delivery::deliveries()).prop_map(
        |((policies, untold), mut changes, tickets, incidents, hits, day, deliveries)| {
            if let Some(quarter) = untold {
                changes.iter_mut().for_each(|change| leave_untold(change, quarter));
            }
            let mut ledger = deliveries.add_to(ledger(changes, &tickets, incidents, hits));
            ledger.set_clock(&policies);
            Case { ledger, policies, as_of: Timestamp::from_millis(BEGIN + day * DAY + 10 * HOUR).unwrap() }
        },
    )
}

/// Of the changes of one quarter the files tell nothing but that they are there.
fn leave_untold(change: &mut Change, quarter: i64) {
    let begins = BEGIN + quarter * 91 * DAY;
    if change.facts.implemented.is_some_and(|at| (begins..begins + 92 * DAY).contains(&at)) {
        change.reviews.clear();
        let facts = &mut change.facts;
        (facts.coverage, facts.labels_known, facts.texts_known, facts.merged_by, facts.head) =
            (0, false, false, None, None);
    }
}

/// Who said what, when, of which commit, and how long after that a dismissed approval still stood.
type Said = (u32, u8, Option<ReviewTime>, Option<u32>, Option<i64>);

/// What a person attested: the kind, whether it takes back, milliseconds after the implementation, the incidents named, and
/// who it is: their name, and whom the files know by it.
type Stated = (AttestationKind, bool, i64, Vec<Option<u32>>, (&'static str, Vec<u32>));

/// One change and everything that is about it. Times of reviews and remarks count from its implementation.
#[derive(Debug, Clone)]
struct Change {
    facts: Facts,
    reviews: Vec<Said>,
    commit_authors: Vec<u32>,
    hits: Vec<(TextSignal, u32)>,
    labels: Vec<(usize, u32)>,
    tickets: Vec<u32>,
    incidents: Vec<(Option<u32>, bool)>,
    attestations: Vec<Stated>,
}

#[derive(Debug, Clone)]
struct Facts {
    kind: u8,
    repository: u32,
    branch: Option<u32>,
    author: Option<u32>,
    merged_by: Option<u32>,
    implemented: Option<i64>,
    open_for: Option<i64>,
    coverage: u8,
    head: Option<u32>,
    bypassed: bool,
    labels_known: bool,
    texts_known: bool,
}

fn change() -> impl Strategy<Value = Change> {
    let person = 0..PEOPLE.len() as u32;
    let branch = prop_oneof![4 => Just(Some(0)), 1 => option::of(0..BRANCHES.len() as u32)];
    let implemented = (0..500_i64, 0..96_i64).prop_map(|(day, quarters)| BEGIN + day * DAY + quarters * 15 * MINUTE);
    // Near each other too, so that batches form, and on days when some zone changes its clocks.
    let together = (0..8_i64).prop_map(|minutes| BEGIN + 100 * DAY + minutes * 5 * MINUTE);
    let changing = (select(CLOCK_CHANGES.to_vec()), 0..192_i64)
        .prop_map(|(day, quarters)| BEGIN + day * DAY + (quarters - 48) * 15 * MINUTE);
    let leaping = (0..192_i64).prop_map(|quarters| BEGIN + LEAP_DAY * DAY + (quarters - 48) * 15 * MINUTE);
    let implemented = prop_oneof![
        5 => implemented.prop_map(Some),
        1 => leaping.prop_map(Some),
        4 => together.prop_map(Some),
        2 => changing.prop_map(Some),
        1 => Just(None),
    ];
    let facts = (
        (prop_oneof![9 => Just(0_u8), 1 => Just(1_u8)], 0..REPOSITORIES.len() as u32, branch, weighted(0.1)),
        (option::weighted(0.9, person.clone()), option::weighted(0.8, person.clone())),
        (implemented, option::weighted(0.9, select(vec![-5 * MINUTE, 0, 14 * MINUTE, 15 * MINUTE, 3 * HOUR, 9 * DAY]))),
        (prop_oneof![1 => Just(0_u8), 8 => Just(1_u8), 1 => Just(2_u8)], option::weighted(0.8, 0..3_u32)),
        (any::<bool>(), prop_oneof![3 => Just(true), 1 => Just(false)]),
    )
        .prop_map(
            |(
                (kind, repository, branch, bypassed),
                (author, merged_by),
                (implemented, open_for),
                (coverage, head),
                known,
            )| {
                Facts {
                    kind,
                    repository,
                    branch,
                    author,
                    merged_by,
                    implemented,
                    open_for,
                    coverage,
                    head,
                    bypassed,
                    labels_known: known.0,
                    texts_known: known.1,
                }
            },
        );
    let review = (
        prop_oneof![2 => person.clone(), 1 => Just(1_u32)],
        prop_oneof![5 => Just(0_u8), 2 => Just(1_u8), 1 => Just(2_u8), 1 => Just(3_u8), 1 => Just(4_u8), 1 => Just(5_u8)],
        option::weighted(0.9, review_time()),
        option::weighted(0.8, 0..3_u32),
        option::weighted(0.2, select(vec![0, 1, HOUR, 2 * HOUR, DAY, 3 * DAY, 90 * DAY])),
    );
    let signal = select(vec![
        TextSignal::EmergencyLabel,
        TextSignal::HotfixBranch,
        TextSignal::EmergencyWords,
        TextSignal::Authorisation,
        TextSignal::Justification,
        TextSignal::Documentation,
        TextSignal::Exempting,
        TextSignal::RollbackPlan,
    ]);
    (
        facts,
        vec(review, 0..5),
        vec(person, 0..2),
        (vec((signal, select(vec![0_u32, 0, 1, 2])), 0..3), vec((0..LABELS.len(), 0..3_u32), 0..3)),
        vec(0..TICKETS, 0..3),
        vec((option::weighted(0.7, 0..INCIDENTS), any::<bool>()), 0..2),
        prop_oneof![2 => Just(Vec::new()), 1 => vec(stated(), 1..5)],
    )
        .prop_map(|(facts, reviews, commit_authors, (hits, labels), tickets, incidents, attestations)| Change {
            facts,
            reviews,
            commit_authors,
            hits,
            labels,
            tickets,
            incidents,
            attestations,
        })
}

fn stated() -> impl Strategy<Value = Stated> {
    let kind = select(AttestationKind::ALL.to_vec());
    let about = select(vec![-DAY, 0, HOUR, DAY, 2 * DAY, 30 * DAY]);
    let by = (select([&AUTHORISERS[..], &["deploy[bot]"]].concat()), vec(0..PEOPLE.len() as u32, 0..3));
    (kind, weighted(0.2), about, vec(option::weighted(0.7, 0..INCIDENTS), 0..3), by)
}

/// When a review was submitted.
#[derive(Debug, Clone, Copy)]
enum ReviewTime {
    /// So many milliseconds after the implementation.
    After(i64),
    /// On the day on which people catch up with their reviews.
    CatchingUp(i64),
}

fn review_time() -> impl Strategy<Value = ReviewTime> {
    let near_a_deadline =
        select(vec![-3 * DAY, -2 * HOUR, -1, 0, 1, 5 * MINUTE, DAY - 1, DAY, DAY + 1, 2 * DAY, 4 * DAY]);
    let after = prop_oneof![3 => near_a_deadline, 1 => -5 * DAY..9 * DAY];
    let catching_up = (0..6_i64).prop_map(|n| BEGIN + 101 * DAY + n * 5 * MINUTE);
    prop_oneof![3 => after.prop_map(ReviewTime::After), 2 => catching_up.prop_map(ReviewTime::CatchingUp)]
}

/// Hits on tickets and incidents.
fn record_hit() -> impl Strategy<Value = TextHitRow> {
    let owner = prop_oneof![(0..TICKETS).prop_map(HitOwner::Ticket), (0..INCIDENTS).prop_map(HitOwner::Incident)];
    let signal = select(vec![
        TextSignal::EmergencyLabel,
        TextSignal::Authorisation,
        TextSignal::Justification,
        TextSignal::Documentation,
        TextSignal::ReviewRecord,
        TextSignal::RollbackPlan,
    ]);
    let at = prop_oneof![0..500 * DAY, (0..8_i64).prop_map(|n| 100 * DAY + n * 5 * MINUTE), 100 * DAY..103 * DAY];
    (owner, select(vec![0_u32, 0, 1, 2]), signal, option::weighted(0.9, at)).prop_map(
        |(owner, pattern_set, signal, at)| TextHitRow { owner, pattern_set, signal, at: at.map(|at| BEGIN + at) },
    )
}

fn incident() -> impl Strategy<Value = IncidentRow> {
    let text =
        |choices: &[&str]| option::weighted(0.9, select(choices.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()));
    (
        option::weighted(0.9, prop_oneof![0..500_i64, Just(100_i64)]),
        option::weighted(0.7, select(vec![-DAY, 0, 10 * MINUTE, HOUR, 40 * DAY])),
        text(&["P1", "sev1 ", "P3", "Critical"]),
        text(&["pay", "ACME/PAY", "web", "tools", "billing"]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(day, open_for, severity, service, notes_known, has_ended)| {
            let opened_at = day.map(|day| BEGIN + day * DAY);
            let resolved_at = open_for.map(|open_for| opened_at.unwrap_or(BEGIN) + open_for);
            IncidentRow { key: 1, opened_at, resolved_at, has_ended, severity, urgency: None, service, notes_known }
        })
}

fn ledger(
    changes: Vec<Change>,
    tickets: &[[bool; 3]],
    incidents: Vec<IncidentRow>,
    hits: Vec<TextHitRow>,
) -> LedgerColumns {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let mut ledger = LedgerColumns {
        data_version: 1,
        people: PEOPLE.iter().map(|(handle, kind)| ((*handle).to_owned(), *kind)).collect(),
        names_of_people: ALSO_KNOWN_AS.iter().map(|of_one| names(of_one)).collect(),
        repositories: names(&REPOSITORIES),
        branches: names(&BRANCHES),
        attestations: Vec::new(),
        hits,
        tickets: tickets
            .iter()
            .map(|[has_reason, texts, notes]| TicketRow {
                key: 1,
                has_reason: *has_reason,
                texts_known: *texts && *notes,
                notes_known: *notes,
            })
            .collect(),
        incidents,
        ..LedgerColumns::default()
    };
    for (row, change) in (0..).zip(changes) {
        add(&mut ledger, row, change);
    }
    let found = ledger.hits.iter().filter(|hit| hit.signal == TextSignal::Authorisation);
    ledger.authorisations = found
        .zip(AUTHORISERS.iter().cycle())
        .map(|(hit, by)| AuthorisationRow {
            owner: hit.owner,
            pattern_set: hit.pattern_set,
            at: hit.at,
            by: (*by).to_owned(),
        })
        .collect();
    quote_hits(&mut ledger);
    ledger
}

fn add(ledger: &mut LedgerColumns, row: u32, change: Change) {
    let Change { facts, reviews, commit_authors, hits, labels, tickets, incidents, attestations } = change;
    let columns = &mut ledger.changes;
    columns.key.push(i64::from(row));
    columns.kind.push(facts.kind);
    columns.repository.push(facts.repository);
    columns.base_branch.push(facts.branch);
    columns.author.push(facts.author);
    columns.merged_by.push(facts.merged_by);
    columns.opened_at.push(facts.open_for.map(|open_for| facts.implemented.unwrap_or(BEGIN) - open_for));
    columns.implemented_at.push(facts.implemented);
    columns.review_coverage.push(facts.coverage);
    columns.labels_known.push(facts.labels_known);
    columns.texts_known.push(facts.texts_known);
    columns.head_commit.push(facts.head);
    if facts.bypassed {
        ledger.bypassed.push(row);
    }
    for (reviewer, verdict, time, commit, stood_for) in reviews {
        let submitted = |time| match time {
            ReviewTime::After(after) => facts.implemented.unwrap_or(BEGIN) + after,
            ReviewTime::CatchingUp(at) => at,
        };
        ledger.reviews.change.push(row);
        ledger.reviews.reviewer.push(reviewer);
        ledger.reviews.verdict.push(verdict);
        ledger.reviews.submitted_at.push(time.map(submitted));
        ledger.reviews.commit.push(commit);
        let given = time.map_or(facts.implemented.unwrap_or(BEGIN), submitted);
        let until = stood_for.filter(|_| verdict == Verdict::Approved as u8).map(|stood_for| given + stood_for);
        ledger.reviews.stood_until.push(until);
    }
    ledger.commit_authors.extend(commit_authors.into_iter().map(|person| (row, person)));
    let owner = HitOwner::Change(row);
    ledger.hits.extend(hits.into_iter().map(|(signal, pattern_set)| TextHitRow {
        owner,
        pattern_set,
        signal,
        at: None,
    }));
    let label = |(label, set): (usize, u32)| quote(owner, set, TextSignal::Category, None, LABELS[label]);
    ledger.quotes.extend(labels.into_iter().map(label));
    ledger.attestations.extend(attestations.into_iter().zip(1..).map(
        |((kind, withdraws, after, incidents, by), number)| {
            let at = Timestamp::from_millis(facts.implemented.unwrap_or(BEGIN) + after).unwrap();
            let (event, what) = (i64::from(row) * 100 + number, Attested { kind, withdraws, at });
            AttestationRow { event, change: row, what, names: vec![by.0.to_owned()], people: by.1, incidents }
        },
    ));
    let found_in = FoundIn::Body;
    ledger.ticket_links.extend(tickets.into_iter().map(|ticket| TicketLinkRow { change: row, ticket, found_in }));
    ledger.incident_links.extend(incidents.into_iter().map(|(incident, two_way)| IncidentLinkRow {
        change: row,
        incident,
        via_ticket: None,
        found_in,
        two_way,
    }));
}
