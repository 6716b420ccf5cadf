//! Change tickets of a service desk: changes of their own, with the approvals that other files bring.

use crate::{
    importing::pull,
    support::{Sandbox, summed},
};
use serde_json::{Value, json};

const CHANGES: &str = "\"number\",\"type\",\"state\",\"short_description\",\"requested_by\",\"assigned_to\",\"opened_at\",\"work_start\",\"work_end\",\"closed_at\",\"approval_history\"\n\
    \"CHG0041877\",\"Emergency\",\"Closed\",\"Restart auth pods\",\"Nadia Roe (nroe)\",\"Odd Bru (obru)\",\"2026-10-02 03:12:09\",\"2026-10-02 03:15:00\",\"2026-10-02 03:41:22\",\"2026-10-05 10:02:13\",\"2026-10-02 03:14:00 - Odd Bru (Approval history)\nUser approval approved by user Odd Bru.\n\"\n";
const APPROVALS: &str = "\"state\",\"approver\",\"sysapproval\",\"sys_created_on\",\"sys_updated_on\"\n\
    \"Approved\",\"Howard Johnson\",\"CHG0041877\",\"2026-10-02 03:13:00\",\"2026-10-05 09:30:47\"\n\
    \"Requested\",\"Mara Ko\",\"CHG0041877\",\"2026-10-02 03:13:00\",\"2026-10-02 03:13:00\"\n";

#[test]
fn approvals_join_their_change_ticket_in_any_order_and_those_of_who_carries_it_out_do_not_count() {
    for order in [[CHANGES, APPROVALS], [APPROVALS, CHANGES]] {
        let sandbox = Sandbox::new();
        for (n, content) in order.into_iter().enumerate() {
            let manifest = sandbox.import(&sandbox.file(&format!("{n}.csv"), content));
            assert_eq!(
                (manifest["kind"].as_str(), manifest["rows"]["rejected"].as_u64()),
                (Some("servicenow-csv"), Some(0))
            );
        }
        let change = sandbox.json(["show", "servicenow:CHG0041877"]);
        let reviews: Vec<(&str, &str)> = change["reviews"]
            .as_array()
            .unwrap()
            .iter()
            .map(|review| (review["reviewer"].as_str().unwrap(), review["note"].as_str().unwrap()))
            .collect();
        assert_eq!(reviews[1], ("Howard Johnson", "counts as an approval after implementation"), "{change}");
        assert!(reviews[0].0 == "Odd Bru" && reviews[0].1.starts_with("does not count"), "{change}");
        assert_eq!(reviews.len(), 2);
        assert_eq!(change["class"], "declared_emergency");
    }
}

#[test]
fn a_change_ticket_that_an_imported_pull_request_implements_is_not_counted_again() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("changes.csv", CHANGES));
    assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), 1);
    let implementing = pull(
        7,
        json!({"title": "Restart auth pods (CHG0041877)", "mergedAt": "2026-10-02T01:40:00Z", "createdAt": "2026-10-02T01:20:00Z"}),
    );
    sandbox.import(&sandbox.file("pulls.json", json!([implementing]).to_string()));
    let metrics = sandbox.json(["metrics"]);
    assert_eq!((summed(&metrics, "/changes"), summed(&metrics, "/approval/after")), (1, 0), "{metrics}");
}

#[test]
fn a_change_ticket_that_was_called_off_is_not_counted() {
    let issue = |n: u32, status: &str, resolution: &str| {
        json!({"key": format!("CHM-{n}"), "fields": {
            "summary": "x", "issuetype": {"name": "Change"}, "reporter": {"displayName": "Lin Eze"},
            "status": {"name": status, "statusCategory": {"key": "done"}}, "resolution": {"name": resolution},
            "created": "2026-07-01T09:15:00.000+0000", "resolutiondate": "2026-07-01T11:15:00.000+0000",
        }})
    };
    let issues = [
        issue(1, "Closed", "Done"),
        issue(2, "Closed", "Won't Do"),
        issue(3, "Closed", "Duplicate"),
        issue(4, "Abgebrochen", "Fertig"),
        issue(5, "Canceled", "Done"),
    ];
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("issues.json", json!({"issues": issues, "isLast": true}).to_string()));
    assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), 1);
}

#[test]
fn approvals_that_a_file_only_hints_at_are_unknown_and_neither_late_nor_missing() {
    let journal = |approval: &str| {
        format!(
            "number,type,state,approval,short_description,work_end,approval_history\n\
             CHG0000002,emergency,Closed,{approval},a,2026-07-02 04:12:09,\n"
        )
    };
    let approver = |name: &str| json!({"approver": {"displayName": name}, "approverDecision": "approved"});
    let service_project = |approvers: &[&str]| {
        let approvers: Vec<Value> = approvers.iter().map(|name| approver(name)).collect();
        json!([{"key": "CHM-1", "fields": {
            "summary": "x", "issuetype": {"name": "Change"}, "reporter": {"displayName": "Lin Eze"},
            "resolutiondate": "2026-07-01T11:15:00.000+0000",
            "customfield_1": [{"id": "1", "finalDecision": "approved", "approvers": approvers,
                "completedDate": {"iso8601": "2026-07-01T12:00:00+0000"}}],
        }}])
        .to_string()
    };
    let moved = |to: &str| {
        json!([{"key": "CHM-1", "fields": {
            "summary": "x", "issuetype": {"name": "Change"}, "reporter": {"displayName": "Lin Eze"},
            "resolutiondate": "2026-07-01T11:15:00.000+0000",
        }, "changelog": {"histories": [{"author": {"displayName": "Mara Ko"}, "created": "2026-07-01T10:00:00.000+0000",
            "items": [{"field": "status", "fromString": "Awaiting CAB approval", "toString": to}]}]}}])
        .to_string()
    };
    let check = |content: String, expected: [u64; 4]| {
        let sandbox = Sandbox::new();
        sandbox.import(&sandbox.file("export", &content));
        let metrics = sandbox.json(["metrics"]);
        let told = ["/approval/before", "/approval/after", "/approval/none", "/approval/unknown"]
            .map(|pointer| summed(&metrics, pointer));
        assert_eq!(told, expected, "{content}");
    };
    check(journal("Approved"), [0, 0, 0, 1]);
    check(journal("Rejected"), [0, 0, 1, 0]);
    check(service_project(&["Mara Ko"]), [0, 1, 0, 0]);
    check(service_project(&["Mara Ko", "Tove Lund"]), [0, 0, 0, 1]);
    check(moved("Ready for implementation"), [1, 0, 0, 0]);
    check(moved("Denied"), [0, 0, 1, 0]);
    check(moved("On hold"), [0, 0, 0, 1]);
}

#[test]
fn a_change_ticket_that_was_called_off_and_has_an_end_of_its_work_is_counted_and_the_manifest_says_so() {
    let service_now = |state: &str, code: &str, end: &str| {
        format!("number,type,state,close_code,short_description,work_end\nCHG0000002,normal,{state},{code},a,{end}\n")
    };
    let jira = |resolution: &str, end: Value| {
        json!({"names": {"customfield_1": "Actual end"}, "issues": [{"key": "CHM-1", "fields": {
            "summary": "x", "issuetype": {"name": "Change"}, "reporter": {"displayName": "Lin Eze"},
            "status": {"name": "Closed", "statusCategory": {"key": "done"}}, "resolution": {"name": resolution},
            "resolutiondate": "2026-07-01T11:15:00.000+0000", "customfield_1": end,
        }}]})
        .to_string()
    };
    let check = |content: String, counted: u64, warned: bool| {
        let sandbox = Sandbox::new();
        let manifest = sandbox.import(&sandbox.file("export", &content));
        let codes: Vec<&str> =
            manifest["warnings"].as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect();
        assert_eq!(codes.contains(&"called_off_though_implemented"), warned, "{content}");
        assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), counted, "{content}");
    };
    check(service_now("Canceled", "", "2026-07-02 04:12:09"), 1, true);
    check(service_now("Closed", "Closed Incomplete", "2026-07-02 04:12:09"), 1, true);
    check(service_now("Canceled", "", ""), 0, false);
    // It was opened again, and still has the code with which it was closed before.
    check(service_now("Review", "Rejected", "2026-07-02 04:12:09"), 1, false);
    check(jira("Won't Do", json!("2026-07-01T10:15:00.000+0000")), 1, true);
    check(jira("Won't Do", Value::Null), 0, false);
    check(jira("Done", json!("2026-07-01T10:15:00.000+0000")), 1, false);
}

#[test]
fn the_newest_export_says_whether_a_change_that_was_rejected_once_was_implemented_in_the_end() {
    let service_now = |state: &str, closed: &str, updated: &str| {
        format!(
            "number,type,state,approval,short_description,work_end,closed_at,sys_updated_on\n\
             CHG0000002,normal,{state},Approved,a,,{closed},{updated}\n"
        )
    };
    let rejected = service_now("Rejected", "2026-07-01 10:00:00", "2026-07-01 10:00:00");
    let implemented = service_now("Closed", "2026-07-09 10:00:00", "2026-07-09 10:00:00");
    let rejected_again = service_now("Rejected", "2026-07-20 10:00:00", "2026-07-20 10:00:00");
    let check = |files: &[&String], expected: u64| {
        let sandbox = Sandbox::new();
        for (n, content) in files.iter().enumerate() {
            sandbox.import(&sandbox.file(&format!("{n}.csv"), content));
        }
        assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), expected, "{files:?}");
    };
    check(&[&rejected, &implemented], 1);
    check(&[&implemented, &rejected], 1);
    check(&[&rejected], 0);
    check(&[&implemented, &rejected_again], 0);
}

#[test]
fn a_change_ticket_of_which_only_a_merge_into_an_uncounted_branch_tells_is_listed_though_it_counts_nowhere() {
    let implementing = |branch: &str| {
        let fields = json!({"title": "Restart auth pods (CHG0041877)", "baseRefName": branch,
            "mergedAt": "2026-10-02T01:40:00Z", "createdAt": "2026-10-02T01:20:00Z"});
        json!([pull(7, fields)]).to_string()
    };
    let check = |branch: &str, counted: u64, listed: &[&str]| {
        let sandbox = Sandbox::new();
        sandbox.import(&sandbox.file("changes.csv", CHANGES));
        sandbox.import(&sandbox.file("pulls.json", implementing(branch)));
        assert_eq!(summed(&sandbox.json(["metrics"]), "/changes"), counted, "{branch}");
        let completeness = sandbox.json(["completeness"]);
        let found = completeness["without_change"]["uncounted_tickets"]["records"].as_array().unwrap();
        let told: Vec<&str> = found.iter().map(|record| record["id"].as_str().unwrap()).collect();
        assert_eq!(told, listed, "{completeness}");
        assert!(found.iter().all(|record| record["branch"] == branch), "{completeness}");
        let text = sandbox.run(["completeness", "--format", "text"]).stdout;
        let heading = "Change tickets whose only pull requests were merged into branches that do not count (1)";
        assert_eq!(text.contains(heading), !listed.is_empty(), "{text}");
    };
    check("main", 1, &[]);
    check("develop", 0, &["servicenow:CHG0041877"]);
}
