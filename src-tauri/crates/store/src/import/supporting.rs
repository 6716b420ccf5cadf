//! Writing one supporting record: as new, as another revision of a known one, or not at all.

use super::{
    ImportTransaction, RowOutcome,
    record::{json, outcome},
};
use crate::{
    Arrival, StoreError,
    part::Ages,
    supporting::{Said, Supporting},
    table::supporting::{StoredSupporting, commit_value},
};
use change_ledger_model::{Timestamp, record::Place};
use rusqlite::types::Value;

impl ImportTransaction<'_> {
    pub(super) fn supporting(
        &mut self,
        place: &Place,
        arrival: &Arrival,
        found: &Supporting<'_>,
    ) -> Result<RowOutcome, StoreError> {
        let as_of = arrival.as_of;
        let mut row = self.stored_supporting(found, arrival)?;
        let Some(key) = self.known.find(self.connection, found.kind, found.id)? else {
            let owner = (found.kind, self.known.add(found.kind, found.id));
            row.revision = self.revision(place, arrival, owner, None, as_of, found.updated_at)?;
            row.insert(self.connection, owner.1)?;
            self.new_texts(owner, found.mentions, arrival)?;
            return Ok(RowOutcome::Accepted);
        };
        let mut current = StoredSupporting::load(self.connection, key, &row)?;
        if self.says_nothing_new(Some(current.revision), arrival)? {
            return Ok(RowOutcome::Unchanged);
        }
        let owner = (found.kind, key);
        let revision = self.revision(place, arrival, owner, Some(current.revision), as_of, found.updated_at)?;
        let wins = current.ages.take_in(as_of, row.ages.carried);
        let mut changed = current.take_in(row, wins);
        current.revision = current.revision.max(revision);
        current.update(self.connection, key)?;
        changed |= self.merge_texts(owner, found.mentions, arrival, wins)?;
        Ok(outcome(changed))
    }

    fn stored_supporting(&mut self, found: &Supporting<'_>, arrival: &Arrival) -> Result<StoredSupporting, StoreError> {
        let connection = self.connection;
        let mut columns = Vec::with_capacity(found.fields.len());
        for field in &found.fields {
            columns.push((field.column, self.value(field.said)?));
        }
        Ok(StoredSupporting {
            table: found.table,
            id: found.id.to_owned(),
            source: found.source.to_owned(),
            repository: found.repository.map(|name| self.repositories.id(connection, name)).transpose()?,
            columns,
            updated_at: found.updated_at.map(Timestamp::millis),
            revision: 0,
            ages: Ages::of_row(arrival.as_of, arrival.carried),
        })
    }

    fn value(&mut self, said: Said<'_>) -> Result<Value, StoreError> {
        Ok(match said {
            Said::Text(text) => text.map(str::to_owned).into(),
            Said::Number(number) => number.into(),
            Said::Time(at) => at.map(Timestamp::millis).into(),
            Said::Person(person) => self.people.maybe_id(self.connection, person)?.into(),
            Said::Commit(name) => name.map_or(Value::Null, commit_value),
            Said::List(list) => json(list)?.into(),
            Said::Findings(found) => found.map(|found| serde_json::to_string(&found)).transpose()?.into(),
        })
    }
}
