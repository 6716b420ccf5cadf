//! One row of a Jira export.

use super::{JiraCsv, columns::Role, is_key, words};
use crate::{
    mention,
    source::{
        called_off, jira_account,
        plan::{self, Plan},
    },
    table::{CellFault, Cells, Times},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{FoundIn, Incident, Mention, MentionKind, Note, Record, Ticket, ended_in_words},
};

/// The columns of a person: the name, the id.
const REPORTER: (Role, Role) = (Role::Reporter, Role::ReporterId);
const ASSIGNEE: (Role, Role) = (Role::Assignee, Role::AssigneeId);
const CREATOR: (Role, Role) = (Role::Creator, Role::CreatorId);

/// How link types between a change and an incident are called.
const INCIDENT_WORDS: [&str; 6] = ["incident", "störung", "incidente", "incydent", "vorfall", "事件"];

/// A comment as its cell writes it: `02/Nov/26 8:31 AM;712020:aa-bb;text; may contain semicolons`.
pub(super) struct CommentCell<'c> {
    pub(super) date: &'c str,
    account: &'c str,
    text: &'c str,
}

impl<'c> CommentCell<'c> {
    pub(super) fn of(cell: &'c str) -> Option<Self> {
        let mut parts = cell.splitn(3, ';');
        let comment = Self { date: parts.next()?, account: parts.next()?, text: parts.next()? };
        comment.date.contains(|c: char| c.is_ascii_digit()).then_some(comment)
    }
}

/// What a row says.
pub(super) fn records(jira: &JiraCsv, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
    let row = IssueRow { jira, cells };
    let key = row.key()?;
    let issue_type = row.value(Role::Type);
    let change_type = row.value(Role::ChangeType);
    let is_change_request = change_type.is_some() || issue_type.as_deref().is_some_and(words::is_change_request);
    let is_incident = issue_type.as_deref().is_some_and(words::is_incident);
    let dates = row.dates(is_change_request || is_incident, times)?;
    let notes = row.notes(times);
    if is_change_request && dates.work_end.is_some() && row.is_called_off() {
        times.called_off_though_implemented();
    }
    let ticket = Ticket {
        id: format!("jira:{key}"),
        source: "jira".to_owned(),
        project: row.value(Role::ProjectKey).unwrap_or_else(|| project_of(&key).to_owned()),
        title: row.value(Role::Summary).unwrap_or_default(),
        body: row.body(),
        url: None,
        ticket_type: issue_type,
        change_type,
        reason: row.reason(),
        status: row.value(Role::Status),
        done: row.done(is_change_request, dates.resolved),
        priority: row.value(Role::Priority),
        labels: row.labels(),
        reporter: row.person(REPORTER).or_else(|| row.person(CREATOR)),
        assignee: row.person(ASSIGNEE),
        opened_at: dates.created,
        resolved_at: dates.resolved,
        work_start: dates.work_start,
        work_end: dates.work_end,
        updated_at: dates.updated,
        mentions: row.mentions(&key, &notes),
        notes,
        is_change_request,
        key,
    };
    let incident = is_incident.then(|| row.incident(&ticket, &dates));
    let mut records = vec![Record::Ticket(Box::new(ticket))];
    records.extend(incident.map(|incident| Record::Incident(Box::new(incident))));
    Ok(records)
}

struct IssueRow<'r> {
    jira: &'r JiraCsv,
    cells: &'r Cells,
}

struct Dates {
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
    resolved: Option<Timestamp>,
    work_start: Option<Timestamp>,
    work_end: Option<Timestamp>,
    began: Option<Timestamp>,
    ended: Option<Timestamp>,
}

impl IssueRow<'_> {
    fn cell(&self, role: Role) -> Option<(usize, &str)> {
        self.jira.columns.first(role, self.cells)
    }

    fn value(&self, role: Role) -> Option<String> {
        self.cell(role).map(|(_, text)| text.to_owned())
    }

    fn key(&self) -> Result<String, CellFault> {
        let key = self.cells.text(self.jira.key);
        if is_key(key) {
            Ok(key.to_owned())
        } else if key.is_empty() {
            Err(CellFault::at(self.jira.key, "The row has no issue key."))
        } else {
            let shown: String = key.chars().take(60).collect();
            Err(CellFault::at(self.jira.key, format!("\"{shown}\" is no issue key such as PLAT-1190.")))
        }
    }

    /// Figures depend on when a change was implemented and when an incident began and ended; for
    /// any other issue a time that cannot be read is merely unknown.
    fn dates(&self, decisive: bool, times: &mut Times) -> Result<Dates, CellFault> {
        let mut when = |role: Role| {
            let cell = self.cell(role);
            if decisive { times.decisive(cell) } else { Ok(times.optional(cell)) }
        };
        let (created, resolved) = (when(Role::Created)?, when(Role::Resolved)?);
        let (work_start, work_end) = (when(Role::WorkStart)?, when(Role::WorkEnd)?);
        let (began, ended) = (when(Role::IncidentStart)?, when(Role::IncidentEnd)?);
        let updated = times.optional(self.cell(Role::Updated));
        Ok(Dates { created, updated, resolved, work_start, work_end, began, ended })
    }

    /// By the status category; without a known one, a time of resolution means done. A change that was called off was
    /// not done, whatever its category.
    fn done(&self, is_change_request: bool, resolved: Option<Timestamp>) -> Option<bool> {
        if is_change_request && self.is_called_off() {
            return Some(false);
        }
        self.cell(Role::StatusCategory).and_then(|(_, category)| words::is_done(category)).or(resolved.map(|_| true))
    }

    fn is_called_off(&self) -> bool {
        let said = |role: Role| self.cell(role).map(|(_, said)| said);
        called_off::is_called_off([said(Role::Status), said(Role::Resolution)])
    }

    fn reason(&self) -> Option<String> {
        match (self.value(Role::ChangeReason), self.value(Role::Justification)) {
            (Some(reason), Some(why)) => Some(format!("{reason}: {why}")),
            (reason, why) => reason.or(why),
        }
    }

    /// `None` when the table has no such column; an empty cell says that nothing was written.
    fn body(&self) -> Option<String> {
        let is_there = self.jira.columns.has(Role::Description);
        let description = is_there.then(|| self.value(Role::Description).unwrap_or_default());
        let plans = Plan::ALL.into_iter().filter_map(|plan| Some(plan.under_heading(&self.value(Role::Plan(plan))?)));
        plan::body(description, plans)
    }

    /// Jira's labels have no blanks in them; old exports put all of them into one cell.
    fn labels(&self) -> Option<Vec<String>> {
        let columns = self.jira.columns.all(Role::Labels);
        let labels = self.cells.values(columns).flat_map(|(_, cell)| cell.split_whitespace());
        (!columns.is_empty()).then(|| labels.map(|label| label.trim_end_matches(',').to_owned()).collect())
    }

    /// Cloud has a column with the name and one with the id; Data Center has its logins in the only one.
    fn person(&self, (name, id): (Role, Role)) -> Option<Person> {
        let said = |role: Role| self.cell(role).map(|(_, said)| said);
        let name = said(name).filter(|name| !name.eq_ignore_ascii_case("unassigned"));
        jira_account::person(said(id), name, false)
    }

    /// Comments name their author by account id; the row may say what name that shows.
    fn author_of(&self, account: &str) -> Option<Person> {
        let account = account.trim();
        [REPORTER, ASSIGNEE, CREATOR]
            .into_iter()
            .find(|&(_, id)| self.cell(id).is_some_and(|(_, text)| text == account))
            .and_then(|columns| self.person(columns))
            .or_else(|| jira_account::person(Some(account), None, false))
    }

    fn notes(&self, times: &mut Times) -> Vec<Note> {
        let note = |(_, cell)| match CommentCell::of(cell) {
            Some(comment) => Note {
                at: times.quiet(comment.date),
                author: self.author_of(comment.account),
                text: comment.text.trim().to_owned(),
            },
            None => Note { at: None, author: None, text: cell.to_owned() },
        };
        self.cells.values(self.jira.columns.all(Role::Comment)).map(note).collect()
    }

    fn mentions(&self, own_key: &str, notes: &[Note]) -> Vec<Mention> {
        let mut found = Vec::new();
        for link in &self.jira.columns.links {
            if let Some(key) = self.cells.value(link.column).filter(|key| is_key(key)) {
                // "Problem/Incident" and its translations: the other side is an incident, imported or not.
                let names_incident = names_incident(&link.label);
                found.push(Mention {
                    kind: if names_incident { MentionKind::Incident } else { MentionKind::TicketKey },
                    name: key.to_owned(),
                    found_in: FoundIn::LinkField,
                    text: link.label.clone(),
                });
            }
        }
        let mut search = |text: &str, found_in: FoundIn| {
            mention::in_text(text, found_in, self.jira.repository.as_deref(), &mut found);
        };
        for (role, found_in) in [
            (Role::Summary, FoundIn::Title),
            (Role::Description, FoundIn::Body),
            (Role::ChangeReason, FoundIn::Body),
            (Role::Justification, FoundIn::Body),
            (Role::Plan(Plan::Implementation), FoundIn::Body),
            (Role::Plan(Plan::Backout), FoundIn::Body),
            (Role::Plan(Plan::Test), FoundIn::Body),
            (Role::OtherField, FoundIn::Body),
            (Role::Labels, FoundIn::Label),
        ] {
            self.cells.values(self.jira.columns.all(role)).for_each(|(_, text)| search(text, found_in));
        }
        notes.iter().for_each(|note| search(&note.text, FoundIn::Note));
        mention::settle(&mut found, Some(own_key));
        found
    }

    fn incident(&self, ticket: &Ticket, dates: &Dates) -> Incident {
        Incident {
            id: ticket.id.clone(),
            source: ticket.source.clone(),
            number: Some(ticket.key.clone()),
            names: vec![ticket.key.clone()],
            title: ticket.title.clone(),
            body: ticket.body.clone(),
            url: None,
            service: self.value(Role::Services).or_else(|| self.value(Role::Components)),
            status: ticket.status.clone(),
            severity: self.value(Role::Severity).or_else(|| ticket.priority.clone()),
            urgency: self.value(Role::Urgency),
            opened_at: dates.began.or(dates.created),
            resolved_at: dates.ended.or(dates.resolved),
            ended: ticket.done.or_else(|| ended_in_words(ticket.status.as_deref()?)),
            updated_at: dates.updated,
            merged_into: None,
            notes: ticket.notes.clone(),
            mentions: ticket.mentions.clone(),
        }
    }
}

/// Whether a type of link is one between a change and an incident.
pub(crate) fn names_incident(link_type: &str) -> bool {
    let lower = link_type.to_lowercase();
    INCIDENT_WORDS.iter().any(|word| lower.contains(word))
}

fn project_of(key: &str) -> &str {
    key.rsplit_once('-').map_or(key, |(project, _)| project)
}
