//! A ledger's current records as plain columns: what the store hands to the metrics.
//!
//! Rows refer to each other by position. Texts stay in the ledger; only what judging needs is here.
//! Times are milliseconds since the Unix epoch, UTC.

use crate::{person::PersonKind, policy::patterns::TextSignal, record::FoundIn};

/// Everything that judging the changes of one ledger needs.
#[derive(Debug, Clone, Default)]
pub struct LedgerColumns {
    /// Grows with every committed write to the ledger.
    pub data_version: i64,
    /// Accounts: handle and kind. Other columns point here.
    pub people: Vec<(String, PersonKind)>,
    /// Repository names. Other columns point here.
    pub repositories: Vec<String>,
    /// Names of branches merged into. Other columns point here.
    pub branches: Vec<String>,
    /// One row per implemented change.
    pub changes: ChangeColumns,
    /// One row per current review of those changes.
    pub reviews: ReviewColumns,
    /// Commit authors and co-authors besides the author: (change row, person).
    pub commit_authors: Vec<(u32, u32)>,
    /// Changes that a recorded bypass of a review rule let through, by position.
    pub bypassed: Vec<u32>,
    /// What the policies' patterns found in the texts of changes, tickets and notes.
    pub hits: Vec<TextHitRow>,
    /// Tickets named by a change: (change row, ticket row).
    pub ticket_links: Vec<TicketLinkRow>,
    /// Incidents named by a change, directly or through a ticket.
    pub incident_links: Vec<IncidentLinkRow>,
    /// Tickets that a change names.
    pub tickets: Vec<TicketRow>,
    /// Incidents.
    pub incidents: Vec<IncidentRow>,
}

/// Implemented changes; every vector has the same length.
#[derive(Debug, Clone, Default)]
pub struct ChangeColumns {
    /// Row id in the ledger, to fetch texts by.
    pub key: Vec<i64>,
    /// [`crate::record::ChangeKind`] as a number.
    pub kind: Vec<u8>,
    /// Position in `repositories`.
    pub repository: Vec<u32>,
    /// Position in `branches`; `None` when the export has no branches, or for a change ticket.
    pub base_branch: Vec<Option<u32>>,
    /// Position in `people`.
    pub author: Vec<Option<u32>>,
    /// Position in `people`.
    pub merged_by: Vec<Option<u32>>,
    /// When it was opened.
    pub opened_at: Vec<Option<i64>>,
    /// When it was merged or implemented; `None` when the export does not say.
    pub implemented_at: Vec<Option<i64>>,
    /// [`crate::record::ReviewCoverage`] as a number.
    pub review_coverage: Vec<u8>,
    /// Whether the export had labels.
    pub labels_known: Vec<bool>,
    /// Whether some file that holds the change carried its description.
    pub texts_known: Vec<bool>,
    /// The commit that was merged, as a number of its own; `None` when unknown.
    pub head_commit: Vec<Option<u32>>,
}

impl ChangeColumns {
    /// Number of changes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.key.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.key.is_empty()
    }
}

/// Reviews; every vector has the same length.
#[derive(Debug, Clone, Default)]
pub struct ReviewColumns {
    /// Position of the change in `changes`.
    pub change: Vec<u32>,
    /// Position in `people`.
    pub reviewer: Vec<u32>,
    /// [`crate::record::Verdict`] as a number.
    pub verdict: Vec<u8>,
    /// When it was submitted; `None` when the export does not say.
    pub submitted_at: Vec<Option<i64>>,
    /// The commit reviewed: the number of its change's `head_commit`, or one that no head has; `None` when unknown.
    pub commit: Vec<Option<u32>>,
    /// For an approval that was dismissed: a moment at which it provably still stood, because the source dates the
    /// dismissal or because an export of that moment still showed the approval. `None` for a review that was never
    /// dismissed. A dismissed review of which no such moment is known has the verdict
    /// [`Dismissed`](crate::record::Verdict::Dismissed) instead, and never counts.
    pub stood_until: Vec<Option<i64>>,
}

/// What a text hit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitOwner {
    /// A change, by position.
    Change(u32),
    /// A ticket, by position; `at` is set for its comments.
    Ticket(u32),
    /// An incident, by position; `at` is set for its notes.
    Incident(u32),
}

/// One place where a pattern of a policy matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHitRow {
    /// The record whose text matched.
    pub owner: HitOwner,
    /// The pattern set that matched: [`crate::policy::Patterns::fingerprint`] by position in the
    /// ledger's policy versions' distinct pattern sets, see [`crate::policy::PolicyHistory::pattern_sets`].
    pub pattern_set: u32,
    /// What it means.
    pub signal: TextSignal,
    /// When the text was written, where it is dated (a comment).
    pub at: Option<i64>,
}

/// A change names a ticket (or is named by it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketLinkRow {
    /// Position in `changes`.
    pub change: u32,
    /// Position in `tickets`.
    pub ticket: u32,
    /// How it was found.
    pub found_in: FoundIn,
}

/// A change names an incident, directly or through a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentLinkRow {
    /// Position in `changes`.
    pub change: u32,
    /// Position in `incidents`; `None` when the incident was named but not imported.
    pub incident: Option<u32>,
    /// The ticket on the way, by position in `tickets`.
    pub via_ticket: Option<u32>,
    /// How it was found.
    pub found_in: FoundIn,
    /// Whether the incident names the change (or the ticket on the way) back.
    pub two_way: bool,
}

/// A ticket, as far as judging needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// Row id in the ledger.
    pub key: i64,
    /// Whether its field for the reason of a change is filled in.
    pub has_reason: bool,
    /// Whether the files that hold it carried both its description and its dated notes: an authorisation or a reason may
    /// stand in either.
    pub texts_known: bool,
    /// Whether some file that holds it carried its dated notes.
    pub notes_known: bool,
}

/// An incident, as far as judging needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentRow {
    /// Row id in the ledger.
    pub key: i64,
    /// When it began.
    pub opened_at: Option<i64>,
    /// When it ended.
    pub resolved_at: Option<i64>,
    /// Whether its state says that it has ended. Without a time in `resolved_at`, nobody knows since when.
    pub has_ended: bool,
    /// Severity or priority as the source says it.
    pub severity: Option<String>,
    /// Urgency as the source says it.
    pub urgency: Option<String>,
    /// The affected service.
    pub service: Option<String>,
    /// Whether some file that holds it carried its dated notes.
    pub notes_known: bool,
}
