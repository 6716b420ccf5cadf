use super::{
    super::{subject::Subject, table::Table},
    of,
};
use change_ledger_model::{Timestamp, calendar::Calendar, quarter::start_of_day};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A day of a policy's calendar.
struct Day {
    version: i64,
    date: NaiveDate,
    begins: i64,
    ends: i64,
    is_business: bool,
    number: i64,
}

/// One row per policy version and day on which its deadlines and durations depend.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let days = days(subject);
    Table::new(
        "days",
        "One row per policy version and day from the implementation of an emergency to its review and deadline",
    )
    .integer("policy_version", "The policy", days.iter().map(|day| Some(day.version)))
    .text("day", "The day in the policy's time zone", days.iter().map(|day| Some(day.date.to_string())))
    .moment("begins", "Its first moment", days.iter().map(|day| Some(day.begins)))
    .moment("ends", "Its last millisecond", days.iter().map(|day| Some(day.ends)))
    .boolean(
        "is_business_day",
        "Whether it is neither weekend nor holiday",
        days.iter().map(|day| Some(day.is_business)),
    )
    .integer(
        "business_day_number",
        "How many business days lie after the first day of this version's rows, up to this day",
        days.iter().map(|day| Some(day.number)),
    )
}

fn days(subject: &Subject<'_>) -> Vec<Day> {
    let calendars: Vec<Calendar> =
        subject.policies.versions().map(|version| version.policy.business_calendar()).collect();
    let mut needed: BTreeMap<u8, BTreeSet<NaiveDate>> = BTreeMap::new();
    for at in 0..subject.len() {
        let Some((version, first, last)) = span(subject, &calendars, at) else { continue };
        needed.entry(version).or_default().extend(first.iter_days().take_while(|day| *day <= last));
    }
    let of_version = |(version, days): (u8, BTreeSet<NaiveDate>)| {
        let calendar = calendars.get(usize::from(version))?;
        let first = *days.first()?;
        Some(days.into_iter().map(move |date| day(version, date, first, calendar)).collect::<Vec<_>>())
    };
    needed.into_iter().filter_map(of_version).flatten().collect()
}

/// From the day of an emergency's implementation to the later one of its deadline and its review.
fn span(subject: &Subject<'_>, calendars: &[Calendar], at: usize) -> Option<(u8, NaiveDate, NaiveDate)> {
    let verdicts = subject.verdicts;
    let due = of(&verdicts.due_at, at)??;
    let implemented = of(&subject.facts.implemented_at, at)??;
    let reviewed = of(&verdicts.reviewed_at, at)?.unwrap_or(due);
    let version = of(&verdicts.policy_version, at)?;
    let zone = calendars.get(usize::from(version))?.zone;
    let local = |millis| Some(Timestamp::from_millis(millis)?.to_utc().with_timezone(&zone).date_naive());
    Some((version, local(implemented)?, local(due.max(reviewed))?))
}

fn day(version: u8, date: NaiveDate, first: NaiveDate, calendar: &Calendar) -> Day {
    let begins = start_of_day(date, calendar.zone).millis();
    let ends = date.succ_opt().map_or(begins, |next| start_of_day(next, calendar.zone).millis().saturating_sub(1));
    Day {
        version: i64::from(version),
        date,
        begins,
        ends,
        is_business: calendar.is_business_day(date),
        number: i64::from(calendar.business_days_between(first, date)),
    }
}
