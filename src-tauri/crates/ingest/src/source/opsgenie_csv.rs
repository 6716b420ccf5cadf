//! Opsgenie's alerts as CSV: the list's own export and analytics, whose columns have many spellings.

use super::{SourceEntry, asked, incident_texts::Texts};
use crate::{
    IngestError, Reading,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    person::Person,
    record::{Record, Ticket},
    source::{Fact, SourceKind},
};

/// The table, for people.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::OpsgenieCsv,
    title: "Opsgenie alerts as CSV",
    command: "Alerts > the list's menu > Export to CSV",
    facts: &[Fact::Text, Fact::Labels, Fact::Severity],
    cannot_tell: "incidents: alerts are none",
    traps: &[
        "an alert is no incident: it becomes a ticket and is not counted as an outage",
        "columns are called otherwise from export to export",
        "times as milliseconds since 1970",
    ],
};

#[derive(Debug, Clone, Default, PartialEq)]
struct Columns {
    id: Option<usize>,
    tiny_id: Option<usize>,
    alias: Option<usize>,
    message: Option<usize>,
    description: Option<usize>,
    status: Option<usize>,
    priority: Option<usize>,
    created: Option<usize>,
    updated: Option<usize>,
    closed: Option<usize>,
    owner: Option<usize>,
    tags: Option<usize>,
}

impl Columns {
    fn of(names: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in names.iter().enumerate() {
            let slot = match header::plain(name).replace(' ', "").as_str() {
                "id" | "alertid" => &mut columns.id,
                "tinyid" => &mut columns.tiny_id,
                "alias" => &mut columns.alias,
                "message" => &mut columns.message,
                "description" => &mut columns.description,
                "status" => &mut columns.status,
                "priority" => &mut columns.priority,
                "createdat" | "createdtime" | "createdon" => &mut columns.created,
                "updatedat" | "updatedtime" | "updatedon" => &mut columns.updated,
                "closedat" | "closedtime" | "closetime" => &mut columns.closed,
                "owner" => &mut columns.owner,
                "tags" => &mut columns.tags,
                _ => continue,
            };
            slot.get_or_insert(column);
        }
        columns
    }
}

/// Why a table is Opsgenie's, as a sentence; `None` when it is not.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let columns = Columns::of(&head.header);
    let name = |column: Option<usize>| head.header.get(column?).map(|name| name.trim().to_owned());
    let (tiny_id, message) = (name(columns.tiny_id)?, name(columns.message)?);
    columns.created?;
    Some(format!("It has the columns of Opsgenie's alerts: \"{tiny_id}\", \"{message}\" and a time of creation."))
}

/// A table of alerts with its columns understood.
pub(crate) struct OpsgenieCsv {
    columns: Columns,
}

impl OpsgenieCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is neither an id nor a short one.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let columns = Columns::of(names);
        if columns.tiny_id.or(columns.id).is_none() {
            return Err(IngestError::NotRecognised {
                file: reading.file.clone(),
                seen: format!(
                    "as a table of Opsgenie's alerts it needs the column TinyID, and its columns are {}",
                    header::listed(names)
                ),
                hint: "Export the list of alerts from Opsgenie as CSV.".to_owned(),
            });
        }
        Ok(Self { columns })
    }
}

impl TableSource for OpsgenieCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        let columns = [self.columns.created, self.columns.updated, self.columns.closed];
        columns.into_iter().flatten().filter_map(|column| Some((column, cells.value(column)?))).collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.columns;
        let cell = |column: Option<usize>| column.and_then(|column| Some((column, cells.value(column)?)));
        let text = |column: Option<usize>| cell(column).map(|(_, text)| text.to_owned());
        let tiny_id = text(columns.tiny_id).map(|id| id.trim_start_matches('#').to_owned());
        let Some(id) = text(columns.id).or_else(|| tiny_id.clone()) else {
            return Err(CellFault {
                column: columns.tiny_id.or(columns.id),
                reason: "The row has no id of an alert.".to_owned(),
            });
        };
        let title = text(columns.message).unwrap_or_default();
        let alias = text(columns.alias).filter(|alias| *alias != title);
        let body: Vec<String> = [text(columns.description), alias].into_iter().flatten().collect();
        // An empty cell says that nothing was written; a table without the column says nothing.
        let body = super::incident_texts::joined(&body).or_else(|| columns.description.map(|_| String::new()));
        let labels = columns.tags.map(|column| labels(cells.text(column)));
        let texts = Texts {
            title: &title,
            body: body.as_deref(),
            labels: labels.as_deref().unwrap_or_default(),
            ..Texts::default()
        };
        let mentions = texts.mentions(&[]);
        let status = text(columns.status);
        let ticket = Ticket {
            id: format!("opsgenie-alert:{id}"),
            source: "opsgenie".to_owned(),
            key: tiny_id.unwrap_or(id),
            project: "alerts".to_owned(),
            title,
            body,
            url: None,
            ticket_type: Some("Alert".to_owned()),
            change_type: None,
            reason: None,
            done: status.as_deref().map(|status| status.eq_ignore_ascii_case("closed")),
            status,
            priority: text(columns.priority),
            labels,
            reporter: None,
            assignee: text(columns.owner).map(|owner| Person::named(&owner, None, false)),
            opened_at: times.decisive(cell(columns.created))?,
            resolved_at: times.optional(cell(columns.closed)),
            work_start: None,
            work_end: None,
            updated_at: times.optional(cell(columns.updated)),
            notes: Vec::new(),
            mentions,
            is_change_request: false,
        };
        Ok(vec![Record::Ticket(Box::new(ticket))])
    }

    fn askable(&self) -> &'static [Fact] {
        asked::ALERT
    }
}

/// Tags as a list: `a, b`, `a|b` or `[a, b]`.
fn labels(cell: &str) -> Vec<String> {
    let list = cell.trim_matches(['[', ']']);
    let tags = list.split([',', '|', ';']).map(|tag| tag.trim().trim_matches('"'));
    tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Options, table::test_support::import};
    use change_ledger_model::source::SourceKind;

    #[test]
    fn columns_meet_in_every_spelling() {
        let check = |csv: &str, key: &str, opened: &str| {
            let held = import(csv.as_bytes(), &Options::default()).unwrap();
            assert_eq!(held.reading.kind, SourceKind::OpsgenieCsv, "{csv}");
            let tickets = held.tickets();
            let found = (tickets[0].key.as_str(), tickets[0].opened_at.unwrap().to_string());
            assert_eq!(found, (key, opened.to_owned()), "{csv}");
        };
        check("TinyID,Alias,Message,Status,CreatedAt\n41,a,Down,open,1787000000000\n", "41", "2026-08-17T20:53:20Z");
        check("Tiny Id;Message;Created At\n#42;Down;2026-08-14T21:58:03.4Z\n", "42", "2026-08-14T21:58:03.400Z");
        check("id,tiny_id,message,created_at\nx1,43,Down,2026-08-14 21:58:03\n", "43", "2026-08-14T21:58:03Z");
    }

    #[test]
    fn an_empty_description_is_known_and_a_missing_one_is_not() {
        let check = |columns: &str, cells: &str, expected: Option<&str>| {
            let csv = format!("TinyID,Message,CreatedAt{columns}\n41,Down,1787000000000{cells}\n");
            let held = import(csv.as_bytes(), &Options::default()).unwrap();
            assert_eq!(held.tickets()[0].body.as_deref(), expected, "{csv}");
        };
        check("", "", None);
        check(",Description", ",", Some(""));
        check(",Description", ",disk full", Some("disk full"));
        check(",Description,Alias", ",,db-1", Some("db-1"));
    }

    #[test]
    fn an_alert_is_no_incident_and_its_texts_are_searched() {
        let csv = "TinyID,Alias,Message,Status,Priority,CreatedAt,UpdatedAt,Owner,Tags,Acknowledged\n\
            41,login,EU login down (acme/auth#418),closed,P1,2026-08-14T21:58:03Z,,mara@acme.example,\"[sev1, PLAT-1190]\",true\n\
            ,,,,,2026-08-14T21:58:03Z,,,,\n\
            43,,Late,open,P2,soon,,,,\n";
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.incidents().len(), 0);
        let tickets = held.tickets();
        let alert = tickets[0];
        assert_eq!((alert.ticket_type.as_deref(), alert.done), (Some("Alert"), Some(true)));
        assert_eq!((alert.updated_at, alert.resolved_at), (None, None));
        let names: Vec<&str> = alert.mentions.iter().map(|mention| mention.name.as_str()).collect();
        assert_eq!(names, ["PLAT-1190", "acme/auth#418"]);
        let fields: Vec<Option<&str>> = held.rejects.iter().map(|reject| reject.field.as_deref()).collect();
        assert_eq!(fields, [Some("TinyID"), Some("CreatedAt")]);
    }
}
