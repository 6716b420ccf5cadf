//! Times as tables write them: any order, any language, mostly without an offset.

use super::date_parts::{Parts, millis_of};
use crate::reading::DateOrder;
use change_ledger_model::Timestamp;
use chrono::{LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// Why a text is no point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    /// Nothing that reads as a date.
    #[error("it is not a date that can be read")]
    NotADate,
    /// A day, month or hour that does not exist.
    #[error("there is no such day or time")]
    OutOfRange,
    /// A zone that is named by letters which stand for several zones.
    #[error("its time zone is named by letters that have several meanings; only UTC, GMT, Z and offsets can be read")]
    UnknownZone,
    /// Day and month could be swapped, and nothing says which is which.
    #[error("day and month could be swapped")]
    OrderOpen,
    /// The column has its days first, this value can only have its month first, or the other way round.
    #[error("its day and month stand the other way round than in the rest of the file")]
    OtherOrder,
}

/// How to read times that leave something open.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Zone of times without an offset.
    pub zone: Tz,
    /// Order of day and month in dates of digits only.
    pub order: Option<DateOrder>,
}

/// A point in time, and what had to be assumed to get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadTime {
    /// The point.
    pub at: Timestamp,
    /// Whether the text had no offset, so that [`Clock::zone`] was used.
    pub zone_used: bool,
    /// Whether the text had no time of day, so that midnight was taken.
    pub date_only: bool,
    /// What a clock change left open about it.
    pub clock_change: Option<ClockChange>,
}

impl ReadTime {
    /// A point about which nothing had to be assumed.
    #[must_use]
    pub const fn certain(at: Timestamp) -> Self {
        Self { at, zone_used: false, date_only: false, clock_change: None }
    }
}

/// How a clock change touches a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockChange {
    /// Clocks never showed it: the first moment after the gap was taken.
    Skipped,
    /// Clocks showed it twice: the first occurrence was taken.
    Repeated,
}

/// What one date says about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderEvidence {
    /// Nothing: the month is named, the year leads, both numbers are equal, or it is no date.
    None,
    /// This order only.
    Only(DateOrder),
    /// Either: both numbers are at most 12.
    Open,
}

/// Reads a time in any of the spellings that exports have.
///
/// Read are RFC 3339 and its relatives, day or month first with `/ - .` or blanks, named months in
/// nine languages, two-digit years (00 to 68 are 2000 to 2068, as POSIX says), 12-hour clocks,
/// fractions of seconds, offsets with and without a colon, a trailing `UTC`, and seconds or
/// milliseconds since 1970. A date alone is midnight. A local time that a clock change skips is the
/// first moment after the gap; one that occurs twice is its first occurrence.
///
/// # Errors
/// [`LocalTimeError`], for any text that is not certainly one point in time under `clock`.
pub fn parse(text: &str, clock: Clock) -> Result<ReadTime, LocalTimeError> {
    let text = text.trim();
    if let Some(at) = Timestamp::parse_rfc3339(text) {
        return Ok(ReadTime::certain(at));
    }
    if let Some(at) = since_epoch(text) {
        return Ok(ReadTime::certain(at));
    }
    let parts = Parts::of(text)?;
    let date = parts.date.resolve(clock.order)?;
    let local = date.and_time(parts.time);
    let (at, clock_change) = match parts.offset {
        Some(offset) => (offset.from_local_datetime(&local).single().map(|at| at.timestamp_millis()), None),
        None => (earliest(local, clock.zone), clock_change(local, clock.zone)),
    };
    let at = at.and_then(Timestamp::from_millis).ok_or(LocalTimeError::OutOfRange)?;
    // A day whose midnight is skipped or repeated is that day all the same.
    let clock_change = clock_change.filter(|_| parts.has_clock);
    Ok(ReadTime { at, zone_used: parts.offset.is_none(), date_only: !parts.has_clock, clock_change })
}

/// What a text says about the order of day and month in its column.
#[must_use]
pub fn order_evidence(text: &str) -> OrderEvidence {
    let text = text.trim();
    if since_epoch(text).is_some() {
        return OrderEvidence::None;
    }
    Parts::of(text).map_or(OrderEvidence::None, |parts| parts.date.evidence())
}

fn clock_change(local: NaiveDateTime, zone: Tz) -> Option<ClockChange> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(_) => None,
        LocalResult::Ambiguous(..) => Some(ClockChange::Repeated),
        LocalResult::None => Some(ClockChange::Skipped),
    }
}

/// The first moment at which clocks in `zone` showed `local` or, where a clock change skipped it, later.
fn earliest(local: NaiveDateTime, zone: Tz) -> Option<i64> {
    // Clocks jump by whole quarters of an hour, and by at most a day (Samoa in 2011).
    const STEPS: i32 = 4 * 25;
    if let Some(at) = zone.from_local_datetime(&local).earliest() {
        return Some(at.timestamp_millis());
    }
    let quarter = TimeDelta::minutes(15);
    let millis = local.and_utc().timestamp_millis();
    let floor = local - TimeDelta::milliseconds(millis.rem_euclid(quarter.num_milliseconds()));
    (1..=STEPS)
        .find_map(|step| zone.from_local_datetime(&(floor + quarter * step)).earliest())
        .map(|at| at.timestamp_millis())
}

/// Seconds (9 or 10 digits, fraction allowed) or milliseconds (12 or 13 digits) since 1970.
fn since_epoch(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => Timestamp::from_millis(value * 1000 + millis_of(fraction)),
        12 | 13 if fraction.is_empty() => Timestamp::from_millis(value),
        _ => None,
    }
}

#[cfg(test)]
#[path = "local_time_tests.rs"]
mod tests;
