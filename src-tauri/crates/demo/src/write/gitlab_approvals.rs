//! Approvals of merge requests (`GET …/merge_requests/:iid/approvals`), one answer after the other.
//! Shape: <https://docs.gitlab.com/api/merge_request_approvals/>.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::calendar::rfc3339_millis;
use crate::story::Story;
use crate::story::change::Change;
use crate::text::pull_requests::Wording;
use crate::write::votes::{self, Vote};
use crate::write::{gitlab, rows};

/// Writes the approvals of a repository's merged merge requests, except where nobody asked for them.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    for change in rows::changes(story, of).filter(|change| !change.place.lacks_reviews()) {
        serde_json::to_writer(&mut *out, &row(story, &change))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn row(story: &Story, change: &Change) -> Value {
    let (of, number) = (change.place.repository, change.place.number());
    let standing = votes::standing(&votes::cast(change));
    let approvals: Vec<Value> = standing
        .iter()
        .filter(|cast| cast.vote == Vote::Approved)
        .map(|cast| json!({"user": gitlab::user(cast.by, of), "approved_at": rfc3339_millis(cast.at)}))
        .collect();
    let wording = Wording::of(story, change);
    json!({
        "id": gitlab::global_id(of, number),
        "iid": number,
        "project_id": gitlab::project(of),
        "title": wording.title,
        "description": wording.body,
        "state": "merged",
        "created_at": rfc3339_millis(change.opened),
        "updated_at": rfc3339_millis(gitlab::updated(change)),
        "merge_status": "can_be_merged",
        "approved": !approvals.is_empty(),
        "approvals_required": 1,
        "approvals_left": u8::from(approvals.is_empty()),
        "require_password_to_approve": false,
        "approved_by": approvals,
        "suggested_approvers": [],
        "has_approval_rules": true,
    })
}
