//! What the texts of an incident name, whichever tool wrote them.

use crate::mention;
use change_ledger_model::record::{FoundIn, Mention, Note};
use serde_json::Value;

/// The texts of one incident or alert.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Texts<'a> {
    pub(crate) title: &'a str,
    pub(crate) body: Option<&'a str>,
    pub(crate) notes: &'a [Note],
    pub(crate) labels: &'a [String],
    /// What stands in fields that are made for links: keys or addresses.
    pub(crate) links: &'a [String],
}

impl Texts<'_> {
    /// Everything that the texts name, except what goes by one of the record's `own` names.
    pub(crate) fn mentions(&self, own: &[String]) -> Vec<Mention> {
        let mut found = Vec::new();
        mention::in_text(self.title, FoundIn::Title, None, &mut found);
        mention::in_text(self.body.unwrap_or_default(), FoundIn::Body, None, &mut found);
        let before_notes = found.len();
        for note in self.notes {
            mention::in_text(&note.text, FoundIn::Note, None, &mut found);
        }
        // Notes come in files of their own as well; their addresses must not pass for the description's.
        for mention in found.iter_mut().skip(before_notes) {
            mention.found_in = FoundIn::Note;
        }
        for label in self.labels {
            mention::in_text(label, FoundIn::Label, None, &mut found);
        }
        let plain = found.len();
        for link in self.links {
            mention::in_text(link, FoundIn::LinkField, None, &mut found);
        }
        // An address in a field for links is a link that somebody made, not one that a text happens to hold.
        for mention in found.iter_mut().skip(plain) {
            mention.found_in = FoundIn::LinkField;
        }
        found.retain(|mention| !own.contains(&mention.name));
        mention::settle(&mut found, None);
        found
    }
}

/// Every text in a value of any shape, in its order.
pub(crate) fn within(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|value| within(value, found)),
        Value::Object(object) => object.values().for_each(|value| within(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The texts of an object, each with the name of its key: `gitlab_mr: core/auth!418`.
pub(crate) fn with_keys(value: &Value, found: &mut Vec<String>) {
    let Value::Object(object) = value else { return within(value, found) };
    for (key, value) in object {
        let mut said = Vec::new();
        within(value, &mut said);
        found.extend(said.into_iter().map(|said| format!("{key}: {said}")));
    }
}

/// Parts of a longer text, one per line; `None` where there is none.
pub(crate) fn joined(parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_for_links_is_stronger_than_a_text() {
        let links = ["https://github.com/acme/pay/pull/7".to_owned(), "PLAT-3".to_owned()];
        let texts = Texts { title: "see PLAT-3 and OPS-9 of INC-4", links: &links, ..Texts::default() };
        let found: Vec<(String, FoundIn)> =
            texts.mentions(&["INC-4".to_owned()]).into_iter().map(|found| (found.name, found.found_in)).collect();
        assert_eq!(
            found,
            [
                ("OPS-9".to_owned(), FoundIn::Title),
                ("PLAT-3".to_owned(), FoundIn::LinkField),
                ("acme/pay#7".to_owned(), FoundIn::LinkField),
            ]
        );
    }

    #[test]
    fn texts_are_found_at_every_depth() {
        let mut found = Vec::new();
        with_keys(&json!({"a": ["x", {"b": "y"}], "c": 1, "d": " ", "e": null}), &mut found);
        assert_eq!(found, ["a: x", "a: y"]);
    }
}
