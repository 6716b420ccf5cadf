//! Ledgers told in the words that people write, found by the words of the policy in force: another policy finds other things.

use crate::sample::{Sample, at};
use change_ledger_model::{
    attestation::AttestationKind,
    columns::{AlertRow, DeliveryColumns, HitOwner, LedgerColumns, QuoteRow},
    policy::{
        Policy, PolicyHistory, PolicyVersion,
        patterns::{Matcher, TextHit, TextSignal},
    },
    record::{AlertState, Verdict},
};

/// A ledger in the making under one policy; what follows a `change` is about that change.
pub(super) struct Told {
    sample: Sample,
    matcher: Matcher,
    policies: PolicyHistory,
}

impl Told {
    pub(super) fn under(document: &str) -> Self {
        let policy = Policy::parse(document).unwrap();
        let version = PolicyVersion::new(document, None).unwrap();
        Self {
            sample: Sample::new().in_force(document),
            matcher: Matcher::new(policy.patterns()).unwrap(),
            policies: PolicyHistory::initial().unwrap().then(version),
        }
    }

    pub(super) fn judged(mut self) -> crate::Judged {
        self.sample.columns.set_clock(&self.policies);
        self.sample.judged()
    }

    fn then(mut self, tell: impl FnOnce(Sample) -> Sample) -> Self {
        self.sample = tell(self.sample);
        self
    }

    fn with(mut self, tell: impl FnOnce(&mut LedgerColumns)) -> Self {
        tell(&mut self.sample.columns);
        self
    }

    pub(super) fn change(self) -> Self {
        self.then(|sample| sample.change(0.0))
    }

    /// A change that bears a label which every preset takes for an emergency.
    pub(super) fn emergency(self) -> Self {
        self.change().label("Emergency")
    }

    /// A labelled emergency with an incident and a reason that every preset accepts.
    pub(super) fn genuine(self, two_way: bool) -> Self {
        self.emergency().incident(two_way).body("Justification: outage of the payments service")
    }

    pub(super) fn label(self, label: &str) -> Self {
        self.found_in_change(|matcher, hits| matcher.label(label, hits))
    }

    pub(super) fn title(self, title: &str) -> Self {
        self.found_in_change(|matcher, hits| matcher.title(title, hits))
    }

    pub(super) fn body(self, text: &str) -> Self {
        self.found_in_change(|matcher, hits| matcher.body(text, hits))
    }

    /// A ticket that the change names, without a reason in it.
    pub(super) fn ticket(self) -> Self {
        self.then(|sample| sample.ticket(false))
    }

    /// A ticket that the change names, with this in its own field for the reason.
    pub(super) fn ticket_with_reason(self, reason: &str) -> Self {
        self.then(|sample| sample.ticket(true)).with(|columns| columns.ticket_reasons.push((0, reason.to_owned())))
    }

    /// A note on the first ticket, so many hours after the implementation.
    pub(super) fn ticket_note(self, text: &str, hours: f64) -> Self {
        let mut hits = Vec::new();
        self.matcher.record_text(text, &mut hits);
        self.found(HitOwner::Ticket(0), hits, Some(hours))
    }

    /// A note on the first incident, so many hours after the implementation.
    pub(super) fn incident_note(self, text: &str, hours: f64) -> Self {
        let mut hits = Vec::new();
        self.matcher.record_text(text, &mut hits);
        self.found(HitOwner::Incident(0), hits, Some(hours))
    }

    pub(super) fn incident(self, two_way: bool) -> Self {
        self.then(|sample| sample.incident(two_way))
    }

    pub(super) fn approved(self, name: &str, hours: f64) -> Self {
        self.then(|sample| sample.approved(name, hours))
    }

    pub(super) fn commented(self, name: &str, hours: f64) -> Self {
        self.then(|sample| sample.says(name, Verdict::Commented, hours))
    }

    /// A recorded skip of a branch rule.
    pub(super) fn bypassed(self) -> Self {
        self.then(Sample::bypassed)
    }

    /// A person says afterwards that it was an emergency.
    pub(super) fn confirmed(self) -> Self {
        self.then(|sample| sample.attested(AttestationKind::Confirm, 1.0))
    }

    pub(super) fn seen_at(self, hours: f64) -> Self {
        self.then(|sample| sample.seen_at(hours))
    }

    /// The ledger holds tickets, so that a change without one is known to have none.
    pub(super) fn in_tracker(self) -> Self {
        self.with(|columns| columns.has_tickets = true)
    }

    /// It went to production so many hours after the merge; `tell` says more.
    pub(super) fn deployed(self, hours: f64, tell: fn(&mut DeliveryColumns)) -> Self {
        self.with(|columns| {
            columns.delivery.deployed_at = vec![Some(at(hours))];
            tell(&mut columns.delivery);
        })
    }

    pub(super) fn high_risk(self) -> Self {
        self.with(|columns| columns.high_risk = vec![Some(true)])
    }

    /// A vulnerability of this CVSS score (in tenths), fixed so many hours after its alert.
    pub(super) fn patched(self, score_tenths: u16, hours: f64) -> Self {
        let alert = AlertRow {
            repository: Some(0),
            opened_at: Some(at(0.0)),
            fixed_at: Some(at(hours)),
            dismissed_at: None,
            state: Some(AlertState::Fixed),
            severity: None,
            score_tenths: Some(score_tenths),
        };
        self.change().with(|columns| columns.alerts.push(alert))
    }

    fn found_in_change(self, find: impl FnOnce(&Matcher, &mut Vec<TextHit>)) -> Self {
        let mut hits = Vec::new();
        find(&self.matcher, &mut hits);
        let last = u32::try_from(self.sample.columns.changes.len()).unwrap() - 1;
        self.found(HitOwner::Change(last), hits, None)
    }

    fn found(mut self, owner: HitOwner, hits: Vec<TextHit>, hours: Option<f64>) -> Self {
        for TextHit { signal, text } in hits {
            self.sample = self.sample.hit_on(owner, signal, hours);
            if signal == TextSignal::Authorisation {
                self.sample.columns.authorisations.last_mut().unwrap().by = text;
                continue;
            }
            let weighed = [TextSignal::Category, TextSignal::Justification, TextSignal::ReviewRecord];
            if weighed.contains(&signal) {
                let at = hours.map(at);
                self.sample.columns.quotes.push(QuoteRow { owner, pattern_set: 0, signal, at, text });
            }
        }
        self
    }
}
