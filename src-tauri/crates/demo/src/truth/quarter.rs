//! The numbers of one quarter.

use crate::calendar::{AS_OF, DAY, HOUR, Quarter};
use crate::company::people::Person;
use crate::story::change::{Approval, Change, Class};
use crate::tool_chain::Carries;
use crate::truth::shape::{
    ApprovalCounts, Classes, CountAndShare, MissingIncidentLinks, OnTimeAndShare, QuarterTruth, RecordedAndShare,
    RetroactiveReview,
};
use crate::truth::statistics::{kaplan_meier_median, quantile};
use crate::truth::told::Told;
use crate::truth::{Link, State};

/// Emergencies above this share of all changes breach the policy.
const RATIO_LIMIT: f64 = 0.10;
/// Emergencies above this share are worth a warning.
const RATIO_WARNING: f64 = 0.05;

/// A quarter being added up.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    changes: u64,
    classes: Classes,
    approval: ApprovalCounts,
    review: RetroactiveReview,
    /// Hours from the merge to the review, of reviewed ones.
    reviewed_after: Vec<f64>,
    /// Hours from the merge to the moment of judging, of pending and overdue ones.
    open_for: Vec<f64>,
    retroactive: Vec<(Person, i64)>,
    no_incident: u64,
    dangling: u64,
    one_way: u64,
    link_unknown: u64,
    authorised: Recorded,
    justified: Recorded,
    documented: Recorded,
    undocumented_yet: u64,
    /// Unlabelled emergencies whose files carry no labels.
    labels_unknown: u64,
    self_merged: Recorded,
    self_approved: u64,
}

/// How often something holds, and how often nobody can tell.
#[derive(Debug, Clone, Copy, Default)]
struct Recorded {
    yes: u64,
    unknown: u64,
}

impl Recorded {
    fn add(&mut self, holds: Option<bool>) {
        self.yes += u64::from(holds == Some(true));
        self.unknown += u64::from(holds.is_none());
    }

    /// The share of those that hold; none when nobody can tell of any.
    fn share(self, of: u64) -> Option<f64> {
        share(self.yes, of).filter(|_| self.unknown < of)
    }
}

impl Tally {
    /// Adds a change as the files of a tool chain tell of it.
    pub(crate) fn add(&mut self, change: &Change, carries: Carries) {
        let told = Told::of(change, carries);
        self.changes += 1;
        match told.class {
            Class::Declared => self.classes.declared_emergency += 1,
            Class::Unlabelled => self.classes.unlabelled_emergency += 1,
            Class::Routine => self.classes.routine += 1,
        }
        match told.approval {
            Approval::Before => self.approval.before += 1,
            Approval::After { .. } => self.approval.after += 1,
            Approval::Never => self.approval.none += 1,
            Approval::Unknown => self.approval.unknown += 1,
        }
        self.self_merged.add(told.self_merged);
        self.self_approved += u64::from(told.self_approved);
        if told.is_emergency() {
            self.labels_unknown += u64::from(told.class == Class::Unlabelled && !carries.labels);
            self.add_emergency(change, &told);
        }
    }

    fn add_emergency(&mut self, change: &Change, told: &Told) {
        match told.link {
            Link::None if !told.texts => self.link_unknown += 1,
            Link::None => self.no_incident += 1,
            Link::Dangling => self.dangling += 1,
            Link::OneWay => self.one_way += 1,
            Link::TwoWay => {}
        }
        self.authorised.add(told.authorised);
        self.justified.add(told.justified);
        self.documented.add(told.documented);
        let is_awaited = told.documented == Some(false) && change.merged + DAY >= AS_OF;
        self.undocumented_yet += u64::from(is_awaited);

        let Some(state) = State::of(change) else {
            return;
        };
        self.review.owed += 1;
        match state {
            State::OnTime => self.review.on_time += 1,
            State::Late => self.review.late += 1,
            State::Pending => self.review.pending += 1,
            State::Overdue => self.review.overdue += 1,
            State::Unknown => self.review.unknown += 1,
        }
        if let Approval::After { at, by } = change.verdicts.approval {
            self.reviewed_after.push(hours(at - change.merged));
            self.retroactive.push((by, at));
        }
        if matches!(state, State::Pending | State::Overdue) {
            self.open_for.push(hours(AS_OF - change.merged));
        }
    }

    /// Who approved an owed review after the merge, and when.
    pub(crate) fn retroactive(&self) -> impl Iterator<Item = (Person, i64)> + '_ {
        self.retroactive.iter().copied()
    }

    pub(crate) fn truth(&self, quarter: Quarter, batch_stamped: u64) -> QuarterTruth {
        let emergencies = self.classes.declared_emergency + self.classes.unlabelled_emergency;
        let of_emergencies = |count| share(count, emergencies);
        let ratio = share(emergencies, self.changes);
        let missing = self.no_incident + self.dangling;
        let review = self.review;
        QuarterTruth {
            quarter: quarter.to_string(),
            from: quarter.first_day().to_string(),
            to: quarter.last_day().to_string(),
            changes: self.changes,
            classes: self.classes,
            emergencies,
            emergency_ratio: ratio,
            declared_ratio: share(self.classes.declared_emergency, self.changes),
            ratio_limit: RATIO_LIMIT,
            ratio_state: match ratio {
                None => "n/a",
                Some(ratio) if ratio > RATIO_LIMIT => "breach",
                Some(ratio) if ratio > RATIO_WARNING => "warning",
                Some(_) => "within",
            },
            approval: self.approval,
            retroactive_review: RetroactiveReview {
                median_hours: quantile(&self.reviewed_after, 0.5),
                p90_hours: quantile(&self.reviewed_after, 0.9),
                kaplan_meier_median_hours: kaplan_meier_median(&self.reviewed_after, &self.open_for),
                on_time_rate: share(review.on_time, review.on_time + review.late + review.overdue),
                oldest_open_hours: self.open_for.iter().copied().max_by(f64::total_cmp),
                ..review
            },
            unlabelled_emergencies: CountAndShare {
                count: self.classes.unlabelled_emergency,
                share: of_emergencies(self.classes.unlabelled_emergency),
                labels_unknown: self.labels_unknown,
            },
            missing_incident_links: MissingIncidentLinks {
                count: missing,
                share: of_emergencies(missing).filter(|_| self.link_unknown < emergencies),
                none: self.no_incident,
                dangling: self.dangling,
                one_way: self.one_way,
                unknown: self.link_unknown,
            },
            authorisation: recorded(self.authorised, emergencies),
            justification: recorded(self.justified, emergencies),
            documentation: OnTimeAndShare {
                on_time: self.documented.yes,
                share: self
                    .documented
                    .share(emergencies)
                    .filter(|_| self.documented.unknown + self.undocumented_yet < emergencies),
                pending: self.undocumented_yet,
                unknown: self.documented.unknown,
            },
            self_merged: self.self_merged.yes,
            merger_unknown: self.self_merged.unknown,
            self_approved: self.self_approved,
            batch_stamped,
        }
    }
}

fn recorded(found: Recorded, emergencies: u64) -> RecordedAndShare {
    RecordedAndShare { recorded: found.yes, share: found.share(emergencies), unknown: found.unknown }
}

fn hours(seconds: i64) -> f64 {
    seconds as f64 / HOUR as f64
}

fn share(count: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| count as f64 / of as f64)
}
