//! The files of a tool chain, and what writes each.

use std::fs::File;
use std::io::{self, BufWriter};

use crate::ToolChain;
use crate::company::repositories::{REPOSITORIES, repository};
use crate::story::Story;
use crate::write::{
    azure_boards, azure_repos, azure_threads, bitbucket, bitbucket_activity, git_log, github, gitlab, gitlab_approvals,
    gitlab_notes, incident_io, jira, jira_json, linear, opsgenie, pagerduty, servicenow_approvals, servicenow_changes,
    servicenow_incidents,
};

type Writer<'s> = Box<dyn Fn(&mut BufWriter<File>) -> io::Result<()> + 's>;

/// One export file.
pub(crate) struct Export<'s> {
    /// Its path below the demo's folder, with `/` between its parts.
    pub(crate) path: String,
    /// Writes its content.
    pub(crate) write: Writer<'s>,
}

/// Every export of a story, in a fixed order.
pub(crate) fn of(story: &Story) -> Vec<Export<'_>> {
    match story.tools {
        ToolChain::Github => github_files(story),
        ToolChain::Gitlab => per_repository(
            story,
            "gitlab",
            &[
                ("merge-requests.json", gitlab::write),
                ("approvals.json", gitlab_approvals::write),
                ("notes.json", gitlab_notes::write),
            ],
        )
        .chain([
            export("jira/issues.json", move |out| jira_json::write(story, out)),
            export("opsgenie/incidents.json", move |out| opsgenie::write(story, out)),
        ])
        .collect(),
        ToolChain::Azure => per_repository(
            story,
            "azure",
            &[("pull-requests.json", azure_repos::write), ("threads.json", azure_threads::write)],
        )
        .chain([
            export("boards/work-items.csv", move |out| azure_boards::write(story, out)),
            export("pagerduty/incidents.json", move |out| pagerduty::write(story, out)),
        ])
        .collect(),
        ToolChain::Bitbucket => per_repository(
            story,
            "bitbucket",
            &[("pull-requests.json", bitbucket::write), ("activity.json", bitbucket_activity::write)],
        )
        .chain([
            export("linear/issues.csv", move |out| linear::write(story, out)),
            export("incident-io/incidents.json", move |out| incident_io::write(story, out)),
        ])
        .collect(),
        ToolChain::Servicenow => per_repository(story, "git", &[("commits.log", git_log::write)])
            .chain([
                export("servicenow/change_request.csv", move |out| servicenow_changes::write(story, true, out)),
                export("servicenow/change_request-rates.csv", move |out| servicenow_changes::write(story, false, out)),
                export("servicenow/sysapproval_approver.csv", move |out| servicenow_approvals::write(story, out)),
                export("servicenow/incident.csv", move |out| servicenow_incidents::write(story, out)),
            ])
            .collect(),
    }
}

fn github_files(story: &Story) -> Vec<Export<'_>> {
    let slices =
        story.exports.slices.iter().map(move |slice| {
            export(&format!("github/{}", slice.file_name), move |out| github::write(story, slice, out))
        });
    let others = [
        export("jira/changes.csv", move |out| jira::write(story, out)),
        export("pagerduty/incidents.json", move |out| pagerduty::write(story, out)),
    ];
    slices.chain(others).collect()
}

type OfRepository = fn(&Story, usize, &mut BufWriter<File>) -> io::Result<()>;

/// A folder for each repository: most of these files do not say which repository they are of.
fn per_repository<'s>(
    story: &'s Story,
    folder: &'static str,
    files: &'static [(&'static str, OfRepository)],
) -> impl Iterator<Item = Export<'s>> {
    (0..REPOSITORIES.len()).flat_map(move |of| {
        files.iter().map(move |(name, write)| {
            export(&format!("{folder}/{}/{name}", repository(of).name), move |out| write(story, of, out))
        })
    })
}

fn export<'s>(path: &str, write: impl Fn(&mut BufWriter<File>) -> io::Result<()> + 's) -> Export<'s> {
    Export { path: path.to_owned(), write: Box::new(write) }
}

/// True for the path of a file that some demo writes.
pub(crate) fn is_ours(path: &str) -> bool {
    const OF_ALL: [&str; 10] = [
        "jira/changes.csv",
        "jira/issues.json",
        "pagerduty/incidents.json",
        "opsgenie/incidents.json",
        "boards/work-items.csv",
        "linear/issues.csv",
        "incident-io/incidents.json",
        "servicenow/change_request.csv",
        "servicenow/change_request-rates.csv",
        "servicenow/sysapproval_approver.csv",
    ];
    const OF_REPOSITORIES: [&str; 8] = [
        "gitlab/merge-requests.json",
        "gitlab/approvals.json",
        "gitlab/notes.json",
        "azure/pull-requests.json",
        "azure/threads.json",
        "bitbucket/pull-requests.json",
        "bitbucket/activity.json",
        "git/commits.log",
    ];
    let parts: Vec<&str> = path.split('/').collect();
    let is_repository = |name: &str| REPOSITORIES.iter().any(|repository| repository.name == name);
    match parts.as_slice() {
        ["github", name] => is_slice(name),
        [folder, name, file] => is_repository(name) && OF_REPOSITORIES.contains(&format!("{folder}/{file}").as_str()),
        _ => path == "servicenow/incident.csv" || OF_ALL.contains(&path),
    }
}

/// `booking-api-2.json`.
fn is_slice(name: &str) -> bool {
    let numbered = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    REPOSITORIES.iter().any(|repository| {
        name.strip_prefix(repository.name)
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|rest| rest.strip_suffix(".json"))
            .is_some_and(numbered)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Plan;

    #[test]
    fn every_file_of_every_tool_chain_is_known_as_ours() {
        for tools in ToolChain::ALL {
            let story = Story::of(&Plan { tools, ..Plan::default() });
            for export in of(&story) {
                assert!(is_ours(&export.path), "{}", export.path);
            }
        }
        for path in ["github/notes.json", "gitlab/elsewhere/notes.json", "jira/mine.csv", "notes.txt"] {
            assert!(!is_ours(path), "{path}");
        }
    }
}
