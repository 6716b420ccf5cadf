//! What a report says, gathered from the ledger and the verdicts.

use super::{ISSUED, attestations, hex, missing, remarks, restatement};
use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    host::Host,
    judged_change::{JudgedChange, incident_name},
    use_case::metrics::{last_moment, policy_of, trend},
    wire::ReportRequest,
};
use change_ledger_metrics::Selection;
use change_ledger_model::{
    attestation::AttestationTopic,
    control::{Attribute, ControlAnswer},
    import::ImportStatus,
    judgement::{Class, Signal},
    policy::{PolicyVersion, patterns::TextSignal},
    quarter::Quarter,
};
use change_ledger_report::content::{
    Approval, ChangeEntry, EmergencyEntry, EvidenceReference, IncidentReference, PolicyDecision, PolicyTerms,
    QuarterReport, Record, SignalEntry, Standing, Statement, TicketReference, TitleBlock,
};
use change_ledger_store::{Event, FoundText, Ledger, PolicySetting, Revision, event_kind};
use std::sync::Arc;

/// How often a report is begun anew because somebody wrote to the ledger between judging and gathering.
const ATTEMPTS: usize = 10;

/// Gathers the report of one quarter, from one state of the ledger, which is given too.
///
/// # Errors
/// When the quarter is misspelt, the ledger cannot be read, or others write to it so often that no state lasts.
pub(super) fn report(
    app: &App,
    host: &dyn Host,
    request: &ReportRequest,
) -> Result<(QuarterReport, Arc<Computed>), AppError> {
    for _ in 0..ATTEMPTS {
        let computed = app.computed(host)?;
        if let Some(report) = of_state(app, &computed, request)? {
            return Ok((report, computed));
        }
    }
    Err(AppError::new(ErrorCode::LedgerBusy, "the ledger was written to again and again while the report was gathered")
        .hint("Wait until the other window or command has finished, then try again."))
}

/// The report of the state that was judged; `None` when the ledger is in another one by now.
pub(super) fn of_state(
    app: &App,
    computed: &Computed,
    request: &ReportRequest,
) -> Result<Option<QuarterReport>, AppError> {
    let quarter = Quarter::parse(&request.quarter)?;
    let quarters = trend(computed, quarter)?;
    let (_, sample) = app.location();
    let shown = quarters.iter().map(|quarter| quarter.quarter.as_str()).collect();
    let left_out = crate::use_case::metrics::warnings::left_out(app, computed, &shown)?;
    app.read(|ledger| {
        let _one_state = ledger.snapshot()?;
        if ledger.data_version()? != computed.loaded.data_version() || ledger.policy_history()? != computed.history {
            return Ok(None);
        }
        let imports: Vec<_> = ledger
            .imports()?
            .into_iter()
            .filter(|manifest| manifest.status != ImportStatus::Unchanged && manifest.superseded_by.is_none())
            .collect();
        let events = ledger.events(None)?;
        let head = events.iter().rfind(|event| is_of_quarters(event)).map(|event| hex(event.sha256));
        let policy = policy_of(computed, quarter);
        Ok(Some(QuarterReport {
            title: TitleBlock {
                company: request.organisation.clone(),
                scope: "All repositories".to_owned(),
                prepared_by: request.prepared_by.clone(),
                reviewed_by: request.reviewed_by.clone(),
                commentary: None,
                standing: match (sample, request.draft) {
                    (true, _) => Standing::Sample,
                    (false, true) => Standing::Draft,
                    (false, false) if is_running(computed, quarter) => Standing::Preliminary,
                    (false, false) => Standing::Issued,
                },
            },
            as_of: computed.as_of,
            timezone: policy.policy.period.timezone,
            tool: concat!("Change Ledger ", env!("CARGO_PKG_VERSION")).to_owned(),
            policies: policies(&ledger.policy_settings()?, computed, quarter),
            quarters,
            emergencies: emergencies(ledger, computed, quarter)?,
            unreviewed: unreviewed(ledger, computed, quarter)?,
            missing: missing::of_quarter(ledger, computed, quarter, &policy.policy.period)?,
            completeness: remarks::completeness(computed, quarter, &imports).chain(left_out).collect(),
            imports,
            undated: computed.judged.undated(),
            ledger_head: head,
            attestations: attestations::of_quarter(ledger, computed, quarter)?,
            restatement: restatement::of_quarter(ledger, computed, &events, quarter)?,
            restated: restatement::of_others(ledger, computed, &events, quarter)?,
            review_curve: computed.judged.review_curves(Some((quarter, quarter)))?.pop(),
        }))
    })
}

/// Whether an entry of the chain can change what a report says: reports themselves and what auditors sample cannot.
fn is_of_quarters(event: &Event) -> bool {
    event.kind != ISSUED && !event_kind::OF_SAMPLES.contains(&event.kind.as_str())
}

/// Whether the quarter ends after the moment at which the report looks.
fn is_running(computed: &Computed, quarter: Quarter) -> bool {
    let period = &policy_of(computed, quarter).policy.period;
    quarter.next().begins(period.fiscal_year_start, period.timezone) > computed.as_of
}

/// What to say about a report of a quarter that is still running.
pub(super) fn preliminary(report: &QuarterReport) -> Option<String> {
    let quarter = report.quarter().filter(|_| report.title.standing == Standing::Preliminary)?;
    Some(format!("{} was still running at {}; the report is marked as preliminary.", quarter.quarter, report.as_of))
}

/// The policy versions in force at some time of the quarter, oldest first.
fn policies(settings: &[PolicySetting], computed: &Computed, quarter: Quarter) -> Vec<PolicyTerms> {
    let last = policy_of(computed, quarter);
    let period = &last.policy.period;
    let begins = quarter.begins(period.fiscal_year_start, period.timezone);
    let first = computed.history.position_at(begins);
    let end = last_moment(quarter, period).min(computed.as_of);
    let after = computed.history.position_at(end) + 1;
    let decision = |version: &PolicyVersion| {
        let setting = settings.iter().rfind(|setting| setting.version == *version)?;
        let PolicySetting { set_at, actor, reason, .. } = setting.clone();
        Some(PolicyDecision { at: set_at, by: actor, reason })
    };
    let in_force = computed.history.versions().take(after).skip(first);
    in_force.map(|version| PolicyTerms::of(version).decided(decision(version))).collect()
}

/// Positions of the quarter's changes of one class, by time of implementation.
fn of_class(computed: &Computed, quarter: Quarter, class: Class) -> Result<Vec<u32>, AppError> {
    let selection = Selection {
        quarters: Some((quarter, quarter)),
        class: Some(class),
        in_population_only: true,
        ..Selection::default()
    };
    let mut rows = computed.judged.select(&selection)?;
    rows.reverse();
    Ok(rows)
}

fn emergencies(ledger: &Ledger, computed: &Computed, quarter: Quarter) -> Result<Vec<EmergencyEntry>, AppError> {
    let mut rows = of_class(computed, quarter, Class::DeclaredEmergency)?;
    rows.extend(of_class(computed, quarter, Class::UnlabelledEmergency)?);
    rows.sort_by_key(|row| (computed.loaded.implemented_at.get(*row as usize).copied().flatten(), *row));
    let entries = rows.into_iter().map(|row| emergency(ledger, &JudgedChange::load(ledger, computed, row as usize)?));
    entries.filter_map(Result::transpose).collect()
}

fn unreviewed(ledger: &Ledger, computed: &Computed, quarter: Quarter) -> Result<Vec<ChangeEntry>, AppError> {
    let rows = of_class(computed, quarter, Class::Unreviewed)?;
    let entries = rows.into_iter().map(|row| {
        let judged = JudgedChange::load(ledger, computed, row as usize)?;
        let change = &judged.detail.row;
        Ok(change.implemented_at.map(|implemented_at| ChangeEntry {
            id: change.id.clone(),
            title: change.title.clone(),
            repository: Some(change.repository.clone()),
            author: change.author.as_ref().map(|person| person.label().to_owned()),
            implemented_at,
            approved_after: judged.approved_after_at().and_then(|at| approval(&judged, at)),
            self_merged: judged.self_merged(),
        }))
    });
    entries.filter_map(Result::transpose).collect()
}

fn approval(judged: &JudgedChange<'_>, at: change_ledger_model::Timestamp) -> Option<Approval> {
    judged.approver_at(at).map(|person| Approval { by: person.label().to_owned(), at })
}

fn emergency(ledger: &Ledger, judged: &JudgedChange<'_>) -> Result<Option<EmergencyEntry>, AppError> {
    let detail = &judged.detail;
    let row = &detail.row;
    let Some(implemented_at) = row.implemented_at else { return Ok(None) };
    let documented = judged.documented_at();
    Ok(Some(EmergencyEntry {
        id: row.id.clone(),
        title: row.title.clone(),
        repository: Some(row.repository.clone()),
        url: row.url.clone(),
        author: row.author.as_ref().map(|person| person.label().to_owned()),
        merged_by: detail.merged_by.as_ref().map(|person| person.label().to_owned()),
        class: judged.class(),
        opened_at: row.opened_at,
        implemented_at,
        approval: judged.approval(),
        approved_before: judged.approved_before_at().and_then(|at| approval(judged, at)),
        approved_after: judged.approved_after_at().and_then(|at| approval(judged, at)),
        review: judged.review_state(),
        review_due_at: judged.due_at(),
        incident_link: judged.incident_link(),
        incidents: incidents(judged),
        tickets: tickets(judged),
        authorisation: known_if(
            judged.authorised(),
            or_attested(
                judged,
                statement(judged, judged.found(TextSignal::Authorisation).next(), true),
                AttestationTopic::Authorisation,
            ),
        ),
        justification: known_if(
            judged.justified(),
            or_attested(judged, justification(judged), AttestationTopic::Justification),
        ),
        documentation: match known_if(judged.documented_on_time(), documentation(judged)) {
            Record::Unknown if judged.documentation_pending() => Record::NotYetDue,
            told => told,
        },
        documented_on_time: documented.and_then(|_| judged.documented_on_time()),
        failed: failed(judged),
        signals: judged
            .signals()
            .into_iter()
            .map(|(signal, text)| SignalEntry { signal, text: text.or_else(|| spoken(signal)) })
            .collect(),
        self_merged: judged.self_merged(),
        self_approved: judged.self_approved(),
        batch_stamped: judged.batch_stamped(),
        evidence: evidence(ledger, judged)?,
    }))
}

/// The controls that it fails.
fn failed(judged: &JudgedChange<'_>) -> Vec<Attribute> {
    let findings = judged.controls().into_iter().flatten();
    findings.filter(|(_, finding)| finding.answer == ControlAnswer::Fail).map(|(control, _)| control).collect()
}

/// What stands for a text where none raised the signal, for those that a reader would ask about.
fn spoken(signal: Signal) -> Option<String> {
    (signal == Signal::Unreviewed).then(|| "no qualifying approval at implementation".to_owned())
}

fn incidents(judged: &JudgedChange<'_>) -> Vec<IncidentReference> {
    let reference = |linked: &change_ledger_store::LinkedIncident| {
        let incident = linked.incident.as_ref();
        let means_it = |name: &str| {
            incident.map_or(linked.name == name, |incident| incident.names.iter().any(|known| known == name))
        };
        let named = judged.detail.named.iter().find(|named| means_it(&named.mention.name));
        IncidentReference {
            name: incident_name(linked).to_owned(),
            title: incident.map(|incident| incident.title.clone()),
            severity: incident.and_then(|incident| incident.severity.clone()),
            opened_at: incident.and_then(|incident| incident.opened_at),
            resolved_at: incident.and_then(|incident| incident.resolved_at),
            found_in: linked.found_in,
            text: named.map_or_else(|| incident_name(linked).to_owned(), |named| named.mention.text.clone()),
            via_ticket: linked.via_ticket.clone(),
            imported: incident.is_some(),
            names_back: linked.two_way,
        }
    };
    judged.detail.incidents.iter().map(reference).collect()
}

fn tickets(judged: &JudgedChange<'_>) -> Vec<TicketReference> {
    let reference = |linked: &change_ledger_store::LinkedTicket| TicketReference {
        key: linked.ticket.ticket_key.clone(),
        title: Some(linked.ticket.title.clone()),
        kind: linked.ticket.change_type.clone().or_else(|| linked.ticket.ticket_type.clone()),
        found_in: linked.found_in,
    };
    judged.detail.tickets.iter().map(reference).collect()
}

/// What was found as a statement. `names_person`: the words are a name (who authorised).
fn statement(judged: &JudgedChange<'_>, found: Option<&FoundText>, names_person: bool) -> Record {
    match found {
        Some(found) => Record::Recorded(Statement {
            text: found.text.clone(),
            by: names_person.then(|| found.text.clone()),
            at: found.at,
            place: judged.place(found),
        }),
        None => Record::Missing,
    }
}

/// Where no file records it, what a person attested.
fn or_attested(judged: &JudgedChange<'_>, record: Record, topic: AttestationTopic) -> Record {
    match judged.attested(topic) {
        Some(stated) if record == Record::Missing => Record::Recorded(Statement {
            text: stated.reason.clone(),
            by: Some(stated.by.clone()),
            at: Some(stated.what.at),
            place: "attestation in this ledger".to_owned(),
        }),
        _ => record,
    }
}

/// What no file could have carried is unknown, not missing.
fn known_if(verdict: Option<bool>, record: Record) -> Record {
    if record == Record::Missing && verdict.is_none() { Record::Unknown } else { record }
}

fn justification(judged: &JudgedChange<'_>) -> Record {
    let written = judged.found(TextSignal::Justification).next();
    match (written, judged.ticket_reason()) {
        (None, Some((reason, ticket))) => Record::Recorded(Statement {
            text: reason.to_owned(),
            by: None,
            at: None,
            place: format!("reason field of {ticket}"),
        }),
        _ => statement(judged, written, false),
    }
}

/// The first documentation at or after the implementation.
fn documentation(judged: &JudgedChange<'_>) -> Record {
    let documented = judged.documented_at();
    let found = judged.found(TextSignal::Documentation).find(|found| found.at.is_some() && found.at == documented);
    statement(judged, found, false)
}

/// Where the records behind an emergency stand, the change's own first.
fn evidence(ledger: &Ledger, judged: &JudgedChange<'_>) -> Result<Vec<EvidenceReference>, AppError> {
    let mut references: Vec<_> =
        newest(&judged.detail.revisions).map(|revision| place("pull request".to_owned(), revision)).collect();
    for linked in &judged.detail.tickets {
        let record = format!("ticket {}", linked.ticket.ticket_key);
        references
            .extend(newest(&ledger.revisions(linked.ticket.key)?).map(|revision| place(record.clone(), revision)));
    }
    for linked in &judged.detail.incidents {
        let Some(incident) = &linked.incident else { continue };
        let record = format!("incident {}", incident_name(linked));
        references.extend(newest(&ledger.revisions(incident.key)?).map(|revision| place(record.clone(), revision)));
    }
    Ok(references)
}

fn newest(revisions: &[Revision]) -> impl Iterator<Item = &Revision> {
    revisions.iter().filter(|revision| revision.is_newest)
}

fn place(record: String, revision: &Revision) -> EvidenceReference {
    EvidenceReference {
        record,
        file: remarks::file_name(&revision.file).to_owned(),
        sha256: revision.sha256.clone(),
        span: revision.place.span,
    }
}
