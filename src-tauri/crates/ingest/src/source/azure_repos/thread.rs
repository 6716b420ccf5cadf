//! Threads of pull requests: Azure DevOps writes a vote with its time as a thread of the system.

use super::{TOOL, identity::RawIdentity};
use crate::{
    source::{Context, Fault, SourceEntry, asked, parse, tally::Tally},
    value::json::{Listed, Text},
};
use change_ledger_model::{
    person::Person,
    record::{Record, Review, Verdict},
    source::{Fact, SourceKind},
};
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// Threads of pull requests.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::AzureReposThreads,
    title: "Azure DevOps threads of a pull request",
    command: "az devops invoke --area git --resource pullRequestThreads --route-parameters project=PROJECT repositoryId=REPO pullRequestId=NUMBER > threads-NUMBER.json, then change-ledger import --repository \"PROJECT/REPO!NUMBER\" threads-NUMBER.json",
    facts: asked::APPROVAL,
    cannot_tell: "the change itself",
    traps: &[
        "votes are threads of the system, whatever their sentence says",
        "a vote of 0 takes the one before back",
        "a push may reset all votes without naming whose: every earlier vote is taken back",
        "repositories are named by an id only: --repository has to say which it is",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawThread<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    published_date: Option<Text<'a>>,
    #[serde(borrow)]
    comments: Option<Listed<RawComment<'a>>>,
    #[serde(borrow)]
    properties: Option<RawProperties<'a>>,
    #[serde(borrow)]
    identities: Option<BTreeMap<Text<'a>, RawIdentity<'a>>>,
    thread_context: Option<IgnoredAny>,
    #[serde(borrow, rename = "_links")]
    links: Option<RawLinks<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawComment<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    author: Option<RawIdentity<'a>>,
    #[serde(borrow)]
    published_date: Option<Text<'a>>,
    #[serde(borrow)]
    comment_type: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawProperties<'a> {
    #[serde(borrow, rename = "CodeReviewThreadType")]
    kind: Option<RawProperty<'a>>,
    #[serde(borrow, rename = "CodeReviewVoteResult")]
    vote: Option<RawProperty<'a>>,
    /// A key of the thread's identities.
    #[serde(borrow, rename = "CodeReviewVotedByIdentity")]
    voter: Option<RawProperty<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawProperty<'a> {
    #[serde(borrow, rename = "$value")]
    value: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLinks<'a> {
    #[serde(borrow, rename = "self")]
    resource: Option<RawLink<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawLink<'a> {
    #[serde(borrow)]
    href: Option<Text<'a>>,
}

/// Reads one thread: a vote, or remarks on the code. Other threads are no reviews.
pub(in crate::source) fn thread(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawThread<'_> = parse(text)?;
    tally.ask(asked::APPROVAL);
    let kind = raw.properties.as_ref().and_then(|properties| properties.kind.as_ref()?.said());
    let reviews = match kind {
        Some("VoteUpdate") => vec![raw.vote(&raw.change(context)?, context, tally)?],
        Some("ResetAllVotes") => vec![raw.reset(&raw.change(context)?, context, tally)?],
        None if raw.thread_context.is_some() => raw.remarks(&raw.change(context)?, context, tally)?,
        _ => Vec::new(),
    };
    tally.carry_if(!reviews.is_empty() && kind != Some("ResetAllVotes"), Fact::Approver);
    tally.carry_if(reviews.iter().any(|review| review.submitted_at.is_some()), Fact::ApprovalTime);
    Ok(reviews.into_iter().map(|review| Record::Review(Box::new(review))).collect())
}

impl RawProperty<'_> {
    fn said(&self) -> Option<&str> {
        self.value.as_ref().map(Text::as_str)
    }
}

impl RawThread<'_> {
    /// The pull request: the number from the thread's own address or from what is known of the file, the
    /// repository only from the latter (`Pay/checkout`, `Pay/checkout!22`).
    fn change(&self, context: &Context<'_>) -> Result<String, Fault> {
        let known = context.repository.unwrap_or_default();
        let (repository, number) =
            known.split_once(['!', '#']).map_or((known, None), |(path, number)| (path, Some(number)));
        let address = self.links.as_ref().and_then(|links| links.resource.as_ref()?.href.as_ref());
        let own = address.and_then(|address| address.as_str().split_once("/pullRequests/")?.1.split('/').next());
        match own.or(number).filter(|_| !repository.is_empty()) {
            Some(number) => Ok(format!("{TOOL}:{}!{number}", repository.to_lowercase())),
            None => Err(Fault::field(
                "_links",
                "the thread does not say which pull request it belongs to, and --repository PROJECT/REPO!NUMBER does not either"
                    .to_owned(),
            )),
        }
    }

    fn vote(&self, change: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Review, Fault> {
        let properties = self.properties.as_ref();
        let vote = properties.and_then(|properties| properties.vote.as_ref()?.said()).unwrap_or_default();
        let verdict = match vote {
            "10" | "5" => Verdict::Approved,
            "-5" | "-10" => Verdict::ChangesRequested,
            "0" => Verdict::Withdrawn,
            _ => return Err(Fault::field("CodeReviewVoteResult", format!("\"{vote}\" is no vote of Azure DevOps"))),
        };
        let named = properties.and_then(|properties| {
            let key = properties.voter.as_ref()?.value.as_ref()?;
            self.identities.as_ref()?.get(key)
        });
        let author = || self.comments.as_ref()?.items.first()?.author.as_ref();
        Ok(Review {
            change: change.to_owned(),
            source_id: self.id.as_ref().and_then(Text::non_empty),
            reviewer: named.or_else(author).map_or_else(Person::deleted, RawIdentity::person),
            verdict,
            submitted_at: context.needed_time("publishedDate", self.published_date.as_ref(), tally)?,
            commit: None,
            url: None,
        })
    }

    /// A push took everybody's vote back.
    fn reset(&self, change: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Review, Fault> {
        let Some(at) = context.needed_time("publishedDate", self.published_date.as_ref(), tally)? else {
            return Err(Fault::field("publishedDate", "the reset of all votes has no time".to_owned()));
        };
        Ok(Review {
            change: change.to_owned(),
            source_id: self.id.as_ref().and_then(Text::non_empty),
            reviewer: Person::deleted(),
            verdict: Verdict::Reset,
            submitted_at: Some(at),
            commit: None,
            url: None,
        })
    }

    fn remarks(&self, change: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Review>, Fault> {
        let thread = self.id.as_ref().and_then(Text::non_empty).unwrap_or_default();
        let written = self.comments.iter().flat_map(|listed| &listed.items);
        let by_people =
            written.filter(|comment| comment.comment_type.as_ref().is_none_or(|kind| kind.as_str() == "text"));
        by_people
            .map(|comment| {
                Ok(Review {
                    change: change.to_owned(),
                    source_id: comment.id.as_ref().and_then(Text::non_empty).map(|id| format!("{thread}/{id}")),
                    reviewer: comment.author.as_ref().map_or_else(Person::deleted, RawIdentity::person),
                    verdict: Verdict::Commented,
                    submitted_at: context.needed_time(
                        "comments.publishedDate",
                        comment.published_date.as_ref(),
                        tally,
                    )?,
                    commit: None,
                    url: None,
                })
            })
            .collect()
    }
}
