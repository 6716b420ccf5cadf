//! A ledger's current records as plain columns: what the store hands to the metrics.
//!
//! Rows refer to each other by position. Texts stay in the ledger; only what judging needs is here.
//! Times are milliseconds since the Unix epoch, UTC.

use crate::{
    attestation::Attested,
    person::PersonKind,
    policy::patterns::TextSignal,
    record::{AlertSeverity, AlertState, FoundIn},
};

/// Everything that judging the changes of one ledger needs.
#[derive(Debug, Clone, Default)]
pub struct LedgerColumns {
    /// Grows with every committed write to the ledger.
    pub data_version: i64,
    /// Accounts: handle and kind. Other columns point here.
    pub people: Vec<(String, PersonKind)>,
    /// For everybody who is known by several: every handle and name of that one person.
    pub names_of_people: Vec<Vec<String>>,
    /// Repository names. Other columns point here.
    pub repositories: Vec<String>,
    /// Names of branches merged into. Other columns point here.
    pub branches: Vec<String>,
    /// One row per implemented change.
    pub changes: ChangeColumns,
    /// What deployments and checks say about each of them.
    pub delivery: DeliveryColumns,
    /// One row per current review of those changes.
    pub reviews: ReviewColumns,
    /// Commit authors and co-authors besides the author: (change row, person).
    pub commit_authors: Vec<(u32, u32)>,
    /// Changes that a recorded bypass of a review rule let through, by position.
    pub bypassed: Vec<u32>,
    /// Per change, whether its risk is high, as its source or its change ticket says; empty where none says anything.
    pub high_risk: Vec<Option<bool>>,
    /// Successful deployments to production of which a file tells the time.
    pub production_deployments: Vec<ProductionDeploymentRow>,
    /// Findings with a severity.
    pub alerts: Vec<AlertRow>,
    /// What people attested of changes, in the order in which they stated it.
    pub attestations: Vec<AttestationRow>,
    /// What the policies' patterns found in the texts of changes, tickets and notes.
    pub hits: Vec<TextHitRow>,
    /// Who authorised, where the policies' words found it.
    pub authorisations: Vec<AuthorisationRow>,
    /// What else the policies' words found of which the words themselves are weighed: labels of categories
    /// ([`TextSignal::Category`]), reasons ([`TextSignal::Justification`]), records of reviews ([`TextSignal::ReviewRecord`]).
    pub quotes: Vec<QuoteRow>,
    /// What stands in the tickets' own field for the reason of a change: (ticket row, text).
    pub ticket_reasons: Vec<(u32, String)>,
    /// Tickets named by a change: (change row, ticket row).
    pub ticket_links: Vec<TicketLinkRow>,
    /// Changes that name a ticket which was not imported, or something written like one, by position.
    pub tickets_not_imported: Vec<u32>,
    /// Whether any ticket was imported: without, that a change is linked with none says nothing.
    pub has_tickets: bool,
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
    /// When it counts as implemented by the clock of the policy; `None` when the export does not say.
    pub implemented_at: Vec<Option<i64>>,
    /// When it was merged or worked off, where some policy's clock counts deployments; empty where all count the merge, so that
    /// `implemented_at` says it.
    pub merged_at: Vec<Option<i64>>,
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

    /// When each was merged or worked off, whatever clock the policy has.
    #[must_use]
    pub fn merged_at(&self) -> &[Option<i64>] {
        if self.merged_at.is_empty() { &self.implemented_at } else { &self.merged_at }
    }
}

/// What deployments and checks say about each change, by the position of the change. A vector is empty where nothing of its
/// kind was imported, and everything is unknown then: read it with `get`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryColumns {
    /// The first successful production deployment of the commit that the merge made (of the last commit of the branch where
    /// no file names the other). The clock of a policy that judges by the deployment. `None` when no imported file shows one.
    pub deployed_at: Vec<Option<i64>>,
    /// Who made that deployment, by position in `people`.
    pub deployed_by: Vec<Option<u32>>,
    /// Whether the same commit was in a staging environment by then. `None` when the tool that deployed it shows no
    /// deployment of its repository to staging at all, so that staging may be kept elsewhere.
    pub staging_first: Vec<Option<bool>>,
    /// Whether tests and builds passed at the last commit of the branch or, where none ended there, at the merge commit; by
    /// all that the files show.
    pub tests_passed: Vec<Option<bool>>,
    /// Whether the scans there have neither critical nor high findings open. `None` without a scan that rates them.
    pub scan_clean: Vec<Option<bool>>,
    /// What was so before some check ended, in the order of changes and then of time: what is later has not happened yet.
    pub earlier_checks: Vec<EarlierChecks>,
}

/// What checks said of a change before one of them ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierChecks {
    /// Position in `changes`.
    pub change: u32,
    /// When the check ended: from here on it is no longer so.
    pub until: i64,
    /// As [`DeliveryColumns::tests_passed`].
    pub tests_passed: Option<bool>,
    /// As [`DeliveryColumns::scan_clean`].
    pub scan_clean: Option<bool>,
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

/// A successful deployment to production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductionDeploymentRow {
    /// When it succeeded.
    pub at: i64,
    /// Position in `repositories`.
    pub repository: Option<u32>,
    /// The change that was merged as the deployed commit, by position in `changes`; `None` when no imported one was.
    pub change: Option<u32>,
}

/// A finding with a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertRow {
    /// Position in `repositories`.
    pub repository: Option<u32>,
    /// When it was raised.
    pub opened_at: Option<i64>,
    /// When it was fixed.
    pub fixed_at: Option<i64>,
    /// When it was set aside.
    pub dismissed_at: Option<i64>,
    /// What became of it.
    pub state: Option<AlertState>,
    /// How severe it is, in the tool's words.
    pub severity: Option<AlertSeverity>,
    /// CVSS base score in tenths.
    pub score_tenths: Option<u16>,
}

/// What somebody attested of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationRow {
    /// Number of its entry in the ledger's chain.
    pub event: i64,
    /// Position in `changes`.
    pub change: u32,
    /// What, and of when.
    pub what: Attested,
    /// By whom, as they said; and where that means exactly one person, every handle and display name of theirs.
    pub names: Vec<String>,
    /// The people whom that may mean, by position in `people`; empty where no imported file and no statement about people knows
    /// any of that name.
    pub people: Vec<u32>,
    /// The incidents that it names, by position in `incidents`; `None` for one that was not imported.
    pub incidents: Vec<Option<u32>>,
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

/// An authorisation that the words of a policy found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorisationRow {
    /// The record whose text says so.
    pub owner: HitOwner,
    /// The pattern set that found it, as in [`TextHitRow`].
    pub pattern_set: u32,
    /// When the text was written, where it is dated.
    pub at: Option<i64>,
    /// Who gave it, as the text names them.
    pub by: String,
}

/// Words of a text that a policy weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRow {
    /// The record whose text it is.
    pub owner: HitOwner,
    /// The pattern set that found it, as in [`TextHitRow`].
    pub pattern_set: u32,
    /// What it means.
    pub signal: TextSignal,
    /// When the text was written, where it is dated.
    pub at: Option<i64>,
    /// The words, at most [`TextHit::LONGEST`](crate::policy::patterns::TextHit::LONGEST) letters.
    pub text: String,
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
    /// Whether its tool or its state says that it has ended. Without a time in `resolved_at`, nobody knows since when.
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
