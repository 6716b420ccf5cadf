//! What the category of each change asks for, and when as many people as it asks had approved.

use crate::{
    Frames,
    column::{
        APPROVAL, APPROVED_AFTER_AT, APPROVED_BEFORE_AT, BEST_COVER, CATEGORY, COVERS_HEAD, PEOPLE_ASKED,
        POSSIBLY_APPROVED_AFTER_AT, POSSIBLY_APPROVED_AT,
    },
    frames::{Place, optional_bytes, positions},
    judging::class::is_emergency,
};
use change_ledger_model::policy::{Approval, Policy, patterns::TextSignal};
use polars::prelude::{Column, DataFrame, IdxCa, IdxSize, LazyFrame, PolarsError, PolarsResult, col, when};
use std::collections::BTreeSet;

/// The facts about approvals that depend on how many people are asked.
const BY_NUMBER: [&str; 7] = [
    APPROVAL,
    APPROVED_BEFORE_AT,
    APPROVED_AFTER_AT,
    POSSIBLY_APPROVED_AT,
    POSSIBLY_APPROVED_AFTER_AT,
    COVERS_HEAD,
    BEST_COVER,
];

/// [`CATEGORY`] and [`PEOPLE_ASKED`] of every change: its own labels, type and category decide, else those of the tickets that it
/// names. Where no file tells a category, as many are asked as of any change.
pub(super) fn categories(frames: &Frames, policy: &Policy, pattern_set: u32) -> PolarsResult<DataFrame> {
    let category_of = |change: u32| {
        let labels = |place: Place| {
            let quotes = frames.quotes.of_change(change, pattern_set, TextSignal::Category);
            quotes.filter(move |quote| quote.place == place).map(|quote| quote.text).collect::<Vec<_>>()
        };
        let named = |place| policy.category_named(labels(place).into_iter());
        named(Place::Change).or_else(|| named(Place::Ticket))
    };
    let changes = (0_u32..).take(frames.len());
    let categories: Vec<Option<usize>> =
        if policy.category.is_empty() { vec![None; frames.len()] } else { changes.map(category_of).collect() };
    let asked = |at: &Option<usize>| {
        let category = at.and_then(|at| policy.category.get(at));
        category.map_or(policy.approval.required, change_ledger_model::policy::Category::people_asked)
    };
    let asked = categories.iter().map(asked).collect();
    let places: Vec<Option<u8>> = categories.iter().map(|at| at.and_then(|at| u8::try_from(at).ok())).collect();
    DataFrame::new(frames.len(), vec![optional_bytes(CATEGORY, &places), positions(PEOPLE_ASKED, asked)])
}

/// When as many people had approved each change as its category asks for, and [when emergencies had](of_emergencies) as many as
/// are asked of these, where that is [another number](of_emergencies_apart).
pub(super) fn approvals(frames: &Frames, policy: &Policy, asked: &DataFrame, as_of: i64) -> PolarsResult<Vec<Column>> {
    let rules = |required: u32| Approval { required, ..policy.approval };
    // Whoever is asked of nobody may have been approved all the same.
    let asked: Vec<u32> = asked.column(PEOPLE_ASKED)?.u32()?.iter().map(|asked| asked.unwrap_or(1).max(1)).collect();
    let numbers: BTreeSet<u32> = asked.iter().copied().collect();
    let usual = match (numbers.first(), numbers.len()) {
        (None, _) => frames.approved_under(policy.approval, as_of)?,
        (Some(required), 1) => frames.approved_under(rules(*required), as_of)?,
        _ => {
            let all = numbers.iter().map(|required| frames.approved_under(rules(*required), as_of));
            row_by_row(&all.collect::<PolarsResult<Vec<_>>>()?, &asked, &numbers)?
        }
    };
    let mut columns = usual.columns().to_vec();
    let of_emergencies = policy.people_asked_of_emergencies();
    if numbers.iter().all(|number| *number == of_emergencies) {
        return Ok(columns);
    }
    let of_emergencies = frames.approved_under(rules(of_emergencies), as_of)?;
    for name in BY_NUMBER {
        columns.push(of_emergencies.column(name)?.clone().with_name(of_emergency(name).into()));
    }
    Ok(columns)
}

/// From each frame the rows whose change asks for its number of people.
fn row_by_row(frames: &[DataFrame], asked: &[u32], numbers: &BTreeSet<u32>) -> PolarsResult<DataFrame> {
    let height = asked.len();
    let mut all = DataFrame::empty();
    for frame in frames {
        all = if all.width() == 0 { frame.clone() } else { all.vstack(frame)? };
    }
    let place = |(row, asked): (usize, &u32)| {
        let frame = numbers.iter().position(|number| number == asked)?;
        IdxSize::try_from(frame * height + row).ok()
    };
    let places: Option<Vec<IdxSize>> = asked.iter().enumerate().map(place).collect();
    let places = places.ok_or_else(|| PolarsError::ComputeError("too many changes".into()))?;
    all.take(&IdxCa::from_vec("place".into(), places))
}

/// Of emergencies counts what is asked of these. That one was found because too few had approved for its category stays in its
/// signals.
pub(super) fn of_emergencies(changes: LazyFrame) -> LazyFrame {
    let replaced =
        BY_NUMBER.map(|name| when(is_emergency()).then(col(of_emergency(name))).otherwise(col(name)).alias(name));
    changes.with_columns(replaced)
}

/// Whether these facts tell apart when emergencies had been approved.
pub(super) fn of_emergencies_apart(facts: &DataFrame) -> bool {
    facts.column(&of_emergency(APPROVAL)).is_ok()
}

fn of_emergency(name: &str) -> String {
    format!("emergency_{name}")
}

#[cfg(test)]
mod tests {
    use crate::{Judged, sample::Sample};
    use change_ledger_model::{
        columns::{HitOwner, QuoteRow},
        judgement::{ApprovalTiming, Class, ReviewState},
        policy::patterns::TextSignal::{self, EmergencyLabel},
    };

    fn labelled(sample: Sample, owner: HitOwner, label: &str) -> Sample {
        let mut sample = sample;
        let (signal, text) = (TextSignal::Category, label.to_owned());
        sample.columns.quotes.push(QuoteRow { owner, pattern_set: 0, signal, at: None, text });
        sample
    }

    fn five_days() -> Sample {
        Sample::new().preset("five-business-days").change(0.0)
    }

    fn judged(sample: &Judged) -> (Class, ApprovalTiming, ReviewState) {
        let verdicts = sample.verdicts();
        (
            Class::from_code(verdicts.class[0]).unwrap(),
            ApprovalTiming::from_code(verdicts.approval[0]).unwrap(),
            ReviewState::from_code(verdicts.review_state[0]).unwrap(),
        )
    }

    #[test]
    fn a_category_asks_for_its_own_number_of_people() {
        use ApprovalTiming::{Before, Never};
        use ReviewState::NotOwed;
        let check = |tell: fn(Sample) -> Sample, expected: (Class, ApprovalTiming)| {
            let (class, approval, state) = judged(&tell(five_days()).judged());
            assert_eq!((class, approval, state), (expected.0, expected.1, NotOwed));
        };
        let own = HitOwner::Change(0);
        check(|s| s, (Class::Unreviewed, Never));
        check(|s| s.approved("bob", -1.0), (Class::Unreviewed, Never));
        check(|s| labelled(s, HitOwner::Change(0), "type: normal").approved("bob", -1.0), (Class::Unreviewed, Never));
        check(|s| s.approved("bob", -1.0).approved("cat", -1.0), (Class::Routine, Before));
        // Its author decides alone, and may have asked somebody all the same.
        check(|s| labelled(s, HitOwner::Change(0), "dependencies"), (Class::Routine, Never));
        check(|s| labelled(s, HitOwner::Change(0), "Dependencies").approved("bob", -1.0), (Class::Routine, Before));
        // A ticket speaks where the change does not; of several words the one that asks for most counts.
        check(|s| labelled(s.ticket(false), HitOwner::Ticket(0), "Standard change"), (Class::Routine, Never));
        let both = labelled(labelled(five_days(), own, "dependencies"), own, "major");
        assert_eq!(judged(&both.judged()).0, Class::Unreviewed);
    }

    #[test]
    fn an_emergency_needs_as_many_as_its_review_asks_for() {
        let emergency = || five_days().hit(EmergencyLabel);
        let check = |sample: Sample, expected: (ApprovalTiming, ReviewState)| {
            let (_, approval, state) = judged(&sample.judged());
            assert_eq!((approval, state), expected);
        };
        check(emergency().approved("bob", -1.0), (ApprovalTiming::Before, ReviewState::NotOwed));
        check(emergency().approved("bob", 5.0), (ApprovalTiming::After, ReviewState::OnTime));
        check(emergency(), (ApprovalTiming::Never, ReviewState::Overdue));
    }
}
