//! The fields of one JSON record, by dotted names, in the shapes that tools write them.

use crate::{
    source::{Context, Fault, tally::Tally},
    value::json::{Actor, Text, person_or_deleted},
};
use change_ledger_model::{Timestamp, person::Person};
use serde::Deserialize;
use serde_json::Value;

/// One record, or an object in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'v>(pub(super) &'v Value);

impl<'v> Fields<'v> {
    /// The value of a field; `null` where it is missing. `a.b` is the field `b` of the object `a`.
    pub(super) fn get(self, name: &str) -> &'v Value {
        name.split('.').try_fold(self.0, |value, key| value.get(key)).unwrap_or(&Value::Null)
    }

    /// The object behind a field, which may be empty.
    pub(super) fn under(self, name: &str) -> Self {
        Fields(self.get(name))
    }

    /// Whether the field is there, even as `null`.
    pub(super) fn has(self, name: &str) -> bool {
        name.split('.').try_fold(self.0, |value, key| value.get(key)).is_some()
    }

    /// A text or number as a text; `None` when it says nothing.
    pub(super) fn text(self, name: &str) -> Option<String> {
        text_of(self.get(name))
    }

    /// The first of several fields that says something.
    pub(super) fn any_text(self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// A yes or no.
    pub(super) fn flag(self, name: &str) -> Option<bool> {
        self.get(name).as_bool()
    }

    /// A whole number that is not negative.
    pub(super) fn count(self, name: &str) -> Option<u64> {
        self.get(name).as_u64()
    }

    /// The elements of a list, bare or under GraphQL's `nodes`; `None` when there is no list.
    pub(super) fn list(self, name: &str) -> Option<Vec<Fields<'v>>> {
        let value = self.get(name);
        let list = value.as_array().or_else(|| value.get("nodes")?.as_array())?;
        Some(list.iter().filter(|item| !item.is_null()).map(Fields).collect())
    }

    /// The elements of a list, or nothing where there is none.
    pub(super) fn each(self, name: &str) -> impl Iterator<Item = Fields<'v>> + use<'v> {
        self.list(name).unwrap_or_default().into_iter()
    }

    /// A list of texts; `None` when there is no list. A single text is a list of one.
    pub(super) fn texts(self, name: &str) -> Option<Vec<String>> {
        match self.get(name) {
            Value::Array(list) => Some(list.iter().filter_map(text_of).collect()),
            single => text_of(single).map(|text| vec![text]),
        }
    }

    /// An account: `None` when the field is missing; a deleted account when it is `null`.
    pub(super) fn person(self, name: &str) -> Option<Person> {
        if !self.has(name) {
            return None;
        }
        let value = self.get(name);
        let actor = if value.is_null() { None } else { Some(Actor::deserialize(value).ok()?) };
        Some(person_or_deleted(actor.as_ref()))
    }

    /// A time on which something depends: unreadable is a fault, never an absence.
    pub(super) fn needed_time(
        self,
        name: &str,
        context: &Context<'_>,
        tally: &mut Tally,
    ) -> Result<Option<Timestamp>, Fault> {
        let said = self.text(name).map(|text| Text(text.into()));
        context.needed_time(name, said.as_ref(), tally)
    }

    /// A time on which nothing depends: unreadable is unknown, and counted.
    pub(super) fn time(self, name: &'static str, context: &Context<'_>, tally: &mut Tally) -> Option<Timestamp> {
        let said = self.text(name).map(|text| Text(text.into()));
        context.time(name, said.as_ref(), tally)
    }

    /// A text without which there is no record.
    pub(super) fn needed(self, name: &str) -> Result<String, Fault> {
        self.text(name).ok_or_else(|| Fault::field(name, "it is missing, and it names the record".to_owned()))
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A commit that is one: not the zeros that stand for "none".
pub(super) fn real_commit(name: Option<String>) -> Option<String> {
    name.filter(|name| name.bytes().any(|byte| byte != b'0')).map(|name| name.to_ascii_lowercase())
}

/// A branch without `refs/heads/`.
pub(super) fn branch_name(reference: &str) -> String {
    reference.strip_prefix("refs/heads/").unwrap_or(reference).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_null_and_empty_are_told_apart_where_it_matters() {
        let value = serde_json::json!({"a": {"b": " x "}, "none": null, "empty": "", "n": 7, "list": ["p", 8, null]});
        let fields = Fields(&value);
        let check = |name: &str, text: Option<&str>, has: bool| {
            assert_eq!((fields.text(name).as_deref(), fields.has(name)), (text, has), "{name}");
        };
        check("a.b", Some("x"), true);
        check("a.c", None, false);
        check("none", None, true);
        check("empty", None, true);
        check("n", Some("7"), true);
        assert_eq!(fields.texts("list"), Some(vec!["p".to_owned(), "8".to_owned()]));
        assert_eq!(fields.texts("none"), None);
        assert_eq!(fields.person("missing"), None);
        assert_eq!(fields.person("none"), Some(Person::deleted()));
    }

    #[test]
    fn zeros_are_no_commit() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(real_commit(Some(name.to_owned())).as_deref(), expected, "{name}");
        };
        check("0000000000000000000000000000000000000000", None);
        check("9F3C1E0", Some("9f3c1e0"));
        check("", None);
    }
}
