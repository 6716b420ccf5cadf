use super::{
    super::{subject::Subject, table::Table},
    of, word,
};
use change_ledger_model::record::Verdict;
use std::collections::HashSet;

/// One row per current review.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let reviews = &subject.columns.reviews;
    let rows = 0..reviews.change.len();
    let change = |at| of(&reviews.change, at).map(|change| change as usize);
    let reviewer = |at| subject.columns.people.get(of(&reviews.reviewer, at)? as usize);
    let commit_authors: HashSet<(u32, u32)> = subject.columns.commit_authors.iter().copied().collect();
    Table::new("reviews", "One row per review of those changes, as the files show it now")
        .of_changes(reviews.change.clone())
        .integer("review_number", "Its place in the ledger", (0_i64..).take(reviews.change.len()).map(Some))
        .text("change_id", "The change", rows.clone().map(|at| subject.id(change(at)?)))
        .text(
            "quarter",
            "Quarter of the change's implementation",
            rows.clone().map(|at| subject.quarter(change(at)?).map(|quarter| quarter.to_string())),
        )
        .text("repository", "Repository of the change", rows.clone().map(|at| subject.repository(change(at)?)))
        .text(
            "reviewer",
            "Who reviewed; null when the account was deleted",
            rows.clone().map(|at| reviewer(at).map(|(handle, _)| handle.as_str())),
        )
        .integer(
            "reviewer_number",
            "Stands for the reviewer, as author_number of the change does",
            rows.clone().map(|at| of(&reviews.reviewer, at).map(i64::from)),
        )
        .text(
            "reviewer_kind",
            "human, bot or deleted",
            rows.clone().map(|at| word(reviewer(at).map(|(_, kind)| *kind))),
        )
        .boolean(
            "is_commit_author",
            "Whether the reviewer is a known author or co-author of the change's commits",
            rows.clone()
                .map(|at| Some(commit_authors.contains(&(of(&reviews.change, at)?, of(&reviews.reviewer, at)?)))),
        )
        .text(
            "verdict",
            "approved, changes_requested, commented, dismissed or withdrawn",
            rows.clone().map(|at| word(of(&reviews.verdict, at).and_then(Verdict::from_code))),
        )
        .moment(
            "submitted",
            "When it was submitted; null when unknown;",
            rows.clone().map(|at| of(&reviews.submitted_at, at)?),
        )
        .integer(
            "commit_reviewed",
            "Stands for the reviewed commit, as head_commit of the change does; null when unknown",
            rows.clone().map(|at| of(&reviews.commit, at)?.map(i64::from)),
        )
        .moment(
            "stood_until",
            "For an approval that was dismissed: a moment at which it provably still stood; null for others;",
            rows.map(|at| of(&reviews.stood_until, at)?),
        )
}
