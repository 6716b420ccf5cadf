//! What the texts of a change, its tickets and its incidents say, under each set of patterns.

use super::build::{aligned, bytes, positions, times};
use super::incidents::Links;
use crate::column::{
    AT, AUTHORISED_AT, CHANGE, DOCUMENTED_AT, EMERGENCY_LABEL, EMERGENCY_TICKET, EMERGENCY_WORDS, EXEMPTED,
    HOTFIX_BRANCH, IMPLEMENTED_AT, JUSTIFIED_AT, RECORDED_REVIEW_AT, ROLLBACK_PLANNED,
};
use crate::expression::{lit, only_where};
use change_ledger_model::{
    columns::{HitOwner, TextHitRow},
    policy::patterns::TextSignal,
};
use polars::prelude::{DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, PolarsResult, UnionArgs, col, concat};
use std::collections::{BTreeMap, BTreeSet};

const PATTERN_SET: &str = "pattern_set";
const SIGNAL: &str = "signal";
const OWNER: &str = "owner";
const PLACE: &str = "place";

/// Whose text it was, seen from a change.
#[derive(Clone, Copy)]
enum Place {
    Change = 0,
    Ticket = 1,
    Incident = 2,
}

/// One frame per pattern set that matched anything, each with one row per change.
pub(super) fn frames(
    hits: &[TextHitRow],
    links: &Links<'_>,
    changes: &DataFrame,
) -> PolarsResult<BTreeMap<u32, DataFrame>> {
    let sets: BTreeSet<u32> = hits.iter().map(|hit| hit.pattern_set).collect();
    let implemented = changes.column(IMPLEMENTED_AT)?;
    let seen = seen_from_changes(hits, links)?.collect()?;
    let implemented = DataFrame::new(implemented.len(), vec![implemented.clone()])?;
    let implemented = implemented.take(seen.column(CHANGE)?.u32()?)?;
    let seen = seen.hstack(implemented.columns())?;
    let of_set = |set| said(seen.clone().lazy().filter(col(PATTERN_SET).eq(lit(set))), changes.height());
    sets.into_iter().map(|set| of_set(set).map(|frame| (set, frame))).collect()
}

/// What is said where no text has matched.
pub(crate) fn nothing_said(height: usize) -> PolarsResult<DataFrame> {
    said(seen_from_changes(&[], &NO_LINKS)?.with_column(col(AT).alias(IMPLEMENTED_AT)), height)
}

const NO_LINKS: Links<'static> =
    Links { tickets: &[], ticket_links: &[], incident_links: &[], incidents: &[], tickets_not_imported: &[] };

/// Every hit once per change that it concerns: its own, those of its ticket, those of its incident.
fn seen_from_changes(hits: &[TextHitRow], links: &Links<'_>) -> PolarsResult<LazyFrame> {
    let on_change = hit_frame(hits, |owner| matches!(owner, HitOwner::Change(_)))?;
    let on_ticket = hit_frame(hits, |owner| matches!(owner, HitOwner::Ticket(_)))?;
    let on_incident = hit_frame(hits, |owner| matches!(owner, HitOwner::Incident(_)))?;
    let tickets = link_frame(links.ticket_links.iter().map(|link| (link.change, link.ticket)))?;
    let incidents = link_frame(
        links.incident_links.iter().filter_map(|link| link.incident.map(|incident| (link.change, incident))),
    )?;
    let through = |hits: LazyFrame, links: LazyFrame| {
        hits.join(links, [col(OWNER)], [col(OWNER)], JoinArgs::new(JoinType::Inner))
    };
    let shape = |hits: LazyFrame, place: Place| {
        hits.select([col(CHANGE), lit(place as u8).alias(PLACE), col(PATTERN_SET), col(SIGNAL), col(AT)])
    };
    concat(
        [
            shape(on_change.with_column(col(OWNER).alias(CHANGE)), Place::Change),
            shape(through(on_ticket, tickets), Place::Ticket),
            shape(through(on_incident, incidents), Place::Incident),
        ],
        UnionArgs::default(),
    )
}

fn hit_frame(hits: &[TextHitRow], is_meant: fn(HitOwner) -> bool) -> PolarsResult<LazyFrame> {
    let hits: Vec<&TextHitRow> = hits.iter().filter(|hit| is_meant(hit.owner)).collect();
    let owner = |owner| {
        let (HitOwner::Change(row) | HitOwner::Ticket(row) | HitOwner::Incident(row)) = owner;
        row
    };
    let dates: Vec<Option<i64>> = hits.iter().map(|hit| hit.at).collect();
    let frame = DataFrame::new(
        hits.len(),
        vec![
            positions(OWNER, hits.iter().map(|hit| owner(hit.owner)).collect()),
            positions(PATTERN_SET, hits.iter().map(|hit| hit.pattern_set).collect()),
            bytes(SIGNAL, hits.iter().map(|hit| hit.signal as u8).collect()),
            times(AT, &dates),
        ],
    )?;
    Ok(frame.lazy())
}

fn link_frame(links: impl Iterator<Item = (u32, u32)>) -> PolarsResult<LazyFrame> {
    let (changes, owners): (Vec<u32>, Vec<u32>) = links.unzip();
    Ok(DataFrame::new(changes.len(), vec![positions(CHANGE, changes), positions(OWNER, owners)])?.lazy())
}

fn said(hits: LazyFrame, height: usize) -> PolarsResult<DataFrame> {
    let is = |signal: TextSignal| col(SIGNAL).eq(lit(signal as u8));
    let on = |place: Place| col(PLACE).eq(lit(place as u8));
    let not_on = |place: Place| col(PLACE).neq(lit(place as u8));
    let seen = |what: Expr, name: &str| what.max().alias(name);
    // What bears no date may be as old as any.
    let first = |what: Expr, name: &str| {
        only_where(what.and(not_on(Place::Incident)), col(AT).fill_null(lit(i64::MIN))).min().alias(name)
    };
    let written_down = is(TextSignal::Documentation).and(not_on(Place::Change)).and(col(AT).gt_eq(col(IMPLEMENTED_AT)));
    let review_record = is(TextSignal::ReviewRecord).and(not_on(Place::Change)).and(col(AT).gt(col(IMPLEMENTED_AT)));
    let planned_by_then = col(AT).is_null().or(col(AT).lt_eq(col(IMPLEMENTED_AT)).fill_null(lit(false)));
    let planned = is(TextSignal::RollbackPlan).and(not_on(Place::Incident)).and(planned_by_then);
    let per_change = hits
        .group_by([col(CHANGE)])
        .agg([
            seen(is(TextSignal::EmergencyLabel).and(on(Place::Change)), EMERGENCY_LABEL),
            seen(is(TextSignal::EmergencyLabel).and(on(Place::Ticket)), EMERGENCY_TICKET),
            seen(is(TextSignal::HotfixBranch).and(on(Place::Change)), HOTFIX_BRANCH),
            seen(is(TextSignal::EmergencyWords).and(on(Place::Change)), EMERGENCY_WORDS),
            first(is(TextSignal::Authorisation), AUTHORISED_AT),
            first(is(TextSignal::Justification), JUSTIFIED_AT),
            seen(is(TextSignal::Exempting).and(on(Place::Change)), EXEMPTED),
            seen(planned, ROLLBACK_PLANNED),
            only_where(written_down, col(AT)).min().alias(DOCUMENTED_AT),
            only_where(review_record, col(AT)).min().alias(RECORDED_REVIEW_AT),
        ])
        .collect()?;
    let flag = |name: &str| col(name).fill_null(lit(false));
    aligned(&per_change, height)?
        .lazy()
        .with_columns(
            [EMERGENCY_LABEL, EMERGENCY_TICKET, HOTFIX_BRANCH, EMERGENCY_WORDS, EXEMPTED, ROLLBACK_PLANNED].map(flag),
        )
        .collect()
}
