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
fn fingerprints_follow_the_words() {
    let document = presets()[0].document;
    let print = |document: &str| Policy::parse(document).unwrap().patterns().fingerprint();
    assert_eq!(print(document), print(&document.replace("limit = 0.10", "limit = 0.20")));
    assert_ne!(print(document), print(&document.replace("\"hotfix/\", ", "")));
}
