//! The facts that no policy changes, computed once per state of the ledger.

mod approvals;
mod attestations;
mod authorisations;
mod authors;
mod beside;
mod build;
mod changes;
mod check;
mod controls;
mod incidents;
mod quotes;
mod texts;

pub use attestations::Independence;

pub(crate) use approvals::{COVERS_MERGED, COVERS_OTHER, COVERS_UNKNOWN};
pub(crate) use build::{
    aligned, booleans, bytes, optional_booleans, optional_bytes, optional_positions, positions, times,
};

pub(crate) use authors::Authors;
pub(crate) use beside::{ImplementedChange, RecordsBeside};
pub(crate) use controls::ControlColumns;
pub(crate) use quotes::{Place, Quote};

use crate::{MetricsError, guard::guarded, judging::approval};
use change_ledger_model::{
    columns::{IncidentRow, LedgerColumns},
    policy::Approval,
};
use polars::prelude::{DataFrame, LazyFrame, PolarsResult};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// One approval by somebody independent: what most policies ask for.
const PLAIN_APPROVAL: Approval =
    Approval { required: 1, comment_counts: false, merge_counts: false, must_cover_head: false };

/// How many approval rules are remembered; somebody who edits a policy goes back and forth between few.
const APPROVAL_RULES_KEPT: usize = 4;

/// A ledger's records as frames, ready to be judged by any policy. Rows keep the order of the columns they came from.
#[derive(Debug)]
pub struct Frames {
    /// One row per change: what it is, who made it, its links.
    pub(crate) changes: DataFrame,
    /// Verdicts that some policy may count as a qualifying approval.
    pub(crate) approvals: DataFrame,
    /// Authors and co-authors of commits.
    commit_authors: DataFrame,
    /// What each person is ([`PersonKind`](change_ledger_model::person::PersonKind) as a number), by position.
    kinds: Vec<u8>,
    /// Per pattern set: one row per change with what its texts say.
    texts: BTreeMap<u32, DataFrame>,
    /// Who authorised which change.
    pub(crate) authorisations: authorisations::Authorisations,
    /// What texts say of which the words are weighed.
    pub(crate) quotes: quotes::Quotes,
    /// Approvals of each change under rules and at moments met so far: the costliest step, and the one that policies
    /// rarely differ in.
    approved: Mutex<Vec<(Approval, i64, DataFrame)>>,
    /// What the numbers of a quarter count besides changes.
    pub(crate) beside: Arc<RecordsBeside>,
    /// What controls ask besides verdicts.
    pub(crate) controls: Arc<ControlColumns>,
    /// Who made each change.
    pub(crate) authors: Arc<Authors>,
    /// The last moment at which something happened to an approval.
    last_event: i64,
    pub(crate) repositories: Vec<String>,
    pub(crate) branches: Vec<String>,
    pub(crate) incidents: Vec<IncidentRow>,
    /// What people attested, parted by whether it counts.
    pub(crate) statements: attestations::Statements,
    data_version: i64,
}

impl Frames {
    /// Builds the frames and the facts that hold under every policy.
    ///
    /// # Errors
    /// [`MetricsError::Length`] and [`MetricsError::Position`] when the columns contradict each other,
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn load(columns: LedgerColumns) -> Result<Self, MetricsError> {
        check::check(&columns)?;
        guarded("loading the ledger's records", || {
            let controls = Arc::new(ControlColumns::of(&columns));
            let beside = Arc::new(RecordsBeside::of(&columns));
            let of_changes = Arc::new(Authors::of(&columns));
            let statements = attestations::Statements::of(&columns);
            let LedgerColumns {
                data_version,
                people,
                repositories,
                branches,
                changes,
                reviews,
                commit_authors,
                bypassed,
                ..
            } = columns;
            let kinds: Vec<u8> = people.iter().map(|(_, kind)| *kind as u8).collect();
            let texts_known = changes.texts_known.clone();
            let changes = changes::frame(changes, &kinds)?;
            let authors = approvals::commit_author_frame(&commit_authors)?;
            let reviews = approvals::review_frame(reviews, &changes, &kinds)?;
            let links = incidents::Links {
                tickets: &columns.tickets,
                ticket_links: &columns.ticket_links,
                incident_links: &columns.incident_links,
                incidents: &columns.incidents,
                tickets_not_imported: &columns.tickets_not_imported,
            };
            let dismissed = approvals::dismissed(&reviews, &authors)?;
            let disputed = approvals::of_disputed_changes(&reviews, changes.height())?;
            let approvals = approvals::candidates(&reviews, &disputed, &authors)?;
            let quotes = quotes::Quotes::of(columns.quotes, columns.ticket_reasons, &links);
            let authorisations = authorisations::Authorisations::of(columns.authorisations, &links);
            let frames = Self {
                last_event: approvals::last_event(&approvals, &changes)?,
                approvals,
                texts: texts::frames(&columns.hits, &links, &changes)?,
                changes: changes::with_history(
                    &changes,
                    (&reviews, &disputed),
                    &dismissed,
                    &links,
                    (&texts_known, bypassed),
                )?,
                commit_authors: authors,
                controls,
                beside,
                authors: of_changes,
                kinds,
                repositories,
                branches,
                incidents: columns.incidents,
                authorisations,
                quotes,
                statements,
                approved: Mutex::default(),
                data_version,
            };
            frames.approved_under(PLAIN_APPROVAL, i64::MAX)?;
            Ok(frames)
        })
    }

    /// Per change, when it was approved under `rules`, as known at `as_of` (UTC milliseconds); see [`approval::facts`].
    pub(crate) fn approved_under(&self, rules: Approval, as_of: i64) -> PolarsResult<DataFrame> {
        // Every moment from the last event on is alike, so that time going by costs nothing.
        let as_of = if as_of >= self.last_event { i64::MAX } else { as_of };
        // Entries are only ever added whole, so a poisoned lock still guards good ones.
        let known = || self.approved.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, facts)) = known().iter().find(|(known, at, _)| (*known, *at) == (rules, as_of)) {
            return Ok(facts.clone());
        }
        let facts = approval::facts(self, rules, as_of)?;
        let mut known = known();
        if known.len() >= APPROVAL_RULES_KEPT {
            known.remove(0);
        }
        known.push((rules, as_of, facts.clone()));
        Ok(facts)
    }

    /// Merges that a policy may count as an approval; columns as in `approvals`. Few policies ask.
    pub(crate) fn merges(&self) -> PolarsResult<LazyFrame> {
        approvals::merges(&self.changes, &self.commit_authors, &self.kinds)
    }

    /// Per change, what its texts say under the pattern set at position `set`.
    pub(crate) fn said_under(&self, set: u32) -> PolarsResult<DataFrame> {
        self.texts.get(&set).map_or_else(|| texts::nothing_said(self.len()), |frame| Ok(frame.clone()))
    }

    /// Whether whoever attested what only somebody independent can is that, by the number of its entry in the ledger's chain;
    /// `None` for what anybody can attest, and for what is of no implemented change.
    #[must_use]
    pub fn independence(&self, event: i64) -> Option<Independence> {
        self.statements.independence(event)
    }

    /// Whether nobody whom the files or the statements about people know goes by the name of whoever attested it, by the number of
    /// its entry in the ledger's chain.
    #[must_use]
    pub fn is_by_nobody_known(&self, event: i64) -> bool {
        self.statements.is_by_nobody_known(event)
    }

    /// The state of the ledger that was loaded; a ledger with another one needs new frames.
    #[must_use]
    pub const fn data_version(&self) -> i64 {
        self.data_version
    }

    /// Number of changes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes.height()
    }

    /// Whether there are no changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.height() == 0
    }
}
