//! What a policy's values may be.

use super::{
    Policy, ReviewEvidence, RollbackPlan,
    error::{WrongValue, wrong},
};
use std::collections::BTreeSet;

/// Most years for which logs can be asked to be kept.
const MOST_YEARS: u32 = 100;

/// Checks every value that its type leaves too much room.
pub(super) fn check(policy: &Policy) -> Result<(), WrongValue> {
    let checks =
        [identity, population, approvals, signals, review, on_record, numbers, examination, calendar, people, groups];
    checks.iter().try_for_each(|check| check(policy))
}

fn identity(policy: &Policy) -> Result<(), WrongValue> {
    if policy.format != 1 {
        return wrong("format", "must be 1, the only format this version knows");
    }
    if policy.name.trim().is_empty() {
        return wrong("name", "must not be empty");
    }
    if policy.version.trim().is_empty() {
        return wrong("version", "must not be empty");
    }
    Ok(())
}

fn population(policy: &Policy) -> Result<(), WrongValue> {
    if !(1..=12).contains(&policy.period.fiscal_year_start) {
        return wrong("period.fiscal_year_start", "must be a month, 1 to 12");
    }
    if policy.population.branches.is_empty() {
        return wrong("population.branches", "must name at least one branch; [\"*\"] means every branch");
    }
    Ok(())
}

fn approvals(policy: &Policy) -> Result<(), WrongValue> {
    if policy.approval.required == 0 {
        return wrong("approval.required", "must be at least 1");
    }
    let mut names = BTreeSet::new();
    for category in &policy.category {
        if category.name.trim().is_empty() {
            return wrong("category.name", "must not be empty");
        }
        if !names.insert(category.name.trim().to_lowercase()) {
            return wrong("category.name", "must be different in every category");
        }
        if category.senior > category.required {
            return wrong("category.senior", "must be at most category.required: they are some of those who approve");
        }
    }
    Ok(())
}

fn signals(policy: &Policy) -> Result<(), WrongValue> {
    if policy.signals.business_hours.from >= policy.signals.business_hours.to {
        return wrong("signals.business_hours", "must begin before they end");
    }
    if policy.detection.iter().any(|rule| rule.all.is_empty()) {
        return wrong("detection.all", "must name at least one signal; an empty rule would match every change");
    }
    let services = &policy.signals.incident_window.services;
    if services.values().any(|names| names.iter().all(|name| name.trim().is_empty())) {
        return wrong(
            "signals.incident_window.services",
            "must name at least one service for each repository; leave out a repository that is called like its service",
        );
    }
    let blank = |words: &[String]| words.iter().any(|word| word.trim().is_empty());
    if blank(&policy.exemption.title_tags) || blank(&policy.exemption.branches) {
        return wrong("exemption", "must not name an empty beginning; it would exempt every change");
    }
    Ok(())
}

fn review(policy: &Policy) -> Result<(), WrongValue> {
    let review = &policy.review;
    if review.evidence.is_empty() {
        return wrong(
            "review.evidence",
            "must name at least one of approval, ticket_record, change_task, attestation; else no review could be found",
        );
    }
    if review.required == Some(0) {
        return wrong("review.required", "must be at least 1; leave it out to ask for as many as approval.required");
    }
    if review.accepts(ReviewEvidence::TicketRecord) && review.markers.is_empty() {
        return wrong("review.markers", "must name words before a record of the review, because ticket_record counts");
    }
    let warns_in_hours = review.warn_after.and_then(crate::calendar::Deadline::hours);
    if let (Some(warning), Some(deadline)) = (warns_in_hours, review.deadline.hours())
        && warning >= deadline
    {
        return wrong("review.warn_after", "must be shorter than review.deadline");
    }
    Ok(())
}

fn on_record(policy: &Policy) -> Result<(), WrongValue> {
    if policy.authorisation.every_role && policy.authorisation.roles.is_empty() {
        return wrong("authorisation.every_role", "must be false where authorisation.roles names no role");
    }
    Ok(())
}

fn numbers(policy: &Policy) -> Result<(), WrongValue> {
    if !(0.0..=1.0).contains(&policy.ratio.limit) {
        return wrong("ratio.limit", "must be a share between 0 and 1; 0.10 means 10 %");
    }
    if !(0.0..=policy.ratio.limit).contains(&policy.ratio.warning) {
        return wrong("ratio.warning", "must be between 0 and ratio.limit");
    }
    if policy.batch.count < 2 {
        return wrong("batch.count", "must be at least 2");
    }
    Ok(())
}

fn examination(policy: &Policy) -> Result<(), WrongValue> {
    if policy.rollback.incident_level.is_some_and(|level| !(1..=5).contains(&level)) {
        return wrong("rollback.incident_level", "must be a level of severity, 1 (gravest) to 5");
    }
    if policy.rollback.review && policy.rollback.incident_level.is_none() {
        return wrong("rollback.review", "must be false where rollback.incident_level asks for no incident");
    }
    if policy.controls.rollback_plan != RollbackPlan::Never && policy.rollback.plan_markers.is_empty() {
        return wrong(
            "rollback.plan_markers",
            "must name words before a rollback plan, because controls.rollback_plan asks for one",
        );
    }
    let patch = policy.patch;
    if [patch.critical_hours, patch.high_days, patch.medium_days, patch.low_days].contains(&0) {
        return wrong("patch", "must leave at least one hour or day for each severity");
    }
    if policy.sample.fixed == 0 {
        return wrong("sample.fixed", "must be at least 1");
    }
    let years = [policy.retention.change_log_years, policy.retention.ci_log_years];
    if years.into_iter().flatten().any(|years| !(1..=MOST_YEARS).contains(&years)) {
        return wrong("retention", "must be between 1 and 100 years; leave out what is not asked for");
    }
    Ok(())
}

fn calendar(policy: &Policy) -> Result<(), WrongValue> {
    if policy.calendar.weekend.len() >= 7 {
        return wrong("calendar.weekend", "must leave at least one business day in a week");
    }
    let both = policy.calendar.working_days.iter().find(|day| policy.calendar.holidays.contains(day));
    if let Some(day) = both {
        return Err(WrongValue::new(
            "calendar.working_days",
            format!("must not name {day}, which calendar.holidays names"),
        ));
    }
    Ok(())
}

fn groups(policy: &Policy) -> Result<(), WrongValue> {
    let is_blank = |words: &[String]| words.iter().any(|word| word.trim().is_empty());
    for (name, team) in &policy.groups.teams {
        if name.trim().is_empty() {
            return wrong("groups.teams", "must name each team");
        }
        if team.repositories.is_empty() && team.people.is_empty() {
            return wrong("groups.teams", "must name at least one repository or person for each team");
        }
        if is_blank(&team.repositories) || is_blank(&team.people) {
            return wrong("groups.teams", "must not name an empty repository or handle");
        }
    }
    Ok(())
}

fn people(policy: &Policy) -> Result<(), WrongValue> {
    if policy.people.0.keys().any(|role| role.trim().is_empty()) {
        return wrong("people", "must name a role before each list of handles");
    }
    if policy.people.0.values().flatten().any(|handle| handle.trim().is_empty()) {
        return wrong("people", "must not name an empty handle");
    }
    Ok(())
}
