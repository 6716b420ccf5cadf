//! The four questions that auditors ask of emergency changes, answered for the quarter.

use super::{Badge, View, deviation, figures};
use crate::{chart::Tone, content::EmergencyEntry, vocabulary};
use change_ledger_model::{judgement::RatioState, quarterly::RecordedShare};
use serde::Serialize;
use std::collections::BTreeMap;

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    pub question: &'static str,
    /// The answer in a few words.
    pub verdict: Badge,
    /// The numbers behind it.
    pub detail: String,
}

pub(super) fn answers(view: &View) -> Vec<Answer> {
    vec![documented(view), reviewed(view), consistent(view), frequency(view)]
}

fn documented(view: &View) -> Answer {
    let question = "Was there a documented reason?";
    let total = view.quarter.emergencies;
    if total == 0 {
        return nothing_to_ask(question);
    }
    let recorded = view.quarter.justification.recorded;
    let unknown = view.quarter.justification.unknown;
    let missing = total.saturating_sub(recorded).saturating_sub(unknown);
    let mut detail = format!("A justification is on record for {}", recorded_words(&view.quarter.justification, total));
    let links = view.quarter.missing_incident_links;
    let linked = total.saturating_sub(links.count).saturating_sub(links.unknown);
    let linked_unknown = match links.unknown {
        0 => String::new(),
        unknown => format!("; for {} the imported files cannot tell", figures::count(unknown)),
    };
    detail.push_str(&format!(
        ". {} linked to an imported incident{linked_unknown}; an authorisation is on record for {}.",
        figures::capitalised(&are(linked, total)),
        recorded_words(&view.quarter.authorisation, total),
    ));
    Answer { question, verdict: share_verdict(recorded, total, missing, unknown), detail }
}

/// `5 of 7 (71.4%); for 1 the imported files cannot tell`.
fn recorded_words(share: &RecordedShare, total: u64) -> String {
    let recorded = format!("{} ({})", figures::part_of(share.recorded, total), figures::percent_or_na(share.share));
    if share.unknown == 0 {
        return recorded;
    }
    format!("{recorded}; for {} the imported files cannot tell", figures::count(share.unknown))
}

fn reviewed(view: &View) -> Answer {
    let question = "Was there a review afterwards?";
    let review = &view.quarter.retroactive_review;
    if view.quarter.emergencies == 0 {
        return nothing_to_ask(question);
    }
    if review.owed == 0 {
        return Answer {
            question,
            verdict: Badge::new("None was owed", Tone::Good),
            detail: "Every emergency had a qualifying approval before it was implemented.".to_owned(),
        };
    }
    let states = [
        (review.on_time, "on time"),
        (review.late, "late"),
        (review.pending, "not yet due"),
        (review.overdue, "overdue"),
        (review.unknown, "not known"),
    ];
    let parts: Vec<String> =
        states.iter().filter(|(n, _)| *n > 0).map(|(n, state)| format!("{} {state}", figures::count(*n))).collect();
    let detail = format!(
        "{} owed a review within {}: {}. {}",
        figures::capitalised(&figures::counted(review.owed, "emergency", "emergencies")),
        vocabulary::deadline(view.policy.review_deadline),
        figures::listed(&parts),
        median_sentence(review.median_hours, review.on_time + review.late),
    );
    let failed = review.late + review.overdue;
    let tone = match () {
        () if failed > 0 => Tone::Bad,
        () if review.unknown > 0 => Tone::Unknown,
        () if review.pending > 0 => Tone::Warn,
        () => Tone::Good,
    };
    let label = if review.on_time == review.owed {
        format!("On time, all {}", figures::count(review.owed))
    } else {
        format!("On time for {} of {}", figures::count(review.on_time), figures::count(review.owed))
    };
    Answer { question, verdict: Badge::new(label, tone), detail: detail.trim_end().to_owned() }
}

fn median_sentence(median: Option<f64>, reviewed: u64) -> String {
    median.map_or_else(String::new, |hours| {
        format!("Half of the {} reviewed were reviewed within {}.", figures::count(reviewed), figures::span(hours))
    })
}

fn consistent(view: &View) -> Answer {
    let question = "Is this consistent with the policy?";
    let entries = &view.report.emergencies;
    if view.quarter.emergencies == 0 {
        return nothing_to_ask(question);
    }
    let mut kinds: BTreeMap<deviation::Deviation, u64> = BTreeMap::new();
    for kind in entries.iter().flat_map(deviation::deviations) {
        *kinds.entry(kind).or_default() += 1;
    }
    let deviating = counted(entries, |entry| !deviation::deviations(entry).is_empty());
    let unknown =
        counted(entries, |entry| deviation::deviations(entry).is_empty() && !deviation::unknowns(entry).is_empty());
    let total = view.quarter.emergencies;
    let clean = total.saturating_sub(deviating).saturating_sub(unknown);
    let mut detail = if kinds.is_empty() {
        "No departure from the policy was found".to_owned()
    } else {
        let parts: Vec<String> =
            kinds.iter().map(|(kind, n)| format!("{} ({})", kind.words(), figures::count(*n))).collect();
        format!("Departures from the policy: {}", figures::listed(&parts))
    };
    if unknown > 0 {
        detail.push_str(&format!("; {} cannot be judged in full", figures::count(unknown)));
    }
    detail.push('.');
    let unreviewed = view.quarter.classes.unreviewed;
    if unreviewed > 0 {
        detail.push_str(&format!(
            " Besides, {} without review and without any sign of an emergency.",
            figures::counted(unreviewed, "change was implemented", "changes were implemented")
        ));
    }
    Answer { question, verdict: share_verdict(clean, total, deviating, unknown), detail }
}

fn frequency(view: &View) -> Answer {
    let question = "How often does it happen?";
    let quarter = view.quarter;
    let Some(ratio) = quarter.emergency_ratio else {
        return Answer {
            question,
            verdict: Badge::new("n/a: no changes in the quarter", Tone::Unknown),
            detail: "Without changes there is no ratio.".to_owned(),
        };
    };
    let (standing, tone) = ratio_standing(quarter.ratio_state);
    let levels = [quarter.ratio_limit, view.policy.ratio_warning];
    let share = figures::percent_against(ratio, &levels);
    let above = view.report.quarters.iter().filter(|quarter| quarter.ratio_state == RatioState::Breach).count();
    let detail = format!(
        "{} of {}, {share}: {standing} (limit {}, warning above {}). Above the limit in {above} of the last {} quarters.",
        figures::capitalised(&figures::counted(quarter.emergencies, "emergency", "emergencies")),
        figures::counted(quarter.changes, "change", "changes"),
        figures::level(quarter.ratio_limit),
        figures::level(view.policy.ratio_warning),
        view.report.quarters.len(),
    );
    Answer { question, verdict: Badge::new(format!("{share} of changes, {standing}"), tone), detail }
}

/// Where the ratio stands, in words and as a tone.
pub(super) const fn ratio_standing(state: RatioState) -> (&'static str, Tone) {
    match state {
        RatioState::Within => ("within the limit", Tone::Good),
        RatioState::Warning => ("above the warning level", Tone::Warn),
        RatioState::Breach => ("above the limit", Tone::Bad),
        RatioState::NotApplicable => ("not applicable", Tone::Unknown),
    }
}

fn nothing_to_ask(question: &'static str) -> Answer {
    Answer {
        question,
        verdict: Badge::new("n/a: no emergencies", Tone::Unknown),
        detail: "No change of the quarter was an emergency, declared or found.".to_owned(),
    }
}

fn share_verdict(good: u64, total: u64, failed: u64, unknown: u64) -> Badge {
    let tone = match () {
        () if failed > 0 => Tone::Bad,
        () if unknown > 0 => Tone::Unknown,
        () => Tone::Good,
    };
    let label = if good == total {
        format!("Yes, all {}", figures::count(total))
    } else {
        format!("For {} of {}", figures::count(good), figures::count(total))
    };
    Badge::new(label, tone)
}

fn are(part: u64, total: u64) -> String {
    format!("{} {}", figures::of_total(part, total), if part == 1 { "is" } else { "are" })
}

fn counted(entries: &[EmergencyEntry], holds: impl Fn(&EmergencyEntry) -> bool) -> u64 {
    entries.iter().filter(|entry| holds(entry)).count() as u64
}
