//! Texts that a tool stores or shows as HTML.

use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use std::borrow::Cow;

/// Rendered HTML as text; where a link leads stays, since only that tells what it names.
pub(crate) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = after.split_once('>') else {
            text.push('<');
            rest = after;
            continue;
        };
        let address =
            tag.split_once("href=\"").and_then(|(_, address)| address.split_once('"')).map(|(address, _)| address);
        if let Some(address) = address.filter(|address| address.starts_with("http")) {
            text.push(' ');
            text.push_str(address);
            text.push(' ');
        }
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if matches!(name, "p" | "br" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "pre") && !text.ends_with('\n') {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    // Without this name the whole text would count as written wrongly, and keep all of its entities.
    let named = |entity: &str| if entity == "nbsp" { Some(" ") } else { resolve_predefined_entity(entity) };
    let text = unescape_with(&text, named).map_or_else(|_| text.clone(), Cow::into_owned);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines_and_links_keep_where_they_lead() {
        let check = |html: &str, expected: &str| assert_eq!(plain_text(html), expected, "{html}");
        check(
            "<div>Production is down.</div><div>Authorised by: Lin Eze</div>",
            "Production is down.\nAuthorised by: Lin Eze",
        );
        check("a<br/>b &amp; c&nbsp;d", "a\nb & c d");
        check("<a href=\"https://example.com/x\">here</a>", "https://example.com/x here");
        check("1 < 2", "1 < 2");
        check("plain", "plain");
    }
}
