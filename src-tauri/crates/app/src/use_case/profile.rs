//! Column profiles that people made in the window: kept as files, and used again for tables with the same columns.

use crate::{
    app::App,
    error::AppError,
    files,
    host::Host,
    wire::{ColumnMeaning, ColumnMeanings, PathAnswer, TableField, TableRecordKind},
};
use change_ledger_ingest::{ColumnProfile, ProfileField, ProfileHeaders, ProfileRecord};
use serde::de::DeserializeOwned;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// A profile with the file that keeps it.
pub(crate) struct SavedProfile {
    /// The file, as an import names it.
    pub(crate) path: String,
    pub(crate) profile: ColumnProfile,
}

/// Saves what the columns of a table mean, and answers the file, as an import names it. A profile of the same name is
/// replaced; what it says besides about values and separators stays.
///
/// # Errors
/// When the name cannot be part of an id, a needed column is not named, or the file cannot be written.
pub fn save(_: &App, host: &dyn Host, request: ColumnMeanings) -> Result<PathAnswer, AppError> {
    let asked = profile_of(&request)?;
    let folder = folder(host);
    let path = folder.join(format!("{}.toml", asked.name));
    let profile = match read(&path) {
        Some(before) => ColumnProfile { record: asked.record, columns: asked.columns, ..before },
        None => asked,
    };
    std::fs::create_dir_all(&folder).map_err(|error| files::not_writable(&folder, &error))?;
    files::write_whole(&path, profile.to_toml().as_bytes())?;
    Ok(PathAnswer { path: Some(path.display().to_string()) })
}

/// Every profile that was saved, in the order of their names. A file that is none is passed over.
pub(crate) fn saved(host: &dyn Host) -> Vec<SavedProfile> {
    let Ok(entries) = std::fs::read_dir(folder(host)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let saved = |path: PathBuf| Some(SavedProfile { profile: read(&path)?, path: path.display().to_string() });
    paths.into_iter().filter(|path| path.extension().is_some_and(|is| is == "toml")).filter_map(saved).collect()
}

fn folder(host: &dyn Host) -> PathBuf {
    host.data_folder().join("profiles")
}

fn read(path: &Path) -> Option<ColumnProfile> {
    let text = crate::use_case::policy::read_document(path).ok()?;
    ColumnProfile::from_toml(&text).ok()
}

/// What the columns of a table mean under a profile.
pub(crate) fn meanings(profile: &ColumnProfile) -> ColumnMeanings {
    let columns = profile.columns.iter().flat_map(|(field, headers)| {
        let field = crate::name_of(field);
        headers.names().iter().map(move |column| ColumnMeaning { column: column.clone(), field: field.clone() })
    });
    ColumnMeanings { name: profile.name.clone(), record: crate::name_of(&profile.record), columns: columns.collect() }
}

/// The profile that says this of a table's columns.
fn profile_of(meanings: &ColumnMeanings) -> Result<ColumnProfile, AppError> {
    let record: ProfileRecord = named(&meanings.record, "kind of record")?;
    let mut columns: BTreeMap<ProfileField, Vec<String>> = BTreeMap::new();
    for ColumnMeaning { column, field } in &meanings.columns {
        columns.entry(named(field, "meaning of a column")?).or_default().push(column.clone());
    }
    let profile = ColumnProfile {
        name: meanings.name.trim().to_owned(),
        record,
        columns: columns.into_iter().map(|(field, names)| (field, ProfileHeaders::Many(names))).collect(),
        values: BTreeMap::new(),
        verdicts: BTreeMap::new(),
        multi_separator: None,
        timezone: None,
        date_order: None,
        repository: None,
    };
    Ok(ColumnProfile::from_toml(&profile.to_toml())?)
}

fn named<T: DeserializeOwned>(name: &str, what: &str) -> Result<T, AppError> {
    serde_json::from_value(name.into()).map_err(|_| AppError::wrong_use(format!("`{name}` is no {what}")))
}

/// A name for the profile of a file: what of its own name can be part of an id.
pub(crate) fn file_stem(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = last.split('.').find(|part| !part.is_empty()).unwrap_or_default().to_lowercase();
    let words: Vec<&str> =
        stem.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "my-table".to_owned() } else { words.join("-") }
}

/// What a row of a table can be, and what its columns can mean then.
pub(crate) fn record_kinds() -> Vec<TableRecordKind> {
    let kind = |record: ProfileRecord| TableRecordKind {
        record: crate::name_of(&record),
        fields: record.fields().iter().map(|field| table_field(record, *field)).collect(),
    };
    ProfileRecord::ALL.into_iter().map(kind).collect()
}

fn table_field(record: ProfileRecord, field: ProfileField) -> TableField {
    TableField {
        field: crate::name_of(&field),
        label: label(record, field).to_owned(),
        needed: record.needed().contains(&field),
    }
}

/// What a column means, in words.
const fn label(record: ProfileRecord, field: ProfileField) -> &'static str {
    match (field, record) {
        (ProfileField::Number, _) => "Number or key",
        (ProfileField::Title, _) => "Title",
        (ProfileField::ImplementedAt, _) => "When it was implemented",
        (ProfileField::OpenedAt, ProfileRecord::Incident) => "When it began",
        (ProfileField::OpenedAt, _) => "When it was opened",
        (ProfileField::ResolvedAt, ProfileRecord::Incident) => "When it ended",
        (ProfileField::ResolvedAt, _) => "When it was resolved",
        (ProfileField::UpdatedAt, _) => "When it was last changed",
        (ProfileField::Author, _) => "Who opened it",
        (ProfileField::MergedBy, _) => "Who merged or implemented it",
        (ProfileField::Assignee, _) => "Who works on it",
        (ProfileField::Approver, _) => "Who approved it",
        (ProfileField::ApprovedAt, _) => "When it was approved",
        (ProfileField::Verdict, _) => "What the approver said",
        (ProfileField::Labels, _) => "Labels",
        (ProfileField::ChangeType, _) => "Category or type of change",
        (ProfileField::TicketType, _) => "Type of ticket",
        (ProfileField::Status, _) => "State",
        (ProfileField::Url, _) => "Web address",
        (ProfileField::Repository, _) => "Repository, project or system",
        (ProfileField::BaseBranch, _) => "Branch it went into",
        (ProfileField::HeadBranch, _) => "Branch it came from",
        (ProfileField::MergeCommit, _) => "Merge commit",
        (ProfileField::Incident, _) => "Incident it belongs to",
        (ProfileField::Ticket, _) => "Ticket it belongs to",
        (ProfileField::Description, _) => "Description",
        (ProfileField::Justification, _) => "Justification",
        (ProfileField::Service, _) => "Affected service",
        (ProfileField::Severity, _) => "Severity or priority",
        (ProfileField::Urgency, _) => "Urgency",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_becomes_the_name_of_a_profile() {
        let check = |file: &str, expected: &str| assert_eq!(file_stem(file), expected, "{file}");
        check("/exports/Change Register (2026).csv", "change-register-2026");
        check("C:\\exports\\ÄNDERUNGEN.csv", "nderungen");
        check("register.v2.csv", "register");
        check("book.xlsx/Tabelle1", "tabelle1");
        check("/exports/变更.csv", "my-table");
        check("", "my-table");
    }

    #[test]
    fn what_columns_mean_is_checked_before_it_is_kept() {
        let check = |name: &str, record: &str, columns: &[(&str, &str)], expected: &str| {
            let columns = columns
                .iter()
                .map(|(column, field)| ColumnMeaning { column: (*column).to_owned(), field: (*field).to_owned() });
            let meanings =
                ColumnMeanings { name: name.to_owned(), record: record.to_owned(), columns: columns.collect() };
            let answer = profile_of(&meanings).map_or_else(|error| error.message, |profile| profile.name);
            assert!(answer.contains(expected), "{answer}");
        };
        let whole =
            [("Nr", "number"), ("Umgesetzt", "implemented_at"), ("Freigabe", "approver"), ("Zweite", "approver")];
        check("register", "change", &whole, "register");
        check("register", "ticket", &whole, "`approver` means nothing for this kind of record");
        check("Mein Register", "change", &whole, "its name \"Mein Register\" cannot be part of an id");
        check("register", "change", &whole[..1], "it does not say which column is `implemented_at`");
        check("register", "change", &[("Nr", "colour")], "`colour` is no meaning of a column");
        check("register", "invoice", &whole, "`invoice` is no kind of record");
    }

    #[test]
    fn a_profile_and_what_columns_mean_say_the_same() {
        let text = "name = \"r\"\nrecord = \"incident\"\n[columns]\nnumber = \"Nr\"\nopened_at = [\"Von\", \"Ab\"]\n";
        let said = meanings(&ColumnProfile::from_toml(text).unwrap());
        assert_eq!(meanings(&profile_of(&said).unwrap()), said);
        let columns: Vec<_> = said.columns.iter().map(|known| (known.column.as_str(), known.field.as_str())).collect();
        assert_eq!(columns, [("Nr", "number"), ("Von", "opened_at"), ("Ab", "opened_at")]);
    }

    #[test]
    fn every_meaning_of_a_column_has_its_own_words() {
        for kind in record_kinds() {
            let labels: std::collections::BTreeSet<_> = kind.fields.iter().map(|field| &field.label).collect();
            assert_eq!(labels.len(), kind.fields.len(), "{}", kind.record);
            assert!(kind.fields.iter().any(|field| field.needed), "{}", kind.record);
        }
    }
}
