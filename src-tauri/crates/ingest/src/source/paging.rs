//! What the answers of web interfaces say beside a list: whether there are more pages behind it.

use serde_json::Value;

/// Keys beside a list that may say so.
pub(crate) const KEYS: [&str; 11] = [
    "isLast",
    "nextPageToken",
    "more",
    "isLastPage",
    "paging",
    "pagination",
    "pagination_meta",
    "meta",
    "links",
    "next",
    "pageInfo",
];

/// Whether the value of such a key says that there are more pages; `None` when it does not say.
pub(crate) fn more(key: &str, text: &[u8]) -> Option<bool> {
    let value: Value = serde_json::from_slice(text).ok()?;
    match &value {
        Value::Bool(more) if key == "more" => Some(*more),
        Value::Bool(last) if key == "isLastPage" => Some(!*last),
        Value::Bool(last) if key == "isLast" => Some(!last),
        Value::Null | Value::String(_) if key == "nextPageToken" => Some(leads_on(&value)),
        Value::Null | Value::String(_) if key == "next" => Some(leads_on(&value)),
        // Opsgenie leaves `next` out on the last page.
        Value::Object(page) if key == "paging" => Some(page.get("next").is_some_and(leads_on)),
        Value::Object(page) if key == "pageInfo" => Some(page.get("hasNextPage") == Some(&Value::Bool(true))),
        Value::Object(page) => {
            let next = ["next", "after", "next_page", "next_page_token"].iter().find_map(|next| page.get(*next))?;
            Some(leads_on(next))
        }
        _ => None,
    }
}

fn leads_on(next: &Value) -> bool {
    match next {
        Value::String(text) => !text.trim().is_empty(),
        Value::Number(_) | Value::Object(_) => true,
        Value::Bool(more) => *more,
        Value::Null | Value::Array(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_another_page() {
        let check = |key: &str, text: &str, expected: Option<bool>| {
            assert_eq!(more(key, text.as_bytes()), expected, "{key}: {text}");
        };
        check("more", "true", Some(true));
        check("more", "false", Some(false));
        check("isLastPage", "false", Some(true));
        check("isLastPage", "true", Some(false));
        check("paging", r#"{"next":"https://api.example.com/?offset=100","first":"x"}"#, Some(true));
        check("paging", r#"{"first":"x","last":"x"}"#, Some(false));
        check("paging", "{}", Some(false));
        check("pagination_meta", r#"{"after":"01H","page_size":25,"total_record_count":90}"#, Some(true));
        check("pagination_meta", r#"{"after":"","page_size":25}"#, Some(false));
        check("pagination", r#"{"count":120,"page":1,"next":2}"#, Some(true));
        check("pagination", r#"{"count":20,"page":1,"next":null}"#, Some(false));
        check("meta", r#"{"total_count":3,"next_page":null}"#, Some(false));
        check("meta", r#"{"version":2}"#, None);
        check("links", r#"{"self":"x","next":"y"}"#, Some(true));
        check("next", "null", Some(false));
        check("next", r#""https://oncall.example.com/?page=2""#, Some(true));
        check("isLast", "false", Some(true));
        check("isLast", "true", Some(false));
        check("nextPageToken", r#""CAEaAggD""#, Some(true));
        check("pageInfo", r#"{"hasNextPage":true,"endCursor":"x"}"#, Some(true));
        check("pageInfo", r#"{"hasNextPage":false,"endCursor":"x"}"#, Some(false));
        check("next", "{", None);
    }
}
