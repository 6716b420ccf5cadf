//! Titles, descriptions, comments and labels.

use super::{address, found, is_word, key};
use change_ledger_model::record::{FoundIn, Mention, MentionKind};
use memchr::{
    memchr_iter, memchr3,
    memmem::{self, Finder},
};
use std::sync::LazyLock;

/// A commit id, in hexadecimal digits.
const COMMIT_LENGTH: usize = 40;

// Searchers are worth building once: most texts are short.
static COMMENT_START: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("<!--"));
static COMMENT_END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("-->"));
static NUMBER_LETTERS: LazyLock<[(&str, Finder<'static>); 3]> =
    LazyLock::new(|| ["INC", "CHG", "PRB"].map(|letters| (letters, Finder::new(letters))));

/// Finds what a text names. `#12` means something only in a `repository`; what stands in an HTML
/// comment is a template's, not the writer's, and counts for nothing.
pub fn in_text(text: &str, found_in: FoundIn, repository: Option<&str>, out: &mut Vec<Mention>) {
    let mut rest = text;
    while let Some(start) = COMMENT_START.find(rest.as_bytes()) {
        in_plain(rest.get(..start).unwrap_or_default(), found_in, repository, out);
        let after = rest.get(start + 4..).unwrap_or_default();
        let Some(end) = COMMENT_END.find(after.as_bytes()) else { return };
        rest = after.get(end + 3..).unwrap_or_default();
    }
    in_plain(rest, found_in, repository, out);
}

fn in_plain(text: &str, found_in: FoundIn, repository: Option<&str>, out: &mut Vec<Mention>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // What stands before this belongs to a name that was read already; a dash inside a repository's name does not.
    let mut taken = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| memchr3(b'-', b'#', b':', rest)) {
        let tell = at + step;
        let passed = match bytes.get(tell) {
            Some(b':') => at_colon(text, tell, repository, out),
            Some(b'#') => at_hash(text, taken, tell, found_in, repository, out),
            _ => at_dash(text, tell, found_in, repository, out),
        };
        taken = passed.unwrap_or(taken);
        at = passed.unwrap_or(tell + 1);
    }
    numbers(text, found_in, out);
    merge_requests(text, found_in, repository, out);
    commits(text, found_in, out);
}

/// An address; answers where it ends.
fn at_colon(text: &str, colon: usize, repository: Option<&str>, out: &mut Vec<Mention>) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(colon + 1..colon + 3) != Some(b"//") {
        return None;
    }
    let scheme = bytes.get(..colon)?.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    // Asked before the address is measured: a text of nothing but `://` would be measured anew at each of them.
    if scheme == 0 {
        return None;
    }
    let start = colon - scheme;
    let length = address::length(bytes.get(start..)?);
    if length <= scheme + 3 {
        return None;
    }
    let url = text.get(start..start + length)?;
    if url.get(..4).is_some_and(|http| http.eq_ignore_ascii_case("http")) {
        address::read(url, repository, out);
    }
    Some(start + length)
}

/// `#12`, `owner/name#12`, `AB#12`.
fn at_hash(
    text: &str,
    from: usize,
    hash: usize,
    found_in: FoundIn,
    repository: Option<&str>,
    out: &mut Vec<Mention>,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = bytes.get(hash + 1..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = hash + 1 + digits;
    let number = text.get(hash + 1..end)?;
    if !(1..=9).contains(&digits) || number.starts_with('0') || bytes.get(end).is_some_and(|byte| is_word(*byte)) {
        return None;
    }
    // The text of a link: its address says which repository is meant.
    if bytes.get(end..end + 2) == Some(b"](") {
        return None;
    }
    let written = bytes
        .get(from..hash)?
        .iter()
        .rev()
        .take_while(|byte| is_word(**byte) || matches!(byte, b'-' | b'.' | b'/'))
        .count();
    let path = text.get(hash - written..hash)?;
    let before = (hash - written).checked_sub(1).and_then(|before| bytes.get(before));
    if matches!(before, Some(b'&' | b'@' | b'#')) {
        return None;
    }
    let written = text.get(hash - written..end)?;
    if path == "AB" {
        // A work item of Azure Boards, as repositories elsewhere name it.
        out.push(found(MentionKind::TicketKey, written.to_owned(), found_in, written));
        return Some(end);
    }
    let repository = if path.is_empty() { repository? } else { repository_path(path)? };
    out.push(found(MentionKind::Change, format!("{repository}#{number}").to_lowercase(), found_in, written));
    Some(end)
}

/// `!12`, `group/project!12`: merge requests of GitLab, pull requests of Azure DevOps.
fn merge_requests(text: &str, found_in: FoundIn, repository: Option<&str>, out: &mut Vec<Mention>) {
    let bytes = text.as_bytes();
    for bang in memchr_iter(b'!', bytes) {
        let after = bytes.get(bang + 1..).unwrap_or_default();
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = bang + 1 + digits;
        let Some(number) = text.get(bang + 1..end) else { continue };
        let continued = bytes.get(end).is_some_and(|byte| is_word(*byte)) || bytes.get(end..end + 2) == Some(b"](");
        if !(1..=9).contains(&digits) || number.starts_with('0') || continued || within_address(bytes, bang) {
            continue;
        }
        let before = bytes.get(..bang).unwrap_or_default();
        let written =
            before.iter().rev().take_while(|byte| is_word(**byte) || matches!(byte, b'-' | b'.' | b'/')).count();
        let start = bang - written;
        let Some((path, whole)) = text.get(start..bang).zip(text.get(start..end)) else { continue };
        let named = if path.is_empty() { repository } else { Some(path).filter(|path| is_project_path(path)) };
        if let Some(project) = named {
            out.push(found(MentionKind::Change, format!("{project}!{number}").to_lowercase(), found_in, whole));
        }
    }
}

/// Whether it is `group/project`, with any number of groups within groups.
fn is_project_path(path: &str) -> bool {
    path.contains('/') && path.split('/').all(|name| name.bytes().next().is_some_and(is_word))
}

/// `owner/name`, if that is what it is.
fn repository_path(path: &str) -> Option<&str> {
    let (owner, name) = path.split_once('/')?;
    let owner_shaped =
        !owner.is_empty() && owner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (owner_shaped && !name.is_empty() && !name.contains('/')).then_some(path)
}

/// `PLAT-1190`, `INC-482`, `GH-12`, `CVE-2026-1234`, `GHSA-…`.
fn at_dash(
    text: &str,
    dash: usize,
    found_in: FoundIn,
    repository: Option<&str>,
    out: &mut Vec<Mention>,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let next = *bytes.get(dash + 1)?;
    let last = *bytes.get(dash.checked_sub(1)?)?;
    if !next.is_ascii_alphanumeric() || !(last.is_ascii_uppercase() || last.is_ascii_digit()) {
        return None;
    }
    let letters = bytes.get(..dash)?.iter().rev().take_while(|byte| is_word(**byte)).count();
    let start = dash - letters;
    if start.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|before| joins(*before)) {
        return None;
    }
    let project = text.get(start..dash)?;
    if matches!(project, "CVE" | "GHSA") {
        let length = key::advisory_length(text.get(start..)?)?;
        let written = text.get(start..start + length)?;
        out.push(found(MentionKind::Advisory, written.to_ascii_uppercase(), found_in, written));
        return Some(start + length);
    }
    let digits = bytes.get(dash + 1..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = dash + 1 + digits;
    let upper = project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if digits == 0 || !upper || continues(bytes.get(end..)?) {
        return None;
    }
    let number = text.get(dash + 1..end)?;
    let written = text.get(start..end)?;
    match (project, repository) {
        // GitHub's own way to name an issue or pull request of the same repository.
        ("GH", Some(repository)) => {
            out.push(found(MentionKind::Change, format!("{repository}#{number}").to_lowercase(), found_in, written));
        }
        _ => {
            let (kind, name) = key::of_dashed(project, number)?;
            out.push(found(kind, name, found_in, written));
        }
    }
    Some(end)
}

/// Whether a byte before a key makes it a part of something longer: `X-AES-128`, `@PLAT-1`, `v1.PLAT-1`.
fn joins(before: u8) -> bool {
    matches!(before, b'-' | b'.' | b'@' | b'+' | b'&' | b'%' | b'$')
}

/// Whether what follows a key makes it a part of something longer: `-4`, `.3`, `.md`, `@host`, letters.
fn continues(after: &[u8]) -> bool {
    match after {
        [b'-' | b'.', next, ..] => {
            next.is_ascii_digit() || (after.first() == Some(&b'.') && next.is_ascii_alphanumeric())
        }
        [b'@', ..] => true,
        [next, ..] => is_word(*next),
        [] => false,
    }
}

/// Numbers of a service desk: `INC0098112`, `CHG0041877`, `PRB0040012`.
fn numbers(text: &str, found_in: FoundIn, out: &mut Vec<Mention>) {
    let bytes = text.as_bytes();
    for (letters, finder) in NUMBER_LETTERS.iter() {
        for start in finder.find_iter(bytes) {
            let digits = bytes.iter().skip(start + 3).take_while(|byte| byte.is_ascii_digit()).count();
            let end = start + 3 + digits;
            let before = start.checked_sub(1).and_then(|before| bytes.get(before)).copied();
            if digits < 7
                || before.is_some_and(|before| is_word(before) || joins(before))
                || continues(bytes.get(end..).unwrap_or_default())
            {
                continue;
            }
            let Some(written) = text.get(start..end).filter(|_| !within_address(bytes, start)) else { continue };
            if let Some((kind, name)) = key::of_numbered(letters, written.get(3..).unwrap_or_default()) {
                out.push(found(kind, name, found_in, written));
            }
        }
    }
}

/// Full commit ids. One of forty digits covers a position that is a multiple of forty.
fn commits(text: &str, found_in: FoundIn, out: &mut Vec<Mention>) {
    let bytes = text.as_bytes();
    let mut at = COMMIT_LENGTH - 1;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_hexdigit() {
            let before =
                bytes.get(..at).unwrap_or_default().iter().rev().take_while(|byte| byte.is_ascii_hexdigit()).count();
            let start = at - before;
            let length = key::hex_length(bytes.get(start..).unwrap_or_default());
            let end = start + length;
            let edge = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|byte| !is_word(*byte));
            let mixed = |run: &[u8]| run.iter().any(u8::is_ascii_digit) && run.iter().any(u8::is_ascii_alphabetic);
            if length == COMMIT_LENGTH
                && edge(start.checked_sub(1))
                && edge(Some(end))
                && mixed(bytes.get(start..end).unwrap_or_default())
                && !within_address(bytes, start)
                && let Some(written) = text.get(start..end)
            {
                out.push(found(MentionKind::Commit, written.to_ascii_lowercase(), found_in, written));
            }
            at = at.max(end);
        }
        at += COMMIT_LENGTH;
    }
}

/// Whether a position stands in an address, which has been read as a whole.
fn within_address(bytes: &[u8], at: usize) -> bool {
    const LONGEST: usize = 2048;
    let from = at.saturating_sub(LONGEST);
    let before = bytes.get(from..at).unwrap_or_default();
    let word = before
        .iter()
        .rposition(|byte| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'(' | b'"' | b'`'))
        .map_or(0, |space| space + 1);
    memmem::find(before.get(word..).unwrap_or_default(), b"://").is_some()
}
