//! What was imported, and what happened since.

use crate::{
    Ledger, StoreError,
    open::touch,
    table::{
        event::{self, Event},
        import_run, reject,
    },
};
use change_ledger_model::{
    Timestamp,
    import::ImportManifest,
    policy::{Policy, PolicyHistory, PolicyVersion},
    record::Reject,
};
use rusqlite::{Transaction, TransactionBehavior};
use serde::{Deserialize, Serialize};

/// The kind of event that sets a policy.
const POLICY: &str = "policy";

/// Payload of the event that sets a policy.
#[derive(Debug, Serialize, Deserialize)]
struct PolicySet {
    document: String,
    sha256: String,
    effective_from: Option<Timestamp>,
}

impl Ledger {
    /// The manifests of all imports, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportManifest>, StoreError> {
        import_run::manifests(&self.connection)
    }

    /// The manifest of one import.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such import.
    pub fn import(&self, id: i64) -> Result<ImportManifest, StoreError> {
        import_run::manifest(&self.connection, id)?.ok_or_else(|| StoreError::Unknown(format!("import {id}")))
    }

    /// Hands the rows that an import could not read to `each`, in the order of the file.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such import.
    pub fn rejects(&self, import: i64, each: &mut dyn FnMut(Reject)) -> Result<(), StoreError> {
        self.import(import)?;
        reject::each(&self.connection, import, each)
    }

    /// Appends an event to the chain. `payload` is JSON.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn append_event(
        &mut self,
        now: Timestamp,
        kind: &str,
        actor: Option<&str>,
        payload: &serde_json::Value,
    ) -> Result<Event, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let event = event::append(&transaction, now, kind, actor, payload.to_string())?;
        touch(&transaction)?;
        transaction.commit()?;
        Ok(event)
    }

    /// The events of one kind, or of every kind, in their order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn events(&self, kind: Option<&str>) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        event::each(&self.connection, kind, &mut |event| {
            events.push(event);
            Ok(())
        })?;
        Ok(events)
    }

    /// Sets a policy that is in force from `effective_from` on, or from the beginning.
    ///
    /// # Errors
    /// [`StoreError::Policy`] when the document cannot be used; then nothing is written.
    pub fn set_policy(
        &mut self,
        document: &str,
        effective_from: Option<Timestamp>,
        now: Timestamp,
        by: Option<&str>,
    ) -> Result<PolicyVersion, StoreError> {
        let version = PolicyVersion::new(document, effective_from)?;
        let payload =
            PolicySet { document: document.to_owned(), sha256: Policy::fingerprint(document), effective_from };
        self.append_event(now, POLICY, by, &serde_json::to_value(payload)?)?;
        Ok(version)
    }

    /// Every policy that was set, as one history; the first preset where none was.
    ///
    /// # Errors
    /// [`StoreError::Policy`] when a document was written for a newer version of the program.
    pub fn policy_history(&self) -> Result<PolicyHistory, StoreError> {
        let mut history = PolicyHistory::initial()?;
        for event in self.events(Some(POLICY))? {
            let set: PolicySet = serde_json::from_str(&event.payload)
                .map_err(|error| StoreError::Damaged(format!("a policy event cannot be read: {error}")))?;
            history = history.then(PolicyVersion::new(&set.document, set.effective_from)?);
        }
        Ok(history)
    }
}
