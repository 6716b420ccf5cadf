//! GitLab's compliance reports as tables: the chain of custody, and violations.
//!
//! The spelling of their headers differs between versions, so that columns are found by their words.

use super::address::{gitlab_change, gitlab_project};
use crate::{
    IngestError, Reading,
    source::SourceEntry,
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    person::Person,
    record::{Bypass, CodeCommit, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const CUSTODY: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabCustodyCsv,
    title: "GitLab chain of custody report",
    command: "Group > Secure > Compliance center > Export > Chain of custody report",
    facts: &[Fact::Commits, Fact::Author],
    cannot_tell: "more than a month; merge requests by their number",
    traps: &[
        "one month back and at most 1,024 commits of a project",
        "a commit without a merge request was pushed directly",
        "older reports list merge commits only, with numbers of merge requests that nobody knows them by",
    ],
};

pub(in crate::source) const VIOLATIONS: SourceEntry = SourceEntry {
    kind: SourceKind::GitlabViolationsCsv,
    title: "GitLab compliance violations report",
    command: "Group > Secure > Compliance center > Export > Violations report",
    facts: &[Fact::Bypass, Fact::BypassedRule],
    cannot_tell: "proof: some are none",
    traps: &[
        "less than two approvals is a violation even where the rule asks for one",
        "a merge request that was merged with another one is one too: a hint, not a proof",
    ],
};

/// Where the columns are; which of them a report has, depends on its kind.
#[derive(Debug, Default)]
struct Columns {
    sha: Option<usize>,
    merge_sha: Option<usize>,
    author: Option<usize>,
    committer: Option<usize>,
    committed_at: Option<usize>,
    merge_request: Option<usize>,
    merged_by: Option<usize>,
    merged_at: Option<usize>,
    approvers: Option<usize>,
    pipeline: Option<usize>,
    group: Option<usize>,
    project: Option<usize>,
    severity: Option<usize>,
    violation: Option<usize>,
    address: Option<usize>,
}

impl Columns {
    fn of(names: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in names.iter().enumerate() {
            let slot = match header::plain(name).as_str() {
                "commit sha" | "commit" | "sha" => &mut columns.sha,
                "merge commit" | "merge commit sha" => &mut columns.merge_sha,
                "commit author" | "author" | "change made by" => &mut columns.author,
                "committer" => &mut columns.committer,
                "date committed" | "committed at" | "commit date" => &mut columns.committed_at,
                "mr id" | "merge request" | "merge request id" | "merge request iid" => &mut columns.merge_request,
                "merged by" => &mut columns.merged_by,
                "date merged" | "merged at" => &mut columns.merged_at,
                "approver s" | "approvers" | "approved by" => &mut columns.approvers,
                "pipeline" | "pipeline id" => &mut columns.pipeline,
                "group" => &mut columns.group,
                "project" | "project path" => &mut columns.project,
                "severity" => &mut columns.severity,
                "violation" | "violation reason" | "reason" => &mut columns.violation,
                "mr url" | "merge request url" => &mut columns.address,
                _ => continue,
            };
            slot.get_or_insert(column);
        }
        columns
    }

    fn are_of_custody(&self) -> bool {
        let found = [self.pipeline, self.approvers, self.merge_request, self.merged_by].into_iter().flatten().count();
        self.project.is_some() && self.merge_sha.or(self.sha).is_some() && found >= 3
    }

    fn are_of_violations(&self) -> bool {
        self.violation.is_some() && self.address.or(self.merge_request).is_some() && self.merged_at.is_some()
    }
}

/// Which of the two reports a table is, and why; `None` when it is neither.
pub(super) fn recognise(head: &Head) -> Option<(SourceKind, String)> {
    let columns = Columns::of(&head.header);
    if columns.are_of_violations() {
        let reason = "It has the columns violation, merge request and date merged, as GitLab's violations report does.";
        return Some((SourceKind::GitlabViolationsCsv, reason.to_owned()));
    }
    let reason = "It has the columns of commits, merge requests and approvers of GitLab's chain of custody report.";
    columns.are_of_custody().then(|| (SourceKind::GitlabCustodyCsv, reason.to_owned()))
}

fn wrong_columns(reading: &Reading, needed: &str) -> IngestError {
    IngestError::NotRecognised {
        file: reading.file.clone(),
        seen: format!("it needs the columns {needed}, and its columns are {}", header::listed(header_of(reading))),
        hint: "Export the report anew from GitLab's compliance center.".to_owned(),
    }
}

fn cell(cells: &Cells, column: Option<usize>) -> Option<(usize, &str)> {
    column.and_then(|column| Some((column, cells.value(column)?)))
}

fn text(cells: &Cells, column: Option<usize>) -> Option<String> {
    cell(cells, column).map(|(_, text)| text.to_owned())
}

fn person(cells: &Cells, column: Option<usize>) -> Option<Person> {
    cell(cells, column).map(|(_, name)| Person::named(name, None, false))
}

/// The chain of custody: commits.
pub(super) struct Custody(Columns);

impl Custody {
    pub(super) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let columns = Columns::of(header_of(reading));
        let is_complete = columns.sha.or(columns.merge_sha).is_some() && columns.project.is_some();
        if is_complete { Ok(Self(columns)) } else { Err(wrong_columns(reading, "Commit SHA and Project")) }
    }
}

impl TableSource for Custody {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        [self.0.committed_at, self.0.merged_at].into_iter().filter_map(|column| cell(cells, column)).collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.0;
        let Some(sha) = text(cells, columns.sha.or(columns.merge_sha)) else {
            return Err(CellFault {
                column: columns.sha.or(columns.merge_sha),
                reason: "The row names no commit.".to_owned(),
            });
        };
        let Some(project) = text(cells, columns.project) else {
            return Err(CellFault { column: columns.project, reason: "The row names no project.".to_owned() });
        };
        let repository = match text(cells, columns.group) {
            Some(group) if !project.contains('/') => format!("{group}/{project}"),
            _ => project,
        };
        let committed_at = times.decisive(cell(cells, columns.committed_at.or(columns.merged_at)))?;
        let sha = sha.to_ascii_lowercase();
        Ok(vec![Record::Commit(Box::new(CodeCommit {
            id: format!("gitlab:{}@{sha}", repository.to_lowercase()),
            source: "gitlab".to_owned(),
            repository,
            sha,
            title: String::new(),
            body: None,
            author: person(cells, columns.author),
            committer: person(cells, columns.committer),
            authored_at: None,
            committed_at,
            parents: None,
            branch: None,
            // The number in the report is not always the one that people know the merge request by.
            change: None,
            is_direct_push: columns.merge_request.map(|column| cells.value(column).is_none()),
            url: None,
            mentions: Vec::new(),
        }))])
    }

    fn askable(&self) -> &'static [Fact] {
        CUSTODY.facts
    }
}

/// Violations: hints at skipped rules.
pub(super) struct Violations(Columns);

impl Violations {
    pub(super) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let columns = Columns::of(header_of(reading));
        if columns.are_of_violations() {
            Ok(Self(columns))
        } else {
            Err(wrong_columns(reading, "Violation, Merge request URL and Date merged"))
        }
    }
}

impl TableSource for Violations {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        cell(cells, self.0.merged_at).into_iter().collect()
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.0;
        let Some(violation) = text(cells, columns.violation) else {
            return Err(CellFault { column: columns.violation, reason: "The row names no violation.".to_owned() });
        };
        let address = columns.address.or(columns.merge_request);
        let Some(url) = text(cells, address) else {
            return Err(CellFault { column: address, reason: "The row names no merge request.".to_owned() });
        };
        let change = gitlab_change(&url);
        Ok(vec![Record::Bypass(Box::new(Bypass {
            id: format!("gitlab-violation:{}/{violation}", change.as_deref().unwrap_or(&url)),
            source: "gitlab".to_owned(),
            repository: gitlab_project(&url).or_else(|| text(cells, columns.project)),
            branch: None,
            actor: person(cells, columns.merged_by),
            at: times.decisive(cell(cells, columns.merged_at))?,
            change,
            commit_before: None,
            commit_after: None,
            rules: Some(vec![violation]),
            // A hint with known false positives: it does not prove that a review rule was skipped.
            skipped_review: None,
            url: Some(url),
        }))])
    }

    fn askable(&self) -> &'static [Fact] {
        VIOLATIONS.facts
    }
}
