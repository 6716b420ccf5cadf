//! The sentences that the presets follow, one by one: which parameter holds each, a change that meets it and one that does
//! not. A sentence about changes that no verdict answers yet is listed with the reason, so that the list can only shrink.

mod five_business_days;
mod forty_eight_hours;
mod next_business_day;
mod retroactive_24h;
mod three_business_days;

use crate::{
    Judged,
    sample::{Sample, at},
};
use change_ledger_model::{
    columns::{AlertRow, DeliveryColumns, HitOwner},
    control::{Attribute, ControlAnswer},
    judgement::{Class, RatioState, ReviewState},
    policy::{self, Policy, patterns::TextSignal},
    record::AlertState,
};

/// A sentence, the parameter that holds it, and the verdict that shows it.
struct Clause {
    /// Its telling words.
    sentence: &'static str,
    /// The parameter's key with its table.
    parameter: &'static str,
    /// What is asked of the judgement.
    asked: Asked,
    /// A sample that meets it, and what is answered.
    met: (Tell, &'static str),
    /// A sample that does not, and what is answered.
    failed: (Tell, &'static str),
}

/// What follows on the policy in force.
type Tell = fn(Sample) -> Sample;

/// A question to the judgement of a sample's first change.
#[derive(Clone, Copy)]
enum Asked {
    /// A control, by its letter.
    Control(char),
    /// How far the retroactive review got.
    Review,
    /// The class.
    Class,
    /// Where the quarter's emergency ratio stands.
    Ratio,
    /// Whether it was documented in time.
    Documented,
    /// Whether an authorisation is on record.
    Authorised,
    /// Whether an open review is warned of.
    Warned,
    /// Whether the quarter's one vulnerability was fixed in time.
    Patched,
}

impl Asked {
    fn of(self, sample: Sample) -> String {
        let judged = sample.judged();
        let verdicts = judged.verdicts();
        let yes_no = |answer: Option<bool>| match answer {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        match self {
            Self::Control(letter) => control(&judged, letter),
            Self::Review => format!("{:?}", ReviewState::from_code(verdicts.review_state[0]).unwrap()),
            Self::Class => Class::from_code(verdicts.class[0]).unwrap().name().to_owned(),
            Self::Ratio => match judged.quarters(None).unwrap().first().map(|quarter| quarter.ratio_state) {
                Some(RatioState::Within) => "within".to_owned(),
                other => format!("{other:?}").to_lowercase().replace("some(", "").replace(')', ""),
            },
            Self::Documented => yes_no(verdicts.documented_on_time[0]).to_owned(),
            Self::Authorised => yes_no(verdicts.authorised[0]).to_owned(),
            Self::Patched => {
                let patches = judged.quarters(None).unwrap().remove(0).patches;
                yes_no(Some(patches.on_time == 1 && patches.late == 0)).to_owned()
            }
            Self::Warned => {
                let open = verdicts.review_state[0] == ReviewState::Pending as u8;
                let since = verdicts.warn_at[0].is_some_and(|warn| warn < judged.as_of().millis());
                yes_no(Some(open && since)).to_owned()
            }
        }
    }
}

fn control(judged: &Judged, letter: char) -> String {
    let position = "ABCDEFGHIJKLMN".find(letter).unwrap();
    let (attribute, finding) = judged.controls(0).unwrap().remove(position);
    assert_eq!(attribute, Attribute::ALL[position]);
    match finding.answer {
        ControlAnswer::Pass => "pass",
        ControlAnswer::Fail => "fail",
        ControlAnswer::NotApplicable => "n/a",
        ControlAnswer::Unknown => "unknown",
    }
    .to_owned()
}

/// A sentence about changes that no verdict answers, and why.
type NotAnswered = (&'static str, &'static str);

/// What has to be in files before a verdict could answer.
mod why {
    pub(super) const ROLES: &str =
        "Roles are compared for authorisations only, not for reviews, approvals and sign-offs.";
    pub(super) const GROUNDS: &str =
        "The reason is found, and its words are not yet compared with `emergency.grounds`.";
    pub(super) const NO_RECORD: &str = "No file that is imported has a field or a mark for it.";
    pub(super) const NOT_A_CHANGE: &str = "It is about the organisation or a repository, not about one change.";
    pub(super) const CATEGORY: &str = "Categories are named in the policy, and no verdict reads them yet.";
    pub(super) const RETENTION: &str = "How long logs are kept is asked in `[retention]`; no imported file tells it.";
    pub(super) const RISK: &str = "No imported file that is read tells the risk of a change or its rollback plan.";
    pub(super) const ELSEWHERE: &str = "It is answered for the whole ledger, not for one change.";
}

fn labelled(sample: Sample) -> Sample {
    sample.change(0.0).hit(TextSignal::EmergencyLabel)
}

/// A labelled emergency with an incident that names it back, and a reason.
fn genuine(sample: Sample) -> Sample {
    labelled(sample).incident(true).hit(TextSignal::Justification)
}

/// A labelled emergency whose ticket bears a note of this kind, so many hours after the implementation.
fn noted(sample: Sample, signal: TextSignal, hours: f64) -> Sample {
    labelled(sample).ticket(false).hit_on(HitOwner::Ticket(0), signal, Some(hours))
}

/// A vulnerability of this CVSS score (in tenths), fixed so many hours after its alert.
fn fixed(sample: Sample, score_tenths: u16, hours: f64) -> Sample {
    let mut sample = sample.change(0.0);
    sample.columns.alerts.push(AlertRow {
        repository: Some(0),
        opened_at: Some(at(0.0)),
        fixed_at: Some(at(hours)),
        dismissed_at: None,
        state: Some(AlertState::Fixed),
        severity: None,
        score_tenths: Some(score_tenths),
    });
    sample
}

/// Who gave the authorisation just told.
fn by(mut sample: Sample, who: &str) -> Sample {
    sample.columns.authorisations.last_mut().unwrap().by = who.to_owned();
    sample
}

/// The ledger holds tickets, so that a change without one is known to have none.
fn in_tracker(mut sample: Sample) -> Sample {
    sample.columns.has_tickets = true;
    sample
}

/// The sample's one change went to production an hour after it was merged; `tell` says more.
fn delivered(mut sample: Sample, tell: fn(&mut DeliveryColumns)) -> Sample {
    sample.columns.delivery.deployed_at = vec![Some(at(1.0))];
    tell(&mut sample.columns.delivery);
    sample
}

fn check(preset: &str, clauses: &[Clause], not_answered: &[NotAnswered], at_most: usize) {
    let document: toml::Table = policy::preset(preset).unwrap().document.parse().unwrap();
    for clause in clauses {
        let mut keys = clause.parameter.split('.');
        let first = document.get(keys.next().unwrap());
        let found = keys.try_fold(first, |value, key| Some(value?.as_table()?.get(key)));
        assert!(found.flatten().is_some(), "{preset} has no {}: {}", clause.parameter, clause.sentence);
        for (tell, expected) in [clause.met, clause.failed] {
            assert_eq!(clause.asked.of(tell(Sample::new().preset(preset))), expected, "{preset}: {}", clause.sentence);
        }
        assert_ne!(clause.met.1, clause.failed.1, "{}", clause.sentence);
    }
    assert!(not_answered.len() <= at_most, "{preset}: a sentence that was answered is no longer");
    assert!(not_answered.iter().all(|(sentence, reason)| !sentence.is_empty() && reason.ends_with('.')));
}

/// Every number of a preset decides something: with another one, the change that met the clause no longer does.
#[test]
fn the_presets_differ_where_their_texts_differ() {
    let check = |preset: &str, hours: f64, expected: &str| {
        let sample = Sample::new().preset(preset).change(0.0).hit(TextSignal::EmergencyLabel).ticket(false);
        let sample = sample.hit_on(HitOwner::Ticket(0), TextSignal::ReviewRecord, Some(hours));
        let sample = sample.approved("bob", hours).approved("cat", hours);
        assert_eq!(Asked::Review.of(sample), expected, "{preset} {hours}");
    };
    // Implemented on a Tuesday at 10:00.
    check("retroactive-24h", 24.0, "OnTime");
    check("retroactive-24h", 24.1, "Late");
    check("next-business-day", 37.9, "OnTime");
    check("next-business-day", 38.1, "Late");
    check("forty-eight-hours", 48.0, "OnTime");
    check("forty-eight-hours", 48.1, "Late");
    // Friday midnight, and the midnight of the Tuesday after.
    check("three-business-days", 85.9, "OnTime");
    check("three-business-days", 86.1, "Late");
    check("five-business-days", 181.9, "OnTime");
    check("five-business-days", 182.1, "Late");
}

#[test]
fn each_preset_can_be_read_and_is_named_by_a_file_here() {
    let names: Vec<&str> = policy::presets().iter().map(|preset| preset.name).collect();
    let here = [
        retroactive_24h::PRESET,
        next_business_day::PRESET,
        three_business_days::PRESET,
        five_business_days::PRESET,
        forty_eight_hours::PRESET,
    ];
    assert_eq!(names, here);
    assert!(policy::presets().iter().all(|preset| Policy::parse(preset.document).is_ok()));
}
