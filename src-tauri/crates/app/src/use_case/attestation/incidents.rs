//! The incidents that an attestation names.

use crate::error::AppError;
use change_ledger_ingest::mention;
use change_ledger_model::{
    attestation::AttestationKind,
    record::{FoundIn, MentionKind},
};
use change_ledger_store::{Ledger, NamedKind, NamedRecord};

/// The incidents of an attestation of this kind: those named apart or, where none is, those that the reason names. Each by its
/// id where it was imported, else by its name as written.
pub(super) fn named(
    ledger: &Ledger,
    kind: AttestationKind,
    apart: &[String],
    reason: &str,
) -> Result<Vec<String>, AppError> {
    if kind != AttestationKind::Incident {
        return match apart.first() {
            None => Ok(Vec::new()),
            Some(name) => Err(AppError::wrong_use(format!(
                "an attestation of the kind {} names no incident, but {name} is given",
                kind.name()
            ))
            .hint("Attest the incident by itself: --kind incident --incident NAME.")),
        };
    }
    let names: Vec<&str> = apart.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let mut found = Vec::new();
    if names.is_empty() {
        found = in_reason(ledger, reason)?;
    }
    for name in names {
        found.push(one(name, incidents(ledger, name)?)?);
    }
    if found.is_empty() {
        return Err(AppError::wrong_use("the reason names no incident, and none is given beside it")
            .hint("Name it with --incident INC-482, or write its number into the reason."));
    }
    let mut distinct: Vec<String> = Vec::new();
    for name in found {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    Ok(distinct)
}

fn incidents(ledger: &Ledger, name: &str) -> Result<Vec<NamedRecord>, AppError> {
    let records = ledger.records_named(name)?.into_iter();
    Ok(records.filter(|record| record.kind == NamedKind::Incident).collect())
}

/// The one that is meant; the name as written where no such incident was imported.
fn one(name: &str, found: Vec<NamedRecord>) -> Result<String, AppError> {
    match found.as_slice() {
        [] => Ok(name.to_owned()),
        [only] => Ok(only.id.clone()),
        several => {
            let ids: Vec<&str> = several.iter().map(|record| record.id.as_str()).collect();
            Err(AppError::wrong_use(format!("`{name}` may mean several incidents"))
                .hint(format!("Name one of {}.", ids.join(", "))))
        }
    }
}

/// Names in the reason that lead to an incident, or are written like one.
fn in_reason(ledger: &Ledger, reason: &str) -> Result<Vec<String>, AppError> {
    let mut mentions = Vec::new();
    mention::in_text(reason, FoundIn::Person, None, &mut mentions);
    let mut found = Vec::new();
    for mention in mentions {
        let known = incidents(ledger, &mention.name)?;
        if !known.is_empty() || mention.kind == MentionKind::Incident {
            found.push(one(&mention.name, known)?);
        }
    }
    Ok(found)
}
