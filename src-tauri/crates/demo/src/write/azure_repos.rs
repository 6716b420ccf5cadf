//! Pull requests as `az repos pr list --output json` prints them, one array.
//! Shape: <https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-requests/get-pull-requests>.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::calendar::{LAST_EXPORT, rfc3339_ticks};
use crate::company::ORGANISATION;
use crate::company::people::Account;
use crate::company::repositories::repository;
use crate::story::Story;
use crate::story::change::{Change, TicketFoundIn};
use crate::story::naming::{universal_id, work_item};
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
    rows::list(out, ("[", "]\n"), listed)
}

/// An account as Azure DevOps names it; whoever was deleted has no names left.
pub(crate) fn identity(account: Account) -> Map<String, Value> {
    let (display_name, unique_name, id) = match account {
        Account::Person(person) => (person.name().to_owned(), person.address(), universal_id(1, person.login())),
        Account::Bot(slug) => {
            let id = universal_id(2, slug);
            (format!("{slug} Build Service ({ORGANISATION})"), format!("Build\\{id}"), id)
        }
        Account::Deleted => Default::default(),
    };
    let names = [("displayName", display_name), ("uniqueName", unique_name), ("id", id)];
    names.into_iter().map(|(key, name)| (key.to_owned(), Value::String(name))).collect()
}

/// The id of a repository.
pub(crate) fn repository_id(of: usize) -> String {
    universal_id(3, repository(of).name)
}

fn merged_row(story: &Story, change: &Change) -> Value {
    let wording = Wording::of(story, change);
    let record = change.place.record();
    let mut row = row(change.place.repository, change.place.number(), &wording, change.author);
    row.extend(object(json!({
        "status": "completed",
        "creationDate": rfc3339_ticks(change.opened),
        "closedDate": rfc3339_ticks(change.merged),
        "targetRefName": format!("refs/heads/{}", pull_requests::base(change)),
        "mergeStatus": "succeeded",
        "lastMergeSourceCommit": {"commitId": rows::commit(story, record, 1)},
        "lastMergeCommit": {"commitId": rows::commit(story, record, 0)},
        "labels": change.labels.iter().map(|name| json!({"name": name, "active": true})).collect::<Vec<_>>(),
    })));
    if let Some(merger) = change.merged_by {
        row.insert("closedBy".to_owned(), Value::Object(identity(merger)));
    }
    if !change.place.lacks_reviews() {
        let reviewers = votes::standing(&votes::cast(change)).iter().map(reviewer).collect();
        row.insert("reviewers".to_owned(), Value::Array(reviewers));
    }
    if change.ticket.is_some_and(|ticket| ticket.found_in == TicketFoundIn::Branch) {
        let items = json!([{"id": work_item(&change.place).to_string()}]);
        row.insert("workItemRefs".to_owned(), items);
    }
    Value::Object(row)
}

fn unmerged_row(story: &Story, after: &Change, found: &Unmerged) -> Value {
    let of = after.place.repository;
    let closed = (found.closed <= LAST_EXPORT).then_some(found.closed);
    let mut row = row(of, found.number, &pull_requests::unmerged(story, &after.place), found.author);
    row.extend(object(json!({
        "status": if closed.is_some() { "abandoned" } else { "active" },
        "creationDate": rfc3339_ticks(found.opened),
        "closedDate": closed.map(rfc3339_ticks),
        "targetRefName": format!("refs/heads/{}", repository(of).default_branch),
        "labels": [],
        "reviewers": [],
    })));
    Value::Object(row)
}

fn row(of: usize, number: u64, wording: &Wording, author: Account) -> Map<String, Value> {
    let name = repository(of).name;
    let author = (author != Account::Deleted).then(|| identity(author));
    object(json!({
        "repository": {
            "id": repository_id(of),
            "name": name,
            "webUrl": format!("https://dev.azure.com/{ORGANISATION}/{ORGANISATION}/_git/{name}"),
            "project": {"id": universal_id(5, ORGANISATION), "name": ORGANISATION, "state": "wellFormed"},
        },
        "pullRequestId": number,
        "codeReviewId": number,
        "title": wording.title,
        "description": wording.body,
        "createdBy": author,
        "sourceRefName": format!("refs/heads/{}", wording.head),
        "isDraft": false,
        "supportsIterations": true,
    }))
}

fn reviewer(cast: &Cast) -> Value {
    let mut row = identity(cast.by);
    row.insert("vote".to_owned(), json!(number(cast.vote)));
    row.insert("hasDeclined".to_owned(), json!(false));
    Value::Object(row)
}

/// A vote as a number: an objection waits for the author, and taking a vote back leaves none.
pub(crate) fn number(vote: Vote) -> i8 {
    match vote {
        Vote::Approved => 10,
        Vote::ChangesRequested => -5,
        Vote::Withdrawn | Vote::Commented => 0,
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
