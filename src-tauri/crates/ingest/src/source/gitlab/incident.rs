//! What an issue names, and the incident that an issue of that type is.

use crate::mention;
use change_ledger_model::record::{FoundIn, Incident, Mention, MentionKind, Record, Ticket};

/// What the texts of an issue name.
pub(super) fn mentions(title: &str, body: Option<&str>, labels: &[String], project: &str, key: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    mention::in_text(title, FoundIn::Title, Some(project), &mut found);
    mention::in_text(body.unwrap_or_default(), FoundIn::Body, Some(project), &mut found);
    for label in labels {
        mention::in_text(label, FoundIn::Label, Some(project), &mut found);
    }
    mention::settle(&mut found, Some(key));
    found
}

/// An issue of the type incident: the ticket that changes name, and the incident that it leads to.
pub(super) fn with_incident(mut ticket: Ticket, number: String, severity: Option<String>) -> Vec<Record> {
    let incident = Incident {
        id: ticket.id.clone(),
        source: ticket.source.clone(),
        number: Some(number),
        names: vec![ticket.key.to_uppercase()],
        title: ticket.title.clone(),
        body: ticket.body.clone(),
        url: ticket.url.clone(),
        service: Some(ticket.project.clone()),
        status: ticket.status.clone(),
        severity,
        urgency: None,
        opened_at: ticket.opened_at,
        resolved_at: ticket.resolved_at,
        ended: ticket.done,
        updated_at: ticket.updated_at,
        merged_into: None,
        notes: Vec::new(),
        mentions: ticket.mentions.clone(),
    };
    ticket.mentions.push(Mention {
        kind: MentionKind::Incident,
        name: ticket.key.to_uppercase(),
        found_in: FoundIn::LinkField,
        text: "incident".to_owned(),
    });
    mention::settle(&mut ticket.mentions, None);
    vec![Record::Ticket(Box::new(ticket)), Record::Incident(Box::new(incident))]
}
