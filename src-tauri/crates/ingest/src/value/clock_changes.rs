//! Local times that a clock change skips or repeats: which were read, and what the manifest says of them.

use super::local_time::{ClockChange, ReadTime};
use change_ledger_model::import::ImportWarning;
use chrono_tz::Tz;

/// The times of one file that a clock change touches.
#[derive(Debug, Default)]
pub(crate) struct ClockChanges {
    skipped: Touched,
    repeated: Touched,
}

/// How many, and the first as it is written.
#[derive(Debug, Default)]
struct Touched {
    count: u64,
    first: String,
}

impl ClockChanges {
    /// Looks at a time that was read from `text`.
    pub(crate) fn note(&mut self, text: &str, read: ReadTime) {
        const SHOWN: usize = 60;
        let touched = match read.clock_change {
            None => return,
            Some(ClockChange::Skipped) => &mut self.skipped,
            Some(ClockChange::Repeated) => &mut self.repeated,
        };
        if touched.count == 0 {
            touched.first = text.trim().chars().take(SHOWN).collect();
        }
        touched.count += 1;
    }

    /// What a person should know about them. `zone` is the one in which they were read.
    pub(crate) fn warnings(&self, zone: Tz) -> Vec<ImportWarning> {
        let sentence = |touched: &Touched, code: &str, what: &str, taken: &str| {
            let Touched { count, first } = touched;
            let times = if *count == 1 { "1 time, ".to_owned() } else { format!("{count} times, such as ") };
            (*count > 0).then(|| ImportWarning {
                code: code.to_owned(),
                message: format!(
                    "{times}{first}, {what} in {zone}; {taken} was taken. If the file is of another zone, import it again with --timezone ZONE."
                ),
            })
        };
        [
            sentence(&self.skipped, "times_skipped", "did not exist when clocks changed", "the first moment after"),
            sentence(&self.repeated, "times_repeated", "came twice when clocks changed", "the first of the two"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::local_time::{Clock, parse};

    #[test]
    fn what_clocks_never_showed_or_showed_twice_is_said() {
        let check = |times: &[&str], expected: &[&str]| {
            let zone = Tz::Europe__Berlin;
            let mut found = ClockChanges::default();
            for text in times {
                found.note(text, parse(text, Clock { zone, order: None }).unwrap());
            }
            let said: Vec<_> = found.warnings(zone).into_iter().map(|warning| warning.message).collect();
            assert_eq!(said.len(), expected.len(), "{said:?}");
            assert!(said.iter().zip(expected).all(|(said, expected)| said.starts_with(expected)), "{said:?}");
        };
        check(&["2026-03-29 01:30", "2026-03-29 03:30"], &[]);
        check(
            &["2026-03-29 02:30"],
            &[
                "1 time, 2026-03-29 02:30, did not exist when clocks changed in Europe/Berlin; the first moment after was taken.",
            ],
        );
        check(
            &["2026-10-25 02:30", "2026-03-29 02:30", "2026-10-25 02:45"],
            &["1 time, 2026-03-29 02:30, did not exist", "2 times, such as 2026-10-25 02:30, came twice"],
        );
    }
}
