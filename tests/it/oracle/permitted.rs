//! Whether an authorisation was given by those whom the policy asks, and in its time.

use super::calendar;
use change_ledger_model::{
    Timestamp,
    columns::{HitOwner, LedgerColumns},
    policy::Policy,
};

/// Who gave one, and when; either may be unknown.
type Given = (Option<String>, Option<i64>);

/// `tickets` are those that the change names, `attested` the moment of an authorisation that a person attests, and the names of
/// that person.
pub fn permitted(
    ledger: &LedgerColumns,
    policy: &Policy,
    (change, tickets): (u32, &[u32]),
    pattern_set: usize,
    (implemented, as_of): (Option<Timestamp>, Timestamp),
    attested: Option<(i64, Vec<String>)>,
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
    if let Some((at, names)) = attested {
        // Whoever attests it, or somebody else of whom they tell.
        given.extend(names.into_iter().map(|name| (Some(name), Some(at))));
        given.push((None, Some(at)));
    }

    let rule = &policy.authorisation;
    let due = match (rule.within, implemented) {
        (None, _) => None,
        (Some(_), None) => return None,
        (Some(within), Some(implemented)) => calendar::due(within, implemented, policy),
    };
    let roles: Vec<Option<&String>> =
        if rule.roles.is_empty() { vec![None] } else { rule.roles.iter().map(Some).collect() };
    // For each role the best answer of anybody: 0 no, 1 perhaps, 2 yes.
    let best = |role: &Option<&String>| {
        let answer = |one: &Given| {
            let by_role = role.map_or(2, |role| holds(ledger, one.0.as_deref(), role, policy));
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

/// 2 yes, 1 nobody can tell, 0 no: a part of the text names somebody whom the policy names for the role, or is the role where the
/// policy names nobody or the text nobody else. A part that is another title says no, and so does whoever is not named where
/// others are; an account bears no title.
pub fn holds(ledger: &LedgerColumns, by: Option<&str>, role: &str, policy: &Policy) -> i32 {
    let Some(by) = by else { return 1 };
    let is_account = by.starts_with('@');
    let plain = |text: &str| {
        let lower = text.trim().to_lowercase();
        lower.strip_prefix("the ").or(lower.strip_prefix('@')).unwrap_or(&lower).to_owned()
    };
    let parts: Vec<String> = by.split(',').map(plain).collect();
    let named = policy.people.0.iter().find(|(name, _)| plain(name) == plain(role)).map(|(_, holders)| holders);
    if let Some(holders) = named.filter(|holders| !holders.is_empty()) {
        let is_alone = !is_account && parts == [plain(role)];
        return 2 * i32::from(is_alone || parts.iter().any(|part| names_any(ledger, holders, part)));
    }
    if !is_account && parts.contains(&plain(role)) {
        return 2;
    }
    let is_title = |part: &String| ["director", "cto", "engineering lead"].contains(&part.as_str());
    i32::from(is_account || !parts.iter().any(is_title))
}

/// Whether `name` is one of `named`, or another name of the same person.
pub fn names_any(ledger: &LedgerColumns, named: &[String], name: &str) -> bool {
    let plain = |text: &str| text.trim_start_matches('@').to_lowercase();
    let is_named = |name: &str| named.iter().any(|one| plain(one) == plain(name));
    let mut same = ledger.names_of_people.iter().filter(|names| names.iter().any(|other| plain(other) == plain(name)));
    is_named(name) || same.any(|names| names.iter().any(|other| is_named(other)))
}
