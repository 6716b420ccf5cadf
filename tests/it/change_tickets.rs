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
