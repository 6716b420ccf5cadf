//! Rows of an export: which changes of a repository it holds, and how a list of them is written.

use std::io::{self, Write};

use serde::Serialize;

use crate::chance::{Purpose, mixed};
use crate::story::Story;
use crate::story::change::Change;
use crate::story::unmerged::Unmerged;

/// Every merged change of a repository, in the order of opening.
pub(crate) fn changes(story: &Story, repository: usize) -> impl Iterator<Item = Change> + '_ {
    (0..story.layout.slots(repository)).filter_map(move |slot| story.change(repository, slot))
}

/// The pull request that follows a change and was not merged.
pub(crate) fn unmerged(story: &Story, change: &Change) -> Option<Unmerged> {
    Unmerged::after(&story.chance, &story.layout, &change.place)
}

/// A commit id of a change: forty hexadecimal digits. The first is what it was merged as, the second its head.
pub(crate) fn commit(story: &Story, record: u64, which: u64) -> String {
    let start = mixed(story.chance.seed() ^ Purpose::Outline as u64, record * 2 + which);
    let (a, b, c) = (start, mixed(start, 1), mixed(start, 2) >> 32);
    format!("{a:016x}{b:016x}{c:08x}")
}

/// Writes rows as one list, between what stands before and behind it.
pub(crate) fn list<R: Serialize>(
    out: &mut impl Write,
    (before, behind): (&str, &str),
    rows: impl Iterator<Item = R>,
) -> io::Result<()> {
    out.write_all(before.as_bytes())?;
    let mut separator: &[u8] = b"";
    for row in rows {
        out.write_all(separator)?;
        serde_json::to_writer(&mut *out, &row)?;
        separator = b",\n";
    }
    out.write_all(behind.as_bytes())
}
