//! Where trackers and service desks join the ways of JSON and of tables.

use super::{
    Context, Fault, jira_json, servicenow,
    servicenow::csv::ServicenowCsv,
    tally::Tally,
    tracker_csv::{asana, azure_boards, linear, notion},
};
use crate::{
    IngestError, Input, Reading,
    input::framing::{Item, Records, Rules},
    recognise::Glance,
    table::{Head, TableSource},
};
use change_ledger_model::{record::Record, source::SourceKind};
use std::collections::BTreeMap;

/// How records of a kind are framed; `None` for kinds of other tools.
pub(super) fn rules(kind: SourceKind) -> Option<Rules> {
    match kind {
        SourceKind::JiraJson => Some(jira_json::ISSUES),
        SourceKind::JsmApprovals => Some(jira_json::APPROVALS),
        SourceKind::ServicenowJson => Some(servicenow::json::RULES),
        _ => None,
    }
}

/// Reads one record; `None` for kinds of other tools.
pub(super) fn parse(text: &str, context: &Context<'_>, tally: &mut Tally) -> Option<Result<Vec<Record>, Fault>> {
    match context.kind {
        SourceKind::JiraJson => Some(jira_json::issue(text, context, tally)),
        SourceKind::JsmApprovals => Some(jira_json::approval::lone(text, context, tally)),
        SourceKind::ServicenowJson => Some(servicenow::json::record(text, context, tally)),
        _ => None,
    }
}

/// Why records of JSON are of a kind, as a sentence.
pub(crate) fn recognise_json(glance: &Glance, kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::JsmApprovals if glance.has("finalDecision") && glance.has("approvers") => {
            Some("Its records have the fields finalDecision and approvers, as approvals of Jira Service Management do.")
        }
        SourceKind::JiraJson if glance.has("key") && glance.has("fields") => {
            Some("Its records have the fields key and fields, as Jira's issues do.")
        }
        SourceKind::JiraJson if glance.has("id") && glance.has("self") && glance.has("expand") => {
            Some("Its records are Jira's issues, without their fields.")
        }
        SourceKind::ServicenowJson if is_servicenow(glance) => {
            Some("Its records have the fields of ServiceNow's tables.")
        }
        _ => None,
    }
}

fn is_servicenow(glance: &Glance) -> bool {
    let approval = glance.has("sysapproval") && glance.has("approver");
    let own = [
        "short_description",
        "sys_id",
        "sys_created_on",
        "sys_updated_on",
        "opened_at",
        "opened_by",
        "work_start",
        "work_end",
        "closed_at",
        "approval",
        "approval_set",
        "requested_by",
        "caller_id",
        "problem_id",
        "sys_class_name",
        "unauthorized",
        "close_code",
        "assignment_group",
    ];
    approval || (glance.has("number") && own.iter().filter(|key| glance.has(key)).count() >= 2)
}

/// Whose table begins with `head`, and why, as a sentence.
pub(crate) fn recognise_table(head: &Head) -> Option<(SourceKind, String)> {
    type Recognise = fn(&Head) -> Option<String>;
    let kinds: [(SourceKind, Recognise); 5] = [
        (SourceKind::ServicenowCsv, servicenow::csv::recognise),
        (SourceKind::AzureBoardsCsv, azure_boards::recognise),
        (SourceKind::AsanaCsv, asana::recognise),
        (SourceKind::LinearCsv, linear::recognise),
        (SourceKind::NotionCsv, notion::recognise),
    ];
    kinds.into_iter().find_map(|(kind, recognise)| Some((kind, recognise(head)?)))
}

/// The table of a kind with its columns understood; `None` for kinds of other tools.
///
/// # Errors
/// When the header lacks a column without which no row says anything.
pub(crate) fn table(reading: &Reading) -> Result<Option<Box<dyn TableSource>>, IngestError> {
    Ok(Some(match reading.kind {
        SourceKind::ServicenowCsv => Box::new(ServicenowCsv::new(reading)?),
        SourceKind::AzureBoardsCsv => Box::new(azure_boards::table(reading)?),
        SourceKind::AsanaCsv => Box::new(asana::table(reading)?),
        SourceKind::LinearCsv => Box::new(linear::table(reading)?),
        SourceKind::NotionCsv => Box::new(notion::table(reading)?),
        _ => return Ok(None),
    }))
}

/// What a file calls its fields, where they have numbers for names: Jira says so once per page, before or after the issues.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn field_names(input: &dyn Input, kind: SourceKind) -> Result<BTreeMap<String, String>, IngestError> {
    let mut names = BTreeMap::new();
    if kind != SourceKind::JiraJson {
        return Ok(names);
    }
    let bytes = input.open().map_err(|cause| IngestError::NotReadable { file: input.name().to_owned(), cause })?;
    let mut records = Records::new(bytes, input.name(), jira_json::ISSUES)?;
    while let Some(item) = records.next()? {
        if let Item::Context { key: "names", text } = item {
            let page: BTreeMap<String, String> = serde_json::from_slice(text).unwrap_or_default();
            names.extend(page.into_iter().filter(|(id, _)| id.starts_with("customfield_")));
        }
    }
    Ok(names)
}
