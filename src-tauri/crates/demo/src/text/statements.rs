//! What is written down about an emergency, in the pull request and on its ticket: real statements and hollow ones.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::ToolChain;
use crate::calendar::{DAY, LAST_EXPORT};
use crate::chance::{Purpose, drawn};
use crate::company::people::{CISO, CTO, HEAD_OF_ENGINEERING, Person};
use crate::story::Story;
use crate::story::change::{Change, Hollow, Incident, IncidentName, TicketFoundIn, Written};
use crate::story::register::Register;
use crate::text::phrases::repairs::{JUSTIFICATIONS, NOTES};

/// A comment on a ticket.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    /// Seconds since 1970 UTC.
    pub(crate) at: i64,
    pub(crate) by: Person,
    pub(crate) text: String,
}

/// The texts that carry the links and the evidence of one change.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statements {
    /// Paragraphs of the pull request's body.
    pub(crate) body: Vec<String>,
    /// Lines of the ticket's description.
    pub(crate) description: Vec<String>,
    /// Comments on the ticket.
    pub(crate) comments: Vec<Comment>,
    /// The ticket's field `Change reason`.
    pub(crate) change_reason: Option<String>,
}

impl Statements {
    /// Writes down what was planned for a change.
    pub(crate) fn of(story: &Story, change: &Change) -> Self {
        let mut draws = story.chance.of(Purpose::Statements, change.place.record());
        let mut statements = Self::default();
        let lead = change.repository().team.lead();
        let writer = change.author.person().unwrap_or(lead);
        statements.name_ticket(story, change, &mut draws);
        statements.name_incident(story, change, &mut draws);
        statements.authorise(change, lead, writer, &mut draws);
        statements.justify(change, writer, &mut draws);
        if let Some(hollow) = change.evidence.hollow {
            let label = if change.evidence.authorisation.is_none() { "Authorised by:" } else { "Justification:" };
            statements.body.push(hollow_line(hollow, label));
        }
        if let Some(at) = change.evidence.documented_at {
            let opening = drawn(&["Incident log:", "Post-incident documentation:", "Documented:"], &mut draws);
            let note = drawn(&NOTES, &mut draws);
            let text = match draws.random_range(0..3) {
                0 => format!("Write-up after the bridge call; see below.\n{opening} {note}."),
                _ => format!("{opening} {note}."),
            };
            statements.comments.push(Comment { at, by: writer, text });
        }
        statements.comments.sort_by_key(|comment| comment.at);
        statements
    }

    fn name_ticket(&mut self, story: &Story, change: &Change, draws: &mut ChaCha8Rng) {
        match change.ticket.map(|ticket| ticket.found_in) {
            // A change request is its own ticket.
            _ if story.tools == ToolChain::Servicenow => {}
            Some(TicketFoundIn::Body) => {
                let key = story.ticket_key(change);
                let line = drawn(&["Ticket: ", "Part of ", "Closes ", "Tracked in "], draws);
                self.body.push(format!("{line}{key}"));
            }
            Some(TicketFoundIn::TicketDescription) => {
                let named = if draws.random_bool(0.6) { story.address(change) } else { story.reference(change) };
                self.description.push(format!("Pull request: {named}"));
            }
            _ => {}
        }
    }

    fn name_incident(&mut self, story: &Story, change: &Change, draws: &mut ChaCha8Rng) {
        let Some((named, number, id)) = named_incident(story, change) else {
            return;
        };
        let (url, name) = (story.incident_address(number, &id), story.incident_name(number));
        match named {
            IncidentName::Url => self.body.push(format!("Incident: {url}")),
            IncidentName::Number => {
                let before = drawn(&["Incident ", "Found during ", "Resolves "], draws);
                self.body.push(format!("{before}{name}"));
            }
            // Where the export leaves comments out, the description has it.
            IncidentName::ViaTicket if draws.random_bool(0.5) || !story.tools.carries().ticket_comments => {
                self.description.push(format!("Raised from {url} during the bridge call."));
            }
            IncidentName::ViaTicket => self.comments.push(Comment {
                at: change.opened,
                by: change.repository().team.lead(),
                text: format!("Belongs to {name}; impact is described there."),
            }),
            IncidentName::TitleNumber | IncidentName::Branch => {}
        }
    }

    fn authorise(&mut self, change: &Change, lead: Person, writer: Person, draws: &mut ChaCha8Rng) {
        let by = drawn(&[CTO, HEAD_OF_ENGINEERING, CISO, lead, lead, lead], draws);
        let by = if by == writer { CTO } else { by };
        let (name, title) = (by.name(), by.title());
        let line = match draws.random_range(0..5) {
            0 => format!("**Authorised by:** {name} ({title})"),
            1 => format!("- Emergency approved by: {name}, {title}"),
            2 => format!("Bypass authorised by: {name}"),
            3 => format!("* **Bypass approved by:** {name} ({title}), by phone"),
            _ => format!("Authorized by: {name} ({title})"),
        };
        let spoken = drawn(
            &[
                "Called from the bridge; \"go ahead\" was given by phone.",
                "Short call with the on-call lead; agreed that this cannot wait.",
                "Discussed in the incident channel; no objections – risk accepted.",
            ],
            draws,
        );
        let plain = format!("Authorised by: {name} ({title})");
        match change.evidence.authorisation {
            Some(Written::Body) => self.body.push(line),
            Some(Written::TicketDescription) => self.description.push(plain),
            Some(Written::TicketComment | Written::TicketField) => {
                self.comments.push(Comment { at: change.opened + 120, by: writer, text: format!("{spoken}\n{plain}") });
            }
            None => {}
        }
    }

    fn justify(&mut self, change: &Change, writer: Person, draws: &mut ChaCha8Rng) {
        let reason = drawn(&JUSTIFICATIONS, draws);
        let line = match draws.random_range(0..4) {
            0 => format!("**Justification:** {reason}."),
            1 => format!("Reason for bypass: {reason}."),
            2 => format!("- Why normal review was not possible: {reason}."),
            _ => format!("## Justification\n\nWe went ahead because {reason}."),
        };
        match change.evidence.justification {
            Some(Written::Body) => self.body.push(line),
            Some(Written::TicketComment) => self.comments.push(Comment {
                at: (change.merged + DAY / 8).min(LAST_EXPORT - 600),
                by: writer,
                text: format!("Justification: {reason}."),
            }),
            Some(Written::TicketDescription) => self.description.push(format!("Reason for bypass: {reason}.")),
            Some(Written::TicketField) => self.change_reason = Some(format!("Outage; {reason}")),
            None => {}
        }
    }
}

/// Where a change names which incident: the number people write, and the id.
pub(crate) fn named_incident(story: &Story, change: &Change) -> Option<(IncidentName, u64, String)> {
    let register = &story.register;
    let resolved = |ordinal| {
        let place = register.named(ordinal)?;
        Some((Register::number(place), register.id(place)))
    };
    let (named, (number, id)) = match change.incident {
        Incident::None => return None,
        Incident::Dangling(named) => (named, register.dangling(change.ordinal()?)),
        Incident::Linked { named, .. } => (named, resolved(change.ordinal()?)?),
        Incident::Of { ordinal } => (IncidentName::Number, resolved(ordinal)?),
    };
    Some((named, number, id))
}

fn hollow_line(hollow: Hollow, label: &str) -> String {
    match hollow {
        Hollow::Empty => format!("**{label}**"),
        Hollow::NotApplicable => format!("{label} n/a"),
        Hollow::CheckList => format!("- [ ] {label} filled in for an emergency change"),
        Hollow::Quote => format!("> {label} to be added by whoever is on call"),
        Hollow::Comment => format!("<!--\n{label} name and reason, if this is an emergency\n-->"),
        Hollow::CodeFence => format!("```\n{label} somebody with the right to do so\n```"),
    }
}
