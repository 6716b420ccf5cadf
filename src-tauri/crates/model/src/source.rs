//! The kinds of export that can be imported, and the facts that a file can carry.

pub use crate::fact::Fact;
use serde::{Deserialize, Serialize};

/// One kind of export file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// `gh pr list --json`.
    GithubGh,
    /// `gh api repos/O/R/pulls`.
    GithubRestPulls,
    /// `gh api repos/O/R/pulls/N/reviews`.
    GithubRestReviews,
    /// `gh api graphql` with pull requests.
    GithubGraphql,
    /// `archive.json`: a repository's whole history in one object.
    GithubArchive,
    /// GitHub webhook deliveries with pull requests, reviews or issues.
    GithubWebhook,
    /// `glab api projects/ID/merge_requests`.
    GitlabMergeRequests,
    /// `glab api projects/ID/merge_requests/N/approvals`.
    GitlabApprovals,
    /// `glab api projects/ID/merge_requests/N/notes`.
    GitlabNotes,
    /// `glab api projects/ID/issues`.
    GitlabIssues,
    /// GitLab's merge requests, exported as CSV.
    GitlabMergeRequestsCsv,
    /// GitLab's issues, exported as CSV.
    GitlabIssuesCsv,
    /// Bitbucket Cloud's pull requests.
    BitbucketPulls,
    /// Bitbucket Cloud's activity of pull requests.
    BitbucketActivity,
    /// Bitbucket Server's and Data Center's pull requests.
    BitbucketServerPulls,
    /// Bitbucket Server's and Data Center's activities of pull requests.
    BitbucketServerActivities,
    /// `az repos pr list`, or Azure DevOps' REST answer with pull requests.
    AzureReposPulls,
    /// Azure DevOps' threads of a pull request, with its votes.
    AzureReposThreads,
    /// Gitea's and Forgejo's pull requests.
    GiteaPulls,
    /// Gitea's and Forgejo's reviews.
    GiteaReviews,
    /// A raw table of a data pipeline such as Airbyte: one JSON record per row, in a column.
    PipelineCsv,
    /// Jira's "Export CSV", in any language.
    JiraCsv,
    /// Jira's REST answer with issues, version 2 or 3.
    JiraJson,
    /// Jira's "Export XML" (RSS).
    JiraXml,
    /// Approvals of Jira Service Management requests.
    JsmApprovals,
    /// Linear's "Export CSV".
    LinearCsv,
    /// Asana's "Export CSV" of a project.
    AsanaCsv,
    /// A Notion database as CSV.
    NotionCsv,
    /// A query of Azure Boards as CSV.
    AzureBoardsCsv,
    /// A ServiceNow list as CSV, or a sheet of its Excel export.
    ServicenowCsv,
    /// A ServiceNow table as JSON: REST or list export.
    ServicenowJson,
    /// A ServiceNow list as XML.
    ServicenowXml,
    /// PagerDuty's REST answer with incidents.
    PagerdutyJson,
    /// PagerDuty's incident reports as CSV.
    PagerdutyCsv,
    /// PagerDuty's analytics of incidents, as JSON.
    PagerdutyAnalytics,
    /// The notes of one PagerDuty incident.
    PagerdutyNotes,
    /// Log entries of PagerDuty incidents.
    PagerdutyLog,
    /// Opsgenie's incidents.
    OpsgenieIncidents,
    /// Opsgenie's alerts, which are no incidents.
    OpsgenieAlerts,
    /// Opsgenie's alerts as CSV.
    OpsgenieCsv,
    /// incident.io's incidents, version 2.
    IncidentIo,
    /// Rootly's incidents.
    Rootly,
    /// FireHydrant's incidents.
    Firehydrant,
    /// Incidents of a Statuspage, public or from its management interface.
    Statuspage,
    /// Grafana OnCall's alert groups, which are no incidents.
    GrafanaOncall,
    /// Resolution notes of Grafana OnCall's alert groups.
    GrafanaOncallNotes,
    /// GitHub's audit log as JSON.
    GithubAuditJson,
    /// GitHub's audit log as CSV.
    GithubAuditCsv,
    /// GitHub's rule suites: pushes that were judged by rulesets.
    GithubRuleSuites,
    /// `gh api repos/O/R/deployments`, or deployments from GraphQL.
    GithubDeployments,
    /// `gh api repos/O/R/deployments/N/statuses`.
    GithubDeploymentStatuses,
    /// `gh run list --json`, or runs of GitHub Actions from REST.
    GithubRuns,
    /// `gh api repos/O/R/dependabot/alerts`.
    GithubDependabot,
    /// Branch protection and rulesets of GitHub.
    GithubBranchRules,
    /// `gh api repos/O/R/commits`.
    GithubCommits,
    /// `git log` in a format of its own.
    GitLog,
    /// `glab api projects/ID/deployments`.
    GitlabDeployments,
    /// GitLab's chain of custody report.
    GitlabCustodyCsv,
    /// GitLab's compliance violations report.
    GitlabViolationsCsv,
    /// Applications of Argo CD with their history.
    ArgoCd,
    /// Builds of Jenkins.
    Jenkins,
    /// Workflows of CircleCI.
    Circleci,
    /// Runs of Azure Pipelines.
    AzurePipelines,
    /// Messages of a Slack export or of one channel.
    SlackMessages,
    /// The people and channels of a Slack export, which name no record by themselves.
    SlackUsers,
    /// SARIF: the result of a scanner such as CodeQL or Semgrep.
    Sarif,
    /// `npm audit --json`.
    NpmAudit,
    /// `snyk test --json`, or issues from Snyk's interface.
    Snyk,
    /// Any table, read through a column profile.
    GenericCsv,
}

impl SourceKind {
    /// Every kind, in the order in which documents list them.
    pub const ALL: [Self; 69] = [
        Self::GithubGh,
        Self::GithubRestPulls,
        Self::GithubRestReviews,
        Self::GithubGraphql,
        Self::GithubArchive,
        Self::GithubWebhook,
        Self::GitlabMergeRequests,
        Self::GitlabApprovals,
        Self::GitlabNotes,
        Self::GitlabIssues,
        Self::GitlabMergeRequestsCsv,
        Self::GitlabIssuesCsv,
        Self::BitbucketPulls,
        Self::BitbucketActivity,
        Self::BitbucketServerPulls,
        Self::BitbucketServerActivities,
        Self::AzureReposPulls,
        Self::AzureReposThreads,
        Self::GiteaPulls,
        Self::GiteaReviews,
        Self::PipelineCsv,
        Self::JiraCsv,
        Self::JiraJson,
        Self::JiraXml,
        Self::JsmApprovals,
        Self::LinearCsv,
        Self::AsanaCsv,
        Self::NotionCsv,
        Self::AzureBoardsCsv,
        Self::ServicenowCsv,
        Self::ServicenowJson,
        Self::ServicenowXml,
        Self::PagerdutyJson,
        Self::PagerdutyCsv,
        Self::PagerdutyAnalytics,
        Self::PagerdutyNotes,
        Self::PagerdutyLog,
        Self::OpsgenieIncidents,
        Self::OpsgenieAlerts,
        Self::OpsgenieCsv,
        Self::IncidentIo,
        Self::Rootly,
        Self::Firehydrant,
        Self::Statuspage,
        Self::GrafanaOncall,
        Self::GrafanaOncallNotes,
        Self::GithubAuditJson,
        Self::GithubAuditCsv,
        Self::GithubRuleSuites,
        Self::GithubDeployments,
        Self::GithubDeploymentStatuses,
        Self::GithubRuns,
        Self::GithubDependabot,
        Self::GithubBranchRules,
        Self::GithubCommits,
        Self::GitLog,
        Self::GitlabDeployments,
        Self::GitlabCustodyCsv,
        Self::GitlabViolationsCsv,
        Self::ArgoCd,
        Self::Jenkins,
        Self::Circleci,
        Self::AzurePipelines,
        Self::SlackMessages,
        Self::SlackUsers,
        Self::Sarif,
        Self::NpmAudit,
        Self::Snyk,
        Self::GenericCsv,
    ];

    /// The name on the command line and in JSON: `github-gh`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::GithubGh => "github-gh",
            Self::GithubRestPulls => "github-rest-pulls",
            Self::GithubRestReviews => "github-rest-reviews",
            Self::GithubGraphql => "github-graphql",
            Self::GithubArchive => "github-archive",
            Self::GithubWebhook => "github-webhook",
            Self::GitlabMergeRequests => "gitlab-merge-requests",
            Self::GitlabApprovals => "gitlab-approvals",
            Self::GitlabNotes => "gitlab-notes",
            Self::GitlabIssues => "gitlab-issues",
            Self::GitlabMergeRequestsCsv => "gitlab-merge-requests-csv",
            Self::GitlabIssuesCsv => "gitlab-issues-csv",
            Self::BitbucketPulls => "bitbucket-pulls",
            Self::BitbucketActivity => "bitbucket-activity",
            Self::BitbucketServerPulls => "bitbucket-server-pulls",
            Self::BitbucketServerActivities => "bitbucket-server-activities",
            Self::AzureReposPulls => "azure-repos-pulls",
            Self::AzureReposThreads => "azure-repos-threads",
            Self::GiteaPulls => "gitea-pulls",
            Self::GiteaReviews => "gitea-reviews",
            Self::PipelineCsv => "pipeline-csv",
            Self::JiraCsv => "jira-csv",
            Self::JiraJson => "jira-json",
            Self::JiraXml => "jira-xml",
            Self::JsmApprovals => "jsm-approvals",
            Self::LinearCsv => "linear-csv",
            Self::AsanaCsv => "asana-csv",
            Self::NotionCsv => "notion-csv",
            Self::AzureBoardsCsv => "azure-boards-csv",
            Self::ServicenowCsv => "servicenow-csv",
            Self::ServicenowJson => "servicenow-json",
            Self::ServicenowXml => "servicenow-xml",
            Self::PagerdutyJson => "pagerduty-json",
            Self::PagerdutyCsv => "pagerduty-csv",
            Self::PagerdutyAnalytics => "pagerduty-analytics",
            Self::PagerdutyNotes => "pagerduty-notes",
            Self::PagerdutyLog => "pagerduty-log",
            Self::OpsgenieIncidents => "opsgenie-incidents",
            Self::OpsgenieAlerts => "opsgenie-alerts",
            Self::OpsgenieCsv => "opsgenie-csv",
            Self::IncidentIo => "incident-io",
            Self::Rootly => "rootly",
            Self::Firehydrant => "firehydrant",
            Self::Statuspage => "statuspage",
            Self::GrafanaOncall => "grafana-oncall",
            Self::GrafanaOncallNotes => "grafana-oncall-notes",
            Self::GithubAuditJson => "github-audit-json",
            Self::GithubAuditCsv => "github-audit-csv",
            Self::GithubRuleSuites => "github-rule-suites",
            Self::GithubDeployments => "github-deployments",
            Self::GithubDeploymentStatuses => "github-deployment-statuses",
            Self::GithubRuns => "github-runs",
            Self::GithubDependabot => "github-dependabot",
            Self::GithubBranchRules => "github-branch-rules",
            Self::GithubCommits => "github-commits",
            Self::GitLog => "git-log",
            Self::GitlabDeployments => "gitlab-deployments",
            Self::GitlabCustodyCsv => "gitlab-custody-csv",
            Self::GitlabViolationsCsv => "gitlab-violations-csv",
            Self::ArgoCd => "argo-cd",
            Self::Jenkins => "jenkins",
            Self::Circleci => "circleci",
            Self::AzurePipelines => "azure-pipelines",
            Self::SlackMessages => "slack-messages",
            Self::SlackUsers => "slack-users",
            Self::Sarif => "sarif",
            Self::NpmAudit => "npm-audit",
            Self::Snyk => "snyk",
            Self::GenericCsv => "generic-csv",
        }
    }

    /// The tool that wrote the file: `github`, `jira`, `pagerduty`, `csv`.
    #[must_use]
    pub const fn tool(self) -> &'static str {
        match self {
            Self::GithubGh
            | Self::GithubRestPulls
            | Self::GithubRestReviews
            | Self::GithubGraphql
            | Self::GithubArchive
            | Self::GithubWebhook
            | Self::GithubAuditJson
            | Self::GithubAuditCsv
            | Self::GithubRuleSuites
            | Self::GithubDeployments
            | Self::GithubDeploymentStatuses
            | Self::GithubRuns
            | Self::GithubDependabot
            | Self::GithubBranchRules
            | Self::GithubCommits => "github",
            Self::GitlabMergeRequests
            | Self::GitlabApprovals
            | Self::GitlabNotes
            | Self::GitlabIssues
            | Self::GitlabMergeRequestsCsv
            | Self::GitlabIssuesCsv
            | Self::GitlabDeployments
            | Self::GitlabCustodyCsv
            | Self::GitlabViolationsCsv => "gitlab",
            Self::BitbucketPulls | Self::BitbucketActivity => "bitbucket",
            Self::BitbucketServerPulls | Self::BitbucketServerActivities => "bitbucket-server",
            Self::AzureReposPulls | Self::AzureReposThreads => "azure-repos",
            Self::GiteaPulls | Self::GiteaReviews => "gitea",
            Self::JiraCsv | Self::JiraJson | Self::JiraXml | Self::JsmApprovals => "jira",
            Self::LinearCsv => "linear",
            Self::AsanaCsv => "asana",
            Self::NotionCsv => "notion",
            Self::AzureBoardsCsv => "azure-boards",
            Self::ServicenowCsv | Self::ServicenowJson | Self::ServicenowXml => "servicenow",
            Self::PagerdutyJson
            | Self::PagerdutyCsv
            | Self::PagerdutyAnalytics
            | Self::PagerdutyNotes
            | Self::PagerdutyLog => "pagerduty",
            Self::OpsgenieIncidents | Self::OpsgenieAlerts | Self::OpsgenieCsv => "opsgenie",
            Self::IncidentIo => "incident.io",
            Self::Rootly => "rootly",
            Self::Firehydrant => "firehydrant",
            Self::Statuspage => "statuspage",
            Self::GrafanaOncall | Self::GrafanaOncallNotes => "grafana",
            Self::GitLog => "git",
            Self::ArgoCd => "argocd",
            Self::Jenkins => "jenkins",
            Self::Circleci => "circleci",
            Self::AzurePipelines => "azure-pipelines",
            Self::SlackMessages | Self::SlackUsers => "slack",
            Self::Sarif => "sarif",
            Self::NpmAudit => "npm",
            Self::Snyk => "snyk",
            Self::PipelineCsv | Self::GenericCsv => "csv",
        }
    }

    /// From its [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
