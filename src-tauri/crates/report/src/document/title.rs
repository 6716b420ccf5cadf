use super::{Labelled, View, disclosures, figures, imported};
use crate::content::Standing;
use serde::Serialize;

/// Title block, footer and metadata.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Title {
    /// Name of the document: `Emergency changes, 2026-Q3`.
    pub name: String,
    /// The quarter alone.
    pub quarter: String,
    /// The organisation, where it is known.
    pub company: Option<String>,
    /// Period in words.
    pub period: String,
    /// What every reader must know about how final the report is; none when it is issued.
    pub standing: Option<&'static str>,
    /// Scope, policy, dates and names; then what a reader of the first page must know.
    pub facts: Vec<Labelled>,
    /// One sentence for the document's metadata.
    pub summary: String,
    /// Program that made it.
    pub tool: String,
    /// Moment of ageing, in words.
    pub as_of: String,
    /// Policy and data, short, for the foot of each page.
    pub marks: Vec<Labelled>,
    /// Names and lines to sign.
    pub signatures: Vec<Signature>,
    /// Words for search, with the full fingerprints.
    pub keywords: Vec<String>,
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Signature {
    /// As what.
    pub role: &'static str,
    /// Who, where it is known; else a line to write on.
    pub name: Option<String>,
}

impl Title {
    pub(super) fn of(view: &View) -> Self {
        let (report, quarter) = (view.report, view.quarter);
        let block = &report.title;
        let name = format!("Emergency changes, {}", quarter.quarter);
        let company = imported::optional_name(block.company.as_deref());
        let scope = imported::line(&block.scope);
        let period = format!("{} to {}", figures::date(quarter.from), figures::date(quarter.to));
        let person = |name: &Option<String>| imported::optional_name(name.as_deref());
        let (prepared_by, reviewed_by) = (person(&block.prepared_by), person(&block.reviewed_by));
        let as_of = format!("{} ({})", view.clock.in_words(report.as_of), report.timezone);
        let data = super::completeness::data_fingerprint(&report.imports);
        let policy = &view.policy.reference;
        // The last is the one in force at the end; each change was judged by the one of its day.
        let policy_names: Vec<String> = report
            .policies
            .iter()
            .map(|terms| imported::name(&format!("{}, version {}", terms.reference.name, terms.reference.version)))
            .collect();
        let optional = |label: &str, value: &Option<String>| value.as_ref().map(|value| Labelled::new(label, value));
        let facts = [
            Some(Labelled::new("Period", format!("{}, {period}", quarter.quarter))),
            Some(Labelled::new("Scope", scope.clone())),
            Some(Labelled::new("Policy", policy_names.join("; then "))),
            Some(Labelled::new("Open reviews aged at", as_of.clone())),
            optional("Prepared by", &prepared_by),
            optional("Reviewed by", &reviewed_by),
        ];
        Self {
            summary: format!("{name}: how often emergency changes bypassed review, and what followed. Scope: {scope}."),
            name,
            quarter: quarter.quarter.clone(),
            company,
            period,
            standing: match block.standing {
                Standing::Issued => None,
                Standing::Preliminary => Some("Preliminary: the quarter is still running"),
                Standing::Draft => Some("Draft, not issued"),
                Standing::Sample => Some("Sample data of a fictional company"),
            },
            facts: facts.into_iter().flatten().chain(disclosures::disclosures(view)).collect(),
            tool: imported::name(&report.tool),
            as_of,
            marks: vec![
                Labelled::new("Policy", figures::short_fingerprint(&policy.sha256)),
                Labelled::new("Data", figures::short_fingerprint(&data)),
            ],
            signatures: vec![
                Signature { role: "Prepared by", name: prepared_by },
                Signature { role: "Reviewed by", name: reviewed_by },
                Signature { role: "Accepted for the organisation by", name: None },
            ],
            keywords: vec![
                quarter.quarter.clone(),
                "emergency changes".to_owned(),
                "SOC 2 CC8.1".to_owned(),
                format!("data-sha256:{data}"),
            ]
            .into_iter()
            .chain(report.policies.iter().map(|terms| format!("policy-sha256:{}", terms.reference.sha256)))
            .collect(),
        }
    }
}
