//! Merge requests as GitLab's interface lists them (`GET /projects/:id/merge_requests`), one array.
//! Shape: <https://docs.gitlab.com/api/merge_requests/>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::{LAST_EXPORT, rfc3339_millis};
use crate::chance::mixed;
use crate::company::people::Account;
use crate::company::repositories::repository;
use crate::story::Story;
use crate::story::change::Change;
use crate::story::unmerged::Unmerged;
use crate::text::pull_requests::{self, Wording};
use crate::write::rows;

/// Writes the merge requests of a repository.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    let listed = rows::changes(story, of).flat_map(|change| {
        let unmerged = rows::unmerged(story, &change).map(|found| unmerged_row(story, &change, &found));
        std::iter::once(merged_row(story, &change)).chain(unmerged)
    });
    rows::list(out, ("[", "]\n"), listed)
}

/// The project's own number, which other files name it by.
pub(crate) fn project(of: usize) -> u64 {
    31 + of as u64 * 7
}

/// The number of a merge request among all of GitLab.
pub(crate) fn global_id(of: usize, number: u64) -> u64 {
    project(of) * 100_000_000 + number
}

/// The last moment at which something happened to a merge request.
pub(crate) fn updated(change: &Change) -> i64 {
    change.reviews.iter().map(|review| review.at).fold(change.merged, i64::max)
}

fn merged_row(story: &Story, change: &Change) -> Value {
    let wording = Wording::of(story, change);
    let record = change.place.record();
    let merger = change.merged_by.map(|account| user(account, change.place.repository));
    let mut row = row(story, change.place.repository, change.place.number(), &wording, change.author);
    let own = json!({
        "state": "merged",
        "created_at": rfc3339_millis(change.opened),
        "updated_at": rfc3339_millis(updated(change)),
        "merged_at": rfc3339_millis(change.merged),
        "merged_by": merger,
        "merge_user": merger,
        "target_branch": pull_requests::base(change),
        "labels": change.labels,
        "sha": rows::commit(story, record, 1),
        "merge_commit_sha": rows::commit(story, record, 0),
    });
    add(&mut row, own);
    row
}

fn unmerged_row(story: &Story, after: &Change, found: &Unmerged) -> Value {
    let of = after.place.repository;
    let closed = (found.closed <= LAST_EXPORT).then_some(found.closed);
    let mut row = row(story, of, found.number, &pull_requests::unmerged(story, &after.place), found.author);
    let own = json!({
        "state": if closed.is_some() { "closed" } else { "opened" },
        "created_at": rfc3339_millis(found.opened),
        "updated_at": rfc3339_millis(closed.unwrap_or(found.opened)),
        "closed_at": closed.map(rfc3339_millis),
        "merged_at": null,
        "merged_by": null,
        "merge_user": null,
        "target_branch": repository(of).default_branch,
        "labels": [],
        "sha": rows::commit(story, after.place.record(), 7),
        "merge_commit_sha": null,
    });
    add(&mut row, own);
    row
}

fn row(story: &Story, of: usize, number: u64, wording: &Wording, author: Account) -> Value {
    json!({
        "id": global_id(of, number),
        "iid": number,
        "project_id": project(of),
        "title": wording.title,
        "description": wording.body,
        "author": user(author, of),
        "assignees": [],
        "reviewers": [],
        "source_branch": wording.head,
        "source_project_id": project(of),
        "target_project_id": project(of),
        "squash_commit_sha": null,
        "draft": false,
        "detailed_merge_status": "not_open",
        "references": {
            "short": format!("!{number}"),
            "relative": format!("!{number}"),
            "full": format!("{}!{number}", repository(of).full_name()),
        },
        "web_url": story.page(of, number),
        "has_conflicts": false,
    })
}

fn add(row: &mut Value, own: Value) {
    if let (Value::Object(row), Value::Object(own)) = (row, own) {
        row.extend(own);
    }
}

/// An account. Automations act with the tokens of their projects, and whoever was deleted is the ghost.
pub(crate) fn user(account: Account, of: usize) -> Value {
    let (id, username, name) = match account {
        Account::Person(person) => (11 + person.0 as u64, person.login().to_owned(), person.name()),
        Account::Bot(slug) => {
            let number = slug.bytes().fold(5, |sum, byte| mixed(sum, u64::from(byte)));
            (400 + number % 500, format!("project_{}_bot_{:08x}", project(of), number >> 32), slug)
        }
        Account::Deleted => (6, "ghost".to_owned(), "Ghost User"),
    };
    json!({
        "id": id,
        "username": username,
        "name": name,
        "state": "active",
        "avatar_url": null,
        "web_url": format!("https://gitlab.example.com/{username}"),
    })
}
