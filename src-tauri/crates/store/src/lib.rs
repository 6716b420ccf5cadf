//! The ledger file: schema, migrations, evidence and history.
//!
//! One SQLite file is the whole state. Imported files are kept as they came; every record points to its bytes
//! there, a newer version of a record adds a revision, and what happened forms a chain of hashes.
//! No type of the database is part of this crate's interface.

mod arrival;
mod backup;
mod columns;
mod detail;
mod digest;
mod error;
mod evidence;
mod hexadecimal;
mod history;
mod import;
mod linking;
mod lookup;
mod migration;
mod open;
mod overview;
mod part;
mod search;
mod supporting;
mod table;
mod texts;
mod verify;

pub use arrival::Arrival;
pub use backup::restore;
pub use detail::{
    ChangeDetail, FoundText, IncidentDetail, LinkedIncident, LinkedTicket, NamedThing, ReviewDetail, TicketDetail,
};
pub use error::{SqliteFailure, StoreError};
pub use evidence::{Evidence, Reread, Revision};
pub use import::{ImportHeader, ImportTransaction, RowOutcome};
pub use lookup::{ChangeRow, Lookup};
pub use open::{Access, Ledger};
pub use overview::Counts;
pub use search::SearchAnswer;
pub use table::event::Event;
pub use verify::{Checked, Finding, VerifyProgress, VerifyReport};

#[cfg(test)]
mod sample;
