//! Why a policy document cannot be used, as a sentence with line and key.

/// A policy document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Not TOML, a key is missing or unknown, or a value has the wrong shape.
    #[error("the policy cannot be read{place}: {problem}")]
    Unreadable {
        /// Line and key with a blank before them, ` in line 12, …`; empty where they are unknown.
        place: String,
        /// What is wrong there.
        problem: String,
        /// What would be allowed, a sentence.
        allowed: Option<String>,
    },
    /// A value is outside what it may be.
    #[error("the policy's `{key}`{place} {problem}")]
    Invalid {
        /// The key, with its table: `review.deadline`.
        key: &'static str,
        /// The line with a blank before it, ` in line 12`; empty where the document leaves the key out.
        place: String,
        /// What is wrong and what is allowed.
        problem: String,
    },
}

impl PolicyError {
    /// What would be allowed where the document is wrong; `None` where the message says it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { allowed, .. } => allowed.clone(),
            Self::Invalid { .. } => None,
        }
    }
}

/// A value that a policy must not have, not yet placed in its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrongValue {
    key: &'static str,
    problem: String,
}

/// The refusal of the value of `key`; `problem` says what is allowed.
pub(super) fn wrong(key: &'static str, problem: &str) -> Result<(), WrongValue> {
    Err(WrongValue::new(key, problem.to_owned()))
}

impl WrongValue {
    pub(super) const fn new(key: &'static str, problem: String) -> Self {
        Self { key, problem }
    }

    /// The error with the line in which `document` has the key.
    pub(super) fn in_document(self, document: &str) -> PolicyError {
        let line = (1..=document.lines().count()).find(|line| key_of(document, *line).as_deref() == Some(self.key));
        PolicyError::Invalid { key: self.key, place: place(line, None), problem: self.problem }
    }
}

/// The error for a document that is no policy: where it stopped, and what would be allowed there.
pub(super) fn unreadable(document: &str, error: &toml::de::Error) -> PolicyError {
    let said = error.message().lines().map(str::trim).collect::<Vec<_>>().join("; ");
    let (problem, allowed) = match said.split_once(", expected ") {
        Some((problem, allowed)) => (problem.to_owned(), Some(format!("Expected is {allowed}."))),
        None => (said, None),
    };
    let start = error.span().map(|span| span.start);
    let line = start.and_then(|start| document.get(..start)).map(|before| before.matches('\n').count() + 1);
    let key = line.and_then(|line| key_of(document, line));
    PolicyError::Unreadable { place: place(line, key.as_deref()), problem, allowed }
}

fn place(line: Option<usize>, key: Option<&str>) -> String {
    match (line, key) {
        (Some(line), Some(key)) => format!(" in line {line}, `{key}`"),
        (Some(line), None) => format!(" in line {line}"),
        (None, _) => String::new(),
    }
}

/// The key in `line` (from 1) with its table, `review.deadline`; the table itself in the line of its heading.
fn key_of(document: &str, line: usize) -> Option<String> {
    let table_of = |line: &str| {
        let heading = line.trim().trim_start_matches('[').split(']').next().unwrap_or_default().trim();
        (line.trim().starts_with('[') && !heading.is_empty()).then(|| heading.to_owned())
    };
    let last = document.lines().nth(line.checked_sub(1)?)?;
    if let Some(table) = table_of(last) {
        return Some(table);
    }
    let key = last.split_once('=').map(|(key, _)| key.trim()).filter(|key| !key.is_empty() && !key.starts_with('#'))?;
    match document.lines().take(line).filter_map(table_of).last() {
        Some(table) => Some(format!("{table}.{key}")),
        None => Some(key.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{Policy, presets};

    #[test]
    fn the_sentence_names_line_and_key_and_the_hint_what_is_allowed() {
        let document = presets()[0].document;
        let check = |find: &str, put: &str, message: &str, hint: &str| {
            let error = Policy::parse(&document.replacen(find, put, 1)).unwrap_err();
            let said = error.to_string();
            assert!(said.contains(message), "{said}");
            assert!(!said.contains('\n') && !said.contains('^'), "{said}");
            let hints = error.hint().unwrap_or_default();
            assert!(hints.contains(hint), "{hints}");
        };
        check(
            "implemented = \"merged\"",
            "implemented = \"built\"",
            "`clock.implemented`: unknown variant `built`",
            "`merged`",
        );
        check("limit = 0.10", "limt = 0.10", "`ratio.limt`: unknown field `limt`", "`limit`");
        check("bots = false", "", "`exemption`: missing field `bots`", "");
        check("format = 1", "format = [", "in line ", "");
        check("count = 5", "count = \"five\"", "`batch.count`: invalid type", "u32");
    }
}
