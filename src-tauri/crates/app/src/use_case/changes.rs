//! Lists of changes.

use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    host::Host,
    lists::SortedList,
    wire::{ChangeItem, ChangesAnswer, ChangesRequest, Missing},
    words,
};
use change_ledger_metrics::{Missing as Lacking, Selection};
use change_ledger_model::{
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState, Signals},
    quarter::Quarter,
};
use change_ledger_store::ChangeRow;
use std::collections::HashSet;

const DEFAULT_LIMIT: u32 = 100;
const LARGEST_LIMIT: u32 = 1000;
/// Every hit: the total must be right.
const SEARCH_HITS: u32 = u32::MAX;

/// Lists changes, newest first.
///
/// # Errors
/// When a parameter makes no sense or the ledger cannot be read.
pub fn changes(app: &App, host: &dyn Host, request: ChangesRequest) -> Result<ChangesAnswer, AppError> {
    let computed = app.computed(host)?;
    let words = request.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    // With the data version this tells what the index knows, so that a page never comes from a list of before.
    let search_backlog = match words {
        None => 0,
        Some(_) => app.read(|ledger| Ok(ledger.search_backlog()?))?,
    };
    let question = ChangesRequest { after: None, limit: 0, ..request.clone() };
    let list = computed.lists.get((question, search_backlog), || sorted(app, &computed, &request, words))?;
    let rows = &list.rows;
    let total = rows.len() as u64;
    let start = match &request.after {
        None => 0,
        Some(cursor) => after(&computed, &list, cursor)?,
    };
    let limit = if request.limit == 0 { DEFAULT_LIMIT } else { request.limit.min(LARGEST_LIMIT) } as usize;
    let page: Vec<u32> = rows.iter().skip(start).take(limit).copied().collect();
    let next = (start + page.len() < rows.len()).then(|| page.last().and_then(|row| key(&computed, *row))).flatten();
    Ok(ChangesAnswer {
        total,
        items: items(app, &computed, &page)?,
        next: next.map(|key| key.to_string()),
        search_backlog,
    })
}

/// Everything that was asked for, in the order of the list.
fn sorted(app: &App, computed: &Computed, request: &ChangesRequest, words: Option<&str>) -> Result<Vec<u32>, AppError> {
    let mut rows = computed.judged.select(&selection(request)?)?;
    if request.emergencies {
        rows.retain(|row| is_emergency(computed, *row));
    }
    if let Some(words) = words {
        let answer = app.read(|ledger| Ok(ledger.search(words, SEARCH_HITS)?))?;
        let hits: HashSet<i64> = answer.keys.into_iter().collect();
        rows.retain(|row| key(computed, *row).is_some_and(|key| hits.contains(&key)));
    }
    Ok(rows)
}

fn selection(request: &ChangesRequest) -> Result<Selection, AppError> {
    let quarter = request.quarter.as_deref().map(Quarter::parse).transpose()?;
    let missing = request.missing.map(|missing| match missing {
        Missing::Incident => Lacking::Incident,
        Missing::Label => Lacking::Label,
        Missing::Authorisation => Lacking::Authorisation,
        Missing::Justification => Lacking::Justification,
        Missing::Review => Lacking::Review,
    });
    Ok(Selection {
        quarters: quarter.map(|quarter| (quarter, quarter)),
        class: request.class,
        missing,
        review_state: request.review_state,
        approval: request.approval,
        repository: request.repository.clone(),
        // What stands behind a number of a quarter is the population; without a quarter every change is listed.
        in_population_only: quarter.is_some() || request.class.is_some() || request.emergencies,
        ..Selection::default()
    })
}

fn is_emergency(computed: &Computed, row: u32) -> bool {
    let class = computed.judged.verdicts().class.get(row as usize);
    class.copied().and_then(Class::from_code).is_some_and(Class::is_emergency)
}

fn key(computed: &Computed, row: u32) -> Option<i64> {
    computed.loaded.keys.get(row as usize).copied()
}

/// Where the page after `cursor` begins. The cursor is the key of the last change shown, so that an import in between does not
/// shift the pages.
fn after(computed: &Computed, list: &SortedList, cursor: &str) -> Result<usize, AppError> {
    let refuse = || {
        AppError::wrong_use(format!("`{cursor}` is not a place in this list"))
            .hint("Start again at the beginning of the list.")
    };
    let wanted: i64 = cursor.parse().map_err(|_| refuse())?;
    let position = computed.loaded.position(wanted).ok().and_then(|position| u32::try_from(position).ok());
    position.and_then(|position| list.place(position)).map(|place| place + 1).ok_or_else(refuse)
}

/// The changes at these positions, as lists show them, in the same order.
pub(crate) fn items(app: &App, computed: &Computed, rows: &[u32]) -> Result<Vec<ChangeItem>, AppError> {
    let keys: Vec<i64> = rows.iter().filter_map(|row| key(computed, *row)).collect();
    let found = app.read(|ledger| Ok(ledger.change_rows(&keys)?))?;
    rows.iter().zip(found).map(|(row, change)| item(computed, *row, change)).collect()
}

/// One change as lists show it.
pub(crate) fn item(computed: &Computed, row: u32, change: ChangeRow) -> Result<ChangeItem, AppError> {
    let at = row as usize;
    let verdicts = computed.judged.verdicts();
    let inconsistent = || AppError::new(ErrorCode::Internal, format!("{} was not judged", change.id));
    let class = verdicts.class.get(at).copied().and_then(Class::from_code).ok_or_else(inconsistent)?;
    let review_state =
        verdicts.review_state.get(at).copied().and_then(ReviewState::from_code).ok_or_else(inconsistent)?;
    let approval = verdicts.approval.get(at).copied().and_then(ApprovalTiming::from_code).ok_or_else(inconsistent)?;
    let signals = Signals(verdicts.signals.get(at).copied().unwrap_or_default()).iter().collect();
    Ok(ChangeItem {
        counted: verdicts.in_population.get(at).copied().unwrap_or(false),
        class,
        signals,
        attested: verdicts.attested.get(at).copied().unwrap_or(false),
        review_state,
        approval,
        missing: missing(computed, at, class, review_state),
        left_open: left_open(computed, at, class),
        id: change.id,
        title: change.title,
        repository: change.repository,
        author: change.author.map(|person| person.label().to_owned()),
        implemented_at: computed.loaded.implemented(at),
        url: change.url,
    })
}

/// What an emergency lacks; nothing for other changes.
pub(crate) fn missing(computed: &Computed, at: usize, class: Class, review: ReviewState) -> Vec<Missing> {
    if !class.is_emergency() {
        return Vec::new();
    }
    let verdicts = computed.judged.verdicts();
    let link = verdicts.incident_link.get(at).copied().and_then(IncidentLinkState::from_code);
    let is_missing = |records: &[Option<bool>]| records.get(at) == Some(&Some(false));
    [
        (matches!(link, Some(IncidentLinkState::Missing | IncidentLinkState::Dangling)), Missing::Incident),
        (
            class == Class::UnlabelledEmergency && computed.loaded.labels_known.get(at).copied().unwrap_or(false),
            Missing::Label,
        ),
        (is_missing(&verdicts.authorised), Missing::Authorisation),
        (is_missing(&verdicts.justified), Missing::Justification),
        (matches!(review, ReviewState::Pending | ReviewState::Overdue), Missing::Review),
    ]
    .into_iter()
    .filter_map(|(lacks, what)| lacks.then_some(what))
    .collect()
}

/// What the imported files leave open about a change, in words.
fn left_open(computed: &Computed, at: usize, class: Class) -> Vec<String> {
    let verdicts = computed.judged.verdicts();
    let is_unknown = |records: &[Option<bool>]| class.is_emergency() && records.get(at) == Some(&None);
    let unknown_records: Vec<&str> = [
        (is_unknown(&verdicts.authorised), "an authorisation"),
        (is_unknown(&verdicts.justified), "a justification"),
        (is_unknown(&verdicts.documented_on_time), "a documentation afterwards"),
    ]
    .into_iter()
    .filter_map(|(unknown, record)| unknown.then_some(record))
    .collect();
    let may_bear_a_label = class == Class::UnlabelledEmergency && computed.loaded.labels_known.get(at) == Some(&false);
    words::left_open(verdicts.dismissed_without_date.get(at) == Some(&true), may_bear_a_label, &unknown_records)
}
