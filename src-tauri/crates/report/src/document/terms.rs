use super::{Labelled, View, disclosures, imported};
use crate::content::PolicyTerms;
use serde::Serialize;

/// A policy version, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Policy {
    pub title: String,
    /// Name and version.
    pub name: String,
    pub sha256: String,
    /// When it was put in force, by whom and why; none for the one that comes with the product.
    pub decided: Option<String>,
    pub summary: Vec<String>,
    pub parameters: Vec<Labelled>,
}

impl Policy {
    pub(super) fn of(view: &View, terms: &PolicyTerms) -> Self {
        Self {
            title: imported::line(&terms.title),
            name: imported::line(&format!("{}, version {}", terms.reference.name, terms.reference.version)),
            sha256: imported::line(&terms.reference.sha256),
            decided: disclosures::decided(view, terms),
            summary: imported::paragraphs(&terms.summary),
            parameters: terms
                .parameters
                .iter()
                .map(|parameter| Labelled::new(imported::line(&parameter.name), imported::line(&parameter.value)))
                .collect(),
        }
    }
}
