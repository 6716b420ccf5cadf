//! What a person wrote in a description, without what a template put there.

use std::{borrow::Cow, ops::Range};

/// The text without HTML comments, quoted lines, check-list lines and code blocks. Lines keep their order.
pub(super) fn without_template(text: &str) -> String {
    let text = without_comments(text);
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        // Most lines begin with a letter, which is no mark of anything.
        let marks = if start.starts_with(|c: char| c.is_ascii_alphabetic()) { None } else { fence_of(start) };
        match (fence, marks) {
            (Some(open), Some(close)) if close.starts_with(open) => fence = None,
            (None, Some(open)) => fence = Some(open),
            (None, None) if !is_quote_or_check(start) => {
                prose.push_str(line);
                prose.push('\n');
            }
            _ => {}
        }
    }
    prose
}

/// The marks with which a line opens or closes a block of code. Only marks at least as many close what others opened.
fn fence_of(line: &str) -> Option<&str> {
    ['`', '~'].into_iter().find_map(|mark| {
        let marks = line.len() - line.trim_start_matches(mark).len();
        line.get(..marks).filter(|_| marks >= 3)
    })
}

/// A check list's item says the same ticked or not: what the template asks.
fn is_quote_or_check(line: &str) -> bool {
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = if number.len() < line.len() { number.strip_prefix(['.', ')']) } else { None };
    let item = numbered.unwrap_or_else(|| line.trim_start_matches(['-', '*', '+', '•'])).trim_start();
    line.starts_with('>') || ["[ ]", "[]", "[x]", "[X]", "☐", "☑", "☒"].into_iter().any(|tick| item.starts_with(tick))
}

fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Whether the match stands alone: no letter, digit, underscore touches it. A hyphen does not make a longer word.
pub(super) fn is_whole_word(text: &str, range: Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    let after = text.get(range.end..).and_then(|tail| tail.chars().next());
    !before.is_some_and(joins) && !after.is_some_and(joins)
}
