import type { ApprovalTiming } from "../../bindings/ApprovalTiming";
import type { ChartKind } from "../../bindings/ChartKind";
import type { Class } from "../../bindings/Class";
import type { ControlAnswer } from "../../bindings/ControlAnswer";
import type { Fact } from "../../bindings/Fact";
import type { FoundIn } from "../../bindings/FoundIn";
import type { ImportStatus } from "../../bindings/ImportStatus";
import type { IncidentLinkState } from "../../bindings/IncidentLinkState";
import type { Job } from "../../bindings/Job";
import type { Missing } from "../../bindings/Missing";
import type { RatioState } from "../../bindings/RatioState";
import type { ReviewState } from "../../bindings/ReviewState";
import type { Signal } from "../../bindings/Signal";
import type { SourceKind } from "../../bindings/SourceKind";
import type { TimelineKind } from "../../bindings/TimelineKind";
import type { Verdict } from "../../bindings/Verdict";

/** The four states that colours stand for, and none. */
export type Tone = "good" | "warn" | "bad" | "unknown" | "plain";

export const classWords: Record<Class, string> = {
  declared_emergency: "declared emergency",
  unlabelled_emergency: "unlabelled emergency",
  unreviewed: "unreviewed",
  exempt: "exempt",
  routine: "routine",
};

export const classTones: Record<Class, Tone> = {
  declared_emergency: "plain",
  unlabelled_emergency: "bad",
  unreviewed: "warn",
  exempt: "plain",
  routine: "plain",
};

export const missingWords: Record<Missing, string> = {
  incident: "incident link",
  label: "label",
  authorisation: "authorisation",
  justification: "justification",
  review: "review",
};

export const reviewWords: Record<ReviewState, string> = {
  not_owed: "no review owed",
  on_time: "reviewed on time",
  late: "reviewed late",
  pending: "review pending",
  overdue: "review overdue",
  unknown: "review unknown",
};

export const reviewTones: Record<ReviewState, Tone> = {
  not_owed: "plain",
  on_time: "good",
  late: "warn",
  pending: "plain",
  overdue: "bad",
  unknown: "unknown",
};

export const approvalWords: Record<ApprovalTiming, string> = {
  before: "approved before",
  after: "approved after",
  never: "never approved",
  unknown: "approval unknown",
};

export const approvalTones: Record<ApprovalTiming, Tone> = {
  before: "good",
  after: "warn",
  never: "bad",
  unknown: "unknown",
};

export const ratioTones: Record<RatioState, Tone> = {
  within: "good",
  warning: "warn",
  breach: "bad",
  "n/a": "unknown",
};

export const signalWords: Record<Signal, string> = {
  emergency_label: "Emergency label",
  emergency_ticket: "Emergency ticket",
  unreviewed: "Unreviewed at implementation",
  bypass_recorded: "Bypass recorded",
  hotfix_branch: "Hotfix branch",
  emergency_words: "Emergency words",
  incident_link: "Incident link",
  incident_window: "During an incident",
  fast_merge: "Fast merge",
  out_of_hours: "Out of hours",
};

export const verdictWords: Record<Verdict, string> = {
  approved: "approved",
  changes_requested: "requested changes",
  commented: "commented",
  dismissed: "dismissed",
  withdrawn: "withdrew approval",
  reset: "took every approval back",
};

export const controlWords: Record<ControlAnswer, string> = {
  pass: "pass",
  fail: "fail",
  not_applicable: "not applicable",
  unknown: "unknown",
};

export const controlTones: Record<ControlAnswer, Tone> = {
  pass: "good",
  fail: "bad",
  not_applicable: "plain",
  unknown: "unknown",
};

export const incidentLinkWords: Record<IncidentLinkState, string> = {
  missing: "No link to an incident",
  dangling: "Names an incident that was not imported",
  one_way: "Linked to an incident that does not name the change back",
  two_way: "Linked to an incident that names the change back",
  unknown: "Not known: the imported files did not carry every text that may name an incident",
};

export const incidentLinkTones: Record<IncidentLinkState, Tone> = {
  missing: "bad",
  dangling: "warn",
  one_way: "good",
  two_way: "good",
  unknown: "unknown",
};

export const foundInWords: Record<FoundIn, string> = {
  link_field: "in a link field",
  address: "by an address in the text",
  title: "in the title",
  body: "in the description",
  branch: "in the branch name",
  label: "in a label",
  note: "in a note",
  person: "by a person",
};

export const timelineWords: Record<TimelineKind, string> = {
  opened: "Opened",
  approved: "Approved",
  reviewed: "Reviewed",
  implemented: "Implemented",
  due: "Review due",
  incident_opened: "Incident began",
  incident_resolved: "Incident resolved",
  ticket: "Ticket",
};

export const factWords: Record<Fact, string> = {
  author: "who opened it",
  implementation_time: "when it was implemented",
  merger: "who merged it",
  approver: "who approved it",
  approval_time: "when it was approved",
  labels: "labels",
  text: "the description",
  base_branch: "the branch it went into",
  head_branch: "the branch it came from",
  merge_commit: "the merge commit",
  reviewed_commit: "which commit was reviewed",
  link_fields: "links to other records",
  change_type: "the kind of change",
  incident_times: "when incidents began and ended",
  severity: "severity",
  notes: "notes and comments",
  deployment_time: "deployment times",
  deployed_commit: "deployed commits",
  environment: "environments",
  bypass: "skipped branch rules",
  bypassed_rule: "which rule was skipped",
  check_outcome: "outcomes of tests and builds",
  checked_commit: "tested commits",
  finding_severity: "severities of findings",
  finding_times: "when findings were raised and fixed",
  branch_rules: "branch rules",
  commits: "commits",
};

export const sourceWords: Record<SourceKind, string> = {
  "github-gh": "GitHub pull requests (gh pr list)",
  "github-rest-pulls": "GitHub pull requests (REST)",
  "github-rest-reviews": "GitHub reviews (REST)",
  "github-graphql": "GitHub pull requests (GraphQL)",
  "github-archive": "GitHub archive",
  "github-webhook": "GitHub webhooks",
  "gitlab-merge-requests": "GitLab merge requests",
  "gitlab-approvals": "GitLab approvals",
  "gitlab-notes": "GitLab notes",
  "gitlab-issues": "GitLab issues",
  "gitlab-merge-requests-csv": "GitLab merge requests (CSV)",
  "gitlab-issues-csv": "GitLab issues (CSV)",
  "bitbucket-pulls": "Bitbucket pull requests",
  "bitbucket-activity": "Bitbucket activity",
  "bitbucket-server-pulls": "Bitbucket Server pull requests",
  "bitbucket-server-activities": "Bitbucket Server activities",
  "azure-repos-pulls": "Azure DevOps pull requests",
  "azure-repos-threads": "Azure DevOps threads",
  "gitea-pulls": "Gitea pull requests",
  "gitea-reviews": "Gitea reviews",
  "pipeline-csv": "Data pipeline (CSV)",
  "jira-csv": "Jira issues (CSV)",
  "jira-json": "Jira issues (JSON)",
  "jira-xml": "Jira issues (XML)",
  "jsm-approvals": "Jira Service Management approvals",
  "linear-csv": "Linear issues (CSV)",
  "asana-csv": "Asana tasks (CSV)",
  "notion-csv": "Notion database (CSV)",
  "azure-boards-csv": "Azure Boards work items (CSV)",
  "servicenow-csv": "ServiceNow (CSV or Excel)",
  "servicenow-json": "ServiceNow (JSON)",
  "servicenow-xml": "ServiceNow (XML)",
  "pagerduty-json": "PagerDuty incidents (JSON)",
  "pagerduty-csv": "PagerDuty incidents (CSV)",
  "pagerduty-analytics": "PagerDuty incidents (analytics)",
  "pagerduty-notes": "PagerDuty notes",
  "pagerduty-log": "PagerDuty log entries",
  "opsgenie-incidents": "Opsgenie incidents",
  "opsgenie-alerts": "Opsgenie alerts",
  "opsgenie-csv": "Opsgenie alerts (CSV)",
  "incident-io": "incident.io incidents",
  rootly: "Rootly incidents",
  firehydrant: "FireHydrant incidents",
  statuspage: "Statuspage incidents",
  "grafana-oncall": "Grafana OnCall alert groups",
  "grafana-oncall-notes": "Grafana OnCall notes",
  "github-audit-json": "GitHub audit log (JSON)",
  "github-audit-csv": "GitHub audit log (CSV)",
  "github-rule-suites": "GitHub rule suites",
  "github-deployments": "GitHub deployments",
  "github-deployment-statuses": "GitHub deployment statuses",
  "github-runs": "GitHub Actions runs",
  "github-dependabot": "Dependabot alerts",
  "github-branch-rules": "GitHub branch rules",
  "github-commits": "GitHub commits",
  "git-log": "git log",
  "gitlab-deployments": "GitLab deployments",
  "gitlab-custody-csv": "GitLab chain of custody",
  "gitlab-violations-csv": "GitLab compliance violations",
  "argo-cd": "Argo CD applications",
  jenkins: "Jenkins builds",
  circleci: "CircleCI workflows",
  "azure-pipelines": "Azure Pipelines runs",
  "slack-messages": "Slack messages",
  "slack-users": "Slack people and channels",
  sarif: "SARIF scans",
  "npm-audit": "npm audit",
  snyk: "Snyk",
  "generic-csv": "Table with a column profile",
};

export const importStatusWords: Record<ImportStatus, string> = {
  imported: "imported",
  unchanged: "unchanged: already in the ledger",
  rejected: "rejected",
};

export const jobWords: Record<Job, string> = {
  import: "Reading",
  look: "Looking at",
  index: "Making search follow",
  verify: "Checking the ledger",
  demo: "Writing the sample workspace",
  report: "Setting the report",
};

export const chartTitles: Record<ChartKind, string> = {
  emergency_ratio: "Emergency ratio",
  classes: "Emergencies and exceptions by class",
  retroactive_reviews: "Retroactive reviews by state",
  time_to_review: "Time to retroactive review",
  review_curve: "Retroactive reviews still open",
};

/** A list as a sentence has it: `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** The same text with a capital first letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
