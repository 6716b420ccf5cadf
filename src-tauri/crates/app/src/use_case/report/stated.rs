//! What an issued report said, kept with its event so that later states of the ledger can be compared with it.

use super::ISSUED;
use crate::{
    app::Computed,
    error::{AppError, ErrorCode},
    outcomes::outcomes,
    wire::IssuedReport,
};
use change_ledger_metrics::Judged;
use change_ledger_model::{quarter::Quarter, restatement::Outcome};
use change_ledger_store::{Event, Ledger};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Payload of the event that records an issued report.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Issued {
    #[serde(flatten)]
    pub(super) report: IssuedReport,
    /// `None` for reports of a version that did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stated: Option<Stated>,
}

impl Issued {
    /// Reads the event that records a report.
    ///
    /// # Errors
    /// When the event holds something else.
    pub(super) fn of(event: &Event) -> Result<Self, AppError> {
        serde_json::from_str(&event.payload).map_err(|error| {
            AppError::new(ErrorCode::LedgerDamaged, format!("an issued report cannot be read any more: {error}"))
        })
    }

    /// Every issued report with the number of its event, oldest first.
    ///
    /// # Errors
    /// As [`Issued::of`].
    pub(super) fn all(events: &[Event]) -> Result<Vec<(i64, Self)>, AppError> {
        let issued = events.iter().filter(|event| event.kind == ISSUED);
        issued.map(|event| Ok((event.seq, Self::of(event)?))).collect()
    }
}

/// The numbers of a quarter, and how each of its changes was judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Stated {
    /// The metrics of the quarter, as the `metrics` command has them: a later version may have more or fewer.
    pub(super) numbers: serde_json::Value,
    changes: Vec<WithOutcome>,
}

/// The changes of one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct WithOutcome {
    #[serde(flatten)]
    outcome: Outcome,
    /// Their ledger-wide names.
    ids: Vec<String>,
}

impl Stated {
    /// What a report of `quarter` states.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(super) fn of(
        ledger: &Ledger,
        computed: &Computed,
        judged: &Judged,
        quarter: Quarter,
    ) -> Result<Self, AppError> {
        let by_key = outcomes(&computed.loaded, judged, Some(quarter));
        let keys: Vec<i64> = by_key.keys().copied().collect();
        let mut by_outcome: BTreeMap<Outcome, Vec<String>> = BTreeMap::new();
        for row in ledger.change_rows(&keys)? {
            if let Some(outcome) = by_key.get(&row.key) {
                by_outcome.entry(*outcome).or_default().push(row.id);
            }
        }
        let metrics = judged.quarters(Some((quarter, quarter)))?.pop();
        // Through the text that is kept, so that both sides of a comparison are rounded alike.
        let written = serde_json::to_string(&metrics).and_then(|text| serde_json::from_str(&text));
        let numbers = written.map_err(|error| {
            AppError::new(ErrorCode::Internal, format!("the metrics of {quarter} cannot be written: {error}"))
        })?;
        Ok(Self {
            numbers,
            changes: by_outcome.into_iter().map(|(outcome, ids)| WithOutcome { outcome, ids }).collect(),
        })
    }

    /// How each change was judged, by its name.
    pub(super) fn outcomes(&self) -> BTreeMap<&str, Outcome> {
        self.changes.iter().flat_map(|group| group.ids.iter().map(|id| (id.as_str(), group.outcome))).collect()
    }
}
