use super::*;
use FoundIn::{Address, Body, Branch};

fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    in_text(text, Body, Some("Acme/Pay"), &mut found);
    settle(&mut found, None);
    found.into_iter().map(|mention| format!("{:?} {}", mention.kind, mention.name)).collect()
}

#[test]
fn names_of_repositories_may_have_dashes() {
    let mut found = Vec::new();
    in_text("Pull request: acme/booking-api-2#1963, PLAT-1", Body, None, &mut found);
    let names: Vec<_> = found.iter().map(|mention| mention.name.as_str()).collect();
    assert_eq!(names, ["acme/booking-api-2#1963", "PLAT-1"]);
}

#[test]
fn texts_name_things() {
    let check = |text: &str, expected: &[&str]| assert_eq!(names(text), expected, "{text}");
    check("Stops the retry storm. Incident INC-482, PLAT-1190", &["TicketKey PLAT-1190", "Incident INC-482"]);
    check("PLAT-1/PLAT-2 and (OPS_2-77).", &["TicketKey OPS_2-77", "TicketKey PLAT-1", "TicketKey PLAT-2"]);
    check("Fixes:PLAT-1190-related", &["TicketKey PLAT-1190"]);
    check("修复PLAT-12的问题", &["TicketKey PLAT-12"]);
    check("fixes #12, closes other/repo#7 (GH-9)", &["Change acme/pay#12", "Change acme/pay#9", "Change other/repo#7"]);
    check(
        "INC0098112 led to CHG0041877 and PRB0040012",
        &["Incident INC0098112", "ChangeRequest CHG0041877", "Problem PRB0040012"],
    );
    check("after !12, core/sub/auth!7 and (x/y!9)", &["Change acme/pay!12", "Change core/sub/auth!7", "Change x/y!9"]);
    check("AB#77 and AB#77", &["TicketKey AB#77"]);
    check("PD-5521 and INC-0045", &["Incident INC-0045", "Incident PD-5521"]);
    check("[#77](https://github.com/other/repo/issues/77)", &["Change other/repo#77"]);
    check(
        "https://github.com/acme/pay/commit/9f3c1e0a, not https://github.com/a/b/commit/9f3c1e0b",
        &["Commit 9f3c1e0a"],
    );
    check("CVE-2026-12345, GHSA-ab12-cd34-ef56", &["Advisory CVE-2026-12345", "Advisory GHSA-AB12-CD34-EF56"]);
    check("reverts 0123456789abcdef0123456789abcdef01234567.", &["Commit 0123456789abcdef0123456789abcdef01234567"]);
    check(
        "a commit far in: 89abcdef0123456789ABCDEF0123456789abcdef, and more text after it",
        &["Commit 89abcdef0123456789abcdef0123456789abcdef"],
    );
}

#[test]
fn false_friends_name_nothing() {
    for text in [
        "UTF-8, UTF-16 and UTF-32",
        "SHA-1 SHA-256 SHA-512",
        "ISO-8601 and ISO-27001",
        "HTTP-2 or HTTP-3",
        "GPT-4",
        "RFC-2616",
        "TLS-1.3",
        "AES-128 and AES-256-GCM",
        "AES-GCM-256",
        "MD-5",
        "RSA-2048",
        "PEP-8",
        "X-509",
        "UTC-5",
        "UTC+2",
        "IPV-6",
        "COVID-19",
        "H-264",
        "P-256",
        "SEV-1",
        "plat-1190 in lower case",
        "PLAT-0",
        "PLAT-12x",
        "xPLAT-12",
        "PLAT-12@example.com",
        "me@PLAT-12",
        "a.PLAT-12",
        "docs/PLAT-12.md",
        "FOO-1-2",
        "FOO-1.2",
        "2026-09-03",
        "A-1",
        "ABCDEFGHIJKL-1",
        "#0",
        "#12a",
        "&#39;",
        "C#12",
        "wow!12",
        "!0",
        "!12a",
        "if (!1234567890)",
        "https://example.com/a!12",
        "#1234567890",
        "https://example.com/wiki/PLAT-12?x=#34",
        "https://example.com/0123456789abcdef0123456789abcdef01234567",
        "ftp://host/ABC-12",
        "INC12",
        "XINC0098112",
        "CVE-26-1",
        "0000000000000000000000000000000000000000",
        "<!-- PLAT-12 #3 INC-1 -->",
        "<!-- never closed PLAT-12",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn addresses_name_what_they_lead_to() {
    let check = |text: &str, expected: &str| {
        let mut found = Vec::new();
        in_text(text, Body, None, &mut found);
        let names: Vec<String> = found.iter().map(|mention| format!("{:?} {}", mention.kind, mention.name)).collect();
        assert_eq!(names, [expected], "{text}");
        assert!(found.iter().all(|mention| mention.found_in == Address), "{text}");
    };
    check("see https://github.com/Acme/pay/pull/2214.", "Change acme/pay#2214");
    check("[it](https://github.com/acme/pay/issues/17#issuecomment-3)", "Change acme/pay#17");
    check("<https://api.github.com/repos/acme/pay/pulls/9>", "Change acme/pay#9");
    check("https://git.acme.example/acme/pay/pull/9/files", "Change acme/pay#9");
    check("https://gitlab.example.com/Core/sub/auth/-/merge_requests/418#note_1", "Change core/sub/auth!418");
    check("https://gitlab.example.com/core/auth/-/issues/77", "Change core/auth#77");
    check("https://gitlab.example.com/core/auth/-/commit/9F3C1E0a", "Commit 9f3c1e0a");
    check("https://bitbucket.org/acme/pay/pull-requests/12/diff", "Change acme/pay#12");
    check("https://git.example.com/projects/PAY/repos/checkout/pull-requests/12/overview", "Change pay/checkout#12");
    check("https://dev.azure.com/acme/Pay%20Team/_git/checkout/pullrequest/12", "Change pay team/checkout!12");
    check("https://dev.azure.com/acme/Pay/_workitems/edit/77", "TicketKey AB#77");
    check("https://code.example.com/acme/pay/pulls/9", "Change acme/pay#9");
    check("https://github.com/acme/pay/commit/9F3C1E0a", "Commit 9f3c1e0a");
    check("https://acme.atlassian.net/browse/PLAT-1190?focusedId=3", "TicketKey PLAT-1190");
    check("https://acme.atlassian.net/jira/software/projects/PLAT/boards/1?selectedIssue=PLAT-7", "TicketKey PLAT-7");
    check("https://tracker.acme.example/browse/plat-1190", "TicketKey PLAT-1190");
    check("https://acme.pagerduty.com/incidents/Q1ZK8M0", "Incident Q1ZK8M0");
    check("https://app.incident.io/acme/incidents/482", "Incident INC-482");
    check("https://rootly.com/account/incidents/77-checkout-down", "Incident INC-77");
    check("https://app.firehydrant.io/incidents/0a1b-1", "Incident 0A1B-1");
    check("https://status.acme.example.com/incidents/p31zjtct2jer", "Incident P31ZJTCT2JER");
    check("https://acme.statuspage.io/incidents/p31zjtct2jer", "Incident P31ZJTCT2JER");
    check("https://stspg.io/803310a12", "Incident 803310A12");
    check("https://acme.service-now.com/nav_to.do?uri=incident.do?number=INC0098112", "Incident INC0098112");
    check("https://nvd.nist.gov/vuln/detail/CVE-2026-1234", "Advisory CVE-2026-1234");
    check("https://github.com/advisories/GHSA-ab12-cd34-ef56", "Advisory GHSA-AB12-CD34-EF56");
}

#[test]
fn branches_name_keys_in_any_case() {
    let check = |branch: &str, expected: &[&str]| {
        let mut found = Vec::new();
        in_branch(branch, &mut found);
        assert!(found.iter().all(|mention| mention.found_in == Branch));
        let names: Vec<&str> = found.iter().map(|mention| mention.name.as_str()).collect();
        assert_eq!(names, expected, "{branch}");
    };
    check("hotfix/INC-482", &["INC-482"]);
    check("feature/plat-1190-cap-retries", &["PLAT-1190"]);
    check("PLAT-1190_cap", &["PLAT-1190"]);
    check("fix-plat-12", &["PLAT-12"]);
    check("emergency/inc0098112-rollback", &["INC0098112"]);
    check("a/PLAT-1-PLAT-2", &["PLAT-1", "PLAT-2"]);
    check("refs/heads/hotfix/sec-77", &["SEC-77"]);
    check("release/1.2", &[]);
    check("main", &[]);
    check("fix/utf-8", &[]);
    check("release-1.2.3", &[]);
    check("dependabot/npm_and_yarn/lodash-4", &[]);
    check("", &[]);
}

#[test]
fn each_thing_is_kept_once_where_it_was_found_best() {
    let mut found = Vec::new();
    in_branch("hotfix/inc-482", &mut found);
    in_text("INC-482 INC-482", Body, None, &mut found);
    in_text("INC-482", FoundIn::Title, None, &mut found);
    in_text("#1", Body, Some("acme/pay"), &mut found);
    settle(&mut found, Some("acme/pay#1"));
    let kept: Vec<(&str, FoundIn)> = found.iter().map(|mention| (mention.name.as_str(), mention.found_in)).collect();
    assert_eq!(kept, [("INC-482", FoundIn::Title)]);
}
