//! What kind of export a file is, from its beginning.

use crate::{
    Encoding, IngestError, Input, Options, Recognition,
    input::{
        framing::{Broken, Item, Records, is_between},
        head,
        scanner::{Scan, ValueScan},
        window::unicode_of,
    },
    source::{
        code_hosts, firehydrant, git_log, grafana_oncall, incident_io, json, opsgenie, pagerduty_json,
        pagerduty_remarks, rootly, statuspage, supporting, trackers, xml,
    },
    table,
};
use change_ledger_model::source::SourceKind;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::{collections::BTreeSet, io::Cursor};

/// As much of a file as is looked at.
pub(crate) const HEAD_SIZE: u64 = 1024 * 1024;

/// The kinds that are JSON, most telling first.
const JSON_KINDS: &[SourceKind] = &[
    SourceKind::GithubArchive,
    SourceKind::PagerdutyAnalytics,
    SourceKind::IncidentIo,
    SourceKind::Statuspage,
    // Its incidents may hold notes and log entries, so those come after it.
    SourceKind::PagerdutyJson,
    SourceKind::PagerdutyLog,
    SourceKind::PagerdutyNotes,
    SourceKind::OpsgenieAlerts,
    SourceKind::OpsgenieIncidents,
    SourceKind::Rootly,
    SourceKind::Firehydrant,
    SourceKind::GrafanaOncallNotes,
    SourceKind::GrafanaOncall,
    SourceKind::JsmApprovals,
    SourceKind::JiraJson,
    SourceKind::ServicenowJson,
    SourceKind::GithubWebhook,
    SourceKind::AzureReposPulls,
    SourceKind::AzureReposThreads,
    SourceKind::GitlabNotes,
    SourceKind::GitlabMergeRequests,
    SourceKind::GitlabApprovals,
    SourceKind::GitlabIssues,
    SourceKind::BitbucketServerPulls,
    SourceKind::BitbucketServerActivities,
    SourceKind::BitbucketPulls,
    SourceKind::BitbucketActivity,
    SourceKind::GiteaPulls,
    SourceKind::GiteaReviews,
    SourceKind::GithubRestReviews,
    SourceKind::GithubRestPulls,
    SourceKind::GithubGraphql,
    SourceKind::GithubGh,
];

pub(crate) fn recognise(input: &dyn Input, options: &Options) -> Result<Recognition, IngestError> {
    let sample = head(input, HEAD_SIZE)?;
    let (encoding, mark) = Encoding::from_mark(&sample).unwrap_or_default();
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || (encoding.is_wide() && *byte == 0);
    if sample.get(mark..).unwrap_or_default().iter().all(is_blank) {
        return Err(IngestError::Empty { file: input.name().to_owned() });
    }
    if let Some(kind) = options.source {
        return Ok(Recognition { kind, reason: format!("It was named as {}.", kind.name()) });
    }
    if let Some(reason) = git_log::recognise(&sample) {
        return Ok(Recognition { kind: SourceKind::GitLog, reason: reason.to_owned() });
    }
    if begins_like_json(&sample) {
        return recognise_json(&sample, input.name());
    }
    if begins_like_xml(&sample)
        && let Some(recognition) = xml::recognise(&sample, input.name())?
    {
        return Ok(recognition);
    }
    match table::recognise(&sample, input.name(), options)? {
        Some(recognition) => Ok(recognition),
        None => Err(not_recognised(
            input.name(),
            what_it_is(&sample),
            "The README lists the exports that can be read and how to make them; any other table needs a column profile.",
        )),
    }
}

fn not_recognised(file: &str, seen: String, hint: &str) -> IngestError {
    IngestError::NotRecognised { file: file.to_owned(), seen, hint: hint.to_owned() }
}

/// Whether the first character is that of a tag.
fn begins_like_xml(sample: &[u8]) -> bool {
    let bytes = sample.iter().copied().filter(|byte| *byte != 0);
    let mut text =
        bytes.skip_while(|byte| matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) || byte.is_ascii_whitespace());
    text.next() == Some(b'<')
}

fn begins_like_json(sample: &[u8]) -> bool {
    let bytes = sample.iter().copied().filter(|byte| *byte != 0);
    let mut text =
        bytes.skip_while(|byte| matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) || byte.is_ascii_whitespace());
    match text.next() {
        // A section header of some other format begins with a bracket and a letter.
        Some(b'[') => {
            text.find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| !byte.is_ascii_alphabetic() || byte == b'n')
        }
        Some(b'{') => text.find(|byte| !byte.is_ascii_whitespace()).is_none_or(|byte| matches!(byte, b'"' | b'}')),
        _ => false,
    }
}

/// What the beginning of a stream of JSON shows under the framing of one kind.
#[derive(Default)]
pub(crate) struct Glance {
    keys: Vec<String>,
    list_keys: BTreeSet<&'static str>,
    /// Keys beside lists.
    context: BTreeSet<&'static str>,
    /// The first record, as far as it goes.
    first: Vec<u8>,
    first_cut: bool,
}

impl Glance {
    fn at(sample: &[u8], file: &str, kind: SourceKind) -> Result<Self, IngestError> {
        let mut records = Records::new(Box::new(Cursor::new(sample)), file, json::rules(kind))?;
        let mut glance = Self::default();
        while let Some(item) = records.next()? {
            match item {
                Item::Record { text, .. } => {
                    if glance.keys.is_empty() {
                        glance.keys = keys(text).into_iter().map(str::to_owned).collect();
                        glance.first = text.to_vec();
                    }
                    // An archive says what it is in a field of its own, which may stand behind a list.
                    if kind != SourceKind::GithubArchive {
                        break;
                    }
                }
                Item::Broken { why, text, .. } => {
                    glance.first_cut = why == Broken::Cut;
                    glance.keys = keys(text).into_iter().map(str::to_owned).collect();
                    break;
                }
                Item::Context { key, .. } => {
                    glance.context.insert(key);
                }
            }
        }
        glance.list_keys = records.list_keys().clone();
        Ok(glance)
    }

    /// Whether the first record has the key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    /// Whether the first record has every one of the keys.
    pub(crate) fn has_all(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.has(key))
    }

    /// Whether the object under `outer` of the first record has the key.
    pub(crate) fn has_within(&self, outer: &str, key: &str) -> bool {
        serde_json::from_slice::<Value>(&self.first)
            .is_ok_and(|first| first.get(outer).is_some_and(|found| found.get(key).is_some()))
    }

    /// Whether a list under the key was entered.
    pub(crate) fn has_list(&self, key: &str) -> bool {
        self.list_keys.contains(key)
    }

    /// Whether there is a list under the key and no record at all.
    pub(crate) fn is_empty_list(&self, key: &str) -> bool {
        self.keys.is_empty() && self.has_list(key)
    }

    /// Whether the key stands beside the list.
    pub(crate) fn has_context(&self, key: &str) -> bool {
        self.context.contains(key)
    }

    /// Whether the first record has one of the keys.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// Why the records are of this kind, as a sentence.
    fn reason_for(&self, kind: SourceKind) -> Option<&'static str> {
        let camel_case = self.has_any(&[
            "createdAt",
            "mergedAt",
            "mergedBy",
            "headRefName",
            "baseRefName",
            "reviewDecision",
            "mergeCommit",
            "isDraft",
            "closedAt",
        ]);
        let pull = camel_case && self.has_any(&["number", "title", "url"]);
        match kind {
            SourceKind::GithubArchive if self.has_context("magic") => {
                Some("It has the magic of a repository history archive.")
            }
            SourceKind::PagerdutyJson | SourceKind::PagerdutyAnalytics => pagerduty_json::recognise(self, kind),
            SourceKind::PagerdutyNotes | SourceKind::PagerdutyLog => pagerduty_remarks::recognise(self, kind),
            SourceKind::OpsgenieIncidents | SourceKind::OpsgenieAlerts => opsgenie::recognise(self, kind),
            SourceKind::IncidentIo => incident_io::recognise(self),
            SourceKind::Rootly => rootly::recognise(self),
            SourceKind::Firehydrant => firehydrant::recognise(self),
            SourceKind::Statuspage => statuspage::recognise(self),
            SourceKind::GrafanaOncall | SourceKind::GrafanaOncallNotes => grafana_oncall::recognise(self, kind),
            SourceKind::JsmApprovals | SourceKind::JiraJson | SourceKind::ServicenowJson => {
                trackers::recognise_json(self, kind)
            }
            SourceKind::GithubRestReviews
                if self.has("pull_request_url")
                    && self.has("state")
                    && self.has_any(&["commit_id", "submitted_at"]) =>
            {
                Some("Its records have the fields state, commit_id and pull_request_url, as GitHub's reviews do.")
            }
            SourceKind::GithubRestPulls if self.has("number") && self.has_any(&["merged_at", "merge_commit_sha"]) => {
                Some(
                    "Its records have the fields number and merged_at, as GitHub's REST interface writes pull requests.",
                )
            }
            SourceKind::GithubRestPulls if self.has("number") && self.has("repository_url") => {
                Some("Its records have the fields number and repository_url, as GitHub's REST interface writes issues.")
            }
            SourceKind::GithubGraphql if pull && self.list_keys.iter().any(|key| matches!(*key, "nodes" | "edges")) => {
                Some("Its records are pull requests under nodes or edges, as GitHub's GraphQL interface answers.")
            }
            SourceKind::GithubGh if pull => Some("Its records have the fields of gh pr list --json."),
            _ => code_hosts::recognise(self, kind),
        }
    }
}

/// The kind of export that a record of JSON by itself is; `None` when no tool of the list writes such records.
pub(crate) fn kind_of_record(text: &str) -> Option<SourceKind> {
    recognise_json(text.as_bytes(), "").ok().map(|recognition| recognition.kind)
}

fn recognise_json(sample: &[u8], file: &str) -> Result<Recognition, IngestError> {
    for kind in supporting::json_kinds() {
        let glance = Glance::at(sample, file, kind)?;
        if let Some(source) = supporting::json_source(kind).filter(|source| (source.is_its_record)(&glance)) {
            return Ok(Recognition { kind, reason: source.reason.to_owned() });
        }
    }
    let mut seen = Glance::default();
    for &kind in JSON_KINDS {
        let glance = Glance::at(sample, file, kind)?;
        if let Some(reason) = glance.reason_for(kind) {
            return Ok(Recognition { kind, reason: reason.to_owned() });
        }
        seen = glance;
    }
    if seen.keys.is_empty() && seen.first_cut {
        return Err(IngestError::Truncated { file: file.to_owned(), offset: 0 });
    }
    if seen.keys.is_empty() && !is_readable(sample) {
        let hint = "It was damaged on its way. Export it again.";
        return Err(not_recognised(file, "it begins like JSON and cannot be read as JSON".to_owned(), hint));
    }
    if seen.keys.is_empty() {
        let hint = "The export found nothing: check its repository, dates and filters. To import it all the same, name its kind with --source.";
        return Err(not_recognised(file, "it is JSON without any record".to_owned(), hint));
    }
    if seen.has("errors")
        || seen.has("error")
        || (seen.has("message") && seen.has_any(&["documentation_url", "status"]))
    {
        let hint =
            "Read the message in it: the command that wrote it failed. Check the name of the repository and the token.";
        return Err(not_recognised(file, "it is an error answer, not an export".to_owned(), hint));
    }
    let shown: Vec<&str> = seen.keys.iter().map(String::as_str).take(12).collect();
    let hint = "If it is one, name its kind with --source; for gh, export with --json number,title,url,state,author,createdAt,mergedAt,mergedBy,reviews and more.";
    Err(not_recognised(file, format!("it is JSON whose records have the fields {}", shown.join(", ")), hint))
}

/// Whether a file in which no record was found is JSON from its beginning to its end.
fn is_readable(sample: &[u8]) -> bool {
    let text = unicode_of(sample).text_of(sample);
    let mut values = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<IgnoredAny>();
    values.all(|value| value.is_ok())
}

/// The keys of the object that `text` begins with, as far as `text` goes.
fn keys(text: &[u8]) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        if is_between(*byte) {
            at += 1;
            continue;
        }
        let Scan::Ends(key) = ValueScan::default().advance(rest) else { break };
        let Some(name) = rest.get(1..key.saturating_sub(1)).and_then(|name| std::str::from_utf8(name).ok()) else {
            break;
        };
        keys.push(name);
        let after = rest.get(key..).unwrap_or_default();
        let value = key + after.iter().take_while(|byte| is_between(**byte) || **byte == b':').count();
        let Scan::Ends(length) = ValueScan::default().advance(rest.get(value..).unwrap_or_default()) else { break };
        at += value + length;
    }
    keys
}

/// What content that is neither JSON nor a table seems to be.
fn what_it_is(sample: &[u8]) -> String {
    let known: [(&[u8], &str); 9] = [
        (b"%PDF", "it is a PDF"),
        (b"PK\x03\x04", "it is a ZIP archive or an Office file"),
        (&[0x1F, 0x8B], "it is a gzip file"),
        (b"\x89PNG", "it is a picture"),
        (b"\xFF\xD8\xFF", "it is a picture"),
        (b"SQLite format 3", "it is a SQLite database"),
        (b"<?xml", "it is XML"),
        (b"<!DOCTYPE", "it is a web page"),
        (b"<html", "it is a web page"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| sample.starts_with(magic)) {
        return (*what).to_owned();
    }
    let wide = unicode_of(sample) != Encoding::Utf8;
    if mostly_control(sample) || (!wide && sample.contains(&0)) {
        return "it is not text".to_owned();
    }
    "it is text, but neither JSON nor a table".to_owned()
}

fn mostly_control(sample: &[u8]) -> bool {
    let control =
        sample.iter().filter(|byte| **byte != 0 && byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    control * 20 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn a_file_without_a_character_is_empty_whatever_its_mark() {
        let check = |bytes: &[u8], is_empty: bool| {
            let input = crate::MemoryInput::new("x", bytes.to_vec());
            let error = super::recognise(&input, &crate::Options::default()).unwrap_err();
            assert_eq!(matches!(error, crate::IngestError::Empty { .. }), is_empty, "{bytes:?}: {error}");
        };
        check(b"", true);
        check(b"\n \r\n", true);
        check(b"\xEF\xBB\xBF", true);
        check(b"\xFF\xFE\r\0\n\0", true);
        check(b"\0\0\0\0", false);
        check(b"x", false);
    }

    #[test]
    fn keys_of_a_record_are_seen_as_far_as_it_goes() {
        let check = |text: &str, expected: &[&str]| assert_eq!(keys(text.as_bytes()), expected, "{text}");
        check(r#"{"a":1,"b":{"c":2},"d":[3]}"#, &["a", "b", "d"]);
        check(r#"{ "a" : "x", "b": "cut of"#, &["a", "b"]);
        check("{}", &[]);
        check("{:", &[]);
    }
}
