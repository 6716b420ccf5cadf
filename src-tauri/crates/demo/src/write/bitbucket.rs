//! Pull requests as Bitbucket Cloud lists them (`GET /2.0/repositories/…/pullrequests?fields=+values.participants`), in one
//! page. Shape: <https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::{LAST_EXPORT, rfc3339_micros};
use crate::company::people::Account;
use crate::company::repositories::repository;
use crate::story::Story;
use crate::story::change::Change;
use crate::story::naming::universal_id;
use crate::story::unmerged::Unmerged;
use crate::text::pull_requests::{self, Wording};
use crate::write::rows;
use crate::write::votes::{self, Cast, Vote};

/// Writes the pull requests of a repository.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    let listed = rows::changes(story, of).flat_map(|change| {
        let unmerged = rows::unmerged(story, &change).map(|found| unmerged_row(story, &change, &found));
        std::iter::once(merged_row(story, &change)).chain(unmerged)
    });
    rows::list(out, ("{\"values\":[", "],\"page\":1}\n"), listed)
}

/// An account; `null` when it was deleted.
pub(crate) fn account(account: Account) -> Value {
    match account {
        Account::Person(person) => json!({
            "type": "user",
            "display_name": person.name(),
            "uuid": format!("{{{}}}", universal_id(6, person.login())),
            "account_id": format!("557058:{}", universal_id(7, person.login())),
            "nickname": person.login(),
        }),
        Account::Bot(slug) => json!({
            "type": "app_user",
            "display_name": slug,
            "uuid": format!("{{{}}}", universal_id(6, slug)),
            "account_id": format!("557058:{}", universal_id(7, slug)),
            "kind": "repository_access_token",
        }),
        Account::Deleted => Value::Null,
    }
}

/// One side of a pull request: its branch and the commit there, cut to twelve digits.
pub(crate) fn side(of: usize, branch: &str, commit: &str) -> Value {
    json!({
        "branch": {"name": branch},
        "commit": {"type": "commit", "hash": commit.get(..12)},
        "repository": {"type": "repository", "full_name": repository(of).full_name(), "name": repository(of).name},
    })
}

/// Where a pull request is found.
pub(crate) fn links(story: &Story, of: usize, number: u64) -> Value {
    let name = repository(of).full_name();
    json!({
        "self": {"href": format!("https://api.bitbucket.org/2.0/repositories/{name}/pullrequests/{number}")},
        "html": {"href": story.page(of, number)},
    })
}

fn merged_row(story: &Story, change: &Change) -> Value {
    let (of, number) = (change.place.repository, change.place.number());
    let wording = Wording::of(story, change);
    let record = change.place.record();
    let cast = votes::cast(change);
    let updated = cast.iter().map(|cast| cast.at).fold(change.merged, i64::max);
    let mut row = row(story, (of, number), &wording, change.author, change.opened);
    let own = [
        ("state", json!("MERGED")),
        ("closed_by", change.merged_by.map_or(Value::Null, account)),
        ("merge_commit", json!({"type": "commit", "hash": rows::commit(story, record, 0).get(..12)})),
        ("updated_on", json!(rfc3339_micros(updated))),
        ("destination", side(of, &pull_requests::base(change), &rows::commit(story, record, 2))),
        ("source", side(of, &wording.head, &rows::commit(story, record, 1))),
    ];
    // The first half-year of one repository was exported without asking for the participants.
    let participants = (!change.place.lacks_reviews()).then(|| ("participants", participants(&cast)));
    add(&mut row, own.into_iter().chain(participants));
    row
}

fn unmerged_row(story: &Story, after: &Change, found: &Unmerged) -> Value {
    let of = after.place.repository;
    let is_closed = found.closed <= LAST_EXPORT;
    let wording = pull_requests::unmerged(story, &after.place);
    let record = after.place.record();
    let mut row = row(story, (of, found.number), &wording, found.author, found.opened);
    let own = [
        ("state", json!(if is_closed { "DECLINED" } else { "OPEN" })),
        ("closed_by", Value::Null),
        ("merge_commit", Value::Null),
        ("updated_on", json!(rfc3339_micros(if is_closed { found.closed } else { found.opened }))),
        ("destination", side(of, repository(of).default_branch, &rows::commit(story, record, 6))),
        ("source", side(of, &wording.head, &rows::commit(story, record, 7))),
        ("participants", json!([])),
    ];
    add(&mut row, own.into_iter());
    row
}

fn row(story: &Story, (of, number): (usize, u64), wording: &Wording, author: Account, opened: i64) -> Value {
    json!({
        "type": "pullrequest",
        "id": number,
        "title": wording.title,
        "description": wording.body,
        "author": account(author),
        "comment_count": 0,
        "task_count": 0,
        "close_source_branch": true,
        "reason": "",
        "created_on": rfc3339_micros(opened),
        "links": links(story, of, number),
    })
}

fn add(row: &mut Value, own: impl Iterator<Item = (&'static str, Value)>) {
    if let Value::Object(row) = row {
        row.extend(own.map(|(key, value)| (key.to_owned(), value)));
    }
}

/// Everybody who said something, with what stands of it. The time is that of their last action.
fn participants(cast: &[Cast]) -> Value {
    let rows = votes::standing(cast).into_iter().map(|cast| {
        let state = match cast.vote {
            Vote::Approved => Some("approved"),
            Vote::ChangesRequested => Some("changes_requested"),
            Vote::Withdrawn | Vote::Commented => None,
        };
        json!({
            "type": "participant",
            "user": account(cast.by),
            "role": "REVIEWER",
            "approved": cast.vote == Vote::Approved,
            "state": state,
            "participated_on": rfc3339_micros(cast.at),
        })
    });
    rows.collect()
}
