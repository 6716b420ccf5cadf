//! Pull requests, from lists or one by one.

use super::{
    TOOL,
    identity::{RawIdentity, person},
};
use crate::{
    mention,
    source::{Context, Fault, SourceEntry, asked, change_text::ChangeText, parse, tally::Tally},
    value::json::{Listed, Said, Text, present, said},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{
        Bypass, Change, ChangeKind, ChangeState, FoundIn, Mention, MentionKind, Record, Review, ReviewCoverage, Verdict,
    },
    source::{Fact, SourceKind},
};
use serde::Deserialize;

/// Lists of pull requests.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::AzureReposPulls,
    title: "Azure DevOps pull requests",
    command: "az repos pr list --repository REPO --status completed --top 1000 --output json > prs.json",
    facts: &[
        Fact::Author,
        Fact::ImplementationTime,
        Fact::Merger,
        Fact::Approver,
        Fact::Labels,
        Fact::Text,
        Fact::BaseBranch,
        Fact::HeadBranch,
        Fact::MergeCommit,
        Fact::LinkFields,
        Fact::Bypass,
    ],
    cannot_tell: "when it was approved",
    traps: &[
        "votes have no time: the threads of the pull request have it",
        "groups carry the votes of their members and are no reviewers",
        "a vote of 5 is an approval, -5 and -10 are requests for changes",
        "the author may be a reviewer, and approve",
        "times have seven digits behind the point",
        "#12 is a work item, !12 a pull request",
        "that policies were bypassed, and why, stands in the single pull request only, and not which of them",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawPull<'a> {
    #[serde(borrow)]
    pull_request_id: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    description: Option<Text<'a>>,
    #[serde(borrow)]
    status: Option<Text<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    created_by: Said<RawIdentity<'a>>,
    #[serde(borrow)]
    closed_by: Option<RawIdentity<'a>>,
    #[serde(borrow)]
    creation_date: Option<Text<'a>>,
    #[serde(borrow)]
    closed_date: Option<Text<'a>>,
    #[serde(borrow)]
    source_ref_name: Option<Text<'a>>,
    #[serde(borrow)]
    target_ref_name: Option<Text<'a>>,
    #[serde(borrow)]
    last_merge_commit: Option<RawCommit<'a>>,
    #[serde(borrow)]
    last_merge_source_commit: Option<RawCommit<'a>>,
    #[serde(borrow, deserialize_with = "present")]
    labels: Said<Listed<RawLabel<'a>>>,
    #[serde(borrow)]
    reviewers: Option<Listed<RawReviewer<'a>>>,
    #[serde(borrow)]
    completion_options: Option<RawCompletion<'a>>,
    #[serde(borrow)]
    work_item_refs: Option<Listed<RawWorkItem<'a>>>,
    #[serde(borrow)]
    repository: Option<RawRepository<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawReviewer<'a> {
    #[serde(borrow)]
    display_name: Option<Text<'a>>,
    #[serde(borrow)]
    unique_name: Option<Text<'a>>,
    #[serde(borrow)]
    id: Option<Text<'a>>,
    vote: Option<i64>,
    is_container: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawCommit<'a> {
    #[serde(borrow)]
    commit_id: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLabel<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    active: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawCompletion<'a> {
    bypass_policy: Option<bool>,
    #[serde(borrow)]
    bypass_reason: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawWorkItem<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawRepository<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    web_url: Option<Text<'a>>,
    #[serde(borrow)]
    project: Option<RawProject<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawProject<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

/// Reads one pull request.
pub(in crate::source) fn pull(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawPull<'_> = parse(text)?;
    let Some(number) = raw.pull_request_id.as_ref().and_then(Text::non_empty) else {
        return Err(Fault::field("pullRequestId", "the pull request has no number".to_owned()));
    };
    let repository = context.repository(raw.repository.as_ref().and_then(RawRepository::path))?;
    let name = format!("{}!{number}", repository.to_lowercase());
    let id = format!("{TOOL}:{name}");
    let closed_at = context.needed_time("closedDate", raw.closed_date.as_ref(), tally)?;
    let state = raw.state(closed_at)?;
    let implemented_at = closed_at.filter(|_| state == ChangeState::Implemented);
    let merged = matches!(state, ChangeState::Implemented | ChangeState::ImplementedAtUnknown);
    let reviews = raw.reviews(&id)?;
    let title = raw.title.as_ref().map_or("", Text::as_str).to_owned();
    // A pull request without a description has no such key, so that a title is what shows that texts are there.
    let body = raw.body().or_else(|| (!title.is_empty()).then(String::new));
    let head_branch = raw.source_ref_name.as_ref().and_then(branch);
    let base_branch = raw.target_ref_name.as_ref().and_then(branch);
    let labels = raw.labels();
    // Before its completion a pull request has a trial merge that never becomes part of the branch.
    let merge_commit = raw.last_merge_commit.as_ref().and_then(RawCommit::id).filter(|_| merged);

    tally.ask(asked::PULL_REQUEST);
    tally.carry_if(raw.created_by.is_some(), Fact::Author);
    tally.carry_if(implemented_at.is_some(), Fact::ImplementationTime);
    tally.carry_if(raw.closed_by.is_some(), Fact::Merger);
    tally.carry_if(raw.reviewers.is_some(), Fact::Approver);
    tally.carry_if(labels.is_some(), Fact::Labels);
    tally.carry_if(body.is_some(), Fact::Text);
    tally.carry_if(base_branch.is_some(), Fact::BaseBranch);
    tally.carry_if(head_branch.is_some(), Fact::HeadBranch);
    tally.carry_if(merge_commit.is_some(), Fact::MergeCommit);
    tally.carry_if(raw.work_item_refs.is_some(), Fact::LinkFields);
    tally.implemented_at_unknown += u64::from(state == ChangeState::ImplementedAtUnknown);

    let text = ChangeText {
        repository: &repository,
        own: &name,
        title: &title,
        body: body.as_deref(),
        head_branch: head_branch.as_deref(),
        labels: labels.as_deref(),
    };
    let bypass = raw.bypass(&name, &repository, implemented_at);
    tally.carry_if(bypass.is_some(), Fact::Bypass);
    let mentions = with_work_items(text.mentions(raw.work_items()), &repository);
    let change = Change {
        id,
        kind: ChangeKind::PullRequest,
        source: TOOL.to_owned(),
        url: raw.repository.as_ref().and_then(|repository| repository.page(&number)),
        state,
        author: raw.created_by.as_ref().map(|author| author.as_ref().map_or_else(Person::deleted, RawIdentity::person)),
        merged_by: raw.closed_by.as_ref().filter(|_| merged).map(RawIdentity::person),
        commit_authors: Vec::new(),
        opened_at: context.time("creationDate", raw.creation_date.as_ref(), tally),
        implemented_at,
        // There is no time of the last update.
        updated_at: None,
        merge_commit,
        head_commit: raw.last_merge_source_commit.as_ref().and_then(RawCommit::id),
        category: None,
        review_coverage: if raw.reviewers.is_some() { ReviewCoverage::Complete } else { ReviewCoverage::NotCarried },
        reviews,
        mentions,
        repository,
        number,
        title,
        body,
        base_branch,
        head_branch,
        labels,
    };
    let bypass = bypass.map(|bypass| Record::Bypass(Box::new(Bypass { change: Some(change.id.clone()), ..bypass })));
    Ok(std::iter::once(Record::Change(Box::new(change))).chain(bypass).collect())
}

/// The repository that a pull request names by itself; a fault when it cannot be read at all.
pub(in crate::source) fn repository_in(text: &str) -> Result<Option<String>, Fault> {
    parse::<RawPull<'_>>(text).map(|raw| raw.repository.as_ref().and_then(RawRepository::path))
}

/// `#12` is a work item here, not something of the repository.
fn with_work_items(mut mentions: Vec<Mention>, repository: &str) -> Vec<Mention> {
    let prefix = format!("{}#", repository.to_lowercase());
    for mention in &mut mentions {
        if let Some(number) = mention.name.strip_prefix(&prefix) {
            mention.name = format!("AB#{number}");
            mention.kind = MentionKind::TicketKey;
        }
    }
    mention::settle(&mut mentions, None);
    mentions
}

/// `refs/heads/main` as people write it.
fn branch(name: &Text<'_>) -> Option<String> {
    let name = name.as_str();
    let short = name.strip_prefix("refs/heads/").unwrap_or(name).trim();
    (!short.is_empty()).then(|| short.to_owned())
}

impl RawPull<'_> {
    fn state(&self, closed_at: Option<Timestamp>) -> Result<ChangeState, Fault> {
        let word = self.status.as_ref().map_or("", Text::as_str);
        Ok(match word {
            "completed" if closed_at.is_some() => ChangeState::Implemented,
            "completed" => ChangeState::ImplementedAtUnknown,
            "active" => ChangeState::Open,
            "abandoned" => ChangeState::Abandoned,
            "" => return Err(Fault::field("status", "the pull request has no status".to_owned())),
            _ => return Err(Fault::field("status", format!("\"{word}\" is no status of a pull request"))),
        })
    }

    /// The description, and why policies were bypassed where somebody said so.
    fn body(&self) -> Option<String> {
        let said = self.description.as_ref().map(|body| body.as_str().to_owned());
        let completion = self.completion_options.as_ref().filter(|options| options.bypass_policy == Some(true));
        match completion.and_then(|options| options.bypass_reason.as_ref()?.non_empty()) {
            Some(reason) => Some(format!("{}\n\nPolicies bypassed: {reason}", said.unwrap_or_default())),
            None => said,
        }
    }

    /// That policies were bypassed to complete it, where the single pull request says so. Which of them it does not say.
    fn bypass(&self, name: &str, repository: &str, implemented_at: Option<Timestamp>) -> Option<Bypass> {
        let options = self.completion_options.as_ref()?;
        (options.bypass_policy == Some(true) && implemented_at.is_some()).then(|| Bypass {
            id: format!("{TOOL}-bypass:{name}"),
            source: TOOL.to_owned(),
            repository: Some(repository.to_owned()),
            branch: self.target_ref_name.as_ref().and_then(branch),
            actor: self.closed_by.as_ref().map(RawIdentity::person),
            at: implemented_at,
            change: None,
            commit_before: None,
            commit_after: self.last_merge_commit.as_ref().and_then(RawCommit::id),
            rules: None,
            skipped_review: None,
            url: None,
        })
    }

    fn labels(&self) -> Option<Vec<String>> {
        let listed = said(&self.labels)?;
        let standing = listed.items.iter().filter(|label| label.active != Some(false));
        Some(standing.filter_map(|label| label.name.as_ref()?.non_empty()).collect())
    }

    fn reviews(&self, change: &str) -> Result<Vec<Review>, Fault> {
        let mut reviews = Vec::new();
        for reviewer in self.reviewers.iter().flat_map(|listed| &listed.items) {
            if reviewer.is_container == Some(true) {
                continue;
            }
            let verdict = match reviewer.vote {
                Some(10 | 5) => Verdict::Approved,
                Some(-5 | -10) => Verdict::ChangesRequested,
                Some(0) | None => continue,
                Some(vote) => return Err(Fault::field("reviewers.vote", format!("{vote} is no vote of Azure DevOps"))),
            };
            reviews.push(Review {
                change: change.to_owned(),
                source_id: None,
                reviewer: person(reviewer.unique_name.as_ref(), reviewer.display_name.as_ref(), reviewer.id.as_ref()),
                verdict,
                submitted_at: None,
                commit: None,
                url: None,
            });
        }
        Ok(reviews)
    }

    fn work_items(&self) -> Vec<Mention> {
        let listed = self.work_item_refs.iter().flat_map(|listed| &listed.items);
        let numbers = listed.filter_map(|item| item.id.as_ref()?.non_empty());
        let named = |number: String| Mention {
            kind: MentionKind::TicketKey,
            name: format!("AB#{number}"),
            found_in: FoundIn::LinkField,
            text: "work item".to_owned(),
        };
        numbers.map(named).collect()
    }
}

impl RawCommit<'_> {
    fn id(&self) -> Option<String> {
        self.commit_id.as_ref().and_then(Text::non_empty)
    }
}

impl RawRepository<'_> {
    /// `project/repository`.
    fn path(&self) -> Option<String> {
        let project = self.project.as_ref()?.name.as_ref()?.non_empty()?;
        Some(format!("{project}/{}", self.name.as_ref()?.non_empty()?))
    }

    fn page(&self, number: &str) -> Option<String> {
        self.web_url.as_ref().and_then(Text::non_empty).map(|url| format!("{url}/pullrequest/{number}"))
    }
}
