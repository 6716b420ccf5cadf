//! Bitbucket Cloud: pull requests, from lists or one by one.

use super::names::{RawAccount, RawLinks, RawRepository, change_id, person_or_deleted};
use crate::{
    source::{Context, Fault, SourceEntry, asked, change_text::ChangeText, parse, tally::Tally},
    value::json::{Listed, Said, Text, present, said, written},
};
use change_ledger_model::{
    Timestamp,
    record::{Change, ChangeKind, ChangeState, Record, Review, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};
use serde::Deserialize;

/// The tool, as ids name it.
pub(super) const TOOL: &str = "bitbucket";

/// Lists of pull requests.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::BitbucketPulls,
    title: "Bitbucket Cloud pull requests",
    command: "curl -u USER:APP_PASSWORD \"https://api.bitbucket.org/2.0/repositories/WORKSPACE/REPO/pullrequests?state=MERGED&pagelen=50&fields=%2Bvalues.participants\" > pulls-1.json, then each address that the answer names as next",
    facts: &[
        Fact::Author,
        Fact::ImplementationTime,
        Fact::Merger,
        Fact::Approver,
        Fact::Text,
        Fact::BaseBranch,
        Fact::HeadBranch,
        Fact::MergeCommit,
    ],
    cannot_tell: "when it was merged or approved: the activity does; labels",
    traps: &[
        "no time of the merge: the activity of the pull requests has it",
        "no labels at all",
        "participants only when asked for: otherwise who reviewed is unknown",
        "a participant's time is that of the last action, not of the approval",
        "commits are cut to 12 characters",
        "10 rows per page unless pagelen says otherwise",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawPull<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    description: Said<Text<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    author: Said<RawAccount<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    closed_by: Said<RawAccount<'a>>,
    #[serde(borrow)]
    merge_commit: Option<RawCommit<'a>>,
    #[serde(borrow)]
    created_on: Option<Text<'a>>,
    #[serde(borrow)]
    updated_on: Option<Text<'a>>,
    #[serde(borrow)]
    closed_on: Option<Text<'a>>,
    #[serde(borrow)]
    source: Option<RawSide<'a>>,
    #[serde(borrow)]
    destination: Option<RawSide<'a>>,
    #[serde(borrow)]
    links: Option<RawLinks<'a>>,
    #[serde(borrow)]
    participants: Option<Listed<RawParticipant<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSide<'a> {
    #[serde(borrow)]
    branch: Option<RawBranch<'a>>,
    #[serde(borrow)]
    commit: Option<RawCommit<'a>>,
    #[serde(borrow)]
    repository: Option<RawRepository<'a>>,
}

impl RawSide<'_> {
    /// The branch's name.
    pub(super) fn branch(&self) -> Option<String> {
        self.branch.as_ref()?.name.as_ref()?.non_empty()
    }

    /// The branch's last commit.
    pub(super) fn commit(&self) -> Option<String> {
        self.commit.as_ref()?.hash.as_ref()?.non_empty()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawBranch<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawCommit<'a> {
    #[serde(borrow)]
    hash: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawParticipant<'a> {
    #[serde(borrow)]
    user: Option<RawAccount<'a>>,
    #[serde(borrow)]
    state: Option<Text<'a>>,
    approved: Option<bool>,
}

/// Reads one pull request.
pub(in crate::source) fn pull(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawPull<'_> = parse(text)?;
    let Some(number) = raw.id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("id", "the pull request has no id, the number that people write".to_owned()));
    };
    let repository = context.repository(raw.repository())?;
    let id = change_id(TOOL, &repository, &number);
    // Older answers have no such field; the time of the last update is not the time of the merge.
    let closed_at = context.needed_time("closed_on", raw.closed_on.as_ref(), tally)?;
    let word = raw.state.as_ref().map_or("", Text::as_str);
    let state = state(word, closed_at)?;
    let implemented_at = closed_at.filter(|_| state == ChangeState::Implemented);
    let merged = matches!(state, ChangeState::Implemented | ChangeState::ImplementedAtUnknown);
    let title = raw.title.as_ref().map_or("", Text::as_str).to_owned();
    let body = written(&raw.description);
    let head_branch = raw.source.as_ref().and_then(RawSide::branch);
    let base_branch = raw.destination.as_ref().and_then(RawSide::branch);
    let merge_commit = raw.merge_commit.as_ref().and_then(|commit| commit.hash.as_ref()?.non_empty());

    tally.ask(asked::PULL_REQUEST);
    tally.carry_if(raw.author.is_some(), Fact::Author);
    tally.carry_if(implemented_at.is_some(), Fact::ImplementationTime);
    tally.carry_if(raw.closed_by.is_some(), Fact::Merger);
    tally.carry_if(raw.participants.is_some(), Fact::Approver);
    tally.carry_if(raw.description.is_some(), Fact::Text);
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
    let participants = raw.participants.iter().flat_map(|listed| &listed.items);
    Ok(vec![Record::Change(Box::new(Change {
        kind: ChangeKind::PullRequest,
        source: TOOL.to_owned(),
        url: raw.links.as_ref().and_then(RawLinks::page),
        state,
        author: raw.author.as_ref().map(|author| person_or_deleted(author.as_ref())),
        merged_by: said(&raw.closed_by).filter(|_| merged).map(RawAccount::person),
        commit_authors: Vec::new(),
        opened_at: context.time("created_on", raw.created_on.as_ref(), tally),
        implemented_at,
        updated_at: context.time("updated_on", raw.updated_on.as_ref(), tally),
        merge_commit: merge_commit.filter(|_| merged),
        head_commit: raw.source.as_ref().and_then(RawSide::commit),
        labels: None,
        category: None,
        review_coverage: if raw.participants.is_some() { ReviewCoverage::Complete } else { ReviewCoverage::NotCarried },
        reviews: participants.filter_map(|participant| participant.review(&id)).collect(),
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
    parse::<RawPull<'_>>(text).map(|raw| raw.repository())
}

/// How far a pull request got.
pub(super) fn state(word: &str, closed_at: Option<Timestamp>) -> Result<ChangeState, Fault> {
    Ok(match word {
        "MERGED" if closed_at.is_some() => ChangeState::Implemented,
        "MERGED" => ChangeState::ImplementedAtUnknown,
        "OPEN" => ChangeState::Open,
        "DECLINED" | "SUPERSEDED" => ChangeState::Abandoned,
        "" => return Err(Fault::field("state", "the pull request has no state".to_owned())),
        _ => return Err(Fault::field("state", format!("\"{word}\" is no state of a pull request"))),
    })
}

impl RawPull<'_> {
    fn repository(&self) -> Option<String> {
        let named =
            self.destination.as_ref().and_then(|side| side.repository.as_ref()?.full_name.as_ref()?.non_empty());
        named.or_else(|| self.links.as_ref()?.pull_request().map(|(repository, _)| repository))
    }
}

impl RawParticipant<'_> {
    /// What a participant said last. When is not told.
    fn review(&self, change: &str) -> Option<Review> {
        let verdict = match self.state.as_ref().map(Text::as_str) {
            Some("changes_requested") => Verdict::ChangesRequested,
            Some("approved") => Verdict::Approved,
            _ if self.approved == Some(true) => Verdict::Approved,
            _ => return None,
        };
        Some(Review {
            change: change.to_owned(),
            source_id: None,
            reviewer: person_or_deleted(self.user.as_ref()),
            verdict,
            submitted_at: None,
            commit: None,
            url: None,
        })
    }
}
