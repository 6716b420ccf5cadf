//! GitLab: merge requests, their approvals and notes, and issues, from its interface and as CSV.

mod entries;
mod incident;
pub(super) mod issue;
pub(crate) mod issue_csv;
pub(super) mod merge_request;
pub(crate) mod merge_request_csv;
mod names;
pub(super) mod note;
#[cfg(test)]
mod tests;

pub(super) use entries::{
    APPROVALS_ENTRY, ISSUES_CSV_ENTRY, ISSUES_ENTRY, MERGE_REQUESTS_CSV_ENTRY, MERGE_REQUESTS_ENTRY, NOTES_ENTRY,
};
