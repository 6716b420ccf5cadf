//! Names of branches: `hotfix/INC-482`, `feature/plat-1190-cap-retries`.

use super::{found, is_word, key};
use change_ledger_model::record::{FoundIn, Mention};

/// Branches of bots name packages and versions (`lodash-4`), never tickets.
const OF_BOTS: [&str; 5] = ["dependabot/", "renovate/", "snyk-", "greenkeeper/", "pre-commit-ci"];

/// Finds what the name of a branch names. Keys may be in lower case here.
pub fn in_branch(branch: &str, out: &mut Vec<Mention>) {
    let name = branch.strip_prefix("refs/heads/").unwrap_or(branch);
    // Every key ends with a number.
    if !name.bytes().any(|byte| byte.is_ascii_digit()) || OF_BOTS.iter().any(|prefix| name.starts_with(prefix)) {
        return;
    }
    // A key's own dash also separates words, so each word is looked at with the one after it.
    let mut words = words(name).peekable();
    while let Some((start, word)) = words.next() {
        let end = start + word.len();
        if let Some((letters, digits)) = word.split_at_checked(3)
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && let Some((kind, normal)) = key::of_numbered(letters, digits)
        {
            out.push(found(kind, normal, FoundIn::Branch, word));
            continue;
        }
        let Some((next_start, next)) = words.peek().copied() else { break };
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        let Some((number, rest)) = next.split_at_checked(digits) else { continue };
        let dashed = name.get(end..next_start) == Some("-");
        // `v1-2.3` is a version, `abc-12x` a word.
        let whole = (rest.is_empty() || rest.starts_with('_'))
            && !name.get(next_start + digits..).is_some_and(|rest| rest.starts_with('.'));
        let project = word.rsplit_once('_').map_or(word, |(_, last)| last);
        if dashed
            && whole
            && let Some((kind, normal)) = key::of_dashed(project, number)
        {
            let text = name.get(end - project.len()..next_start + digits).unwrap_or_default();
            out.push(found(kind, normal, FoundIn::Branch, text));
            words.next();
        }
    }
}

/// Runs of letters, digits and underscores, with where they begin.
fn words(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = name.as_bytes().get(at..)?;
        let start = at + rest.iter().position(|byte| is_word(*byte))?;
        let length = name.as_bytes().get(start..)?.iter().take_while(|byte| is_word(**byte)).count();
        at = start + length;
        Some((start, name.get(start..at)?))
    })
}
