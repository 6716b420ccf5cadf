//! Lists of commits from GitHub's REST interface.

use super::{Fields, JsonSource, address::repository_in};
use crate::{
    input::framing::Rules,
    mention,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
    value::json::person_of_address,
};
use change_ledger_model::{
    person::Person,
    record::{CodeCommit, FoundIn, Mention, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::GithubCommits,
        title: "GitHub commits",
        command: "gh api --paginate \"repos/OWNER/REPO/commits?sha=main&since=2026-07-01T00:00:00Z\" > commits.json",
        facts: COMMIT_FACTS,
        cannot_tell: "whether it came with a pull request, unless its text says so",
        traps: &[
            "both dates are set by whoever commits and can be backdated",
            "an author without an account is named by mail address",
            "a squash merge has its pull request only in its title",
        ],
    },
    rules: Rules { lists: &["items", "commits"], via: &[], marks: &["sha", "commit", "parents"], context: &[] },
    is_its_record: |seen: &Glance| {
        seen.has_all(&["sha", "commit"]) && seen.has_any(&["author", "committer", "parents"])
    },
    reason: "Its records have the fields sha and commit, as GitHub's commits do.",
    read,
    needs_repository: false,
    caution: None,
};

pub(super) const COMMIT_FACTS: &[Fact] = &[Fact::Commits, Fact::Author, Fact::Text];

/// First line, rest, and what a message names.
pub(in crate::source) fn message_of(message: &str, repository: &str) -> (String, Option<String>, Vec<Mention>) {
    let (title, body) = message.split_once('\n').unwrap_or((message, ""));
    let body = body.trim();
    let mut mentions = Vec::new();
    mention::in_text(title, FoundIn::Title, Some(repository), &mut mentions);
    mention::in_text(body, FoundIn::Body, Some(repository), &mut mentions);
    mention::settle(&mut mentions, None);
    (title.trim().to_owned(), (!body.is_empty()).then(|| body.to_owned()), mentions)
}

/// The account where there is one, else who the commit itself names.
fn person(fields: Fields<'_>, role: &str) -> Option<Person> {
    if !fields.get(role).is_null() && fields.text(&format!("{role}.login")).is_some() {
        return fields.person(role);
    }
    let own = fields.under("commit").under(role);
    let name = own.text("name");
    own.text("email").map(|email| person_of_address(&email, name.as_deref()))
}

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let sha = fields.needed("sha")?.to_ascii_lowercase();
    let address = fields.any_text(&["html_url", "url"]);
    let repository = context.repository(address.as_deref().and_then(repository_in))?;
    let message = fields.text("commit.message");
    tally.carry_if(message.is_some(), Fact::Text);
    let message = message.unwrap_or_default();
    let (title, body, mentions) = message_of(&message, &repository);
    Ok(vec![Record::Commit(Box::new(CodeCommit {
        id: format!("github:{}@{sha}", repository.to_lowercase()),
        source: "github".to_owned(),
        sha,
        title,
        body,
        author: person(fields, "author"),
        committer: person(fields, "committer"),
        authored_at: fields.time("commit.author.date", context, tally),
        committed_at: fields.needed_time("commit.committer.date", context, tally)?,
        parents: fields.list("parents").map(|parents| parents.iter().filter_map(|parent| parent.text("sha")).collect()),
        branch: None,
        change: None,
        is_direct_push: None,
        url: address.filter(|address| !address.contains("/repos/")),
        mentions,
        repository,
    }))])
}
