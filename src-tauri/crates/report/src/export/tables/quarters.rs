use super::super::{subject::Subject, table::Table};
use change_ledger_model::{Timestamp, policy::RatioLimit, quarter::Quarter};

/// One row per quarter that is answered for, also for those in which nothing happened.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let period = &subject.policies.at(subject.as_of).policy.period;
    let (start, zone) = (period.fiscal_year_start, period.timezone);
    let quarters = || subject.quarters.iter().copied();
    let ends = |quarter: Quarter| quarter.next().begins(start, zone).millis().saturating_sub(1);
    // The limits in force at the end of the quarter, or now if it has not ended.
    let limits = |quarter: Quarter| -> RatioLimit {
        let end = Timestamp::from_millis(ends(quarter)).unwrap_or(subject.as_of);
        subject.policies.at(end.min(subject.as_of)).policy.ratio
    };
    Table::new("quarters", "One row per quarter from the first to the last with a change of the population")
        .text(
            "quarter",
            "Its name, 2026-Q3; fiscal years are named by the year in which they begin",
            quarters().map(|quarter| Some(quarter.to_string())),
        )
        .text("first_day", "First day", quarters().map(|quarter| Some(quarter.first_day(start).to_string())))
        .text("last_day", "Last day", quarters().map(|quarter| Some(quarter.last_day(start).to_string())))
        .moment(
            "begins",
            "Its first moment, in the policy's time zone,",
            quarters().map(|quarter| Some(quarter.begins(start, zone).millis())),
        )
        .moment("ends", "Its last millisecond", quarters().map(|quarter| Some(ends(quarter))))
        .number(
            "ratio_limit",
            "Above this the emergency ratio is a breach",
            quarters().map(|quarter| limits(quarter).limit),
        )
        .number("ratio_warning", "Above this it is a warning", quarters().map(|quarter| limits(quarter).warning))
}
