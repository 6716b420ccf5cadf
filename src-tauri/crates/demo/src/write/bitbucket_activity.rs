//! Activity of pull requests as Bitbucket Cloud lists it (`GET /2.0/repositories/…/pullrequests/activity`), in one page, newest
//! first for each pull request. Shape:
//! <https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::rfc3339_micros;
use crate::company::people::Account;
use crate::story::Story;
use crate::story::change::Change;
use crate::text::pull_requests::{self, Wording};
use crate::write::votes::{self, Cast, Vote};
use crate::write::{bitbucket, rows};

/// Writes the activity of a repository's merged pull requests. Of the half-year whose participants nobody asked for, it holds
/// the merges only.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    let listed = rows::changes(story, of).flat_map(|change| activities(story, &change));
    rows::list(out, ("{\"values\":[", "],\"pagelen\":50}\n"), listed)
}

fn activities(story: &Story, change: &Change) -> Vec<Value> {
    let (of, number) = (change.place.repository, change.place.number());
    let wording = Wording::of(story, change);
    let pull = json!({
        "type": "pullrequest",
        "id": number,
        "title": wording.title,
        "links": bitbucket::links(story, of, number),
    });
    let mut rows = vec![(change.merged, merge(story, change, &wording, &pull))];
    if !change.place.lacks_reviews() {
        let cast = votes::cast(change);
        let left = |cast: &&Cast| !is_taken_back(cast, change);
        rows.extend(
            cast.iter().filter(left).zip(0..).filter_map(|(cast, n)| Some((cast.at, said(cast, n, change, &pull)?))),
        );
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// An approval that was taken back is gone without a trace.
fn is_taken_back(approval: &Cast, change: &Change) -> bool {
    let is_withdrawal =
        |other: &Cast| other.vote == Vote::Withdrawn && other.by == approval.by && other.at > approval.at;
    approval.vote == Vote::Approved && votes::cast(change).iter().any(is_withdrawal)
}

fn merge(story: &Story, change: &Change, wording: &Wording, pull: &Value) -> Value {
    let (of, record) = (change.place.repository, change.place.record());
    let mut update = json!({
        "state": "MERGED",
        "title": wording.title,
        "reason": "",
        "date": rfc3339_micros(change.merged),
        "destination": bitbucket::side(of, &pull_requests::base(change), &rows::commit(story, record, 2)),
        "source": bitbucket::side(of, &wording.head, &rows::commit(story, record, 1)),
        "changes": {"status": {"old": "open", "new": "fulfilled"}},
    });
    // Who merged is left out where the tool does not know.
    if let (Value::Object(update), Some(merger)) = (&mut update, change.merged_by.filter(|by| *by != Account::Deleted))
    {
        update.insert("author".to_owned(), bitbucket::account(merger));
    }
    json!({"pull_request": pull, "update": update})
}

fn said(cast: &Cast, n: u64, change: &Change, pull: &Value) -> Option<Value> {
    let (at, by) = (rfc3339_micros(cast.at), bitbucket::account(cast.by));
    let said = json!({"date": at, "user": by});
    match cast.vote {
        Vote::Approved => Some(json!({"pull_request": pull, "approval": said})),
        Vote::ChangesRequested => Some(json!({"pull_request": pull, "changes_requested": said})),
        Vote::Commented => Some(json!({"pull_request": pull, "comment": {
            "id": change.place.record() << 6 | n,
            "created_on": at,
            "content": {"raw": "A nit inline."},
            "user": by,
            "inline": {"path": "README.md", "to": 12},
        }})),
        Vote::Withdrawn => None,
    }
}
