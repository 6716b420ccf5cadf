use super::{Labelled, imported};
use crate::content::PolicyTerms;
use serde::Serialize;

/// A policy version, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Policy {
    pub title: String,
    /// Name and version.
    pub name: String,
    pub sha256: String,
    pub summary: Vec<String>,
    pub parameters: Vec<Labelled>,
}

impl Policy {
    pub(super) fn of(terms: &PolicyTerms) -> Self {
        Self {
            title: imported::line(&terms.title),
            name: imported::line(&format!("{}, version {}", terms.reference.name, terms.reference.version)),
            sha256: imported::line(&terms.reference.sha256),
            summary: imported::paragraphs(&terms.summary),
            parameters: terms
                .parameters
                .iter()
                .map(|parameter| Labelled::new(imported::line(&parameter.name), imported::line(&parameter.value)))
                .collect(),
        }
    }
}
