//! Frozen populations and their members.

use super::{Recorded, append, recorded};
use crate::{Ledger, StoreError, table::event::kind};
use change_ledger_model::{
    Timestamp,
    samples::{Frozen, Member, Stratum},
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

impl Ledger {
    /// Freezes a population: from now on it has these members, whatever is imported later. Gives its number.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when another population has the name; when the ledger cannot be written.
    pub fn freeze_population(
        &mut self,
        now: Timestamp,
        by: Option<&str>,
        population: &Frozen,
        members: &[Member],
    ) -> Result<i64, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let taken: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM audit_population WHERE name = ?1)",
            [&population.name],
            |row| row.get(0),
        )?;
        if taken {
            return Err(StoreError::Taken(population.name.clone()));
        }
        let event = append(&transaction, now, kind::POPULATION, by, population)?;
        transaction.execute(
            "INSERT INTO audit_population (id, event, name) \
             SELECT coalesce(max(id), 0) + 1, ?1, ?2 FROM audit_population",
            params![event.seq, population.name],
        )?;
        let number = transaction.last_insert_rowid();
        {
            let mut insert =
                transaction.prepare("INSERT INTO audit_member (population, change, stratum) VALUES (?1, ?2, ?3)")?;
            for member in members {
                insert.execute(params![number, member.change, member.stratum as u8])?;
            }
        }
        transaction.commit()?;
        Ok(number)
    }

    /// Every population, oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn populations(&self) -> Result<Vec<Recorded<Frozen>>, StoreError> {
        read_populations(&self.connection)
    }

    /// The members of a population in the byte order of their names.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn population_members(&self, population: i64) -> Result<Vec<Member>, StoreError> {
        members(&self.connection, population)
    }
}

pub(crate) fn read_populations(connection: &Connection) -> Result<Vec<Recorded<Frozen>>, StoreError> {
    recorded(connection, "id FROM audit_population JOIN event ON seq = event ORDER BY id", [])
}

pub(crate) fn members(connection: &Connection, population: i64) -> Result<Vec<Member>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT change, stratum FROM audit_member WHERE population = ?1 ORDER BY change")?;
    let mut rows = statement.query([population])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        members.push(Member { change: row.get(0)?, stratum: stratum_from(row.get(1)?)? });
    }
    Ok(members)
}

pub(super) fn stratum_from(code: u8) -> Result<Stratum, StoreError> {
    Stratum::DIVIDED
        .into_iter()
        .chain([Stratum::All])
        .find(|stratum| *stratum as u8 == code)
        .ok_or_else(|| StoreError::Damaged(format!("{code} is no stratum of a population")))
}
