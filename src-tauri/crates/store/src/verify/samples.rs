//! Populations, samples and answers, against what the events say.

use super::{Checked, VerifyReport};
use crate::{
    StoreError,
    samples::{Recorded, members, read_answers, read_populations, read_removals, read_samples},
    table::event::{self, kind},
};
use change_ledger_model::samples::{Drawn, Item, fingerprint};
use rusqlite::{Connection, params};

pub(super) fn rows(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    populations(report, connection)?;
    items(report, connection)?;
    answers(report, connection)?;
    every_event_has_its_row(report, connection)
}

fn populations(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    for population in read_populations(connection)? {
        let place = format!("P{}", population.number);
        let name: String =
            connection
                .query_row("SELECT name FROM audit_population WHERE id = ?1", [population.number], |row| row.get(0))?;
        if name != population.what.name {
            report.find(Checked::Sample, &place, "It was frozen under another name.");
        }
        let members = members(connection, population.number)?;
        if fingerprint(&members) != population.what.sha256 || members.len() as u64 != population.what.changes {
            report.find(Checked::Sample, place, "Other changes were frozen.");
        }
    }
    Ok(())
}

/// Every item as its draw or its removal says, and no other.
fn items(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let samples = read_samples(connection)?;
    let removals = read_removals(connection, None)?;
    for removal in &removals {
        let row = (removal.what.sample, i64::from(removal.what.item));
        if !holds(connection, "audit_removal WHERE event = ?1 AND sample = ?2 AND item = ?3", removal.event, row)? {
            report.find(Checked::Sample, format!("S{}", removal.what.sample), "Another item was taken out.");
        }
    }
    for Recorded { number, event, what, .. } in &samples {
        let place = format!("S{number}");
        let Drawn { population, items, .. } = what;
        if !holds(
            connection,
            "audit_sample WHERE event = ?1 AND id = ?2 AND population = ?3",
            *event,
            (*number, *population),
        )? {
            report.find(Checked::Sample, &place, "It was drawn from another population.");
        }
        let replacements = removals
            .iter()
            .filter(|removal| removal.what.sample == *number)
            .filter_map(|removal| Some((removal.event, removal.what.replacement.as_ref()?)));
        let stated: Vec<(i64, &Item)> = items.iter().map(|item| (*event, item)).chain(replacements).collect();
        let kept: i64 =
            connection.query_row("SELECT count(*) FROM audit_item WHERE sample = ?1", [number], |row| row.get(0))?;
        let mut differs = usize::try_from(kept) != Ok(stated.len());
        for (event, item) in stated {
            differs |= !is_kept(connection, *number, event, item)?;
        }
        if differs {
            report.find(Checked::Sample, place, "Other items were drawn.");
        }
    }
    Ok(())
}

fn is_kept(connection: &Connection, sample: i64, event: i64, item: &Item) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM audit_item WHERE sample = ?1 AND number = ?2 AND event = ?3 AND change = ?4 \
         AND stratum = ?5)",
    )?;
    let row = params![sample, item.number, event, item.change, item.stratum as u8];
    Ok(statement.query_row(row, |row| row.get(0))?)
}

fn answers(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    for answer in read_answers(connection, None)? {
        let what = &answer.what;
        let says = connection.query_row(
            "SELECT sample = ?2 AND item = ?3 AND attribute = ?4 AND result = ?5 FROM audit_answer WHERE event = ?1",
            params![answer.event, what.sample, what.item, what.attribute as u8, what.result as u8],
            |row| row.get::<_, bool>(0),
        )?;
        if !says {
            report.find(Checked::Sample, format!("S{}/{}", what.sample, what.item), "Another answer was given.");
        }
    }
    Ok(())
}

fn holds(connection: &Connection, row: &str, event: i64, (one, other): (i64, i64)) -> Result<bool, StoreError> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {row})");
    Ok(connection.prepare_cached(&sql)?.query_row([event, one, other], |row| row.get(0))?)
}

/// The rows are read by their events, so only their number is left to compare.
fn every_event_has_its_row(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let tables = [
        (kind::POPULATION, "audit_population"),
        (kind::SAMPLE, "audit_sample"),
        (kind::SAMPLE_REMOVAL, "audit_removal"),
        (kind::SAMPLE_ANSWER, "audit_answer"),
    ];
    for (kind, table) in tables {
        event::each(connection, Some(kind), &mut |event| {
            let sql = format!("SELECT count(*) FROM {table} WHERE event = ?1");
            let rows: i64 = connection.prepare_cached(&sql)?.query_row([event.seq], |row| row.get(0))?;
            if rows != 1 {
                report.find(Checked::Sample, format!("event {}", event.seq), format!("It has no row in `{table}`."));
            }
            Ok(())
        })?;
        let sql =
            format!("SELECT count(*) FROM {table} LEFT JOIN event ON seq = event AND kind = ?1 WHERE seq IS NULL");
        let strays: i64 = connection.query_row(&sql, [kind], |row| row.get(0))?;
        if strays > 0 {
            report.find(Checked::Sample, table, format!("{strays} of its rows belong to no event of their kind."));
        }
    }
    Ok(())
}
