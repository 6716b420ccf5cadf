//! Approvals of Jira Service Management: in a field of the issue, or in a file of their own.

use super::{adf, person_of};
use crate::{
    source::{Context, Fault, jira_issue::Decision, tally::Tally},
    value::json::Text,
};
use change_ledger_model::{
    Timestamp,
    record::{Record, Verdict},
};
use serde_json::Value;

/// Whether a value is a list of approvals; an empty list is one only under a name that says so.
pub(super) fn is_list(value: &Value) -> bool {
    value
        .as_array()
        .and_then(|list| list.first())
        .is_some_and(|first| first.get("finalDecision").is_some() && first.get("approvers").is_some())
}

/// Every verdict in a list of approvals of an issue that was implemented at `implemented`, where that is known.
pub(super) fn decisions(
    approvals: &Value,
    implemented: Option<Timestamp>,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Vec<Decision>, Fault> {
    let mut found = Vec::new();
    for approval in approvals.as_array().into_iter().flatten() {
        found.extend(of_approval(approval, implemented, context, tally)?);
    }
    Ok(found)
}

/// The verdicts of one approval.
///
/// The tool keeps one time per approval, that of its last decision. Where several decided, the others may have done so
/// long before: a completion by the implementation tells enough of them, a later one leaves their times unknown.
fn of_approval(
    approval: &Value,
    implemented: Option<Timestamp>,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Vec<Decision>, Fault> {
    let completed = completed_at(approval, context, tally)?;
    let id = approval.get("id").and_then(adf::text).or_else(|| Some(approval.get("id")?.as_i64()?.to_string()));
    let mut found = Vec::new();
    for asked in approval.get("approvers").and_then(Value::as_array).into_iter().flatten() {
        let said = asked.get("approverDecision").and_then(Value::as_str).unwrap_or_default();
        let verdict = match said.to_lowercase().as_str() {
            "approved" => Verdict::Approved,
            "declined" => Verdict::ChangesRequested,
            "pending" | "" => continue,
            _ => {
                let reason = format!("\"{said}\" is no decision: approved, declined or pending");
                return Err(Fault::field("approverDecision", reason));
            }
        };
        let by = person_of(asked.get("approver").unwrap_or(&Value::Null));
        let source_id = id.as_ref().map(|id| format!("{id}:{}", by.handle));
        found.push(Decision { source_id, by, verdict, at: completed });
    }
    let in_time = completed.zip(implemented).is_some_and(|(completed, implemented)| completed <= implemented);
    if found.len() > 1 && !in_time {
        found.iter_mut().for_each(|decision| decision.at = None);
    }
    Ok(found)
}

/// When an approval was settled: a text, or an object with the same moment in several spellings.
fn completed_at(approval: &Value, context: &Context<'_>, tally: &mut Tally) -> Result<Option<Timestamp>, Fault> {
    let Some(date) = approval.get("completedDate") else { return Ok(None) };
    if let Some(millis) = date.get("epochMillis").and_then(Value::as_i64) {
        return Ok(Timestamp::from_millis(millis));
    }
    let said = date.as_str().or_else(|| date.get("iso8601")?.as_str()).or_else(|| date.get("jira")?.as_str());
    context.needed_time("completedDate", said.map(|said| Text(said.into())).as_ref(), tally)
}

/// Reads one approval of a list of its own: `/rest/servicedeskapi/request/KEY/approval`.
pub(in crate::source) fn lone(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let approval: Value = crate::source::parse(text)?;
    let own = approval.get("_links").and_then(|links| links.get("self")).and_then(Value::as_str);
    let named = own.and_then(key_in).or_else(|| approval.get("issueKey").and_then(Value::as_str).map(str::to_owned));
    let told = || context.repository.map(str::to_uppercase).filter(|told| crate::source::jira_csv::is_key(told));
    let key = named.or_else(told).ok_or_else(|| {
        Fault::field(
            "_links",
            "the approval does not say which request it belongs to: its address in _links.self is missing, and \
             --repository KEY, such as CHM-91, does not say it either"
                .to_owned(),
        )
    })?;
    // The implementation stands in another file, so that no moment is known to be before it.
    let records: Vec<Record> = of_approval(&approval, None, context, tally)?
        .into_iter()
        .map(|decision| Record::Review(Box::new(decision.on(&format!("jira:{key}")))))
        .collect();
    crate::source::jira_issue::note_facts(&records, tally);
    Ok(records)
}

/// The key in the address of an approval: `…/request/CHM-91/approval/7`.
fn key_in(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("/request/")?;
    let key = rest.split('/').next()?;
    crate::source::jira_csv::is_key(key).then(|| key.to_owned())
}
