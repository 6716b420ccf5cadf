//! Whether an authorisation was given by those whom the policy asks, and in its time.

use change_ledger_model::{
    Timestamp,
    columns::{HitOwner, LedgerColumns},
    policy::Policy,
};

/// Who gave one, and when; either may be unknown.
type Given = (Option<String>, Option<i64>);

/// `tickets` are those that the change names, `attested_at` the moment of an authorisation that a person attests.
pub fn permitted(
    ledger: &LedgerColumns,
    policy: &Policy,
    (change, tickets): (u32, &[u32]),
    pattern_set: usize,
    (implemented, as_of): (Option<Timestamp>, Timestamp),
    attested_at: Option<i64>,
) -> Option<bool> {
    let mut given: Vec<Given> = Vec::new();
    for row in &ledger.authorisations {
        let concerns = match row.owner {
            HitOwner::Change(of) => of == change,
            HitOwner::Ticket(of) => tickets.contains(&of),
            HitOwner::Incident(_) => false,
        };
        let known = row.at.is_none_or(|at| at <= as_of.millis());
        if concerns && known && row.pattern_set as usize == pattern_set {
            given.push((Some(row.by.clone()), row.at));
        }
    }
    given.extend(attested_at.map(|at| (None, Some(at))));

    let rule = &policy.authorisation;
    let due = match (rule.within, implemented) {
        (None, _) => None,
        (Some(_), None) => return None,
        (Some(within), Some(implemented)) => within.due_at(implemented, &policy.business_calendar()),
    };
    let roles: Vec<Option<&String>> =
        if rule.roles.is_empty() { vec![None] } else { rule.roles.iter().map(Some).collect() };
    // For each role the best answer of anybody: 0 no, 1 perhaps, 2 yes.
    let best = |role: &Option<&String>| {
        let answer = |one: &Given| {
            let by_role = role.map_or(2, |role| holds(one.0.as_deref(), role, policy));
            let in_time = match (due, one.1) {
                (None, _) => 2,
                (Some(_), None) => 1,
                (Some(due), Some(at)) => 2 * i32::from(at <= due.millis()),
            };
            by_role.min(in_time)
        };
        given.iter().map(answer).max().unwrap_or(0)
    };
    let answers = roles.iter().map(best);
    let answer = if rule.every_role { answers.min() } else { answers.max() };
    match answer.unwrap() {
        0 => Some(false),
        1 => None,
        _ => Some(true),
    }
}

fn holds(by: Option<&str>, role: &str, policy: &Policy) -> i32 {
    let Some(by) = by else { return 1 };
    let words = |text: &str| {
        let plain: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    if words(by).contains(&words(role)) {
        return 2;
    }
    match policy.people.0.iter().find(|(name, _)| name.to_lowercase() == role.to_lowercase()) {
        Some((_, holders)) if !holders.is_empty() => {
            2 * i32::from(holders.iter().any(|holder| words(by).contains(&words(holder))))
        }
        _ => 1,
    }
}
