//! Incidents as Opsgenie's interface lists them (`GET /v1/incidents`), in one page.
//! Shape: <https://docs.opsgenie.com/docs/incident-api>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::{LAST_EXPORT, rfc3339, rfc3339_millis};
use crate::story::Story;
use crate::story::naming::universal_id;
use crate::story::register::{Entry, Register};
use crate::text::incidents::Report;
use crate::write::rows;

/// Writes the incident file.
pub(crate) fn write(story: &Story, out: &mut impl Write) -> io::Result<()> {
    let entries = &story.register.incidents;
    let before = format!("{{\"totalCount\":{},\"data\":[", entries.len());
    let listed = entries.iter().zip(0..).map(|(entry, place)| row(story, place, entry));
    rows::list(out, (&before, "],\"paging\":{},\"took\":0.041,\"requestId\":\"b6f1c0de\"}\n"), listed)
}

fn row(story: &Story, place: u64, entry: &Entry) -> Value {
    let report = Report::of(story, entry);
    let number = Register::number(place);
    let pager_id = story.register.id(place);
    let id = story.incident_id(number, &pager_id);
    let is_resolved = report.resolved <= LAST_EXPORT;
    // The end of the impact is filled in for two of three; of the others only the last update is known.
    let impact_end = (is_resolved && !place.is_multiple_of(3)).then(|| rfc3339(report.resolved));
    json!({
        "id": id,
        "tinyId": number.to_string(),
        "message": report.title,
        "description": report.details,
        "status": if is_resolved { "resolved" } else { "open" },
        "priority": report.priority,
        "tags": [report.service],
        "createdAt": rfc3339_millis(entry.opened),
        "updatedAt": rfc3339_millis(if is_resolved { report.resolved } else { entry.opened }),
        "impactStartDate": rfc3339(entry.opened),
        "impactEndDate": impact_end,
        "ownerTeam": "",
        "responders": [{"type": "team", "id": universal_id(4, "on-call")}],
        "impactedServices": [universal_id(9, report.service)],
        "extraProperties": {},
        "links": {"web": story.incident_address(number, &pager_id)},
        "actions": [],
    })
}
