//! Incidents as incident.io lists them (`GET /v2/incidents`), in one page: times are a list by name.
//! Shape: <https://api-docs.incident.io/tag/Incidents-V2>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::{LAST_EXPORT, rfc3339_millis};
use crate::story::Story;
use crate::story::register::{Entry, Register};
use crate::text::incidents::Report;
use crate::write::rows;

/// Writes the incident file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let entries = &story.register.incidents;
    let total = entries.len();
    let behind = format!("],\"pagination_meta\":{{\"page_size\":250,\"total_record_count\":{total}}}}}\n");
    let listed = entries.iter().zip(0..).map(|(entry, place)| row(story, place, entry));
    rows::list(out, ("{\"incidents\":[", &behind), listed)
}

fn row(story: &Story, place: u64, entry: &Entry) -> Value {
    let report = Report::of(story, entry);
    let number = Register::number(place);
    let pager_id = story.register.id(place);
    let resolved = (report.resolved <= LAST_EXPORT).then_some(report.resolved);
    let (status, category) = if resolved.is_some() { ("Closed", "closed") } else { ("Fixing", "live") };
    let time = |name: &str, at: Option<i64>| json!({"incident_timestamp": {"name": name}, "value": at.map(|at| json!({"value": rfc3339_millis(at)}))});
    json!({
        "id": story.incident_id(number, &pager_id),
        "reference": story.incident_name(number),
        "name": report.title,
        "summary": report.details,
        "permalink": story.incident_address(number, &pager_id),
        "mode": "standard",
        "visibility": "public",
        "incident_status": {"name": status, "category": category},
        "severity": {"name": report.priority, "rank": 3},
        "incident_type": {"name": "Default"},
        "created_at": rfc3339_millis(entry.opened),
        "updated_at": rfc3339_millis(resolved.unwrap_or(entry.opened)),
        "incident_timestamp_values": [time("Reported at", Some(entry.opened)), time("Resolved at", resolved)],
        "duration_metrics": [],
        "custom_field_entries": [{
            "custom_field": {"name": "Service"},
            "values": [{"value_catalog_entry": {"name": report.service}}],
        }],
        "external_issue_reference": null,
        "incident_role_assignments": [],
    })
}
