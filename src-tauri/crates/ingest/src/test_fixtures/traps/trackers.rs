//! Traps of tickets, change requests and their approvals.

use super::{Trap, file, text};
use change_ledger_model::source::SourceKind::{
    AsanaCsv, AzureBoardsCsv, GenericCsv, JiraCsv, JiraJson, JiraXml, JsmApprovals, LinearCsv, NotionCsv,
    ServicenowCsv, ServicenowJson, ServicenowXml,
};

pub(super) fn traps() -> Vec<Trap> {
    [jira(), servicenow(), others()].into_iter().flatten().collect()
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
        file(
            JiraCsv,
            "a comment is a time, an account and a text, and the text may hold semicolons",
            "incident-with-description.csv",
            &["incident jira:OPS-77 … notes=[2026-07-18T02:00:00Z 712020:aa-bb Rolled back; see notes]"],
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
            &["mara ko Approved ?", "tove lund ChangesRequested ?", "ilse kern Approved 2026-11-03T07:30:00Z"],
            &["2026-11-03T07:00:00Z"],
        ),
        file(
            JsmApprovals,
            "approvers who have not decided are no reviewers",
            "one-time-for-all-approvers.json",
            &["Approved 2026-11-03T07:30:00Z"],
            &["712020:ff"],
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
    ]
}

fn others() -> Vec<Trap> {
    let register = |name, says, never| file(GenericCsv, name, "semicolons-windows-1252.csv", says, never);
    vec![
        file(
            LinearCsv,
            "dates as ISO 8601 or as a browser writes them",
            "browser-dates.csv",
            &["ENG-7 … resolved=2026-09-02T08:00:00Z"],
            &[],
        ),
        file(LinearCsv, "\"No priority\" is no priority", "iso-dates.csv", &["ENG-13 … priority=? "], &["No priority"]),
        file(
            AsanaCsv,
            "dates without a time of day",
            "dates-without-a-clock.csv",
            &["resolved=2026-09-02T00:00:00Z", "warning times_without_clock"],
            &[],
        ),
        file(
            AsanaCsv,
            "who made a task is not in the file",
            "dates-without-a-clock.csv",
            &["reporter=? assignee=", "cannot tell Author"],
            &["reporter=Lin"],
        ),
        file(
            NotionCsv,
            "ranges of dates in one cell: the first counts",
            "ranges-and-relations.csv",
            &["CHR-4 … resolved=2026-09-03T09:00:00Z"],
            &["T10:00:00Z"],
        ),
        file(
            NotionCsv,
            "without a column of ids a row is known by its title",
            "without-ids.csv",
            &["Fix bug@1788364800000", "Fix bug@1788624000000"],
            &[],
        ),
        file(
            AzureBoardsCsv,
            "only the columns of the query: others are unknown",
            "tree.csv",
            &[
                "ticket azure-boards:AB#1 … opened=? resolved=? … body=?",
                "cannot tell ImplementationTime",
                "cannot tell Author",
            ],
            &[],
        ),
        file(
            AzureBoardsCsv,
            "rows that leave out empty cells at their end",
            "short-rows.csv",
            &["ticket azure-boards:AB#119"],
            &["reject"],
        ),
        file(
            LinearCsv,
            "labels of one issue in one cell",
            "iso-dates.csv",
            &["ENG-12 … labels=[\"Bug\", \"hotfix\"]"],
            &[],
        ),
        file(
            AsanaCsv,
            "columns of the project's own, such as Change type",
            "dates-without-a-clock.csv",
            &["1201234567890123 … change=Emergency"],
            &[],
        ),
        file(
            NotionCsv,
            "relations as a title with an address",
            "ranges-and-relations.csv",
            &["CHR-4 … INC-482 LinkField"],
            &[],
        ),
        file(
            AzureBoardsCsv,
            "people as a name with an address, sometimes with the organisation in braces",
            "short-rows.csv",
            &["AB#118 … reporter=mara@example.com assignee=lin@example.com"],
            &["{ACME}"],
        ),
        file(
            AzureBoardsCsv,
            "tags separated by semicolons",
            "short-rows.csv",
            &["AB#118 … labels=[\"emergency\", \"network\"]"],
            &[],
        ),
        file(
            AzureBoardsCsv,
            "dates in the exporter's order and zone",
            "short-rows.csv",
            &["AB#118 … opened=2025-12-15T12:53:54Z resolved=2025-12-16T01:05:00Z", "warning timezone_assumed"],
            &[],
        ),
        register("semicolons, tabs, a first line sep=;", &["change csv:register:CR-118"], &["sep="]),
        register("Windows-1252 and Mac OS Roman letters", &["title=Grenzwert für Last"], &[]),
        register(
            "day and month in either order",
            &["CR-118 … at=2026-10-02T01:15:00Z … n. roe Approved 2026-10-05T07:30:00Z"],
            &["2026-02-10"],
        ),
        register(
            "an absent column is unknown, an empty cell is none",
            &["CR-119 … labels=? … reviews=Complete[]"],
            &[],
        ),
    ]
}
