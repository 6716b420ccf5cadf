//! What differs between two policies, parameter by parameter.

use super::{preset_document, read_document, reference};
use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    wire::{ChangedParameter, PolicyComparison},
};
use change_ledger_model::policy::{self, PolicyVersion};
use std::{collections::BTreeMap, path::Path};

/// The name that stands for the policy in force.
const IN_FORCE: &str = "in-force";
/// Fewest digits of a SHA-256 that name a version.
const SHORTEST_FINGERPRINT: usize = 6;

/// Compares two policies. Each is `in-force`, a preset, a version that the ledger has or had, or a TOML file.
///
/// # Errors
/// When a name leads to no policy, a document cannot be used, or the ledger cannot be read.
pub fn compare(app: &App, host: &dyn Host, old: &str, new: &str) -> Result<PolicyComparison, AppError> {
    let (old, new) = (named(app, host, old)?, named(app, host, new)?);
    let (before, after) = (parameters(&old)?, parameters(&new)?);
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changes = keys.into_iter().filter(|key| before.get(*key) != after.get(*key)).map(|key| ChangedParameter {
        key: key.clone(),
        old: before.get(key).cloned(),
        new: after.get(key).cloned(),
    });
    Ok(PolicyComparison { old: reference(&old), new: reference(&new), changes: changes.collect() })
}

fn named(app: &App, host: &dyn Host, name: &str) -> Result<PolicyVersion, AppError> {
    if name.ends_with(".toml") {
        return Ok(PolicyVersion::new(&read_document(Path::new(name))?, None)?);
    }
    if policy::preset(name).is_some() {
        return Ok(PolicyVersion::new(preset_document(name)?, None)?);
    }
    if name == IN_FORCE {
        return Ok(super::history_or_initial(app)?.at(app.as_of(host)).clone());
    }
    let settings = super::settings_or_none(app)?;
    let is_meant = |version: &PolicyVersion| {
        version.policy.version == name || (name.len() >= SHORTEST_FINGERPRINT && version.sha256.starts_with(name))
    };
    settings.into_iter().map(|setting| setting.version).rev().find(is_meant).ok_or_else(|| {
        let presets: Vec<_> = policy::presets().iter().map(|preset| preset.name).collect();
        AppError::new(ErrorCode::NotFound, format!("there is no policy `{name}`")).hint(format!(
            "Name {IN_FORCE}, a preset ({}), a version or SHA-256 of `policy show`, or a file that ends in .toml.",
            presets.join(", ")
        ))
    })
}

/// Every parameter of a policy with its value as TOML, by its key with the table: `review.deadline`.
fn parameters(version: &PolicyVersion) -> Result<BTreeMap<String, String>, AppError> {
    let document: toml_edit::DocumentMut = version.document.parse().map_err(|error: toml_edit::TomlError| {
        AppError::new(
            ErrorCode::Internal,
            format!("a policy that was read before cannot be parsed: {}", error.message()),
        )
    })?;
    let mut found = BTreeMap::new();
    collect(document.as_item(), "", &mut found);
    Ok(found)
}

fn collect(item: &toml_edit::Item, key: &str, found: &mut BTreeMap<String, String>) {
    if let Some(table) = item.as_table() {
        for (name, item) in table {
            let inner = if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") };
            collect(item, &inner, found);
        }
    } else if let Some(tables) = item.as_array_of_tables() {
        for (position, table) in tables.iter().enumerate() {
            for (name, item) in table {
                collect(item, &format!("{key}[{}].{name}", position + 1), found);
            }
        }
    } else if let Some(value) = item.as_value() {
        found.insert(key.to_owned(), without_layout(value));
    }
}

/// A value as TOML in one line: how a list is laid out and commented is no difference between policies.
fn without_layout(value: &toml_edit::Value) -> String {
    match value {
        toml_edit::Value::Array(values) => {
            format!("[{}]", values.iter().map(without_layout).collect::<Vec<_>>().join(", "))
        }
        toml_edit::Value::String(text) => serde_json::Value::from(text.value().as_str()).to_string(),
        toml_edit::Value::Integer(number) => number.value().to_string(),
        toml_edit::Value::Float(number) => number.value().to_string(),
        toml_edit::Value::Boolean(truth) => truth.value().to_string(),
        other => other.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_a_key_and_layout_does_not_matter() {
        let preset = policy::presets()[0].document;
        let found = parameters(&PolicyVersion::new(preset, None).unwrap()).unwrap();
        let check = |key: &str, value: &str| assert_eq!(found.get(key).map(String::as_str), Some(value), "{key}");
        check("review.deadline", "\"24h\"");
        check("ratio.limit", "0.1");
        check("detection[1].all", "[\"unreviewed\", \"incident_link\"]");
        check("signals.business_hours.from", "\"08:00\"");
        let relaid = preset.replace("[\"Sat\", \"Sun\"]", "[ # days\n  'Sat',\n  'Sun' ]");
        assert_ne!(relaid, preset);
        assert_eq!(parameters(&PolicyVersion::new(&relaid, None).unwrap()).unwrap(), found);
    }
}
