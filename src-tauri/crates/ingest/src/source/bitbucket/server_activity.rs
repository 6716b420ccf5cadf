//! Bitbucket Server and Data Center: the activities of pull requests, which know when they were approved and by
//! whom they were merged.

use super::{
    names::{RawServerUser, change_id},
    server::{RawRef, TOOL},
};
use crate::{
    source::{Context, Fault, SourceEntry, asked, parse, tally::Tally},
    value::json::Text,
};
use change_ledger_model::{
    person::Person,
    record::{Change, ChangeKind, ChangeState, Record, Review, ReviewCoverage, Verdict},
    source::{Fact, SourceKind},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
};
use std::fmt;

/// Activities of pull requests.
pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::BitbucketServerActivities,
    title: "Bitbucket Server and Data Center activities of pull requests",
    command: "curl -H \"Authorization: Bearer TOKEN\" \"https://HOST/rest/api/1.0/projects/KEY/repos/REPO/pull-requests/NUMBER/activities?limit=1000\" > activities-NUMBER.json, then change-ledger import --repository KEY/REPO#NUMBER activities-NUMBER.json",
    facts: asked::ACTIVITY,
    cannot_tell: "the change itself",
    traps: &[
        "the answer does not name its pull request: --repository has to",
        "an approval that was taken back is an activity of its own",
        "remarks outside the code are no reviews",
        "newest first",
    ],
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RawActivity<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    created_date: Option<Text<'a>>,
    #[serde(borrow)]
    user: Option<RawServerUser<'a>>,
    #[serde(borrow)]
    action: Option<Text<'a>>,
    comment_anchor: Option<IgnoredAny>,
    #[serde(borrow)]
    commit: Option<RawCommit<'a>>,
    #[serde(borrow)]
    pull_request: Option<RawReference<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawCommit<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
}

/// The pull request of a row that somebody completed: its number, or as much of it as a webhook holds.
#[derive(Debug, Default)]
struct RawReference<'a> {
    number: Option<Text<'a>>,
    target: Option<RawRef<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for RawReference<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReferenceVisitor;
        impl<'de> Visitor<'de> for ReferenceVisitor {
            type Value = RawReference<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pull request or its number")
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<RawReference<'de>, E> {
                Ok(RawReference { number: Some(Text(number.to_string().into())), target: None })
            }
            fn visit_str<E: de::Error>(self, number: &str) -> Result<RawReference<'de>, E> {
                Ok(RawReference { number: Some(Text(number.to_owned().into())), target: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawReference<'de>, A::Error> {
                let mut found = RawReference::default();
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    match key.as_str() {
                        "id" => found.number = map.next_value()?,
                        "toRef" => found.target = map.next_value()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(found)
            }
        }
        deserializer.deserialize_any(ReferenceVisitor)
    }
}

/// Reads one activity: an approval, its withdrawal, a request for changes, a remark on the code, or the merge.
/// Other activities say nothing that a list of pull requests does not.
pub(in crate::source) fn activity(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let raw: RawActivity<'_> = parse(text)?;
    tally.ask(asked::ACTIVITY);
    let on_code = raw.comment_anchor.is_some();
    let verdict = match raw.action.as_ref().map_or("", Text::as_str) {
        "MERGED" => return Ok(vec![Record::Change(Box::new(raw.merge(context, tally)?))]),
        "APPROVED" => Verdict::Approved,
        "UNAPPROVED" => Verdict::Withdrawn,
        // The name of a request for changes in this list.
        "REVIEWED" => Verdict::ChangesRequested,
        "COMMENTED" if on_code => Verdict::Commented,
        _ => return Ok(Vec::new()),
    };
    let (repository, number) = raw.change(context)?;
    let submitted_at = context.needed_time("createdDate", raw.created_date.as_ref(), tally)?;
    tally.carry(Fact::Approver);
    tally.carry_if(submitted_at.is_some(), Fact::ApprovalTime);
    Ok(vec![Record::Review(Box::new(Review {
        change: change_id(TOOL, &repository, &number),
        source_id: raw.id.as_ref().and_then(Text::non_empty),
        reviewer: raw.user.as_ref().map_or_else(Person::deleted, RawServerUser::person),
        verdict,
        submitted_at,
        commit: None,
        url: None,
    }))])
}

/// The pull request that an activity names by itself, as `KEY/REPO#NUMBER`; a fault when it cannot be read at all.
pub(in crate::source) fn repository_in(text: &str) -> Result<Option<String>, Fault> {
    let raw: RawActivity<'_> = parse(text)?;
    Ok(raw.named().map(|(repository, number)| format!("{repository}#{number}")))
}

impl RawActivity<'_> {
    fn named(&self) -> Option<(String, String)> {
        let pull = self.pull_request.as_ref()?;
        Some((pull.target.as_ref()?.repository()?, pull.number.as_ref()?.non_empty()?))
    }

    /// Repository and number: what the row says itself, else what is known of the file (`PAY/checkout#12`).
    fn change(&self, context: &Context<'_>) -> Result<(String, String), Fault> {
        let of_file = context
            .repository
            .map(|known| known.split_once('#').map_or((known, None), |(path, number)| (path, Some(number))));
        let own_number = self.pull_request.as_ref().and_then(|pull| pull.number.as_ref()?.non_empty());
        let of_file = || {
            let (path, number) = of_file?;
            Some((path.to_owned(), own_number.or_else(|| number.map(str::to_owned))?))
        };
        self.named().or_else(of_file).ok_or_else(|| {
            let reason = "the activity does not say which pull request it belongs to, and --repository KEY/REPO#NUMBER does not either";
            Fault::field("pullRequest", reason.to_owned())
        })
    }

    /// What the merge says of its pull request.
    fn merge(&self, context: &Context<'_>, tally: &mut Tally) -> Result<Change, Fault> {
        let (repository, number) = self.change(context)?;
        let implemented_at = context.needed_time("createdDate", self.created_date.as_ref(), tally)?;
        tally.carry_if(implemented_at.is_some(), Fact::ImplementationTime);
        tally.carry_if(self.user.is_some(), Fact::Merger);
        Ok(Change {
            id: change_id(TOOL, &repository, &number),
            kind: ChangeKind::PullRequest,
            source: TOOL.to_owned(),
            repository,
            number,
            title: String::new(),
            body: None,
            url: None,
            state: if implemented_at.is_some() { ChangeState::Implemented } else { ChangeState::ImplementedAtUnknown },
            author: None,
            merged_by: self.user.as_ref().map(RawServerUser::person),
            commit_authors: Vec::new(),
            opened_at: None,
            implemented_at,
            updated_at: implemented_at,
            base_branch: None,
            head_branch: None,
            merge_commit: self.commit.as_ref().and_then(|commit| commit.id.as_ref()?.non_empty()),
            head_commit: None,
            labels: None,
            category: None,
            review_coverage: ReviewCoverage::NotCarried,
            reviews: Vec::new(),
            mentions: Vec::new(),
        })
    }
}
