//! What an auditor examines besides reviews: controls of a change, patches, samples, logs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which controls a policy asks for where policies differ. Documents without it follow the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Controls {
    /// Whether somebody other than the author must merge or deploy; by default not.
    pub deployed_by_other: bool,
    /// Whether a deployment to staging must come before the one to production; by default yes.
    pub staging_first: bool,
    /// Which changes need a rollback plan; by default those of high risk.
    pub rollback_plan: RollbackPlan,
}

/// Which changes need a rollback plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollbackPlan {
    /// None.
    Never,
    /// Those of high risk.
    #[default]
    HighRisk,
    /// All.
    Always,
}

impl Default for Controls {
    fn default() -> Self {
        Self { deployed_by_other: false, staging_first: true, rollback_plan: RollbackPlan::default() }
    }
}

/// How a plan for a rollback is written down, and what a rollback that was carried out owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rollback {
    /// Words before the plan, at the beginning of a line or as a heading, in the description of a change or on its ticket;
    /// documents without it look for the usual ones.
    #[serde(default = "plan_markers")]
    pub plan_markers: Vec<String>,
    /// It is an incident of at least this level, 1 (gravest) to 5; documents without it do not ask for an incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident_level: Option<u8>,
    /// Whether that incident is reviewed afterwards; documents without it do not ask.
    #[serde(default)]
    pub review: bool,
}

fn plan_markers() -> Vec<String> {
    let usual = [
        "rollback plan",
        "roll-back plan",
        "rollback procedure",
        "rollback steps",
        "rollback",
        "backout plan",
        "back-out plan",
        "backout",
    ];
    usual.map(str::to_owned).to_vec()
}

impl Default for Rollback {
    fn default() -> Self {
        Self { plan_markers: plan_markers(), incident_level: None, review: false }
    }
}

/// Words for the levels of severity, so that the tools' scales can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SeverityWords {
    /// The gravest.
    pub p1: Vec<String>,
    /// The second level.
    pub p2: Vec<String>,
    /// The third level.
    pub p3: Vec<String>,
    /// The fourth level.
    pub p4: Vec<String>,
    /// The least.
    pub p5: Vec<String>,
}

impl Default for SeverityWords {
    fn default() -> Self {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        Self {
            p1: words(&["p1", "sev1", "sev-1", "sev0", "sev-0", "critical", "1 - critical"]),
            p2: words(&["p2", "sev2", "sev-2", "major", "high", "2 - high"]),
            p3: words(&["p3", "sev3", "sev-3", "minor", "medium", "moderate", "3 - moderate"]),
            p4: words(&["p4", "sev4", "sev-4", "low", "4 - low"]),
            p5: words(&["p5", "sev5", "sev-5", "informational", "planning", "5 - planning"]),
        }
    }
}

impl SeverityWords {
    /// The level, 1 (gravest) to 5, that `word` stands for in any case; `None` when the policy does not know it.
    #[must_use]
    pub fn level(&self, word: &str) -> Option<u8> {
        let word = word.trim().to_lowercase();
        let levels = (1..).zip([&self.p1, &self.p2, &self.p3, &self.p4, &self.p5]);
        let is_meant = |known: &String| known.trim().to_lowercase() == word;
        levels.filter(|(_, words)| words.iter().any(is_meant)).map(|(level, _)| level).next()
    }
}

/// By when a vulnerability is fixed, counted from its alert, by its severity after CVSS 3: critical from 9.0, high from 7.0,
/// medium from 4.0, low below. Documents without it follow the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Patch {
    /// Hours for critical ones; by default 72.
    pub critical_hours: u32,
    /// Days of 24 hours for high ones; by default 14.
    pub high_days: u32,
    /// Days of 24 hours for medium ones; by default 30.
    pub medium_days: u32,
    /// Days of 24 hours for low ones; by default 90.
    pub low_days: u32,
}

impl Default for Patch {
    fn default() -> Self {
        Self { critical_hours: 72, high_days: 14, medium_days: 30, low_days: 90 }
    }
}

/// How many changes a sample takes. Documents without it follow the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SampleSizes {
    /// The rule; by default by the size of the population.
    pub rule: SampleRule,
    /// The size under the rule `fixed`; by default 25.
    pub fixed: u32,
    /// Up to so many emergencies are taken in full; by default 25.
    pub emergencies_in_full: u32,
}

/// By which rule a sample gets its size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleRule {
    /// Below 5 all, up to 50 five, up to 250 a tenth rounded up, beyond 25.
    #[default]
    Population,
    /// For a control that works per transaction: 25, 40 or 60.
    Frequency,
    /// Always the same.
    Fixed,
}

impl Default for SampleSizes {
    fn default() -> Self {
        Self { rule: SampleRule::default(), fixed: 25, emergencies_in_full: 25 }
    }
}

/// How long logs are kept, in years. Documents without it set no time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Logs of changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_log_years: Option<u32>,
    /// Logs of builds, tests and deployments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ci_log_years: Option<u32>,
}

/// Who holds which role: handles or names by the role's name. Files hardly ever say roles; a role for which nobody is named
/// stays unknown and decides nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(pub BTreeMap<String, Vec<String>>);

impl Roles {
    /// Who holds `role`, in any case; `None` when the policy names nobody for it.
    #[must_use]
    pub fn holders(&self, role: &str) -> Option<&[String]> {
        let plain = |text: &str| text.trim().to_lowercase();
        let named = self.0.iter().find(|(name, holders)| plain(name) == plain(role) && !holders.is_empty());
        named.map(|(_, holders)| holders.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_severity_is_read_in_the_words_of_any_tool() {
        let check = |word: &str, level: Option<u8>| assert_eq!(SeverityWords::default().level(word), level, "{word}");
        check("P1", Some(1));
        check(" SEV-2 ", Some(2));
        check("3 - Moderate", Some(3));
        check("low", Some(4));
        check("P5", Some(5));
        check("urgent", None);
        check("", None);
    }

    #[test]
    fn a_role_is_known_only_where_somebody_is_named_for_it() {
        let roles =
            Roles(BTreeMap::from([("CISO".to_owned(), vec!["ines".to_owned()]), ("QA".to_owned(), Vec::new())]));
        let check = |role: &str, known: bool| assert_eq!(roles.holders(role).is_some(), known, "{role}");
        check(" ciso", true);
        check("QA", false);
        check("CTO", false);
    }
}
