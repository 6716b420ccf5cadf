//! Addresses of known tools: what the page behind them is.

use super::{found, key};
use change_ledger_model::record::{FoundIn, Mention, MentionKind};

/// Characters that end an address in a text.
fn ends_address(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'"' | b'\'' | b'`' | b')' | b']' | b'}' | b'|' | b'\\')
}

/// How long the address is that begins `text`, without the punctuation of the sentence around it.
pub(super) fn length(text: &[u8]) -> usize {
    let whole = text.iter().position(|byte| ends_address(*byte)).unwrap_or(text.len());
    let trailing = text
        .get(..whole)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'*'))
        .count();
    whole - trailing
}

/// What an address (`https://…`) leads to. Commits of other repositories than `repository` are left
/// out: release notes of dependencies hold dozens.
pub(super) fn read(url: &str, repository: Option<&str>, out: &mut Vec<Mention>) {
    if let Some((kind, name)) = target(url, repository) {
        out.push(found(kind, name, FoundIn::Address, url));
    }
}

fn target(url: &str, repository: Option<&str>) -> Option<(MentionKind, String)> {
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let (path, query) = path.split_once(['?', '#']).unwrap_or((path, ""));
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    of_incident_tool(&host, &segments, url)
        .or_else(|| of_git_host(&host, &segments, repository))
        .or_else(|| of_gitlab(&segments, repository))
        .or_else(|| of_bitbucket(&segments))
        .or_else(|| of_azure(&segments))
        .or_else(|| of_jira(&host, &segments, query))
        .or_else(|| advisory(path))
}

/// Pull requests, issues and commits; the pages are named alike on every GitHub host.
fn of_git_host(host: &str, segments: &[&str], repository: Option<&str>) -> Option<(MentionKind, String)> {
    let segments = match segments {
        ["repos", rest @ ..] | ["api", "v3", "repos", rest @ ..] => rest,
        all => all,
    };
    let [owner, name, page, value, ..] = segments else { return None };
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match *page {
        // Gitea and Forgejo name their pages `pulls`, on hosts of any name.
        "pull" | "pulls" if digits => {}
        "issues" | "discussions" if digits && host.contains("github") => {}
        "commit" | "commits" if host.contains("github") => {
            let length = key::hex_length(value.as_bytes());
            let own = repository.is_none_or(|own| own.eq_ignore_ascii_case(&format!("{owner}/{name}")));
            return (own && (7..=40).contains(&length) && length == value.len())
                .then(|| (MentionKind::Commit, value.to_ascii_lowercase()));
        }
        _ => return None,
    }
    Some((MentionKind::Change, format!("{owner}/{name}#{value}").to_lowercase()))
}

/// `/group/sub/project/-/merge_requests/12`, `…/-/issues/12`, `…/-/commit/9f3c1e0a`.
fn of_gitlab(segments: &[&str], repository: Option<&str>) -> Option<(MentionKind, String)> {
    let dash = segments.iter().position(|segment| *segment == "-")?;
    let (project, [_, page, value, ..]) = segments.split_at_checked(dash)? else { return None };
    let project = project.join("/").to_lowercase();
    if !project.contains('/') {
        return None;
    }
    match *page {
        "merge_requests" if is_number(value) => Some((MentionKind::Change, format!("{project}!{value}"))),
        "issues" | "work_items" if is_number(value) => Some((MentionKind::Change, format!("{project}#{value}"))),
        "commit" => {
            let length = key::hex_length(value.as_bytes());
            let own = repository.is_none_or(|own| own.eq_ignore_ascii_case(&project));
            let shaped = (7..=40).contains(&length) && length == value.len();
            (own && shaped).then(|| (MentionKind::Commit, value.to_ascii_lowercase()))
        }
        _ => None,
    }
}

/// `/acme/pay/pull-requests/12` of Bitbucket Cloud, `/projects/PAY/repos/checkout/pull-requests/12` of its server.
fn of_bitbucket(segments: &[&str]) -> Option<(MentionKind, String)> {
    let (owner, name, number) = match segments {
        [.., "projects", project, "repos", name, "pull-requests", number]
        | [.., "projects", project, "repos", name, "pull-requests", number, _] => (project, name, number),
        [workspace, name, "pull-requests", number, ..] => (workspace, name, number),
        _ => return None,
    };
    is_number(number).then(|| (MentionKind::Change, format!("{owner}/{name}#{number}").to_lowercase()))
}

/// `/organisation/project/_git/repository/pullrequest/12`, `/organisation/project/_workitems/edit/12`.
fn of_azure(segments: &[&str]) -> Option<(MentionKind, String)> {
    match segments {
        [.., project, "_git", name, "pullrequest", number] if is_number(number) => {
            let name = format!("{project}/{name}!{number}").replace("%20", " ").to_lowercase();
            Some((MentionKind::Change, name))
        }
        [.., "_workitems", "edit", number] if is_number(number) => {
            Some((MentionKind::TicketKey, format!("AB#{number}")))
        }
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Pages of issues: `/browse/PLAT-1190`, `?selectedIssue=PLAT-1190`, `/portal/3/PLAT-1190`.
fn of_jira(host: &str, segments: &[&str], query: &str) -> Option<(MentionKind, String)> {
    let jira_host = host.ends_with(".atlassian.net") || host.contains("jira");
    let selected = query.split(['&', '#']).find_map(|pair| pair.strip_prefix("selectedIssue="));
    let written = match segments {
        [.., "browse", key] => Some(*key),
        [.., last] if jira_host && !matches!(segments, ["wiki", ..]) => selected.or(Some(*last)),
        _ => None,
    }?;
    let (project, number) = written.split_once('-')?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| key::of_dashed(project, number)).flatten()
}

fn of_incident_tool(host: &str, segments: &[&str], url: &str) -> Option<(MentionKind, String)> {
    let of_pagerduty = host.ends_with(".pagerduty.com");
    let id = match segments {
        ["incidents", id, ..] if of_pagerduty => {
            let shaped = (7..=14).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
            shaped.then(|| id.to_ascii_uppercase())
        }
        [.., "incident", "detail", id] | [.., "incident", "detail", id, _] if host.ends_with("opsgenie.com") => {
            Some(id.to_ascii_uppercase())
        }
        [.., "incidents", number] if host == "app.incident.io" => Some(format!("INC-{number}")),
        // `/account/incidents/77-checkout-down`
        [.., "incidents", slug] if host == "rootly.com" || host.ends_with(".rootly.com") => {
            let number = slug.split_once('-').map_or(*slug, |(number, _)| number);
            is_number(number).then(|| format!("INC-{number}"))
        }
        ["incidents", id] if host.starts_with("app.firehydrant.") => Some(id.to_ascii_uppercase()),
        ["incidents", id] if host.starts_with("status.") || host.ends_with(".statuspage.io") => {
            is_short_id(id).then(|| id.to_ascii_uppercase())
        }
        [code] if host == "stspg.io" => is_short_id(code).then(|| code.to_ascii_uppercase()),
        _ => None,
    };
    if let Some(id) = id {
        return Some((MentionKind::Incident, id));
    }
    if !host.ends_with(".service-now.com") {
        return None;
    }
    ["INC", "CHG", "PRB"].iter().find_map(|letters| {
        let digits = url.split_once(letters)?.1;
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        key::of_numbered(letters, digits.get(..length)?)
    })
}

/// Letters and digits that a program made up, such as `p31zjtct2jer`.
fn is_short_id(text: &str) -> bool {
    (8..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn advisory(path: &str) -> Option<(MentionKind, String)> {
    path.split('/').find_map(|segment| {
        let length = key::advisory_length(segment)?;
        (length == segment.len()).then(|| (MentionKind::Advisory, segment.to_ascii_uppercase()))
    })
}
