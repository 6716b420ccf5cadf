//! Tells whose table a file is, from its beginning.

use super::{Head, header};
use crate::{
    IngestError, Options, Recognition,
    input::encoding::Encoding,
    recognise::HEAD_SIZE,
    source::{generic_csv, gitlab, jira_csv, opsgenie_csv, pagerduty_csv, pipeline_csv, supporting, trackers},
};
use change_ledger_model::source::SourceKind;

/// The kind of table that begins with `sample`; `None` when it is no table at all.
///
/// # Errors
/// When it is a table that neither a tool of the list nor a profile explains, or one beyond every limit.
pub(crate) fn recognise(sample: &[u8], file: &str, options: &Options) -> Result<Option<Recognition>, IngestError> {
    let complete = (sample.len() as u64) < HEAD_SIZE;
    let Some(head) = Head::of(sample, Encoding::of_sample(sample), complete, file)?.filter(is_table) else {
        return Ok(None);
    };
    let found = |kind: SourceKind, reason: String| Ok(Some(Recognition { kind, reason }));
    let by_profile = options.profile.as_ref().map(|profile| {
        let reason = format!("It is a table, and the profile \"{}\" says what its columns mean.", profile.name);
        (profile.fits(&head.header), reason)
    });
    if let Some((true, reason)) = by_profile {
        return found(SourceKind::GenericCsv, reason);
    }
    if let Some(reason) = jira_csv::recognise(&head) {
        return found(SourceKind::JiraCsv, reason);
    }
    if let Some((kind, reason)) = supporting::recognise_table(&head) {
        return found(kind, reason);
    }
    if let Some(reason) = pipeline_csv::recognise(&head) {
        return found(SourceKind::PipelineCsv, reason);
    }
    if let Some(reason) = gitlab::merge_request_csv::recognise(&head) {
        return found(SourceKind::GitlabMergeRequestsCsv, reason);
    }
    if let Some(reason) = gitlab::issue_csv::recognise(&head) {
        return found(SourceKind::GitlabIssuesCsv, reason);
    }
    if let Some((kind, reason)) = trackers::recognise_table(&head) {
        return found(kind, reason);
    }
    if let Some(reason) = pagerduty_csv::recognise(&head) {
        return found(SourceKind::PagerdutyCsv, reason);
    }
    if let Some(reason) = opsgenie_csv::recognise(&head) {
        return found(SourceKind::OpsgenieCsv, reason);
    }
    // Reading it will say which column is missing.
    if let Some((_, reason)) = by_profile {
        return found(SourceKind::GenericCsv, reason);
    }
    Err(IngestError::NotRecognised {
        file: file.to_owned(),
        seen: format!("it is a table of an unknown tool with the columns {}", header::listed(&head.header)),
        hint: generic_csv::hint(&head.header),
    })
}

/// Whether the lines are rows: most of them are as wide as the first, and they are text.
pub(super) fn is_table(head: &Head) -> bool {
    let is_markup = head.header.first().is_some_and(|name| name.starts_with('<') || name.starts_with("%PDF"));
    !is_markup && head.is_regular()
}
