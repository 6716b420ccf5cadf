//! One change with its verdict: what the change page and the report are both made of.

use crate::{
    app::Computed,
    attested,
    error::{AppError, ErrorCode},
    loaded::Actors,
};
use change_ledger_model::{
    Timestamp,
    attestation::{Attestation, Detection},
    control::{Attribute, Finding},
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState, Signal, Signals},
    person::{Person, PersonKind},
    policy::{PolicyVersion, patterns::TextSignal},
    quarter::Quarter,
    record::{FoundIn, ReviewCoverage, Verdict},
};
use change_ledger_store::{ChangeDetail, FoundText, Ledger, LinkedIncident, ReviewDetail};

/// What a review is worth as a qualifying approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// It is one.
    Counts,
    /// The files do not tell, for this reason.
    InDoubt(&'static str),
    /// It is none, for this reason.
    None(&'static str),
}

/// One change as the ledger knows it, with the verdict on it.
pub(crate) struct JudgedChange<'a> {
    pub(crate) detail: ChangeDetail,
    pub(crate) at: usize,
    /// Everything that was attested of it, in the order in which it was stated.
    pub(crate) attestations: Vec<Attestation>,
    computed: &'a Computed,
    patterns: String,
}

impl<'a> JudgedChange<'a> {
    /// Loads the change at a position of the computed columns.
    pub(crate) fn load(ledger: &Ledger, computed: &'a Computed, at: usize) -> Result<Self, AppError> {
        let key = computed
            .loaded
            .keys
            .get(at)
            .copied()
            .ok_or_else(|| AppError::new(ErrorCode::NotFound, "there is no such change"))?;
        let mut detail = ledger.change_detail(key)?;
        detail.row.implemented_at = computed.loaded.implemented(at);
        let attestations = ledger.attestations(Some(&detail.row.id))?;
        attested::link_incidents(ledger, &mut detail, &attestations, computed.as_of)?;
        let mut judged = Self { detail, at, attestations, computed, patterns: String::new() };
        judged.patterns = judged.policy().policy.patterns().fingerprint();
        Ok(judged)
    }

    /// The policy version that judged it.
    pub(crate) fn policy(&self) -> &'a PolicyVersion {
        self.computed.history.at(self.detail.row.implemented_at.unwrap_or(self.computed.as_of))
    }

    /// One value of the verdicts at this change.
    fn verdict<T: Copy + Default + 'a>(
        &self,
        column: impl FnOnce(&'a change_ledger_model::verdicts::Verdicts) -> &'a [T],
    ) -> T {
        column(self.computed.judged.verdicts()).get(self.at).copied().unwrap_or_default()
    }

    fn time(
        &self,
        column: impl FnOnce(&'a change_ledger_model::verdicts::Verdicts) -> &'a [Option<i64>],
    ) -> Option<Timestamp> {
        self.verdict(column).and_then(Timestamp::from_millis)
    }

    pub(crate) fn class(&self) -> Class {
        Class::from_code(self.verdict(|v| &v.class)).unwrap_or(Class::Routine)
    }

    pub(crate) fn detection(&self) -> Detection {
        Detection::from_code(self.verdict(|v| &v.detection)).unwrap_or_default()
    }

    pub(crate) fn approval(&self) -> ApprovalTiming {
        ApprovalTiming::from_code(self.verdict(|v| &v.approval)).unwrap_or(ApprovalTiming::Unknown)
    }

    pub(crate) fn review_state(&self) -> ReviewState {
        ReviewState::from_code(self.verdict(|v| &v.review_state)).unwrap_or(ReviewState::Unknown)
    }

    pub(crate) fn incident_link(&self) -> IncidentLinkState {
        IncidentLinkState::from_code(self.verdict(|v| &v.incident_link)).unwrap_or(IncidentLinkState::Missing)
    }

    pub(crate) fn counted(&self) -> bool {
        self.verdict(|v| &v.in_population)
    }

    pub(crate) fn quarter(&self) -> Option<Quarter> {
        self.verdict(|v| &v.quarter).map(Quarter::from_ordinal)
    }

    pub(crate) fn approved_before_at(&self) -> Option<Timestamp> {
        self.time(|v| &v.approved_before_at)
    }

    /// When the retroactive review that it owes was done.
    pub(crate) fn reviewed_at(&self) -> Option<Timestamp> {
        self.time(|v| &v.reviewed_at)
    }

    pub(crate) fn approved_after_at(&self) -> Option<Timestamp> {
        self.time(|v| &v.approved_after_at)
    }

    pub(crate) fn due_at(&self) -> Option<Timestamp> {
        self.time(|v| &v.due_at)
    }

    pub(crate) fn documented_at(&self) -> Option<Timestamp> {
        self.time(|v| &v.documented_at)
    }

    /// `None` where the imported files could not tell, as for [`justified`](Self::justified) and
    /// [`documented_on_time`](Self::documented_on_time).
    pub(crate) fn authorised(&self) -> Option<bool> {
        self.verdict(|v| &v.authorised)
    }

    pub(crate) fn justified(&self) -> Option<bool> {
        self.verdict(|v| &v.justified)
    }

    pub(crate) fn documented_on_time(&self) -> Option<bool> {
        self.verdict(|v| &v.documented_on_time)
    }

    pub(crate) fn dismissed_without_date(&self) -> bool {
        self.verdict(|v| &v.dismissed_without_date)
    }

    pub(crate) fn self_merged(&self) -> Option<bool> {
        self.verdict(|v| &v.self_merged)
    }

    pub(crate) fn self_approved(&self) -> bool {
        self.verdict(|v| &v.self_approved)
    }

    /// Whether the author approved; `None` where a review of theirs, or who the author is, may be missing.
    pub(crate) fn self_approved_known(&self) -> Option<bool> {
        let by_author = self.in_reviews(self.self_approved());
        by_author.filter(|found| *found || self.detail.row.author.is_some())
    }

    /// Whether a request for changes is still open; `None` where such a review may be missing.
    pub(crate) fn changes_requested_open(&self) -> Option<bool> {
        self.in_reviews(self.verdict(|v| &v.changes_requested_open))
    }

    /// Whether its approval is one of a batch; `None` where an approval may be missing.
    pub(crate) fn batch_stamped_known(&self) -> Option<bool> {
        self.in_reviews(self.batch_stamped())
    }

    fn in_reviews(&self, found: bool) -> Option<bool> {
        found_in_reviews(self.detail.review_coverage, found)
    }

    pub(crate) fn approval_covers_head(&self) -> Option<bool> {
        self.verdict(|v| &v.approval_covers_head)
    }

    /// Whether anybody could have reviewed independently, in words; `None` where the files do not tell who acted.
    pub(crate) fn independent_review(&self) -> Option<String> {
        match self.computed.loaded.actors_at(self.at) {
            Actors::Several => Some("possible".to_owned()),
            Actors::Only(person) => {
                Some(format!("impossible: {person} is the only person who ever acted in this repository"))
            }
            Actors::Unknown => None,
        }
    }

    pub(crate) fn batch_stamped(&self) -> bool {
        self.verdict(|v| &v.batch_stamped)
    }

    /// How it answers each control, under the policy that judged it.
    pub(crate) fn controls(&self) -> Option<Vec<(Attribute, Finding)>> {
        self.computed.judged.controls(self.at)
    }

    /// The category of the policy to which it belongs, where a file tells it.
    pub(crate) fn category(&self) -> Option<&str> {
        self.computed.judged.category(self.at)
    }

    /// Whether it is an emergency that is not documented, and may still be in time.
    pub(crate) fn documentation_pending(&self) -> bool {
        self.computed.judged.documentation_pending(self.at)
    }

    /// What was computed from the state of the ledger to which it belongs.
    pub(crate) const fn computed(&self) -> &'a Computed {
        self.computed
    }

    pub(crate) fn as_of(&self) -> Timestamp {
        self.computed.as_of
    }

    /// What the words of the policy in force found, in the change and its linked records, up to the moment of the judgement.
    pub(crate) fn found(&self, signal: TextSignal) -> impl Iterator<Item = &FoundText> {
        let by_now = |found: &FoundText| found.at.is_none_or(|at| at <= self.computed.as_of);
        let wanted = move |found: &&FoundText| found.signal == signal && found.pattern_set == self.patterns;
        self.detail.found.iter().filter(wanted).filter(move |found| by_now(found))
    }

    fn is_own(&self, found: &FoundText) -> bool {
        found.record == self.detail.row.id
    }

    /// Its signals, each with the text that raised it; `None` where no text does.
    pub(crate) fn signals(&self) -> Vec<(Signal, Option<String>)> {
        let own = |signal| self.found(signal).find(|found| self.is_own(found)).map(|found| found.text.clone());
        let text = |signal| match signal {
            Signal::EmergencyLabel => own(TextSignal::EmergencyLabel),
            Signal::EmergencyTicket => self
                .found(TextSignal::EmergencyLabel)
                .find(|found| !self.is_own(found))
                .map(|found| format!("{} on {}", found.text, short(&found.record))),
            Signal::HotfixBranch => own(TextSignal::HotfixBranch),
            Signal::EmergencyWords => own(TextSignal::EmergencyWords),
            Signal::IncidentLink => self.detail.incidents.first().map(|linked| incident_name(linked).to_owned()),
            Signal::Unreviewed
            | Signal::BypassRecorded
            | Signal::IncidentWindow
            | Signal::FastMerge
            | Signal::OutOfHours => None,
        };
        Signals(self.verdict(|v| &v.signals)).iter().map(|signal| (signal, text(signal))).collect()
    }

    /// Where a text stands, in words: `description of the change`, `comment on PLAT-1190`.
    pub(crate) fn place(&self, found: &FoundText) -> String {
        let part = match found.found_in {
            FoundIn::Title => "title",
            FoundIn::Body => "description",
            FoundIn::Branch => "branch",
            FoundIn::Label => "label",
            FoundIn::Note => "comment",
            FoundIn::LinkField | FoundIn::Address | FoundIn::Person => "field",
        };
        if self.is_own(found) { format!("{part} of the change") } else { format!("{part} of {}", short(&found.record)) }
    }

    /// The reason in a linked ticket's field for it, and the ticket's key, where the policy lets that count.
    pub(crate) fn ticket_reason(&self) -> Option<(&str, &str)> {
        if !self.policy().policy.justification.ticket_reason_counts {
            return None;
        }
        let mut tickets = self.detail.tickets.iter().map(|linked| &linked.ticket);
        tickets.find_map(|ticket| {
            let reason = ticket.reason.as_deref().filter(|reason| !reason.trim().is_empty())?;
            Some((reason, ticket.ticket_key.as_str()))
        })
    }

    /// Who gave the qualifying approval at `at`: a reviewer or, where the policy lets merging count, whoever merged.
    pub(crate) fn approver_at(&self, at: Timestamp) -> Option<&Person> {
        let counted = |review: &&ReviewDetail| review.submitted_at == Some(at) && self.weight(review) == Weight::Counts;
        let reviewer = self.detail.reviews.iter().find(counted).map(|review| &review.reviewer);
        let merged = self.policy().policy.approval.merge_counts && self.detail.row.implemented_at == Some(at);
        reviewer.or_else(|| self.detail.merged_by.as_ref().filter(|_| merged))
    }

    /// Whether an approval that was dismissed some time after `stood_until` counts all the same.
    fn outlives(&self, review: &ReviewDetail, stood_until: Timestamp) -> bool {
        let stood_at_implementation = self.detail.row.implemented_at.is_some_and(|implemented| {
            implemented <= stood_until && review.submitted_at.is_none_or(|at| at <= implemented)
        });
        self.computed.as_of <= stood_until || stood_at_implementation
    }

    /// Whether a review counts as a qualifying approval, whoever judges when it came.
    pub(crate) fn weight(&self, review: &ReviewDetail) -> Weight {
        self.against(review)
            .map_or_else(|| self.doubt_about(review).map_or(Weight::Counts, Weight::InDoubt), Weight::None)
    }

    /// Why a review may not count though nothing speaks against it: the files do not tell.
    fn doubt_about(&self, review: &ReviewDetail) -> Option<&'static str> {
        if self.detail.row.author.is_none() {
            return Some("may count or not: no file names the author of the change, who may be the same person");
        }
        if review.missing_since.is_some() {
            return Some("may count or not: a newer list of the reviews does not show it, and nobody knows since when");
        }
        let is_covered = review.commit.is_some() && self.detail.head_commit.is_some();
        (self.policy().policy.approval.must_cover_head && !is_covered)
            .then_some("may count or not: the files do not tell whether it is of the merged commit")
    }

    /// Why a review cannot count as a qualifying approval; `None` when nothing speaks against it.
    fn against(&self, review: &ReviewDetail) -> Option<&'static str> {
        let approval = &self.policy().policy.approval;
        let is_author = |handle: &str| {
            self.detail
                .row
                .author
                .as_ref()
                .is_some_and(|author| author.kind != PersonKind::Deleted && author.handle == handle)
        };
        match review.verdict {
            Verdict::Dismissed => return Some("does not count: it was dismissed, and what it said before is unknown"),
            Verdict::ChangesRequested => return Some("does not count: it asked for changes"),
            Verdict::Withdrawn => return Some("does not count: it takes an approval back"),
            Verdict::Reset => return Some("does not count: a push took every approval back"),
            Verdict::Commented if !approval.comment_counts => return Some("does not count: a comment is no approval"),
            Verdict::Commented | Verdict::Approved => {}
        }
        if let Some(dismissal) = review.dismissal.filter(|dismissal| !self.outlives(review, dismissal.stood_until)) {
            return Some(if dismissal.dismissed_by == Some(dismissal.stood_until) {
                "does not count: it was taken back"
            } else {
                "does not count: it was dismissed, and no file shows that it stood longer than the implementation"
            });
        }
        match review.reviewer.kind {
            PersonKind::Deleted if review.reviewer.handle.is_empty() => {
                return Some("does not count: the account was deleted, so who approved is unknown");
            }
            PersonKind::Deleted => return Some("does not count: nobody knows whose account this is"),
            PersonKind::Bot => return Some("does not count: given by a bot"),
            PersonKind::Human => {}
        }
        let handle = review.reviewer.handle.as_str();
        if is_author(handle) {
            return Some("does not count: given by the author");
        }
        if review.submitted_at.is_some_and(|at| at > self.computed.as_of) {
            return Some("does not count: given after the moment of this judgement");
        }
        if self.detail.commit_authors.iter().any(|author| author.handle == handle) {
            return Some("does not count: given by an author of its commits");
        }
        let commits = review.commit.as_ref().zip(self.detail.head_commit.as_ref());
        if approval.must_cover_head && commits.is_some_and(|(reviewed, merged)| reviewed != merged) {
            return Some("does not count: it is of another commit than the merged one");
        }
        let withdrawn = self.detail.reviews.iter().any(|later| {
            later.reviewer.handle == handle
                && matches!(later.verdict, Verdict::ChangesRequested | Verdict::Withdrawn)
                && later.submitted_at > review.submitted_at
                && later.submitted_at.is_some()
                && later.submitted_at <= self.detail.row.implemented_at
        });
        withdrawn.then_some("does not count: withdrawn before implementation")
    }
}

/// What the reviews of a change say about something: what was found is there, what was not is only known to be missing
/// where the files hold every review.
const fn found_in_reviews(coverage: ReviewCoverage, found: bool) -> Option<bool> {
    match (found, coverage) {
        (true, _) => Some(true),
        (false, ReviewCoverage::Complete) => Some(false),
        (false, ReviewCoverage::NotCarried | ReviewCoverage::PossiblyCut) => None,
    }
}

/// The id without its tool, `PLAT-1190` for `jira:PLAT-1190`.
pub(crate) fn short(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, name)| name)
}

/// What people call a linked incident: its number (`INC-5521`) where it has one, else its id.
pub(crate) fn incident_name(linked: &LinkedIncident) -> &str {
    let names = linked.incident.as_ref().map_or(&[][..], |incident| incident.names.as_slice());
    names.iter().find(|name| name.starts_with("INC-")).map_or_else(|| short(&linked.name), String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_that_may_be_missing_prove_no_absence() {
        let check = |coverage, found, expected| assert_eq!(found_in_reviews(coverage, found), expected, "{coverage:?}");
        check(ReviewCoverage::Complete, false, Some(false));
        check(ReviewCoverage::PossiblyCut, false, None);
        check(ReviewCoverage::NotCarried, false, None);
        for coverage in [ReviewCoverage::Complete, ReviewCoverage::PossiblyCut, ReviewCoverage::NotCarried] {
            check(coverage, true, Some(true));
        }
    }
}
