//! Which days are no business days.

use crate::calendar::HolidaySet;
use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Weekend and holidays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDays {
    /// Days of the week without business, `Sat`.
    #[serde(serialize_with = "weekdays::write", deserialize_with = "weekdays::read")]
    pub weekend: Vec<Weekday>,
    /// Named sets of holidays, each computed by rule for every year; none in documents without it.
    #[serde(default)]
    pub holiday_sets: Vec<HolidaySet>,
    /// Further days without business, `2026-12-25`.
    pub holidays: Vec<NaiveDate>,
    /// Days of the sets on which business is done all the same; none in documents without it.
    #[serde(default)]
    pub working_days: Vec<NaiveDate>,
}

mod weekdays {
    use super::Weekday;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn write<S: Serializer>(days: &[Weekday], serializer: S) -> Result<S::Ok, S::Error> {
        days.iter().map(ToString::to_string).collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Weekday>, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|day| {
                day.parse().map_err(|_| {
                    serde::de::Error::custom(format!("`{day}` is not a day of the week; write Mon to Sun"))
                })
            })
            .collect()
    }
}
