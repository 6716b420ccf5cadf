use super::*;
use crate::policy::presets;

fn matcher() -> Matcher {
    Matcher::new(Policy::parse(presets()[0].document).unwrap().patterns()).unwrap()
}

fn found(run: impl FnOnce(&Matcher, &mut Vec<TextHit>)) -> Vec<(TextSignal, String)> {
    let mut hits = Vec::new();
    run(&matcher(), &mut hits);
    hits.into_iter().map(|hit| (hit.signal, hit.text)).collect()
}

#[test]
fn labels_match_in_every_spelling() {
    let check = |label: &str, expected: bool| {
        assert_eq!(!found(|m, hits| m.label(label, hits)).is_empty(), expected, "{label}");
    };
    for label in [
        "emergency",
        "Emergency",
        "EMERGENCY-change",
        "type: emergency",
        "type/hotfix",
        "break_glass",
        "Break-Glass",
        "kind:hotfix",
    ] {
        check(label, true);
    }
    for label in [
        "emergency-docs",
        "not an emergency",
        "non-emergency",
        "no emergency",
        "no:emergency",
        "not/hotfix",
        "emergency: no",
        "urgent",
        "priority: emergency contact",
        "hot",
        "",
    ] {
        check(label, false);
    }
}

#[test]
fn titles_match_tags_only_at_the_beginning() {
    let check = |title: &str, signals: &[TextSignal]| {
        assert_eq!(
            found(|m, hits| m.title(title, hits)).into_iter().map(|(signal, _)| signal).collect::<Vec<_>>(),
            signals,
            "{title}"
        );
    };
    check("[Hotfix] cap retries", &[TextSignal::EmergencyLabel, TextSignal::EmergencyWords]);
    check("hotfix: cap retries", &[TextSignal::EmergencyLabel, TextSignal::EmergencyWords]);
    check("Docs for the hotfix: process", &[TextSignal::EmergencyWords]);
    check("Rollback of the pool size", &[TextSignal::EmergencyWords]);
    check("Add rollbacks table", &[]);
    check("Update p1_schema", &[]);
    check("Sort the p10 list", &[]);
    check("Non-emergency: sort the list", &[]);
    check("No hotfix, but a rollback", &[TextSignal::EmergencyWords]);
}

#[test]
fn branches_match_by_prefix() {
    let check = |branch: &str, expected: bool| {
        assert_eq!(!found(|m, hits| m.branch(branch, hits)).is_empty(), expected, "{branch}");
    };
    check("hotfix/INC-482", true);
    check("Hotfix/inc-482", true);
    check("mara:break-glass/x", true);
    check("feature/hotfix/x", false);
    check("hotfixes", false);
}

#[test]
fn templates_do_not_speak() {
    let check = |body: &str, expected: bool| {
        let hits = found(|m, hits| m.body(body, hits));
        assert_eq!(hits.iter().any(|(signal, _)| *signal == TextSignal::EmergencyWords), expected, "{body}");
    };
    check("This is a hotfix for the outage", true);
    check("- [ ] This is an emergency change", false);
    check("* [x] rollback tested", false);
    check("> emergency\nthanks", false);
    check("<!-- Is this a hotfix?\nSay so -->\nAdds a field", false);
    check("```\nrollback;\n```\nAdds a field", false);
    check("<!-- a --> rollback <!-- b", true);
    check("1. [ ] hotfix?\n2) [x] rollback plan", false);
    check("[ ] hotfix?", false);
    check("- [] hotfix", false);
    check("  - [X] emergency", false);
    check("  > > hotfix", false);
    check("````\n```\nhotfix\n```\n````\nAdds a field", false);
    check("````\n```\n````\nhotfix", true);
    check("~~~sh\nrollback\n~~~", false);
    check("This is not an emergency", false);
    check("Emergency: no\nRollback plan: none", false);
    check("No emergency here, the hotfix came before", true);
}

#[test]
fn markers_need_a_value() {
    let check = |body: &str, signal: TextSignal, expected: Option<&str>| {
        let hits = found(|m, hits| m.body(body, hits));
        assert_eq!(hits.iter().find(|(found, _)| *found == signal).map(|(_, text)| text.as_str()), expected, "{body}");
    };
    use TextSignal::{Authorisation, Justification};
    check("Authorised by: Tove Lund", Authorisation, Some("Tove Lund"));
    check("- **Bypass approved by:** @tove", Authorisation, Some("@tove"));
    check("Authorized by:\nN/A", Authorisation, None);
    check("Authorised by:", Authorisation, None);
    check("The change was authorised by nobody", Authorisation, None);
    check("Justification: checkout was down", Justification, Some("checkout was down"));
    check("## Justification\n\nCheckout was down.\n", Justification, Some("Checkout was down."));
    check("## Justification\n\n## Risk\nlow", Justification, None);
    check("Justification: TBD.", Justification, None);
    check("Justification:\nRisk: low", Justification, None);
    check("- [ ] Justification: given", Justification, None);
    check("**Why normal review was not possible**\nNobody awake", Justification, Some("Nobody awake"));
}

#[test]
fn comments_carry_documentation() {
    let hits = found(|m, hits| m.record_text("Incident log: pool exhausted; restarted at 03:12", hits));
    assert_eq!(hits, [(TextSignal::Documentation, "pool exhausted; restarted at 03:12".to_owned())]);
}

#[test]
fn a_note_records_a_review_in_the_words_of_the_policy() {
    let document = crate::policy::preset("next-business-day").unwrap().document;
    let matcher = Matcher::new(Policy::parse(document).unwrap().patterns()).unwrap();
    let check = |note: &str, expected: Option<&str>| {
        let mut hits = Vec::new();
        matcher.record_text(note, &mut hits);
        let record = hits.iter().find(|hit| hit.signal == TextSignal::ReviewRecord);
        assert_eq!(record.map(|hit| hit.text.as_str()), expected, "{note}");
    };
    check(
        "Post-implementation review: pool was too small, follow-up PAY-9",
        Some("pool was too small, follow-up PAY-9"),
    );
    check("## Lessons learned\n\nPage earlier.", Some("Page earlier."));
    check("Post-implementation review: TBD", None);
    check("The post-implementation review is on Monday", None);
    check("Results: all green", None);
}

#[test]
fn labels_titles_and_branches_exempt_where_the_policy_says_so() {
    let document = presets()[0].document;
    let document = document.replacen("labels = []", "labels = [\"dependencies\"]", 1);
    let document = document.replacen("title_tags = []", "title_tags = ['revert \"']", 1);
    let document = document.replacen("branches = []", "branches = [\"release/\"]", 1);
    let matcher = Matcher::new(Policy::parse(&document).unwrap().patterns()).unwrap();
    let check = |read: fn(&Matcher, &str, &mut Vec<TextHit>), text: &str, expected: bool| {
        let mut hits = Vec::new();
        read(&matcher, text, &mut hits);
        assert_eq!(hits.iter().any(|hit| hit.signal == TextSignal::Exempting), expected, "{text}");
    };
    check(Matcher::label, "type: Dependencies", true);
    check(Matcher::label, "no: dependencies", false);
    check(Matcher::title, "Revert \"Cap retries\"", true);
    check(Matcher::title, "Do not revert \"Cap retries\"", false);
    check(Matcher::branch, "release/2.4", true);
    check(Matcher::branch, "releases", false);
    // Without such words in the policy nothing is exempt.
    assert!(found(|m, hits| m.label("dependencies", hits)).is_empty());
}

#[test]
fn fingerprints_follow_the_words() {
    let document = presets()[0].document;
    let print = |document: &str| Policy::parse(document).unwrap().patterns().fingerprint();
    assert_eq!(print(document), print(&document.replace("limit = 0.10", "limit = 0.20")));
    assert_ne!(print(document), print(&document.replace("\"hotfix/\", ", "")));
    assert_ne!(print(document), print(&document.replace("title_tags = []", "title_tags = [\"revert\"]")));
    assert_ne!(
        print(&document.replace("title_tags = []", "title_tags = [\"revert\"]")),
        print(&document.replacen("labels = []", "labels = [\"revert\"]", 1))
    );
}

#[test]
fn a_rollback_plan_is_found_and_is_no_emergency_word() {
    use TextSignal::{EmergencyWords, RollbackPlan};
    let check = |body: &str, expected: &[(TextSignal, &str)]| {
        let found = found(|m, hits| m.body(body, hits));
        let found: Vec<(TextSignal, &str)> = found.iter().map(|(signal, text)| (*signal, text.as_str())).collect();
        assert_eq!(found, expected, "{body}");
    };
    check(
        "## Rollback plan\nRoll back to 1.4 by redeploying.\n\n## Tests\nUnit",
        &[(RollbackPlan, "Roll back to 1.4 by redeploying.")],
    );
    check("Rollback: revert the commit", &[(RollbackPlan, "revert the commit")]);
    check("**Rollback procedure**\n1. redeploy", &[(RollbackPlan, "1. redeploy")]);
    check("Backout plan: switch the flag off", &[(RollbackPlan, "switch the flag off")]);
    check("## Rollback plan\n\n## Tests\nUnit", &[]);
    check("Rollback plan: n/a", &[]);
    check("We rollback the pool size", &[(EmergencyWords, "rollback")]);
    check(
        "## Rollback plan\nRedeploy\n## Why\nhotfix of the pool",
        &[(EmergencyWords, "hotfix"), (RollbackPlan, "Redeploy")],
    );
}

#[test]
fn labels_name_categories_where_the_policy_has_some() {
    let policy = Policy::parse(crate::policy::preset("five-business-days").unwrap().document).unwrap();
    let matcher = Matcher::new(policy.patterns()).unwrap();
    let check = |labels: &[&str], expected: Option<&str>| {
        let mut hits = Vec::new();
        labels.iter().for_each(|label| matcher.label(label, &mut hits));
        let named: Vec<&str> =
            hits.iter().filter(|hit| hit.signal == TextSignal::Category).map(|hit| hit.text.as_str()).collect();
        let category = policy.category_named(named.into_iter()).map(|at| policy.category[at].name.as_str());
        assert_eq!(category, expected, "{labels:?}");
    };
    check(&["dependencies"], Some("standard"));
    check(&["Type: Normal_Change"], Some("normal"));
    check(&["bug"], None);
    check(&["no: normal"], None);
    // The one that asks for most.
    check(&["dependencies", "major"], Some("major"));
    check(&["standard change", "normal"], Some("normal"));
}
