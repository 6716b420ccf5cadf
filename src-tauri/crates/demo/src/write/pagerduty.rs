//! Incidents as PagerDuty's `GET /incidents` answers them, in one page.
//! Shape: <https://developer.pagerduty.com/api-reference/9d0b4b12e36f9-list-incidents>.

use std::io::{self, Write};

use serde_json::json;

use crate::calendar::{LAST_EXPORT, rfc3339};
use crate::chance::mixed;
use crate::story::Story;
use crate::story::register::{Entry, Register, Source};
use crate::text::incidents::Report;

/// Writes the incident file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let entries = &story.register.incidents;
    out.write_all(b"{\"incidents\":[")?;
    for (place, entry) in (0..).zip(entries) {
        if place > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, &row(story, place, entry))?;
    }
    let total = entries.len();
    writeln!(out, "],\"limit\":{total},\"offset\":0,\"total\":{total},\"more\":false}}")
}

fn row(story: &Story, place: u64, entry: &Entry) -> serde_json::Value {
    let report = Report::of(story, entry);
    let id = story.register.id(place);
    let number = Register::number(place);
    let is_resolved = report.resolved <= LAST_EXPORT;
    let changed = if is_resolved { report.resolved } else { entry.opened };
    let merged_into = match entry.source {
        Source::Emergency { ordinal } => story.register.main_of(ordinal).map(|main| story.register.id(main)),
        Source::MainOf { .. } | Source::Standalone { .. } => None,
    };
    json!({
        "id": id,
        "type": "incident",
        "summary": format!("[#{number}] {}", report.title),
        "html_url": story.incident_address(number, &id),
        "incident_number": number,
        "title": report.title,
        "created_at": rfc3339(entry.opened),
        "updated_at": rfc3339(changed),
        "last_status_change_at": rfc3339(changed),
        "resolved_at": is_resolved.then(|| rfc3339(report.resolved)),
        "status": if is_resolved { "resolved" } else { "acknowledged" },
        "urgency": if matches!(report.priority, "P1" | "P2") { "high" } else { "low" },
        "priority": {"type": "priority_reference", "summary": report.priority},
        "incident_key": format!("{:016x}", mixed(place, 0x6b65)),
        "service": {"id": service_id(report.service), "type": "service_reference", "summary": report.service},
        "assignments": [],
        "acknowledgements": [],
        "last_status_change_by": {"type": "service_reference", "summary": report.service},
        "resolve_reason": merged_into.map(|main| json!({
            "type": "merge_resolve_reason",
            "incident": {"id": main, "type": "incident_reference"},
        })),
        "incident_type": {"name": "incident_default"},
        "escalation_policy": {"id": "PEP4L1A", "type": "escalation_policy_reference", "summary": "Primary on-call"},
        "teams": [],
        "alert_counts": {"all": 1, "triggered": 0, "resolved": 1},
        "body": {"type": "incident_body", "details": report.details},
    })
}

fn service_id(name: &str) -> String {
    let number = name.bytes().fold(17_u64, |sum, byte| sum * 131 % 1_000_003 + u64::from(byte));
    format!("PS{number:06X}")
}
