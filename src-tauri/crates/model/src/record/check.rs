use crate::{Timestamp, person::Person};
use serde::{Deserialize, Serialize};

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CheckKind {
    /// A workflow, pipeline or build: tests among others. Which, only its name tells.
    Run = 0,
    /// A scan for weaknesses.
    Scan = 1,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CheckOutcome {
    /// It passed.
    Passed = 0,
    /// It failed, or ran out of time.
    Failed = 1,
    /// It was stopped before it ended.
    Cancelled = 2,
    /// It did not run, or has no verdict.
    Skipped = 3,
    /// It had not ended when the file was made.
    Running = 4,
}

/// Words in the name of a workflow that brings software somewhere, or tidies up, instead of trying it.
const NO_TESTS: [&str; 14] = [
    "deploy",
    "deploys",
    "deployment",
    "release",
    "releases",
    "publish",
    "rollout",
    "rollback",
    "promote",
    "stale",
    "labeler",
    "notify",
    "pages",
    "dependabot",
];

/// Whether a run of this name can be taken for a test or a build: most workflows are, so only those are left out whose
/// name says that they deploy, publish or tidy up.
#[must_use]
pub fn is_test(name: &str) -> bool {
    let name = name.to_lowercase();
    !name.split(|letter: char| !letter.is_alphanumeric()).any(|word| NO_TESTS.contains(&word))
}

/// Open findings of a scan, by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Findings {
    /// Critical ones.
    #[ts(type = "number")]
    pub critical: u64,
    /// High ones.
    #[ts(type = "number")]
    pub high: u64,
    /// Medium ones.
    #[ts(type = "number")]
    pub medium: u64,
    /// Low ones.
    #[ts(type = "number")]
    pub low: u64,
    /// Those to which the file gives no severity.
    #[ts(type = "number")]
    pub unrated: u64,
}

/// One automated test, build or scan run at a commit, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The ledger-wide name: `github:acme/pay/runs/77`.
    pub id: String,
    /// The tool it comes from: `github`, `jenkins`.
    pub source: String,
    /// Repository that was checked.
    pub repository: Option<String>,
    /// Name of the workflow, job or scanner.
    pub name: String,
    /// What it looks at.
    pub kind: CheckKind,
    /// Commit that was checked; without one, the check proves nothing about a change.
    pub commit: Option<String>,
    /// Branch that was checked.
    pub branch: Option<String>,
    /// What started it, as the source says it: `push`, `pull_request`.
    pub trigger: Option<String>,
    /// How it ended.
    pub outcome: Option<CheckOutcome>,
    /// Which attempt this is, from 1. A later attempt overwrites the outcome of an earlier one.
    pub attempt: Option<u32>,
    /// Who started it.
    pub actor: Option<Person>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// What a scan found.
    pub findings: Option<Findings>,
    /// Web address.
    pub url: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_a_test_unless_its_name_says_that_it_delivers_or_tidies() {
        let check = |name: &str, expected: bool| assert_eq!(is_test(name), expected, "{name}");
        check("CI", true);
        check("build-and-test", true);
        check("pay-api main", true);
        check("Deployable artefacts", true);
        check("Deploy to production", false);
        check("release/prod", false);
        check("Mark stale issues", false);
    }
}
