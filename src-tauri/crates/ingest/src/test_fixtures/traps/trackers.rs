//! Traps of Jira's and ServiceNow's tickets, change requests and their approvals.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    JiraCsv, JiraJson, JiraXml, JsmApprovals, ServicenowCsv, ServicenowJson, ServicenowXml,
};

pub(super) fn traps() -> Vec<Trap> {
    [jira(), servicenow()].into_iter().flatten().collect()
}

const JIRA: &str =
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Created,Updated,Resolved,Labels\n";

fn jira() -> Vec<Trap> {
    vec![
        file(
            JiraCsv,
            "one column name repeated once per value",
            "repeated-headers.csv",
            &["PLAT-1190 … labels=[\"emergency\", \"network\"]"],
            &[],
        ),
        file(
            JiraCsv,
            "the Approvals column is a program's own text, and Approvers are people who were asked: approvals are unknown",
            "incident-with-description.csv",
            &["ticket jira:CHM-91 … request=true"],
            &["Approved", "reviews=Complete"],
        ),
        text(
            JiraCsv,
            "rows wider than the header, whose cells are shifted",
            format!(
                "{JIRA}Wide,PLAT-1,1,Task,Done,PLAT,High,2026-07-01 10:00,2026-07-01 10:00,2026-07-13 10:00,a,b\nWhole,PLAT-2,2,Task,Done,PLAT,High,2026-07-01 10:00,2026-07-01 10:00,2026-07-13 10:00,a\n"
            ),
            &["reject 1", "ticket jira:PLAT-2"],
            &["ticket jira:PLAT-1 "],
        ),
        text(
            JiraCsv,
            "column names and values in the language of whoever exported",
            "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Prioridad,Creada,Actualizada,Resuelta,Campo personalizado (Change type)\nRegla del cortafuegos,PLAT-7,10001,Cambio,Cerrado,Alta,18/jul/26 9:10 AM,19/jul/26 9:10 AM,19/jul/26 9:10 AM,Emergency\n",
            &["ticket jira:PLAT-7 … change=Emergency … opened=2026-07-18T09:10:00Z resolved=2026-07-19T09:10:00Z"],
            &[],
        ),
        text(
            JiraCsv,
            "dates in their language and order too, without a time zone",
            format!("{JIRA}A,PLAT-1,1,Task,Done,PLAT,High,06-09-2024 13:55,06-09-2024 13:55,29-09-2024 01:16,\n"),
            &["opened=2024-09-06T13:55:00Z resolved=2024-09-29T01:16:00Z", "warning timezone_assumed"],
            &[],
        ),
        text(
            JiraCsv,
            "people have an id in a column of its own, or a name only, which several may share",
            "Summary,Issue key,Issue id,Issue Type,Status,Reporter,Reporter Id,Assignee\nA,PLAT-1,1,Task,Done,Lin Eze,712020:aa-bb,Odd Bru\n",
            &["ticket jira:PLAT-1 … reporter=jira:712020:aa-bb assignee=odd bru"],
            &["reporter=lin eze"],
        ),
        file(
            JiraCsv,
            "a comment is a time, an account and a text, and the text may hold semicolons",
            "incident-with-description.csv",
            &["incident jira:OPS-77 … notes=[2026-07-18T02:00:00Z jira:712020:aa-bb Rolled back; see notes]"],
            &[],
        ),
        text(
            JiraJson,
            "fields have numbers for names unless names are expanded",
            r#"{"names":{"customfield_10010":"Change type"},"issues":[{"id":"1","key":"CHM-9","fields":{"summary":"t","issuetype":{"name":"[System] Change"},"status":{"name":"Done"},"created":"2026-11-01T09:15:46.144+0800","customfield_10010":{"value":"Emergency","id":"1"}}}],"isLast":true}"#,
            &["ticket jira:CHM-9 … change=Emergency"],
            &[],
        ),
        file(
            JiraXml,
            "descriptions and comments are HTML within XML",
            "html-and-zoned-dates.xml",
            &["ticket jira:CHM-91"],
            &["&lt;", "<p>", "<br"],
        ),
        file(
            JsmApprovals,
            "the request is named only in each approval's own address",
            "one-time-for-all-approvers.json",
            &["review jira:CHM-91", "reject 3 _links"],
            &[],
        ),
        file(
            JiraJson,
            "Cloud answers ids only unless fields are asked for",
            "empty-ids-only.json",
            &["reject 1 fields: the issue has no fields"],
            &["ticket "],
        ),
        file(
            JiraJson,
            "an approval is dated as a whole, not per approver",
            "v3-documents-and-approvals.json",
            &["change jira:CHM-91 … reviews=Complete["],
            &[],
        ),
        text(
            JiraJson,
            "other people may be named in link cards only",
            r#"{"issues":[{"id":"1","key":"CHM-9","fields":{"summary":"t","issuetype":{"name":"[System] Change"},"status":{"name":"Done","statusCategory":{"key":"done"}},"created":"2026-11-01T09:15:46.144+0800","description":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"inlineCard","attrs":{"url":"https://github.com/acme/pay/pull/2214"}}]}]}}}],"isLast":true}"#,
            &["ticket jira:CHM-9 … opened=2026-11-01T01:15:46.144Z … acme/pay#2214"],
            &[],
        ),
        text(
            JiraJson,
            "texts are documents in version 3 and wiki markup in version 2",
            r#"{"startAt":0,"maxResults":50,"total":1,"issues":[{"id":"1","key":"CHM-9","fields":{"summary":"t","issuetype":{"name":"Task"},"status":{"name":"Done"},"created":"2026-11-01T09:15:46.144+0800","description":"see [the pull request|https://github.com/acme/pay/pull/2214]"}}]}"#,
            &["acme/pay#2214 "],
            &[],
        ),
        file(
            JiraXml,
            "approvals are a program's own text: unknown",
            "html-and-zoned-dates.xml",
            &["change jira:CHM-91 … reviews=?"],
            &["Approved"],
        ),
        file(
            JsmApprovals,
            "one time of completion for all approvers",
            "one-time-for-all-approvers.json",
            &[
                "jira:712020:dd Approved ?",
                "jira:712020:ee ChangesRequested ?",
                "jira:712020:aa Approved 2026-11-03T07:30:00Z",
            ],
            &["2026-11-03T07:00:00Z"],
        ),
        file(
            JsmApprovals,
            "approvers who have not decided are no reviewers",
            "one-time-for-all-approvers.json",
            &["Approved 2026-11-03T07:30:00Z"],
            &["odd bru"],
        ),
        file(
            JiraXml,
            "custom fields are known by the names that an administrator gave them",
            "html-and-zoned-dates.xml",
            &["ticket jira:CHM-91 … change=Emergency"],
            &[],
        ),
        file(
            JiraXml,
            "links are listed by type and direction",
            "html-and-zoned-dates.xml",
            &["ticket jira:CHM-91 … LinkField"],
            &[],
        ),
    ]
}

fn servicenow() -> Vec<Trap> {
    let journal = |name, says, never| file(ServicenowCsv, name, "change-journal-windows-1252.csv", says, never);
    vec![
        journal("Windows-1252 letters", &["title=Restart auth pods – INC0098112"], &["\u{96}"]),
        journal(
            "a change without authorization is one of the type emergency that nobody asked for",
            &["ticket servicenow:CHG0041878 … labels=[\"unauthorized\"]"],
            &[],
        ),
        file(
            ServicenowCsv,
            "an apostrophe before cells that begin like a formula",
            "journals-and-texts.csv",
            &[
                "title==cmd restart body=\"=1+1 of the pods",
                "notes=[2026-10-05T09:30:47Z howard johnson Reviewed afterwards",
            ],
            &["body=\"'="],
        ),
        file(
            ServicenowJson,
            "people and records by internal ids unless display values are asked for",
            "change-with-description.json",
            &["reporter=nadia roe"],
            &["4f00000000"],
        ),
        journal("times in the exporter's zone and format, without saying which", &["warning timezone_assumed"], &[]),
        journal(
            "who approved stands in the journal approval_history only, newest first; an approval by an administrator's role is none",
            &[
                "change servicenow:CHG0041877 … reviews=Complete[nadia roe Approved 2026-10-02T03:13:00Z, howard johnson Approved 2026-10-05T09:30:47Z]",
                "change servicenow:CHG0041878 … reviews=Complete[]",
            ],
            &["system administrator"],
        ),
        file(
            ServicenowCsv,
            "columns by field name in CSV and by label in Excel",
            "labels-of-excel.csv",
            &["change servicenow:CHG0041877 state=Implemented … at=2026-10-02T03:41:22Z … reviews=?"],
            &[],
        ),
        file(
            ServicenowCsv,
            "Excel files stop at 500,000 cells, with a remark as their last row",
            "labels-of-excel.csv",
            &["warning cut_off"],
            &["Export stopped due", "reject"],
        ),
        file(
            ServicenowCsv,
            "rfc is the change that fixes an incident, caused_by the one that broke it",
            "incident-rfc-and-caused-by.csv",
            &["incident servicenow:INC0098112"],
            &[],
        ),
        file(
            ServicenowJson,
            "stored times are UTC without saying so, displayed ones are in the exporter's zone",
            "change-with-description.json",
            &["ticket servicenow:CHG0041881 … start=2026-02-17T00:45:20Z end=2026-02-17T00:55:20Z"],
            &["timezone_assumed", "2026-02-16"],
        ),
        file(
            ServicenowJson,
            "stored times are UTC without saying so, displayed ones are in the exporter's zone",
            "displayed-values-only.json",
            &["warning timezone_assumed"],
            &[],
        ),
        file(
            ServicenowJson,
            "nothing is an empty text",
            "change-with-description.json",
            &["ticket servicenow:CHG0041881 … resolved=?"],
            &[],
        ),
        file(
            ServicenowJson,
            "states as numbers",
            "stored-values-only.json",
            &["ticket servicenow:CHG0041878 … done=false"],
            &[],
        ),
        file(
            ServicenowXml,
            "times are UTC without saying so",
            "stored-times-and-shown-names.xml",
            &["change servicenow:CHG0041877 … at=2026-10-02T01:41:22Z"],
            &["timezone_assumed"],
        ),
        file(
            ServicenowXml,
            "names of people stand in the attribute display_value",
            "stored-times-and-shown-names.xml",
            &["ticket servicenow:CHG0041877 … reporter=nadia roe"],
            &["4f0000"],
        ),
        text(
            ServicenowCsv,
            "a new line per update in logs of incidents: the last one counts",
            "number,incident_state,priority,opened_at,resolved_at,short_description,sys_mod_count,sys_updated_on\nINC0098112,New,3 - Moderate,2026-10-02 02:50:00,,Auth down,0,2026-10-02 02:50:00\nINC0098112,Resolved,1 - Critical,2026-10-02 02:50:00,2026-10-02 03:45:00,Auth down,3,2026-10-02 03:46:00\n",
            &[
                "incident servicenow:INC0098112 status=New … resolved=? updated=2026-10-02T02:50:00Z",
                "incident servicenow:INC0098112 status=Resolved … resolved=2026-10-02T03:45:00Z updated=2026-10-02T03:46:00Z",
            ],
            &[],
        ),
        file(
            ServicenowJson,
            "each field as a value, as an object with a link, or as both with a text for people",
            "display-values-and-stored-values.json",
            &[
                "ticket servicenow:CHG0041877 … change=Emergency … reporter=nadia roe … start=2026-10-02T01:15:00Z end=2026-10-02T01:41:22Z",
            ],
            &["4f00000000"],
        ),
        file(
            ServicenowJson,
            "each field as a value, as an object with a link, or as both with a text for people",
            "stored-values-only.json",
            &["ticket servicenow:CHG0041878 … start=2026-10-02T01:15:00Z"],
            &["7f00000000000000000000000000000f LinkField"],
        ),
    ]
}
