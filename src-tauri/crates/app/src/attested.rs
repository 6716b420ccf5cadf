//! What people attested of a change: which of it holds, in words, and what it makes of the verdicts.

use crate::{
    app::Computed,
    error::AppError,
    judged_change::JudgedChange,
    name_of,
    wire::{AttestationLine, AttestationStanding, VerdictWithout},
};
use change_ledger_metrics::Independence;
use change_ledger_model::{
    Timestamp,
    attestation::{Attestation, AttestationKind, AttestationTopic, in_force},
    judgement::{Class, IncidentLinkState, ReviewState},
    record::FoundIn,
    verdicts::Verdicts,
};
use change_ledger_store::{ChangeDetail, Ledger, LinkedIncident, NamedKind};

impl JudgedChange<'_> {
    /// What holds on a topic at the moment of the judgement.
    pub(crate) fn attested(&self, topic: AttestationTopic) -> Option<&Attestation> {
        holding(&self.attestations, self.computed()).find(|stated| stated.what.kind.topic() == topic)
    }

    /// The same in words, for a list of facts: `attested by Mara Ko, 2026-08-04T11:00:00Z: Called the lead.`
    pub(crate) fn attested_in_words(&self, topic: AttestationTopic) -> Option<String> {
        let stated = self.attested(topic)?;
        Some(format!("attested by {}, {}: {}", stated.by, stated.what.at, stated.reason))
    }
}

/// Those that hold at the moment of the judgement, in the order of their topics.
fn holding<'a>(stated: &'a [Attestation], computed: &Computed) -> impl Iterator<Item = &'a Attestation> {
    let counting = stated.iter().filter(|one| counts(one, computed));
    in_force(counting, |one| one.what, computed.as_of)
}

/// Whether it counts at all: what authors say in favour of their own change does not, nor what a bot says.
fn counts(one: &Attestation, computed: &Computed) -> bool {
    computed.loaded.frames.independence(one.event).is_none_or(Independence::counts)
}

/// The attestations of one change as lists show them, in the order in which they were stated.
pub(crate) fn lines(stated: &[Attestation], computed: &Computed) -> Vec<AttestationLine> {
    let holding: Vec<i64> = holding(stated, computed).map(|one| one.event).collect();
    let standing = |one: &Attestation| match () {
        () if one.what.at > computed.as_of => AttestationStanding::NotYet,
        () if !counts(one, computed) => AttestationStanding::NotIndependent,
        () if holding.contains(&one.event) => AttestationStanding::InForce,
        () if one.what.withdraws => AttestationStanding::Withdrawal,
        () => AttestationStanding::Superseded,
    };
    let line = |one: &Attestation| AttestationLine {
        event: one.event,
        change: one.change.clone(),
        kind: one.what.kind,
        withdraws: one.what.withdraws,
        at: one.what.at,
        stated_at: one.stated_at,
        by: one.by.clone(),
        reason: one.reason.clone(),
        incidents: one.incidents.clone(),
        standing: standing(one),
        sentence: sentence(one),
        remark: computed.loaded.frames.independence(one.event).and_then(|found| remark(one, found)),
    };
    stated.iter().map(line).collect()
}

/// What a reader must know of whoever states what only somebody independent can.
fn remark(one: &Attestation, independence: Independence) -> Option<String> {
    let by = &one.by;
    match independence {
        Independence::Independent => None,
        Independence::NobodyKnown => {
            Some(format!("No imported file names {by}, so nothing tells whether an author goes by that name."))
        }
        Independence::AuthorUnknown => {
            Some(format!("No imported file names the author of the change, who may be {by}."))
        }
        Independence::Bot => Some(format!("It does not count: {by} is a bot, and only a person's word does.")),
        Independence::Author => {
            let deed = match one.what.kind.topic() {
                AttestationTopic::Review => "reviews",
                AttestationTopic::Authorisation => "authorises",
                AttestationTopic::Detection => "dismisses the detection of",
                AttestationTopic::Exemption => "exempts",
                AttestationTopic::Justification | AttestationTopic::Incident => "vouches for",
            };
            Some(format!("It does not count: {by} is an author of the change, and nobody {deed} what is their own."))
        }
    }
}

/// `Mara Ko attests a review, of 2026-08-04T11:00:00Z.`
fn sentence(one: &Attestation) -> String {
    let Attestation { by, what, incidents, .. } = one;
    let said = match (what.withdraws, what.kind) {
        (true, kind) => format!("takes back what was attested about {}", topic_in_words(kind.topic())),
        (false, AttestationKind::Review) => "attests a review".to_owned(),
        (false, AttestationKind::Authorisation) => "attests an authorisation".to_owned(),
        (false, AttestationKind::Justification) => "gives the justification".to_owned(),
        (false, AttestationKind::Incident) => format!("names {}", incidents.join(" and ")),
        (false, AttestationKind::Confirm) => "confirms that it was an emergency".to_owned(),
        (false, AttestationKind::Dismiss) => "says that it was no emergency".to_owned(),
        (false, AttestationKind::Exempt) => "exempts it".to_owned(),
    };
    format!("{by} {said}, as of {}.", what.at)
}

/// A topic as a sentence names it: `its review`.
pub(crate) const fn topic_in_words(topic: AttestationTopic) -> &'static str {
    match topic {
        AttestationTopic::Review => "its review",
        AttestationTopic::Authorisation => "its authorisation",
        AttestationTopic::Justification => "its justification",
        AttestationTopic::Incident => "its incident",
        AttestationTopic::Detection => "its detection",
        AttestationTopic::Exemption => "its exemption",
    }
}

/// What a verdict would be without attestations: `Without attestations, class: unlabelled emergency instead of routine.`
pub(crate) fn without_in_words(verdict: &VerdictWithout) -> String {
    let words = |text: &str| text.replace('_', " ");
    let VerdictWithout { label, with, without, .. } = verdict;
    format!("Without attestations, {}: {} instead of {}.", label.to_lowercase(), words(without), words(with))
}

/// One verdict on the change at a position, in words.
type InWords = fn(&Verdicts, usize) -> Option<String>;

/// The verdicts on the change at a position that are other ones without attestations.
pub(crate) fn differences(computed: &Computed, at: usize) -> Vec<VerdictWithout> {
    let Some(without) = &computed.without_attestations else { return Vec::new() };
    let (with, without) = (computed.judged.verdicts(), without.verdicts());
    let verdicts: [(&str, &str, InWords); 8] = [
        ("class", "Class", |v, at| named(v.class.get(at).copied().and_then(Class::from_code))),
        ("review", "Retroactive review", |v, at| {
            named(v.review_state.get(at).copied().and_then(ReviewState::from_code))
        }),
        ("reviewed_at", "Reviewed", |v, at| v.reviewed_at.get(at).map(|reviewed| time(*reviewed))),
        ("review_due_at", "Review due", |v, at| v.due_at.get(at).map(|due| time(*due))),
        ("incident_link", "Link to an incident", |v, at| {
            named(v.incident_link.get(at).copied().and_then(IncidentLinkState::from_code))
        }),
        ("authorised", "Authorisation recorded", |v, at| v.authorised.get(at).map(|answer| yes_no(*answer))),
        ("authorised_as_asked", "Authorised as the policy asks", |v, at| {
            v.authorised_as_asked.get(at).map(|answer| yes_no(*answer))
        }),
        ("justified", "Justification recorded", |v, at| v.justified.get(at).map(|answer| yes_no(*answer))),
    ];
    let differing = verdicts.into_iter().filter_map(|(verdict, label, of)| {
        let (with, without) = (of(with, at)?, of(without, at)?);
        let (verdict, label) = (verdict.to_owned(), label.to_owned());
        (with != without).then_some(VerdictWithout { verdict, label, with, without })
    });
    differing.collect()
}

fn named<T: serde::Serialize>(value: Option<T>) -> Option<String> {
    value.as_ref().map(name_of)
}

fn time(millis: Option<i64>) -> String {
    millis.and_then(Timestamp::from_millis).map_or_else(|| "none".to_owned(), |at| at.to_string())
}

fn yes_no(answer: Option<bool>) -> String {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
    .to_owned()
}

/// Adds the incidents that a person named to those that the files link, unless they are among them.
pub(crate) fn link_incidents(
    ledger: &Ledger,
    detail: &mut ChangeDetail,
    stated: &[Attestation],
    as_of: Timestamp,
) -> Result<(), AppError> {
    for name in in_force(stated, |one| one.what, as_of).flat_map(|one| &one.incidents) {
        let found = ledger.records_named(name)?.into_iter().filter(|record| record.kind == NamedKind::Incident);
        let found: Vec<_> = found.map(|record| (record.id, Some(record.key))).collect();
        let named = if found.is_empty() { vec![(name.clone(), None)] } else { found };
        for (name, key) in named {
            if detail.incidents.iter().any(|linked| linked.name == name) {
                continue;
            }
            detail.incidents.push(LinkedIncident {
                incident: key.map(|key| ledger.incident(key)).transpose()?,
                name,
                via_ticket: None,
                found_in: FoundIn::Person,
                two_way: false,
            });
        }
    }
    Ok(())
}
