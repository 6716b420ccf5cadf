//! Whether the dates of a table have their day or their month first: it shows only over whole columns.

use crate::{
    IngestError,
    reading::DateOrder,
    value::local_time::{self, Clock, OrderEvidence},
};
use chrono_tz::Tz;

/// What was seen so far.
#[derive(Debug, Default)]
pub(crate) struct DateSurvey {
    /// A date that can be read both ways: its column and text.
    open: Option<(usize, String)>,
    day_first: Option<(usize, String)>,
    month_first: Option<(usize, String)>,
}

impl DateSurvey {
    /// Looks at one cell of a column of dates.
    pub(crate) fn observe(&mut self, column: usize, text: &str) {
        let slot = match local_time::order_evidence(text) {
            OrderEvidence::None | OrderEvidence::Only(DateOrder::YearFirst) => return,
            OrderEvidence::Open => &mut self.open,
            OrderEvidence::Only(DateOrder::DayFirst) => &mut self.day_first,
            OrderEvidence::Only(DateOrder::MonthFirst) => &mut self.month_first,
        };
        slot.get_or_insert_with(|| (column, text.to_owned()));
    }

    /// The order of the file; `None` when no date of it leaves a choice.
    ///
    /// One file is written by one program with one setting, so every column speaks for all of them.
    pub(crate) fn order(self, file: &str, header: &[String]) -> Result<Option<DateOrder>, IngestError> {
        let name = |column: usize| header.get(column).cloned().unwrap_or_default();
        match (self.day_first, self.month_first, self.open) {
            (Some((column, day_first)), Some((_, month_first)), _) => {
                Err(IngestError::MixedDates { file: file.to_owned(), column: name(column), day_first, month_first })
            }
            (Some(_), None, _) => Ok(Some(DateOrder::DayFirst)),
            (None, Some(_), _) => Ok(Some(DateOrder::MonthFirst)),
            (None, None, Some((column, example))) => Err(IngestError::AmbiguousDates {
                file: file.to_owned(),
                column: name(column),
                day_first: in_words(&example, DateOrder::DayFirst),
                month_first: in_words(&example, DateOrder::MonthFirst),
                example,
            }),
            (None, None, None) => Ok(None),
        }
    }
}

fn in_words(text: &str, order: DateOrder) -> String {
    local_time::parse(text, Clock { zone: Tz::UTC, order: Some(order) })
        .map_or_else(|_| "no date".to_owned(), |time| time.at.to_utc().format("%-d %B %Y").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_columns_settle_the_order() {
        let check = |cells: &[&str], expected: &str| {
            let mut survey = DateSurvey::default();
            for cell in cells {
                survey.observe(0, cell);
            }
            let order = survey.order("c.csv", &["Merged".to_owned()]);
            assert_eq!(
                order.map_or_else(|error| error.to_string(), |order| format!("{order:?}")),
                expected,
                "{cells:?}"
            );
        };
        check(&["06-09-2024 13:55", "18-09-2024 13:55"], "Some(DayFirst)");
        check(&["06/09/2024", "06/30/2024"], "Some(MonthFirst)");
        check(&["2026-09-03", "18/jul/26 9:10 AM", "n/a"], "None");
        check(
            &["06-09-2024 13:55", "07-07-2024"],
            "The dates in column \"Merged\" of c.csv can be read in two ways: 06-09-2024 13:55 is 6 September 2024 or 9 June 2024.",
        );
        check(
            &["18/07/2026", "07/18/2026"],
            "Dates of c.csv are written in two ways: 18/07/2026 (column \"Merged\") has its day first, 07/18/2026 its month.",
        );
    }
}
