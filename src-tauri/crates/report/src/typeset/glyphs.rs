//! Only characters that the shipped fonts can show reach the typesetter.

use crate::chart::{
    number::counted,
    typeface::{REPLACEMENT, is_shown},
};
use serde_json::Value;

/// What a reader must know of a report in which something was left out by [`make_showable`].
pub(super) const NOTE: &str = "Characters that the typeface of this file lacks, such as those of East Asian scripts and emoji, are counted in \
     brackets instead of shown. The HTML report and the imported records hold them.";

/// Replaces, in every string of `data`, what the fonts cannot show by its number in brackets, and says whether there was
/// any. PDF/A-2a (ISO 19005-2, 6.2.11.7) and PDF/UA-1 (ISO 14289-1, 7.21) forbid missing glyphs and characters of the
/// private use areas.
pub(super) fn make_showable(data: &mut Value) -> bool {
    match data {
        Value::String(text) => {
            let Some(shown) = showable(text) else { return false };
            let lacks = shown.lacks;
            *text = shown.text;
            lacks
        }
        Value::Array(items) => make_all_showable(items.iter_mut()),
        Value::Object(fields) => make_all_showable(fields.values_mut()),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn make_all_showable<'a>(values: impl Iterator<Item = &'a mut Value>) -> bool {
    let mut lacks = false;
    for value in values {
        lacks |= make_showable(value);
    }
    lacks
}

/// A text as it can be printed.
struct Shown {
    text: String,
    /// Whether characters are counted in it.
    lacks: bool,
}

/// `None` where `text` can be printed as it is.
fn showable(text: &str) -> Option<Shown> {
    if text.chars().all(is_printable) {
        return None;
    }
    let mut shown = Shown { text: String::with_capacity(text.len()), lacks: false };
    let mut run = Run::default();
    for character in text.chars().filter(|c| !only_shapes(*c)) {
        if is_printable(character) && !(character == ' ' && run.length > 0) {
            run.end(&mut shown);
            shown.text.push(character);
        } else if character == ' ' {
            run.spaces += 1;
        } else if character.is_control() {
            run.end(&mut shown);
            shown.text.push(REPLACEMENT);
        } else {
            run.length += 1;
            run.spaces = 0;
        }
    }
    run.end(&mut shown);
    Some(shown)
}

/// Characters that cannot be shown, one after the other; words of them are counted together.
#[derive(Default)]
struct Run {
    length: u64,
    /// Spaces since the last of them.
    spaces: usize,
}

impl Run {
    fn end(&mut self, shown: &mut Shown) {
        if self.length > 0 {
            shown.lacks = true;
            shown.text.push_str(&format!("[{} not shown]", counted(self.length, "character", "characters")));
            shown.text.push_str(&" ".repeat(self.spaces));
        }
        *self = Self::default();
    }
}

fn is_printable(character: char) -> bool {
    is_shown(character) && !is_private(character) && !only_shapes(character)
}

/// Joiners and variation selectors only shape their neighbours; without those they are noise.
const fn only_shapes(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

const fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_fonts_lack_is_counted() {
        let check = |text: &str, expected: &str| {
            let mut data = json!(text);
            let lacks = make_showable(&mut data);
            assert_eq!((data, lacks), (json!(expected), text != expected), "{text:?}");
        };
        check("事故 ok", "[2 characters not shown] ok");
        check("Fix 支払い の 障害, now", "Fix [6 characters not shown], now");
        check("👩\u{200D}🚒\u{FE0F} out", "[2 characters not shown] out");
        check("out 🚒", "out [1 character not shown]");
        check("\u{E000}x\u{F8FF}", "[1 character not shown]x[1 character not shown]");
        check("Zażółć, Αθήνα, Київ", "Zażółć, Αθήνα, Київ");
    }

    #[test]
    fn every_string_is_looked_at_and_joiners_alone_are_no_loss() {
        let mut data = json!({"a": ["plain", {"b": "事"}], "n": 1});
        assert!(make_showable(&mut data));
        assert_eq!(data, json!({"a": ["plain", {"b": "[1 character not shown]"}], "n": 1}));
        let mut joined = json!(["a\u{200B}b", "c\u{7}"]);
        assert!(!make_showable(&mut joined));
        assert_eq!(joined, json!(["ab", "c\u{FFFD}"]));
    }
}
