//! The note that lies beside the files.

use crate::calendar::rfc3339;
use crate::calendar::{AS_OF, LAST_EXPORT};
use crate::truth::Records;

/// By this line an earlier demo is recognised.
pub(crate) const FIRST_LINE: &str = "Change Ledger sample workspace: an invented company";

/// The text before the files are written: enough to recognise a demo that was interrupted.
pub(crate) fn heading() -> String {
    format!("{FIRST_LINE}\n")
}

/// The whole text.
pub(crate) fn text(seed: u64, records: &Records) -> String {
    let Records { changes, population, reviews, tickets, incidents } = records;
    format!(
        "{FIRST_LINE}

Marlpoint, its people, customers, incidents and web addresses do not exist. Nothing here was taken from a real
organisation. The files have the shape that the real tools give their exports.

github/*.json             pull requests, as `gh pr list --json` prints them; the files of one repository overlap
jira/changes.csv          tickets, as Jira's \"Export CSV (all fields)\"; its dates carry no zone and are meant as UTC
pagerduty/incidents.json  incidents, as PagerDuty's REST interface lists them
truth.json                the numbers a correct tool finds under the policy retroactive-24h, judged at {as_of}

{changes} merged pull requests ({population} of them into released branches) with {reviews} reviews, {tickets} tickets and
{incidents} incidents, from July 2024 to September 2026. The last files were exported at {exported}.

The story: the company moved its code in September 2024; the second quarter of 2025 was heavy with incidents and one
change in seven bypassed the review; a policy followed in July 2025, and things have improved since. Seed {seed}: the same
seed writes the same bytes.
",
        as_of = rfc3339(AS_OF),
        exported = rfc3339(LAST_EXPORT),
    )
}
