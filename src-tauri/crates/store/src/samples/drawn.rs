//! Samples and their items.

use super::{Recorded, append, recorded};
use crate::{Ledger, StoreError, table::event::kind};
use change_ledger_model::{
    Timestamp,
    samples::{Drawn, Item},
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

impl Ledger {
    /// Records a sample and gives its number.
    ///
    /// # Errors
    /// When the ledger cannot be written, or holds no such population.
    pub fn record_sample(&mut self, now: Timestamp, by: Option<&str>, sample: &Drawn) -> Result<i64, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let event = append(&transaction, now, kind::SAMPLE, by, sample)?;
        transaction.execute(
            "INSERT INTO audit_sample (id, event, population) \
             SELECT coalesce(max(id), 0) + 1, ?1, ?2 FROM audit_sample",
            params![event.seq, sample.population],
        )?;
        let number = transaction.last_insert_rowid();
        sample.items.iter().try_for_each(|item| insert_item(&transaction, number, event.seq, item))?;
        transaction.commit()?;
        Ok(number)
    }

    /// Every sample as it was drawn, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn samples(&self) -> Result<Vec<Recorded<Drawn>>, StoreError> {
        read_samples(&self.connection)
    }
}

pub(crate) fn read_samples(connection: &Connection) -> Result<Vec<Recorded<Drawn>>, StoreError> {
    recorded(connection, "id FROM audit_sample JOIN event ON seq = event ORDER BY id", [])
}

pub(super) fn insert_item(connection: &Connection, sample: i64, event: i64, item: &Item) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO audit_item (sample, number, event, change, stratum) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![sample, item.number, event, item.change, item.stratum as u8])?;
    Ok(())
}
