//! Numbers and times as text.

pub(super) use crate::chart::number::{
    NOT_APPLICABLE, capitalised, count, counted, level, listed, percent, percent_against,
};

use change_ledger_model::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// A share in per cent, or `n/a`.
pub(super) fn percent_or_na(share: Option<f64>) -> String {
    share.map_or_else(|| NOT_APPLICABLE.to_owned(), percent)
}

/// `9 of 12`.
pub(super) fn part_of(part: u64, total: u64) -> String {
    format!("{} of {}", count(part), count(total))
}

/// `9 of 12 (75.0%)`, or `0 of 0 (n/a)`.
pub(super) fn of_total(part: u64, total: u64) -> String {
    format!("{} ({})", part_of(part, total), percent_or_na(ratio(part, total)))
}

/// `part / total`; `None` where `total` is 0.
pub(super) fn ratio(part: u64, total: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of changes are far below 2^53")]
    (total > 0).then(|| part as f64 / total as f64)
}

/// A span of time: seconds below one minute, minutes below one hour, hours below two days, then days. Number and unit stay
/// on one line.
pub(super) fn span(hours: f64) -> String {
    let (minutes, seconds) = ((hours * 60.0).abs(), (hours * 3600.0).abs());
    if seconds.round() >= 1.0 && seconds.round() < 60.0 {
        format!("{:.0}\u{A0}s", hours * 3600.0)
    } else if minutes.round() < 60.0 {
        format!("{:.0}\u{A0}min", hours * 60.0)
    } else if hours.abs() < 48.0 {
        format!("{hours:.1}\u{A0}h")
    } else {
        format!("{:.1}\u{A0}days", hours / 24.0)
    }
}

/// A span beside a limit that it kept or broke; see [`change_ledger_model::time::span_beside`].
pub(super) fn span_beside(hours: f64, limit: Option<f64>) -> String {
    change_ledger_model::time::span_beside(hours, limit, span).replace(' ', "\u{A0}")
}

/// A span of time, or `n/a`.
pub(super) fn span_or_na(hours: Option<f64>) -> String {
    hours.map_or_else(|| NOT_APPLICABLE.to_owned(), span)
}

/// A span with its sign, seen from some moment: `+3.2 h`, `−12 min`, `0 min`.
pub(super) fn offset(hours: f64) -> String {
    let text = span(hours.abs());
    match hours {
        _ if text == "0\u{A0}min" => text,
        hours if hours < 0.0 => format!("\u{2212}{text}"),
        _ => format!("+{text}"),
    }
}

/// A date for running text: `30 September 2026`.
pub(super) fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// The first 16 digits of a fingerprint in groups of four, enough to tell two apart on paper.
pub(super) fn short_fingerprint(sha256: &str) -> String {
    let digits: Vec<char> = sha256.chars().take(16).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Prints times as clocks in the report's zone show them.
#[derive(Debug, Clone, Copy)]
pub(super) struct WallClock {
    /// The zone.
    pub zone: Tz,
}

impl WallClock {
    /// `2026-09-03 14:05`.
    pub fn at(self, at: Timestamp) -> String {
        self.local(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// `2026-09-03`.
    pub fn day(self, at: Timestamp) -> String {
        self.local(at).format("%Y-%m-%d").to_string()
    }

    /// `3 September 2026, 14:05`.
    pub fn in_words(self, at: Timestamp) -> String {
        self.local(at).format("%-d %B %Y, %H:%M").to_string()
    }

    fn local(self, at: Timestamp) -> NaiveDateTime {
        at.to_utc().with_timezone(&self.zone).naive_local()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_choose_their_unit() {
        let check = |hours: f64, plain: &str, signed: &str| {
            let words = |text: String| text.replace('\u{A0}', " ");
            assert_eq!((words(span(hours)).as_str(), words(offset(hours)).as_str()), (plain, signed));
        };
        check(0.5, "30 min", "+30 min");
        check(23.96, "24.0 h", "+24.0 h");
        check(-1.5, "-1.5 h", "\u{2212}1.5 h");
        check(48.0, "2.0 days", "+2.0 days");
        check(-0.001, "-4 s", "\u{2212}4 s");
        check(0.9999, "1.0 h", "+1.0 h");
        check(-0.00001, "-0 min", "0 min");
        assert_eq!(span_beside(24.001, Some(24.0)), "24\u{A0}h\u{A0}0\u{A0}min\u{A0}4\u{A0}s");
    }

    #[test]
    fn nothing_of_nothing_is_not_a_share() {
        let check = |part, total, expected: &str| assert_eq!(of_total(part, total), expected);
        check(9, 12, "9 of 12 (75.0%)");
        check(0, 12, "0 of 12 (0.0%)");
        check(0, 0, "0 of 0 (n/a)");
    }

    #[test]
    fn clocks_show_the_zone_of_the_report() {
        let clock = WallClock { zone: chrono_tz::Europe::Berlin };
        let at = Timestamp::parse_rfc3339("2026-09-30T22:05:00Z").unwrap();
        assert_eq!(clock.at(at), "2026-10-01 00:05");
        assert_eq!(clock.in_words(at), "1 October 2026, 00:05");
    }

    #[test]
    fn fingerprints_are_shortened_in_groups() {
        assert_eq!(short_fingerprint("0123456789abcdef0123"), "0123 4567 89ab cdef");
        assert_eq!(short_fingerprint(""), "");
    }
}
