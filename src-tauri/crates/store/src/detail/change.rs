use super::{
    labels,
    links::{self, LinkDetails, LinkedIncident, LinkedTicket, NamedThing},
    maybe_time, ticket,
};
use crate::{
    ChangeRow, Ledger, Revision, StoreError, jira_names,
    linking::merge,
    part::Part,
    table::{
        Kind,
        change::{AWAITED, StoredChange},
        commit::Commit,
        event::time,
        person,
        review::{self, StoredReview},
    },
};
use change_ledger_model::{
    Timestamp,
    identity::IdentityMap,
    person::Person,
    policy::patterns::TextSignal,
    record::{ChangeKind, ChangeState, FoundIn, ReviewCoverage, Verdict},
};
use rusqlite::{Connection, OptionalExtension};

/// A change, merged from all its imported versions. Its description is in the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDetail {
    /// What a list shows of it.
    pub row: ChangeRow,
    /// The tool it comes from.
    pub source: String,
    /// How far it got.
    pub state: ChangeState,
    /// Who merged it.
    pub merged_by: Option<Person>,
    /// Known authors and co-authors of its commits.
    pub commit_authors: Vec<Person>,
    /// When the source last changed it.
    pub updated_at: Option<Timestamp>,
    /// Branch it came from.
    pub head_branch: Option<String>,
    /// Commit that the merge made.
    pub merge_commit: Option<String>,
    /// Last commit of the branch that was merged.
    pub head_commit: Option<String>,
    /// Labels; `None` when no export had any.
    pub labels: Option<Vec<String>>,
    /// Category as the source says it.
    pub category: Option<String>,
    /// How much review data the imports carried.
    pub review_coverage: ReviewCoverage,
    /// Reviews, in the order of their submission.
    pub reviews: Vec<ReviewDetail>,
    /// Linked tickets. For a change ticket: itself.
    pub tickets: Vec<LinkedTicket>,
    /// Linked incidents, imported or not.
    pub incidents: Vec<LinkedIncident>,
    /// Everything that its texts and link fields name.
    pub named: Vec<NamedThing>,
    /// What policies' words found in its texts and in those of its tickets and incidents.
    pub found: Vec<FoundText>,
    /// Every imported version, the latest import first.
    pub revisions: Vec<Revision>,
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewDetail {
    /// Who reviewed.
    pub reviewer: Person,
    /// What they said. [`Verdict::Dismissed`] where it was dismissed and nothing shows what it said before.
    pub verdict: Verdict,
    /// The dismissal of an approval that an export shows standing, or that the same person took back.
    pub dismissal: Option<DismissalBounds>,
    /// Of when a newer complete list of the change's reviews is that no longer shows this approval, while nothing shows
    /// that it stood at the implementation: it is in doubt.
    pub missing_since: Option<Timestamp>,
    /// When it was submitted.
    pub submitted_at: Option<Timestamp>,
    /// The commit that was reviewed.
    pub commit: Option<String>,
    /// Web address.
    pub url: Option<String>,
}

/// Between which moments an approval was dismissed or taken back, as far as exports show it. Both are the same where the
/// source dates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DismissalBounds {
    /// The newest export that shows the approval standing is of this moment.
    pub stood_until: Timestamp,
    /// The oldest export that shows it dismissed is of this one.
    pub dismissed_by: Option<Timestamp>,
}

/// One place where a pattern of a policy matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundText {
    /// What it means.
    pub signal: TextSignal,
    /// The text that matched.
    pub text: String,
    /// When the text was written, where it is dated.
    pub at: Option<Timestamp>,
    /// Id of the record in which it stands: the change, a linked ticket or incident.
    pub record: String,
    /// Where in that record; a type or category counts as a field made for it.
    pub found_in: FoundIn,
    /// The pattern set: [`change_ledger_model::policy::Patterns::fingerprint`].
    pub pattern_set: String,
}

impl Ledger {
    /// Everything known of a change (or change ticket), by its row id.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none.
    pub fn change_detail(&self, key: i64) -> Result<ChangeDetail, StoreError> {
        let connection = &self.connection;
        let row = self.change_rows(&[key])?.pop().ok_or_else(|| StoreError::Unknown(format!("change {key}")))?;
        let revisions = self.revisions(key)?;
        if row.kind == ChangeKind::ChangeTicket
            && let Some(ticket) = ticket::maybe_load(connection, key)?
        {
            return of_ticket(connection, row, ticket, revisions);
        }
        let change = StoredChange::load(connection, key)?;
        let links = links::of_change(connection, key, &change, &row.repository)?;
        let list =
            List { at: review::listed_at(change.review_coverage, &change.ages), implemented: change.implemented_at };
        // What is stated comes with each account; only accounts of change tickets may go by a name alone.
        let stated = IdentityMap::default();
        let reviews = reviews(connection, key, list, &stated)?;
        let coverage = review::coverage(change.review_coverage, reviews.len())?;
        let mut detail = ChangeDetail {
            source: change.source.into_owned(),
            state: state_from(change.state)?,
            merged_by: change.merged_by.map(|id| person::known(connection, id)).transpose()?,
            commit_authors: commit_authors(connection, key, &stated)?,
            updated_at: maybe_time(change.updated_at)?,
            head_branch: change.head_branch.map(Into::into),
            merge_commit: change.merge_commit.as_ref().map(Commit::to_text),
            head_commit: change.head_commit.as_ref().map(Commit::to_text),
            labels: labels(change.labels.as_deref())?,
            category: change.category.map(Into::into),
            review_coverage: coverage,
            reviews,
            tickets: Vec::new(),
            incidents: Vec::new(),
            named: Vec::new(),
            found: Vec::new(),
            revisions,
            row,
        };
        found_texts(connection, (Kind::Change, key), &detail.row.id, &mut detail.found)?;
        detail.linked(connection, links)?;
        Ok(detail)
    }
}

impl ChangeDetail {
    fn linked(&mut self, connection: &Connection, links: LinkDetails) -> Result<(), StoreError> {
        for linked in &links.tickets {
            found_texts(connection, (Kind::Ticket, linked.ticket.key), &linked.ticket.id, &mut self.found)?;
        }
        for incident in links.incidents.iter().filter_map(|linked| linked.incident.as_ref()) {
            for key in merge::united(connection, incident.key)? {
                found_texts(connection, (Kind::Incident, key), &incident.id, &mut self.found)?;
            }
        }
        self.tickets = links.tickets;
        self.incidents = links.incidents;
        self.named = links.named;
        Ok(())
    }
}

fn of_ticket(
    connection: &Connection,
    row: ChangeRow,
    ticket: super::TicketDetail,
    revisions: Vec<Revision>,
) -> Result<ChangeDetail, StoreError> {
    let links = links::of_change_ticket(connection, ticket.key)?;
    let waiting = waiting_for_ticket(connection, &row.id)?;
    let mut detail = ChangeDetail {
        source: ticket.source,
        state: match (row.implemented_at, ticket.done) {
            (Some(_), _) => ChangeState::Implemented,
            (None, Some(true)) => ChangeState::ImplementedAtUnknown,
            (None, _) => ChangeState::Open,
        },
        merged_by: None,
        commit_authors: waiting.doers,
        updated_at: revisions.iter().find(|revision| revision.is_newest).and_then(|revision| revision.updated_at),
        head_branch: None,
        merge_commit: None,
        head_commit: None,
        labels: ticket.labels,
        category: ticket.change_type,
        review_coverage: waiting.coverage,
        reviews: waiting.reviews,
        tickets: Vec::new(),
        incidents: Vec::new(),
        named: Vec::new(),
        found: Vec::new(),
        revisions,
        row,
    };
    detail.linked(connection, links)?;
    Ok(detail)
}

/// What waits under the id of a change ticket until the ticket is known to be a change of its own.
struct Waiting {
    reviews: Vec<ReviewDetail>,
    coverage: ReviewCoverage,
    /// Who carries the change out, besides who raised it.
    doers: Vec<Person>,
}

fn waiting_for_ticket(connection: &Connection, id: &str) -> Result<Waiting, StoreError> {
    let sql = "SELECT key, review_coverage FROM change WHERE id = ?1 AND state = ?2";
    let found = connection
        .query_row(sql, rusqlite::params![id, AWAITED], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u8>(1)?)))
        .optional()?;
    let Some((key, carried)) = found else {
        return Ok(Waiting { reviews: Vec::new(), coverage: ReviewCoverage::NotCarried, doers: Vec::new() });
    };
    let identities = jira_names::identities(connection)?;
    let reviews = reviews(connection, key, List::default(), &identities)?;
    let coverage = review::coverage(carried, reviews.len())?;
    Ok(Waiting { reviews, coverage, doers: commit_authors(connection, key, &identities)? })
}

fn state_from(code: u8) -> Result<ChangeState, StoreError> {
    use ChangeState::{Abandoned, Implemented, ImplementedAtUnknown, Open};
    [Implemented, Open, Abandoned, ImplementedAtUnknown]
        .into_iter()
        .find(|state| *state as u8 == code)
        .ok_or_else(|| StoreError::Damaged(format!("{code} is no state of a change")))
}

/// A stored review with the person who gave it.
type Given = (StoredReview, Person);

/// The newest complete list of a change's reviews.
#[derive(Debug, Clone, Copy, Default)]
struct List {
    /// Of when it is; `None` where no file had one.
    at: Option<i64>,
    /// When the change was implemented.
    implemented: Option<i64>,
}

impl List {
    /// Whether it is newer than everything that shows an approval of this person.
    fn misses(self, (approval, approver): &Given, reviews: &[Given]) -> bool {
        let is_approval = |review: &StoredReview| review.verdict == Verdict::Approved as u8;
        let of_approver = || reviews.iter().filter(|(_, who)| who.handle == approver.handle).map(|(review, _)| review);
        let shown = of_approver().filter(|review| is_approval(review));
        // Who asked for changes at a known later time is listed with that.
        let replaced = approval.submitted_at.is_some()
            && of_approver().any(|review| {
                review.verdict == Verdict::ChangesRequested as u8 && review.submitted_at > approval.submitted_at
            });
        is_approval(approval) && !replaced && shown.map(|review| review.as_of).max() < self.at
    }
}

fn reviews(
    connection: &Connection,
    change: i64,
    list: List,
    identities: &IdentityMap,
) -> Result<Vec<ReviewDetail>, StoreError> {
    let mut stored = review::of_change(connection, change)?;
    stored.sort_by_key(|review| review.submitted_at);
    let with_reviewer = |review: StoredReview| -> Result<Given, StoreError> {
        let reviewer = jira_names::known(connection, identities, review.reviewer)?;
        Ok((review, reviewer))
    };
    let given = stored.into_iter().map(with_reviewer).collect::<Result<Vec<_>, _>>()?;
    let gone: Vec<Gone> = given.iter().map(|review| gone(review, &given, list)).collect();
    given.into_iter().zip(gone).map(|(review, gone)| review_detail(review, gone)).collect()
}

/// What became of an approval that no file calls dismissed.
#[derive(Debug, Clone, Copy, Default)]
struct Gone {
    /// From when until when it was taken back.
    between: Option<(i64, i64)>,
    /// Nobody knows since when before this moment.
    missing_since: Option<i64>,
}

fn gone(review: &Given, reviews: &[Given], list: List) -> Gone {
    if let Some(at) = withdrawn_at(review, reviews) {
        return Gone { between: Some((at, at)), missing_since: None };
    }
    let Some(listed_at) = list.at.filter(|_| list.misses(review, reviews)) else { return Gone::default() };
    let (approval, _) = review;
    match review::stood_until(approval.submitted_at, list.implemented, approval.as_of) {
        Some(until) => Gone { between: Some((until, listed_at)), missing_since: None },
        None => Gone { between: None, missing_since: Some(listed_at) },
    }
}

/// When the person who gave a dated approval took it back, or a push took everybody's back.
fn withdrawn_at((approval, approver): &Given, reviews: &[Given]) -> Option<i64> {
    let given = approval.submitted_at.filter(|_| approval.verdict == Verdict::Approved as u8)?;
    let concerns = |review: &StoredReview, by: &Person| {
        review.verdict == Verdict::Reset as u8
            || (review.verdict == Verdict::Withdrawn as u8 && by.handle == approver.handle)
    };
    let withdrawals = reviews.iter().filter(|(review, by)| concerns(review, by));
    withdrawals.map(|(review, _)| review).filter_map(|review| review.submitted_at).filter(|at| *at > given).min()
}

fn review_detail((review, reviewer): Given, gone: Gone) -> Result<ReviewDetail, StoreError> {
    let approved = review.dismissal.proven().filter(|(verdict, _)| *verdict == Verdict::Approved as u8);
    let code = approved.map_or(review.verdict, |(verdict, _)| verdict);
    let dismissal = match approved {
        Some((_, stood_until)) => Some(DismissalBounds {
            stood_until: time(stood_until)?,
            dismissed_by: review.dismissal.dismissed_by.filter(|by| *by > i64::MIN).map(time).transpose()?,
        }),
        None => match gone.between {
            Some((until, by)) => Some(DismissalBounds { stood_until: time(until)?, dismissed_by: Some(time(by)?) }),
            None => None,
        },
    };
    Ok(ReviewDetail {
        reviewer,
        verdict: Verdict::from_code(code).ok_or_else(|| StoreError::Damaged(format!("{code} is no verdict")))?,
        dismissal,
        missing_since: maybe_time(gone.missing_since)?,
        submitted_at: maybe_time(review.submitted_at)?,
        commit: review.commit.as_ref().map(Commit::to_text),
        url: review.url,
    })
}

fn commit_authors(connection: &Connection, change: i64, identities: &IdentityMap) -> Result<Vec<Person>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT person FROM commit_author WHERE change = ?1 ORDER BY person")?;
    let ids = statement.query_map([change], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    ids.into_iter().map(|id| jira_names::known(connection, identities, id)).collect()
}

fn found_texts(
    connection: &Connection,
    owner: (Kind, i64),
    record: &str,
    found: &mut Vec<FoundText>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT signal, text, at, part, fingerprint FROM text_hit JOIN pattern_set ON pattern_set.id = pattern_set \
         WHERE owner_kind = ?1 AND owner = ?2 ORDER BY n",
    )?;
    let mut rows = statement.query([owner.0.code(), owner.1])?;
    while let Some(row) = rows.next()? {
        let code: u8 = row.get(0)?;
        found.push(FoundText {
            signal: TextSignal::from_code(code)
                .ok_or_else(|| StoreError::Damaged(format!("{code} is no kind of text hit")))?,
            text: row.get(1)?,
            at: maybe_time(row.get(2)?)?,
            record: record.to_owned(),
            found_in: place_of(row.get(3)?),
            pattern_set: row.get(4)?,
        });
    }
    Ok(())
}

/// Where a part of a record stands, as mentions say it.
const fn place_of(part: u8) -> FoundIn {
    const TITLE: u8 = Part::Title as u8;
    const BODY: u8 = Part::Body as u8;
    const BRANCH: u8 = Part::HeadBranch as u8;
    const LABELS: u8 = Part::Labels as u8;
    const NOTES: u8 = Part::Notes as u8;
    match part {
        TITLE => FoundIn::Title,
        BODY => FoundIn::Body,
        BRANCH => FoundIn::Branch,
        LABELS => FoundIn::Label,
        NOTES => FoundIn::Note,
        _ => FoundIn::LinkField,
    }
}
