//! Overlapping exports give the same current state in whatever order they are imported.

use crate::{
    ChangeDetail, Ledger,
    sample::{at, change, import, mention, person, records, review},
};
use change_ledger_model::record::{Change, ChangeState, FoundIn, MentionKind, ReviewCoverage, Verdict};
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
