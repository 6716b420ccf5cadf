//! The policy of a ledger: showing it, setting it, writing it out.

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    wire::{Nothing, PolicyAnswer, PolicySetRequest, PolicyVersionLine, PresetLine, PresetsAnswer},
};
use change_ledger_model::{
    Timestamp,
    policy::{self, Policy, PolicyHistory, PolicyVersion},
    quarter::start_of_day,
    quarterly::PolicyReference,
};
use chrono::NaiveDate;
use std::path::Path;

/// The largest policy document that is read, in bytes.
const LARGEST_DOCUMENT: u64 = 1 << 20;

/// How answers name a policy version.
pub(crate) fn reference(version: &PolicyVersion) -> PolicyReference {
    PolicyReference {
        name: version.policy.name.clone(),
        version: version.policy.version.clone(),
        sha256: version.sha256.clone(),
    }
}

/// The policy in force.
///
/// # Errors
/// When the ledger cannot be read.
pub fn show(app: &App, host: &dyn Host, _: Nothing) -> Result<PolicyAnswer, AppError> {
    let as_of = app.as_of(host);
    let history = app.read(|ledger| Ok(ledger.policy_history()?))?;
    Ok(answer(&history, as_of))
}

fn answer(history: &PolicyHistory, as_of: Timestamp) -> PolicyAnswer {
    let version = history.at(as_of);
    PolicyAnswer {
        policy: reference(version),
        title: version.policy.title.clone(),
        summary: version.policy.summary.clone(),
        effective_from: version.effective_from,
        document: version.document.clone(),
        history: history
            .versions()
            .map(|version| PolicyVersionLine { policy: reference(version), effective_from: version.effective_from })
            .collect(),
    }
}

/// The policies that come with the product.
///
/// # Errors
/// None in practice; a preset that cannot be read would be a defect that the tests find.
pub fn presets(_: &App, _: &dyn Host, _: Nothing) -> Result<PresetsAnswer, AppError> {
    let presets = policy::presets().iter().map(|preset| {
        let version = PolicyVersion::new(preset.document, None)?;
        Ok(PresetLine { policy: reference(&version), title: version.policy.title, summary: version.policy.summary })
    });
    Ok(PresetsAnswer { presets: presets.collect::<Result<_, AppError>>()? })
}

/// Puts a preset or a document in force.
///
/// # Errors
/// When neither or both are given, the preset is unknown, the document or a changed parameter is wrong, or the ledger
/// cannot be written.
pub fn set(app: &App, host: &dyn Host, request: PolicySetRequest) -> Result<PolicyAnswer, AppError> {
    let document = match (request.preset, request.document) {
        (Some(name), None) => preset_document(&name)?.to_owned(),
        (None, Some(document)) => document,
        _ => return Err(AppError::wrong_use("name either a preset or a policy document")),
    };
    let document = with_changes(&document, &request.changes)?;
    let policy = Policy::parse(&document)?;
    let effective_from = request.effective.map(|day| first_moment(&day, &policy)).transpose()?;
    let now = host.now();
    let history = app.write(|ledger| {
        ledger.set_policy(&document, effective_from, now, None)?;
        let history = ledger.policy_history()?;
        crate::texts::match_policy_words(ledger, &history, host)?;
        Ok(history)
    })?;
    Ok(answer(&history, app.as_of(host)))
}

fn preset_document(name: &str) -> Result<&'static str, AppError> {
    policy::preset(name).map(|preset| preset.document).ok_or_else(|| {
        let names: Vec<_> = policy::presets().iter().map(|preset| preset.name).collect();
        AppError::wrong_use(format!("there is no preset `{name}`"))
            .hint(format!("The presets are: {}. A file name must end in .toml.", names.join(", ")))
    })
}

/// The document with parameters replaced; comments and order stay.
fn with_changes(document: &str, changes: &[(String, String)]) -> Result<String, AppError> {
    if changes.is_empty() {
        return Ok(document.to_owned());
    }
    let unreadable = |error: toml_edit::TomlError| AppError::wrong_use(format!("the policy cannot be read: {error}"));
    let mut edited: toml_edit::DocumentMut = document.parse().map_err(unreadable)?;
    for (key, value) in changes {
        let value: toml_edit::Value = value.parse().map_err(|_| {
            AppError::wrong_use(format!("`{value}` is not a TOML value"))
                .hint("Write texts in quotes and lists in brackets: population.branches='[\"*\"]'.")
        })?;
        let no_such_key = || AppError::wrong_use(format!("the policy has no parameter `{key}`"));
        let (tables, last) = key.rsplit_once('.').map_or((None, key.as_str()), |(tables, last)| (Some(tables), last));
        let mut table = edited.as_table_mut();
        for name in tables.into_iter().flat_map(|tables| tables.split('.')) {
            table = table.get_mut(name).and_then(|item| item.as_table_mut()).ok_or_else(no_such_key)?;
        }
        *table.get_mut(last).filter(|item| item.is_value()).ok_or_else(no_such_key)? = toml_edit::value(value);
    }
    mark_as_edited(&mut edited);
    Ok(edited.to_string())
}

/// An edited document must not bear the version of the one it was made from.
fn mark_as_edited(document: &mut toml_edit::DocumentMut) {
    const MARK: &str = "+edited";
    let version = document.get("version").and_then(|version| version.as_str()).unwrap_or_default().to_owned();
    if !version.ends_with(MARK) {
        document.insert("version", toml_edit::value(format!("{version}{MARK}")));
    }
}

fn first_moment(day: &str, policy: &Policy) -> Result<Timestamp, AppError> {
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .map_err(|_| AppError::wrong_use(format!("`{day}` is not a date; write it as 2026-01-01")))?;
    Ok(start_of_day(date, policy.period.timezone))
}

/// Reads a policy document from a file.
///
/// # Errors
/// When the file cannot be read, is too large, or is no text.
pub fn read_document(file: &Path) -> Result<String, AppError> {
    let unreadable =
        |why: String| AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {why}", file.display()));
    let size = std::fs::metadata(file).map_err(|error| unreadable(error.to_string()))?.len();
    if size > LARGEST_DOCUMENT {
        return Err(unreadable(format!("it has {size} bytes; a policy has at most {LARGEST_DOCUMENT}")));
    }
    std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))
}

/// Writes the document in force to a new file.
///
/// # Errors
/// When the ledger cannot be read, or the file exists or cannot be written.
pub fn export(app: &App, host: &dyn Host, file: &Path) -> Result<(), AppError> {
    let shown = show(app, host, Nothing {})?;
    crate::files::write_new(file, shown.document.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_change_in_place() {
        let document = policy::presets()[0].document;
        let change = |key: &str, value: &str| with_changes(document, &[(key.to_owned(), value.to_owned())]);
        let changed = change("population.branches", "[\"*\"]").unwrap();
        assert_eq!(Policy::parse(&changed).unwrap().population.branches, ["*"]);
        assert_eq!(Policy::parse(&changed).unwrap().version, "1.0+edited");
        assert_eq!(changed.lines().count(), document.lines().count(), "comments stay");
        assert!(change("population.branch", "[\"*\"]").unwrap_err().message.contains("population.branch"));
        assert!(change("population.branches", "*").unwrap_err().message.contains("TOML"));
        assert!(change("signals.business_hours.from", "\"09:00\"").is_ok());
    }
}
