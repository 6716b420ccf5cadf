//! What was imported, and what happened since.

use crate::{
    Ledger, StoreError,
    open::touch,
    table::{
        artifact::EvidenceReader,
        event::{self, Event, kind},
        import_run::{self, ImportStep},
        reject,
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
use std::ops::ControlFlow;

/// Payload of the event that sets a policy.
#[derive(Debug, Serialize, Deserialize)]
struct PolicySet {
    document: String,
    sha256: String,
    effective_from: Option<Timestamp>,
    /// Entries of older versions of the program have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A policy as somebody put it in force.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicySetting {
    /// The document and from when it is in force.
    pub version: PolicyVersion,
    /// When that was decided.
    pub set_at: Timestamp,
    /// Who decided it, as they said; `None` where nobody said.
    pub actor: Option<String>,
    /// Why; `None` where nobody said.
    pub reason: Option<String>,
}

impl Ledger {
    /// The manifests of all imports, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportManifest>, StoreError> {
        import_run::manifests(&self.connection)
    }

    /// Every import run as it has to be done again to reach the same state, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn import_steps(&self) -> Result<Vec<ImportStep>, StoreError> {
        import_run::steps(&self.connection)
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

    /// Hands the rows that an import could not read to `each`, in the order of the file, each with its first `most` bytes,
    /// until `each` breaks off.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such import; [`StoreError::Damaged`].
    pub fn rejected_rows(
        &self,
        import: i64,
        most: u64,
        each: &mut dyn FnMut(Reject, &[u8]) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.import(import)?;
        let mut evidence = EvidenceReader::default();
        reject::each_until(&self.connection, import, &mut |reject| {
            let span = reject.place.span;
            let raw = evidence.read(&self.connection, import, span.offset, span.length.min(most))?;
            Ok(each(reject, &raw))
        })
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

    /// Sets a policy that is in force from `effective_from` on, or from the beginning: by whom and why, as far as that is
    /// said.
    ///
    /// # Errors
    /// [`StoreError::Policy`] when the document cannot be used; then nothing is written.
    pub fn set_policy(
        &mut self,
        document: &str,
        effective_from: Option<Timestamp>,
        now: Timestamp,
        (by, reason): (Option<&str>, Option<&str>),
    ) -> Result<PolicyVersion, StoreError> {
        let version = PolicyVersion::new(document, effective_from)?;
        let sha256 = Policy::fingerprint(document);
        let (document, reason) = (document.to_owned(), reason.map(str::to_owned));
        let payload = PolicySet { document, sha256, effective_from, reason };
        self.append_event(now, kind::POLICY, by, &serde_json::to_value(payload)?)?;
        Ok(version)
    }

    /// Every policy that was set, as one history; the first preset where none was.
    ///
    /// # Errors
    /// [`StoreError::Policy`] when a document was written for a newer version of the program.
    pub fn policy_history(&self) -> Result<PolicyHistory, StoreError> {
        let settings = self.policy_settings()?;
        Ok(settings.into_iter().fold(PolicyHistory::initial()?, |history, setting| history.then(setting.version)))
    }

    /// Every policy that was ever set, in the order in which that was decided, also those that a later one replaced.
    ///
    /// # Errors
    /// As [`policy_history`](Self::policy_history).
    pub fn policy_settings(&self) -> Result<Vec<PolicySetting>, StoreError> {
        let setting = |event: Event| {
            let set: PolicySet = serde_json::from_str(&event.payload)
                .map_err(|error| StoreError::Damaged(format!("a policy event cannot be read: {error}")))?;
            let version = PolicyVersion::new(&set.document, set.effective_from)?;
            Ok(PolicySetting { version, set_at: event.at, actor: event.actor, reason: set.reason })
        };
        self.events(Some(kind::POLICY))?.into_iter().map(setting).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{at, change, import, records};
    use change_ledger_model::policy::presets;

    fn named(name: &str) -> String {
        presets()[0].document.replace("name = \"retroactive-24h\"", &format!("name = \"{name}\""))
    }

    #[test]
    fn policies_are_in_force_from_their_day() {
        let mut ledger = Ledger::in_memory().unwrap();
        let name_at = |ledger: &Ledger, minutes| ledger.policy_history().unwrap().at(at(minutes)).policy.name.clone();
        assert_eq!(name_at(&ledger, 0), "retroactive-24h");
        ledger.set_policy(&named("second"), Some(at(100)), at(0), (Some("Mara Ko"), Some("Agreed."))).unwrap();
        assert_eq!((name_at(&ledger, 99), name_at(&ledger, 100)), ("retroactive-24h".to_owned(), "second".to_owned()));
        ledger.set_policy(&named("third"), None, at(1), (None, None)).unwrap();
        assert_eq!((name_at(&ledger, 99), name_at(&ledger, 100)), ("third".to_owned(), "third".to_owned()));
        let said = ledger.policy_settings().unwrap().into_iter().map(|setting| (setting.actor, setting.reason));
        let first = (Some("Mara Ko".to_owned()), Some("Agreed.".to_owned()));
        assert_eq!(said.collect::<Vec<_>>(), [first, (None, None)]);
    }

    #[test]
    fn a_policy_that_an_older_version_of_the_program_set_gives_no_reason() {
        let mut ledger = Ledger::in_memory().unwrap();
        let payload = serde_json::json!({
            "document": named("old"), "sha256": Policy::fingerprint(&named("old")), "effective_from": null,
        });
        ledger.append_event(at(0), kind::POLICY, None, &payload).unwrap();
        let settings = ledger.policy_settings().unwrap();
        assert_eq!((settings[0].version.policy.name.as_str(), &settings[0].reason), ("old", &None));
    }

    #[test]
    fn a_policy_that_cannot_be_used_is_not_kept() {
        let mut ledger = Ledger::in_memory().unwrap();
        let broken = presets()[0].document.replace("limit = 0.10", "limit = 10");
        let error = ledger.set_policy(&broken, None, at(0), (None, None)).unwrap_err();
        assert!(error.to_string().contains("ratio.limit"), "{error}");
        assert_eq!((ledger.events(None).unwrap().len(), ledger.data_version().unwrap()), (0, 0));
    }

    #[test]
    fn imports_and_other_events_share_one_chain() {
        let mut ledger = Ledger::in_memory().unwrap();
        ledger.append_event(at(0), "report", None, &serde_json::json!({"quarter": "2026-Q2"})).unwrap();
        import(&mut ledger, "a.json", records([change(1)]));
        let last = ledger.append_event(at(9), "report", None, &serde_json::json!({"quarter": "2026-Q3"})).unwrap();
        let events = ledger.events(None).unwrap();
        let kinds: Vec<_> = events.iter().map(|event| (event.seq, event.kind.as_str())).collect();
        assert_eq!(kinds, [(1, "report"), (2, "import"), (3, "report")]);
        assert!(events.windows(2).all(|pair| pair[1].previous_sha256 == pair[0].sha256));
        assert_eq!(events.last(), Some(&last));
    }
}
