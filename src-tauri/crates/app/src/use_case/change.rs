//! Everything known about one change.

pub(super) mod controls;

use crate::{
    app::{App, Computed},
    attested,
    error::{AppError, ErrorCode},
    host::Host,
    judged_change::{JudgedChange, Weight, incident_name},
    texts,
    use_case::{changes, explain, linked, policy::reference},
    wire::{
        ChangeId, ChangePage, FactLine, LinkLine, LinkedKind, PopulationNote, RawRecord, ReviewDetail, ReviewLine,
        RevisionLine, TimelineEntry, TimelineKind,
    },
    words,
};
use change_ledger_model::{
    Timestamp,
    attestation::AttestationTopic,
    policy::patterns::TextSignal,
    record::{Record, Verdict},
};
use change_ledger_store::{Ledger, Lookup};

/// The row id of the change that a person named.
pub(crate) fn key_of(ledger: &Ledger, name: &str) -> Result<i64, AppError> {
    match ledger.lookup(name)? {
        Lookup::Found(key) => Ok(key),
        Lookup::Missing => {
            Err(AppError::new(ErrorCode::NotFound, format!("there is no change `{name}` in the ledger"))
                .hint("Name it as in lists: github:owner/repo#12, owner/repo#12, or 12 where that is unique.")
                .hint("A record of another kind is shown by its full id, with --raw."))
        }
        Lookup::Ambiguous(candidates) => {
            let ids: Vec<_> = candidates.into_iter().map(|(_, id)| id).collect();
            Err(AppError::wrong_use(format!("`{name}` may mean several changes"))
                .hint(format!("Name one of {}.", ids.join(", "))))
        }
    }
}

/// The row id of the record of any kind that a person named: a change before a ticket or an incident.
fn any_key_of(ledger: &Ledger, name: &str) -> Result<i64, AppError> {
    if let Some(key) = ledger.record_named(name)? {
        return Ok(key);
    }
    match key_of(ledger, name) {
        Err(error) if error.code == ErrorCode::NotFound => match ledger.records_named(name)?.as_slice() {
            [] => Err(error),
            [record] => Ok(record.key),
            several => Err(linked::ambiguous(name, several)),
        },
        found => found,
    }
}

/// One record as it was imported, byte for byte: its newest version. Changes, tickets and incidents are found by what
/// people type, any other record (a deployment, a commit) by its full id.
///
/// # Errors
/// When there is no such record, the name means several, or the evidence is damaged.
pub fn raw_record(app: &App, _: &dyn Host, request: ChangeId) -> Result<RawRecord, AppError> {
    app.read(|ledger| {
        let evidence = ledger.evidence_of(any_key_of(ledger, &request.id)?)?;
        let encoding = texts::reading(&evidence.reading)?.encoding;
        Ok(RawRecord {
            id: request.id,
            file: evidence.revision.file,
            sha256: evidence.revision.sha256,
            span: evidence.revision.place.span,
            text: encoding.text_of(&evidence.bytes).into_owned(),
            bytes: evidence.bytes,
        })
    })
}

/// One change with everything known about it.
///
/// # Errors
/// When there is no such change, it is not implemented, or the ledger cannot be read.
pub fn change(app: &App, host: &dyn Host, request: ChangeId) -> Result<ChangePage, AppError> {
    let computed = app.computed(host)?;
    app.read(|ledger| {
        let at = position_named(ledger, &computed, &request.id)?;
        page(ledger, &computed, at)
    })
}

/// The position of the implemented change that a person named.
pub(super) fn position_named(ledger: &Ledger, computed: &Computed, name: &str) -> Result<usize, AppError> {
    computed.loaded.position(key_of(ledger, name)?).map_err(|error| {
        error
            .hint("Pull requests that are open or were closed unmerged are kept as they were imported, and not judged.")
    })
}

fn page(ledger: &Ledger, computed: &Computed, at: usize) -> Result<ChangePage, AppError> {
    let judged = JudgedChange::load(ledger, computed, at)?;
    let row = judged.detail.row.clone();
    let position =
        u32::try_from(at).map_err(|_| AppError::new(ErrorCode::Internal, "the ledger holds too many changes"))?;
    let body = body(ledger, row.key)?;
    let policy = judged.policy();
    Ok(ChangePage {
        kind: row.kind,
        body,
        quarter: judged.quarter().map(|quarter| quarter.to_string()),
        population: PopulationNote {
            counted: judged.counted(),
            reason: words::population(
                judged.counted(),
                row.kind,
                row.base_branch.as_deref(),
                row.implemented_at,
                &policy.policy,
                judged.as_of(),
            ),
        },
        policy: reference(policy),
        facts: facts(&judged),
        signal_lines: explain::signal_lines(&judged),
        review: review(&judged),
        controls: controls::lines(ledger, &judged)?,
        reviews: reviews(&judged),
        incident_link: judged.incident_link(),
        links: links(&judged),
        timeline: timeline(&judged),
        revisions: judged
            .detail
            .revisions
            .iter()
            .map(|revision| RevisionLine {
                import: revision.import,
                file: revision.file.clone(),
                sha256: revision.sha256.clone(),
                span: revision.place.span,
                imported_at: revision.imported_at,
                updated_at: revision.updated_at,
            })
            .collect(),
        attestations: attested::lines(&judged.attestations, computed),
        without_attestations: attested::differences(computed, at),
        item: changes::item(computed, position, row)?,
    })
}

/// The description, from the evidence.
fn body(ledger: &Ledger, key: i64) -> Result<Option<String>, AppError> {
    let evidence = ledger.evidence_of(key)?;
    let records = texts::reread(&evidence.bytes, &evidence.reading)?;
    Ok(records.into_iter().find_map(|record| match record {
        Record::Change(change) => change.body,
        Record::Ticket(ticket) => ticket.body,
        _ => None,
    }))
}

fn facts(judged: &JudgedChange<'_>) -> Vec<FactLine> {
    let detail = &judged.detail;
    let row = &detail.row;
    let yes_no = |value: Option<bool>| value.map(|value| if value { "yes" } else { "no" }.to_owned());
    let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
    let found = |signal| judged.found(signal).next().map(|found| format!("{} ({})", found.text, judged.place(found)));
    let justification = found(TextSignal::Justification)
        .or_else(|| judged.ticket_reason().map(|(reason, ticket)| format!("{reason} (reason field of {ticket})")))
        .or_else(|| judged.attested_in_words(AttestationTopic::Justification));
    // What no file could have carried stays unknown.
    let or_none =
        |recorded: Option<bool>, value: Option<String>| value.or_else(|| recorded.map(|_| "none recorded".to_owned()));
    let people: Vec<&str> = detail.commit_authors.iter().map(change_ledger_model::person::Person::label).collect();
    let lines: Vec<(&str, &str, Option<String>)> = vec![
        ("author", "Author", row.author.as_ref().map(|person| person.label().to_owned())),
        ("commit_authors", "Commit authors", (!people.is_empty()).then(|| people.join(", "))),
        ("opened_at", "Opened", time(row.opened_at)),
        ("implemented_at", "Implemented", time(row.implemented_at)),
        ("merged_by", "Merged by", detail.merged_by.as_ref().map(|person| person.label().to_owned())),
        ("base_branch", "Merged into", row.base_branch.clone()),
        ("head_branch", "Merged from", detail.head_branch.clone()),
        ("merge_commit", "Merge commit", detail.merge_commit.clone()),
        (
            "labels",
            "Labels",
            detail.labels.as_ref().map(|labels| if labels.is_empty() { "none".to_owned() } else { labels.join(", ") }),
        ),
        ("category", "Category", detail.category.clone()),
        (
            "review_data",
            "Review data",
            words::coverage(detail.review_coverage, detail.reviews.len()).map(str::to_owned),
        ),
        (
            "approval",
            "Qualifying approval",
            words::approval(judged.approval(), judged.approved_before_at(), judged.approved_after_at())
                .map(|approval| words::with_dismissal(approval, judged.dismissed_without_date())),
        ),
        ("approval_covers_head", "Approval covers the merged commit", yes_no(judged.approval_covers_head())),
        ("changes_requested_open", "Changes requested and still open", yes_no(judged.changes_requested_open())),
        ("independent_review", "Independent review", judged.independent_review()),
        ("self_merged", "Merged by its author", yes_no(judged.self_merged())),
        ("self_approved", "Approved by its author", yes_no(judged.self_approved_known())),
        (
            "authorisation",
            "Authorisation",
            or_none(
                judged.authorised(),
                found(TextSignal::Authorisation).or_else(|| judged.attested_in_words(AttestationTopic::Authorisation)),
            ),
        ),
        ("justification", "Justification", or_none(judged.justified(), justification)),
        (
            "documented_at",
            "Documented after implementation",
            or_none(judged.documented_on_time(), time(judged.documented_at()))
                .or_else(|| judged.documentation_pending().then(|| "not yet, and not yet due".to_owned())),
        ),
        ("batch_stamped", "Approved in a batch", yes_no(judged.batch_stamped_known())),
    ];
    lines
        .into_iter()
        .map(|(fact, label, value)| FactLine { fact: fact.to_owned(), label: label.to_owned(), value })
        .collect()
}

fn review(judged: &JudgedChange<'_>) -> ReviewDetail {
    let implemented = judged.detail.row.implemented_at;
    let owes = judged.review_state() != change_ledger_model::judgement::ReviewState::NotOwed;
    let reviewed_at = judged.reviewed_at().filter(|_| owes);
    ReviewDetail {
        state: judged.review_state(),
        due_at: judged.due_at(),
        reviewed_at,
        hours: implemented.zip(reviewed_at).map(|(from, to)| to.hours_since(from)),
        sentence: words::review(judged.review_state(), implemented, judged.due_at(), reviewed_at, judged.as_of()),
    }
}

fn reviews(judged: &JudgedChange<'_>) -> Vec<ReviewLine> {
    let implemented = judged.detail.row.implemented_at;
    let note =
        |review: &change_ledger_store::ReviewDetail| match (judged.weight(review), review.submitted_at, implemented) {
            (Weight::None(reason) | Weight::InDoubt(reason), ..) => reason,
            (Weight::Counts, Some(at), Some(implemented)) if at <= implemented => {
                "counts as an approval before implementation"
            }
            (Weight::Counts, Some(_), Some(_)) => "counts as an approval after implementation",
            (Weight::Counts, ..) => "counts, but when it was given is unknown",
        };
    let line = |review: &change_ledger_store::ReviewDetail| ReviewLine {
        reviewer: reviewer(review).to_owned(),
        verdict: review.verdict,
        at: review.submitted_at,
        note: note(review).to_owned(),
    };
    judged.detail.reviews.iter().map(line).collect()
}

fn links(judged: &JudgedChange<'_>) -> Vec<LinkLine> {
    let tickets = judged.detail.tickets.iter().map(|linked| LinkLine {
        kind: LinkedKind::Ticket,
        name: linked.ticket.ticket_key.clone(),
        title: Some(linked.ticket.title.clone()),
        found_in: linked.found_in,
        via_ticket: None,
        two_way: false,
        opened_at: linked.ticket.opened_at,
        resolved_at: linked.ticket.resolved_at,
        url: linked.ticket.url.clone(),
    });
    let incidents = judged.detail.incidents.iter().map(|linked| {
        let incident = linked.incident.as_ref();
        LinkLine {
            kind: LinkedKind::Incident,
            name: incident_name(linked).to_owned(),
            title: incident.map(|incident| incident.title.clone()),
            found_in: linked.found_in,
            via_ticket: linked.via_ticket.clone(),
            two_way: linked.two_way,
            opened_at: incident.and_then(|incident| incident.opened_at),
            resolved_at: incident.and_then(|incident| incident.resolved_at),
            url: incident.and_then(|incident| incident.url.clone()),
        }
    });
    tickets.chain(incidents).collect()
}

/// Whose word a review is, as people read it.
fn reviewer(review: &change_ledger_store::ReviewDetail) -> &str {
    match review.verdict {
        Verdict::Reset => "a push",
        _ => review.reviewer.label(),
    }
}

/// Everything dated, in order of time.
fn timeline(judged: &JudgedChange<'_>) -> Vec<TimelineEntry> {
    let detail = &judged.detail;
    let mut entries = Vec::new();
    let mut add = |at: Option<Timestamp>, kind: TimelineKind, text: String| {
        entries.extend(at.map(|at| TimelineEntry { at, kind, text }));
    };
    let by = |person: Option<&change_ledger_model::person::Person>| {
        person.map_or_else(String::new, |person| format!(" by {}", person.label()))
    };
    add(detail.row.opened_at, TimelineKind::Opened, format!("Opened{}", by(detail.row.author.as_ref())));
    add(detail.row.implemented_at, TimelineKind::Implemented, format!("Implemented{}", by(detail.merged_by.as_ref())));
    add(judged.due_at(), TimelineKind::Due, "Retroactive review due".to_owned());
    for review in &detail.reviews {
        let (kind, verb) = match review.verdict {
            Verdict::Approved => (TimelineKind::Approved, "approved"),
            Verdict::ChangesRequested => (TimelineKind::Reviewed, "asked for changes"),
            Verdict::Commented => (TimelineKind::Reviewed, "commented"),
            Verdict::Dismissed => (TimelineKind::Reviewed, "reviewed; dismissed later"),
            Verdict::Withdrawn => (TimelineKind::Reviewed, "took the approval back"),
            Verdict::Reset => (TimelineKind::Reviewed, "took every approval back"),
        };
        let dismissed = review.dismissal.map_or_else(String::new, |dismissal| match dismissal.dismissed_by {
            Some(by) if by == dismissal.stood_until => format!("; taken back at {by}"),
            Some(by) => format!("; dismissed between {} and {by}", dismissal.stood_until),
            None => format!("; dismissed after {}", dismissal.stood_until),
        });
        add(review.submitted_at, kind, format!("{} {verb}{dismissed}", reviewer(review)));
    }
    for linked in &detail.tickets {
        let ticket = &linked.ticket;
        add(ticket.opened_at, TimelineKind::Ticket, format!("Ticket {} raised", ticket.ticket_key));
        add(ticket.resolved_at, TimelineKind::Ticket, format!("Ticket {} resolved", ticket.ticket_key));
    }
    for linked in detail.incidents.iter().filter_map(|linked| linked.incident.as_ref()) {
        add(linked.opened_at, TimelineKind::IncidentOpened, format!("Incident began: {}", linked.title));
        add(linked.resolved_at, TimelineKind::IncidentResolved, format!("Incident ended: {}", linked.title));
    }
    for found in judged.found(TextSignal::Documentation) {
        add(found.at, TimelineKind::Ticket, format!("Documented: {}", found.text));
    }
    entries.sort_by_key(|entry| entry.at);
    entries
}
