//! Words that are written down to say that something is not the case: `not an emergency`, `Hotfix: no`; in English,
//! German, French, Spanish and Portuguese.

use std::ops::Range;

/// Words of one language, with `|` between them.
type Words = &'static str;

const DENYING: [Words; 5] = [
    "no|non|not|never|without|neither|nor|isn't|isnt|wasn't|wasnt|aren't|arent|doesn't|don't|didn't",
    "kein|keine|keinen|keinem|keiner|keines|nicht|niemals|ohne|weder",
    "aucun|aucune|sans|jamais",
    "ningún|ninguna|nunca|jamás",
    "não|nao|nenhum|nenhuma",
];

/// Denying words that are abbreviations too, so that they say nothing in capitals: `PAS hotfix` is one of a system.
const DENYING_UNLESS_IN_CAPITALS: [Words; 1] = ["pas|sin|sem"];

/// What may stand between a denying word and the word that it denies.
const BETWEEN: [Words; 5] = [
    "a|an|any|the|be|been|being|real|really|actual",
    "ein|eine|einen|einem|einer|der|die|das|den|dem|als|echter|echte|echten|wirklich|wirklicher|wirkliche",
    "un|une|de|le|la|vraiment|vraie",
    "una|el|es|era|fue|verdadera",
    "é|foi|um|uma|o|verdadeira",
];

/// Answers that deny what the line asks.
const NO: [Words; 5] = [
    "no|none|n/a|na|false|nope|not applicable",
    "nein|kein|keine|keiner|keines|falsch|entfällt|nicht zutreffend",
    "non|aucun|aucune|faux|sans objet|non applicable",
    "ninguno|ninguna|falso|no aplica",
    "não|nao|nenhum|nenhuma|não se aplica",
];

/// How many words a question may have after the word that it asks about: `Emergency change needed?`.
const WORDS_OF_A_QUESTION: usize = 3;

/// Whether what stands at `range` is denied in the same line: by a word before it, or by the answer to the question or
/// field that it stands in.
pub(in crate::policy) fn is_denied(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    is_denied_before(before) || is_answered_with_no(after.lines().next().unwrap_or_default())
}

/// Whether this word, as the prefix of a label, denies the label.
pub(super) fn is_denying(word: &str) -> bool {
    is_one_of(&DENYING, &word.replace('’', "'"))
}

fn is_one_of(lists: &[Words], word: &str) -> bool {
    let word = word.to_lowercase();
    lists.iter().any(|words| words.split('|').any(|listed| listed == word))
}

fn is_denied_before(before: &str) -> bool {
    let mut rest = without_elided_article(before);
    for _ in 0..WORDS_OF_A_QUESTION {
        let gap = rest.trim_end_matches([' ', '\t', '-', '\u{2010}', '\u{2011}']);
        let start = gap.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '\'' | '’'));
        let word = gap.get(start.len()..).unwrap_or_default();
        if gap.len() == rest.len() || word.is_empty() {
            return false;
        }
        if is_denying(word) || is_denying_here(word) {
            return true;
        }
        if !is_one_of(&BETWEEN, word) {
            return false;
        }
        rest = start;
    }
    false
}

/// Without an article that French writes onto the next word: `pas d'urgence`.
fn without_elided_article(before: &str) -> &str {
    let rest = before.strip_suffix(['\'', '’']).and_then(|rest| rest.strip_suffix(['d', 'D', 'l', 'L']));
    rest.filter(|rest| rest.ends_with(char::is_whitespace)).unwrap_or(before)
}

fn is_denying_here(word: &str) -> bool {
    is_one_of(&DENYING_UNLESS_IN_CAPITALS, word) && word.chars().any(char::is_lowercase)
}

fn is_answered_with_no(after: &str) -> bool {
    let Some((question, answer)) = after.split_once([':', '?', '=', '|', '：']) else { return false };
    let is_question = question.split_whitespace().count() <= WORDS_OF_A_QUESTION
        && question.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '*' | '_' | '-' | '`'));
    let answer = answer.trim_start_matches([' ', '\t', '*', '_', '`', '|', ':', '?']);
    let answer = answer.split([',', '.', ';', '|', '(', '!']).next().unwrap_or_default();
    is_question && is_one_of(&NO, answer.trim_matches([' ', '\t', '*', '_', '`']))
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

    #[test]
    fn a_word_is_denied_in_the_languages_of_the_exports() {
        let check = |text: &str, word: &str, expected: bool| {
            let start = text.find(word).unwrap();
            assert_eq!(is_denied(text, &(start..start + word.len())), expected, "{text}");
        };
        check("kein Notfall", "Notfall", true);
        check("Das ist kein echter Notfall.", "Notfall", true);
        check("Nicht als Notfall eingestuft", "Notfall", true);
        check("ohne Rollback", "Rollback", true);
        check("Notfall: nein", "Notfall", true);
        check("| Notfall | entfällt |", "Notfall", true);
        check("ce n'est pas une urgence", "urgence", true);
        check("pas d'urgence", "urgence", true);
        check("Pas d’urgence", "urgence", true);
        check("aucun hotfix", "hotfix", true);
        check("Urgence : non", "Urgence", true);
        check("Urgence\u{a0}: non", "Urgence", true);
        check("no es una emergencia", "emergencia", true);
        check("Sin rollback", "rollback", true);
        check("¿Emergencia?: ninguna", "Emergencia", true);
        check("não é uma emergência", "emergência", true);
        check("sem rollback", "rollback", true);
        check("Emergência: não se aplica", "Emergência", true);
        check("Notfall: keine Verbindung zur Datenbank", "Notfall", false);
        check("noch ein Notfall", "Notfall", false);
        check("une urgence", "urgence", false);
        check("aujourd'urgence", "urgence", false);
        check("PAS hotfix", "hotfix", false);
        check("SEM hotfix", "hotfix", false);
        check("la emergencia", "emergencia", false);
        check("é uma emergência", "emergência", false);
    }
}
