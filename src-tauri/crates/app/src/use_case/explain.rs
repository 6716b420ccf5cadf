//! Why a change was judged as it was, told in sentences.

mod class;

use crate::{
    app::App,
    attested::{differences, lines, without_in_words},
    error::AppError,
    host::Host,
    judged_change::JudgedChange,
    moment::moment,
    use_case::{
        change::{self, controls},
        changes,
        policy::reference,
    },
    wire::{AttestationStanding, ChangeId, Explanation, SignalLine},
    words,
};
use change_ledger_model::{
    Timestamp,
    attestation::AttestationTopic,
    calendar::Deadline,
    judgement::{ReviewState, Signal, Signals},
    policy::Policy,
};

/// Why one change was judged as it was.
///
/// # Errors
/// When there is no such change, it is not implemented, or the ledger cannot be read.
pub fn explain(app: &App, host: &dyn Host, request: ChangeId) -> Result<Explanation, AppError> {
    let computed = app.computed(host)?;
    app.read(|ledger| {
        let at = change::position_named(ledger, &computed, &request.id)?;
        let judged = JudgedChange::load(ledger, &computed, at)?;
        let row = judged.detail.row.clone();
        let policy = judged.policy();
        let signals: Signals = judged.signals().into_iter().map(|(signal, _)| signal).collect();
        let rules = matching_rules(&policy.policy, signals);
        let position = u32::try_from(at).unwrap_or(u32::MAX);
        Ok(Explanation {
            summary: summary(&judged, !rules.is_empty())
                .into_iter()
                .chain(remarks(&judged))
                .chain(differences(&computed, at).iter().map(without_in_words))
                .collect(),
            signals: signal_lines(&judged),
            rules,
            review: review(&judged),
            left_open: changes::item(&computed, position, row.clone())?.left_open,
            controls: controls::lines(ledger, &judged)?,
            policy: reference(policy),
            class: judged.class(),
            id: row.id,
            title: row.title,
        })
    })
}

/// Signals with the text that raised each, or the circumstance where no text did.
pub(crate) fn signal_lines(judged: &JudgedChange<'_>) -> Vec<SignalLine> {
    let line = |(signal, text): (Signal, Option<String>)| SignalLine {
        signal,
        text: text.unwrap_or_else(|| words::circumstance(signal).to_owned()),
    };
    judged.signals().into_iter().map(line).collect()
}

/// What the change is, and whether it counts.
fn summary(judged: &JudgedChange<'_>, is_detected: bool) -> Vec<String> {
    let row = &judged.detail.row;
    let policy = judged.policy();
    let mut sentences = vec![class::sentence(judged, is_detected)];
    let stated = [AttestationTopic::Detection, AttestationTopic::Exemption];
    let stated = stated.into_iter().filter_map(|topic| judged.attested_in_words(topic));
    sentences.extend(stated.map(|words| format!("What a person stated counts: {}.", words.trim_end_matches('.'))));
    if let Some(at) = row.implemented_at {
        let by = judged.detail.merged_by.as_ref().map_or_else(String::new, |by| format!(" by {}", by.label()));
        sentences.push(format!("It was implemented {}{by}.", moment(at, policy.policy.period.timezone)));
    }
    let quarter = judged.quarter().filter(|_| judged.counted());
    sentences.extend(quarter.map(|quarter| format!("It belongs to {quarter}.")));
    sentences.push(words::population(
        judged.counted(),
        row.kind,
        row.base_branch.as_deref(),
        row.implemented_at,
        &policy.policy,
        judged.as_of(),
    ));
    sentences.push(format!("The policy {}, version {}, judged it.", policy.policy.name, policy.policy.version));
    sentences
}

/// What was attested and does not count, and what does though nobody knows whether whoever states it is independent.
fn remarks(judged: &JudgedChange<'_>) -> Vec<String> {
    let is_of_now = |standing| matches!(standing, AttestationStanding::InForce | AttestationStanding::NotIndependent);
    let stated = lines(&judged.attestations, judged.computed()).into_iter().filter(|line| is_of_now(line.standing));
    stated.filter_map(|line| line.remark.map(|remark| format!("{} {remark}", line.sentence))).collect()
}

/// The detection rules of which every signal holds, in words.
fn matching_rules(policy: &Policy, signals: Signals) -> Vec<String> {
    let matches = |rule: &&change_ledger_model::policy::Detection| signals.has_all(rule.signals());
    let in_words = |rule: &change_ledger_model::policy::Detection| {
        let names: Vec<&str> = rule.signals().iter().map(signal_name).collect();
        names.join(" and ")
    };
    policy.detection.iter().filter(matches).map(in_words).collect()
}

/// A signal as people name it.
pub(crate) const fn signal_name(signal: Signal) -> &'static str {
    match signal {
        Signal::EmergencyLabel => "an emergency label",
        Signal::EmergencyTicket => "an emergency ticket",
        Signal::Unreviewed => "no review before",
        Signal::BypassRecorded => "a recorded bypass",
        Signal::HotfixBranch => "a hotfix branch",
        Signal::EmergencyWords => "emergency words",
        Signal::IncidentLink => "a link to an incident",
        Signal::IncidentWindow => "a severe incident at that time",
        Signal::FastMerge => "a merge within minutes",
        Signal::OutOfHours => "outside business hours",
    }
}

/// When the review was due and how far it got, with the arithmetic.
fn review(judged: &JudgedChange<'_>) -> Vec<String> {
    let state = judged.review_state();
    let policy = &judged.policy().policy;
    let zone = policy.period.timezone;
    let told = |at: Timestamp| moment(at, zone);
    if state == ReviewState::NotOwed {
        let reason = match (judged.class().is_emergency(), judged.counted()) {
            (false, _) => "No review is owed afterwards: it is no emergency.",
            (true, false) => "No review is owed afterwards: it is not counted.",
            (true, true) => "No review is owed afterwards: it was approved before it was implemented.",
        };
        return vec![reason.to_owned()];
    }
    let mut sentences = Vec::new();
    if let Some(implemented) = judged.detail.row.implemented_at {
        let due = judged.due_at().map_or_else(
            || "which the calendar does not have".to_owned(),
            |due| {
                let tense = if state == ReviewState::Pending { "is" } else { "was" };
                format!("so its review {tense} due {}", told(due))
            },
        );
        sentences.push(format!(
            "Implemented {}. The policy gives {}, {due}.",
            told(implemented),
            allowed(policy.review.deadline)
        ));
    }
    sentences.push(outcome(judged, state, &told));
    sentences
}

fn allowed(deadline: Deadline) -> String {
    match deadline {
        Deadline::Hours(hours) => words::counted(u64::from(hours), "hour", "hours"),
        Deadline::BusinessDays(1) => "until the end of the next business day".to_owned(),
        Deadline::BusinessDays(2) => "until the end of the second business day after it".to_owned(),
        Deadline::BusinessDays(3) => "until the end of the third business day after it".to_owned(),
        Deadline::BusinessDays(5) => "until the end of the fifth business day after it".to_owned(),
        Deadline::BusinessDays(days) => format!("until the end of the business day number {days} after it"),
    }
}

fn outcome(judged: &JudgedChange<'_>, state: ReviewState, told: &dyn Fn(Timestamp) -> String) -> String {
    let reviewed = judged.reviewed_at().map(|at| {
        let who = judged.approver_at(at).map_or("Somebody", |person| person.label());
        format!("{who} reviewed it {}", told(at))
    });
    let reviewed = reviewed.unwrap_or_else(|| "It was reviewed".to_owned());
    let distance = |from: Option<Timestamp>, to: Option<Timestamp>| {
        from.zip(to).map_or_else(String::new, |(from, to)| words::span(to.hours_since(from)))
    };
    let (due, now) = (judged.due_at(), Some(judged.as_of()));
    match state {
        ReviewState::NotOwed => String::new(),
        ReviewState::OnTime => format!("{reviewed}, {} before the deadline.", distance(judged.reviewed_at(), due)),
        ReviewState::Late => format!("{reviewed}, {} late.", distance(due, judged.reviewed_at())),
        ReviewState::Pending => {
            format!("Nobody has reviewed it yet. {} are left at {}.", distance(now, due), told(judged.as_of()))
        }
        ReviewState::Overdue => {
            format!("Nobody has reviewed it. At {} it was {} overdue.", told(judged.as_of()), distance(due, now))
        }
        ReviewState::Unknown => "The imported files do not tell whether it was reviewed in time.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::policy::presets;

    #[test]
    fn rules_are_told_by_the_names_of_their_signals() {
        let policy = Policy::parse(presets().first().unwrap().document).unwrap();
        let check = |signals: &[Signal], expected: &[&str]| {
            assert_eq!(matching_rules(&policy, signals.iter().copied().collect()), expected);
        };
        check(&[], &[]);
        check(&[Signal::OutOfHours, Signal::IncidentLink], &[]);
        check(&[Signal::IncidentLink, Signal::HotfixBranch], &["a hotfix branch and a link to an incident"]);
        check(
            &[Signal::Unreviewed, Signal::IncidentLink],
            &["no review before and a link to an incident", "no review before"],
        );
    }

    #[test]
    fn deadlines_are_told_as_people_say_them() {
        assert_eq!(allowed(Deadline::Hours(24)), "24 hours");
        assert_eq!(allowed(Deadline::BusinessDays(1)), "until the end of the next business day");
        assert_eq!(allowed(Deadline::BusinessDays(3)), "until the end of the third business day after it");
        assert_eq!(allowed(Deadline::BusinessDays(8)), "until the end of the business day number 8 after it");
    }
}
