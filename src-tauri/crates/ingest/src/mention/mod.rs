//! What texts, titles, labels and branch names name: tickets, incidents, changes, commits, advisories.
//!
//! Most texts name nothing, so the search jumps from one tell-tale character to the next (`-` of a
//! key, `#` of a number, `://` of an address) and looks closer only there.

mod address;
mod branch;
mod key;
mod text;

use change_ledger_model::record::{FoundIn, Mention, MentionKind};

pub use branch::in_branch;
pub use text::in_text;

/// Keeps each named thing once, with the strongest place where it was found, in the order of kind
/// and name; drops `own`, the name of the record itself.
pub fn settle(mentions: &mut Vec<Mention>, own: Option<&str>) {
    mentions.retain(|mention| Some(mention.name.as_str()) != own);
    if mentions.len() < 2 {
        return;
    }
    mentions.sort_by(|a, b| (a.kind, &a.name, a.found_in).cmp(&(b.kind, &b.name, b.found_in)));
    mentions.dedup_by(|later, kept| (later.kind, &later.name) == (kept.kind, &kept.name));
}

/// One thing, as written and under its normalised name.
fn found(kind: MentionKind, name: String, found_in: FoundIn, text: &str) -> Mention {
    Mention { kind, name, found_in, text: text.to_owned() }
}

/// Whether a byte can stand within a word: letters, digits, underscore.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests;
