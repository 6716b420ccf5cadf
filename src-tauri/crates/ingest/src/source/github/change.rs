//! Pull requests as changes.

use super::{
    names,
    raw::{RawCommit, RawPull},
    review,
};
use crate::{
    mention,
    source::{Context, Fault, asked, tally::Tally},
    value::json::{Text, person_of_address, person_or_deleted, said, take_written},
};
use change_ledger_model::{
    Timestamp,
    person::{Person, PersonKind},
    record::{Change, ChangeKind, ChangeState, FoundIn, Mention, MentionKind, Review, ReviewCoverage},
    source::{Fact, SourceKind},
};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Reviews that GitHub lists with a pull request at most; a list this long may be cut.
const REVIEW_PAGE: usize = 100;

/// The part of `Co-authored-by` whose case nobody changes, searched before any line is looked at.
static CO_AUTHOR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("uthored-"));

pub(super) fn change(raw: &mut RawPull<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Change, Fault> {
    let number = raw.needed_number()?;
    let repository = context.repository(raw.repository_path())?;
    let id = names::change_id(&repository, &number);
    let implemented_at = context.needed_time("mergedAt", said(&raw.merged_at), tally)?;
    let state = state(raw, implemented_at)?;
    let (review_coverage, reviews) = reviews(raw, &id, context, tally)?;
    let author = raw.author.as_ref().map(|author| person_or_deleted(author.as_ref()));
    let title = raw.title.as_ref().map_or("", Text::as_str).to_owned();
    let body = take_written(&mut raw.body);
    let head_branch = branch(raw.head_ref_name.as_ref(), raw.head.as_ref().and_then(|head| head.branch.as_ref()));
    let base_branch = branch(raw.base_ref_name.as_ref(), raw.base.as_ref().and_then(|base| base.branch.as_ref()));
    let labels: Option<Vec<String>> = raw.labels.as_ref().map(|labels| {
        let labels = labels.iter().flat_map(|listed| &listed.items);
        labels.filter_map(|label| label.0.as_ref()?.non_empty()).collect()
    });
    // Before the merge REST names a trial merge that never became part of the branch.
    let merge_commit = match state {
        ChangeState::Implemented | ChangeState::ImplementedAtUnknown => {
            said(&raw.merge_commit).and_then(|commit| commit.0.as_ref()?.non_empty())
        }
        ChangeState::Open | ChangeState::Abandoned => None,
    };

    tally.ask(asked::PULL_REQUEST);
    tally.carry_if(raw.author.is_some(), Fact::Author);
    tally.carry_if(raw.merged_at.is_some(), Fact::ImplementationTime);
    tally.carry_if(raw.merged_by.is_some(), Fact::Merger);
    tally.carry_if(said(&raw.reviews).is_some(), Fact::Approver);
    tally.carry_if(said(&raw.reviews).is_some(), Fact::ApprovalTime);
    tally.carry_if(raw.labels.is_some(), Fact::Labels);
    tally.carry_if(raw.body.is_some(), Fact::Text);
    tally.carry_if(base_branch.is_some(), Fact::BaseBranch);
    tally.carry_if(head_branch.is_some(), Fact::HeadBranch);
    tally.carry_if(raw.merge_commit.is_some(), Fact::MergeCommit);
    tally.carry_if(raw.closing_issues_references.is_some(), Fact::LinkFields);
    let cut = said(&raw.labels).is_some_and(|listed| listed.more)
        || said(&raw.closing_issues_references).is_some_and(|listed| listed.more);
    tally.lists_cut += u64::from(cut);
    tally.reviews_cut += u64::from(review_coverage == ReviewCoverage::PossiblyCut);
    tally.implemented_at_unknown += u64::from(state == ChangeState::ImplementedAtUnknown);

    Ok(Change {
        kind: ChangeKind::PullRequest,
        source: "github".to_owned(),
        url: raw.web_address(),
        state,
        // `null` here also stands for a merge by push, so it does not say that nobody did.
        merged_by: said(&raw.merged_by).map(|merger| person_or_deleted(Some(merger))),
        commit_authors: commit_authors(raw, body.as_deref(), author.as_ref()),
        opened_at: context.time("createdAt", raw.created_at.as_ref(), tally),
        implemented_at,
        updated_at: context.time("updatedAt", raw.updated_at.as_ref(), tally),
        merge_commit,
        head_commit: head_commit(raw),
        category: None,
        review_coverage,
        reviews,
        mentions: mentions(
            raw,
            &repository,
            &number,
            &title,
            body.as_deref(),
            head_branch.as_deref(),
            labels.as_deref(),
        ),
        id,
        repository,
        number,
        title,
        body,
        author,
        base_branch,
        head_branch,
        labels,
    })
}

/// How far the pull request got. `gh` says so in a word; REST only through the merge time.
fn state(raw: &RawPull<'_>, implemented_at: Option<Timestamp>) -> Result<ChangeState, Fault> {
    let word = raw.state.as_ref().map_or("", Text::as_str);
    let merged = raw.merged == Some(true) || word.eq_ignore_ascii_case("MERGED");
    Ok(match implemented_at {
        Some(_) => ChangeState::Implemented,
        None if merged => ChangeState::ImplementedAtUnknown,
        None if word.eq_ignore_ascii_case("OPEN") => ChangeState::Open,
        None if word.eq_ignore_ascii_case("CLOSED") => ChangeState::Abandoned,
        None if !word.is_empty() => {
            return Err(Fault::field("state", format!("\"{word}\" is no state of a pull request")));
        }
        None if raw.merged_at.is_none() => {
            let reason =
                "neither state nor mergedAt is there, so whether it was merged cannot be told; export both fields";
            return Err(Fault::field("state", reason.to_owned()));
        }
        None if said(&raw.closed_at).is_some() => ChangeState::Abandoned,
        None => ChangeState::Open,
    })
}

fn reviews(
    raw: &RawPull<'_>,
    id: &str,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<(ReviewCoverage, Vec<Review>), Fault> {
    // `null` is how GraphQL answers for what it could not find out: not the same as an empty list.
    let Some(listed) = said(&raw.reviews) else { return Ok((ReviewCoverage::NotCarried, Vec::new())) };
    let mut reviews = Vec::with_capacity(listed.items.len());
    for raw in &listed.items {
        reviews.extend(review::review(raw, id, context, tally)?);
    }
    let full_page = listed.items.len() == REVIEW_PAGE && context.kind != SourceKind::GithubArchive;
    let coverage = if full_page || listed.more { ReviewCoverage::PossiblyCut } else { ReviewCoverage::Complete };
    Ok((coverage, reviews))
}

fn branch(named: Option<&Text<'_>>, of_side: Option<&Text<'_>>) -> Option<String> {
    named.or(of_side).and_then(Text::non_empty)
}

fn head_commit(raw: &RawPull<'_>) -> Option<String> {
    let named = raw.head_ref_oid.as_ref().or_else(|| raw.head.as_ref()?.sha.as_ref());
    named.and_then(Text::non_empty).or_else(|| {
        let listed = raw.commits.as_ref().filter(|listed| !listed.more)?;
        listed.items.last().and_then(inner).and_then(|commit| commit.oid.as_ref()?.non_empty())
    })
}

/// The commit itself, where GraphQL wraps it.
fn inner<'c, 'a>(commit: &'c RawCommit<'a>) -> Option<&'c RawCommit<'a>> {
    Some(commit.commit.as_deref().unwrap_or(commit))
}

/// Authors of the commits and co-authors named in the description, without the author of the change.
fn commit_authors(raw: &RawPull<'_>, body: Option<&str>, author: Option<&Person>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let commits = raw.commits.iter().flat_map(|listed| &listed.items).filter_map(inner);
    let of_commits = commits.flat_map(|commit| {
        let listed = commit.authors.iter().flat_map(|listed| &listed.items);
        listed.chain(commit.author.as_ref()).map(crate::value::json::Actor::person)
    });
    for person in of_commits.chain(co_authors(body.unwrap_or_default())) {
        let known = author.is_some_and(|author| author.handle == person.handle);
        if person.kind != PersonKind::Deleted && !known && people.iter().all(|other| other.handle != person.handle) {
            people.push(person);
        }
    }
    people
}

/// People named in `Co-authored-by: Name <mail>` lines.
fn co_authors(body: &str) -> Vec<Person> {
    if CO_AUTHOR.find(body.as_bytes()).is_none() {
        return Vec::new();
    }
    let trailer = |line: &str| {
        let (key, value) = line.trim().split_once(':')?;
        if !key.eq_ignore_ascii_case("co-authored-by") {
            return None;
        }
        let (name, address) = value.trim().split_once('<')?;
        let address = address.split_once('>').map_or(address, |(address, _)| address);
        (!address.trim().is_empty()).then(|| person_of_address(address, Some(name)))
    };
    body.lines().filter_map(trailer).collect()
}

fn mentions(
    raw: &RawPull<'_>,
    repository: &str,
    number: &str,
    title: &str,
    body: Option<&str>,
    head_branch: Option<&str>,
    labels: Option<&[String]>,
) -> Vec<Mention> {
    let mut found = Vec::new();
    let closes = said(&raw.closing_issues_references);
    for issue in closes.iter().flat_map(|listed| &listed.items) {
        let address = issue.url.as_ref().and_then(|url| names::address(url.as_str()));
        let name = match (&address, &issue.number) {
            (Some(address), _) => Some(format!("{}#{}", address.repository, address.number)),
            (None, Some(number)) => {
                let other = issue.repository.as_ref().and_then(super::raw::RawRepository::path);
                Some(format!("{}#{}", other.as_deref().unwrap_or(repository), number.as_str()))
            }
            (None, None) => None,
        };
        found.extend(name.map(|name| Mention {
            kind: MentionKind::Change,
            name: name.to_lowercase(),
            found_in: FoundIn::LinkField,
            text: "closes".to_owned(),
        }));
    }
    mention::in_text(title, FoundIn::Title, Some(repository), &mut found);
    mention::in_text(body.unwrap_or_default(), FoundIn::Body, Some(repository), &mut found);
    mention::in_branch(head_branch.unwrap_or_default(), &mut found);
    for label in labels.unwrap_or_default() {
        mention::in_text(label, FoundIn::Label, Some(repository), &mut found);
    }
    for comment in raw.comments.iter().flat_map(|listed| &listed.items) {
        mention::in_text(comment.body.as_ref().map_or("", Text::as_str), FoundIn::Note, Some(repository), &mut found);
    }
    mention::settle(&mut found, Some(&format!("{}#{number}", repository.to_lowercase())));
    found
}
