//! The export files, each as its tool writes it.

pub(crate) mod folder;
pub(crate) mod github;
pub(crate) mod jira;
pub(crate) mod pagerduty;
pub(crate) mod readme;
