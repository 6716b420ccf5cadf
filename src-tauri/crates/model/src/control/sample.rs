//! A change of which everything is known and nothing is wrong, for tests.

use super::{ApprovalsAsked, ControlFacts, ControlRules, TicketLink};
use crate::{
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    policy::{Controls, RollbackPlan},
};

/// A routine change that meets every control.
pub(super) const fn facts() -> ControlFacts {
    ControlFacts {
        class: Class::Routine,
        is_ticket: false,
        ticket: TicketLink::Linked,
        justified: Some(true),
        approval: ApprovalTiming::Before,
        asked: ApprovalsAsked::Anybody,
        approved_by_roles: Some(true),
        has_approval: true,
        approval_covers_head: Some(true),
        tests_passed: Some(true),
        self_merged: Some(false),
        self_deployed: Some(false),
        is_deployed: true,
        staging_first: Some(true),
        is_high_risk: Some(true),
        has_rollback_plan: Some(true),
        is_confirmed: false,
        labels_known: true,
        incident_link: IncidentLinkState::TwoWay,
        authorised: Some(true),
        authorised_as_asked: Some(true),
        reason_accepted: Some(true),
        review_state: ReviewState::OnTime,
        reviewed_by_role: Some(true),
        documented_on_time: Some(true),
        documentation_pending: false,
        scan_clean: Some(true),
    }
}

/// An emergency that meets every control.
pub(super) const fn emergency() -> ControlFacts {
    ControlFacts { class: Class::DeclaredEmergency, approval: ApprovalTiming::After, ..facts() }
}

/// A policy that asks for everything.
pub(super) const fn rules() -> ControlRules {
    ControlRules {
        controls: Controls { deployed_by_other: true, staging_first: true, rollback_plan: RollbackPlan::HighRisk },
        label_required: true,
        two_way_link: false,
        review_of_every: false,
    }
}
