//! Whether an incident is over, by the words that people and tools of unknown make have for its state.

/// Beginnings of words, in lower case, that say that an incident is over.
const ENDED: [&str; 26] = [
    "resolved",
    "closed",
    "complete",
    "done",
    "fixed",
    "postmortem",
    "retrospective",
    "documented",
    "cancel",
    "declined",
    "merged",
    "abandon",
    "gelöst",
    "geschlossen",
    "erledigt",
    "behoben",
    "résolu",
    "fermé",
    "terminé",
    "resuelt",
    "cerrad",
    "resolvid",
    "fechad",
    "terminad",
    "risolt",
    "chius",
];

/// Beginnings of words that say that it goes on.
const GOING_ON: [&str; 32] = [
    "open",
    "reopen",
    "new",
    "active",
    "ongoing",
    "progress",
    "trigger",
    "acknowledg",
    "investigat",
    "identif",
    "monitor",
    "mitigat",
    "triage",
    "hold",
    "pending",
    "unresolved",
    "incomplete",
    "offen",
    "neu",
    "bearbeitung",
    "wart",
    "ouvert",
    "nouveau",
    "cours",
    "abiert",
    "nuev",
    "curso",
    "abert",
    "novo",
    "apert",
    "nuov",
    "corso",
];

/// Words that turn the next one round: `not resolved`, `nicht gelöst`.
const DENYING: [&str; 11] = ["not", "no", "un", "cannot", "never", "nicht", "non", "pas", "sin", "não", "nie"];

/// Words that take a part of the next one away, or of the one before: `partially resolved`, `resolved (partially)`. What is
/// over in part goes on.
const IN_PART: [&str; 15] = [
    "partially",
    "partly",
    "partial",
    "mostly",
    "almost",
    "nearly",
    "teilweise",
    "teils",
    "weitgehend",
    "partiellement",
    "presque",
    "parcialmente",
    "casi",
    "quase",
    "parzialmente",
];

/// Words that may stand between: `not yet resolved`.
const BETWEEN: [&str; 4] = ["yet", "fully", "be", "been"];

/// Whether an incident in this state is over, in the words of the tools and of the languages of their screens; `None` where
/// none of them is known. Where a state says both, it is over: `Closed, no longer active`.
#[must_use]
pub fn ended_in_words(state: &str) -> Option<bool> {
    let state = state.to_lowercase();
    if state.contains("post-incident") {
        return Some(true);
    }
    let (mut is_denied, mut goes_on) = (false, false);
    let words = state.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !BETWEEN.contains(word));
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        let denies = DENYING.contains(&word) || IN_PART.contains(&word);
        let was_denied = std::mem::replace(&mut is_denied, denies);
        let says = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        let in_part = words.peek().is_some_and(|next| IN_PART.contains(next));
        match (says(&ENDED), was_denied || in_part) {
            (true, false) => return Some(true),
            (true, true) => goes_on = true,
            (false, _) => goes_on |= says(&GOING_ON),
        }
    }
    goes_on.then_some(false)
}

#[cfg(test)]
mod tests {
    use super::ended_in_words;

    #[test]
    fn a_state_says_whether_an_incident_is_over_or_goes_on_or_neither() {
        let check =
            |states: &[&str], expected| states.iter().for_each(|s| assert_eq!(ended_in_words(s), expected, "{s}"));
        check(&["resolved", "Closed ", "postmortem", "retrospective_started", "Erledigt", "Fermée"], Some(true));
        check(&["Cerrado", "Post-incident review", "Closed, no action"], Some(true));
        check(&["triggered", "acknowledged", "investigating", "In Progress", "On Hold", "Offen"], Some(false));
        check(&["Unresolved", "not resolved", "Not yet closed", "Nicht gelöst", "Incomplete", "En cours"], Some(false));
        check(&["Partially resolved", "partly-fixed", "Resolved (partially)", "Teilweise behoben"], Some(false));
        check(&["Partiellement résolu", "Parcialmente resuelto", "Almost done", "Mostly resolved"], Some(false));
        check(&["Partially resolved, then closed", "Teilweise gelöst, geschlossen"], Some(true));
        check(&["", "Level 2", "Übergeben", "7", "Partial"], None);
    }
}
