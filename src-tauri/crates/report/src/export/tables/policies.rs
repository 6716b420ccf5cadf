use super::{
    super::{subject::Subject, table::Table},
    word,
};
use change_ledger_model::{
    Timestamp,
    calendar::Deadline,
    policy::{Policy, PolicyVersion, ReviewEvidence},
};

/// One row per policy version, with the parameters that the SQL reads. The documents themselves stand beside the tables.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let versions: Vec<&'a PolicyVersion> = subject.policies.versions().collect();
    let of = |parameter: fn(&Policy) -> i64| versions.iter().map(move |version| Some(parameter(&version.policy)));
    let whether = |parameter: fn(&Policy) -> bool| versions.iter().map(move |version| Some(parameter(&version.policy)));
    Table::new("policies", "One row per policy version that is in force at some time")
        .integer(
            "policy_version",
            "Its place among them, oldest first, from 0",
            (0_i64..).take(versions.len()).map(Some),
        )
        .text("name", "Name of the policy", versions.iter().map(|version| Some(version.policy.name.as_str())))
        .text(
            "version",
            "Version as its owner counts",
            versions.iter().map(|version| Some(version.policy.version.as_str())),
        )
        .text("sha256", "SHA-256 of its document", versions.iter().map(|version| Some(version.sha256.as_str())))
        .moment(
            "effective_from",
            "In force from here on; null means from the beginning;",
            versions.iter().map(|version| version.effective_from.map(Timestamp::millis)),
        )
        .integer(
            "approvals_required",
            "How many different people must approve",
            of(|policy| i64::from(policy.approval.required)),
        )
        .integer(
            "approvals_of_emergencies",
            "How many different people must approve an emergency, before it or afterwards",
            of(|policy| i64::from(policy.people_asked_of_emergencies())),
        )
        .boolean(
            "comment_counts",
            "Whether a comment counts as an approval",
            whether(|policy| policy.approval.comment_counts),
        )
        .boolean(
            "merge_counts",
            "Whether merging somebody else's change counts as approving it",
            whether(|policy| policy.approval.merge_counts),
        )
        .boolean(
            "must_cover_head",
            "Whether the approval must be of the merged commit",
            whether(|policy| policy.approval.must_cover_head),
        )
        .boolean("exempt_bots", "Whether changes opened by bots are exempt", whether(|policy| policy.exemption.bots))
        .boolean(
            "count_exempt",
            "Whether exempt changes are part of N",
            whether(|policy| policy.population.count_exempt),
        )
        .integer(
            "fast_merge_minutes",
            "Opened and implemented within fewer minutes is fast",
            of(|policy| i64::from(policy.signals.fast_merge_minutes)),
        )
        .text(
            "review_owed",
            "Which emergencies owe a retroactive review: unreviewed or every_emergency",
            versions.iter().map(|version| word(Some(version.policy.review.owed))),
        )
        .boolean(
            "review_by_approval",
            "Whether a qualifying approval of the change counts as that review",
            whether(|policy| policy.review.accepts(ReviewEvidence::Approval)),
        )
        .boolean(
            "review_by_change_task",
            "Whether a completed review task of a change ticket does",
            whether(|policy| policy.review.accepts(ReviewEvidence::ChangeTask)),
        )
        .boolean(
            "review_by_ticket_record",
            "Whether a dated note on a linked ticket or incident does",
            whether(|policy| policy.review.accepts(ReviewEvidence::TicketRecord)),
        )
        .boolean(
            "review_by_attestation",
            "Whether a person's attestation does",
            whether(|policy| policy.review.accepts(ReviewEvidence::Attestation)),
        )
        .integer(
            "review_deadline_hours",
            "Elapsed hours until that review is due; null where business days count",
            versions.iter().map(|version| hours(version.policy.review.deadline)),
        )
        .integer(
            "review_deadline_business_days",
            "Business days until that review is due; null where hours count",
            versions.iter().map(|version| business_days(version.policy.review.deadline)),
        )
        .integer(
            "grace_minutes",
            "So many minutes after the end of an incident still count as its window",
            of(|policy| i64::from(policy.signals.incident_window.grace_minutes)),
        )
        .integer(
            "patch_critical_hours",
            "Hours in which a critical finding must be fixed",
            of(|policy| i64::from(policy.patch.critical_hours)),
        )
        .integer(
            "patch_high_days",
            "Days of 24 hours in which a finding of high severity must be",
            of(|policy| i64::from(policy.patch.high_days)),
        )
        .integer("patch_medium_days", "The same of medium severity", of(|policy| i64::from(policy.patch.medium_days)))
        .integer("patch_low_days", "The same of low severity", of(|policy| i64::from(policy.patch.low_days)))
        .integer(
            "batch_count",
            "At least so many retroactive approvals of one person look like stamping",
            of(|policy| i64::from(policy.batch.count)),
        )
        .integer("batch_minutes", "Within so many minutes", of(|policy| i64::from(policy.batch.minutes)))
}

fn hours(deadline: Deadline) -> Option<i64> {
    match deadline {
        Deadline::Hours(hours) => Some(i64::from(hours)),
        Deadline::BusinessDays(_) => None,
    }
}

fn business_days(deadline: Deadline) -> Option<i64> {
    match deadline {
        Deadline::Hours(_) => None,
        Deadline::BusinessDays(days) => Some(i64::from(days)),
    }
}
