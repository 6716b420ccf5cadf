//! Which category a change belongs to, and whose approval that needs.

use super::{approval::certain_approvals, permitted::holds};
use change_ledger_model::{
    Timestamp,
    columns::{HitOwner, LedgerColumns},
    policy::{Approval, Category, Policy, patterns::TextSignal},
};
use std::collections::BTreeSet;

/// The category that the change itself names, else one of its tickets; of several the one that asks for most.
pub fn category<'a>(
    ledger: &LedgerColumns,
    policy: &'a Policy,
    (change, tickets): (u32, &[u32]),
    pattern_set: usize,
) -> Option<&'a Category> {
    let named_by = |is_meant: &dyn Fn(HitOwner) -> bool| {
        let mut best: Option<&Category> = None;
        for category in &policy.category {
            let is_named = ledger.quotes.iter().any(|quote| {
                let label = quote.text.to_lowercase();
                quote.signal == TextSignal::Category
                    && quote.pattern_set as usize == pattern_set
                    && is_meant(quote.owner)
                    && category.labels.iter().any(|wanted| label.strip_prefix("type: ").unwrap_or(&label) == wanted)
            });
            if is_named && best.is_none_or(|best| people(category) > people(best)) {
                best = Some(category);
            }
        }
        best
    };
    named_by(&|owner| owner == HitOwner::Change(change))
        .or_else(|| named_by(&|owner| tickets.iter().any(|ticket| owner == HitOwner::Ticket(*ticket))))
}

/// How many people a category needs besides the author.
pub fn people(category: &Category) -> u32 {
    match category.required {
        0 if category.approvers.is_empty() && category.senior == 0 => 0,
        required => required.max(1),
    }
}

/// How many must approve a change of this category that is no emergency.
pub fn asked(policy: &Policy, category: Option<&Category>) -> u32 {
    category.map_or(policy.approval.required, people)
}

pub fn rules(policy: &Policy, required: u32) -> Approval {
    Approval { required: required.max(1), ..policy.approval }
}

/// Each role that the category asks for was there by the implementation, and enough of those who approved are senior. 0 no,
/// 1 nobody can tell, 2 yes.
pub fn approved_by_roles(
    ledger: &LedgerColumns,
    policy: &Policy,
    category: &Category,
    (change, tickets): (u32, &[u32]),
    pattern_set: usize,
    as_of: Timestamp,
) -> i32 {
    let Some(implemented) = ledger.changes.implemented_at[change as usize] else { return 1 };
    let people: BTreeSet<String> = certain_approvals(ledger, change as usize, policy.approval, as_of)
        .into_iter()
        .filter(|(_, at)| *at <= implemented)
        .map(|(person, _)| format!("@{}", ledger.people[person as usize].0))
        .collect();
    let mut answer = 2;
    for role in &category.approvers {
        let mut best = people.iter().map(|person| holds(ledger, Some(person), role, policy)).max().unwrap_or(0);
        for row in &ledger.authorisations {
            let concerns = match row.owner {
                HitOwner::Change(of) => of == change,
                HitOwner::Ticket(of) => tickets.contains(&of),
                HitOwner::Incident(_) => false,
            };
            let in_time = match row.at {
                _ if !concerns || row.pattern_set as usize != pattern_set => 0,
                Some(at) => 2 * i32::from(at <= implemented && at <= as_of.millis()),
                None => 1,
            };
            best = best.max(in_time.min(holds(ledger, Some(&row.by), role, policy)));
        }
        answer = answer.min(best);
    }
    let seniors = |at_least: i32| {
        people.iter().filter(|person| holds(ledger, Some(person), "senior", policy) >= at_least).count()
    };
    let senior = category.senior as usize;
    answer.min(if seniors(2) >= senior { 2 } else { i32::from(seniors(1) >= senior) })
}
