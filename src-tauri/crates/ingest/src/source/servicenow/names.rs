//! Names of fields: lists in CSV have ServiceNow's own, Excel files the labels that people see.

/// The name of a field, from a column's heading or an element's name; `None` when it says nothing that is read.
pub(super) fn field(heading: &str) -> Option<&'static str> {
    let plain = crate::table::header::plain(heading);
    LABELS.iter().find(|(label, _)| *label == plain).map(|(_, name)| *name).or_else(|| {
        let name = plain.replace(' ', "_");
        FIELDS.iter().find(|field| **field == name).copied()
    })
}

/// Fields that only a service desk of this kind names so.
pub(super) const DISTINCTIVE: [&str; 28] = [
    "approval",
    "approval_history",
    "approval_set",
    "approver",
    "assignment_group",
    "backout_plan",
    "business_service",
    "cab_required",
    "caller_id",
    "caused_by",
    "change_request",
    "change_task_type",
    "chg_model",
    "close_code",
    "cmdb_ci",
    "incident_state",
    "opened_by",
    "problem_id",
    "requested_by",
    "rfc",
    "short_description",
    "sys_class_name",
    "sys_created_on",
    "sys_id",
    "sys_mod_count",
    "sysapproval",
    "unauthorized",
    "work_start",
];

/// Fields that are read, under the names of ServiceNow's tables.
const FIELDS: [&str; 71] = [
    "additional_comments",
    "approval",
    "approval_history",
    "approval_set",
    "approver",
    "assigned_to",
    "assignment_group",
    "backout_plan",
    "business_service",
    "cab_required",
    "caller_id",
    "category",
    "caused_by",
    "change_request",
    "change_task_type",
    "chg_model",
    "close_code",
    "close_notes",
    "closed_at",
    "closed_by",
    "cmdb_ci",
    "comments",
    "comments_and_work_notes",
    "correlation_display",
    "correlation_id",
    "description",
    "end_date",
    "impact",
    "implementation_plan",
    "incident_state",
    "justification",
    "known_error",
    "number",
    "on_hold",
    "opened_at",
    "opened_by",
    "parent",
    "parent_incident",
    "phase",
    "priority",
    "problem_id",
    "reason",
    "reopen_count",
    "requested_by",
    "resolved_at",
    "resolved_by",
    "review_comments",
    "review_date",
    "review_status",
    "rfc",
    "risk",
    "severity",
    "short_description",
    "start_date",
    "state",
    "sys_class_name",
    "sys_created_by",
    "sys_created_on",
    "sys_id",
    "sys_mod_count",
    "sys_updated_by",
    "sys_updated_on",
    "sysapproval",
    "test_plan",
    "type",
    "unauthorized",
    "urgency",
    "u_reason",
    "work_end",
    "work_notes",
    "work_start",
];

/// Labels of the fields whose label is not their name.
const LABELS: [(&str, &str); 32] = [
    ("actual end", "work_end"),
    ("actual end date", "work_end"),
    ("actual start", "work_start"),
    ("actual start date", "work_start"),
    ("approval for", "sysapproval"),
    ("approving", "sysapproval"),
    ("caller", "caller_id"),
    ("caused by change", "caused_by"),
    ("change model", "chg_model"),
    ("model", "chg_model"),
    ("change parent", "change_request"),
    ("class", "sys_class_name"),
    ("task type", "sys_class_name"),
    ("closed", "closed_at"),
    ("comments and work notes", "comments_and_work_notes"),
    ("configuration item", "cmdb_ci"),
    ("created", "sys_created_on"),
    ("created by", "sys_created_by"),
    ("incident parent", "parent_incident"),
    ("incident state", "incident_state"),
    ("opened", "opened_at"),
    ("planned end date", "end_date"),
    ("planned start date", "start_date"),
    ("problem", "problem_id"),
    ("requested", "sys_created_on"),
    ("resolved", "resolved_at"),
    ("service", "business_service"),
    ("sys id", "sys_id"),
    ("unauthorised", "unauthorized"),
    ("updated", "sys_updated_on"),
    ("updated by", "sys_updated_by"),
    ("updates", "sys_mod_count"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_meet_their_fields() {
        let check = |heading: &str, expected: Option<&str>| assert_eq!(field(heading), expected, "{heading}");
        check("number", Some("number"));
        check("Short description", Some("short_description"));
        check("Actual start date", Some("work_start"));
        check("Caused by Change", Some("caused_by"));
        check("Change Request", Some("change_request"));
        check("u_internal_only", None);
        check("", None);
    }
}
