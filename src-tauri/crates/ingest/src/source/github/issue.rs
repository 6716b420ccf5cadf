//! Issues as tickets.

use super::raw::RawPull;
use crate::{
    mention,
    source::{Context, Fault, asked, tally::Tally},
    value::json::{Actor, Text, person_or_deleted, said, take_written},
};
use change_ledger_model::{
    record::{FoundIn, Note, Ticket},
    source::Fact,
};

pub(super) fn ticket(raw: &mut RawPull<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Ticket, Fault> {
    tally.ask(asked::ISSUE);
    tally.carry_if(raw.author.is_some(), Fact::Author);
    tally.carry_if(raw.labels.is_some(), Fact::Labels);
    tally.carry_if(raw.body.is_some(), Fact::Text);
    tally.carry_if(raw.comments.is_some(), Fact::Notes);
    let number = raw.needed_number()?;
    let repository = context.repository(raw.repository_path())?;
    let key = format!("{}#{number}", repository.to_lowercase());
    let title = raw.title.as_ref().map_or("", Text::as_str).to_owned();
    let body = take_written(&mut raw.body);
    let labels: Option<Vec<String>> = raw.labels.as_ref().map(|labels| {
        let labels = labels.iter().flat_map(|listed| &listed.items);
        labels.filter_map(|label| label.0.as_ref()?.non_empty()).collect()
    });
    let notes: Vec<Note> = raw
        .comments
        .iter()
        .flat_map(|listed| &listed.items)
        .map(|comment| Note {
            at: context.time("comments.createdAt", comment.created_at.as_ref(), tally),
            author: Some(person_or_deleted(comment.author.as_ref())),
            text: comment.body.as_ref().map_or("", Text::as_str).to_owned(),
        })
        .collect();

    let mut mentions = Vec::new();
    mention::in_text(&title, FoundIn::Title, Some(&repository), &mut mentions);
    mention::in_text(body.as_deref().unwrap_or_default(), FoundIn::Body, Some(&repository), &mut mentions);
    for note in &notes {
        mention::in_text(&note.text, FoundIn::Note, Some(&repository), &mut mentions);
    }
    mention::settle(&mut mentions, Some(&key));

    let status = raw.state.as_ref().and_then(Text::non_empty);
    Ok(Ticket {
        id: format!("github-issue:{key}"),
        source: "github".to_owned(),
        key,
        title,
        body,
        url: raw.web_address(),
        ticket_type: None,
        change_type: None,
        reason: None,
        done: status.as_deref().map(|status| status.eq_ignore_ascii_case("closed")),
        status,
        priority: None,
        labels,
        reporter: raw.author.as_ref().map(|author| person_or_deleted(author.as_ref())),
        assignee: raw.assignees.as_ref().and_then(|listed| listed.items.first()).map(Actor::person),
        opened_at: context.time("createdAt", raw.created_at.as_ref(), tally),
        resolved_at: context.time("closedAt", said(&raw.closed_at), tally),
        work_start: None,
        work_end: None,
        updated_at: context.time("updatedAt", raw.updated_at.as_ref(), tally),
        notes,
        mentions,
        is_change_request: false,
        project: repository,
    })
}
