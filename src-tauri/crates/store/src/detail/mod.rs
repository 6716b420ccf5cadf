//! Everything the ledger knows of one record.

mod change;
mod delivery;
mod incident;
mod links;
mod ticket;

pub use change::{ChangeDetail, DismissalBounds, FoundText, ReviewDetail};
pub use delivery::{CheckDetail, DeploymentDetail};
pub use incident::IncidentDetail;
pub use links::{LinkedIncident, LinkedTicket, NamedThing};
pub use ticket::TicketDetail;

use crate::{StoreError, table::event::time};
use change_ledger_model::Timestamp;

fn maybe_time(millis: Option<i64>) -> Result<Option<Timestamp>, StoreError> {
    millis.map(time).transpose()
}

fn labels(json: Option<&str>) -> Result<Option<Vec<String>>, StoreError> {
    json.map(|json| {
        serde_json::from_str(json).map_err(|_| StoreError::Damaged(format!("`{json}` is no list of labels")))
    })
    .transpose()
}

#[cfg(test)]
mod tests;
