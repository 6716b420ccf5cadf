//! A first guess at a profile, so that nobody starts from an empty page.

use super::profile::{ColumnProfile, Field, Headers, ProfileRecord};
use crate::table::header::plain;
use std::{collections::BTreeMap, fmt::Write};

/// Names of columns by what they usually mean, most telling first, in [`plain`] form and in English,
/// German, French, Spanish and Portuguese.
const ALIASES: [(Field, &[&str]); 21] = [
    (
        Field::Number,
        &[
            "number",
            "change number",
            "change nr",
            "change no",
            "change id",
            "incident number",
            "ticket",
            "key",
            "id",
            "nr",
            "nummer",
            "numéro",
            "número",
            "no",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "titel",
            "short description",
            "summary",
            "subject",
            "betreff",
            "titre",
            "título",
            "kurzbeschreibung",
            "name",
        ],
    ),
    (
        Field::ImplementedAt,
        &[
            "implemented at",
            "implemented",
            "merged at",
            "merged",
            "deployed at",
            "umgesetzt am",
            "umgesetzt",
            "actual end",
            "work end",
            "closed at",
            "completed",
            "completed at",
            "mis en œuvre le",
            "implementado el",
            "implementado em",
        ],
    ),
    (
        Field::OpenedAt,
        &[
            "opened at",
            "opened",
            "created at",
            "created",
            "erstellt am",
            "erstellt",
            "angelegt am",
            "started at",
            "began",
            "créé le",
            "creado el",
            "criado em",
        ],
    ),
    (
        Field::ResolvedAt,
        &["resolved at", "resolved", "gelöst am", "behoben am", "ended at", "résolu le", "resuelto el", "resolvido em"],
    ),
    (Field::UpdatedAt, &["updated at", "updated", "aktualisiert am", "geändert am"]),
    (
        Field::Author,
        &[
            "author",
            "requested by",
            "requester",
            "opened by",
            "created by",
            "autor",
            "antragsteller",
            "erstellt von",
            "demandeur",
            "solicitante",
        ],
    ),
    (
        Field::MergedBy,
        &["merged by", "implemented by", "implementer", "umgesetzt von", "umgesetzt durch", "deployed by"],
    ),
    (
        Field::Approver,
        &[
            "approver",
            "approvers",
            "approved by",
            "reviewer",
            "reviewers",
            "reviewed by",
            "freigabe durch",
            "freigegeben von",
            "genehmigt von",
            "approuvé par",
            "aprobado por",
            "aprovado por",
        ],
    ),
    (
        Field::ApprovedAt,
        &[
            "approved at",
            "approval date",
            "approved on",
            "reviewed at",
            "freigabe am",
            "freigegeben am",
            "genehmigt am",
            "approuvé le",
            "aprobado el",
            "aprovado em",
        ],
    ),
    (Field::Labels, &["labels", "label", "tags", "etiketten", "stichwörter"]),
    (Field::ChangeType, &["change type", "type", "typ", "category", "kategorie", "tipo", "catégorie"]),
    (Field::Status, &["status", "state", "zustand", "état", "estado"]),
    (Field::Url, &["url", "link", "web url", "adresse"]),
    (Field::Repository, &["repository", "repo", "project", "projekt", "system", "application", "anwendung"]),
    (Field::BaseBranch, &["base branch", "target branch", "branch"]),
    (Field::Incident, &["incident", "incident number", "incident id", "störung", "vorfall", "incidente"]),
    (Field::Description, &["description", "beschreibung", "body", "details", "descripción", "descrição"]),
    (Field::Justification, &["justification", "reason", "begründung", "grund", "motif", "motivo"]),
    (Field::Service, &["service", "affected service", "business service", "dienst"]),
    (Field::Severity, &["severity", "priority", "priorität", "schweregrad", "gravité", "prioridad", "prioridade"]),
];

/// A profile for a header: each column at most once.
pub(super) fn profile(header: &[String]) -> ColumnProfile {
    let mut free: Vec<(String, &String)> =
        header.iter().map(|name| (plain(name), name)).filter(|(plain, _)| !plain.is_empty()).collect();
    let mut columns = BTreeMap::new();
    for (field, aliases) in ALIASES {
        let found = aliases.iter().find_map(|alias| free.iter().position(|(plain, _)| plain == alias));
        if let Some(at) = found {
            columns.insert(field, Headers::One(free.remove(at).1.clone()));
        }
    }
    let is_incident = columns.contains_key(&Field::ResolvedAt) && !columns.contains_key(&Field::ImplementedAt);
    let record = if is_incident { ProfileRecord::Incident } else { ProfileRecord::Change };
    columns.retain(|field, _| record.fields().contains(field));
    ColumnProfile {
        name: "my-table".to_owned(),
        record,
        columns,
        values: BTreeMap::new(),
        verdicts: BTreeMap::new(),
        multi_separator: None,
        timezone: None,
        date_order: None,
        repository: None,
    }
}

/// A profile as TOML; a needed column that is not known yet stands there to be filled in.
pub(super) fn as_toml(profile: &ColumnProfile) -> String {
    toml::to_string(profile).unwrap_or_default()
}

/// What to do with a table that nobody knows: its columns, and a profile to start from.
pub(crate) fn hint(header: &[String]) -> String {
    let columns = crate::table::header::listed(header);
    let mut hint = format!(
        "Say what its columns mean in a profile and pass it with --profile FILE. Its columns are: {}. A profile to start from:\n\n",
        columns.trim_end_matches('.')
    );
    let profile = profile(header);
    hint.push_str(&as_toml(&profile));
    for field in profile.record.needed() {
        if !profile.columns.contains_key(field) {
            // Writing to a string cannot fail.
            let _ = writeln!(hint, "{} = \"name of the column\"", name_of(*field));
        }
    }
    hint
}

/// The name of a field in a profile.
pub(super) fn name_of(field: Field) -> String {
    toml::Value::try_from(field).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
