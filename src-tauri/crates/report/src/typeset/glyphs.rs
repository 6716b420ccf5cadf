//! Only characters that the shipped fonts can show reach the typesetter.

use crate::chart::typeface::{REPLACEMENT, showable};
use serde_json::Value;

/// Replaces, in every string of `data`, what the fonts cannot show. PDF/A-2a (ISO 19005-2, 6.2.11.7) and PDF/UA-1
/// (ISO 14289-1, 7.21) forbid missing glyphs and characters of the private use areas.
pub(super) fn make_showable(data: &mut Value) {
    match data {
        Value::String(text) => *text = showable_public(text),
        Value::Array(items) => items.iter_mut().for_each(make_showable),
        Value::Object(fields) => fields.values_mut().for_each(make_showable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn showable_public(text: &str) -> String {
    // Joiners and variation selectors only shape their neighbours; without those they are noise.
    let shapes = |c: &char| !matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}');
    let kept: String = text.chars().filter(shapes).map(|c| if is_private(c) { REPLACEMENT } else { c }).collect();
    showable(&kept).into_owned()
}

const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_string_is_showable() {
        let mut data =
            json!({"a": ["事故 ok", {"b": "\u{E000}x\u{F8FF}"}], "n": 1, "emoji": "👩\u{200D}🚒\u{FE0F} out"});
        make_showable(&mut data);
        assert_eq!(
            data,
            json!({"a": ["\u{FFFD}\u{FFFD} ok", {"b": "\u{FFFD}x\u{FFFD}"}], "n": 1, "emoji": "\u{FFFD}\u{FFFD} out"})
        );
    }
}
