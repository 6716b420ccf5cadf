//! Shapes that one thing takes in different exports: a person as a name or an object, a list bare
//! or as GraphQL's `nodes`, an id as a number or a text.

use change_ledger_model::person::Person;
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{borrow::Cow, fmt, marker::PhantomData};

/// A text that borrows from the record where no escape stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as its own string; `None` when it is empty.
    pub(crate) fn non_empty(&self) -> Option<String> {
        let text = self.0.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_string<E: de::Error>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text)))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

/// Whether a key was there, and whether it said anything.
pub(crate) type Said<T> = Option<Option<T>>;

/// The value of a key that is there and not `null`.
pub(crate) fn said<T>(said: &Said<T>) -> Option<&T> {
    said.as_ref().and_then(Option::as_ref)
}

/// The text of a key that is there; `null` stands for one in which nothing is written.
pub(crate) fn written(said: &Said<Text<'_>>) -> Option<String> {
    said.as_ref().map(|text| text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned()))
}

/// As [`written`], for a row that is not needed again: a long text moves instead of being copied.
pub(crate) fn take_written(said: &mut Said<Text<'_>>) -> Option<String> {
    said.as_mut().map(|text| text.take().map_or_else(String::new, |text| text.0.into_owned()))
}

/// A key that is there: `Some(None)` when its value is `null`. Used with `#[serde(default)]`, so
/// that an absent key stays `None`.
#[expect(clippy::option_option, reason = "absent and null mean different things")]
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// An account: a bare name, or an object with a login, a name, or a mail address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Actor<'a> {
    login: Option<Text<'a>>,
    name: Option<Text<'a>>,
    email: Option<Text<'a>>,
    bot: bool,
}

impl Actor<'_> {
    /// As a person; an account without any name was deleted.
    pub(crate) fn person(&self) -> Person {
        let name = written_in(&self.name);
        match written_in(&self.login) {
            Some(login) => Person::named(login, name, self.bot),
            None => match written_in(&self.email) {
                Some(email) => person_of_address(email, name),
                None if self.login.is_some() => Person::deleted(),
                None => name.map_or_else(Person::deleted, |name| Person::named(name, None, self.bot)),
            },
        }
    }
}

/// What is written in a text, if anything is.
fn written_in<'t>(text: &'t Option<Text<'_>>) -> Option<&'t str> {
    text.as_ref().map(|text| text.as_str().trim()).filter(|text| !text.is_empty())
}

/// A commit author by mail address. GitHub's own addresses (`123+login@users.noreply.github.com`, without the number for
/// old accounts, `users.noreply.` and its host name for an Enterprise server) hold the login.
pub(crate) fn person_of_address(email: &str, name: Option<&str>) -> Person {
    let email = email.trim();
    let login = email.rsplit_once('@').and_then(|(local, host)| {
        let host = host.to_ascii_lowercase();
        match local.split_once('+') {
            Some((_, login)) if host.starts_with("users.noreply.") => Some(login),
            None if host == "users.noreply.github.com" => Some(local),
            _ => None,
        }
    });
    Person::named(login.unwrap_or(email), name, false)
}

/// The author of a value: `null` and `{}` stand for a deleted account.
pub(crate) fn person_or_deleted(actor: Option<&Actor<'_>>) -> Person {
    actor.map_or_else(Person::deleted, Actor::person)
}

impl<'de: 'a, 'a> Deserialize<'de> for Actor<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ActorVisitor;
        impl<'de> Visitor<'de> for ActorVisitor {
            type Value = Actor<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an account")
            }
            fn visit_borrowed_str<E: de::Error>(self, login: &'de str) -> Result<Actor<'de>, E> {
                Ok(Actor { login: Some(Text(Cow::Borrowed(login))), ..Actor::default() })
            }
            fn visit_str<E: de::Error>(self, login: &str) -> Result<Actor<'de>, E> {
                Ok(Actor { login: Some(Text(Cow::Owned(login.to_owned()))), ..Actor::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Actor<'de>, A::Error> {
                let mut actor = Actor::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match key.as_str() {
                        "login" => actor.login = map.next_value()?,
                        "name" | "full_name" | "summary" => actor.name = map.next_value()?,
                        "email" => actor.email = map.next_value()?,
                        "is_bot" => actor.bot |= map.next_value::<Option<bool>>()?.unwrap_or(false),
                        "type" | "__typename" => {
                            let kind = map.next_value::<Option<Text<'de>>>()?;
                            actor.bot |= kind.is_some_and(|kind| {
                                kind.as_str().starts_with("Bot") || kind.as_str().starts_with("bot")
                            });
                        }
                        // The account behind a commit author of GraphQL.
                        "user" => {
                            if let Some(user) = map.next_value::<Option<Actor<'de>>>()? {
                                actor.login = user.login;
                                actor.bot |= user.bot;
                            }
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(actor)
            }
        }
        deserializer.deserialize_any(ActorVisitor)
    }
}

/// A list: bare, or an object with `nodes`, or one with `edges` whose elements have a `node`.
#[derive(Debug, Clone)]
pub(crate) struct Listed<T> {
    /// Its elements, without nulls.
    pub(crate) items: Vec<T>,
    /// The source says that there are more than it lists.
    pub(crate) more: bool,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { items: Vec::new(), more: false }
    }
}

#[derive(Deserialize)]
struct Edge<T> {
    node: Option<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    #[serde(default)]
    has_next_page: bool,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
            type Value = Listed<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Listed<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element::<Option<T>>()? {
                    items.extend(item);
                }
                Ok(Listed { items, more: false })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed<T>, A::Error> {
                let mut found = Listed::default();
                let mut total = None;
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match key.as_str() {
                        "nodes" => {
                            let nodes = map.next_value::<Option<Vec<Option<T>>>>()?;
                            found.items = nodes.into_iter().flatten().flatten().collect();
                        }
                        "edges" => {
                            let edges = map.next_value::<Option<Vec<Option<Edge<T>>>>>()?;
                            found.items = edges.into_iter().flatten().flatten().filter_map(|edge| edge.node).collect();
                        }
                        "pageInfo" => found.more |= map.next_value::<PageInfo>()?.has_next_page,
                        "totalCount" => total = map.next_value::<Option<usize>>()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                found.more |= total.is_some_and(|total| total > found.items.len());
                Ok(found)
            }
            // Where one export lists comments, another only counts them under the same key.
            fn visit_u64<E: de::Error>(self, _: u64) -> Result<Listed<T>, E> {
                Ok(Listed::default())
            }
            fn visit_str<E: de::Error>(self, _: &str) -> Result<Listed<T>, E> {
                Ok(Listed::default())
            }
            fn visit_unit<E: de::Error>(self) -> Result<Listed<T>, E> {
                Ok(Listed::default())
            }
        }
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// A name or commit id: bare, or under the usual key of an object.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named<'a>(pub(crate) Option<Text<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Named<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamedVisitor;
        impl<'de> Visitor<'de> for NamedVisitor {
            type Value = Named<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Named<'de>, E> {
                Ok(Named(Some(Text(Cow::Borrowed(name)))))
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Named<'de>, E> {
                Ok(Named(Some(Text(Cow::Owned(name.to_owned())))))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Named<'de>, E> {
                Ok(Named(None))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<'de>, A::Error> {
                let mut name = None;
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match key.as_str() {
                        "name" | "oid" | "sha" | "abbreviatedOid" | "login" => {
                            let said = map.next_value::<Option<Text<'de>>>()?;
                            name = name.or(said);
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Named(name))
            }
        }
        deserializer.deserialize_any(NamedVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_host_hold_the_login() {
        let check = |email: &str, handle: &str| assert_eq!(person_of_address(email, None).handle, handle, "{email}");
        check("7+JoLi@users.noreply.github.com", "joli");
        check("joli@users.noreply.github.com", "joli");
        check(" 7+joli@Users.NoReply.GitHub.com ", "joli");
        check("7+joli@users.noreply.code.example.com", "joli");
        check("7+renovate[bot]@users.noreply.github.com", "renovate[bot]");
        check("jo+li@example.com", "jo+li@example.com");
        check("Jo@example.com", "jo@example.com");
        check("jo", "jo");
    }
}
