//! PagerDuty's incident reports as CSV: the basic and the advanced one of Analytics > Reports, and
//! Insights exports with the same columns under other spellings.

use super::{SourceEntry, asked, pagerduty_json};
use crate::{
    IngestError, Reading, mention,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    record::{FoundIn, Incident, Mention, Record},
    source::{Fact, SourceKind},
};

/// The reports, for people.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::PagerdutyCsv,
    title: "PagerDuty incident reports as CSV",
    command: "Analytics > Reports > Incidents > Download CSV",
    facts: &[Fact::IncidentTimes, Fact::Severity],
    cannot_tell: "priority in older reports; the id in basic ones",
    traps: &[
        "cut at 20,000 rows without a word",
        "columns named otherwise than in the REST interface",
        "no priority in older reports",
        "the basic report has the number of an incident and not its id",
    ],
};

/// The columns that matter; the basic report has neither an id nor a title.
#[derive(Debug, Clone, Default, PartialEq)]
struct Columns {
    id: Option<usize>,
    number: Option<usize>,
    title: Option<usize>,
    service: Option<usize>,
    opened: Option<usize>,
    resolved: Option<usize>,
    updated: Option<usize>,
    status: Option<usize>,
    priority: Option<usize>,
    urgency: Option<usize>,
    url: Option<usize>,
    /// Columns that only PagerDuty has.
    distinctive: usize,
}

impl Columns {
    fn of(names: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in names.iter().enumerate() {
            columns.add(column, name.trim());
        }
        columns
    }

    fn add(&mut self, column: usize, name: &str) {
        let slot = match header::plain(name).as_str() {
            "id" | "incident id" => &mut self.id,
            "" if name == "#" => &mut self.number,
            "incident number" | "number" => &mut self.number,
            "description" | "title" | "incident title" | "summary" => &mut self.title,
            "service name" | "service" | "impacted service" => &mut self.service,
            "created on" | "created at" | "created" | "opened on" | "opened at" => &mut self.opened,
            "resolved on" | "resolved at" | "resolved" => &mut self.resolved,
            "updated at" | "last status change at" => &mut self.updated,
            "status" => &mut self.status,
            "priority" | "priority name" => &mut self.priority,
            "urgency" => &mut self.urgency,
            "html url" | "url" | "incident url" => &mut self.url,
            "escalations"
            | "escalation count"
            | "escalation policy id"
            | "escalation policy name"
            | "escalation policy"
            | "seconds to first ack"
            | "seconds to resolve"
            | "seconds to engage"
            | "auto resolved"
            | "acknowledge count"
            | "resolve by"
            | "resolved by user name"
            | "resolved by user id"
            | "assigned to user ids"
            | "service id" => {
                self.distinctive += 1;
                return;
            }
            _ => return,
        };
        slot.get_or_insert(column);
    }
}

/// Why a table is PagerDuty's, as a sentence; `None` when it is not.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    let columns = Columns::of(&head.header);
    let name = |column: usize| head.header.get(column).map(|name| name.trim().to_owned());
    let (number, opened) = (name(columns.number.or(columns.id)?)?, name(columns.opened?)?);
    (columns.distinctive >= 2).then(|| {
        format!(
            "It has the columns of a PagerDuty incident report: \"{number}\", \"{opened}\" and {} more of its own.",
            columns.distinctive
        )
    })
}

/// A PagerDuty report with its columns understood.
pub(crate) struct PagerdutyCsv {
    columns: Columns,
    repository: Option<String>,
}

impl PagerdutyCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is neither an id nor a number, or no time of opening.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let columns = Columns::of(names);
        if columns.id.or(columns.number).is_none() || columns.opened.is_none() {
            return Err(IngestError::NotRecognised {
                file: reading.file.clone(),
                seen: format!(
                    "as a PagerDuty report it needs a number (or id) and a time of opening, and its columns are {}",
                    header::listed(names)
                ),
                hint: "Download the incidents report from PagerDuty's Analytics as CSV.".to_owned(),
            });
        }
        Ok(Self { columns, repository: reading.repository.clone() })
    }

    fn mentions(&self, title: Option<&str>, names: &[String]) -> Vec<Mention> {
        let mut found = Vec::new();
        if let Some(title) = title {
            mention::in_text(title, FoundIn::Title, self.repository.as_deref(), &mut found);
        }
        found.retain(|mention| !names.contains(&mention.name));
        mention::settle(&mut found, None);
        found
    }
}

impl TableSource for PagerdutyCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        let columns: Vec<usize> =
            [self.columns.opened, self.columns.resolved, self.columns.updated].into_iter().flatten().collect();
        columns.into_iter().filter_map(|column| Some((column, cells.value(column)?))).collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.columns;
        let cell = |column: Option<usize>| column.and_then(|column| Some((column, cells.value(column)?)));
        let text = |column: Option<usize>| cell(column).map(|(_, text)| text.to_owned());
        let number = text(columns.number).map(|number| number.trim_start_matches('#').to_owned());
        let id = text(columns.id).or_else(|| number.clone());
        let Some(id) = id else {
            let column = columns.id.or(columns.number);
            return Err(CellFault { column, reason: "The row has no incident number.".to_owned() });
        };
        let opened_at = times.decisive(cell(columns.opened))?;
        let resolved_at = times.decisive(cell(columns.resolved))?;
        let short_names = number.iter().flat_map(|number| [format!("INC-{number}"), format!("PD-{number}")]);
        let mut names: Vec<String> =
            columns.id.is_some().then(|| id.to_uppercase()).into_iter().chain(short_names).collect();
        names.dedup();
        let title = text(columns.title);
        let status = text(columns.status);
        let ended = match &status {
            Some(status) => pagerduty_json::has_ended(status),
            // An empty cell for the end of an incident says that it goes on.
            None => columns.resolved.map(|_| resolved_at.is_some()),
        };
        let incident = Incident {
            id: format!("pagerduty:{id}"),
            source: "pagerduty".to_owned(),
            mentions: self.mentions(title.as_deref(), &names),
            names,
            title: title.unwrap_or_default(),
            body: None,
            url: text(columns.url),
            service: text(columns.service),
            status: status.or_else(|| resolved_at.map(|_| "resolved".to_owned())),
            severity: text(columns.priority),
            urgency: text(columns.urgency),
            number,
            opened_at,
            resolved_at,
            ended,
            updated_at: times.optional(cell(columns.updated)),
            merged_into: None,
            notes: Vec::new(),
        };
        Ok(vec![Record::Incident(Box::new(incident))])
    }

    fn askable(&self) -> &'static [Fact] {
        asked::INCIDENT
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, table::test_support::import};
    use change_ledger_model::{record::MentionKind, source::SourceKind};

    const ADVANCED: &str = "id,incident_number,description,service_id,service_name,escalation_policy_id,escalation_policy_name,created_on,resolved_on,seconds_to_first_ack,seconds_to_resolve,auto_resolved,escalation_count,urgency\n\
        Q1ZK8M0,5521,\"Checkout 5xx > 4% (see acme/pay#2214, PD-5521)\",PSVC1,checkout,PEP9,Primary,2026-09-03T01:20:14Z,2026-09-03T02:02:50Z,95,2556,false,0,high\n\
        Q1ZK8M1,5522,Still open,PSVC1,checkout,PEP9,Primary,2026-09-04T01:20:14Z,,,,false,0,low\n";

    #[test]
    fn the_advanced_report() {
        let held = import(ADVANCED.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.reading.kind, SourceKind::PagerdutyCsv);
        let incidents = held.incidents();
        let first = incidents[0];
        assert_eq!((first.id.as_str(), first.number.as_deref()), ("pagerduty:Q1ZK8M0", Some("5521")));
        assert_eq!(first.names, ["Q1ZK8M0", "INC-5521", "PD-5521"]);
        assert_eq!(
            (first.service.as_deref(), first.urgency.as_deref(), first.status.as_deref()),
            (Some("checkout"), Some("high"), Some("resolved"))
        );
        assert_eq!(
            first.mentions.iter().map(|mention| (mention.kind, mention.name.as_str())).collect::<Vec<_>>(),
            [(MentionKind::Change, "acme/pay#2214")]
        );
        assert_eq!((incidents[1].resolved_at, incidents[1].status.as_deref()), (None, None));
        assert_eq!((first.ended, incidents[1].ended), (Some(true), Some(false)));
        assert_eq!(held.summary.timezone_used, None);
    }

    #[test]
    fn the_basic_report() {
        let csv = "#,Service,Opened On,Resolved On,Resolve By,Duration,# Escalations\n5521,checkout,09/03/2026 1:20 AM,09/13/2026 2:02 AM,Mara Ko,42m,0\n";
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!(held.reading.kind, SourceKind::PagerdutyCsv);
        let incident = held.incidents()[0];
        assert_eq!(
            (incident.id.as_str(), incident.names.as_slice()),
            ("pagerduty:5521", ["INC-5521".to_owned(), "PD-5521".to_owned()].as_slice())
        );
        assert_eq!(incident.opened_at.map(|at| at.to_string()).as_deref(), Some("2026-09-03T01:20:00Z"));
    }

    #[test]
    fn rows_without_a_number_or_with_an_unreadable_time() {
        let csv = ADVANCED.replace("Q1ZK8M0,5521", ",").replace("2026-09-04T01:20:14Z", "tomorrow");
        let held = import(csv.as_bytes(), &Options::default()).unwrap();
        assert_eq!(
            held.rejects.iter().map(|reject| reject.field.as_deref()).collect::<Vec<_>>(),
            [Some("id"), Some("created_on")]
        );
    }
}
