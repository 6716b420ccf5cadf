//! Notes on merge requests: GitLab keeps in them when somebody approved and took the approval back.

use super::names::{RawUser, change_id, person, person_or_deleted};
use crate::{
    source::{Context, Fault, asked, parse, tally::Tally},
    value::json::Text,
};
use change_ledger_model::{
    person::Person,
    record::{Record, Review, Verdict},
    source::Fact,
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawNote<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    body: Option<Text<'a>>,
    #[serde(borrow)]
    author: Option<RawUser<'a>>,
    #[serde(borrow)]
    created_at: Option<Text<'a>>,
    system: Option<bool>,
    #[serde(borrow)]
    noteable_type: Option<Text<'a>>,
    #[serde(borrow)]
    noteable_iid: Option<Text<'a>>,
}

/// Reads one note: an approval, its withdrawal, a request for changes or a remark on the code. Other notes are
/// no reviews.
///
/// Each withdrawal is a review of its own, so that the order of the notes in the file does not matter.
pub(in crate::source) fn note(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawNote<'_> = parse(text)?;
    tally.ask(asked::APPROVAL);
    let of_merge_request =
        raw.noteable_type.as_ref().is_none_or(|noteable| noteable.as_str().eq_ignore_ascii_case("MergeRequest"));
    if !of_merge_request {
        return Ok(Vec::new());
    }
    let said = raw.said();
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let Some(number) = raw.noteable_iid.as_ref().and_then(Text::non_empty) else {
        let reason = "the note does not say which merge request it belongs to".to_owned();
        return Err(Fault::field("noteable_iid", reason));
    };
    let change = change_id(&context.repository(None)?, &number);
    let submitted_at = context.needed_time("created_at", raw.created_at.as_ref(), tally)?;
    tally.carry(Fact::Approver);
    tally.carry_if(submitted_at.is_some(), Fact::ApprovalTime);
    let id = raw.id.as_ref().and_then(Text::non_empty);
    let several = said.len() > 1;
    let review = |(reviewer, verdict): (Person, Verdict)| {
        // One note that resets several approvals is several reviews, which need ids of their own.
        let source_id = id.as_ref().map(|id| if several { format!("{id}:{}", reviewer.handle) } else { id.clone() });
        Record::Review(Box::new(Review {
            change: change.clone(),
            source_id,
            reviewer,
            verdict,
            submitted_at,
            commit: None,
            url: None,
        }))
    };
    Ok(said.into_iter().map(review).collect())
}

impl RawNote<'_> {
    /// Who said what. System notes are in English whatever the language of the instance.
    fn said(&self) -> Vec<(Person, Verdict)> {
        let body = self.body.as_ref().map_or("", Text::as_str).trim();
        let by_author = |verdict: Verdict| vec![(person_or_deleted(self.author.as_ref()), verdict)];
        if self.system != Some(true) {
            let on_code = self.kind.as_ref().is_some_and(|kind| kind.as_str() == "DiffNote");
            return if on_code { by_author(Verdict::Commented) } else { Vec::new() };
        }
        match body {
            "approved this merge request" => by_author(Verdict::Approved),
            "unapproved this merge request" => by_author(Verdict::Withdrawn),
            "requested changes" => by_author(Verdict::ChangesRequested),
            _ => body.strip_prefix("reset approvals from ").map_or_else(Vec::new, |named| {
                let words = named.split(|c: char| c.is_whitespace() || c == ',');
                let usernames = words.filter_map(|word| word.strip_prefix('@')).filter(|name| !name.is_empty());
                usernames.map(|username| (person(username, None, false), Verdict::Withdrawn)).collect()
            }),
        }
    }
}
