//! Numbers of rows at which tools stop without a word, for every kind of export in one table.
//!
//! A file with exactly so many rows may be complete; a person has to look.

use change_ledger_model::source::SourceKind;

/// A number of rows at which a tool stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Rows in a file that was cut there.
    pub(crate) rows: u64,
    /// What stops there and what to do about it, as a sentence.
    pub(crate) meaning: &'static str,
}

const fn limit(rows: u64, meaning: &'static str) -> Limit {
    Limit { rows, meaning }
}

const GITHUB: &[Limit] = &[
    limit(30, "gh lists 30 rows unless --limit says otherwise."),
    limit(100, "GitHub answers at most 100 rows at a time; use --paginate or a higher --limit."),
    limit(1_000, "GitHub's search answers at most 1,000 rows; split the export by date."),
];

const GITLAB: &[Limit] = &[
    limit(20, "GitLab answers 20 rows unless per_page says otherwise; use --paginate."),
    limit(100, "GitLab answers at most 100 rows at a time; use --paginate."),
];

const BITBUCKET: &[Limit] = &[
    limit(10, "Bitbucket answers 10 rows unless pagelen says otherwise; fetch the other pages."),
    limit(50, "Bitbucket answers at most 50 rows at a time; fetch the other pages."),
];

const BITBUCKET_SERVER: &[Limit] = &[
    limit(25, "Bitbucket Server answers 25 rows unless limit says otherwise; fetch the other pages with start."),
    limit(1_000, "Bitbucket Server answers at most 1,000 rows at a time; fetch the other pages with start."),
];

const AZURE_REPOS: &[Limit] = &[
    limit(50, "az lists 50 rows unless --top says otherwise."),
    limit(101, "Azure DevOps answers 101 rows unless $top says otherwise; fetch the other pages with $skip."),
    limit(1_000, "Azure DevOps answers at most 1,000 rows at a time; fetch the other pages with $skip."),
];

const GITEA: &[Limit] = &[
    limit(30, "Gitea answers 30 rows unless limit says otherwise; fetch the other pages."),
    limit(50, "Gitea answers at most 50 rows at a time; fetch the other pages."),
];

const JIRA_CSV: &[Limit] = &[limit(
    1_000,
    "Jira stops there unless an administrator raised the limit, so that issues may be missing. Export shorter periods and import each file.",
)];

const JIRA_JSON: &[Limit] = &[
    limit(50, "Jira answers 50 issues unless maxResults says otherwise; fetch the other pages."),
    limit(100, "Jira answers at most 100 issues with their fields at a time; fetch the other pages."),
    limit(1_000, "Jira answers at most 1,000 issues at a time; fetch the other pages."),
];

const SERVICENOW: &[Limit] = &[
    limit(
        10_000,
        "ServiceNow stops there unless an administrator raised the limit. Export shorter periods and import each file.",
    ),
    limit(32_000, "ServiceNow begins a new sheet there: import every sheet of the workbook."),
];

const AZURE_BOARDS: &[Limit] =
    &[limit(1_000, "Azure Boards exports 1,000 work items from some of its pages; split the query by date.")];

const PAGERDUTY_JSON: &[Limit] = &[
    limit(25, "PagerDuty answers 25 rows unless limit says otherwise; fetch the other pages with offset."),
    limit(100, "PagerDuty answers at most 100 rows at a time; fetch the other pages with offset."),
    limit(10_000, "PagerDuty's pages end at 10,000 rows; export shorter periods."),
];

const PAGERDUTY_ANALYTICS: &[Limit] = &[
    limit(20, "PagerDuty's analytics answer 20 rows unless limit says otherwise; fetch the other pages."),
    limit(1_000, "PagerDuty's analytics answer at most 1,000 rows at a time; fetch the other pages."),
];

const PAGERDUTY_CSV: &[Limit] = &[limit(
    20_000,
    "PagerDuty stops there, so that incidents may be missing. Export shorter periods and import each file.",
)];

const OPSGENIE: &[Limit] = &[
    limit(20, "Opsgenie answers 20 rows unless limit says otherwise; fetch the other pages."),
    limit(100, "Opsgenie answers at most 100 rows at a time; fetch the other pages."),
    limit(20_000, "Opsgenie's pages end at 20,000 rows; export shorter periods."),
];

const INCIDENT_IO: &[Limit] = &[
    limit(25, "incident.io answers 25 incidents unless page_size says otherwise; fetch the other pages with after."),
    limit(250, "incident.io answers at most 250 incidents at a time; fetch the other pages with after."),
    limit(500, "incident.io answers at most 500 incidents at a time; fetch the other pages with after."),
];

const ROOTLY: &[Limit] = &[
    limit(25, "Rootly answers 25 incidents unless page[size] says otherwise; fetch the other pages."),
    limit(100, "Rootly answers at most 100 incidents at a time; fetch the other pages."),
];

const FIREHYDRANT: &[Limit] = &[
    limit(20, "FireHydrant answers 20 incidents unless per_page says otherwise; fetch the other pages."),
    limit(200, "FireHydrant answers at most 200 incidents at a time; fetch the other pages."),
];

const STATUSPAGE: &[Limit] = &[
    limit(50, "A public Statuspage lists only its latest 50 incidents; older ones are in its management interface."),
    limit(100, "Statuspage's management interface answers 100 incidents at a time; fetch the other pages."),
];

const GRAFANA_ONCALL: &[Limit] = &[
    limit(50, "Grafana OnCall answers 50 rows unless perpage says otherwise; fetch the other pages."),
    limit(100, "Grafana OnCall answers at most 100 rows at a time; fetch the other pages."),
];

const GITHUB_RUNS: &[Limit] = &[
    limit(20, "gh run list lists 20 runs unless --limit says otherwise."),
    limit(30, "GitHub answers 30 rows at a time unless per_page says otherwise; use --paginate."),
    limit(100, "GitHub answers at most 100 rows at a time; use --paginate or a higher --limit."),
    limit(1_000, "GitHub answers at most 1,000 runs of a search; split the export by date."),
];

const GITHUB_LISTS: &[Limit] = &[
    limit(30, "GitHub answers 30 rows at a time unless per_page says otherwise; use --paginate."),
    limit(100, "GitHub answers at most 100 rows at a time; use --paginate."),
];

const GITLAB_CUSTODY: &[Limit] =
    &[limit(1_024, "GitLab lists at most 1,024 commits of a project; export shorter periods.")];

const JENKINS: &[Limit] = &[limit(100, "Jenkins lists the last 100 builds under builds; ask for allBuilds.")];

/// The limits of one kind of export, smallest first; none where a file always holds everything.
pub(crate) const fn of(kind: SourceKind) -> &'static [Limit] {
    match kind {
        SourceKind::GithubGh
        | SourceKind::GithubRestPulls
        | SourceKind::GithubRestReviews
        | SourceKind::GithubGraphql => GITHUB,
        SourceKind::GitlabMergeRequests
        | SourceKind::GitlabNotes
        | SourceKind::GitlabIssues
        | SourceKind::GitlabDeployments => GITLAB,
        SourceKind::BitbucketPulls | SourceKind::BitbucketActivity => BITBUCKET,
        SourceKind::BitbucketServerPulls | SourceKind::BitbucketServerActivities => BITBUCKET_SERVER,
        SourceKind::AzureReposPulls => AZURE_REPOS,
        SourceKind::GiteaPulls | SourceKind::GiteaReviews => GITEA,
        SourceKind::JiraCsv | SourceKind::JiraXml => JIRA_CSV,
        SourceKind::JiraJson => JIRA_JSON,
        SourceKind::ServicenowCsv | SourceKind::ServicenowJson | SourceKind::ServicenowXml => SERVICENOW,
        SourceKind::AzureBoardsCsv => AZURE_BOARDS,
        SourceKind::PagerdutyJson | SourceKind::PagerdutyLog => PAGERDUTY_JSON,
        SourceKind::PagerdutyAnalytics => PAGERDUTY_ANALYTICS,
        SourceKind::PagerdutyCsv => PAGERDUTY_CSV,
        SourceKind::OpsgenieIncidents | SourceKind::OpsgenieAlerts => OPSGENIE,
        SourceKind::IncidentIo => INCIDENT_IO,
        SourceKind::Rootly => ROOTLY,
        SourceKind::Firehydrant => FIREHYDRANT,
        SourceKind::Statuspage => STATUSPAGE,
        SourceKind::GrafanaOncall | SourceKind::GrafanaOncallNotes => GRAFANA_ONCALL,
        SourceKind::GithubRuns => GITHUB_RUNS,
        SourceKind::GithubAuditJson
        | SourceKind::GithubRuleSuites
        | SourceKind::GithubDeployments
        | SourceKind::GithubDeploymentStatuses
        | SourceKind::GithubDependabot
        | SourceKind::GithubCommits => GITHUB_LISTS,
        SourceKind::GitlabCustodyCsv => GITLAB_CUSTODY,
        SourceKind::Jenkins => JENKINS,
        _ => &[],
    }
}

/// What GitLab's tables grow to at most: 15 MiB, at which it stops between two rows, and a little more.
const GITLAB_TABLE_BYTES: u64 = 15_000_000;

/// What a file of so many bytes may have lost, as a sentence; `None` when nothing stops there.
pub(crate) fn size_warning(kind: SourceKind, bytes: u64) -> Option<String> {
    let is_of_gitlab = matches!(kind, SourceKind::GitlabMergeRequestsCsv | SourceKind::GitlabIssuesCsv);
    (is_of_gitlab && bytes >= GITLAB_TABLE_BYTES).then(|| {
        format!(
            "The file is {} MB large, and GitLab stops at 15 MB without a word: rows may be missing. Export shorter periods and import each file.",
            bytes / 1_000_000
        )
    })
}

/// What no file of this kind holds though its rows do not show that it is missing, as a sentence. Supporting records in
/// JSON say so themselves.
pub(crate) const fn coverage(kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::GithubAuditCsv => Some(
            "GitHub's page of the audit log exports three months unless created: is given; what was before is not in this file.",
        ),
        SourceKind::GitlabCustodyCsv => {
            Some("GitLab's chain of custody goes one month back; older commits are not in this file.")
        }
        SourceKind::Statuspage => Some(
            "A status page says what customers were told: an outage may have begun earlier and ended at another time.",
        ),
        _ => None,
    }
}

/// What a file of so many rows may have lost, as sentences; `None` when it has no suspicious length.
pub(crate) fn warning(kind: SourceKind, rows: u64) -> Option<String> {
    let limit = of(kind).iter().find(|limit| limit.rows == rows)?;
    Some(format!(
        "The file holds exactly {rows} rows, which is a limit of the export: there may be more. {}",
        limit.meaning
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_as_long_as_a_limit_is_suspicious() {
        let check = |kind: SourceKind, limits: &[u64]| {
            for rows in 0..30_001 {
                assert_eq!(warning(kind, rows).is_some(), limits.contains(&rows), "{} with {rows} rows", kind.name());
            }
        };
        check(SourceKind::GithubGh, &[30, 100, 1_000]);
        check(SourceKind::GithubArchive, &[]);
        check(SourceKind::GitlabMergeRequests, &[20, 100]);
        check(SourceKind::GitlabApprovals, &[]);
        check(SourceKind::BitbucketPulls, &[10, 50]);
        check(SourceKind::BitbucketServerPulls, &[25, 1_000]);
        check(SourceKind::AzureReposPulls, &[50, 101, 1_000]);
        check(SourceKind::GiteaPulls, &[30, 50]);
        check(SourceKind::JiraCsv, &[1_000]);
        check(SourceKind::PagerdutyJson, &[25, 100, 10_000]);
        check(SourceKind::PagerdutyAnalytics, &[20, 1_000]);
        check(SourceKind::PagerdutyNotes, &[]);
        check(SourceKind::PagerdutyCsv, &[20_000]);
        check(SourceKind::OpsgenieIncidents, &[20, 100, 20_000]);
        check(SourceKind::IncidentIo, &[25, 250, 500]);
        check(SourceKind::Rootly, &[25, 100]);
        check(SourceKind::Firehydrant, &[20, 200]);
        check(SourceKind::Statuspage, &[50, 100]);
        check(SourceKind::GrafanaOncall, &[50, 100]);
        check(SourceKind::GithubRuns, &[20, 30, 100, 1_000]);
        check(SourceKind::GithubDeployments, &[30, 100]);
        check(SourceKind::GitlabCustodyCsv, &[1_024]);
        check(SourceKind::GenericCsv, &[]);
    }

    #[test]
    fn a_table_as_large_as_a_limit_is_suspicious() {
        let check = |kind: SourceKind, bytes: u64, expected: bool| {
            assert_eq!(size_warning(kind, bytes).is_some(), expected, "{} of {bytes} bytes", kind.name());
        };
        check(SourceKind::GitlabIssuesCsv, 15 * 1024 * 1024, true);
        check(SourceKind::GitlabMergeRequestsCsv, 15_000_000, true);
        check(SourceKind::GitlabMergeRequestsCsv, 14_999_999, false);
        check(SourceKind::JiraCsv, 15 * 1024 * 1024, false);
    }

    #[test]
    fn every_limit_is_a_sentence_and_they_stand_in_order() {
        for kind in SourceKind::ALL {
            let limits = of(kind);
            assert!(limits.is_sorted_by_key(|limit| limit.rows), "{}", kind.name());
            for limit in limits {
                assert!(limit.meaning.ends_with('.'), "{}: {}", kind.name(), limit.meaning);
            }
        }
    }
}
