//! What somebody should know who has just attested something.

use crate::judged_change::JudgedChange;
use change_ledger_model::{
    Timestamp,
    attestation::{Attestation, AttestationKind, AttestationTopic},
    policy::ReviewEvidence,
};

/// Whole sentences; empty where the attestation does what it seems to. `remark` is what to know of whoever states it.
pub(super) fn notes(judged: &JudgedChange<'_>, stated: &Attestation, remark: Option<String>) -> Vec<String> {
    let (what, topic) = (stated.what, stated.what.kind.topic());
    if what.at > judged.as_of() {
        return vec![format!("It holds in judgements at {} or later; this one is at {}.", what.at, judged.as_of())];
    }
    let policy = &judged.policy().policy;
    let counts = policy.review.accepts(ReviewEvidence::Attestation);
    let not_counted = (topic == AttestationTopic::Review && !what.withdraws && !counts).then(|| {
        format!(
            "The policy {} counts no attestation as the retroactive review; `review.evidence` in its document says what counts.",
            policy.name
        )
    });
    let dated_early = if what.withdraws { None } else { early(judged, what.kind, what.at) };
    [not_counted, remark, dated_early].into_iter().flatten().collect()
}

/// What is said of a moment at which it can hardly have been so.
fn early(judged: &JudgedChange<'_>, kind: AttestationKind, at: Timestamp) -> Option<String> {
    let row = &judged.detail.row;
    let implemented = row.implemented_at.filter(|implemented| at <= *implemented);
    let opened = row.opened_at.filter(|opened| at < *opened);
    match kind {
        AttestationKind::Review => implemented.map(|implemented| {
            format!("It is about {at}, but the change was implemented at {implemented}: no retroactive review.")
        }),
        AttestationKind::Confirm | AttestationKind::Dismiss | AttestationKind::Exempt => implemented
            .filter(|implemented| at < *implemented)
            .map(|implemented| format!("It is about {at}, before the change was implemented at {implemented}.")),
        AttestationKind::Authorisation | AttestationKind::Justification | AttestationKind::Incident => {
            opened.map(|opened| format!("It is about {at}, before the change was opened at {opened}."))
        }
    }
}
