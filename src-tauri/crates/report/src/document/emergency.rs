//! Every emergency of the quarter with what is known about it and where that stands.

mod timeline;

use super::{Badge, Labelled, View, deviation, figures, imported};
use crate::{
    chart::Tone,
    content::{EmergencyEntry, EvidenceReference, IncidentReference, Record, TicketReference},
    vocabulary,
};
use change_ledger_model::judgement::{Class, ReviewState};
use serde::Serialize;
use timeline::Event;

/// One emergency, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Emergency {
    /// `E3`.
    pub number: String,
    /// Target of links within the document.
    pub anchor: String,
    /// Short name of the change: `acme/pay#2214`.
    pub change: String,
    pub title: String,
    /// Where to find the change: its name in the ledger, and its web address when a file tells it.
    pub found_at: Vec<String>,
    pub implemented: String,
    pub class: Badge,
    pub review: Badge,
    pub incident: Badge,
    /// Departures from the policy and what is not known; empty when there are none.
    pub departures: Vec<Badge>,
    pub facts: Vec<Labelled>,
    pub timeline: Vec<Event>,
    pub signals: Vec<Labelled>,
    pub incidents: Vec<Labelled>,
    pub tickets: Vec<Labelled>,
    pub statements: Vec<StatementWords>,
    pub evidence: Vec<EvidenceWords>,
}

/// Something that the policy asks for, and whether it is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct StatementWords {
    pub label: &'static str,
    pub state: Badge,
    pub paragraphs: Vec<String>,
    /// Who, when and where.
    pub source: String,
}

/// Where a record stands in an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct EvidenceWords {
    pub record: String,
    pub file: String,
    pub sha256: String,
    /// First byte and length.
    pub bytes: String,
}

pub(super) fn emergencies(view: &View) -> Vec<Emergency> {
    view.report.emergencies.iter().enumerate().map(|(place, entry)| emergency(view, place, entry)).collect()
}

/// The target of links to the emergency at `place`.
pub(super) fn anchor(place: usize) -> String {
    format!("emergency-{}", place + 1)
}

/// How people call a change: the ledger-wide name without the tool when the repository already tells.
pub(super) fn heading(id: &str, repository: Option<&str>) -> String {
    let short = id.split_once(':').map_or(id, |(_, rest)| rest);
    imported::name(if repository.is_some_and(|repository| short.starts_with(repository)) { short } else { id })
}

fn emergency(view: &View, place: usize, entry: &EmergencyEntry) -> Emergency {
    let departures = deviation::deviations(entry).into_iter().map(|kind| Badge::new(kind.words(), Tone::Bad));
    let unknowns = deviation::unknowns(entry).into_iter().map(|words| Badge::new(words, Tone::Unknown));
    Emergency {
        number: format!("E{}", place + 1),
        anchor: anchor(place),
        change: heading(&entry.id, entry.repository.as_deref()),
        title: imported::line(&entry.title),
        found_at: [Some(imported::name(&entry.id)), imported::optional_line(entry.url.as_deref())]
            .into_iter()
            .flatten()
            .collect(),
        implemented: view.clock.at(entry.implemented_at),
        class: class(entry.class),
        review: review(entry.review),
        incident: incident_state(entry),
        departures: departures.chain(unknowns).collect(),
        facts: facts(view, entry),
        timeline: timeline::timeline(view, entry),
        signals: signals(entry),
        incidents: entry.incidents.iter().map(|incident| incident_words(view, incident)).collect(),
        tickets: tickets(entry),
        statements: statements(view, entry),
        evidence: entry.evidence.iter().map(evidence).collect(),
    }
}

fn class(class: Class) -> Badge {
    match class {
        Class::DeclaredEmergency => Badge::new("declared", Tone::Neutral),
        Class::UnlabelledEmergency => Badge::new("unlabelled", Tone::Bad),
        Class::Unreviewed => Badge::new("unreviewed", Tone::Bad),
        Class::Exempt => Badge::new("exempt", Tone::Neutral),
        Class::Routine => Badge::new("routine", Tone::Neutral),
    }
}

fn review(state: ReviewState) -> Badge {
    match state {
        ReviewState::NotOwed => Badge::new("approved before", Tone::Good),
        ReviewState::OnTime => Badge::new("on time", Tone::Good),
        ReviewState::Late => Badge::new("late", Tone::Bad),
        ReviewState::Pending => Badge::new("not yet due", Tone::Warn),
        ReviewState::Overdue => Badge::new("overdue", Tone::Bad),
        ReviewState::Unknown => Badge::new("not known", Tone::Unknown),
    }
}

fn incident_state(entry: &EmergencyEntry) -> Badge {
    use change_ledger_model::judgement::IncidentLinkState::{Dangling, Missing, OneWay, TwoWay, Unknown};
    match entry.incident_link {
        Missing => Badge::new("none named", Tone::Bad),
        Dangling => Badge::new("not imported", Tone::Bad),
        OneWay => Badge::new("one way", Tone::Warn),
        TwoWay => Badge::new("two-way", Tone::Good),
        Unknown => Badge::new("not known", Tone::Unknown),
    }
}

fn facts(view: &View, entry: &EmergencyEntry) -> Vec<Labelled> {
    let not_known = || "not known".to_owned();
    let name = |name: &Option<String>| imported::optional_name(name.as_deref()).unwrap_or_else(not_known);
    let mut facts = vec![
        Labelled::new("Author", name(&entry.author)),
        Labelled::new("Merged by", merged_by(entry)),
        Labelled::new("Approval before", approval_before(view, entry)),
        Labelled::new("Review afterwards", approval_after(view, entry)),
    ];
    // The name of a pull request begins with its repository.
    if !entry.repository.as_deref().is_some_and(|repository| entry.id.contains(repository)) {
        facts.insert(0, Labelled::new("Repository", name(&entry.repository)));
    }
    facts
}

fn merged_by(entry: &EmergencyEntry) -> String {
    let name = imported::optional_name(entry.merged_by.as_deref());
    match (name, entry.self_merged) {
        (Some(name), Some(true)) => format!("{name}, the author"),
        (Some(name), _) => name,
        (None, _) => "not known".to_owned(),
    }
}

fn approval_before(view: &View, entry: &EmergencyEntry) -> String {
    use change_ledger_model::judgement::ApprovalTiming::{After, Before, Never, Unknown};
    match (&entry.approved_before, entry.approval) {
        (Some(approval), _) => format!("{}, {}", imported::name(&approval.by), view.clock.at(approval.at)),
        (None, Before) => "yes, by whom is not known".to_owned(),
        (None, After | Never) if entry.self_approved => {
            "none (its author approved it, which does not count)".to_owned()
        }
        (None, After | Never) => "none".to_owned(),
        (None, Unknown) => "not known: the files do not tell".to_owned(),
    }
}

fn approval_after(view: &View, entry: &EmergencyEntry) -> String {
    let due = entry.review_due_at.map_or_else(String::new, |due| format!("; due {}", view.clock.at(due)));
    let allowed = entry.review_due_at.map(|due| due.hours_since(entry.implemented_at));
    let batch = if entry.batch_stamped { ", one of a batch" } else { "" };
    match (&entry.approved_after, entry.review) {
        (Some(approval), _) => format!(
            "{}, {} ({} after implementation{batch}){due}",
            imported::name(&approval.by),
            view.clock.at(approval.at),
            figures::span_beside(approval.at.hours_since(entry.implemented_at), allowed),
        ),
        (None, ReviewState::NotOwed) => "none owed".to_owned(),
        (None, ReviewState::Unknown) => "not known: the files do not tell".to_owned(),
        (None, ReviewState::OnTime | ReviewState::Late) => format!("yes, by whom is not known{due}"),
        (None, ReviewState::Pending | ReviewState::Overdue) => format!(
            "none until {}, {} after implementation{due}",
            view.clock.at(view.report.as_of),
            figures::span_beside(view.report.as_of.hours_since(entry.implemented_at), allowed),
        ),
    }
}

fn signals(entry: &EmergencyEntry) -> Vec<Labelled> {
    let text = |text: &Option<String>| imported::optional_line(text.as_deref()).unwrap_or_else(|| "yes".to_owned());
    entry
        .signals
        .iter()
        .map(|entry| Labelled::new(figures::capitalised(vocabulary::signal(entry.signal)), text(&entry.text)))
        .collect()
}

fn incident_words(view: &View, incident: &IncidentReference) -> Labelled {
    let mut parts = Vec::new();
    if let Some(title) = imported::optional_line(incident.title.as_deref()) {
        parts.push(title);
    }
    parts.extend(imported::optional_name(incident.severity.as_deref()).map(|severity| format!("severity {severity}")));
    if let Some(opened) = incident.opened_at {
        let end = incident.resolved_at.map_or_else(|| "end not known".to_owned(), |end| view.clock.at(end));
        parts.push(format!("{} to {end}", view.clock.at(opened)));
    }
    parts.push(if incident.imported { "imported" } else { "named, but not imported" }.to_owned());
    if incident.imported {
        parts.push(
            if incident.names_back { "names the change back" } else { "does not name the change back" }.to_owned(),
        );
    }
    let via = imported::optional_name(incident.via_ticket.as_deref());
    let via = via.map_or_else(String::new, |ticket| format!(" of ticket {ticket}"));
    let text = imported::optional_line(Some(&incident.text)).map_or_else(String::new, |text| format!(": “{text}”"));
    parts.push(format!("found in {}{via}{text}", vocabulary::place(incident.found_in)));
    Labelled::new(imported::name(&incident.name), parts.join("; "))
}

fn tickets(entry: &EmergencyEntry) -> Vec<Labelled> {
    let words = |ticket: &TicketReference| {
        let title = imported::optional_line(ticket.title.as_deref()).unwrap_or_else(|| "not imported".to_owned());
        let kind = imported::optional_line(ticket.kind.as_deref()).map_or_else(String::new, |kind| format!("{kind}; "));
        Labelled::new(
            imported::name(&ticket.key),
            format!("{title}; {kind}found in {}", vocabulary::place(ticket.found_in)),
        )
    };
    entry.tickets.iter().map(words).collect()
}

fn statements(view: &View, entry: &EmergencyEntry) -> Vec<StatementWords> {
    let documented = match (&entry.documentation, entry.documented_on_time) {
        (Record::Recorded(_), Some(true)) => Some(Badge::new("in time", Tone::Good)),
        (Record::Recorded(_), Some(false)) => Some(Badge::new("late", Tone::Bad)),
        _ => None,
    };
    let mut statements = vec![
        statement(view, "Authorisation", &entry.authorisation),
        statement(view, "Justification", &entry.justification),
        statement(view, "Documentation", &entry.documentation),
    ];
    if let (Some(words), Some(state)) = (statements.last_mut(), documented) {
        words.state = state;
    }
    statements
}

fn statement(view: &View, label: &'static str, record: &Record) -> StatementWords {
    match record {
        Record::Missing => words_only(label, Badge::new("none on record", Tone::Bad)),
        Record::NotYetDue => words_only(label, Badge::new("not yet due", Tone::Warn)),
        Record::Unknown => words_only(label, Badge::new("not known: the files cannot carry it", Tone::Unknown)),
        Record::Recorded(statement) => {
            let paragraphs = imported::paragraphs(&statement.text);
            // "Authorised by Mara Ko" is found as the name alone: once is enough.
            let by = imported::optional_name(statement.by.as_deref()).filter(|by| paragraphs != [by.as_str()]);
            let at = statement.at.map(|at| view.clock.at(at));
            let place = imported::optional_name(Some(&statement.place));
            StatementWords {
                label,
                state: Badge::new("on record", Tone::Good),
                paragraphs,
                source: [by, at, place].into_iter().flatten().collect::<Vec<_>>().join(", "),
            }
        }
    }
}

const fn words_only(label: &'static str, state: Badge) -> StatementWords {
    StatementWords { label, state, paragraphs: Vec::new(), source: String::new() }
}

fn evidence(reference: &EvidenceReference) -> EvidenceWords {
    EvidenceWords {
        record: imported::name(&reference.record),
        file: imported::name(&reference.file),
        sha256: imported::line(&reference.sha256),
        bytes: format!(
            "from {}, {} long",
            figures::count(reference.span.offset),
            figures::count(reference.span.length)
        ),
    }
}
