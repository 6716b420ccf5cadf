//! Texts of Jira Cloud's REST interface in version 3: Atlassian's document format, a tree of nodes.

use serde_json::Value;

/// A text field of either version: wiki markup as it is, a document as plain text with its addresses.
pub(super) fn text(value: &Value) -> Option<String> {
    let said = match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => {
            let mut said = String::new();
            node(value, &mut said);
            said
        }
        _ => return None,
    };
    let said = said.trim();
    (!said.is_empty()).then(|| said.to_owned())
}

/// Writes out one node. Cards have no text but an address, links have both, and only the address says where they lead.
fn node(value: &Value, out: &mut String) {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    let attribute = |name: &str| value.get("attrs").and_then(|attrs| attrs.get(name)).and_then(Value::as_str);
    match kind {
        "text" => out.push_str(value.get("text").and_then(Value::as_str).unwrap_or_default()),
        "hardBreak" | "rule" => out.push('\n'),
        "mention" | "status" => out.push_str(attribute("text").unwrap_or_default()),
        "emoji" => out.push_str(attribute("shortName").unwrap_or_default()),
        "inlineCard" | "blockCard" | "embedCard" => {
            let url = attribute("url").or_else(|| value.get("attrs")?.get("data")?.get("url")?.as_str());
            spaced(url.unwrap_or_default(), out);
        }
        _ => {}
    }
    for mark in value.get("marks").and_then(Value::as_array).into_iter().flatten() {
        let href = mark.get("attrs").and_then(|attrs| attrs.get("href")).and_then(Value::as_str);
        if let Some(href) = href
            && !out.ends_with(href)
        {
            spaced(href, out);
        }
    }
    let children = value.get("content").and_then(Value::as_array);
    children.into_iter().flatten().for_each(|child| node(child, out));
    let is_block = matches!(
        kind,
        "paragraph" | "heading" | "listItem" | "codeBlock" | "blockquote" | "panel" | "tableRow" | "taskItem"
    );
    if is_block && !out.ends_with('\n') {
        out.push('\n');
    }
    if matches!(kind, "tableCell" | "tableHeader") {
        out.push(' ');
    }
}

fn spaced(url: &str, out: &mut String) {
    if !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    out.push_str(url);
    out.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_become_text_with_their_addresses() {
        let check = |json: &str, expected: Option<&str>| {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(text(&value).as_deref(), expected, "{json}");
        };
        check(r#""h2. Wiki *text*""#, Some("h2. Wiki *text*"));
        check("null", None);
        check(r#"{"type":"doc","version":1,"content":[]}"#, None);
        check(
            r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Fixes "},{"type":"text","text":"INC-482"}]},{"type":"paragraph","content":[{"type":"text","text":"done"}]}]}"#,
            Some("Fixes INC-482\ndone"),
        );
        check(
            r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"see"},{"type":"inlineCard","attrs":{"url":"https://github.com/acme/pay/pull/7"}},{"type":"mention","attrs":{"id":"7","text":"@Lin"}}]}]}"#,
            Some("see https://github.com/acme/pay/pull/7 @Lin"),
        );
        check(
            r#"{"type":"doc","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"the fix","marks":[{"type":"link","attrs":{"href":"https://github.com/acme/pay/pull/8"}}]}]}]}]}]}"#,
            Some("the fix https://github.com/acme/pay/pull/8"),
        );
        check(
            r#"{"type":"doc","content":[{"type":"codeBlock","content":[{"type":"text","text":"a"},{"type":"hardBreak"},{"type":"text","text":"b"}]}]}"#,
            Some("a\nb"),
        );
    }
}
