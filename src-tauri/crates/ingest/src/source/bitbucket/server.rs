//! Bitbucket Server and Data Center: pull requests.

use super::names::{RawServerUser, change_id};
use crate::{
    source::{Context, Fault, SourceEntry, asked, change_text::ChangeText, parse, tally::Tally},
    value::json::{Listed, Said, Text, present, said},
};
use change_ledger_model::{
    person::Person,
    record::{Change, ChangeKind, ChangeState, Record, Review, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};
use serde::Deserialize;

/// The tool, as ids name it.
pub(super) const TOOL: &str = "bitbucket-server";

/// Lists of pull requests.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::BitbucketServerPulls,
    title: "Bitbucket Server and Data Center pull requests",
    command: "curl -H \"Authorization: Bearer TOKEN\" \"https://HOST/rest/api/1.0/projects/KEY/repos/REPO/pull-requests?state=MERGED&limit=1000\" > pulls.json",
    facts: &[
        Fact::Author,
        Fact::ImplementationTime,
        Fact::Approver,
        Fact::Text,
        Fact::BaseBranch,
        Fact::HeadBranch,
        Fact::MergeCommit,
    ],
    cannot_tell: "when it was approved, who merged: the activities do; labels",
    traps: &[
        "times are milliseconds since 1970",
        "who approved but not when: the activities have it",
        "NEEDS_WORK is a request for changes",
        "no labels, and no word of who merged",
        "25 rows per page unless limit says otherwise",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawPull<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow)]
    created_date: Option<Text<'a>>,
    #[serde(borrow)]
    updated_date: Option<Text<'a>>,
    #[serde(borrow)]
    closed_date: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    author: Said<RawParticipant<'a>>,
    #[serde(borrow)]
    reviewers: Option<Listed<RawParticipant<'a>>>,
    /// People who were not asked and spoke up; an approval makes a reviewer of them.
    #[serde(borrow)]
    participants: Option<Listed<RawParticipant<'a>>>,
    #[serde(borrow)]
    from_ref: Option<RawRef<'a>>,
    #[serde(borrow)]
    to_ref: Option<RawRef<'a>>,
    #[serde(borrow)]
    properties: Option<RawProperties<'a>>,
    #[serde(borrow)]
    links: Option<RawLinks<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawParticipant<'a> {
    #[serde(borrow)]
    user: Option<RawServerUser<'a>>,
    approved: Option<bool>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow)]
    last_reviewed_commit: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RawRef<'a> {
    #[serde(borrow)]
    display_id: Option<Text<'a>>,
    #[serde(borrow)]
    latest_commit: Option<Text<'a>>,
    #[serde(borrow)]
    repository: Option<RawRepository<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawRepository<'a> {
    #[serde(borrow)]
    slug: Option<Text<'a>>,
    #[serde(borrow)]
    project: Option<RawProject<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawProject<'a> {
    #[serde(borrow)]
    key: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawProperties<'a> {
    #[serde(borrow)]
    merge_commit: Option<RawCommit<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawCommit<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLinks<'a> {
    #[serde(borrow, rename = "self")]
    pages: Option<Listed<RawLink<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLink<'a> {
    #[serde(borrow)]
    href: Option<Text<'a>>,
}

/// Reads one pull request.
pub(in crate::source) fn pull(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawPull<'_> = parse(text)?;
    let Some(number) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the pull request has no id, the number that people write".to_owned()));
    };
    let repository = context.repository(raw.to_ref.as_ref().and_then(RawRef::repository))?;
    let id = change_id(TOOL, &repository, &number);
    let closed_at = context.needed_time("closedDate", raw.closed_date.as_ref(), tally)?;
    let state = super::cloud::state(raw.state.as_ref().map_or("", Text::as_str), closed_at)?;
    let implemented_at = closed_at.filter(|_| state == ChangeState::Implemented);
    let merged = matches!(state, ChangeState::Implemented | ChangeState::ImplementedAtUnknown);
    let title = raw.title.as_ref().map_or("", Text::as_str).to_owned();
    // A pull request without a description has no such key, so that a title is what shows that texts are there.
    let body = raw.description.as_ref().map(|body| body.as_str().to_owned());
    let body = body.or_else(|| (!title.is_empty()).then(String::new));
    let head_branch = raw.from_ref.as_ref().and_then(|side| side.display_id.as_ref()?.non_empty());
    let base_branch = raw.to_ref.as_ref().and_then(|side| side.display_id.as_ref()?.non_empty());
    let merge_commit = raw.properties.as_ref().and_then(|known| known.merge_commit.as_ref()?.id.as_ref()?.non_empty());

    tally.ask(asked::PULL_REQUEST);
    tally.carry_if(raw.author.is_some(), Fact::Author);
    tally.carry_if(implemented_at.is_some(), Fact::ImplementationTime);
    tally.carry_if(raw.reviewers.is_some(), Fact::Approver);
    tally.carry_if(body.is_some(), Fact::Text);
    tally.carry_if(base_branch.is_some(), Fact::BaseBranch);
    tally.carry_if(head_branch.is_some(), Fact::HeadBranch);
    tally.carry_if(merge_commit.is_some(), Fact::MergeCommit);
    tally.implemented_at_unknown += u64::from(state == ChangeState::ImplementedAtUnknown);

    let text = ChangeText {
        repository: &repository,
        own: &format!("{}#{number}", repository.to_lowercase()),
        title: &title,
        body: body.as_deref(),
        head_branch: head_branch.as_deref(),
        labels: None,
    };
    let asked = raw.reviewers.iter().flat_map(|listed| &listed.items);
    let others = raw.participants.iter().flat_map(|listed| &listed.items);
    Ok(vec![Record::Change(Box::new(Change {
        kind: ChangeKind::PullRequest,
        source: TOOL.to_owned(),
        url: raw.page(),
        state,
        author: said(&raw.author).map(RawParticipant::person),
        merged_by: None,
        commit_authors: Vec::new(),
        opened_at: context.time("createdDate", raw.created_date.as_ref(), tally),
        implemented_at,
        updated_at: context.time("updatedDate", raw.updated_date.as_ref(), tally),
        merge_commit: merge_commit.filter(|_| merged),
        head_commit: raw.from_ref.as_ref().and_then(|side| side.latest_commit.as_ref()?.non_empty()),
        labels: None,
        category: None,
        review_coverage: if raw.reviewers.is_some() { ReviewCoverage::Complete } else { ReviewCoverage::NotCarried },
        reviews: asked.chain(others).filter_map(|participant| participant.review(&id)).collect(),
        mentions: text.mentions(Vec::new()),
        id,
        repository,
        number,
        title,
        body,
        base_branch,
        head_branch,
    }))])
}

/// The repository that a pull request names by itself; a fault when it cannot be read at all.
pub(in crate::source) fn repository_in(text: &str) -> Result<Option<String>, Fault> {
    parse::<RawPull<'_>>(text).map(|raw| raw.to_ref.as_ref().and_then(RawRef::repository))
}

impl RawPull<'_> {
    fn page(&self) -> Option<String> {
        self.links.as_ref()?.pages.as_ref()?.items.first()?.href.as_ref()?.non_empty()
    }
}

impl RawRef<'_> {
    /// `PAY/checkout`: the project's key and the repository's short name.
    pub(super) fn repository(&self) -> Option<String> {
        let repository = self.repository.as_ref()?;
        let project = repository.project.as_ref()?.key.as_ref()?.non_empty()?;
        Some(format!("{project}/{}", repository.slug.as_ref()?.non_empty()?))
    }
}

impl RawParticipant<'_> {
    fn person(&self) -> Person {
        self.user.as_ref().map_or_else(Person::deleted, RawServerUser::person)
    }

    /// Where a reviewer stands. Since when is not told.
    fn review(&self, change: &str) -> Option<Review> {
        let verdict = match self.status.as_ref().map(Text::as_str) {
            Some("NEEDS_WORK") => Verdict::ChangesRequested,
            Some("APPROVED") => Verdict::Approved,
            _ if self.approved == Some(true) => Verdict::Approved,
            _ => return None,
        };
        Some(Review {
            change: change.to_owned(),
            source_id: None,
            reviewer: self.person(),
            verdict,
            submitted_at: None,
            commit: self.last_reviewed_commit.as_ref().and_then(Text::non_empty),
            url: None,
        })
    }
}
