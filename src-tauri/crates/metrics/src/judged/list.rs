//! Lists of changes: those behind a number, those with reviews due, those a person asks for.

use super::{Judged, table};
use crate::column::{
    APPROVAL, AUTHORISED, CLASS, DOCUMENTED_ON_TIME, DUE_AT, IMPLEMENTED_AT, IN_POPULATION, INCIDENT_LINK, JUSTIFIED,
    QUARTER, REPOSITORY, REVIEW_STATE, ROW,
};
use crate::expression::{happened, lit};
use crate::judging::class::is_emergency;
use crate::{Metric, MetricsError, guard::guarded};
use change_ledger_model::{
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState},
    quarter::Quarter,
};
use polars::prelude::{DataFrame, Expr, IntoLazy, PolarsResult, SortMultipleOptions, col};

/// From a quarter to a quarter, both included.
pub type QuarterRange = (Quarter, Quarter);

/// What an emergency lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A link to an imported incident.
    Incident,
    /// The emergency label: the emergencies that a rule found.
    Label,
    /// A recorded authorisation, though the files could tell.
    Authorisation,
    /// A recorded justification, though the files could tell.
    Justification,
    /// The retroactive review that it owes.
    Review,
    /// Documentation within the policy's time, though the files could tell.
    Documentation,
}

/// Which changes to list. Every condition that is set must hold; the default lists every change that is not implemented
/// after the moment of the judgement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Implemented in these quarters.
    pub quarters: Option<QuarterRange>,
    /// Of this class.
    pub class: Option<Class>,
    /// Emergencies of the population that lack this.
    pub missing: Option<Missing>,
    /// With a retroactive review in this state.
    pub review_state: Option<ReviewState>,
    /// Approved at this time.
    pub approval: Option<ApprovalTiming>,
    /// Linked to incidents like this.
    pub incident_link: Option<IncidentLinkState>,
    /// Of this repository, by its full name.
    pub repository: Option<String>,
    /// Counted by this metric.
    pub behind: Option<Metric>,
    /// Of the population.
    pub in_population_only: bool,
}

/// How long a retroactive review took, or has been open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewDuration {
    /// Position of the change in the ledger's columns.
    pub change: u32,
    /// Hours from the implementation to the review; while it is open, to the moment of judging.
    pub hours: f64,
    /// On time, late, pending or overdue.
    pub state: ReviewState,
}

impl Judged {
    /// Positions of the selected changes, latest implementation first, undated ones last.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn select(&self, selection: &Selection) -> Result<Vec<u32>, MetricsError> {
        guarded("selecting changes", || {
            let order = SortMultipleOptions::default().with_order_descending_multi([true, false]).with_nulls_last(true);
            let found = self
                .changes
                .clone()
                .lazy()
                .filter(self.condition(selection))
                .select([col(ROW), col(IMPLEMENTED_AT)])
                .sort([IMPLEMENTED_AT, ROW], order)
                .collect()?;
            rows(&found)
        })
    }

    /// Positions of the changes of the population whose retroactive review is pending or overdue, soonest due first.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn due(&self) -> Result<Vec<u32>, MetricsError> {
        guarded("listing the reviews due", || {
            let found = self
                .changes
                .clone()
                .lazy()
                .filter(col(IN_POPULATION).and(table::is_open()))
                .select([col(ROW), col(DUE_AT)])
                .sort([DUE_AT, ROW], SortMultipleOptions::default().with_nulls_last(true))
                .collect()?;
            rows(&found)
        })
    }

    /// How long each owed review of the population took or has been open, in the order of the ledger's columns.
    /// Reviews of unknown state have no duration.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn review_hours(&self, quarters: Option<QuarterRange>) -> Result<Vec<ReviewDuration>, MetricsError> {
        guarded("measuring the time to review", || {
            let owed = self.changes.clone().lazy().filter(col(IN_POPULATION).and(within(quarters)));
            let found = table::durations(owed, self.as_of)
                .select([col(ROW), col(table::MILLIS), col(REVIEW_STATE)])
                .sort([ROW], SortMultipleOptions::default())
                .collect()?;
            let millis = found.column(table::MILLIS)?.i64()?;
            let states = found.column(REVIEW_STATE)?.u8()?;
            let durations = rows(&found)?.into_iter().zip(millis.iter()).zip(states.iter());
            Ok(durations
                .filter_map(|((change, millis), state)| {
                    Some(ReviewDuration {
                        change,
                        hours: table::exact_hours(millis?),
                        state: ReviewState::from_code(state?)?,
                    })
                })
                .collect())
        })
    }

    fn condition(&self, selection: &Selection) -> Expr {
        let is = |column: &str, code: Option<u8>| code.map(|code| col(column).eq(lit(code)));
        let repository = selection.repository.as_ref().map(|name| {
            let position = (0_u32..).zip(&self.repositories).find_map(|(at, known)| (known == name).then_some(at));
            position.map_or(lit(false), |position| col(REPOSITORY).eq(lit(position)))
        });
        [
            is(CLASS, selection.class.map(|class| class as u8)),
            is(REVIEW_STATE, selection.review_state.map(|state| state as u8)),
            is(APPROVAL, selection.approval.map(|timing| timing as u8)),
            is(INCIDENT_LINK, selection.incident_link.map(|state| state as u8)),
            selection.missing.map(|missing| col(IN_POPULATION).and(is_emergency()).and(lacks(missing))),
            selection.behind.map(|metric| col(IN_POPULATION).and(metric.behind())),
            selection.in_population_only.then(|| col(IN_POPULATION)),
            repository,
        ]
        .into_iter()
        .flatten()
        .fold(within(selection.quarters).and(happened(IMPLEMENTED_AT, self.as_of.millis())), Expr::and)
    }
}

fn lacks(missing: Missing) -> Expr {
    match missing {
        Missing::Incident => crate::metric::no_resolved_incident(),
        Missing::Label => col(CLASS).eq(lit(Class::UnlabelledEmergency as u8)),
        Missing::Authorisation => col(AUTHORISED).not(),
        Missing::Justification => col(JUSTIFIED).not(),
        Missing::Review => table::is_open(),
        Missing::Documentation => col(DOCUMENTED_ON_TIME).not(),
    }
}

fn within(quarters: Option<QuarterRange>) -> Expr {
    quarters.map_or_else(
        || lit(true),
        |(first, last)| col(QUARTER).gt_eq(lit(first.ordinal())).and(col(QUARTER).lt_eq(lit(last.ordinal()))),
    )
}

fn rows(found: &DataFrame) -> PolarsResult<Vec<u32>> {
    Ok(found.column(ROW)?.u32()?.iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use change_ledger_model::policy::patterns::TextSignal;

    /// 0: approved, 1: declared and reviewed late, 2: found and overdue, 3: found and pending, in another repository,
    /// 4: not implemented yet, 5: undated, 6: overdue, but merged into a branch that is not released.
    fn judged() -> Judged {
        let sample = Sample::new().seen_at(110.0).change(5.0).approved("bob", -1.0);
        let sample = sample.change(2.0).hit(TextSignal::EmergencyLabel).incident(true).approved("bob", 30.0);
        let sample = sample.change(1.0).dangling().hit(TextSignal::Justification).change(100.0).repository(1);
        sample.change(2000.0).change(0.0).undated().change(0.0).branch(Some(1)).judged()
    }

    #[test]
    fn every_condition_narrows_the_list() {
        let judged = judged();
        let third = Quarter::parse("2026-Q3").unwrap();
        let check = |selection: Selection, expected: &[u32]| {
            assert_eq!(judged.select(&selection).unwrap(), expected, "{selection:?}");
        };
        let all = Selection::default();
        check(all.clone(), &[3, 0, 1, 2, 6, 5]);
        check(Selection { in_population_only: true, ..all.clone() }, &[3, 0, 1, 2]);
        check(Selection { quarters: Some((third, third)), ..all.clone() }, &[3, 0, 1, 2, 6]);
        check(Selection { class: Some(Class::DeclaredEmergency), ..all.clone() }, &[1]);
        check(Selection { review_state: Some(ReviewState::Overdue), ..all.clone() }, &[2]);
        check(Selection { approval: Some(ApprovalTiming::After), ..all.clone() }, &[1]);
        check(Selection { incident_link: Some(IncidentLinkState::Dangling), ..all.clone() }, &[2]);
        check(Selection { repository: Some("acme/web".to_owned()), ..all.clone() }, &[3]);
        check(Selection { repository: Some("acme/none".to_owned()), ..all.clone() }, &[]);
        check(Selection { behind: Some(Metric::OnTimeRate), ..all.clone() }, &[1, 2]);
        let missing = |missing| Selection { missing: Some(missing), quarters: Some((third, third)), ..all.clone() };
        check(missing(Missing::Incident), &[3, 2]);
        check(missing(Missing::Label), &[3, 2]);
        check(missing(Missing::Justification), &[3, 1]);
        // The second names an incident that was not imported, on which both may stand.
        check(missing(Missing::Authorisation), &[3, 1]);
        // The third may still be documented in time.
        check(missing(Missing::Documentation), &[1]);
        check(missing(Missing::Review), &[3, 2]);
    }

    #[test]
    fn reviews_due_are_those_still_open_soonest_first() {
        assert_eq!(judged().due().unwrap(), [2, 3]);
    }

    #[test]
    fn what_is_implemented_after_the_judgement_is_in_no_list_and_counted_apart() {
        let judged = judged();
        let fourth = Quarter::parse("2026-Q4").unwrap();
        let selection = Selection { quarters: Some((fourth, fourth)), ..Selection::default() };
        assert_eq!(judged.select(&selection).unwrap(), [0_u32; 0]);
        assert_eq!(judged.not_yet_implemented(), Ok(1));
        assert_eq!(judged.undated(), 1);
        assert_eq!(judged.verdicts().review_state[4], ReviewState::NotOwed as u8);
        let at_the_very_moment = Sample::new().seen_at(5.0).change(5.0).judged();
        assert_eq!(at_the_very_moment.select(&Selection::default()).unwrap(), [0]);
        assert_eq!(at_the_very_moment.not_yet_implemented(), Ok(0));
    }

    #[test]
    fn open_reviews_have_lasted_until_now() {
        let found = judged().review_hours(None).unwrap();
        let found: Vec<_> = found.iter().map(|review| (review.change, review.hours, review.state)).collect();
        let expected =
            [(1, 30.0, ReviewState::Late), (2, 109.0, ReviewState::Overdue), (3, 10.0, ReviewState::Pending)];
        assert_eq!(found, expected);
    }
}
