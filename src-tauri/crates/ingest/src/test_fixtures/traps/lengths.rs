//! Traps of tools that stop, at a number of rows or after a while, without a word in the file.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    self, ArgoCd, BitbucketPulls, BitbucketServerPulls, Firehydrant, GiteaPulls, GithubAuditCsv, GithubAuditJson,
    GithubGh, GithubRuleSuites, GithubRuns, GitlabCustodyCsv, GitlabIssuesCsv, GitlabMergeRequestsCsv, IncidentIo,
    Jenkins, JiraCsv, JiraJson, JiraXml, OpsgenieIncidents, PagerdutyCsv, PagerdutyJson, PagerdutyLog, ServicenowCsv,
    ServicenowXml, SlackMessages, Statuspage,
};

/// `count` records with numbers from 1 in the place of `{n}`, between `before` and `after`.
fn many(count: usize, before: &str, record: &str, between: &str, after: &str) -> String {
    let records: Vec<String> = (1..=count).map(|number| record.replace("{n}", &number.to_string())).collect();
    format!("{before}{}{after}", records.join(between))
}

/// A file that is as long as the tool makes it at most, and one that is shorter by one record: only the first is suspicious.
fn at_and_below(kind: SourceKind, name: &'static str, at: usize, of: impl Fn(usize) -> String) -> Vec<Trap> {
    let whole = text(kind, name, of(at), &["warning cut_off"], &[]);
    // One row less than many thousands takes its time to be read and proves what less of fewer proves.
    let shorter = (at <= 1_000).then(|| text(kind, name, of(at - 1), &[], &["warning cut_off"]));
    std::iter::once(whole).chain(shorter).collect()
}

/// [`at_and_below`] for JSON.
fn stops(kind: SourceKind, name: &'static str, at: usize, record: &str, before: &str, after: &str) -> Vec<Trap> {
    at_and_below(kind, name, at, |count| many(count, before, record, ",", after))
}

/// [`at_and_below`] for a table.
fn stops_after(kind: SourceKind, name: &'static str, at: usize, header: &str, row: &str) -> Vec<Trap> {
    at_and_below(kind, name, at, |count| many(count, header, row, "", ""))
}

const GH: &str = r#"{"number":{n},"title":"t","state":"MERGED","url":"https://github.com/acme/pay/pull/{n}","mergedAt":"2026-09-01T12:00:00Z"}"#;
const PAGERDUTY: &str = r#"{"id":"Q1ZK8M{n}","incident_number":{n},"title":"t","status":"resolved","urgency":"high","created_at":"2026-09-03T01:20:14Z","resolved_at":"2026-09-03T01:30:14Z","service":{"id":"PSVC1","summary":"checkout"}}"#;
const PAGERDUTY_ENTRY: &str = r#"{"id":"R{n}","type":"annotate_log_entry","summary":"Note","created_at":"2026-09-03T01:50:00Z","agent":{"id":"PUS1","summary":"Mara Ko"},"channel":{"type":"note","content":"x"},"incident":{"id":"Q1ZK8M0","summary":"[#5521] t"}}"#;
const OPSGENIE: &str = r#"{"id":"7d0c{n}","tinyId":"{n}","message":"t","status":"open","priority":"P1","tags":[],"createdAt":"2026-08-14T21:58:03.4Z","updatedAt":"2026-08-15T07:00:00Z","impactStartDate":"2026-08-14T21:50:00Z","responders":[],"impactedServices":[],"extraProperties":{}}"#;
const INCIDENT_IO: &str = r#"{"id":"01H{n}","reference":"INC-{n}","name":"t","mode":"standard","incident_status":{"name":"Closed","category":"closed"},"created_at":"2026-09-04T01:30:00Z","updated_at":"2026-09-04T01:40:00Z","incident_timestamp_values":[]}"#;
const STATUSPAGE: &str = r#"{"id":"p{n}","name":"t","status":"resolved","impact":"major","created_at":"2026-09-03T01:00:00Z","started_at":"2026-09-03T01:00:00Z","resolved_at":"2026-09-03T02:00:00Z","incident_updates":[],"components":[]}"#;
const GITEA: &str = r#"{"number":{n},"title":"t","state":"closed","html_url":"https://code.example.com/acme/pay/pulls/{n}","merged":true,"merged_at":"2026-09-03T01:51:40Z","merge_base":"aaaa","user":{"login":"jwera"},"base":{"ref":"main","repo_id":3,"repo":{"full_name":"acme/pay"}},"head":{"ref":"x","repo_id":3},"allow_maintainer_edit":false,"pin_order":0}"#;
const BITBUCKET: &str = r#"{"type":"pullrequest","id":{n},"title":"t","state":"MERGED","comment_count":0,"task_count":0,"close_source_branch":true,"created_on":"2026-09-03T01:42:11Z","updated_on":"2026-09-04T08:05:00Z","destination":{"branch":{"name":"main"},"repository":{"full_name":"acme/pay"}},"source":{"branch":{"name":"x"}},"links":{"html":{"href":"https://bitbucket.org/acme/pay/pull-requests/{n}"}}}"#;
const BITBUCKET_SERVER: &str = r#"{"id":{n},"title":"t","state":"OPEN","open":true,"closed":false,"createdDate":1788399731916,"updatedDate":1788400300000,"fromRef":{"displayId":"x"},"toRef":{"displayId":"main","repository":{"slug":"checkout","project":{"key":"PAY"}}},"author":{"user":{"name":"jwera"}},"reviewers":[],"participants":[],"links":{}}"#;
const RUN: &str = r#"{"attempt":1,"conclusion":"success","createdAt":"2026-09-03T01:43:00Z","databaseId":{n},"headSha":"9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d","name":"tests","startedAt":"2026-09-03T01:43:05Z","status":"completed","updatedAt":"2026-09-03T01:49:00Z","url":"https://github.com/acme/pay/actions/runs/{n}","workflowName":"tests"}"#;
const BUILD: &str = r#"{"actions":[],"duration":5,"number":{n},"result":"SUCCESS","timestamp":1788400900000,"url":"https://ci.example.com/job/pay/{n}/"}"#;
const ITEM: &str = r#"<item><title>[PLAT-{n}] t</title><project key="PLAT">P</project><key>PLAT-{n}</key><summary>t</summary><type>Task</type><status>Open</status><created>Sun, 1 Nov 2026 09:15:00 +0100</created></item>"#;
const CHANGE_REQUEST: &str = "<change_request><number>CHG{n}</number><type>normal</type><state>3</state><short_description>t</short_description><sys_id>6f00000000000000000000000000000f</sys_id></change_request>";
const HISTORY: &str = r#"{"author":{"displayName":"Mara Ko"},"created":"2026-10-02T03:12:30.500+0200","items":[{"field":"status","fromString":"Waiting for approval","toString":"Declined"}]}"#;

pub(super) fn traps() -> Vec<Trap> {
    [rows_of_code_hosts(), rows_of_incident_tools(), rows_of_trackers(), rows_of_pipelines(), other_ends()]
        .into_iter()
        .flatten()
        .collect()
}

fn rows_of_code_hosts() -> Vec<Trap> {
    let gh =
        |at| stops(GithubGh, "30 rows unless --limit says otherwise, 1,000 at most with --search", at, GH, "[", "]");
    let lists = [
        gh(30),
        gh(1_000),
        stops(GiteaPulls, "at most 50 rows per page", 50, GITEA, "[", "]"),
        stops(BitbucketPulls, "10 rows per page unless pagelen says otherwise", 10, BITBUCKET, r#"{"values":["#, "]}"),
        stops(
            BitbucketServerPulls,
            "25 rows per page unless limit says otherwise",
            25,
            BITBUCKET_SERVER,
            r#"{"values":["#,
            "]}",
        ),
    ];
    lists.into_iter().flatten().collect()
}

fn rows_of_incident_tools() -> Vec<Trap> {
    let lists = [
        stops(
            PagerdutyJson,
            "one month unless since and until say otherwise, 100 incidents per page",
            100,
            PAGERDUTY,
            r#"{"incidents":["#,
            "]}",
        ),
        stops(PagerdutyLog, "newest first, 100 per page", 100, PAGERDUTY_ENTRY, r#"{"log_entries":["#, "]}"),
        stops_after(
            PagerdutyCsv,
            "cut at 20,000 rows without a word",
            20_000,
            "id,incident_number,description,service_name,created_on,resolved_on,auto_resolved,escalation_count,urgency\n",
            "Q{n},{n},t,checkout,2026-09-03T01:20:14Z,2026-09-03T02:02:50Z,false,0,high\n",
        ),
        stops(
            OpsgenieIncidents,
            "20 rows unless limit says otherwise, 100 at most",
            20,
            OPSGENIE,
            r#"{"data":["#,
            r#"],"paging":{}}"#,
        ),
        stops(
            OpsgenieIncidents,
            "20 rows unless limit says otherwise, 100 at most",
            100,
            OPSGENIE,
            r#"{"data":["#,
            r#"],"paging":{}}"#,
        ),
        stops(
            IncidentIo,
            "25 incidents per page unless page_size says otherwise",
            25,
            INCIDENT_IO,
            r#"{"incidents":["#,
            "]}",
        ),
        stops(
            Statuspage,
            "the public page lists its latest 50 incidents only",
            50,
            STATUSPAGE,
            r#"{"page":{"id":"y"},"incidents":["#,
            "]}",
        ),
    ];
    lists.into_iter().flatten().collect()
}

fn rows_of_trackers() -> Vec<Trap> {
    let lists = [
        stops_after(
            JiraCsv,
            "1,000 rows at most",
            1_000,
            "Summary,Issue key,Issue id,Issue Type,Status,Created\n",
            "t,PLAT-{n},{n},Task,Done,2026-07-01 10:00\n",
        ),
        stops(JiraXml, "1,000 rows at most", 1_000, ITEM, r#"<rss version="0.92"><channel>"#, "</channel></rss>"),
        stops_after(
            ServicenowCsv,
            "10,000 rows at most; rows that the exporter may not see are missing without a word",
            10_000,
            "number,type,state,approval,short_description,requested_by,assigned_to,opened_at,work_start,work_end\n",
            "CHG{n},Normal,Closed,Approved,t,Lin Eze,Lin Eze,2026-10-02 03:12:09,2026-10-02 03:15:00,2026-10-02 03:41:22\n",
        ),
        stops(ServicenowXml, "10,000 rows at most", 10_000, CHANGE_REQUEST, "<unload>", "</unload>"),
    ];
    lists.into_iter().flatten().collect()
}

fn rows_of_pipelines() -> Vec<Trap> {
    let lists = [
        stops(GithubRuns, "20 rows unless --limit says otherwise", 20, RUN, "[", "]"),
        stops(
            Jenkins,
            "builds lists the last 100, allBuilds all of them",
            100,
            BUILD,
            r#"{"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob","builds":["#,
            "]}",
        ),
        stops_after(
            GitlabCustodyCsv,
            "one month back and at most 1,024 commits of a project",
            1_024,
            "Commit SHA,Commit Author,Date Committed,Group,Project,Merge Commit,MR ID,Merged By,Pipeline,Approver(s)\n",
            "9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b{n},Iben Vos,2026-08-14 22:31:57 UTC,core,auth,,,,,\n",
        ),
    ];
    lists.into_iter().flatten().collect()
}

/// Ends that are not a number of rows.
fn other_ends() -> Vec<Trap> {
    let of_bytes = |header: &str, row: &str| format!("{header}{}", row.replace("{x}", &"x".repeat(15_000_000)));
    let cut_off = |kind, text_of: String| text(kind, "cut at 15 MB", text_of, &["warning cut_off"], &[]);
    let listed = |pagination: &str| {
        format!(
            r#"{{"data":[{{"id":"0a1b-1","number":1,"name":"t","created_at":"2026-09-03T01:25:00Z","started_at":"2026-09-03T01:20:00Z","discarded_at":null,"current_milestone":"started","severity":"SEV1","milestones":[]}}],"pagination":{pagination}}}"#
        )
    };
    let page = "a list of pages says how many there are, not whether this is the last";
    let history = "the history of a Cloud issue is cut at 100 entries";
    let issue = |total: &str, entries: usize| {
        let listed = many(entries, "[", HISTORY, ",", "]");
        format!(
            r#"{{"issues":[{{"id":"1","key":"CHM-9","fields":{{"summary":"t","issuetype":{{"name":"[System] Change"}},"status":{{"name":"Done"}},"created":"2026-11-01T09:15:46.144+0800"}},"changelog":{{{total}"histories":{listed}}}}}],"isLast":true}}"#
        )
    };
    vec![
        cut_off(
            GitlabMergeRequestsCsv,
            of_bytes(
                "Title,Description,MR IID,URL,State,Source Branch,Target Branch,Author,Author Username,Approvers,Approver Usernames,Merged User,Merged Username,Created At (UTC),Updated At (UTC)\n",
                "t,{x},417,https://gitlab.example.com/core/auth/-/merge_requests/417,merged,cap,main,Tamar Lind,tlind,,,Iben Vos,ivos,2026-08-14 22:10:04,2026-08-14 22:31:57\n",
            ),
        ),
        cut_off(
            GitlabIssuesCsv,
            of_bytes(
                "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent\n",
                "t,{x},77,https://gitlab.example.com/core/auth/issues/77,Closed,Iben Vos,ivos,,,No,No,,2026-08-14 21:58:03,2026-08-15 07:00:00,2026-08-15 06:00:00,,,sev1,0,0\n",
            ),
        ),
        text(
            Firehydrant,
            page,
            listed(r#"{"count":41,"page":2,"pages":3,"last":3,"next":3}"#),
            &["warning cut_off"],
            &[],
        ),
        text(Firehydrant, page, listed(r#"{"count":41,"page":3,"pages":3,"last":3,"next":null}"#), &[], &["cut_off"]),
        text(JiraJson, history, issue("", 99), &["reviews=Complete["], &["reviews_cut"]),
        text(JiraJson, history, issue("", 100), &["change jira:CHM-9 … reviews=?"], &["reviews=Complete"]),
        text(JiraJson, history, issue(r#""total":140,"#, 3), &["change jira:CHM-9 … reviews=?"], &["reviews=Complete"]),
        text(JiraJson, history, issue(r#""total":3,"#, 3), &["reviews=Complete["], &["reviews_cut"]),
        text(
            JiraJson,
            history,
            issue(r#""total":2,"#, 1).replace("Declined", "Implementing"),
            &["reviews=PossiblyCut[mara ko Approved", "warning reviews_cut"],
            &[],
        ),
        file(
            GithubAuditJson,
            "kept for 180 days, and the page shows three months unless created: is given",
            "org-as-list-and-other-actions.json",
            &["warning coverage: … three months"],
            &[],
        ),
        file(
            GithubAuditCsv,
            "the page shows three months unless created: is given",
            "list-in-a-cell.csv",
            &["warning coverage: … three months"],
            &[],
        ),
        file(
            GithubRuleSuites,
            "one day unless time_period says otherwise, one month at most",
            "list-without-rules.json",
            &["warning coverage: … one month at most"],
            &[],
        ),
        file(
            ArgoCd,
            "the history keeps 10 entries unless revisionHistoryLimit says otherwise",
            "single-succeeded.json",
            &["warning coverage: … last 10 entries"],
            &[],
        ),
        file(
            GitlabCustodyCsv,
            "one month back and at most 1,024 commits of a project",
            "direct-push.csv",
            &["warning coverage: … one month back"],
            &[],
        ),
        file(
            SlackMessages,
            "public channels only, unless the plan allows more",
            "2026-09-03.json",
            &["warning coverage: … public channels only"],
            &[],
        ),
        file(
            Statuspage,
            "it is what customers were told, not when the outage was noticed",
            "management.json",
            &["warning coverage: … what customers were told"],
            &[],
        ),
    ]
}
