//! Points in time.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored.
///
/// Written as RFC 3339 in UTC (`2026-09-03T01:51:40Z`), with milliseconds only where there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ts_rs::TS)]
#[ts(type = "string")]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// From milliseconds since the Unix epoch, UTC. `None` outside the years 1 to 9999, which
    /// no export means and RFC 3339 cannot write.
    #[must_use]
    pub fn from_millis(millis: i64) -> Option<Self> {
        const YEAR_1: i64 = -62_135_596_800_000;
        const YEAR_10000: i64 = 253_402_300_800_000;
        (YEAR_1..YEAR_10000).contains(&millis).then_some(Self(millis))
    }

    /// Milliseconds since the Unix epoch, UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same point as a chrono value.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// From a chrono value; sub-millisecond digits are cut off.
    #[must_use]
    pub fn from_utc(at: DateTime<Utc>) -> Option<Self> {
        Self::from_millis(at.timestamp_millis())
    }

    /// Reads RFC 3339 with any offset (`2026-09-03T03:51:40.5+02:00`); `None` for anything else.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().and_then(|at| Self::from_millis(at.timestamp_millis()))
    }

    /// Hours from `earlier` to `self`; negative when `self` is the earlier one.
    #[must_use]
    pub fn hours_since(self, earlier: Self) -> f64 {
        const MILLIS_PER_HOUR: f64 = 3_600_000.0;
        #[expect(clippy::cast_precision_loss, reason = "spans of years fit in 53 bits of milliseconds")]
        let millis = self.0.saturating_sub(earlier.0) as f64;
        millis / MILLIS_PER_HOUR
    }
}

/// The span `hours` beside a `limit` that it kept or broke: as `rounded` writes it, or to the second, `24 h 0 min 12 s`,
/// where rounding would make the two equal and they are not.
#[must_use]
pub fn span_beside(hours: f64, limit: Option<f64>, rounded: impl Fn(f64) -> String) -> String {
    const SECONDS_PER_HOUR: f64 = 3600.0;
    let differs = |limit: f64| ((hours - limit) * SECONDS_PER_HOUR).abs() >= 0.5;
    let written = rounded(hours);
    if !limit.is_some_and(|limit| differs(limit) && rounded(limit) == written) {
        return written;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a float beyond 64 bits becomes the largest integer")]
    let seconds = (hours.abs() * SECONDS_PER_HOUR).round() as i64;
    format!("{} h {} min {} s", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse_rfc3339(&text).ok_or_else(|| serde::de::Error::custom(format!("not an RFC 3339 time: {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_rfc3339() {
        let check = |text: &str, millis: i64, written: &str| {
            let at = Timestamp::parse_rfc3339(text).unwrap();
            assert_eq!((at.millis(), at.to_string().as_str()), (millis, written), "{text}");
        };
        check("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z");
        check("2026-09-03T03:51:40+02:00", 1_788_400_300_000, "2026-09-03T01:51:40Z");
        check("2026-09-03T01:51:40.5Z", 1_788_400_300_500, "2026-09-03T01:51:40.500Z");
        assert_eq!(Timestamp::parse_rfc3339("2026-09-03"), None);
        assert_eq!(Timestamp::from_millis(i64::MAX), None);
    }

    #[test]
    fn a_span_near_its_limit_is_not_rounded_to_it() {
        let check = |hours: f64, limit: Option<f64>, expected: &str| {
            assert_eq!(span_beside(hours, limit, |hours| format!("{hours:.1} h")), expected, "{hours}");
        };
        check(24.0 + 12.0 / 3600.0, Some(24.0), "24 h 0 min 12 s");
        check(24.0 - 1.0 / 60.0, Some(24.0), "23 h 59 min 0 s");
        check(24.0, Some(24.0), "24.0 h");
        check(30.2, Some(24.0), "30.2 h");
        check(24.01, None, "24.0 h");
    }

    #[test]
    fn hours_keep_their_sign() {
        let at = |ms| Timestamp::from_millis(ms).unwrap();
        assert_eq!(at(5_400_000).hours_since(at(0)), 1.5);
        assert_eq!(at(0).hours_since(at(5_400_000)), -1.5);
    }
}
