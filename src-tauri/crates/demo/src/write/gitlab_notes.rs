//! Notes of merge requests (`GET …/merge_requests/:iid/notes`), one array after the other, newest first.
//! Shape: <https://docs.gitlab.com/api/notes/>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::rfc3339_millis;
use crate::story::Story;
use crate::story::change::Change;
use crate::write::votes::{self, Cast, Vote};
use crate::write::{gitlab, rows};

/// Writes the notes of a repository's merged merge requests, except where nobody asked for them.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    for change in rows::changes(story, of).filter(|change| !change.place.lacks_reviews()) {
        let cast = votes::cast(&change);
        let notes = cast.iter().enumerate().rev().map(|(n, cast)| row(&change, cast, n as u64));
        rows::list(out, ("[", "]\n"), notes)?;
    }
    Ok(())
}

fn row(change: &Change, cast: &Cast, n: u64) -> Value {
    let (of, number) = (change.place.repository, change.place.number());
    let (body, is_system) = match cast.vote {
        Vote::Approved => ("approved this merge request", true),
        Vote::Withdrawn => ("unapproved this merge request", true),
        Vote::ChangesRequested => ("requested changes", true),
        Vote::Commented => ("A nit inline.", false),
    };
    json!({
        "id": gitlab::global_id(of, number) << 6 | n,
        "type": (!is_system).then_some("DiffNote"),
        "body": body,
        "author": gitlab::user(cast.by, of),
        "created_at": rfc3339_millis(cast.at),
        "updated_at": rfc3339_millis(cast.at),
        "system": is_system,
        "noteable_id": gitlab::global_id(of, number),
        "noteable_type": "MergeRequest",
        "noteable_iid": number,
        "project_id": gitlab::project(of),
        "resolvable": !is_system,
        "confidential": false,
        "internal": false,
    })
}
