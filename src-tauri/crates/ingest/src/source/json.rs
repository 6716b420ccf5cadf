//! The way of every JSON export from bytes to rows.

use super::{Context, Fault, github, pagerduty_json, tally::Tally};
use crate::{
    Encoding, Input, Options, Reading, Recognition, Row, Sink, Summary,
    error::IngestError,
    input::{
        framing::{Broken, Item, Records, Rules},
        head,
        scanner::DEPTH_LIMIT,
    },
    recognise::HEAD_SIZE,
};
use change_ledger_model::{
    record::{Place, Record, Reject},
    source::SourceKind,
};
use serde::Deserialize;
use std::{
    borrow::Cow,
    io::{Cursor, Read},
};

const PULLS: Rules = Rules {
    lists: &[
        "pulls",
        "pull_requests",
        "pullRequests",
        "issues",
        "items",
        "data",
        "values",
        "value",
        "results",
        "result",
        "records",
        "nodes",
        "edges",
    ],
    via: &[
        "data",
        "repository",
        "organization",
        "viewer",
        "user",
        "search",
        "pullRequests",
        "issues",
        "repositories",
        "node",
        "pull_request",
        "pullRequest",
        "issue",
        "resource",
        "result",
    ],
    marks: &[
        "title",
        "author",
        "mergedAt",
        "merged_at",
        "mergedBy",
        "merged_by",
        "headRefName",
        "baseRefName",
        "reviewDecision",
        "reviews",
        "body",
        "isDraft",
        "draft",
    ],
    context: &["nameWithOwner", "repo", "magic", "pageInfo"],
};

const REVIEWS: Rules = Rules {
    lists: &["reviews", "items", "data", "values", "results", "nodes", "edges"],
    via: &["data", "review", "node"],
    marks: &["submitted_at", "pull_request_url", "author_association", "commit_id"],
    context: &[],
};

const INCIDENTS: Rules = Rules {
    lists: &["incidents", "data", "items", "values", "results", "records"],
    via: &["data", "incident", "event", "result"],
    marks: &["incident_number", "incident_key", "urgency", "last_status_change_at", "seconds_to_resolve"],
    context: &["more"],
};

/// How records of this kind are framed.
pub(crate) fn rules(kind: SourceKind) -> Rules {
    match kind {
        SourceKind::PagerdutyJson => INCIDENTS,
        SourceKind::GithubRestReviews => REVIEWS,
        _ => PULLS,
    }
}

/// Settles what can be known from the beginning: the encoding, and the repository of rows that do
/// not name theirs.
pub(crate) fn prepare(input: &dyn Input, recognition: Recognition, options: &Options) -> Result<Reading, IngestError> {
    let sample = head(input, HEAD_SIZE)?;
    let mut reading = Reading::new(input.name(), recognition, options);
    let mut records = Records::new(Box::new(Cursor::new(sample.as_slice())), input.name(), rules(reading.kind))?;
    reading.encoding = records.encoding();
    if reading.kind == SourceKind::PagerdutyJson {
        return Ok(reading);
    }
    let mut nameless = false;
    while let Some(item) = records.next()? {
        match item {
            Item::Context { key, text } if names_repository(key) => {
                reading.repository = reading.repository.or_else(|| serde_json::from_slice(text).ok());
            }
            // Rows that cannot be read say nothing here, and become rejects later.
            Item::Record { text, .. } => {
                if let Ok(named) = github::repository_in(reading.kind, &String::from_utf8_lossy(text)) {
                    nameless = named.is_none();
                    break;
                }
            }
            Item::Context { .. } | Item::Broken { .. } => {}
        }
    }
    if nameless && reading.repository.is_none() {
        return Err(IngestError::RepositoryUnknown { file: input.name().to_owned() });
    }
    Ok(reading)
}

/// What GraphQL says about the page that a list is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    #[serde(default)]
    has_next_page: bool,
}

fn names_repository(key: &str) -> bool {
    matches!(key, "nameWithOwner" | "repo")
}

/// Reads a stream of JSON to its end.
pub(crate) fn read(input: Box<dyn Read + '_>, reading: &Reading, sink: &mut dyn Sink) -> Result<Summary, IngestError> {
    let mut records = Records::new(input, &reading.file, rules(reading.kind))?;
    let mut tally = Tally::default();
    let mut repository = reading.repository.clone();
    let mut complete = 0_u64;
    let mut damaged = false;
    let mut more_pages = false;
    while let Some(item) = records.next()? {
        let flow = match item {
            Item::Context { key: "more", text } => {
                more_pages = text == b"true";
                continue;
            }
            Item::Context { key: "pageInfo", text } => {
                more_pages = serde_json::from_slice::<PageInfo>(text).is_ok_and(|page| page.has_next_page);
                continue;
            }
            Item::Context { key, text } => {
                // A second repository in one file: its rows must name it themselves.
                let other = names_repository(key).then(|| serde_json::from_slice::<String>(text).ok()).flatten();
                if other.is_some_and(|other| {
                    reading.repository.as_ref().is_some_and(|known| !known.eq_ignore_ascii_case(&other))
                }) {
                    repository = None;
                }
                continue;
            }
            Item::Broken { place, why, .. } => {
                if why == Broken::Cut && complete == 0 {
                    return Err(IngestError::Truncated { file: reading.file.clone(), offset: place.span.offset });
                }
                damaged |= why == Broken::Brackets;
                sink.reject(Reject { place, field: None, reason: reason(why) })
            }
            Item::Record { place, text } => {
                complete += 1;
                let context =
                    Context { kind: reading.kind, repository: repository.as_deref(), timezone: reading.timezone };
                match parse(text, &context, &mut tally) {
                    Ok(found) => sink.accept(Row { place, records: found }),
                    Err(fault) => sink.reject(rejected(place, fault)),
                }
            }
        };
        if flow.is_break() {
            return Err(IngestError::Cancelled);
        }
    }
    let (rows, truncated) = (records.rows(), records.truncated());
    let mut summary = tally.summary(reading, rows);
    warn_of_cuts(&mut summary, reading.kind, rows, truncated, damaged);
    if more_pages {
        summary.warn(
            "cut_off",
            "The file says that there are more pages behind its last one; export and import those as well.".to_owned(),
        );
    }
    Ok(summary)
}

/// Reads one record again from its bytes.
pub(crate) fn reread(raw: &[u8], reading: &Reading) -> Result<Vec<Record>, IngestError> {
    let text = match reading.encoding {
        Encoding::Utf16Le => {
            Cow::Owned(encoding_rs::UTF_16LE.decode_without_bom_handling(raw).0.into_owned().into_bytes())
        }
        Encoding::Utf16Be => {
            Cow::Owned(encoding_rs::UTF_16BE.decode_without_bom_handling(raw).0.into_owned().into_bytes())
        }
        Encoding::Utf8 | Encoding::Windows1252 | Encoding::MacRoman => Cow::Borrowed(raw),
    };
    let context = Context { kind: reading.kind, repository: reading.repository.as_deref(), timezone: reading.timezone };
    parse(&text, &context, &mut Tally::default()).map_err(|fault| IngestError::NotRereadable { reason: fault.reason })
}

/// Reads one record. JSON is UTF-8; where a tool wrote another code page, it is read as Windows-1252.
fn parse(text: &[u8], context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    // Checked once as a whole: much faster than string by string.
    let text = match std::str::from_utf8(text) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            tally.not_utf8 += 1;
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(text).0
        }
    };
    match context.kind {
        SourceKind::PagerdutyJson => pagerduty_json::incident(&text, context, tally),
        SourceKind::GithubRestReviews => github::review(&text, context, tally),
        _ => github::pull_or_issue(&text, context, tally),
    }
}

fn rejected(place: Place, fault: Fault) -> Reject {
    let mut reason = fault.reason;
    reason.push('.');
    Reject { place, field: fault.field, reason }
}

fn reason(why: Broken) -> String {
    match why {
        Broken::Cut => "The file ends in the middle of this record.".to_owned(),
        Broken::Brackets => "Brackets do not match here; what follows cannot be told apart.".to_owned(),
        Broken::TooDeep => format!("The record nests deeper than {DEPTH_LIMIT} levels."),
        Broken::Plain => "A plain value stands where a record was expected.".to_owned(),
        Broken::NotJson => "This is not JSON.".to_owned(),
    }
}

/// Says so when a file looks as if it held only a part of what there is.
fn warn_of_cuts(summary: &mut Summary, kind: SourceKind, rows: u64, truncated: bool, damaged: bool) {
    if truncated {
        summary.warn(
            "truncated",
            "The file ends before its list does: it was cut off, and later rows are missing. Export it again."
                .to_owned(),
        );
    }
    if damaged {
        summary.warn(
            "damaged",
            "A part of the file could not be told apart into records; rows may be missing. Export it again.".to_owned(),
        );
    }
    let cap = match (kind, rows) {
        (SourceKind::PagerdutyJson, 100) => {
            Some("PagerDuty answers at most 100 incidents at a time; fetch the other pages with offset")
        }
        (SourceKind::PagerdutyJson | SourceKind::GithubArchive, _) => None,
        (_, 30) => Some("gh lists 30 rows unless --limit says otherwise"),
        (_, 100) => Some("GitHub answers at most 100 rows at a time; use --paginate or a higher --limit"),
        (_, 1000) => Some("GitHub's search answers at most 1,000 rows; split the export by date"),
        _ => None,
    };
    if let Some(cap) = cap {
        summary.warn(
            "cut_off",
            format!("The file holds exactly {rows} rows, which is a limit of the export: there may be more. {cap}."),
        );
    }
}

#[cfg(test)]
mod tests;
