//! Moments as people say them: with the day of the week, in the zone of the policy.

use change_ledger_model::Timestamp;
use chrono_tz::Tz;

/// `Fri 2026-07-03 21:10 UTC`. Seconds only where there are any: a deadline may be missed by some.
pub(crate) fn moment(at: Timestamp, zone: Tz) -> String {
    let local = at.to_utc().with_timezone(&zone);
    let format = if at.millis() % 60_000 == 0 { "%a %Y-%m-%d %H:%M %Z" } else { "%a %Y-%m-%d %H:%M:%S %Z" };
    local.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_its_day_and_its_zone() {
        let check = |at: &str, zone: Tz, expected: &str| {
            assert_eq!(moment(Timestamp::parse_rfc3339(at).unwrap(), zone), expected);
        };
        check("2026-07-03T21:10:00Z", Tz::UTC, "Fri 2026-07-03 21:10 UTC");
        check("2026-07-03T23:10:00Z", Tz::Europe__Berlin, "Sat 2026-07-04 01:10 CEST");
        check("2026-07-04T23:59:59.999Z", Tz::UTC, "Sat 2026-07-04 23:59:59 UTC");
    }
}
