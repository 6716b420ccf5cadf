//! ServiceNow: change requests, incidents, problems, approvals and change tasks, from lists and from the
//! table interface. A row says the same in every format; only where its values stand differs.

mod approvals;
mod change_state;
pub(crate) mod csv;
mod incident_state;
mod journal;
pub(super) mod json;
mod names;
mod record;
pub(super) mod xml;

use super::SourceEntry;
use change_ledger_model::{
    Timestamp,
    source::{Fact, SourceKind},
};

const CAN_CARRY: &[Fact] = &[
    Fact::Author,
    Fact::ImplementationTime,
    Fact::Approver,
    Fact::ApprovalTime,
    Fact::Labels,
    Fact::Text,
    Fact::LinkFields,
    Fact::ChangeType,
    Fact::IncidentTimes,
    Fact::Severity,
    Fact::Notes,
];

pub(crate) const CSV_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::ServicenowCsv,
    title: "ServiceNow lists as CSV or Excel: changes, incidents, problems, approvals, change tasks",
    command: "open https://INSTANCE.service-now.com/change_request_list.do?CSV&sysparm_query=closed_at>=2026-07-01&sysparm_default_export_fields=all (or list > column menu > Export > CSV, Excel)",
    facts: CAN_CARRY,
    cannot_tell: "the time zone; approvals without either",
    traps: &[
        "Windows-1252 letters",
        "an apostrophe before cells that begin like a formula",
        "a change without authorization is one of the type emergency that nobody asked for",
        "times in the exporter's zone and format, without saying which",
        "columns by field name in CSV and by label in Excel",
        "10,000 rows at most; rows that the exporter may not see are missing without a word",
        "Excel files stop at 500,000 cells, with a remark as their last row",
        "who approved stands in the journal approval_history only, newest first; an approval by an administrator's role is none",
        "rfc is the change that fixes an incident, caused_by the one that broke it",
        "a new line per update in logs of incidents: the last one counts",
    ],
};

pub(crate) const JSON_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::ServicenowJson,
    title: "ServiceNow tables as JSON",
    command: "curl -u NAME \"https://INSTANCE.service-now.com/api/now/table/change_request?sysparm_display_value=all&sysparm_query=closed_at>=2026-07-01\" > changes.json",
    facts: CAN_CARRY,
    cannot_tell: "names of people, where only stored values were exported",
    traps: &[
        "each field as a value, as an object with a link, or as both with a text for people",
        "stored times are UTC without saying so, displayed ones are in the exporter's zone",
        "nothing is an empty text",
        "people and records by internal ids unless display values are asked for",
        "states as numbers",
    ],
};

pub(crate) const XML_ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::ServicenowXml,
    title: "ServiceNow lists as XML",
    command: "open https://INSTANCE.service-now.com/change_request_list.do?XML&sysparm_query=closed_at>=2026-07-01 (or list > column menu > Export > XML)",
    facts: CAN_CARRY,
    cannot_tell: "as `servicenow-csv`",
    traps: &[
        "times are UTC without saying so",
        "names of people stand in the attribute display_value",
        "10,000 rows at most",
    ],
};

/// One row in any format, with its fields by the names that ServiceNow's tables give them.
trait Fields {
    /// Why the row cannot be read, in the format's own terms.
    type Fault;

    /// Whether the row has such a field at all, empty or not.
    fn has(&self, name: &str) -> bool;

    /// What the field says, as people read it where the file has that, else as it is stored.
    fn text(&self, name: &str) -> Option<String>;

    /// What the field says as it is stored, where the file has that, else as people read it.
    fn stored(&self, name: &str) -> Option<String> {
        self.text(name)
    }

    /// A point in time. One that cannot be read is a fault where `decisive`, else unknown.
    fn time(&mut self, name: &'static str, decisive: bool) -> Result<Option<Timestamp>, Self::Fault>;

    /// A time within a journal, which is written as it was displayed.
    fn journal_time(&mut self, text: &str) -> Option<Timestamp>;

    /// Notes a change that was called off and has an end of its work.
    fn called_off_though_implemented(&mut self);

    /// Something is wrong with a field; `reason` is a sentence without its full stop.
    fn fault(&self, name: &str, reason: String) -> Self::Fault;
}

#[cfg(test)]
mod tests;
