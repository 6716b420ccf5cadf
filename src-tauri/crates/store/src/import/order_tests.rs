//! Overlapping exports give the same current state in whatever order they are imported.

use crate::{
    ChangeDetail, Ledger,
    sample::{at, change, import, incident, mention, person, records, review},
    table::{Kind, text},
};
use change_ledger_model::record::{Change, ChangeState, FoundIn, MentionKind, Note, Record, ReviewCoverage, Verdict};
use proptest::{collection::vec, option, prelude::*};

/// One export of change 1; `age` decides which is newer, and no two exports of a test have the same.
fn version(age: i64) -> impl Strategy<Value = Change> {
    let fields = (
        option::of("[ab]{1,2}"),
        option::of(vec("[xy]", 0..3)),
        option::of(0_i64..5),
        option::of("(hotfix/[ab]|feature/[ab])"),
        prop_oneof![Just(None), Just(Some("rollback")), Just(Some("Authorised by: Tove Lund"))],
        vec((0_usize..3, 0_usize..3, 0_i64..4), 0..4),
        vec((0_usize..3, 0_usize..4), 0..4),
        vec(0_usize..3, 0..3),
        any::<(bool, bool)>(),
    );
    fields.prop_map(move |(category, labels, merged, branch, body, reviews, mentions, authors, (title, cut))| {
        let people = ["mara-ko", "tove", "ilse"];
        let verdicts = [Verdict::Approved, Verdict::ChangesRequested, Verdict::Dismissed];
        let mut change = change(1);
        change.updated_at = Some(at(age));
        change.title = if title { format!("Title {age}") } else { String::new() };
        change.category = category;
        change.labels = labels;
        change.implemented_at = merged.map(at);
        change.state = if merged.is_some() { ChangeState::Implemented } else { ChangeState::ImplementedAtUnknown };
        change.head_branch = branch;
        change.body = body.map(str::to_owned);
        change.commit_authors = authors.iter().map(|at| person(people[*at])).collect();
        change.reviews = reviews
            .iter()
            .map(|(who, what, when)| {
                let mut review = review(1, people[*who], verdicts[*what], *when);
                // Which commit a review is of does not change.
                review.commit = None;
                review
            })
            .collect();
        change.review_coverage = match (change.reviews.is_empty(), cut) {
            (true, true) => ReviewCoverage::NotCarried,
            (false, true) => ReviewCoverage::PossiblyCut,
            (_, false) => ReviewCoverage::Complete,
        };
        let places = [FoundIn::Title, FoundIn::Body, FoundIn::Branch, FoundIn::LinkField];
        change.mentions = mentions
            .iter()
            .map(|(name, place)| mention(MentionKind::TicketKey, ["A-1", "A-2", "A-3"][*name], places[*place]))
            .collect();
        // One row never says two things about one review.
        change.reviews.sort_by_key(|review| (review.natural_key(), review.verdict));
        change.reviews.dedup_by_key(|review| review.natural_key());
        change
    })
}

fn state(versions: &[Change], order: &[usize]) -> ChangeDetail {
    let mut ledger = Ledger::in_memory().unwrap();
    for &n in order {
        import(&mut ledger, &format!("{n}.json"), records([versions[n].clone()]));
    }
    let mut detail = ledger.change_detail(1).unwrap();
    detail.revisions.clear();
    detail.reviews.sort_by_key(|review| (review.submitted_at, review.reviewer.handle.clone()));
    detail.commit_authors.sort_by_key(|author| author.handle.clone());
    detail.named.sort_by_key(|named| (named.mention.name.clone(), named.mention.found_in));
    detail.named.dedup();
    detail.found.sort_by_key(|found| (found.signal, found.text.clone()));
    detail
}

/// A note in a file of its own: an incident of which nothing else is known.
fn remark(minutes: i64, names: &str) -> Record {
    let mut only_note = incident("Q1", 1);
    only_note.title = String::new();
    (only_note.number, only_note.service, only_note.status) = (None, None, None);
    (only_note.severity, only_note.urgency) = (None, None);
    (only_note.opened_at, only_note.resolved_at, only_note.updated_at) = (None, None, None);
    only_note.notes = vec![Note { at: Some(at(minutes)), author: None, text: names.to_owned() }];
    only_note.mentions = vec![mention(MentionKind::TicketKey, names, FoundIn::Note)];
    Record::Incident(Box::new(only_note))
}

#[test]
fn notes_add_up_in_any_order_and_leave_the_incident_as_it_is() {
    let whole = || Record::Incident(Box::new(incident("Q1", 1)));
    let check = |rows: Vec<Record>| {
        let mut ledger = Ledger::in_memory().unwrap();
        for (n, row) in rows.into_iter().enumerate() {
            import(&mut ledger, &format!("{n}.json"), vec![row]);
        }
        let named = text::mentions(&ledger.connection, (Kind::Incident, 1)).unwrap();
        let mut names: Vec<&str> = named.iter().map(|mention| mention.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["A-1", "A-2"]);
        let detail = ledger.incident(1).unwrap();
        assert_eq!((detail.title.as_str(), detail.opened_at), ("Checkout is slow", Some(at(10))));
    };
    check(vec![whole(), remark(20, "A-1"), remark(30, "A-2")]);
    check(vec![remark(30, "A-2"), whole(), remark(20, "A-1")]);
    check(vec![remark(20, "A-1"), remark(30, "A-2"), whole()]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_imports_does_not_matter(
        versions in (version(100), version(200), version(300)).prop_map(|(a, b, c)| vec![a, b, c]),
        order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
    ) {
        prop_assert_eq!(state(&versions, &order), state(&versions, &[0, 1, 2]));
    }
}
