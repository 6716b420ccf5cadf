//! What a person wrote in a description, without what a template put there.

use std::{borrow::Cow, ops::Range};

/// The text without HTML comments, quoted lines, check-list lines and code blocks. Lines keep their order.
pub(super) fn without_template(text: &str) -> String {
    let text = without_comments(text);
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|marks| start.starts_with(marks));
        match (fence, marks) {
            (Some(open), Some(close)) if open == close => fence = None,
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

fn is_quote_or_check(line: &str) -> bool {
    let item = line.trim_start_matches(['-', '*', '+']).trim_start();
    line.starts_with('>')
        || (item.len() < line.len() && ["[ ]", "[x]", "[X]"].into_iter().any(|tick| item.starts_with(tick)))
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
