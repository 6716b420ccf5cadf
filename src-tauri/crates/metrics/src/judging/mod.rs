//! From facts to verdicts: every change is judged by the policy version in force when it was implemented.

pub(crate) mod approval;
mod asked;
pub(crate) mod attested;
mod batch;
mod business_days;
mod business_hours;
pub(crate) mod class;
mod deadline;
mod evidence;
mod halves;
mod permitted;
mod population;
mod quarter;
mod reasons;
mod retroactive_review;
mod roles;
mod signal;
mod window;

use crate::column::{
    APPROVAL, APPROVED_AFTER_AT, APPROVED_BEFORE_AT, APPROVED_BY_ROLES, ATTESTED, ATTESTED_EXEMPT, ATTESTED_REVIEW_AT,
    AUTHORISED, AUTHORISED_AS_ASKED, BEST_COVER, CATEGORY, CHANGES_REQUESTED_OPEN, CLASS, COUNTED_BRANCH, COVERS_HEAD,
    DETECTION, DISMISSED_WITHOUT_DATE, DOCUMENTATION_PENDING, DOCUMENTED_AT, DOCUMENTED_ON_TIME, DUE_AT, EXEMPTED,
    IMPLEMENTED_AT, IN_N, IN_POPULATION, INCIDENT_LINK, JUSTIFIED, KIND, LABELS_KNOWN, NOTES_KNOWN, OWED, PEOPLE_ASKED,
    PERSON_SAYS, POLICY_VERSION, POSSIBLY_APPROVED_AFTER_AT, QUARTER, REASON_ACCEPTED, RECORDED_REVIEW_AT, REPOSITORY,
    REVIEW_DATA, REVIEW_STATE, REVIEWED_AT, REVIEWS_CUT, ROLLBACK_PLANNED, ROW, SELF_APPROVED, SELF_MERGED, SIGNALS,
    WARN_AT,
};
use crate::expression::lit;
use crate::frames::bytes;
use crate::{Frames, Judged, MetricsError, guard::guarded};
use attested::Attestations;
use change_ledger_model::{
    Timestamp,
    attestation::AttestationKind,
    policy::{Policy, PolicyHistory},
};
use polars::prelude::{DataFrame, Expr, IntoLazy, PolarsResult, SortMultipleOptions, UnionArgs, col, concat};
use std::{collections::BTreeSet, sync::Arc};

/// Policy versions are numbered with one byte.
const MOST_VERSIONS: usize = 255;

impl Frames {
    /// Judges every change by the policy version in force when it was implemented (an undated one: at `as_of`).
    /// What is later than `as_of` has not happened: reviews that are open then are aged at it, changes that are implemented
    /// later are in no number. Facts without a date, such as labels, are those of the newest import. Quarters follow the fiscal year and time zone of the version in
    /// force at `as_of`, so that they never overlap.
    ///
    /// # Errors
    /// [`MetricsError::TooManyPolicies`] beyond 255 versions, [`MetricsError::Internal`] when the engine fails.
    pub fn judge(&self, policies: &PolicyHistory, as_of: Timestamp) -> Result<Judged, MetricsError> {
        self.judge_with(policies, as_of, Attestations::Known)
    }

    /// The same as if nobody had attested anything: what the imported files say alone. `None` where that is the same, because
    /// nothing that was attested holds at `as_of`.
    ///
    /// # Errors
    /// As [`judge`](Self::judge).
    pub fn judge_without_attestations(
        &self,
        policies: &PolicyHistory,
        as_of: Timestamp,
    ) -> Result<Option<Judged>, MetricsError> {
        let differs = attested::any_in_force(&self.statements.counting, as_of);
        differs.then(|| self.judge_with(policies, as_of, Attestations::LeftOut)).transpose()
    }

    fn judge_with(
        &self,
        policies: &PolicyHistory,
        as_of: Timestamp,
        attestations: Attestations,
    ) -> Result<Judged, MetricsError> {
        let versions = policies.versions().count();
        if versions > MOST_VERSIONS {
            return Err(MetricsError::TooManyPolicies(versions));
        }
        let judged = guarded("judging the changes", || judged_frame(self, policies, as_of, attestations))?;
        Judged::new(
            judged,
            (Arc::clone(&self.controls), Arc::clone(&self.beside)),
            (self.repositories.clone(), Arc::clone(&self.authors)),
            policies.clone(),
            as_of,
        )
    }
}

/// One row per change, in the order of the ledger's columns.
fn judged_frame(
    frames: &Frames,
    policies: &PolicyHistory,
    as_of: Timestamp,
    attestations: Attestations,
) -> PolarsResult<DataFrame> {
    let implemented = frames.changes.column(IMPLEMENTED_AT)?.i64()?;
    let versions = population::policy_versions(implemented, policies, as_of);
    let mut changes = frames.changes.clone();
    changes.with_column(quarter::quarters(implemented, &policies.at(as_of).policy.period))?;
    changes.with_column(bytes(POLICY_VERSION, versions.clone()))?;

    let stated = if attestations == Attestations::Known { frames.statements.counting.as_slice() } else { &[] };
    let changes = changes.hstack(attested::frame(stated, changes.height(), as_of)?.columns())?;

    let authorisers = attested::by_whom(stated, AttestationKind::Authorisation, as_of);
    let reviewers = attested::by_whom(stated, AttestationKind::Review, as_of);
    let justified = attested::by_whom(stated, AttestationKind::Justification, as_of).into_keys().collect();

    let in_force: BTreeSet<u8> = versions.into_iter().collect();
    let sets = policies.pattern_sets();
    let mut parts = Vec::new();
    let mut settled = Vec::new();
    for (version, policy) in (0_u8..).zip(policies.versions().map(|version| &version.policy)) {
        // Without changes there is nothing to judge, but the columns are still needed once.
        let needed = in_force.contains(&version) || in_force.is_empty() && version == 0;
        if !needed {
            continue;
        }
        let patterns = policy.patterns();
        let set = (0..).zip(&sets).find_map(|(position, known)| (*known == patterns).then_some(position));
        let said = frames.said_under(set.unwrap_or(u32::MAX))?;
        // Whom it names may have acted by another of their accounts.
        let in_full = policy.naming_in_full(&frames.authors.names);
        let words = (&in_full, set.unwrap_or(u32::MAX));
        let asked = asked::categories(frames, policy, words.1)?;
        let approved = asked::approvals(frames, policy, &asked, as_of.millis())?;
        let mut facts = changes.hstack(asked.columns())?.hstack(&approved)?.hstack(said.columns())?;
        if in_force.len() > 1 {
            facts = facts.lazy().filter(col(POLICY_VERSION).eq(lit(version))).collect()?;
        }
        let verdicts = halves::in_halves(&facts, |facts| {
            let permitted = permitted::permitted(facts, frames, words, (&authorisers, as_of))?;
            let by_roles = roles::approved(facts, frames, words, as_of)?;
            let accepted = reasons::accepted(facts, frames, words, (&justified, as_of))?;
            let verdicts = judged_under(frames, policy, &facts.hstack(&[permitted, by_roles, accepted])?, as_of)?;
            let reviewed_by = roles::reviewed(&verdicts, frames, words, (&reviewers, as_of))?;
            verdicts.hstack(&[reviewed_by])
        })?;
        let approvals = approval::candidates(frames, policy.approval, as_of.millis())?;
        settled.push(batch::settled_by(&verdicts, approvals)?.lazy());
        parts.push(verdicts.lazy());
    }
    let mut judged = concat(parts, UnionArgs::default())?;
    if in_force.len() > 1 {
        judged = judged.sort([ROW], SortMultipleOptions::default());
    }
    let judged = judged.collect()?;
    let settled = concat(settled, UnionArgs::default())?.collect()?;
    let height = judged.height();
    judged.hstack(&[batch::stamped(&settled, policies, height)?, batch::settlers(&settled, height)?])
}

/// Verdicts under one policy version. `facts` are the changes that it was in force for.
fn judged_under(frames: &Frames, policy: &Policy, facts: &DataFrame, as_of: Timestamp) -> PolarsResult<DataFrame> {
    let facts = facts.hstack(&[
        population::counted_branches(facts, &frames.branches, &policy.population)?,
        business_hours::out_of_hours(facts, policy)?,
        window::in_incident_window(facts, frames, &policy.signals.incident_window)?,
    ])?;
    let is_asked_apart = asked::of_emergencies_apart(&facts);
    let classified = class::judge(signal::judge(attested::beside_the_files(facts.lazy()), policy), policy, as_of);
    let classified = if is_asked_apart { asked::of_emergencies(classified) } else { classified };
    let reviewed = retroactive_review::judge(classified, policy, as_of);
    let verdicts = evidence::judge(reviewed, policy, as_of).select(verdict_columns()).collect()?;
    let business_days = business_days::of_reviews(&verdicts, &policy.business_calendar())?;
    verdicts.hstack(&[business_days])
}

/// Whether `at` is at or before `due`; a deadline that never comes is never missed.
fn in_time(at: Expr, due: Expr) -> Expr {
    due.clone().is_null().or(at.lt_eq(due).fill_null(lit(false)))
}

fn verdict_columns() -> Vec<Expr> {
    [
        ROW,
        REPOSITORY,
        IMPLEMENTED_AT,
        POLICY_VERSION,
        QUARTER,
        COUNTED_BRANCH,
        REVIEW_DATA,
        REVIEWS_CUT,
        NOTES_KNOWN,
        EXEMPTED,
        ATTESTED_EXEMPT,
        PERSON_SAYS,
        RECORDED_REVIEW_AT,
        ATTESTED_REVIEW_AT,
        IN_POPULATION,
        IN_N,
        CLASS,
        DETECTION,
        ATTESTED,
        SIGNALS,
        APPROVAL,
        APPROVED_BEFORE_AT,
        APPROVED_AFTER_AT,
        POSSIBLY_APPROVED_AFTER_AT,
        COVERS_HEAD,
        OWED,
        REVIEW_STATE,
        DUE_AT,
        REVIEWED_AT,
        WARN_AT,
        INCIDENT_LINK,
        AUTHORISED,
        AUTHORISED_AS_ASKED,
        JUSTIFIED,
        DOCUMENTED_AT,
        DOCUMENTED_ON_TIME,
        SELF_MERGED,
        SELF_APPROVED,
        CHANGES_REQUESTED_OPEN,
        LABELS_KNOWN,
        DISMISSED_WITHOUT_DATE,
        KIND,
        CATEGORY,
        PEOPLE_ASKED,
        APPROVED_BY_ROLES,
        BEST_COVER,
        REASON_ACCEPTED,
        ROLLBACK_PLANNED,
        DOCUMENTATION_PENDING,
    ]
    .map(col)
    .to_vec()
}
