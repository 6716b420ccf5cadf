//! Whether the reason for an emergency is one that the policy takes for one.

use crate::{
    Frames,
    column::{REASON_ACCEPTED, ROW},
    frames::{Place, Quote, optional_booleans},
};
use change_ledger_model::{
    Timestamp,
    policy::{Policy, patterns::TextSignal},
};
use polars::prelude::{Column, DataFrame, PolarsResult};
use std::collections::BTreeSet;

/// [`REASON_ACCEPTED`]: whether some reason on record names one of the policy's grounds. What a person attests (of the changes in
/// `attested`) and what goes on beyond the words that are kept, nobody has read; without any reason it is unknown too.
pub(super) fn accepted(
    facts: &DataFrame,
    frames: &Frames,
    (policy, pattern_set): (&Policy, u32),
    (attested, as_of): (&BTreeSet<u32>, Timestamp),
) -> PolarsResult<Column> {
    let rule = &policy.emergency;
    if rule.grounds.is_empty() {
        return Ok(optional_booleans(REASON_ACCEPTED, &vec![Some(true); facts.height()]));
    }
    let answers = facts.column(ROW)?.u32()?.iter().map(|row| {
        let row = row?;
        let known = |at: Option<i64>| at.is_none_or(|at| at <= as_of.millis());
        let quotes = frames.quotes.of_change(row, pattern_set, TextSignal::Justification);
        let quotes: Vec<_> = quotes.filter(|quote| quote.place != Place::Incident && known(quote.at)).collect();
        let in_field: Vec<&str> = frames.quotes.ticket_reasons(row).collect();
        let in_field = if policy.justification.ticket_reason_counts { in_field } else { Vec::new() };
        let mut texts = quotes.iter().map(|quote| quote.text).chain(in_field.iter().copied());
        if texts.any(|text| rule.accepts_reason(text)) {
            return Some(true);
        }
        let is_all_read = !attested.contains(&row) && !quotes.iter().any(Quote::may_be_cut);
        (is_all_read && !(quotes.is_empty() && in_field.is_empty())).then_some(false)
    });
    Ok(optional_booleans(REASON_ACCEPTED, &answers.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use ControlAnswer::{Fail, Pass, Unknown};
    use change_ledger_model::{
        attestation::AttestationKind,
        columns::{HitOwner, QuoteRow},
        control::{Attribute, ControlAnswer},
        policy::patterns::TextSignal::{EmergencyLabel, Justification},
    };

    fn reasoned(mut sample: Sample, owner: HitOwner, text: &str) -> Sample {
        sample = sample.hit_on(owner, Justification, None);
        let text = text.to_owned();
        sample.columns.quotes.push(QuoteRow { owner, pattern_set: 0, signal: Justification, at: None, text });
        sample
    }

    #[test]
    fn a_reason_is_one_that_the_policy_takes_for_an_emergency() {
        let emergency = || Sample::new().preset("five-business-days").change(0.0).hit(EmergencyLabel).incident(true);
        let check = |sample: Sample, expected: ControlAnswer| {
            let controls = sample.judged().controls(0).unwrap();
            let found = controls.into_iter().find(|(control, _)| *control == Attribute::J).unwrap().1;
            assert_eq!(found.answer, expected, "{}", found.reason);
        };
        let own = HitOwner::Change(0);
        check(reasoned(emergency(), own, "Outage of the checkout"), Pass);
        check(reasoned(emergency(), own, "The button was blue"), Fail);
        check(reasoned(reasoned(emergency(), own, "a wish"), own, "P1 since nine"), Pass);
        // What goes on beyond the words that are kept nobody has read.
        check(reasoned(emergency(), own, &"because ".repeat(25)), Unknown);
        check(emergency().attested(AttestationKind::Justification, 1.0), Unknown);
        let in_field = |text: &str| {
            let mut sample = emergency().ticket(true);
            sample.columns.ticket_reasons.push((0, text.to_owned()));
            sample
        };
        check(in_field("Exploit in the wild"), Pass);
        check(in_field("The button was blue"), Fail);
        check(emergency(), Fail);
    }
}
