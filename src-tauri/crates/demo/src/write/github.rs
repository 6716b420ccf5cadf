//! Pull requests as `gh pr list --json` prints them into a pipe: one array on one line, keys in alphabetical order,
//! no escape of `<` or `&`. Shape: <https://github.com/cli/cli/blob/trunk/api/export_pr.go>.

use std::io::{self, Write};

use serde::Serialize;

use crate::calendar::rfc3339;
use crate::chance::mixed;
use crate::company::people::Account;
use crate::company::repositories::repository;
use crate::story::Story;
use crate::story::change::{Change, Review, ReviewState};
use crate::story::exports::Slice;
use crate::story::layout::Place;
use crate::story::unmerged::Unmerged;
use crate::text::pull_requests::{self, Wording};
use crate::write::rows;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    author: Who,
    base_ref_name: String,
    body: String,
    closed_at: Option<String>,
    created_at: String,
    head_ref_name: String,
    labels: Vec<Label>,
    merge_commit: Option<Commit>,
    merged_at: Option<String>,
    merged_by: Option<Who>,
    number: u64,
    review_decision: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviews: Option<Vec<ReviewRow>>,
    state: &'static str,
    title: String,
    updated_at: String,
    url: String,
}

/// An account; `id` and `name` are there for people only, and a deleted account is an app without a name.
#[derive(Serialize)]
struct Who {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    is_bot: bool,
    login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
}

#[derive(Serialize)]
struct Label {
    id: String,
    name: &'static str,
    description: &'static str,
    color: &'static str,
}

#[derive(Serialize)]
struct Commit {
    oid: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReviewRow {
    id: String,
    author: Reviewer,
    author_association: &'static str,
    body: &'static str,
    submitted_at: Option<String>,
    includes_created_edit: bool,
    reaction_groups: [(); 0],
    state: &'static str,
    commit: Commit,
}

#[derive(Serialize)]
struct Reviewer {
    login: &'static str,
}

/// Writes one export file.
pub(crate) fn write(story: &Story, slice: &Slice, out: &mut impl Write) -> io::Result<()> {
    let mut separator: &[u8] = b"[";
    for slot in slice.slots.clone() {
        let Some(change) = story.change(slice.repository, slot) else {
            continue;
        };
        if change.opened > slice.exported_at {
            continue;
        }
        let unmerged = Unmerged::after(&story.chance, &story.layout, &change.place)
            .filter(|found| found.opened <= slice.exported_at)
            .map(|found| unmerged_row(story, &change.place, &found, slice));
        for row in std::iter::once(merged_row(story, &change, slice)).chain(unmerged) {
            out.write_all(separator)?;
            serde_json::to_writer(&mut *out, &row)?;
            separator = b",";
        }
    }
    if separator == b"[" {
        out.write_all(b"[")?;
    }
    out.write_all(b"]\n")
}

fn merged_row(story: &Story, change: &Change, slice: &Slice) -> Row {
    let wording = Wording::of(story, change);
    let is_merged = change.merged <= slice.exported_at;
    let seen: Vec<&Review> = change.reviews.iter().filter(|review| review.at <= slice.exported_at).collect();
    let merged_at = is_merged.then(|| rfc3339(change.merged));
    let updated = seen
        .iter()
        .map(|review| review.at)
        .chain([change.opened])
        .chain(is_merged.then_some(change.merged))
        .max()
        .unwrap_or(change.opened);
    let record = change.place.record();
    let head = rows::commit(story, record, 1);
    Row {
        author: who(change.author),
        base_ref_name: pull_requests::base(change),
        body: wording.body,
        closed_at: merged_at.clone(),
        created_at: rfc3339(change.opened),
        head_ref_name: wording.head,
        labels: change.labels.iter().copied().map(label).collect(),
        merge_commit: is_merged.then(|| Commit { oid: rows::commit(story, record, 0) }),
        merged_at,
        merged_by: change.merged_by.filter(|_| is_merged).map(who),
        number: change.place.number(),
        review_decision: decision(&seen),
        reviews: slice.with_reviews.then(|| {
            let rows = seen.iter().zip(0..);
            rows.map(|(review, n)| review_row(review, record << 6 | n, &head)).collect()
        }),
        state: if is_merged { "MERGED" } else { "OPEN" },
        title: wording.title,
        updated_at: rfc3339(updated),
        url: story.address(change),
    }
}

fn unmerged_row(story: &Story, place: &Place, found: &Unmerged, slice: &Slice) -> Row {
    let repository = repository(place.repository);
    let wording = pull_requests::unmerged(story, place);
    let closed = (found.closed <= slice.exported_at).then(|| rfc3339(found.closed));
    Row {
        author: who(found.author),
        base_ref_name: repository.default_branch.to_owned(),
        body: wording.body,
        state: if closed.is_some() { "CLOSED" } else { "OPEN" },
        updated_at: closed.clone().unwrap_or_else(|| rfc3339(found.opened)),
        closed_at: closed,
        created_at: rfc3339(found.opened),
        head_ref_name: wording.head,
        labels: Vec::new(),
        merge_commit: None,
        merged_at: None,
        merged_by: None,
        number: found.number,
        review_decision: "REVIEW_REQUIRED",
        reviews: slice.with_reviews.then(Vec::new),
        title: wording.title,
        url: story.page(place.repository, found.number),
    }
}

fn who(account: Account) -> Who {
    let bot = |slug: &str| Who { id: None, is_bot: true, login: format!("app/{slug}"), name: None };
    match account {
        Account::Person(person) => Who {
            id: Some(format!("U_kgDOB{:06X}", mixed(0x55, person.0 as u64) % 0xFF_FFFF)),
            is_bot: false,
            login: person.login().to_owned(),
            name: Some(person.name()),
        },
        Account::Bot(slug) => bot(slug),
        Account::Deleted => bot(""),
    }
}

fn label(name: &'static str) -> Label {
    let number = name.bytes().fold(0_u64, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte));
    Label {
        id: format!("LA_kwDOB{number:07}"),
        name,
        description: "",
        color: if name.to_ascii_lowercase().contains("emergency") { "b60205" } else { "c5def5" },
    }
}

fn review_row(review: &Review, id: u64, head: &str) -> ReviewRow {
    let login = match review.by {
        Account::Person(person) => person.login(),
        Account::Bot(slug) => slug,
        Account::Deleted => "",
    };
    let (state, body) = match review.state {
        ReviewState::Approved => ("APPROVED", ["", "", "Looks good, thank you.", "Reviewed; tests make sense."]),
        ReviewState::ChangesRequested => (
            "CHANGES_REQUESTED",
            [
                "Please cover the empty case.",
                "One question inline.",
                "The limit should be configurable.",
                "See inline.",
            ],
        ),
        ReviewState::Commented => ("COMMENTED", ["A nit inline.", "", "Answered inline.", "Nice."]),
        ReviewState::Dismissed => ("DISMISSED", ["", "Approved.", "", "Looks good."]),
        ReviewState::Pending => ("PENDING", [""; 4]),
    };
    ReviewRow {
        id: format!("PRR_kwDO{id:010X}"),
        author: Reviewer { login },
        author_association: if matches!(review.by, Account::Person(_)) { "MEMBER" } else { "NONE" },
        body: crate::chance::entry(&body, id),
        submitted_at: (review.state != ReviewState::Pending).then(|| rfc3339(review.at)),
        includes_created_edit: false,
        reaction_groups: [],
        state,
        commit: Commit { oid: head.to_owned() },
    }
}

/// The decision that GitHub shows today: the last verdict of each reviewer counts, an objection wins.
fn decision(reviews: &[&Review]) -> &'static str {
    let verdict = |state: ReviewState| matches!(state, ReviewState::Approved | ReviewState::ChangesRequested);
    let stands = |review: &&&Review| {
        let later = |other: &&&Review| other.by == review.by && other.at > review.at && verdict(other.state);
        verdict(review.state) && reviews.iter().find(later).is_none()
    };
    let standing: Vec<ReviewState> = reviews.iter().filter(stands).map(|review| review.state).collect();
    if standing.contains(&ReviewState::ChangesRequested) {
        "CHANGES_REQUESTED"
    } else if standing.contains(&ReviewState::Approved) {
        "APPROVED"
    } else {
        "REVIEW_REQUIRED"
    }
}
