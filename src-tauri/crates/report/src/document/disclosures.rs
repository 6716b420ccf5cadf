//! What a reader of the first page must know: what rests on people's word, and a policy that was chosen with hindsight.

use super::{Labelled, View, figures, imported};
use crate::content::{PolicyDecision, PolicyTerms};
use change_ledger_model::quarter::start_of_day;

/// Longest reason that the first page prints; the appendix has all of it.
const REASON_LIMIT: usize = 120;

pub(super) fn disclosures(view: &View) -> Vec<Labelled> {
    let late = late_policies(view).map(|value| Labelled::new("Policy set after the quarter ended", value));
    std::iter::once(Labelled::new("Attestations", attested(view))).chain(late).collect()
}

/// How many verdicts are other ones because of what people attested, and how much of that people state whom no file knows.
fn attested(view: &View) -> String {
    let entries = &view.report.attestations;
    if entries.is_empty() {
        return "None: every verdict rests on the imported files alone".to_owned();
    }
    let moved: usize = entries.iter().map(|entry| entry.without.len()).sum();
    let changes = entries.iter().filter(|entry| !entry.without.is_empty()).count();
    let stated: usize = entries.iter().map(|entry| entry.statements.len()).sum();
    let statements = figures::counted(stated as u64, "attestation", "attestations");
    let verb = if stated == 1 { "moves" } else { "move" };
    let moves = if moved == 0 {
        format!("{statements} {verb} no verdict")
    } else {
        let verdicts = figures::counted(moved as u64, "verdict", "verdicts");
        format!("{statements} {verb} {verdicts} on {}", figures::counted(changes as u64, "change", "changes"))
    };
    let by_nobody_known =
        entries.iter().flat_map(|entry| &entry.statements).filter(|statement| statement.by_nobody_known).count();
    if by_nobody_known == 0 {
        moves
    } else {
        format!("{moves}; of them {by_nobody_known} by people whom no file knows")
    }
}

/// The last policy that was put in force only after the quarter had ended, by whom and why; where there are several, how many.
fn late_policies(view: &View) -> Option<String> {
    let late: Vec<(&PolicyTerms, &PolicyDecision)> =
        view.report.policies.iter().filter_map(|terms| Some((terms, late_decision(view, terms)?))).collect();
    let (terms, decision) = late.last()?;
    let name = imported::name(&format!("{}, version {}", terms.reference.name, terms.reference.version));
    let reason = decision.reason.as_deref().map(|reason| imported::short(reason, REASON_LIMIT));
    let others = match late.len() - 1 {
        0 => String::new(),
        others => format!(" So was {} more.", figures::counted(others as u64, "version", "versions")),
    };
    Some(format!("{name}: {}.{others}", in_words(view, decision, "", reason)))
}

/// When, by whom and why a policy was put in force, where that was after the quarter had ended.
fn late_decision<'a>(view: &View, terms: &'a PolicyTerms) -> Option<&'a PolicyDecision> {
    let ended = start_of_day(view.quarter.to.succ_opt()?, view.report.timezone);
    terms.decision.as_ref().filter(|decision| decision.at >= ended)
}

/// `Set 3 November 2026, 10:00, after the quarter ended, by Mara Ko: Agreed with the auditor.` Empty for the policy that comes
/// with the product.
pub(super) fn decided(view: &View, terms: &PolicyTerms) -> Option<String> {
    let decision = terms.decision.as_ref()?;
    let late = if late_decision(view, terms).is_some() { ", after the quarter ended" } else { "" };
    let reason = decision.reason.as_deref().map(imported::line);
    Some(format!("Set {}.", in_words(view, decision, late, reason)))
}

fn in_words(view: &View, decision: &PolicyDecision, late: &str, reason: Option<String>) -> String {
    let by = imported::optional_name(decision.by.as_deref()).unwrap_or_else(|| "somebody not stated".to_owned());
    let why = reason.filter(|reason| !reason.is_empty()).unwrap_or_else(|| "why is not stated".to_owned());
    format!("{}{late}, by {by}: {}", view.clock.in_words(decision.at), why.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use crate::{
        content::{PolicyDecision, QuarterReport},
        document::Document,
        sample,
    };

    fn fact(report: &QuarterReport, label: &str) -> Option<String> {
        let facts = Document::of(report).unwrap().title.facts;
        facts.into_iter().find(|fact| fact.label == label).map(|fact| fact.value)
    }

    #[test]
    fn the_first_page_says_how_many_verdicts_rest_on_peoples_word() {
        let check = |report: &QuarterReport, expected: &str| {
            assert_eq!(fact(report, "Attestations").as_deref(), Some(expected));
        };
        check(&sample::report(), "None: every verdict rests on the imported files alone");
        let mut report = sample::attested_report();
        check(&report, "3 attestations move 1 verdict on 1 change");
        let verdict = report.attestations[0].without[0].clone();
        report.attestations[0].without.push(verdict.clone());
        report.attestations[1].without = vec![verdict];
        check(&report, "3 attestations move 3 verdicts on 2 changes");
        report.attestations.iter_mut().for_each(|entry| entry.without.clear());
        check(&report, "3 attestations move no verdict");
        report.attestations[0].statements[1].by_nobody_known = true;
        report.attestations[1].statements[0].by_nobody_known = true;
        check(&report, "3 attestations move no verdict; of them 2 by people whom no file knows");
    }

    #[test]
    fn a_policy_that_was_chosen_with_hindsight_is_disclosed_with_who_and_why() {
        let late = "Policy set after the quarter ended";
        let decided = |at: &str, by: Option<&str>, reason: Option<&str>| {
            let mut report = sample::report();
            let owned = |text: Option<&str>| text.map(str::to_owned);
            report.policies[0].decision =
                Some(PolicyDecision { at: sample::at(at), by: owned(by), reason: owned(reason) });
            report
        };
        let check = |report: &QuarterReport, on_page_one: Option<&str>, in_appendix: Option<&str>| {
            assert_eq!(fact(report, late).as_deref(), on_page_one);
            assert_eq!(Document::of(report).unwrap().policies[0].decided.as_deref(), in_appendix);
        };
        check(&sample::report(), None, None);
        // The quarter ends at midnight in Berlin.
        check(
            &decided("2026-09-30T21:59:59Z", Some("Mara Ko"), None),
            None,
            Some("Set 30 September 2026, 23:59, by Mara Ko: why is not stated."),
        );
        check(
            &decided("2026-09-30T22:00:00Z", Some("Mara Ko"), Some("Agreed with the auditor.")),
            Some("retroactive-24h, version 1.0: 1 October 2026, 00:00, by Mara Ko: Agreed with the auditor."),
            Some("Set 1 October 2026, 00:00, after the quarter ended, by Mara Ko: Agreed with the auditor."),
        );
        check(
            &decided("2026-10-02T08:00:00Z", None, None),
            Some("retroactive-24h, version 1.0: 2 October 2026, 10:00, by somebody not stated: why is not stated."),
            Some("Set 2 October 2026, 10:00, after the quarter ended, by somebody not stated: why is not stated."),
        );
    }

    #[test]
    fn the_first_page_has_room_for_no_long_reason_and_for_one_policy() {
        let mut report = sample::report();
        let reason = Some("So it was agreed. ".repeat(40));
        report.policies[0].decision = Some(PolicyDecision { at: sample::at(sample::AS_OF), by: None, reason });
        report.policies.push(report.policies[0].clone());
        let value = fact(&report, "Policy set after the quarter ended").unwrap();
        assert!(value.chars().count() < 280, "{value}");
        assert!(value.ends_with("more characters). So was 1 version more."), "{value}");
    }
}
