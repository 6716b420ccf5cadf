//! One pull request or issue as any of GitHub's exports writes it.
//!
//! `gh --json` and GraphQL write camel case, REST snake case, a history archive plain logins: the
//! names differ, the things do not, so one shape reads them all.

use super::dismissal::RawDismissal;
use crate::value::json::{Actor, Listed, Named, Said, Text, present};
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
};
use std::fmt;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawPull<'a> {
    #[serde(borrow)]
    pub number: Option<Text<'a>>,
    #[serde(borrow)]
    pub title: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    pub body: Said<Text<'a>>,
    #[serde(borrow)]
    pub url: Option<Text<'a>>,
    #[serde(borrow)]
    pub html_url: Option<Text<'a>>,
    #[serde(borrow)]
    pub state: Option<Text<'a>>,
    #[serde(borrow, alias = "stateReason")]
    pub state_reason: Option<Text<'a>>,
    pub merged: Option<bool>,
    #[serde(borrow, alias = "user", deserialize_with = "present")]
    pub author: Said<Actor<'a>>,
    #[serde(borrow, alias = "mergedBy", deserialize_with = "present")]
    pub merged_by: Said<Actor<'a>>,
    #[serde(borrow, alias = "createdAt")]
    pub created_at: Option<Text<'a>>,
    #[serde(borrow, alias = "updatedAt")]
    pub updated_at: Option<Text<'a>>,
    #[serde(borrow, alias = "closedAt", deserialize_with = "present")]
    pub closed_at: Said<Text<'a>>,
    #[serde(borrow, alias = "mergedAt", deserialize_with = "present")]
    pub merged_at: Said<Text<'a>>,
    #[serde(borrow, alias = "mergeCommit", alias = "merge_commit_sha", deserialize_with = "present")]
    pub merge_commit: Said<Named<'a>>,
    #[serde(borrow, alias = "headRefOid")]
    pub head_ref_oid: Option<Text<'a>>,
    #[serde(borrow, alias = "baseRefName")]
    pub base_ref_name: Option<Text<'a>>,
    #[serde(borrow, alias = "headRefName")]
    pub head_ref_name: Option<Text<'a>>,
    #[serde(borrow)]
    pub base: Option<RawSide<'a>>,
    #[serde(borrow)]
    pub head: Option<RawSide<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    pub labels: Said<Listed<Named<'a>>>,
    #[serde(borrow, deserialize_with = "present")]
    pub reviews: Said<Listed<RawReview<'a>>>,
    #[serde(borrow)]
    pub commits: Option<Listed<RawCommit<'a>>>,
    #[serde(borrow)]
    pub comments: Option<Listed<RawComment<'a>>>,
    #[serde(borrow)]
    pub assignees: Option<Listed<Actor<'a>>>,
    #[serde(borrow, alias = "closingIssuesReferences", deserialize_with = "present")]
    pub closing_issues_references: Said<Listed<RawIssueReference<'a>>>,
    #[serde(borrow, rename = "timelineItems")]
    pub timeline: Option<Listed<RawDismissal<'a>>>,
    #[serde(borrow)]
    pub repository: Option<RawRepository<'a>>,
    /// In lists of issues that hold pull requests as well: that this is one.
    pub pull_request: Option<IgnoredAny>,
}

/// One side of a pull request in REST.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSide<'a> {
    #[serde(borrow, rename = "ref")]
    pub branch: Option<Text<'a>>,
    #[serde(borrow)]
    pub sha: Option<Text<'a>>,
    #[serde(borrow)]
    pub repo: Option<RawRepository<'a>>,
}

/// A repository, by whichever of its names an export has.
#[derive(Debug, Default)]
pub(super) struct RawRepository<'a> {
    full_name: Option<Text<'a>>,
    name: Option<Text<'a>>,
    owner: Option<Named<'a>>,
}

impl RawRepository<'_> {
    /// `owner/name`.
    pub(super) fn path(&self) -> Option<String> {
        if let Some(full) = self.full_name.as_ref().and_then(Text::non_empty) {
            return Some(full);
        }
        let owner = self.owner.as_ref()?.0.as_ref()?.non_empty()?;
        let name = self.name.as_ref()?.non_empty()?;
        Some(format!("{owner}/{name}"))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawRepository<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RepositoryVisitor;
        impl<'de> Visitor<'de> for RepositoryVisitor {
            type Value = RawRepository<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a repository")
            }
            fn visit_str<E: de::Error>(self, path: &str) -> Result<RawRepository<'de>, E> {
                Ok(RawRepository { full_name: Some(Text(path.to_owned().into())), ..RawRepository::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawRepository<'de>, A::Error> {
                let mut repository = RawRepository::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match key.as_str() {
                        "full_name" | "nameWithOwner" => repository.full_name = map.next_value()?,
                        "name" => repository.name = map.next_value()?,
                        "owner" => repository.owner = map.next_value()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(repository)
            }
        }
        deserializer.deserialize_any(RepositoryVisitor)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawReview<'a> {
    #[serde(borrow)]
    pub id: Option<Text<'a>>,
    #[serde(borrow, alias = "user")]
    pub author: Option<Actor<'a>>,
    #[serde(borrow)]
    pub state: Option<Text<'a>>,
    #[serde(borrow, alias = "submittedAt")]
    pub submitted_at: Option<Text<'a>>,
    /// The time of submission in history archives, which have no other.
    #[serde(borrow, alias = "createdAt")]
    pub created_at: Option<Text<'a>>,
    #[serde(borrow, alias = "commit_id")]
    pub commit: Option<Named<'a>>,
    #[serde(borrow)]
    pub url: Option<Text<'a>>,
    #[serde(borrow)]
    pub html_url: Option<Text<'a>>,
    #[serde(borrow)]
    pub pull_request_url: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawCommit<'a> {
    #[serde(borrow, alias = "sha")]
    pub oid: Option<Text<'a>>,
    #[serde(borrow)]
    pub authors: Option<Listed<Actor<'a>>>,
    #[serde(borrow)]
    pub author: Option<Actor<'a>>,
    /// GraphQL wraps each commit of a pull request once more.
    #[serde(borrow)]
    pub commit: Option<Box<RawCommit<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawComment<'a> {
    #[serde(borrow, alias = "user")]
    pub author: Option<Actor<'a>>,
    #[serde(borrow)]
    pub body: Option<Text<'a>>,
    #[serde(borrow, alias = "createdAt")]
    pub created_at: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawIssueReference<'a> {
    #[serde(borrow)]
    pub number: Option<Text<'a>>,
    #[serde(borrow)]
    pub url: Option<Text<'a>>,
    #[serde(borrow)]
    pub repository: Option<RawRepository<'a>>,
}
