//! GitLab's issues as CSV.

use super::{
    incident::{mentions, with_incident},
    merge_request_csv::{dates, in_utc, named, time_in_utc},
    names::{issue_key, project_of_address},
};
use crate::{
    IngestError, Reading,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    record::{Record, Ticket},
    source::Fact,
};

/// Facts that one can ask issues for.
const FACTS: [Fact; 4] = [Fact::Author, Fact::Labels, Fact::Text, Fact::IncidentTimes];

#[derive(Debug, Default)]
struct Columns {
    /// Unique over all of GitLab since there is an IID; before, the number that people write.
    id: Option<usize>,
    number: Option<usize>,
    title: Option<usize>,
    body: Option<usize>,
    kind: Option<usize>,
    url: Option<usize>,
    state: Option<usize>,
    confidential: Option<usize>,
    labels: Option<usize>,
    author: Option<usize>,
    author_username: Option<usize>,
    assignee: Option<usize>,
    assignee_username: Option<usize>,
    opened: Option<usize>,
    updated: Option<usize>,
    closed: Option<usize>,
}

impl Columns {
    fn of(names: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in names.iter().enumerate() {
            let slot = match header::plain(name).as_str() {
                "id" | "issue id" => &mut columns.id,
                "iid" | "issue iid" => &mut columns.number,
                "title" => &mut columns.title,
                "description" => &mut columns.body,
                "type" => &mut columns.kind,
                "url" => &mut columns.url,
                "state" => &mut columns.state,
                "confidential" => &mut columns.confidential,
                "labels" => &mut columns.labels,
                "author" => &mut columns.author,
                "author username" => &mut columns.author_username,
                "assignee" => &mut columns.assignee,
                "assignee username" => &mut columns.assignee_username,
                "created at utc" => &mut columns.opened,
                "updated at utc" => &mut columns.updated,
                "closed at utc" => &mut columns.closed,
                _ => continue,
            };
            slot.get_or_insert(column);
        }
        columns
    }

    const fn are_complete(&self) -> bool {
        (self.id.is_some() || self.number.is_some())
            && self.state.is_some()
            && self.confidential.is_some()
            && self.opened.is_some()
            && self.author_username.is_some()
    }
}

/// Why a table is GitLab's list of issues, as a sentence; `None` when it is not.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    Columns::of(&head.header).are_complete().then(|| {
        "It has the columns of GitLab's issues: Confidential, Author Username and Created At (UTC).".to_owned()
    })
}

/// GitLab's issues with their columns understood.
pub(crate) struct IssueCsv {
    columns: Columns,
    repository: Option<String>,
}

impl IssueCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is no number, no state or no time of creation.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let columns = Columns::of(names);
        if !columns.are_complete() {
            return Err(IngestError::NotRecognised {
                file: reading.file.clone(),
                seen: format!(
                    "as GitLab's list of issues it needs ID or IID, State, Confidential, Author Username and Created At (UTC), and its columns are {}",
                    header::listed(names)
                ),
                hint: "Export it in GitLab under Plan > Issues > Actions > Export as CSV.".to_owned(),
            });
        }
        Ok(Self { columns, repository: reading.repository.clone() })
    }
}

impl TableSource for IssueCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        dates(cells, &[self.columns.opened, self.columns.updated, self.columns.closed])
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.columns;
        let text = |column: Option<usize>| column.and_then(|column| cells.value(column)).map(str::to_owned);
        let url = text(columns.url);
        let project = url.as_deref().and_then(project_of_address).or_else(|| self.repository.clone());
        let project = project.ok_or_else(|| CellFault {
            column: columns.url,
            reason: "The row has no address of its issue, and no --repository says where it belongs.".to_owned(),
        })?;
        let number = url.as_deref().and_then(number_of_address).or_else(|| text(columns.number.or(columns.id)));
        let number = number.ok_or_else(|| CellFault {
            column: columns.number.or(columns.id),
            reason: "The issue has no number.".to_owned(),
        })?;
        let kind = text(columns.kind);
        let is_incident = kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("incident"));
        let opened_at = if is_incident {
            let cell = in_utc(cells, columns.opened);
            times.decisive(cell.as_ref().map(|(column, text)| (*column, text.as_ref())))?
        } else {
            time_in_utc(times, cells, columns.opened)
        };
        let key = issue_key(&project, &number);
        let title = text(columns.title).unwrap_or_default();
        let body = columns.body.map(|_| text(columns.body).unwrap_or_default());
        let labels = columns.labels.map(|column| labels(cells.value(column).unwrap_or_default()));
        let status = text(columns.state);
        let ticket = Ticket {
            id: format!("gitlab-issue:{key}"),
            source: "gitlab".to_owned(),
            mentions: mentions(&title, body.as_deref(), labels.as_deref().unwrap_or_default(), &project, &key),
            project,
            title,
            body,
            url,
            ticket_type: kind,
            change_type: None,
            reason: None,
            done: status.as_deref().map(|status| status.eq_ignore_ascii_case("closed")),
            status,
            priority: None,
            labels,
            reporter: named(cells, columns.author_username, columns.author),
            assignee: named(cells, columns.assignee_username, columns.assignee),
            opened_at,
            resolved_at: time_in_utc(times, cells, columns.closed),
            work_start: None,
            work_end: None,
            updated_at: time_in_utc(times, cells, columns.updated),
            notes: Vec::new(),
            is_change_request: false,
            key,
        };
        Ok(if is_incident { with_incident(ticket, number, None) } else { vec![Record::Ticket(Box::new(ticket))] })
    }

    fn askable(&self) -> &'static [Fact] {
        &FACTS
    }
}

/// The number at the end of an address; it is right in older and newer files.
fn number_of_address(url: &str) -> Option<String> {
    let (_, rest) = url.rsplit_once("/issues/").or_else(|| url.rsplit_once("/work_items/"))?;
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then_some(number)
}

fn labels(cell: &str) -> Vec<String> {
    cell.split(',').map(str::trim).filter(|label| !label.is_empty()).map(str::to_owned).collect()
}
