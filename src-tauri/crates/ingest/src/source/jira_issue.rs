//! A Jira issue as REST and XML describe it, and the records that it becomes.

use super::{
    Context, Fault, called_off, jira_csv,
    plan::{self, Plan},
    tally::Tally,
};
use crate::{mention, table::facts};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{
        Change, ChangeKind, ChangeState, FoundIn, Incident, Mention, MentionKind, Note, Record, Review, ReviewCoverage,
        Ticket, Verdict, ended_in_words,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// A link to another issue.
#[derive(Debug, Default)]
pub(super) struct IssueLink {
    /// Key of the other issue.
    pub(super) key: String,
    /// How the source puts it: `is caused by`.
    pub(super) label: String,
    /// Whether the other side is an incident.
    pub(super) to_incident: bool,
}

/// A verdict on an issue, before it is known whose issue it is.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) source_id: Option<String>,
    pub(super) by: Person,
    pub(super) verdict: Verdict,
    pub(super) at: Option<Timestamp>,
}

impl Decision {
    /// As a review of the change or change ticket with this id.
    pub(super) fn on(self, change: &str) -> Review {
        Review {
            change: change.to_owned(),
            source_id: self.source_id,
            reviewer: self.by,
            verdict: self.verdict,
            submitted_at: self.at,
            commit: None,
            url: None,
        }
    }
}

/// One issue. `None` and empty mean that the file does not say.
#[derive(Debug, Default)]
pub(super) struct Issue {
    pub(super) key: String,
    pub(super) project: Option<String>,
    pub(super) url: Option<String>,
    pub(super) summary: String,
    pub(super) description: Option<String>,
    pub(super) issue_type: Option<String>,
    pub(super) status: Option<String>,
    pub(super) resolution: Option<String>,
    pub(super) done: Option<bool>,
    pub(super) priority: Option<String>,
    pub(super) labels: Option<Vec<String>>,
    pub(super) components: Vec<String>,
    pub(super) reporter: Option<Person>,
    pub(super) assignee: Option<Person>,
    pub(super) created: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
    pub(super) resolved: Option<Timestamp>,
    pub(super) fields: NamedFields,
    pub(super) links: Vec<IssueLink>,
    pub(super) notes: Vec<Note>,
    /// Who decided on it; `None` when the file has no data on that at all.
    pub(super) decisions: Option<Vec<Decision>>,
    /// Whether earlier decisions may be missing.
    pub(super) decisions_are_cut: bool,
}

/// What custom fields say, by the meaning that their names have in every Jira.
#[derive(Debug, Default)]
pub(super) struct NamedFields {
    pub(super) change_type: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) justification: Option<String>,
    pub(super) work_start: Option<Timestamp>,
    pub(super) work_end: Option<Timestamp>,
    pub(super) severity: Option<String>,
    pub(super) urgency: Option<String>,
    pub(super) service: Option<String>,
    pub(super) began: Option<Timestamp>,
    pub(super) ended: Option<Timestamp>,
    /// Plans, as the issue has them.
    pub(super) plans: BTreeMap<Plan, String>,
    /// Texts of all other fields: they may name something.
    pub(super) others: Vec<String>,
}

impl NamedFields {
    /// Takes in a custom field by its name.
    ///
    /// # Errors
    /// When a time on which figures depend cannot be read.
    pub(super) fn add(
        &mut self,
        name: &str,
        said: String,
        context: &Context<'_>,
        tally: &mut Tally,
    ) -> Result<(), Fault> {
        use jira_csv::Role;
        let Some(role) = jira_csv::field_role(name) else { return Ok(()) };
        let mut when = || context.needed_time(name, Some(&crate::value::json::Text((&*said).into())), tally);
        match role {
            Role::WorkStart => self.work_start = self.work_start.or(when()?),
            Role::WorkEnd => self.work_end = self.work_end.or(when()?),
            Role::IncidentStart => self.began = self.began.or(when()?),
            Role::IncidentEnd => self.ended = self.ended.or(when()?),
            Role::ChangeType => self.change_type = self.change_type.take().or(Some(said)),
            Role::ChangeReason => self.reason = self.reason.take().or(Some(said)),
            Role::Justification => self.justification = self.justification.take().or(Some(said)),
            Role::Severity => self.severity = self.severity.take().or(Some(said)),
            Role::Urgency => self.urgency = self.urgency.take().or(Some(said)),
            Role::Services => self.service = self.service.take().or(Some(said)),
            Role::Plan(plan) => {
                self.plans.entry(plan).or_insert(said);
            }
            _ => self.others.push(said),
        }
        Ok(())
    }

    fn why(&self) -> Option<String> {
        match (&self.reason, &self.justification) {
            (Some(reason), Some(why)) => Some(format!("{reason}: {why}")),
            (reason, why) => reason.clone().or_else(|| why.clone()),
        }
    }
}

impl Issue {
    /// Whether the issue is a change request: it has a change type, or is of such a type.
    pub(super) fn is_change_request(&self) -> bool {
        self.fields.change_type.is_some() || self.issue_type.as_deref().is_some_and(jira_csv::is_change_request)
    }

    /// The ticket; the incident where it is one; its reviews where it is a change request and the file has them.
    pub(super) fn into_records(mut self, tally: &mut Tally) -> Vec<Record> {
        let id = format!("jira:{}", self.key);
        let is_change_request = self.is_change_request();
        let is_incident = self.issue_type.as_deref().is_some_and(jira_csv::is_incident);
        let decisions = self.decisions.take();
        let contradicts = is_change_request && self.is_called_off() && self.fields.work_end.is_some();
        tally.called_off_though_implemented += u64::from(contradicts);
        let ticket = self.ticket(id, is_change_request);
        let incident = is_incident.then(|| self.incident(&ticket));
        let reviews = decisions.map(|decisions| decisions.into_iter().map(|said| said.on(&ticket.id)).collect());
        let doers: Vec<Person> = ticket.assignee.iter().cloned().collect();
        let mut change = is_change_request.then(|| change_of(&ticket, reviews, doers));
        if let Some(change) = change.as_mut().filter(|_| self.decisions_are_cut)
            && change.review_coverage == ReviewCoverage::Complete
        {
            change.review_coverage = ReviewCoverage::PossiblyCut;
        }
        let mut records = vec![Record::Ticket(Box::new(ticket))];
        records.extend(incident.map(|incident| Record::Incident(Box::new(incident))));
        records.extend(change.map(|change| Record::Change(Box::new(change))));
        note_facts(&records, tally);
        records
    }

    fn ticket(&mut self, id: String, is_change_request: bool) -> Ticket {
        Ticket {
            id,
            source: "jira".to_owned(),
            key: self.key.clone(),
            project: self.project.take().unwrap_or_else(|| project_of(&self.key).to_owned()),
            mentions: self.mentions(),
            title: std::mem::take(&mut self.summary),
            body: self.body(),
            url: self.url.take(),
            ticket_type: self.issue_type.clone(),
            change_type: self.fields.change_type.clone(),
            reason: self.fields.why(),
            done: self.done(is_change_request),
            status: self.status.take(),
            priority: self.priority.take(),
            labels: self.labels.take(),
            reporter: self.reporter.take(),
            assignee: self.assignee.take(),
            opened_at: self.created,
            resolved_at: self.resolved,
            work_start: self.fields.work_start,
            work_end: self.fields.work_end,
            updated_at: self.updated,
            notes: std::mem::take(&mut self.notes),
            is_change_request,
        }
    }

    fn body(&mut self) -> Option<String> {
        let plans = self.fields.plans.iter().map(|(plan, text)| plan.under_heading(text));
        plan::body(self.description.take(), plans)
    }

    fn is_called_off(&self) -> bool {
        called_off::is_called_off([self.status.as_deref(), self.resolution.as_deref()])
    }

    /// By the category of its status, else by its resolution. A change that was called off was not done.
    fn done(&self, is_change_request: bool) -> Option<bool> {
        if is_change_request && self.is_called_off() {
            return Some(false);
        }
        self.done.or(self.resolved.map(|_| true))
    }

    fn mentions(&self) -> Vec<Mention> {
        let mut found: Vec<Mention> = self
            .links
            .iter()
            .map(|link| Mention {
                kind: if link.to_incident { MentionKind::Incident } else { MentionKind::TicketKey },
                name: link.key.to_uppercase(),
                found_in: FoundIn::LinkField,
                text: link.label.clone(),
            })
            .collect();
        let mut search = |text: &str, found_in: FoundIn| mention::in_text(text, found_in, None, &mut found);
        search(&self.summary, FoundIn::Title);
        let texts = [&self.description, &self.fields.reason, &self.fields.justification];
        let fields = self.fields.plans.values().chain(&self.fields.others);
        texts.into_iter().flatten().chain(fields).for_each(|text| search(text, FoundIn::Body));
        self.labels.iter().flatten().for_each(|label| search(label, FoundIn::Label));
        self.notes.iter().for_each(|note| search(&note.text, FoundIn::Note));
        mention::settle(&mut found, Some(&self.key));
        found
    }

    fn incident(&self, ticket: &Ticket) -> Incident {
        Incident {
            id: ticket.id.clone(),
            source: ticket.source.clone(),
            number: Some(ticket.key.clone()),
            names: vec![ticket.key.clone()],
            title: ticket.title.clone(),
            body: ticket.body.clone(),
            url: ticket.url.clone(),
            service: self.fields.service.clone().or_else(|| self.components.first().cloned()),
            status: ticket.status.clone(),
            severity: self.fields.severity.clone().or_else(|| ticket.priority.clone()),
            urgency: self.fields.urgency.clone(),
            opened_at: self.fields.began.or(self.created),
            resolved_at: self.fields.ended.or(self.resolved),
            ended: ticket.done.or_else(|| ended_in_words(ticket.status.as_deref()?)),
            updated_at: self.updated,
            merged_into: None,
            notes: ticket.notes.clone(),
            mentions: ticket.mentions.clone(),
        }
    }
}

/// A change ticket as a change, as a ledger takes it: joined to the ticket by its id. What the ticket says itself is
/// not repeated. `reviews` are `None` where the file has no data on them; `doers` raised the change or carry it out, so
/// that an approval of theirs is one of their own.
pub(super) fn change_of(ticket: &Ticket, reviews: Option<Vec<Review>>, doers: Vec<Person>) -> Change {
    let implemented_at = ticket.work_end.or(ticket.resolved_at.filter(|_| ticket.done != Some(false)));
    Change {
        id: ticket.id.clone(),
        kind: ChangeKind::ChangeTicket,
        source: ticket.source.clone(),
        repository: ticket.project.clone(),
        number: ticket.key.clone(),
        title: ticket.title.clone(),
        body: None,
        url: ticket.url.clone(),
        state: match (implemented_at, ticket.done) {
            (Some(_), _) => ChangeState::Implemented,
            (None, Some(true)) => ChangeState::ImplementedAtUnknown,
            (None, _) => ChangeState::Open,
        },
        author: ticket.reporter.clone(),
        merged_by: None,
        commit_authors: doers.into_iter().filter(|doer| Some(doer) != ticket.reporter.as_ref()).collect(),
        opened_at: ticket.opened_at,
        implemented_at,
        updated_at: ticket.updated_at,
        base_branch: None,
        head_branch: None,
        merge_commit: None,
        head_commit: None,
        labels: None,
        category: None,
        review_coverage: if reviews.is_some() { ReviewCoverage::Complete } else { ReviewCoverage::NotCarried },
        reviews: reviews.unwrap_or_default(),
        mentions: Vec::new(),
    }
}

/// Counts the facts that records carry, and what issues could be asked for.
pub(super) fn note_facts(records: &[Record], tally: &mut Tally) {
    let mut carried = BTreeSet::new();
    records.iter().for_each(|record| facts::note(record, &mut carried));
    carried.into_iter().for_each(|fact| tally.carry(fact));
}

fn project_of(key: &str) -> &str {
    key.rsplit_once('-').map_or(key, |(project, _)| project)
}
