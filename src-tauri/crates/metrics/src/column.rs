//! Names of the columns that frames share, in the order in which they come into being.

// Facts of a change.
pub(crate) const ROW: &str = "row";
pub(crate) const KIND: &str = "kind";
pub(crate) const REPOSITORY: &str = "repository";
/// A group of changes whose numbers are told apart, by position.
pub(crate) const GROUP: &str = "group";
pub(crate) const BRANCH: &str = "branch";
pub(crate) const AUTHOR: &str = "author";
pub(crate) const MERGED_BY: &str = "merged_by";
pub(crate) const OPENED_AT: &str = "opened_at";
pub(crate) const IMPLEMENTED_AT: &str = "implemented_at";
/// When it was merged or worked off, whatever clock the policy has.
pub(crate) const MERGED_AT: &str = "merged_at";
pub(crate) const HEAD_COMMIT: &str = "head_commit";
pub(crate) const AUTHOR_IS_BOT: &str = "author_is_bot";
pub(crate) const REVIEW_DATA: &str = "review_data";
pub(crate) const REVIEWS_CUT: &str = "reviews_cut";
pub(crate) const SELF_MERGED: &str = "self_merged";
pub(crate) const SELF_APPROVED_AT: &str = "self_approved_at";
pub(crate) const SELF_APPROVED: &str = "self_approved";
pub(crate) const CHANGES_REQUESTED_OPEN: &str = "changes_requested_open";
pub(crate) const OPEN_UNLESS_COMMENTED: &str = "open_unless_commented";
pub(crate) const DISMISSED_BEFORE: &str = "dismissed_before";
pub(crate) const LABELS_KNOWN: &str = "labels_known";
pub(crate) const TEXTS_KNOWN: &str = "texts_known";
pub(crate) const NOTES_KNOWN: &str = "notes_known";
pub(crate) const INCIDENT_LINK: &str = "incident_link";
pub(crate) const TICKET_HAS_REASON: &str = "ticket_has_reason";
/// Whether a recorded bypass of a review rule let the change through.
pub(crate) const BYPASS_RECORDED: &str = "bypass_recorded";

// Facts of a review.
pub(crate) const CHANGE: &str = "change";
pub(crate) const REVIEW: &str = "review";
pub(crate) const REVIEWER: &str = "reviewer";
pub(crate) const REVIEWER_KIND: &str = "reviewer_kind";
pub(crate) const VERDICT: &str = "verdict";
pub(crate) const AT: &str = "at";
pub(crate) const AFTER_AT: &str = "after_at";
pub(crate) const COMMIT: &str = "commit";
/// When an approval was given that certainly qualifies; null for one that is in doubt.
pub(crate) const CERTAIN_AT: &str = "certain_at";
pub(crate) const IS_COMMENT: &str = "is_comment";
pub(crate) const UNDATED: &str = "undated";
pub(crate) const COVERS: &str = "covers";
pub(crate) const GIVEN_AT: &str = "given_at";
pub(crate) const STOOD_UNTIL: &str = "stood_until";
/// Whether the files do not tell if the approval qualifies: it may be the author's own, or of another commit.
pub(crate) const IN_DOUBT: &str = "in_doubt";

// What the texts say, under one set of patterns.
pub(crate) const EMERGENCY_LABEL: &str = "emergency_label";
pub(crate) const EMERGENCY_TICKET: &str = "emergency_ticket";
pub(crate) const HOTFIX_BRANCH: &str = "hotfix_branch";
pub(crate) const EMERGENCY_WORDS: &str = "emergency_words";
pub(crate) const AUTHORISED_AT: &str = "authorised_at";
pub(crate) const JUSTIFIED_AT: &str = "justified_at";
pub(crate) const DOCUMENTED_AT: &str = "documented_at";
/// Whether a plan for a rollback was written down before the implementation.
pub(crate) const ROLLBACK_PLANNED: &str = "rollback_planned";
/// Whether the policy permits the authorisation on record; null where nobody can tell, and where there is none.
pub(crate) const PERMITTED: &str = "permitted";
/// The first record of a retroactive review in the notes of tickets and incidents.
pub(crate) const RECORDED_REVIEW_AT: &str = "recorded_review_at";
/// Whether a label, the title or the branch of the change exempts it by rule.
pub(crate) const EXEMPTED: &str = "exempted";

// What the category of a change asks for, under one policy.
/// Its category, by its place in the policy; null where no file tells it.
pub(crate) const CATEGORY: &str = "category";
/// How many people must approve it; 0 where its author decides alone.
pub(crate) const PEOPLE_ASKED: &str = "people_asked";
/// Whether those who approved hold the roles that its category asks for; null where nobody can tell.
pub(crate) const APPROVED_BY_ROLES: &str = "approved_by_roles";
/// Whether somebody whom the policy asks reviewed it in time; null where nobody can tell.
pub(crate) const REVIEWED_BY_ROLE: &str = "reviewed_by_role";
/// Whether its reason names one of the policy's grounds; null where nobody can tell.
pub(crate) const REASON_ACCEPTED: &str = "reason_accepted";
/// The best that approvals of any commit say of the merged commit, as in [`COVERS`]; null where there is none.
pub(crate) const BEST_COVER: &str = "best_cover";
/// Whether it is not documented, and may still be in time.
pub(crate) const DOCUMENTATION_PENDING: &str = "documentation_pending";

// What people attested.
/// Whether anything holds that was attested of the change.
pub(crate) const ATTESTED: &str = "attested";
pub(crate) const ATTESTED_EXEMPT: &str = "attested_exempt";
/// When the change was reviewed, as a person attests; null where nobody does.
pub(crate) const ATTESTED_REVIEW_AT: &str = "attested_review_at";
/// What a person says of a detection ([`change_ledger_model::attestation::Detection`] as a number); unjudged where nobody did.
pub(crate) const PERSON_SAYS: &str = "person_says";

// What calendar, branches and incidents say, under one policy.
pub(crate) const POLICY_VERSION: &str = "policy_version";
pub(crate) const QUARTER: &str = "quarter";
pub(crate) const COUNTED_BRANCH: &str = "counted_branch";
pub(crate) const OUT_OF_HOURS: &str = "out_of_hours";
pub(crate) const INCIDENT_WINDOW: &str = "incident_window";

// Verdicts.
pub(crate) const IN_POPULATION: &str = "in_population";
pub(crate) const IN_N: &str = "in_n";
pub(crate) const APPROVAL: &str = "approval";
pub(crate) const APPROVED_BEFORE_AT: &str = "approved_before_at";
pub(crate) const APPROVED_AFTER_AT: &str = "approved_after_at";
/// When the approvals of the required people may have been complete, those in doubt and those without a time counted.
pub(crate) const POSSIBLY_APPROVED_AT: &str = "possibly_approved_at";
/// The first approval later than the implementation that qualifies or may qualify, also where one came before.
pub(crate) const POSSIBLY_APPROVED_AFTER_AT: &str = "possibly_approved_after_at";
pub(crate) const COVERS_HEAD: &str = "covers_head";
pub(crate) const SIGNALS: &str = "signals";
pub(crate) const CLASS: &str = "class";
/// What became of the change at the detection rules ([`change_ledger_model::attestation::Detection`] as a number).
pub(crate) const DETECTION: &str = "detection";
pub(crate) const OWED: &str = "owed";
pub(crate) const DUE_AT: &str = "due_at";
pub(crate) const REVIEW_STATE: &str = "review_state";
/// Whether an authorisation is on record as the policy asks for it.
pub(crate) const AUTHORISED_AS_ASKED: &str = "authorised_as_asked";
/// When the retroactive review was done that the change owes, by the earliest evidence that the policy accepts.
pub(crate) const REVIEWED_AT: &str = "reviewed_at";
/// From when an open retroactive review is warned of.
pub(crate) const WARN_AT: &str = "warn_at";
pub(crate) const AUTHORISED: &str = "authorised";
pub(crate) const JUSTIFIED: &str = "justified";
pub(crate) const DOCUMENTED_ON_TIME: &str = "documented_on_time";
pub(crate) const DISMISSED_WITHOUT_DATE: &str = "dismissed_without_date";
pub(crate) const BUSINESS_DAYS: &str = "business_days";
pub(crate) const BATCH_STAMPED: &str = "batch_stamped";
/// Who gave the approval that settled the owed review.
pub(crate) const SETTLED_BY: &str = "settled_by";
