//! What an auditor did with the items of a sample.

use super::{Recorded, append, drawn::insert_item, recorded};
use crate::{Ledger, StoreError, table::event::kind};
use change_ledger_model::{
    Timestamp,
    samples::{Answer, Removal},
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

impl Ledger {
    /// Takes an item out of a sample, and puts another in its place where the removal names one.
    ///
    /// # Errors
    /// When the ledger cannot be written, or holds no such item, or one that was taken out before.
    pub fn remove_item(&mut self, now: Timestamp, by: Option<&str>, removal: &Removal) -> Result<(), StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let event = append(&transaction, now, kind::SAMPLE_REMOVAL, by, removal)?;
        transaction.execute(
            "INSERT INTO audit_removal (event, sample, item) VALUES (?1, ?2, ?3)",
            params![event.seq, removal.sample, removal.item],
        )?;
        if let Some(item) = &removal.replacement {
            insert_item(&transaction, removal.sample, event.seq, item)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Appends an answer. What was answered before to the same question stays on record.
    ///
    /// # Errors
    /// When the ledger cannot be written, or holds no such item.
    pub fn answer_item(&mut self, now: Timestamp, by: Option<&str>, answer: &Answer) -> Result<i64, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let event = append(&transaction, now, kind::SAMPLE_ANSWER, by, answer)?;
        transaction.execute(
            "INSERT INTO audit_answer (event, sample, item, attribute, result) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![event.seq, answer.sample, answer.item, answer.attribute as u8, answer.result as u8],
        )?;
        transaction.commit()?;
        Ok(event.seq)
    }

    /// What was taken out of a sample, in that order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn sample_removals(&self, sample: i64) -> Result<Vec<Recorded<Removal>>, StoreError> {
        read_removals(&self.connection, Some(sample))
    }

    /// Every answer about a sample in the order in which it was given.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn sample_answers(&self, sample: i64) -> Result<Vec<Recorded<Answer>>, StoreError> {
        read_answers(&self.connection, Some(sample))
    }
}

pub(crate) fn read_removals(
    connection: &Connection,
    sample: Option<i64>,
) -> Result<Vec<Recorded<Removal>>, StoreError> {
    let rows = "seq FROM audit_removal JOIN event ON seq = event WHERE ?1 IS NULL OR sample = ?1 ORDER BY seq";
    recorded(connection, rows, [sample])
}

pub(crate) fn read_answers(connection: &Connection, sample: Option<i64>) -> Result<Vec<Recorded<Answer>>, StoreError> {
    let rows = "seq FROM audit_answer JOIN event ON seq = event WHERE ?1 IS NULL OR sample = ?1 ORDER BY seq";
    recorded(connection, rows, [sample])
}
