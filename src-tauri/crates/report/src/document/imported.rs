//! Text that came from outside, made fit to be printed. It stays data: no layout ever reads it as markup.

/// Longest name of a person, change, file or incident that is printed.
const NAME_LIMIT: usize = 90;
/// Longest title or quoted text that is printed in one place.
const LINE_LIMIT: usize = 300;
/// Longest statement that is printed; the evidence holds the rest.
const STATEMENT_LIMIT: usize = 1_500;

/// One line: white space runs become one space, and what would act instead of being seen becomes U+FFFD.
pub(crate) fn line(text: &str) -> String {
    clipped(&visible(&single_spaced(text)), LINE_LIMIT)
}

/// A name: as [`line`], but shorter.
pub(crate) fn name(text: &str) -> String {
    clipped(&visible(&single_spaced(text)), NAME_LIMIT)
}

/// One line of at most `limit` characters, for a place that has no room for more.
pub(super) fn short(text: &str, limit: usize) -> String {
    clipped(&visible(&single_spaced(text)), limit)
}

/// [`line`] of a text that may be missing or blank.
pub(super) fn optional_line(text: Option<&str>) -> Option<String> {
    text.map(line).filter(|line| !line.is_empty())
}

/// [`name`] of somebody or something that may be missing or blank.
pub(super) fn optional_name(text: Option<&str>) -> Option<String> {
    text.map(name).filter(|name| !name.is_empty())
}

/// Paragraphs, one per line of the text that is not blank.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let text = clipped(text.trim(), STATEMENT_LIMIT);
    text.lines().map(|line| visible(&single_spaced(line))).filter(|line| !line.is_empty()).collect()
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `limit` characters, with what was left out said.
fn clipped(text: &str, limit: usize) -> String {
    let total = text.chars().count();
    if total <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit).collect();
    format!("{}… ({} more characters)", kept.trim_end(), total - limit)
}

/// Control characters, and the ones that turn the direction of text around (Unicode UAX #9), would change what the
/// reader sees of the words around them.
fn visible(text: &str) -> String {
    let acts = |c: char| {
        c.is_control()
            || turns_direction(c)
            || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{2028}' | '\u{2029}')
    };
    text.chars().map(|c| if acts(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_single_and_harmless() {
        let check = |text: &str, expected: &str| assert_eq!(line(text), expected, "{text:?}");
        check("  plain\n text ", "plain text");
        check("a\u{202E}b\u{7}", "a\u{FFFD}b\u{FFFD}");
        check("#set page(fill: red) <b>*x*</b>", "#set page(fill: red) <b>*x*</b>");
        check("\u{0}", "\u{FFFD}");
        check("שלום 事故 🚒", "שלום 事故 🚒");
    }

    #[test]
    fn long_texts_say_what_was_left_out() {
        assert_eq!(line(&"x".repeat(300)), "x".repeat(300));
        assert_eq!(name(&"x".repeat(91)), format!("{}… (1 more characters)", "x".repeat(90)));
        assert_eq!(line(&"x".repeat(310)), format!("{}… (10 more characters)", "x".repeat(300)));
    }

    #[test]
    fn statements_keep_their_paragraphs() {
        assert_eq!(paragraphs("one\r\n\n  two  words \n"), ["one", "two words"]);
        assert!(paragraphs(" \n ").is_empty());
    }
}
