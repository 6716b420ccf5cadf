//! The numbers of all quarters, counted in one pass over the changes.

use super::survival::{self, Span};
use crate::column::{
    APPROVAL, ATTESTED, AUTHORISED, BATCH_STAMPED, CLASS, DETECTION, DOCUMENTATION_PENDING, DOCUMENTED_ON_TIME, GROUP,
    IMPLEMENTED_AT, IN_N, IN_POPULATION, INCIDENT_LINK, JUSTIFIED, LABELS_KNOWN, QUARTER, REVIEW_STATE, REVIEWED_AT,
    SELF_APPROVED, SELF_MERGED,
};
use crate::expression::lit;
use crate::metric;
use change_ledger_model::{Timestamp, judgement::ReviewState};
use polars::prelude::{AnyValue, DataFrame, DataType, Expr, IntoLazy, LazyFrame, PolarsResult, col, len, when};
use std::collections::{BTreeMap, HashMap};

/// How many changes a cell stands for.
pub(crate) const CHANGES_IN_CELL: &str = "changes_in_cell";
/// Milliseconds from the implementation to the retroactive review, or to the present where it is still open. Hours are
/// made of them last: dividing a column would multiply by an inexact inverse.
pub(crate) const MILLIS: &str = "millis";
/// What metrics count by, with the number of values each can have besides being unknown. Changes alike in all of these form one cell, and
/// metrics are computed over the few cells instead of the many changes. Each of the two lists is one number of 16 bits, because a
/// million narrow numbers are counted with in a fraction of the time of wide ones.
const ANSWERS: [(&str, u16); 10] = [
    (IN_N, 2),
    (AUTHORISED, 2),
    (JUSTIFIED, 2),
    (DOCUMENTED_ON_TIME, 2),
    (DOCUMENTATION_PENDING, 2),
    (SELF_MERGED, 2),
    (SELF_APPROVED, 2),
    (BATCH_STAMPED, 2),
    (LABELS_KNOWN, 2),
    (ATTESTED, 2),
];
const CODES: [(&str, u16); 5] = [(CLASS, 5), (APPROVAL, 4), (REVIEW_STATE, 6), (INCIDENT_LINK, 5), (DETECTION, 4)];

/// More than the number of any quarter up to the year 9999.
const QUARTERS: i64 = 1 << 17;

type Key = (u32, i32);

/// One line of numbers per group and quarter in which something happened.
pub(super) struct Table {
    counts: DataFrame,
    count_lines: HashMap<Key, usize>,
    durations: DataFrame,
    duration_lines: HashMap<Key, usize>,
    survival: BTreeMap<Key, i64>,
}

/// The numbers of one group in one quarter; all 0 or absent where nothing happened.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    table: &'a Table,
    key: Key,
}

impl Table {
    /// Counts `changes`, the judged frame with a row for each group of each change.
    pub(super) fn of(changes: &DataFrame, as_of: Timestamp) -> PolarsResult<Self> {
        let population = changes.clone().lazy().filter(col(IN_POPULATION));
        let counts = cells(population.clone()).group_by([col(GROUP), col(QUARTER)]).agg(metric::counts()).collect()?;
        let reviews = durations(population, as_of).collect()?;
        let durations =
            reviews.clone().lazy().group_by([col(GROUP), col(QUARTER)]).agg(metric::durations()).collect()?;
        Ok(Self {
            count_lines: lines(&counts)?,
            counts,
            duration_lines: lines(&durations)?,
            durations,
            survival: survival_medians(&reviews)?,
        })
    }

    /// Every group and quarter with a change of the population.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.count_lines.keys().copied()
    }

    pub(super) const fn line(&self, group: u32, quarter: i32) -> Line<'_> {
        Line { table: self, key: (group, quarter) }
    }
}

impl Line<'_> {
    /// A number of changes, by the name under which its metric counts it.
    pub(crate) fn count(&self, name: &str) -> PolarsResult<u64> {
        let Some(line) = self.table.count_lines.get(&self.key) else { return Ok(0) };
        self.table.counts.column(name)?.get(*line)?.try_extract()
    }

    /// Hours, by the name under which its metric computes them.
    pub(crate) fn hours(&self, name: &str) -> PolarsResult<Option<f64>> {
        Ok(self.duration(name)?.map(hours))
    }

    /// A number over done and open reviews, in the unit of the column, by the name under which its metric computes it.
    pub(crate) fn duration(&self, name: &str) -> PolarsResult<Option<f64>> {
        let Some(line) = self.table.duration_lines.get(&self.key) else { return Ok(None) };
        match self.table.durations.column(name)?.get(*line)? {
            AnyValue::Null => Ok(None),
            value => Ok(Some(value.try_extract()?)),
        }
    }

    /// The Kaplan-Meier median in hours.
    pub(crate) fn survival_median(&self) -> Option<f64> {
        self.table.survival.get(&self.key).map(|millis| exact_hours(*millis))
    }
}

fn cells(population: LazyFrame) -> LazyFrame {
    let number = |name: &str| col(name).cast(DataType::Int64);
    let place = number(GROUP) * lit(QUARTERS) + number(QUARTER);
    let with = |key: Expr, values: &[(&str, u16)]| {
        key * lit(i64::from(combinations(values))) + combination(values).cast(DataType::Int64)
    };
    let profile = with(with(place, &ANSWERS), &CODES);
    let profiled = ANSWERS.into_iter().chain(CODES).map(|(name, _)| name);
    let kept = [GROUP, QUARTER].into_iter().chain(profiled).map(|name| col(name).first());
    population
        .with_column(profile.alias("profile"))
        .group_by([col("profile")])
        .agg(kept.chain([len().alias(CHANGES_IN_CELL)]).collect::<Vec<_>>())
}

/// One number for all these values of a change; an unknown one counts as 0.
fn combination(values: &[(&str, u16)]) -> Expr {
    let number = |name: &str| (col(name).cast(DataType::UInt16) + lit(1_u16)).fill_null(lit(0_u16));
    values.iter().fold(lit(0_u16), |key, (name, values)| key * lit(*values + 1) + number(name))
}

/// How many combinations of such values there are.
const fn combinations(values: &[(&str, u16)]) -> u16 {
    let (mut found, mut left) = (1_u16, values);
    // Too many for 16 bits do not compile.
    while let [(_, values), rest @ ..] = left {
        (found, left) = (found * (*values + 1), rest);
    }
    found
}

const _: (u16, u16) = (combinations(&ANSWERS), combinations(&CODES));

/// Owed reviews that are done or open, with their hours.
pub(super) fn durations(population: LazyFrame, as_of: Timestamp) -> LazyFrame {
    let open = is_open();
    let end = when(open.clone()).then(lit(as_of.millis())).otherwise(col(REVIEWED_AT));
    population.filter(is_done().or(open)).with_column((end - col(IMPLEMENTED_AT)).alias(MILLIS))
}

/// Milliseconds as hours.
pub(super) fn hours(millis: f64) -> f64 {
    millis / 3_600_000.0
}

/// Whole milliseconds as hours.
pub(super) fn exact_hours(millis: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "spans of years fit in 53 bits of milliseconds")]
    hours(millis as f64)
}

/// Whether the retroactive review was given.
pub(crate) fn is_done() -> Expr {
    in_state(ReviewState::OnTime).or(in_state(ReviewState::Late))
}

/// Whether the retroactive review is owed and not given.
pub(crate) fn is_open() -> Expr {
    in_state(ReviewState::Pending).or(in_state(ReviewState::Overdue))
}

pub(crate) fn in_state(state: ReviewState) -> Expr {
    col(REVIEW_STATE).eq(lit(state as u8))
}

fn keys(frame: &DataFrame) -> PolarsResult<Vec<Option<Key>>> {
    let groups = frame.column(GROUP)?.u32()?;
    let quarters = frame.column(QUARTER)?.i32()?;
    Ok(groups.iter().zip(quarters.iter()).map(|(group, quarter)| group.zip(quarter)).collect())
}

fn lines(frame: &DataFrame) -> PolarsResult<HashMap<Key, usize>> {
    Ok(keys(frame)?.into_iter().zip(0..).filter_map(|(key, line)| key.map(|key| (key, line))).collect())
}

fn survival_medians(reviews: &DataFrame) -> PolarsResult<BTreeMap<Key, i64>> {
    let median = |(key, spans)| survival::median(&survival::steps(spans)).map(|median| (key, median));
    Ok(spans(reviews)?.into_iter().filter_map(median).collect())
}

/// How long the reviews of each group and quarter were open; `reviews` are the [`durations`].
pub(super) fn spans(reviews: &DataFrame) -> PolarsResult<BTreeMap<Key, Vec<Span>>> {
    let done = reviews.clone().lazy().select([is_done().alias("done")]).collect()?;
    let mut by_key: BTreeMap<Key, Vec<Span>> = BTreeMap::new();
    let millis = reviews.column(MILLIS)?.i64()?;
    for ((key, millis), done) in keys(reviews)?.into_iter().zip(millis.iter()).zip(done.column("done")?.bool()?.iter())
    {
        if let (Some(key), Some(millis), Some(ended)) = (key, millis, done) {
            by_key.entry(key).or_default().push(Span { millis, ended });
        }
    }
    Ok(by_key)
}
