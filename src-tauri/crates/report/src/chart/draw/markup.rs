//! Writes XML elements.

use crate::chart::typeface::{SANS, showable};

/// Appends `<name attribute="value"…`, left open.
pub(super) fn open(out: &mut String, name: &str, attributes: &[(&'static str, String)]) {
    out.push('<');
    out.push_str(name);
    for (attribute, value) in attributes {
        out.push(' ');
        out.push_str(attribute);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
    }
}

/// Appends an empty element.
pub(super) fn leaf(out: &mut String, name: &str, attributes: &[(&'static str, String)]) {
    open(out, name, attributes);
    out.push_str("/>");
}

/// Appends an element that holds nothing but `text`.
pub(super) fn leaf_text(out: &mut String, name: &str, attributes: &[(&'static str, String)], text: &str) {
    open(out, name, attributes);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// The attributes of the root element that every text inherits.
pub(super) fn font_family() -> String {
    format!("{SANS}, sans-serif")
}

/// `text` as part of an id: letters, digits and hyphens; anything else becomes a hyphen.
pub(super) fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn escape(out: &mut String, text: &str) {
    for character in showable(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// One decimal at most, and no negative zero.
pub(super) fn decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        let check = |text: &str, expected: &str| {
            let mut out = String::new();
            leaf_text(&mut out, "text", &[("x", "\"1\"".to_owned())], text);
            assert_eq!(out, format!("<text x=\"&quot;1&quot;\">{expected}</text>\n"));
        };
        check("12–24 h", "12–24 h");
        check("</text><script>&", "&lt;/text&gt;&lt;script&gt;&amp;");
        check("a\u{0}b\u{202E}", "a\u{FFFD}b\u{FFFD}");
    }

    #[test]
    fn numbers_have_one_decimal_at_most() {
        let check = |value, expected: &str| assert_eq!(decimal(value), expected);
        check(12.0, "12");
        check(12.34, "12.3");
        check(-0.04, "0");
        check(-3.5, "-3.5");
    }

    #[test]
    fn ids_are_plain() {
        assert_eq!(identifier("emergency-ratio"), "emergency-ratio");
        assert_eq!(identifier("\"><b>é"), "---b--");
    }
}
