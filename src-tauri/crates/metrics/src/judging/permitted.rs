//! Whether those who authorised a change were permitted to, and did it in time.

use crate::{
    Frames,
    column::{IMPLEMENTED_AT, PERMITTED, ROW},
    frames::optional_booleans,
};
use change_ledger_model::{
    Timestamp,
    policy::{Given, Policy},
};
use polars::prelude::{Column, DataFrame, PolarsResult};
use std::collections::BTreeMap;

/// For each change that an authorisation is on record of, whether the policy permits it; null where the texts and the policy
/// do not tell, and where there is none. `attested` are those that people attest, by the change's position.
pub(super) fn permitted(
    facts: &DataFrame,
    frames: &Frames,
    (policy, pattern_set): (&Policy, u32),
    (attested, as_of): (&BTreeMap<u32, (String, Timestamp)>, Timestamp),
) -> PolarsResult<Column> {
    let rule = &policy.authorisation;
    let calendar = policy.business_calendar();
    let rows = facts.column(ROW)?.u32()?.iter();
    let implemented = facts.column(IMPLEMENTED_AT)?.i64()?.iter();
    let answers = rows.zip(implemented).map(|(row, implemented)| {
        let row = row?;
        let mut given: Vec<Given<'_>> = frames.authorisations.given(row, pattern_set, as_of).collect();
        // Who attests it may have given it, or tells that somebody else did, who stays unknown.
        let attested = attested.get(&row).into_iter();
        given.extend(attested.flat_map(|(by, at)| [Some(by.as_str()), None].map(|by| Given { by, at: Some(*at) })));
        if given.is_empty() {
            return None;
        }
        let due = match rule.within {
            None => None,
            Some(within) => within.due_at(Timestamp::from_millis(implemented?)?, &calendar),
        };
        rule.permits(&given, &policy.people, due)
    });
    Ok(optional_booleans(PERMITTED, &answers.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::{
        attestation::AttestationKind,
        columns::HitOwner,
        policy::patterns::TextSignal::{Authorisation, EmergencyLabel},
    };

    fn authorised(sample: Sample, owner: HitOwner, by: &str, hours: Option<f64>) -> Sample {
        let mut sample = sample.hit_on(owner, Authorisation, hours);
        sample.columns.authorisations.last_mut().unwrap().by = by.to_owned();
        sample
    }

    fn answer(sample: Sample) -> Option<bool> {
        sample.judged().verdicts().authorised_as_asked[0]
    }

    #[test]
    fn an_authorisation_is_as_asked_where_its_giver_is_known_to_hold_a_role() {
        let people = [("[people]", "[people]\nCTO = [\"kim\"]\n\"engineering lead\" = [\"leo\"]")];
        let on_change = HitOwner::Change(0);
        let check = |sample: Sample, by: &str, expected| {
            let sample = authorised(sample.change(0.0).hit(EmergencyLabel), on_change, by, None);
            assert_eq!(answer(sample), expected, "{by}");
        };
        check(Sample::new(), "Kim, CTO", Some(true));
        check(Sample::new(), "Kim", None);
        check(Sample::new().policy(&people), "Kim", Some(true));
        check(Sample::new().policy(&people), "Bob", Some(false));
        check(Sample::new().policy(&people), "Zoe, CTO", Some(false));
        check(Sample::new().policy(&people), "the CTO", Some(true));
        check(Sample::new().policy(&people).known_as(&["kim", "k.roth"]), "k.roth", Some(true));
        check(Sample::new().preset("three-business-days"), "the engineering lead", Some(false));
        check(Sample::new().preset("three-business-days"), "Leo", None);
        // Who bears another title, or is only spoken of, does not hold the role.
        check(Sample::new(), "the director", Some(false));
        check(Sample::new(), "asked the CTO", None);
        check(Sample::new().preset("three-business-days"), "security team and engineering lead", Some(true));
    }

    #[test]
    fn what_is_not_on_record_is_not_as_asked() {
        let emergency = || Sample::new().change(0.0).hit(EmergencyLabel);
        assert_eq!(answer(emergency()), Some(false));
        assert_eq!(answer(emergency().text_unknown()), None);
        assert_eq!(answer(emergency().attested(AttestationKind::Authorisation, 1.0)), None);
        let on_ticket = authorised(emergency().ticket(false), HitOwner::Ticket(0), "CTO", Some(3.0));
        assert_eq!(answer(on_ticket), Some(true));
        let later = authorised(emergency().ticket(false), HitOwner::Ticket(0), "CTO", Some(3.0)).seen_at(2.0);
        assert_eq!(answer(later), Some(false));
    }

    #[test]
    fn an_attested_authorisation_is_as_asked_where_whoever_attests_it_is_known_to_hold_a_role() {
        let people = [("[people]", "[people]\nCTO = [\"kim\"]\n\"engineering lead\" = [\"leo\"]")];
        let check = |sample: Sample, by: &str, people: &[&str], expected| {
            let sample = sample.change(0.0).hit(EmergencyLabel).attested(AttestationKind::Authorisation, 5.0);
            assert_eq!(answer(sample.stated_by(by, people)), expected, "{by}");
        };
        check(Sample::new().policy(&people), "kim", &["kim"], Some(true));
        check(Sample::new().policy(&people), "Kim Roth; kim", &["kim"], Some(true));
        check(Sample::new(), "Kim Roth, CTO", &["kim"], Some(true));
        check(Sample::new(), "Kim Roth", &["kim"], None);
        // Somebody else may have authorised what Bob attests.
        check(Sample::new().policy(&people), "Bob", &["bob"], None);
        // Its author.
        check(Sample::new().policy(&people), "Ann, CTO", &["ann"], Some(false));
        let late = [("every_role = false", "every_role = false\nwithin = \"4h\""), people[0]];
        check(Sample::new().policy(&late), "kim", &["kim"], Some(false));
    }

    #[test]
    fn an_authorisation_is_as_asked_within_its_time() {
        let check = |hours: Option<f64>, expected| {
            let sample = Sample::new().policy(&[("every_role = false", "every_role = false\nwithin = \"4h\"")]);
            let sample = sample.change(0.0).hit(EmergencyLabel).ticket(false);
            assert_eq!(answer(authorised(sample, HitOwner::Ticket(0), "CTO", hours)), expected, "{hours:?}");
        };
        check(Some(-1.0), Some(true));
        check(Some(4.0), Some(true));
        check(Some(4.1), Some(false));
        check(None, None);
    }
}
