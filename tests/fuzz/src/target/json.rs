//! Records of JSON, in every way in which tools frame them.

use crate::{any_file, fixtures};
use change_ledger_ingest::{MemoryInput, Options};
use change_ledger_model::{record::Record, source::SourceKind};
use serde_json::Value;

/// Besides what holds of any file: the frame around records changes nothing of what they say.
pub(super) fn check(bytes: &[u8]) {
    let options = Options { source: Some(SourceKind::GithubGh), ..any_file::options() };
    any_file::check(bytes, &options);
    let objects = objects(bytes);
    if objects.is_empty() {
        return;
    }
    let listed = records(&in_list(&objects), &options);
    for (frame, text) in [
        ("one per line", objects.join("\n")),
        ("one behind the other", objects.concat()),
        ("a sequence of RFC 7464", objects.iter().map(|object| format!("\u{1E}{object}\n")).collect()),
        ("a list per page", objects.iter().map(|object| in_list(std::slice::from_ref(object))).collect()),
        ("pages within a list", format!("[{},[]]", in_list(&objects))),
        ("within an object", format!("{{\"total\":{{\"a\":[1]}},\"items\":{}}}", in_list(&objects))),
        ("as GraphQL", format!("{{\"data\":{{\"search\":{{\"nodes\":{}}}}}}}", in_list(&objects))),
    ] {
        assert_eq!(records(&text, &options), listed, "{frame}");
    }
}

/// The objects of a list, each with a first key that only a record has.
fn objects(bytes: &[u8]) -> Vec<String> {
    let Ok(Value::Array(values)) = serde_json::from_slice(bytes) else { return Vec::new() };
    let mut objects = Vec::new();
    for value in values.into_iter().take(20) {
        let Value::Object(mut fields) = value else { continue };
        let title = fields.remove("title").unwrap_or(Value::Null);
        let rest = Value::Object(fields).to_string();
        let separator = if rest == "{}" { "" } else { "," };
        objects.push(format!("{{\"title\":{title}{separator}{}", rest.trim_start_matches('{')));
    }
    objects
}

fn in_list(objects: &[String]) -> String {
    format!("[{}]", objects.join(","))
}

/// All records and the reasons of all rejects.
fn records(text: &str, options: &Options) -> (Vec<Record>, Vec<String>) {
    let input = MemoryInput::new("prs.json", text.as_bytes());
    let (outcome, ..) = any_file::import(&input, options).unwrap_or_else(|error| panic!("{error}: {text}"));
    let reasons = outcome.rejects.iter().map(|reject| reject.reason.clone()).collect();
    (outcome.records().into_iter().cloned().collect(), reasons)
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    use SourceKind::{GithubArchive, GithubGh, GithubGraphql, GithubRestPulls};
    let mut seeds = fixtures::of(&[GithubArchive, GithubGh, GithubGraphql, GithubRestPulls]);
    seeds.push(b"[[{\"title\":1},[{\"title\":2}]],{\"items\":[{\"title\":3}]}]".to_vec());
    seeds.push(["[".repeat(200), "]".repeat(200)].concat().into_bytes());
    seeds
}
