//! Threads of pull requests, as the resource `pullRequestThreads` answers for one after the other: votes with their times.
//! Shape: <https://learn.microsoft.com/en-us/rest/api/azure/devops/git/pull-request-threads/list>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::rfc3339_ticks;
use crate::company::ORGANISATION;
use crate::story::Story;
use crate::story::change::Change;
use crate::write::votes::{self, Cast, Vote};
use crate::write::{azure_repos, rows};

/// Writes the threads of a repository's merged pull requests, except where nobody asked for them.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    for change in rows::changes(story, of).filter(|change| !change.place.lacks_reviews()) {
        let cast = votes::cast(&change);
        let behind = format!("],\"count\":{}}}\n", cast.len());
        rows::list(out, ("{\"value\":[", &behind), cast.iter().zip(1..).map(|(cast, n)| row(&change, cast, n)))?;
    }
    Ok(())
}

fn row(change: &Change, cast: &Cast, n: u64) -> Value {
    let (of, number) = (change.place.repository, change.place.number());
    let id = number << 6 | n;
    let repository = azure_repos::repository_id(of);
    let address = format!(
        "https://dev.azure.com/{ORGANISATION}/_apis/git/repositories/{repository}/pullRequests/{number}/threads/{id}"
    );
    let vote = azure_repos::number(cast.vote);
    let person = azure_repos::identity(cast.by);
    let text = |value: String| json!({"$type": "System.String", "$value": value});
    let is_vote = cast.vote != Vote::Commented;
    let (author, content, kind) = if is_vote {
        let service = json!({"id": "41113706", "displayName": "Microsoft.VisualStudio.Services.TFS"});
        let name = person.get("displayName").and_then(Value::as_str).unwrap_or_default();
        (service, format!("{name} voted {vote}"), "system")
    } else {
        (Value::Object(person.clone()), "A nit inline.".to_owned(), "text")
    };
    json!({
        "id": id,
        "pullRequestThreadContext": null,
        "publishedDate": rfc3339_ticks(cast.at),
        "lastUpdatedDate": rfc3339_ticks(cast.at),
        "comments": [{
            "id": 1,
            "parentCommentId": 0,
            "author": author,
            "content": content,
            "publishedDate": rfc3339_ticks(cast.at),
            "commentType": kind,
        }],
        "threadContext": (!is_vote).then(|| json!({"filePath": "/README.md"})),
        "properties": if is_vote {
            json!({
                "CodeReviewThreadType": text("VoteUpdate".to_owned()),
                "CodeReviewVoteResult": text(vote.to_string()),
                "CodeReviewVotedByIdentity": text("1".to_owned()),
            })
        } else {
            json!({})
        },
        "identities": is_vote.then(|| json!({"1": person})),
        "isDeleted": false,
        "_links": {"self": {"href": address}},
    })
}
