//! What was found in the texts of a record: names of other records, and words of policies.

use super::Kind;
use crate::{
    StoreError,
    arrival::Hit,
    part::{Part, Parts},
};
use change_ledger_model::record::{FoundIn, Mention, MentionKind};
use rusqlite::{Connection, Statement, params};

pub(crate) const INSERT_MENTION: &str = "INSERT INTO mention (owner_kind, owner, n, kind, found_in, name, text) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
pub(crate) const INSERT_HIT: &str = "INSERT INTO text_hit (owner_kind, owner, n, pattern_set, part, signal, at, text) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// A hit as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StoredHit {
    pub(crate) pattern_set: i64,
    pub(crate) part: u8,
    pub(crate) signal: u8,
    pub(crate) at: Option<i64>,
    pub(crate) text: String,
}

impl StoredHit {
    pub(crate) fn new(hit: &Hit, sets: &[i64]) -> Option<Self> {
        Some(Self {
            pattern_set: *sets.get(hit.set)?,
            part: hit.part as u8,
            signal: hit.signal as u8,
            at: hit.at,
            text: hit.text.clone(),
        })
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(crate) fn insert_mention(
    statement: &mut Statement<'_>,
    owner: (Kind, i64),
    n: usize,
    mention: &Mention,
) -> Result<(), StoreError> {
    let text = (mention.text != mention.name).then_some(&mention.text);
    statement.execute(params![
        owner.0.code(),
        owner.1,
        number(n),
        mention.kind as u8,
        mention.found_in as u8,
        mention.name,
        text,
    ])?;
    Ok(())
}

pub(crate) fn insert_hit(
    statement: &mut Statement<'_>,
    owner: (Kind, i64),
    n: usize,
    hit: &StoredHit,
) -> Result<(), StoreError> {
    statement.execute(params![
        owner.0.code(),
        owner.1,
        number(n),
        hit.pattern_set,
        hit.part,
        hit.signal,
        hit.at,
        hit.text,
    ])?;
    Ok(())
}

/// What a record names.
pub(crate) fn mentions(connection: &Connection, owner: (Kind, i64)) -> Result<Vec<Mention>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, found_in, name, text FROM mention WHERE owner_kind = ?1 AND owner = ?2 ORDER BY n",
    )?;
    let mut rows = statement.query([owner.0.code(), owner.1])?;
    let mut mentions = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(2)?;
        let text: Option<String> = row.get(3)?;
        mentions.push(Mention {
            kind: kind_from(row.get(0)?)?,
            found_in: found_in_from(row.get(1)?)?,
            text: text.unwrap_or_else(|| name.clone()),
            name,
        });
    }
    Ok(mentions)
}

pub(crate) fn kind_from(code: u8) -> Result<MentionKind, StoreError> {
    MentionKind::from_code(code).ok_or_else(|| StoreError::Damaged(format!("{code} is no kind of mention")))
}

pub(crate) fn found_in_from(code: u8) -> Result<FoundIn, StoreError> {
    FoundIn::from_code(code).ok_or_else(|| StoreError::Damaged(format!("{code} is no place of a mention")))
}

/// The words found in a record.
pub(crate) fn hits(connection: &Connection, owner: (Kind, i64)) -> Result<Vec<StoredHit>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT pattern_set, part, signal, at, text FROM text_hit WHERE owner_kind = ?1 AND owner = ?2 ORDER BY n",
    )?;
    let hits = statement
        .query_map([owner.0.code(), owner.1], |row| {
            Ok(StoredHit {
                pattern_set: row.get(0)?,
                part: row.get(1)?,
                signal: row.get(2)?,
                at: row.get(3)?,
                text: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(hits)
}

/// Replaces the mentions in the parts that a newer row wins; says whether anything changed.
pub(crate) fn merge_mentions(
    connection: &Connection,
    owner: (Kind, i64),
    incoming: &[Mention],
    wins: Parts,
) -> Result<bool, StoreError> {
    let order = |mention: &Mention| (mention.kind, mention.name.clone(), mention.found_in, mention.text.clone());
    let mut before = mentions(connection, owner)?;
    let part = |mention: &Mention| Part::of_mention(mention.found_in) as u8;
    let kept = before.iter().filter(|mention| !wins.replace(part(mention)));
    let taken = incoming.iter().filter(|mention| wins.admit(part(mention)));
    let mut after: Vec<Mention> = kept.chain(taken).cloned().collect();
    before.sort_by_key(order);
    after.sort_by_key(order);
    after.dedup();
    if before == after {
        return Ok(false);
    }
    connection
        .prepare_cached("DELETE FROM mention WHERE owner_kind = ?1 AND owner = ?2")?
        .execute([owner.0.code(), owner.1])?;
    let mut statement = connection.prepare_cached(INSERT_MENTION)?;
    for (n, mention) in after.iter().enumerate() {
        insert_mention(&mut statement, owner, n, mention)?;
    }
    Ok(true)
}

/// Replaces the hits in the parts that a newer row wins; says whether anything changed.
pub(crate) fn merge_hits(
    connection: &Connection,
    owner: (Kind, i64),
    incoming: Vec<StoredHit>,
    wins: Parts,
) -> Result<bool, StoreError> {
    let before = hits(connection, owner)?;
    let kept = before.iter().filter(|hit| !wins.replace(hit.part)).cloned();
    let after = kept.chain(incoming.into_iter().filter(|hit| wins.admit(hit.part))).collect();
    replace_hits(connection, owner, before, after)
}

/// Writes `after` in place of `before`; says whether they differ.
pub(crate) fn replace_hits(
    connection: &Connection,
    owner: (Kind, i64),
    mut before: Vec<StoredHit>,
    mut after: Vec<StoredHit>,
) -> Result<bool, StoreError> {
    before.sort();
    after.sort();
    after.dedup();
    if before == after {
        return Ok(false);
    }
    connection
        .prepare_cached("DELETE FROM text_hit WHERE owner_kind = ?1 AND owner = ?2")?
        .execute([owner.0.code(), owner.1])?;
    let mut statement = connection.prepare_cached(INSERT_HIT)?;
    for (n, hit) in after.iter().enumerate() {
        insert_hit(&mut statement, owner, n, hit)?;
    }
    Ok(true)
}
