//! The ledger file: schema, migrations, evidence and history.
//!
//! One SQLite file is the whole state. Imported files are kept as they came; every record points to its bytes
//! there, a newer version of a record adds a revision, and what happened forms a chain of hashes.
//! No type of the database is part of this crate's interface.

mod arrival;
mod attestations;
mod backup;
mod columns;
mod completeness;
mod detail;
mod digest;
mod error;
mod evidence;
mod hexadecimal;
mod history;
mod identities;
mod implemented_tickets;
mod import;
mod jira_names;
mod linking;
mod lookup;
mod migration;
mod named;
mod named_people;
mod open;
mod overview;
mod part;
mod samples;
mod search;
mod supporting;
mod table;
mod texts;
mod verify;
mod without_change;

pub use arrival::Arrival;
pub use attestations::NewAttestation;
pub use backup::restore;
pub use completeness::{DatedRecords, NumberRange, SharedCommit, UnresolvedKind, UnresolvedName};
pub use detail::{
    ChangeDetail, CheckDetail, DeploymentDetail, DismissalBounds, FoundText, IncidentDetail, LinkedIncident,
    LinkedTicket, NamedThing, ReviewDetail, TicketDetail,
};
pub use error::{SqliteFailure, StoreError};
pub use evidence::{Evidence, EvidenceFile, Reread, Revision};
pub use history::PolicySetting;
pub use identities::{AccountRecords, KnownAccount, PeopleStatement};
pub use implemented_tickets::{ImplementedTicket, ImplementingChange};
pub use import::{ContentHash, ImportHeader, ImportTransaction, RowOutcome};
pub use lookup::{ChangeRow, Lookup};
pub use named::{NamedKind, NamedRecord};
pub use open::{Access, Ledger};
pub use overview::Counts;
pub use samples::Recorded;
pub use search::SearchAnswer;
pub use table::{
    event::{Event, kind as event_kind},
    import_run::ImportStep,
};
pub use verify::{Checked, Finding, Snapshot, VerifyProgress, VerifyReport};
pub use without_change::{RecordWithoutChange, WithoutChange};

#[cfg(test)]
mod sample;
