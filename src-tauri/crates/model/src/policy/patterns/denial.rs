//! Words that are written down to say that something is not the case: `not an emergency`, `Hotfix: no`.

use std::ops::Range;

const DENYING: [&str; 16] = [
    "no", "non", "not", "never", "without", "neither", "nor", "isn't", "isnt", "wasn't", "wasnt", "aren't", "arent",
    "doesn't", "don't", "didn't",
];

/// What may stand between a denying word and the word that it denies.
const BETWEEN: [&str; 10] = ["a", "an", "any", "the", "be", "been", "being", "real", "really", "actual"];

/// Answers that deny what the line asks.
const NO: [&str; 7] = ["no", "none", "n/a", "na", "false", "nope", "not applicable"];

/// How many words a question may have after the word that it asks about: `Emergency change needed?`.
const WORDS_OF_A_QUESTION: usize = 3;

/// Whether what stands at `range` is denied in the same line: by a word before it, or by the answer to the question or
/// field that it stands in.
pub(super) fn is_denied(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    is_denied_before(before) || is_answered_with_no(after.lines().next().unwrap_or_default())
}

/// Whether this word, as the prefix of a label, denies the label.
pub(super) fn is_denying(word: &str) -> bool {
    DENYING.contains(&word.to_lowercase().replace('’', "'").as_str())
}

fn is_denied_before(before: &str) -> bool {
    let mut rest = before;
    for _ in 0..WORDS_OF_A_QUESTION {
        let gap = rest.trim_end_matches([' ', '\t', '-', '\u{2010}', '\u{2011}']);
        let start = gap.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '\'' | '’'));
        let word = gap.get(start.len()..).unwrap_or_default();
        if gap.len() == rest.len() || word.is_empty() {
            return false;
        }
        if is_denying(word) {
            return true;
        }
        if !BETWEEN.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        rest = start;
    }
    false
}

fn is_answered_with_no(after: &str) -> bool {
    let Some((question, answer)) = after.split_once([':', '?', '=', '|', '：']) else { return false };
    let is_question = question.split_whitespace().count() <= WORDS_OF_A_QUESTION
        && question.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\t' | '*' | '_' | '-' | '`'));
    let answer = answer.trim_start_matches([' ', '\t', '*', '_', '`', '|', ':', '?']);
    let answer = answer.split([',', '.', ';', '|', '(', '!']).next().unwrap_or_default();
    is_question && NO.contains(&answer.trim_matches([' ', '\t', '*', '_', '`']).to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denied_word_is_told_from_a_meant_one() {
        let check = |text: &str, expected: bool| {
            let start = text.to_lowercase().find("emergency").unwrap();
            assert_eq!(is_denied(text, &(start..start + "emergency".len())), expected, "{text}");
        };
        check("non-emergency change", true);
        check("Non emergency", true);
        check("no emergency", true);
        check("This is not an emergency.", true);
        check("This isn’t an emergency", true);
        check("it was not a real emergency", true);
        check("without any emergency", true);
        check("Emergency: no", true);
        check("**Emergency change?** No, planned since May", true);
        check("| Emergency | no |", true);
        check("Emergency = false", true);
        check("Emergency: N/A", true);
        check("emergency", false);
        check("an emergency", false);
        check("Not now, emergency", false);
        check("Backport: no\nemergency fix", false);
        check("not only an emergency", false);
        check("no longer an emergency", false);
        check("Emergency: no retries on 429", false);
        check("Emergency: yes", false);
        check("emergency, is the pool full? No", false);
        check("know emergency", false);
    }
}
