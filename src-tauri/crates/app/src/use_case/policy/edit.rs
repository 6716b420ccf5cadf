//! Changing single parameters of a policy document.

use crate::error::AppError;
use change_ledger_model::policy::Policy;
use toml_edit::DocumentMut;

/// What stands between an edited document's own version and the mark of the edit.
const MARK: &str = "+edited";
/// Hexadecimal digits of the document's SHA-256 that tell one edit from another.
const DIGITS: usize = 8;

/// The document with parameters replaced; comments and order stay. A document that differs bears a version of its own.
pub(super) fn with_changes(document: &str, changes: &[(String, String)]) -> Result<String, AppError> {
    if changes.is_empty() {
        return Ok(document.to_owned());
    }
    let mut edited: DocumentMut = document.parse().map_err(|error: toml_edit::TomlError| {
        // The reader of policies says where and what; this one only parses for editing.
        Policy::parse(document).err().map_or_else(
            || AppError::wrong_use(format!("the policy cannot be read: {}", error.message())),
            AppError::from,
        )
    })?;
    for (key, value) in changes {
        replace(&mut edited, key, value)?;
    }
    if edited.to_string() == document {
        return Ok(document.to_owned());
    }
    mark_as_edited(&mut edited);
    Ok(edited.to_string())
}

fn replace(edited: &mut DocumentMut, key: &str, value: &str) -> Result<(), AppError> {
    let value: toml_edit::Value = value.parse().map_err(|_| {
        AppError::wrong_use(format!("`{value}` is not a TOML value"))
            .hint("Write texts in quotes and lists in brackets: population.branches='[\"*\"]'.")
    })?;
    let no_such_key = || AppError::wrong_use(format!("the policy has no parameter `{key}`"));
    let (tables, last) = key.rsplit_once('.').map_or((None, key), |(tables, last)| (Some(tables), last));
    let mut table = edited.as_table_mut();
    for name in tables.into_iter().flat_map(|tables| tables.split('.')) {
        table = table.get_mut(name).and_then(|item| item.as_table_mut()).ok_or_else(no_such_key)?;
    }
    let item = table.get_mut(last).filter(|item| item.is_value()).ok_or_else(no_such_key)?;
    *item = toml_edit::value(value);
    Ok(())
}

/// An edited document bears neither the version of the one it was made from nor that of another edit:
/// `1.0+edited.9f2c4d6e`, from the SHA-256 of the document with the version that it had before.
fn mark_as_edited(document: &mut DocumentMut) {
    let version = document.get("version").and_then(|version| version.as_str()).unwrap_or_default().to_owned();
    let base = version.split_once(MARK).map_or(version.as_str(), |(base, _)| base).to_owned();
    document.insert("version", toml_edit::value(base.as_str()));
    let fingerprint = Policy::fingerprint(&document.to_string());
    let digits = fingerprint.get(..DIGITS).unwrap_or(&fingerprint);
    document.insert("version", toml_edit::value(format!("{base}{MARK}.{digits}")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::policy::presets;

    fn change(document: &str, key: &str, value: &str) -> Result<Policy, AppError> {
        Ok(Policy::parse(&with_changes(document, &[(key.to_owned(), value.to_owned())])?)?)
    }

    #[test]
    fn parameters_change_in_place() {
        let document = presets()[0].document;
        assert_eq!(change(document, "population.branches", "[\"*\"]").unwrap().population.branches, ["*"]);
        let edited = with_changes(document, &[("population.branches".to_owned(), "[\"*\"]".to_owned())]).unwrap();
        assert_eq!(edited.lines().count(), document.lines().count(), "comments stay");
        let refused = |key: &str, value: &str| change(document, key, value).unwrap_err().message;
        assert!(refused("population.branch", "[\"*\"]").contains("population.branch"));
        assert!(refused("population.branches", "*").contains("TOML"));
        assert!(change(document, "signals.business_hours.from", "\"09:00\"").is_ok());
    }

    #[test]
    fn different_edits_bear_different_versions() {
        let document = presets()[0].document;
        let version = |document: &str, value: &str| change(document, "review.deadline", value).unwrap().version;
        let first = version(document, "\"48h\"");
        assert!(first.starts_with("1.0+edited.") && first.len() == "1.0+edited.".len() + DIGITS, "{first}");
        assert_eq!(first, version(document, "\"48h\""), "the same edit is the same version");
        assert_ne!(first, version(document, "\"3bd\""));
        let once = with_changes(document, &[("review.deadline".to_owned(), "\"3bd\"".to_owned())]).unwrap();
        assert_eq!(first, version(&once, "\"48h\""), "the way to a document does not matter");
        let unchanged = with_changes(document, &[("review.deadline".to_owned(), "\"24h\"".to_owned())]).unwrap();
        assert_eq!(unchanged, document);
    }
}
