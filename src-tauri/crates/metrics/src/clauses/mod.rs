//! The sentences that the presets follow, one by one: which parameter holds each, a change that meets it, one that fails it,
//! and what becomes of both when the parameter says something else. A sentence about changes that no verdict answers is
//! listed with the reason, so that the list can only shrink.

mod five_business_days;
mod forty_eight_hours;
mod next_business_day;
mod retroactive_24h;
mod telling;
mod three_business_days;

use change_ledger_model::{
    control::{Attribute, ControlAnswer},
    judgement::{Class, RatioState, ReviewState},
    policy::{self, Policy},
};
use telling::Told;

/// A sentence, what holds it, and the verdict that shows it.
struct Clause {
    /// Its telling words.
    sentence: &'static str,
    held: Held,
    /// What is asked of the judgement.
    asked: Asked,
    /// A ledger that meets it, and what is answered.
    met: (Tell, &'static str),
    /// One that fails it, and what is answered: never that it is unknown.
    failed: (Tell, &'static str),
}

/// What follows on the policy in force.
type Tell = fn(Told) -> Told;

/// What in a policy holds a sentence.
#[derive(Clone, Copy)]
enum Held {
    /// A parameter by its key with its table, another value of it, and what is then answered of the ledger that met the
    /// sentence and of the one that failed it.
    By(&'static str, &'static str, [&'static str; 2]),
    /// The checklist itself: every preset answers alike.
    Always,
}

/// A sentence that sets a time.
struct Limit {
    sentence: &'static str,
    /// Key of the parameter with its table.
    parameter: &'static str,
    /// A value of it that gives more time.
    longer: &'static str,
    asked: Asked,
    /// What happens after so many hours.
    tell: fn(Told, f64) -> Told,
    /// The last hour that is in time; a tenth of an hour later is too late.
    hours: f64,
}

/// A question to the judgement of a ledger's first change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Answers that fail a sentence.
const FAILING: [&str; 8] = ["fail", "no", "Late", "Overdue", "breach", "unreviewed", "unlabelled_emergency", "warned"];

impl Asked {
    fn of(self, told: Told) -> String {
        let judged = told.judged();
        let verdicts = judged.verdicts();
        let yes_no = |answer: Option<bool>| match answer {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        match self {
            Self::Control(letter) => {
                let position = "ABCDEFGHIJKLMN".find(letter).unwrap();
                let (attribute, finding) = judged.controls(0).unwrap().remove(position);
                assert_eq!(attribute, Attribute::ALL[position]);
                answer(finding.answer).to_owned()
            }
            Self::Review => format!("{:?}", ReviewState::from_code(verdicts.review_state[0]).unwrap()),
            Self::Class => Class::from_code(verdicts.class[0]).unwrap().name().to_owned(),
            Self::Ratio => match judged.quarters(None).unwrap().remove(0).ratio_state {
                RatioState::Within => "within",
                RatioState::Warning => "warning",
                RatioState::Breach => "breach",
                RatioState::NotApplicable => "n/a",
            }
            .to_owned(),
            Self::Documented => yes_no(verdicts.documented_on_time[0]).to_owned(),
            Self::Authorised => yes_no(verdicts.authorised[0]).to_owned(),
            Self::Patched => {
                let patches = judged.quarters(None).unwrap().remove(0).patches;
                yes_no(Some(patches.on_time == 1 && patches.late == 0)).to_owned()
            }
            Self::Warned => {
                let open = verdicts.review_state[0] == ReviewState::Pending as u8;
                let since = verdicts.warn_at[0].is_some_and(|warn| warn < judged.as_of().millis());
                if open && since { "warned" } else { "quiet" }.to_owned()
            }
        }
    }

    /// What is answered of something in time, and of something late.
    const fn in_time_and_late(self) -> [&'static str; 2] {
        match self {
            Self::Control(_) => ["pass", "fail"],
            Self::Review => ["OnTime", "Late"],
            Self::Warned => ["quiet", "warned"],
            Self::Class | Self::Ratio | Self::Documented | Self::Authorised | Self::Patched => ["yes", "no"],
        }
    }
}

const fn answer(answer: ControlAnswer) -> &'static str {
    match answer {
        ControlAnswer::Pass => "pass",
        ControlAnswer::Fail => "fail",
        ControlAnswer::NotApplicable => "n/a",
        ControlAnswer::Unknown => "unknown",
    }
}

/// A sentence that is answered, but not by the judgement of a change: its words, the parameter, what answers it.
type Beside = (&'static str, &'static str, &'static str);

/// A sentence about changes that no verdict answers, and why.
type NotAnswered = (&'static str, &'static str);

/// What stands between a sentence and its verdict.
mod why {
    pub(super) const NO_RECORD: &str =
        "No export of a tool that is read has a field or a mark for it; an auditor asks for it.";
    pub(super) const MESSAGES: &str =
        "Messages are kept as records, but whether one tells the right people in time, a person must read.";
    pub(super) const MEANING: &str =
        "What is written must be weighed for its meaning, which is a reviewer's judgement and not a tool's.";
    pub(super) const NOT_A_CHANGE: &str =
        "It binds the organisation, its accounts or its environments, and holds or fails without any one change.";
    pub(super) const SECURITY: &str =
        "No export says which changes touch authentication, access, payments or data: of which it is asked is unknown.";
    pub(super) const RETENTION: &str =
        "The policy states it in `[retention]`; how long a tool keeps its logs is in none of its exports.";
    pub(super) const ROLLED_BACK: &str =
        "No export says that a deployment undid another one, so an incident that is missing cannot be missed.";
}

/// A document of its own for each table: a preset, with what a company adds to it.
fn document(preset: &str, added: &[(&str, &str)]) -> String {
    let shipped = policy::preset(preset).unwrap().document.to_owned();
    added.iter().fold(shipped, |document, (key, value)| edited(&document, key, value))
}

/// A document in which the parameter `key` has another value.
fn edited(document: &str, key: &str, value: &str) -> String {
    let mut table: toml::Table = document.parse().unwrap();
    let value = format!("value = {value}").parse::<toml::Table>().unwrap().remove("value").unwrap();
    let (path, last) = key.rsplit_once('.').unwrap_or(("", key));
    let inner = path.split('.').filter(|part| !part.is_empty());
    let of = inner.fold(&mut table, |table, part| table.get_mut(part).unwrap().as_table_mut().unwrap());
    of.insert(last.to_owned(), value);
    toml::to_string(&table).unwrap()
}

/// Whether a document has the parameter `key`.
fn has(document: &str, key: &str) -> bool {
    let table: toml::Table = document.parse().unwrap();
    let mut parts = key.split('.');
    let first = table.get(parts.next().unwrap());
    parts.try_fold(first, |value, part| Some(value?.as_table()?.get(part))).flatten().is_some()
}

fn check(document: &str, clauses: &[Clause], limits: &[Limit]) {
    let name = Policy::parse(document).unwrap().name;
    for Clause { sentence, held, asked, met, failed } in clauses {
        let ask = |document: &str| [met.0, failed.0].map(|tell| asked.of(tell(Told::under(document))));
        assert_eq!(ask(document), [met.1, failed.1], "{name}: {sentence}");
        assert!(FAILING.contains(&failed.1), "{name}: {sentence}: {} does not fail it", failed.1);
        assert!(!FAILING.contains(&met.1) && met.1 != "unknown", "{name}: {sentence}: {} does not meet it", met.1);
        match *held {
            Held::By(key, value, then) => {
                assert!(has(document, key), "{name} has no {key}: {sentence}");
                assert_ne!(then, [met.1, failed.1], "{name}: {sentence}: {key} = {value} turns nothing");
                assert_eq!(ask(&edited(document, key, value)), then, "{name}: {sentence}: under {key} = {value}");
            }
            Held::Always => {
                for preset in policy::presets() {
                    assert_eq!(ask(preset.document), [met.1, failed.1], "{}: {sentence}", preset.name);
                }
            }
        }
    }
    for Limit { sentence, parameter, longer, asked, tell, hours } in limits {
        assert!(has(document, parameter), "{name} has no {parameter}: {sentence}");
        let ask = |document: &str, hours: f64| asked.of(tell(Told::under(document), hours));
        let [in_time, late] = asked.in_time_and_late();
        let answers = [*hours, hours + 0.1].map(|hours| ask(document, hours));
        assert_eq!(answers, [in_time, late], "{name}: {sentence}");
        assert_eq!(ask(&edited(document, parameter, longer), hours + 0.1), in_time, "{name}: {sentence}: {longer}");
    }
}

fn check_the_rest(document: &str, beside: &[Beside], not_answered: &[NotAnswered], at_most: usize) {
    let name = Policy::parse(document).unwrap().name;
    for (sentence, parameter, answer) in beside {
        assert!(has(document, parameter), "{name} has no {parameter}: {sentence}");
        assert!(answer.ends_with('.'), "{name}: {sentence}");
    }
    assert!(not_answered.len() <= at_most, "{name}: a sentence that was answered is no longer");
    assert!(not_answered.iter().all(|(sentence, reason)| !sentence.is_empty() && reason.ends_with('.')));
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
