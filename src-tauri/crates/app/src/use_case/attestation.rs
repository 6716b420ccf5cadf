//! Attesting something of a change, and listing what was attested.

mod incidents;
mod notes;

use crate::{
    app::{App, Computed},
    attested::{differences, lines, topic_in_words},
    error::{AppError, ErrorCode},
    host::Host,
    judged_change::JudgedChange,
    outcomes::{moved, outcome_at},
    use_case::change::key_of,
    wire::{AttestAnswer, AttestRequest, AttestationLine, AttestationsAnswer, AttestationsRequest, AttestedChange},
};
use change_ledger_model::{
    Timestamp,
    attestation::{Attestation, AttestationKind, AttestationTopic, Attested, Detection},
    judgement::Class,
    quarter::Quarter,
    restatement::{MovedChange, Outcome},
};
use change_ledger_store::{Ledger, Lookup, NewAttestation};
use std::collections::BTreeMap;

/// Appends an attestation to the ledger, and says what it did.
///
/// # Errors
/// When there is no such change, nobody states it or gives no reason, it is about the future, it names no incident though it
/// is of that kind, it is about a detection that there is not, it withdraws what was not attested, or the ledger cannot be
/// written.
pub fn attest(app: &App, host: &dyn Host, request: AttestRequest) -> Result<AttestAnswer, AppError> {
    let before = app.computed(host)?;
    let (new, at) = app.read(|ledger| checked(ledger, &before, host.now(), request))?;
    let outcome_before = outcome_at(&before.judged, at);
    let id = new.change.clone();
    let stated = app.write(|ledger| Ok(ledger.attest(host.now(), new)?))?;
    let after = app.computed(host)?;
    app.read(|ledger| {
        let Lookup::Found(key) = ledger.lookup(&id)? else { return Err(gone(&id)) };
        let at = after.loaded.position(key)?;
        let judged = JudgedChange::load(ledger, &after, at)?;
        let line = lines(&judged.attestations, &after).into_iter().find(|line| line.event == stated.event);
        let line = line.ok_or_else(|| gone(&id))?;
        Ok(AttestAnswer {
            notes: notes::notes(&judged, &stated, line.remark.clone()),
            attestation: line,
            moved: moved_change(&judged, outcome_before, outcome_at(&after.judged, at)),
            without_attestations: differences(&after, at),
        })
    })
}

fn gone(id: &str) -> AppError {
    AppError::new(ErrorCode::Internal, format!("{id} is no longer in the ledger in which something was attested of it"))
}

fn moved_change(judged: &JudgedChange<'_>, before: Option<Outcome>, after: Option<Outcome>) -> Vec<MovedChange> {
    let row = &judged.detail.row;
    let named = |outcome: Option<Outcome>| -> BTreeMap<&str, Outcome> {
        outcome.into_iter().map(|outcome| (row.id.as_str(), outcome)).collect()
    };
    let moved = moved(&named(before), &named(after)).into_iter();
    moved
        .map(|(id, before, after)| MovedChange { id: id.to_owned(), title: Some(row.title.clone()), before, after })
        .collect()
}

/// What is to be kept, and the position of its change.
fn checked(
    ledger: &Ledger,
    computed: &Computed,
    now: Timestamp,
    request: AttestRequest,
) -> Result<(NewAttestation, usize), AppError> {
    let (by, reason) = (request.by.trim().to_owned(), request.reason.trim().to_owned());
    if by.is_empty() || reason.is_empty() {
        return Err(AppError::wrong_use("an attestation needs who makes it, and why")
            .hint("Say it with --by \"Mara Ko\" --reason \"Reviewed with the team on Monday.\""));
    }
    let at = computed.loaded.position(key_of(ledger, &request.id)?).map_err(|error| {
        error.hint("Only what was implemented is judged, and only of that something can be attested.")
    })?;
    let judged = JudgedChange::load(ledger, computed, at)?;
    let about = request.at.unwrap_or(computed.as_of.min(now));
    if about > now {
        return Err(AppError::wrong_use(format!("{about} is in the future, and nobody can attest what is to come"))
            .hint("Leave --at out for the present moment."));
    }
    if !request.withdraw {
        refuse_dependent_review(ledger, &judged, request.kind, &by)?;
    }
    let what = Attested { kind: request.kind, withdraws: request.withdraw, at: about };
    let incidents = if what.withdraws {
        refuse_nothing_to_withdraw(&judged, what.kind.topic())?;
        Vec::new()
    } else {
        refuse_without_detection(&judged, what.kind)?;
        incidents::named(ledger, what.kind, &request.incidents, &reason)?
    };
    Ok((NewAttestation { change: judged.detail.row.id.clone(), what, by, reason, incidents }, at))
}

/// Nobody can review, nor attest to have reviewed, what is their own, by whichever of their accounts and names they call
/// themselves; and no bot can review anything.
fn refuse_dependent_review(
    ledger: &Ledger,
    judged: &JudgedChange<'_>,
    kind: AttestationKind,
    by: &str,
) -> Result<(), AppError> {
    if kind.topic() != AttestationTopic::Review {
        return Ok(());
    }
    let detail = &judged.detail;
    if ledger.is_bot_named(by)? {
        return Err(AppError::wrong_use(format!("{by} is a bot, and only a person reviews"))
            .hint("Name with --by whoever reviewed it."));
    }
    let named = ledger.people_named(by)?;
    let mut authors = detail.row.author.iter().chain(&detail.commit_authors);
    let Some(author) = authors.find(|author| named.contains(&author.handle)) else { return Ok(()) };
    let id = &detail.row.id;
    let refusal = AppError::wrong_use(format!("{by} is an author of {id}, and nobody reviews what is their own"))
        .hint("Name with --by somebody independent who reviewed it.");
    Err(if named.len() == 1 {
        refusal
    } else {
        refusal.hint(format!(
            "Several people go by that name; where it is not {} who is meant, give the account.",
            author.handle
        ))
    })
}

fn refuse_nothing_to_withdraw(judged: &JudgedChange<'_>, topic: AttestationTopic) -> Result<(), AppError> {
    if judged.attested(topic).is_some() {
        return Ok(());
    }
    let (id, topic) = (&judged.detail.row.id, topic_in_words(topic));
    Err(AppError::wrong_use(format!("nothing that holds was attested of {id} about {topic}"))
        .hint(format!("`show {id}` lists what was attested.")))
}

/// Only what a rule found can be confirmed or dismissed.
fn refuse_without_detection(judged: &JudgedChange<'_>, kind: AttestationKind) -> Result<(), AppError> {
    if kind.topic() != AttestationTopic::Detection || judged.detection() != Detection::NotFound {
        return Ok(());
    }
    let id = &judged.detail.row.id;
    let refusal = AppError::wrong_use(match judged.class() {
        Class::DeclaredEmergency => format!("{id} is declared an emergency, so that no rule has to find it"),
        _ => format!("no detection rule of the policy found {id}"),
    });
    Err(refusal
        .hint("Confirmed or dismissed is what a rule found: `changes --class unlabelled_emergency` lists it.")
        .hint("With --kind exempt a person takes any change out of the emergencies."))
}

/// Everything that was attested, with what it makes of the verdicts.
///
/// # Errors
/// When the quarter is misspelt or the ledger cannot be read.
pub fn list(app: &App, host: &dyn Host, request: AttestationsRequest) -> Result<AttestationsAnswer, AppError> {
    let quarter = request.quarter.as_deref().map(Quarter::parse).transpose()?;
    let computed = app.computed(host)?;
    Ok(AttestationsAnswer { changes: app.read(|ledger| attested_changes(ledger, &computed, quarter))? })
}

/// The changes of which something was attested, of one quarter or of all. Of those that are no implemented changes nobody
/// knows the quarter.
pub(crate) fn attested_changes(
    ledger: &Ledger,
    computed: &Computed,
    quarter: Option<Quarter>,
) -> Result<Vec<AttestedChange>, AppError> {
    let mut by_change: Vec<(String, Vec<Attestation>)> = Vec::new();
    for stated in ledger.attestations(None)? {
        match by_change.iter_mut().find(|(id, _)| *id == stated.change) {
            Some((_, of_change)) => of_change.push(stated),
            None => by_change.push((stated.change.clone(), vec![stated])),
        }
    }
    let mut changes = Vec::new();
    for (id, stated) in by_change {
        let key = match ledger.lookup(&id)? {
            Lookup::Found(key) => Some(key),
            Lookup::Ambiguous(_) | Lookup::Missing => None,
        };
        let at = key.and_then(|key| computed.loaded.position(key).ok());
        let own = at.and_then(|at| computed.judged.verdicts().quarter.get(at).copied().flatten());
        if quarter.is_some_and(|quarter| own != Some(quarter.ordinal())) {
            continue;
        }
        let row = key.filter(|_| at.is_some()).map(|key| ledger.change_rows(&[key])).transpose()?;
        changes.push(AttestedChange {
            title: row.and_then(|mut rows| rows.pop()).map(|row| row.title),
            attestations: lines(&stated, computed),
            without_attestations: at.map(|at| differences(computed, at)).unwrap_or_default(),
            id,
        });
    }
    Ok(changes)
}

/// What holds of each change, as a sentence each, by the change's id: what a list of changes says beside them.
pub(crate) fn sentences(ledger: &Ledger, computed: &Computed) -> Result<BTreeMap<String, Vec<String>>, AppError> {
    let mut by_change: BTreeMap<String, Vec<Attestation>> = BTreeMap::new();
    for stated in ledger.attestations(None)? {
        by_change.entry(stated.change.clone()).or_default().push(stated);
    }
    let holds = |line: &AttestationLine| line.standing == crate::wire::AttestationStanding::InForce;
    let sentences = |stated: Vec<Attestation>| -> Vec<String> {
        lines(&stated, computed).into_iter().filter(holds).map(|line| line.sentence).collect()
    };
    Ok(by_change.into_iter().map(|(id, stated)| (id, sentences(stated))).collect())
}
