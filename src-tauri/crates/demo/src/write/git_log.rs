//! The log of a released branch: `git log --first-parent` with a control character before each commit and between its fields,
//! newest first.

use std::io::{self, Write};

use crate::calendar::rfc3339;
use crate::company::people::Account;
use crate::story::Story;
use crate::story::change::{Base, Change};
use crate::text::pull_requests::Wording;
use crate::write::rows;

/// Writes the log of a repository's default branch. Memory holds its changes.
pub(crate) fn write(story: &Story, of: usize, out: &mut impl Write) -> io::Result<()> {
    let mut changes: Vec<(i64, u64)> = rows::changes(story, of)
        .filter(|change| change.base == Base::Default)
        .map(|change| (change.merged, change.place.slot))
        .collect();
    changes.sort_unstable_by_key(|merged| std::cmp::Reverse(*merged));
    for (_, slot) in changes {
        if let Some(change) = story.change(of, slot) {
            out.write_all(commit(story, &change).as_bytes())?;
        }
    }
    Ok(())
}

fn commit(story: &Story, change: &Change) -> String {
    let record = change.place.record();
    let title = Wording::of(story, change).title;
    let (name, mail) = match change.author {
        Account::Person(person) => (person.name(), person.address()),
        Account::Bot(slug) => (slug, format!("{slug}@example.com")),
        Account::Deleted => ("Former colleague", "former@example.com".to_owned()),
    };
    let at = rfc3339(change.merged);
    let fields = [
        rows::commit(story, record, 0),
        format!("{} {}", rows::commit(story, record, 2), rows::commit(story, record, 1)),
        name.to_owned(),
        mail.clone(),
        at.clone(),
        name.to_owned(),
        mail,
        at,
        title,
        format!("Change: {}\n", story.reference(change)),
    ];
    format!("\u{1e}{}\n", fields.join("\u{1f}"))
}
