//! The way of every JSON export from bytes to rows.

use super::{
    Context, Fault, code_hosts, firehydrant, grafana_oncall, incident_io, limits, opsgenie, pagerduty_json,
    pagerduty_remarks, paging, rootly, statuspage, supporting, tally::Tally, trackers,
};
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

/// How records of this kind are framed.
pub(crate) fn rules(kind: SourceKind) -> Rules {
    if let Some(source) = supporting::json_source(kind) {
        return source.rules;
    }
    if let Some(rules) = trackers::rules(kind) {
        return rules;
    }
    match kind {
        SourceKind::PagerdutyJson | SourceKind::PagerdutyAnalytics => pagerduty_json::RULES,
        SourceKind::PagerdutyNotes => pagerduty_remarks::NOTES,
        SourceKind::PagerdutyLog => pagerduty_remarks::LOG_ENTRIES,
        SourceKind::OpsgenieIncidents | SourceKind::OpsgenieAlerts => opsgenie::RULES,
        SourceKind::IncidentIo => incident_io::RULES,
        SourceKind::Rootly => rootly::RULES,
        SourceKind::Firehydrant => firehydrant::RULES,
        SourceKind::Statuspage => statuspage::RULES,
        SourceKind::GrafanaOncall => grafana_oncall::GROUPS,
        SourceKind::GrafanaOncallNotes => grafana_oncall::NOTES,
        SourceKind::GithubRestReviews => REVIEWS,
        _ => code_hosts::rules(kind).unwrap_or(PULLS),
    }
}

/// Settles what can be known from the beginning: the encoding, and the repository of rows that do
/// not name theirs.
pub(crate) fn prepare(input: &dyn Input, recognition: Recognition, options: &Options) -> Result<Reading, IngestError> {
    let sample = head(input, HEAD_SIZE)?;
    let mut reading = Reading::new(input.name(), recognition, options);
    let mut records = Records::new(Box::new(Cursor::new(sample.as_slice())), input.name(), rules(reading.kind))?;
    reading.encoding = records.encoding();
    match reading.kind {
        SourceKind::PagerdutyNotes => {
            reading.incident = pagerduty_remarks::incident_in_name(input.name());
            if reading.incident.is_none() {
                return Err(IngestError::IncidentUnknown { file: input.name().to_owned() });
            }
        }
        // Its times are UTC unless another zone was asked for when the file was made.
        SourceKind::PagerdutyAnalytics => reading.timezone = options.timezone.unwrap_or(chrono_tz::Tz::UTC),
        _ => {}
    }
    if is_of_incidents(reading.kind) {
        return Ok(reading);
    }
    if trackers::rules(reading.kind).is_some() {
        reading.field_names = trackers::field_names(input, reading.kind)?;
        return Ok(reading);
    }
    if let Some(source) = supporting::json_source(reading.kind) {
        if reading.kind == SourceKind::SlackMessages {
            reading.channel = supporting::channel_in_name(input.name());
        }
        if source.needs_repository && reading.repository.is_none() {
            return Err(IngestError::RepositoryUnknown { file: input.name().to_owned() });
        }
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
                if let Ok(named) = code_hosts::repository_in(reading.kind, &String::from_utf8_lossy(text)) {
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

/// Whether rows of this kind belong to no repository.
fn is_of_incidents(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::PagerdutyJson
            | SourceKind::PagerdutyAnalytics
            | SourceKind::PagerdutyNotes
            | SourceKind::PagerdutyLog
            | SourceKind::OpsgenieIncidents
            | SourceKind::OpsgenieAlerts
            | SourceKind::IncidentIo
            | SourceKind::Rootly
            | SourceKind::Firehydrant
            | SourceKind::Statuspage
            | SourceKind::GrafanaOncall
            | SourceKind::GrafanaOncallNotes
    )
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
            Item::Context { key, text } if paging::KEYS.contains(&key) => {
                more_pages = paging::more(key, text).unwrap_or(more_pages);
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
                let context = Context { repository: repository.as_deref(), ..Context::of(reading) };
                match record(text, &context, &mut tally) {
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
    let caution = supporting::json_source(reading.kind).and_then(|source| source.caution);
    if let Some(caution) = caution.or_else(|| limits::coverage(reading.kind)) {
        summary.warn("coverage", caution.to_owned());
    }
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
    record(&text, &Context::of(reading), &mut Tally::default())
        .map_err(|fault| IngestError::NotRereadable { reason: fault.reason })
}

/// Reads one record. JSON is UTF-8; where a tool wrote another code page, the likelier of the two usual ones is taken.
pub(super) fn record(text: &[u8], context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    // Checked once as a whole: much faster than string by string.
    let text = match std::str::from_utf8(text) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            tally.not_utf8 += 1;
            Encoding::of_sample(text).decode(text)
        }
    };
    if let Some(source) = supporting::json_source(context.kind) {
        return supporting::read(source, &text, context, tally);
    }
    if let Some(found) = trackers::parse(&text, context, tally) {
        return found;
    }
    match context.kind {
        SourceKind::PagerdutyJson | SourceKind::PagerdutyAnalytics => pagerduty_json::incident(&text, context, tally),
        SourceKind::PagerdutyNotes => pagerduty_remarks::note(&text, context, tally),
        SourceKind::PagerdutyLog => pagerduty_remarks::log_entry(&text, context, tally),
        SourceKind::OpsgenieIncidents => opsgenie::incident(&text, context, tally),
        SourceKind::OpsgenieAlerts => opsgenie::alert(&text, context, tally),
        SourceKind::IncidentIo => incident_io::incident(&text, context, tally),
        SourceKind::Rootly => rootly::incident(&text, context, tally),
        SourceKind::Firehydrant => firehydrant::incident(&text, context, tally),
        SourceKind::Statuspage => statuspage::incident(&text, context, tally),
        SourceKind::GrafanaOncall => grafana_oncall::alert_group(&text, context, tally),
        SourceKind::GrafanaOncallNotes => grafana_oncall::resolution_note(&text, context, tally),
        _ => code_hosts::read(&text, context, tally),
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
    if let Some(warning) = limits::warning(kind, rows) {
        summary.warn("cut_off", warning);
    }
}

#[cfg(test)]
mod tests;
