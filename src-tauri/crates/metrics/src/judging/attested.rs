//! What people attested of changes, as known at one moment, put beside what the files say.

use crate::column::{
    ATTESTED, ATTESTED_EXEMPT, ATTESTED_REVIEW_AT, AUTHORISED_AT, INCIDENT_LINK, JUSTIFIED_AT, PERSON_SAYS,
};
use crate::expression::lit;
use crate::frames::{booleans, bytes, times};
use change_ledger_model::{
    Timestamp,
    attestation::{AttestationKind, Detection, in_force},
    columns::AttestationRow,
    judgement::IncidentLinkState,
};
use polars::prelude::{Column, DataFrame, Expr, LazyFrame, PolarsResult, col, when};
use std::collections::BTreeMap;

const ATTESTED_AUTHORISATION_AT: &str = "attested_authorisation_at";
const ATTESTED_JUSTIFICATION_AT: &str = "attested_justification_at";
/// The strongest link to an incident that a person named ([`IncidentLinkState`] as a number).
const ATTESTED_LINK: &str = "attested_link";

/// Which attestations a judgement knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attestations {
    /// Those of its moment.
    Known,
    /// None: what the files say alone.
    LeftOut,
}

/// Whether any of `rows` holds at `as_of`.
pub(crate) fn any_in_force(rows: &[AttestationRow], as_of: Timestamp) -> bool {
    by_change(rows).values().any(|of_change| in_force(of_change, |row| row.what, as_of).next().is_some())
}

/// One row for each of `height` changes: what is attested of it and holds at `as_of`.
pub(super) fn frame(rows: &[AttestationRow], height: usize, as_of: Timestamp) -> PolarsResult<DataFrame> {
    if rows.is_empty() {
        // Mostly so, and then one value stands for every change.
        let none = Found::none(1).columns().into_iter();
        return DataFrame::new(height, none.map(|column| column.new_from_index(0, height)).collect());
    }
    let mut found = Found::none(height);
    for (change, of_change) in by_change(rows) {
        for row in in_force(of_change, |row| row.what, as_of) {
            found.take(change as usize, row);
        }
    }
    DataFrame::new(height, found.columns())
}

/// Who attests what of this kind holds at `as_of`, and of when, by the change's position.
pub(super) fn by_whom(
    rows: &[AttestationRow],
    kind: AttestationKind,
    as_of: Timestamp,
) -> BTreeMap<u32, (String, Timestamp)> {
    let mut found = BTreeMap::new();
    for (change, of_change) in by_change(rows) {
        let stated = in_force(of_change, |row| row.what, as_of).find(|row| row.what.kind == kind);
        found.extend(stated.map(|row| (change, (row.names.join("; "), row.what.at))));
    }
    found
}

fn by_change(rows: &[AttestationRow]) -> BTreeMap<u32, Vec<&AttestationRow>> {
    let mut by_change: BTreeMap<u32, Vec<&AttestationRow>> = BTreeMap::new();
    for row in rows {
        by_change.entry(row.change).or_default().push(row);
    }
    by_change
}

/// What was found, change by change.
struct Found {
    attested: Vec<bool>,
    exempt: Vec<bool>,
    says: Vec<u8>,
    reviewed_at: Vec<Option<i64>>,
    authorised_at: Vec<Option<i64>>,
    justified_at: Vec<Option<i64>>,
    link: Vec<u8>,
}

impl Found {
    fn none(height: usize) -> Self {
        Self {
            attested: vec![false; height],
            exempt: vec![false; height],
            says: vec![Detection::Unjudged as u8; height],
            reviewed_at: vec![None; height],
            authorised_at: vec![None; height],
            justified_at: vec![None; height],
            link: vec![IncidentLinkState::Missing as u8; height],
        }
    }

    fn take(&mut self, change: usize, row: &AttestationRow) {
        let at = Some(row.what.at.millis());
        set(&mut self.attested, change, true);
        match row.what.kind {
            AttestationKind::Review => set(&mut self.reviewed_at, change, at),
            AttestationKind::Authorisation => set(&mut self.authorised_at, change, at),
            AttestationKind::Justification => set(&mut self.justified_at, change, at),
            AttestationKind::Incident => set(&mut self.link, change, link(&row.incidents) as u8),
            AttestationKind::Confirm => set(&mut self.says, change, Detection::Confirmed as u8),
            AttestationKind::Dismiss => set(&mut self.says, change, Detection::Dismissed as u8),
            AttestationKind::Exempt => set(&mut self.exempt, change, true),
        }
    }

    fn columns(self) -> Vec<Column> {
        vec![
            booleans(ATTESTED, &self.attested),
            booleans(ATTESTED_EXEMPT, &self.exempt),
            bytes(PERSON_SAYS, self.says),
            times(ATTESTED_REVIEW_AT, &self.reviewed_at),
            times(ATTESTED_AUTHORISATION_AT, &self.authorised_at),
            times(ATTESTED_JUSTIFICATION_AT, &self.justified_at),
            bytes(ATTESTED_LINK, self.link),
        ]
    }
}

fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

/// An incident that a person names does not name the change back, or the files would have shown the link.
fn link(incidents: &[Option<u32>]) -> IncidentLinkState {
    match incidents {
        [] => IncidentLinkState::Missing,
        named if named.iter().any(Option::is_some) => IncidentLinkState::OneWay,
        _ => IncidentLinkState::Dangling,
    }
}

/// Puts what is attested beside what the files say: an authorisation and a justification are on record since the earlier of
/// the two, and of the links the stronger counts. Changes have the columns of [`frame`].
pub(super) fn beside_the_files(changes: LazyFrame) -> LazyFrame {
    let state = |state: IncidentLinkState| lit(state as u8);
    let is_attested = col(ATTESTED_LINK).neq(state(IncidentLinkState::Missing));
    let stronger =
        col(INCIDENT_LINK).eq(state(IncidentLinkState::Unknown)).or(col(INCIDENT_LINK).lt(col(ATTESTED_LINK)));
    changes.with_columns([
        earlier(AUTHORISED_AT, ATTESTED_AUTHORISATION_AT),
        earlier(JUSTIFIED_AT, ATTESTED_JUSTIFICATION_AT),
        when(is_attested.and(stronger)).then(col(ATTESTED_LINK)).otherwise(col(INCIDENT_LINK)).alias(INCIDENT_LINK),
    ])
}

fn earlier(recorded: &str, attested: &str) -> Expr {
    let comes_first = col(attested).lt(col(recorded)).fill_null(lit(false));
    when(col(recorded).is_null().or(comes_first)).then(col(attested)).otherwise(col(recorded)).alias(recorded)
}

#[cfg(test)]
mod tests {
    use crate::{Judged, sample::Sample};
    use change_ledger_model::{
        attestation::{
            AttestationKind::{self, Authorisation, Confirm, Dismiss, Exempt, Incident, Justification, Review},
            Detection,
        },
        judgement::{Class, IncidentLinkState},
        policy::patterns::TextSignal,
    };

    /// An unreviewed change whose title speaks of an emergency: the third default rule finds it.
    fn found() -> Sample {
        Sample::new().change(0.0).hit(TextSignal::EmergencyWords)
    }

    fn class(judged: &Judged) -> Class {
        Class::from_code(judged.verdicts().class[0]).unwrap()
    }

    fn detection(judged: &Judged) -> Detection {
        Detection::from_code(judged.verdicts().detection[0]).unwrap()
    }

    #[test]
    fn the_last_word_of_a_person_on_a_detection_decides() {
        let check = |said: &[(AttestationKind, f64)], expected: (Class, Detection)| {
            let sample = said.iter().fold(found(), |sample, (kind, hours)| sample.attested(*kind, *hours));
            let judged = sample.seen_at(100.0).judged();
            assert_eq!((class(&judged), detection(&judged)), expected, "{said:?}");
        };
        let unlabelled = Class::UnlabelledEmergency;
        check(&[], (unlabelled, Detection::Unjudged));
        check(&[(Confirm, 5.0)], (unlabelled, Detection::Confirmed));
        check(&[(Dismiss, 5.0)], (Class::Unreviewed, Detection::Dismissed));
        check(&[(Dismiss, 5.0), (Confirm, 6.0)], (unlabelled, Detection::Confirmed));
        check(&[(Confirm, 6.0), (Dismiss, 5.0)], (Class::Unreviewed, Detection::Dismissed));
        // Not said yet.
        check(&[(Dismiss, 101.0)], (unlabelled, Detection::Unjudged));
        check(&[(Confirm, 5.0), (Dismiss, 101.0)], (unlabelled, Detection::Confirmed));
        check(&[(Exempt, 5.0)], (Class::Exempt, Detection::Unjudged));
        check(&[(Exempt, 5.0), (Confirm, 6.0)], (Class::Exempt, Detection::Confirmed));
    }

    #[test]
    fn a_dismissed_change_that_somebody_had_approved_is_routine() {
        let sample = Sample::new().change(0.0).approved("bob", -1.0).bypassed().attested(Dismiss, 5.0);
        assert_eq!(class(&sample.judged()), Class::Routine);
    }

    #[test]
    fn a_person_dismisses_no_declaration_but_may_exempt_it() {
        let declared = || Sample::new().change(0.0).hit(TextSignal::EmergencyLabel);
        let judged = declared().attested(Dismiss, 5.0).judged();
        assert_eq!((class(&judged), detection(&judged)), (Class::DeclaredEmergency, Detection::NotFound));
        assert_eq!(class(&declared().attested(Exempt, 5.0).judged()), Class::Exempt);
    }

    #[test]
    fn what_is_withdrawn_no_longer_holds() {
        let sample = || found().attested(Dismiss, 5.0).withdrawn(Dismiss, 50.0);
        let before = sample().seen_at(49.0).judged();
        assert_eq!((class(&before), before.verdicts().attested[0]), (Class::Unreviewed, true));
        let after = sample().judged();
        assert_eq!((class(&after), after.verdicts().attested[0]), (Class::UnlabelledEmergency, false));
    }

    #[test]
    fn what_is_attested_is_on_record_also_where_no_file_could_tell() {
        let check = |sample: Sample, authorised: Option<bool>, justified: Option<bool>| {
            let judged = sample.judged();
            let verdicts = judged.verdicts();
            assert_eq!((verdicts.authorised[0], verdicts.justified[0]), (authorised, justified));
        };
        check(found(), Some(false), Some(false));
        check(found().attested(Authorisation, 3.0), Some(true), Some(false));
        check(found().attested(Justification, 3.0), Some(false), Some(true));
        check(found().text_unknown().attested(Authorisation, 3.0), Some(true), None);
        check(found().attested(Authorisation, 3.0).seen_at(2.0), Some(false), Some(false));
    }

    #[test]
    fn an_attested_incident_is_a_link_and_never_weakens_one() {
        let check = |sample: Sample, expected: IncidentLinkState| {
            let judged = sample.judged();
            assert_eq!(IncidentLinkState::from_code(judged.verdicts().incident_link[0]), Some(expected));
        };
        check(found().attested_incident(None, 5.0), IncidentLinkState::Dangling);
        check(found().outage(-90.0, -80.0).attested_incident(Some(0), 5.0), IncidentLinkState::OneWay);
        check(found().text_unknown().attested_incident(None, 5.0), IncidentLinkState::Dangling);
        check(found().incident(true).attested_incident(None, 5.0), IncidentLinkState::TwoWay);
        check(found().dangling().attested(Incident, 5.0), IncidentLinkState::Dangling);
        check(found().attested_incident(None, 5.0).seen_at(4.0), IncidentLinkState::Missing);
    }

    #[test]
    fn an_incident_that_a_person_names_is_a_signal() {
        let judged = Sample::new().change(0.0).policy(&[("unreviewed\"]", "unreviewed\", \"incident_link\"]")]);
        let judged = judged.attested_incident(None, 5.0).judged();
        assert_eq!(class(&judged), Class::UnlabelledEmergency);
    }

    #[test]
    fn the_judgement_without_attestations_is_that_of_the_files() {
        let (with, without) = found().attested(Dismiss, 5.0).attested(Review, 6.0).judged_both_ways();
        let without = without.unwrap();
        assert_eq!((class(&with), class(&without)), (Class::Unreviewed, Class::UnlabelledEmergency));
        assert_eq!((with.verdicts().attested[0], without.verdicts().attested[0]), (true, false));
        let nothing_holds = |sample: Sample| assert!(sample.judged_both_ways().1.is_none());
        nothing_holds(found());
        nothing_holds(found().attested(Dismiss, 5.0).seen_at(4.0));
        nothing_holds(found().attested(Dismiss, 5.0).withdrawn(Dismiss, 6.0));
    }
}
