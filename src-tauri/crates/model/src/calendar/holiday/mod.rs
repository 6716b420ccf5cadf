//! Named sets of holidays, computed by rule for any year.
//!
//! They are rules and no lists of dates, because a deadline in a year that a list has not reached would silently lose its
//! holidays. What a government decreed once is listed beside the rule.

mod easter;
mod rule;

use chrono::NaiveDate;
use rule::Rule;
use serde::{Deserialize, Serialize};

/// A set of holidays that a policy names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolidaySet {
    /// Federal holidays of the United States (5 U.S.C. 6103), on the day on which they are observed.
    UsFederal,
    /// Bank holidays of England and Wales, with their substitute days.
    UkEngland,
    /// Holidays of all German states.
    De,
    /// Public holidays of France (Code du travail, L3133-1).
    Fr,
    /// Days on which time limits do not end in the Netherlands (Algemene termijnenwet, article 3).
    Nl,
    /// Closing days of the European payment system TARGET.
    EuTarget,
}

/// One holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day without business: the substitute day where the set has one.
    pub date: NaiveDate,
    /// What it is called in English.
    pub name: &'static str,
}

impl HolidaySet {
    /// Every set, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::UsFederal, Self::UkEngland, Self::De, Self::Fr, Self::Nl, Self::EuTarget];

    /// Its name in a policy.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UsFederal => "us-federal",
            Self::UkEngland => "uk-england",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Nl => "nl",
            Self::EuTarget => "eu-target",
        }
    }

    /// Its holidays in `year`, ascending. The rules are those in force since 1990.
    #[must_use]
    pub fn of_year(self, year: i32) -> Vec<Holiday> {
        let mut found = Vec::new();
        // New Year's Day of the next year may be observed in this one.
        for of in [year, year.saturating_add(1)] {
            for (name, rule) in self.rules() {
                if let Some(date) = rule.date(of) {
                    found.push(Holiday { date: self.observed(*rule, date), name });
                }
            }
        }
        found.extend(self.decreed().iter().filter_map(|(name, (year, month, day))| {
            Some(Holiday { date: NaiveDate::from_ymd_opt(*year, *month, *day)?, name })
        }));
        found.retain(|holiday| chrono::Datelike::year(&holiday.date) == year);
        found.sort_unstable();
        found.dedup_by_key(|holiday| holiday.date);
        found
    }

    /// The day on which a holiday is kept.
    fn observed(self, rule: Rule, date: NaiveDate) -> NaiveDate {
        match self {
            Self::UsFederal => rule::nearest_weekday(date),
            Self::UkEngland => rule::next_weekday(rule, date),
            Self::De | Self::Fr | Self::Nl | Self::EuTarget => date,
        }
    }

    const fn rules(self) -> &'static [(&'static str, Rule)] {
        use chrono::Weekday::{Mon, Thu};
        const NEW_YEAR: (&str, Rule) = ("New Year's Day", Rule::Fixed(1, 1));
        const GOOD_FRIDAY: (&str, Rule) = ("Good Friday", Rule::Easter(-2));
        const EASTER_MONDAY: (&str, Rule) = ("Easter Monday", Rule::Easter(1));
        const ASCENSION: (&str, Rule) = ("Ascension Day", Rule::Easter(39));
        const WHIT_MONDAY: (&str, Rule) = ("Whit Monday", Rule::Easter(50));
        const LABOUR_DAY: (&str, Rule) = ("Labour Day", Rule::Fixed(5, 1));
        const CHRISTMAS: (&str, Rule) = ("Christmas Day", Rule::Fixed(12, 25));
        const DAY_AFTER: (&str, Rule) = ("26 December", Rule::Fixed(12, 26));
        match self {
            Self::UsFederal => &[
                NEW_YEAR,
                ("Birthday of Martin Luther King, Jr.", Rule::Nth(1, Mon, 3)),
                ("Washington's Birthday", Rule::Nth(2, Mon, 3)),
                ("Memorial Day", Rule::Last(5, Mon)),
                ("Juneteenth", Rule::Since(2021, 6, 19)),
                ("Independence Day", Rule::Fixed(7, 4)),
                ("Labor Day", Rule::Nth(9, Mon, 1)),
                ("Columbus Day", Rule::Nth(10, Mon, 2)),
                ("Veterans Day", Rule::Fixed(11, 11)),
                ("Thanksgiving Day", Rule::Nth(11, Thu, 4)),
                CHRISTMAS,
            ],
            Self::UkEngland => &[
                NEW_YEAR,
                GOOD_FRIDAY,
                EASTER_MONDAY,
                ("Early May bank holiday", Rule::EarlyMay),
                ("Spring bank holiday", Rule::SpringUk),
                ("Summer bank holiday", Rule::Last(8, Mon)),
                CHRISTMAS,
                ("Boxing Day", Rule::Fixed(12, 26)),
            ],
            Self::De => &[
                NEW_YEAR,
                GOOD_FRIDAY,
                EASTER_MONDAY,
                LABOUR_DAY,
                ASCENSION,
                WHIT_MONDAY,
                ("Day of German Unity", Rule::Fixed(10, 3)),
                CHRISTMAS,
                DAY_AFTER,
            ],
            Self::Fr => &[
                NEW_YEAR,
                EASTER_MONDAY,
                LABOUR_DAY,
                ("Victory Day", Rule::Fixed(5, 8)),
                ASCENSION,
                WHIT_MONDAY,
                ("National Day", Rule::Fixed(7, 14)),
                ("Assumption", Rule::Fixed(8, 15)),
                ("All Saints' Day", Rule::Fixed(11, 1)),
                ("Armistice Day", Rule::Fixed(11, 11)),
                CHRISTMAS,
            ],
            Self::Nl => &[
                NEW_YEAR,
                GOOD_FRIDAY,
                EASTER_MONDAY,
                ("King's Day", Rule::KingsDay),
                ("Liberation Day", Rule::Fixed(5, 5)),
                ASCENSION,
                WHIT_MONDAY,
                CHRISTMAS,
                DAY_AFTER,
            ],
            Self::EuTarget => &[NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, LABOUR_DAY, CHRISTMAS, DAY_AFTER],
        }
    }

    /// What was decreed for one year only: name, and year, month, day.
    const fn decreed(self) -> &'static [(&'static str, (i32, u32, u32))] {
        match self {
            Self::UkEngland => &[
                ("Millennium", (1999, 12, 31)),
                ("Golden Jubilee", (2002, 6, 3)),
                ("Royal wedding", (2011, 4, 29)),
                ("Diamond Jubilee", (2012, 6, 5)),
                ("Platinum Jubilee", (2022, 6, 3)),
                ("State funeral of Queen Elizabeth II", (2022, 9, 19)),
                ("Coronation of King Charles III", (2023, 5, 8)),
            ],
            Self::De => &[("500 years of Reformation", (2017, 10, 31))],
            Self::UsFederal | Self::Fr | Self::Nl | Self::EuTarget => &[],
        }
    }
}

#[cfg(test)]
mod tests;
