//! Whether those who approved a change before it, or reviewed it afterwards, hold the roles that the policy asks for.

use super::approval;
use crate::{
    Frames,
    column::{
        APPROVED_BY_ROLES, AT, CATEGORY, CERTAIN_AT, CHANGE, DUE_AT, IMPLEMENTED_AT, KIND, REVIEWED_BY_ROLE, REVIEWER,
        ROW,
    },
    frames::{Place, optional_booleans},
};
use change_ledger_model::{
    Timestamp,
    policy::{Category, Given, Policy, ReviewEvidence, given_by_as_many, given_by_roles, patterns::TextSignal},
    record::ChangeKind,
};
use foldhash::{HashMap, HashMapExt};
use polars::prelude::{Column, DataFrame, PolarsResult, col};
use std::collections::BTreeMap;

/// The role that some of those who approve must hold, where a category asks for it.
const SENIOR: &str = "senior";

/// Who certainly approved each change, and when: their accounts, as roles name them.
struct Approvers(HashMap<u32, Vec<(String, Timestamp)>>);

impl Approvers {
    fn of(frames: &Frames, policy: &Policy, as_of: i64) -> PolarsResult<Self> {
        let found = approval::candidates(frames, policy.approval, as_of)?;
        let found =
            found.filter(col(CERTAIN_AT).is_not_null()).select([col(CHANGE), col(REVIEWER), col(AT)]).collect()?;
        let mut by_change: HashMap<u32, Vec<(String, Timestamp)>> = HashMap::new();
        let rows = found.column(CHANGE)?.u32()?.iter().zip(found.column(REVIEWER)?.u32()?.iter());
        for ((change, reviewer), at) in rows.zip(found.column(AT)?.i64()?.iter()) {
            let handle = reviewer.and_then(|reviewer| frames.authors.people.get(reviewer as usize));
            let (Some(change), Some((handle, _)), Some(at)) = (change, handle, at.and_then(Timestamp::from_millis))
            else {
                continue;
            };
            by_change.entry(change).or_default().push((format!("@{}", handle.trim_start_matches('@')), at));
        }
        Ok(Self(by_change))
    }

    fn of_change(&self, change: u32) -> impl Iterator<Item = (&str, Timestamp)> {
        self.0.get(&change).into_iter().flatten().map(|(who, at)| (who.as_str(), *at))
    }
}

/// [`APPROVED_BY_ROLES`]: whether every role that the category asks for is held by somebody who approved by the implementation,
/// be it on the change or in a text, and enough of those who approved the change are senior.
pub(super) fn approved(
    facts: &DataFrame,
    frames: &Frames,
    (policy, pattern_set): (&Policy, u32),
    as_of: Timestamp,
) -> PolarsResult<Column> {
    if !policy.category.iter().any(Category::asks_for_roles) {
        return Ok(optional_booleans(APPROVED_BY_ROLES, &vec![Some(true); facts.height()]));
    }
    let approvers = Approvers::of(frames, policy, as_of.millis())?;
    let rows = facts.column(ROW)?.u32()?.iter().zip(facts.column(CATEGORY)?.u8()?.iter());
    let answers = rows.zip(facts.column(IMPLEMENTED_AT)?.i64()?.iter()).map(|((row, category), implemented)| {
        let category = category.and_then(|at| policy.category.get(usize::from(at)));
        let Some(category) = category.filter(|category| category.asks_for_roles()) else { return Some(true) };
        let (row, implemented) = (row?, Timestamp::from_millis(implemented?)?);
        let by_then = approvers.of_change(row).filter(|(_, at)| *at <= implemented);
        let people: Vec<Given<'_>> =
            distinct(by_then).into_iter().map(|(by, at)| Given { by: Some(by), at: Some(at) }).collect();
        let mut given = people.clone();
        given.extend(frames.authorisations.given(row, pattern_set, as_of));
        let roles = (category.approvers.as_slice(), true);
        let by_roles = if category.approvers.is_empty() {
            Some(true)
        } else {
            given_by_roles(roles, &given, &policy.people, Some(implemented))
        };
        both(by_roles, given_by_as_many(category.senior, SENIOR, &people, &policy.people))
    });
    Ok(optional_booleans(APPROVED_BY_ROLES, &answers.collect::<Vec<_>>()))
}

/// Each person once.
fn distinct<'a>(approvals: impl Iterator<Item = (&'a str, Timestamp)>) -> BTreeMap<&'a str, Timestamp> {
    approvals.collect()
}

const fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// [`REVIEWED_BY_ROLE`]: whether any evidence of the retroactive review that the policy accepts and that came in time is of
/// somebody who holds one of the roles that it asks for. Who wrote a note is known only where the note says so. `attested` is who
/// attests a review, and of when, by the change's position.
pub(super) fn reviewed(
    verdicts: &DataFrame,
    frames: &Frames,
    (policy, pattern_set): (&Policy, u32),
    (attested, as_of): (&BTreeMap<u32, (String, Timestamp)>, Timestamp),
) -> PolarsResult<Column> {
    let rule = &policy.review;
    if rule.by.is_empty() {
        return Ok(optional_booleans(REVIEWED_BY_ROLE, &vec![Some(true); verdicts.height()]));
    }
    let approvers = Approvers::of(frames, policy, as_of.millis())?;
    let rows = verdicts.column(ROW)?.u32()?.iter().zip(verdicts.column(KIND)?.u8()?.iter());
    let times = verdicts.column(IMPLEMENTED_AT)?.i64()?.iter().zip(verdicts.column(DUE_AT)?.i64()?.iter());
    let answers = rows.zip(times).map(|((row, kind), (implemented, due))| {
        let (row, implemented) = (row?, Timestamp::from_millis(implemented?)?);
        let due = due.and_then(Timestamp::from_millis);
        let is_review = |at: Timestamp| at > implemented && at <= as_of && in_time_of(at, due);
        let mut given: Vec<Given<'_>> = Vec::new();
        let is_task = kind == Some(ChangeKind::ChangeTicket as u8) && rule.accepts(ReviewEvidence::ChangeTask);
        if is_task || rule.accepts(ReviewEvidence::Approval) {
            let approvals = approvers.of_change(row).filter(|(_, at)| is_review(*at));
            given.extend(approvals.map(|(by, at)| Given { by: Some(by), at: Some(at) }));
        }
        let mut answer = given_by_roles((&rule.by, false), &given, &policy.people, None);
        if rule.accepts(ReviewEvidence::TicketRecord) {
            let notes = frames.quotes.of_change(row, pattern_set, TextSignal::ReviewRecord);
            for note in notes.filter(|note| note.place != Place::Change) {
                let at = note.at.and_then(Timestamp::from_millis);
                if at.is_some_and(is_review) {
                    let says_so =
                        given_by_roles((&rule.by, false), &[Given { by: Some(note.text), at }], &policy.people, None);
                    answer = either(answer, says_so.filter(|says_so| *says_so));
                }
            }
        }
        if rule.accepts(ReviewEvidence::Attestation)
            && let Some((by, at)) = attested.get(&row).filter(|(_, at)| is_review(*at))
        {
            // Who attests it may have reviewed it, or tells that somebody else did, who stays unknown.
            let given = [Some(by.as_str()), None].map(|by| Given { by, at: Some(*at) });
            answer = either(answer, given_by_roles((&rule.by, false), &given, &policy.people, None));
        }
        answer
    });
    Ok(optional_booleans(REVIEWED_BY_ROLE, &answers.collect::<Vec<_>>()))
}

fn in_time_of(at: Timestamp, due: Option<Timestamp>) -> bool {
    due.is_none_or(|due| at <= due)
}

const fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use ControlAnswer::{Fail, NotApplicable, Pass, Unknown};
    use change_ledger_model::{
        attestation::AttestationKind,
        columns::{HitOwner, QuoteRow},
        control::{Attribute, ControlAnswer},
        policy::patterns::TextSignal::{self, Authorisation, EmergencyLabel, ReviewRecord},
    };

    const NOBODY: &str = "[people]";
    const NAMED: &str = "[people]\n\"engineering lead\" = [\"leo\"]\nQA = [\"quin\"]\nsenior = [\"leo\"]";

    /// Five business days, with these people in the roles.
    fn five_days(people: &str) -> Sample {
        Sample::new().preset_with("five-business-days", &[(NOBODY, people)]).change(0.0)
    }

    fn quoted(mut sample: Sample, owner: HitOwner, signal: TextSignal, at: Option<i64>, text: &str) -> Sample {
        sample.columns.quotes.push(QuoteRow { owner, pattern_set: 0, signal, at, text: text.to_owned() });
        sample
    }

    fn answer(sample: Sample, wanted: Attribute) -> ControlAnswer {
        let controls = sample.judged().controls(0).unwrap();
        controls.into_iter().find(|(control, _)| *control == wanted).map(|(_, finding)| finding.answer).unwrap()
    }

    #[test]
    fn a_normal_change_is_approved_by_the_roles_of_its_category() {
        let normal =
            |people: &str| quoted(five_days(people), HitOwner::Change(0), TextSignal::Category, None, "normal");
        let check = |sample: Sample, expected| assert_eq!(answer(sample, Attribute::E), expected);
        let two = |sample: Sample, one: &str, other: &str| sample.approved(one, -2.0).approved(other, -1.0);
        check(two(normal(NAMED), "leo", "quin"), Pass);
        check(two(normal(NAMED), "leo", "bob"), Fail);
        check(two(normal(NAMED), "bob", "quin"), Fail);
        check(two(normal(NOBODY), "leo", "quin"), Unknown);
        // Whichever of their accounts the policy names and the others were merged into.
        let also = |names: &[&str]| normal(NAMED).known_as(names);
        check(two(also(&["leo", "l.kern"]), "l.kern", "quin"), Pass);
        check(two(also(&["leo2", "l.kern"]), "l.kern", "quin"), Fail);
        check(normal(NAMED).approved("leo", -2.0), Fail);
        // The role speaks on the ticket, where nobody of it approved the change itself.
        let on_ticket = |hours| {
            let sample =
                two(normal(NAMED), "leo", "bob").ticket(false).hit_on(HitOwner::Ticket(0), Authorisation, hours);
            let mut sample = sample;
            sample.columns.authorisations.last_mut().unwrap().by = "QA".to_owned();
            sample
        };
        check(on_ticket(Some(-1.0)), Pass);
        check(on_ticket(Some(1.0)), Fail);
        check(on_ticket(None), Unknown);
    }

    #[test]
    fn a_change_of_an_unknown_category_says_so() {
        let check = |sample: Sample, expected: [ControlAnswer; 2]| {
            let controls = sample.judged().controls(0).unwrap();
            let of = |wanted| controls.iter().find(|(control, _)| *control == wanted).unwrap().1;
            assert_eq!([of(Attribute::C).answer, of(Attribute::E).answer], expected);
        };
        check(five_days(NAMED).approved("leo", -2.0).approved("quin", -1.0), [Pass, Unknown]);
        check(five_days(NAMED), [Unknown, Unknown]);
        let standard = |sample| quoted(sample, HitOwner::Change(0), TextSignal::Category, None, "dependencies");
        check(standard(five_days(NAMED)), [NotApplicable, NotApplicable]);
    }

    #[test]
    fn a_review_is_of_whom_the_policy_asks() {
        let emergency = |people: &str| {
            Sample::new()
                .preset_with("next-business-day", &[(NOBODY, people)])
                .change(0.0)
                .hit(EmergencyLabel)
                .ticket(false)
        };
        let noted = |people: &str, text: &str| {
            let sample = emergency(people).hit_on(HitOwner::Ticket(0), ReviewRecord, Some(3.0));
            let at = sample.columns.hits.last().unwrap().at;
            quoted(sample, HitOwner::Ticket(0), ReviewRecord, at, text)
        };
        let check = |sample: Sample, expected| assert_eq!(answer(sample, Attribute::L), expected);
        check(noted(NOBODY, "Leo, engineering lead: cause found"), Pass);
        check(noted(NAMED, "leo, all well"), Pass);
        // Who wrote a note that names nobody, no file tells.
        check(noted(NAMED, "cause found, all well"), Unknown);
        check(emergency(NAMED), Fail);
        check(emergency(NAMED).attested(AttestationKind::Review, 3.0).stated_by("leo", &["leo"]), Pass);
        check(emergency(NAMED).attested(AttestationKind::Review, 3.0).stated_by("bob", &["bob"]), Unknown);
        // An approval is of an account, which either holds the role or does not.
        let by_approval =
            [(NOBODY, NAMED), ("evidence = [\"ticket_record\"", "evidence = [\"approval\", \"ticket_record\"")];
        let approved = |who: &str| {
            let sample = Sample::new().preset_with("next-business-day", &by_approval).change(0.0);
            sample.hit(EmergencyLabel).approved(who, 3.0)
        };
        check(approved("leo"), Pass);
        check(approved("bob"), Fail);
    }
}
