//! The note that lies beside the files.

use crate::calendar::{AS_OF, LAST_EXPORT, rfc3339};
use crate::company::ORGANISATION;
use crate::company::repositories::REPOSITORIES;
use crate::truth::Records;
use crate::{Plan, ToolChain};

/// By this line an earlier demo is recognised.
pub(crate) const FIRST_LINE: &str = "Change Ledger sample workspace: an invented company";

/// The text before the files are written: enough to recognise a demo that was interrupted.
pub(crate) fn heading() -> String {
    format!("{FIRST_LINE}\n")
}

/// The whole text.
pub(crate) fn text(plan: &Plan, records: &Records) -> String {
    let Records { changes, population, reviews, tickets, incidents } = records;
    let seed = plan.seed;
    format!(
        "{FIRST_LINE}

Marlpoint, its people, customers, incidents and web addresses do not exist. Nothing here was taken from a real
organisation. The files have the shape that the real tools give their exports.

{files}
truth.json                the numbers a correct tool finds under the policy retroactive-24h, judged at {as_of}

{changes} {noun} ({population} of them into released branches) with {reviews} reviews, {tickets} tickets and
{incidents} incidents, from July 2024 to September 2026. The last files were exported at {exported}.
{commands}
The story: the company moved its code in September 2024; the second quarter of 2025 was heavy with incidents and one
change in seven bypassed the review; a policy followed in July 2025, and things have improved since. Seed {seed}: the same
seed writes the same bytes.
",
        files = files(plan.tools),
        noun = if plan.tools == ToolChain::Servicenow { "change requests" } else { "merged pull requests" },
        commands = commands(plan.tools),
        as_of = rfc3339(AS_OF),
        exported = rfc3339(LAST_EXPORT),
    )
}

fn files(tools: ToolChain) -> &'static str {
    match tools {
        ToolChain::Github => {
            "\
github/*.json             pull requests, as `gh pr list --json` prints them; the files of one repository overlap
jira/changes.csv          tickets, as Jira's \"Export CSV (all fields)\"; its dates carry no zone and are meant as UTC
pagerduty/incidents.json  incidents, as PagerDuty's REST interface lists them"
        }
        ToolChain::Gitlab => {
            "\
gitlab/*/                 merge requests, approvals and notes of one project each, as GitLab's interface answers
jira/issues.json          tickets, as Jira's REST interface answers a search
opsgenie/incidents.json   incidents, as Opsgenie's interface lists them"
        }
        ToolChain::Azure => {
            "\
azure/*/                  pull requests and their threads, of one repository each, as `az` prints them
boards/work-items.csv     work items, as a query of Azure Boards exports them; its dates are meant as UTC, month first
pagerduty/incidents.json  incidents, as PagerDuty's REST interface lists them"
        }
        ToolChain::Bitbucket => {
            "\
bitbucket/*/              pull requests and their activity, of one repository each, as Bitbucket Cloud lists them
linear/issues.csv         tickets, as Linear exports them
incident-io/incidents.json  incidents, as incident.io lists them"
        }
        ToolChain::Servicenow => {
            "\
servicenow/*.csv          change requests, their approvals, and incidents, as ServiceNow's lists; times are meant as UTC
git/*/commits.log         the log of each repository's released branch, with control characters between the fields"
        }
    }
}

/// How to import files that do not say which repository they are of; nothing where all of them do.
fn commands(tools: ToolChain) -> String {
    let folder = match tools {
        ToolChain::Github | ToolChain::Bitbucket => return String::new(),
        ToolChain::Gitlab => "gitlab",
        ToolChain::Azure => "azure",
        ToolChain::Servicenow => "git",
    };
    let lines = REPOSITORIES.map(|repository| {
        let name = repository.name;
        format!("  change-ledger import --repository {ORGANISATION}/{name} {folder}/{name}\n")
    });
    format!(
        "\nSome files do not say which repository they are of; they are imported folder by folder:\n{}",
        lines.concat()
    )
}
