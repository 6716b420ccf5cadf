//! What must be written down about an emergency, by whom and by when.

use super::patterns::is_denied;
use crate::calendar::Deadline;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Who may authorise, and how it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorisation {
    /// Roles that may authorise, the first choice first.
    pub roles: Vec<String>,
    /// Whether each of the roles must, instead of any one; documents without it mean any one.
    #[serde(default)]
    pub every_role: bool,
    /// By when it is written down; documents without it set no time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Deadline>,
    /// Roles that sign off afterwards, whoever authorised; none in documents without it.
    #[serde(default)]
    pub sign_off: Vec<String>,
    /// Words before the name, at the beginning of a line.
    pub markers: Vec<String>,
}

/// How a justification is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Justification {
    /// Words before the text, at the beginning of a line or as a heading.
    pub markers: Vec<String>,
    /// Whether the reason field of a linked ticket counts.
    pub ticket_reason_counts: bool,
}

/// How and by when a change is documented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documentation {
    /// Words before the text, at the beginning of a line of a comment on a linked ticket or incident.
    pub markers: Vec<String>,
    /// By when.
    pub deadline: Deadline,
}

/// What makes an emergency a genuine one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// Whether it must be labelled as one; documents without it do not ask.
    #[serde(default)]
    pub label_required: bool,
    /// How it must be linked to an incident; documents without it ask for an imported one.
    #[serde(default)]
    pub incident_link: LinkRequired,
    /// Words of which the reason contains one; any reason will do where it is empty, as in documents without it.
    #[serde(default)]
    pub grounds: Vec<String>,
}

impl Emergency {
    /// Whether a reason names one of the grounds, as a whole word or its plural, in any case, and does not deny it (`not an
    /// outage`); any reason does where none is asked for.
    #[must_use]
    pub fn accepts_reason(&self, reason: &str) -> bool {
        let written = words(reason);
        let grounds: Vec<Vec<Word>> =
            self.grounds.iter().map(|ground| words(ground)).filter(|ground| !ground.is_empty()).collect();
        let is_meant = |ground: &Vec<Word>| {
            let mut named = written.windows(ground.len()).filter(|of_reason| is_named_by(ground, of_reason));
            named.any(|of_reason| !is_denied(reason, &place(of_reason)))
        };
        grounds.is_empty() || grounds.iter().any(is_meant)
    }
}

/// A word in small letters, with its place in the text.
type Word = (String, Range<usize>);

/// The words of a text: letters and digits without anything between them.
fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match found.last_mut() {
            Some((word, place)) if place.end == at => {
                word.extend(letter.to_lowercase());
                place.end = end;
            }
            _ => found.push((letter.to_lowercase().collect(), at..end)),
        }
    }
    found
}

/// Whether these words of a reason are those of a ground, the last perhaps in the plural.
fn is_named_by(ground: &[Word], of_reason: &[Word]) -> bool {
    let Some(((last, _), others)) = ground.split_last() else { return false };
    let Some(((written, _), before)) = of_reason.split_last() else { return false };
    let is_last = written == last || written.strip_suffix('s') == Some(last);
    is_last && before.iter().map(|(word, _)| word).eq(others.iter().map(|(word, _)| word))
}

/// From the beginning of the first word to the end of the last.
fn place(words: &[Word]) -> Range<usize> {
    let start = words.first().map_or(0, |(_, place)| place.start);
    start..words.last().map_or(start, |(_, place)| place.end)
}

/// How an emergency must be linked to an incident.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkRequired {
    /// It names an incident that was imported.
    #[default]
    Resolved,
    /// The incident names it back too.
    TwoWay,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_names_a_ground_as_a_word_of_its_own() {
        let check = |grounds: &[&str], reason: &str, expected: bool| {
            let grounds = grounds.iter().map(|word| (*word).to_owned()).collect();
            let rule = Emergency { grounds, ..Emergency::default() };
            assert_eq!(rule.accepts_reason(reason), expected, "{reason}");
        };
        check(&[], "because", true);
        check(&["outage", "P1"], "Outage of payments", true);
        check(&["outage", "P1"], "two outages", true);
        check(&["outage", "P1"], "a p1-incident", true);
        check(&["down"], "downloads are slow", false);
        check(&["data loss"], "risk of data  loss!", true);
        check(&["data loss"], "data was lost", false);
        check(&["outage"], "", false);
        check(&["outage"], "not an outage", false);
        check(&["outage"], "Outage: no", false);
        check(&["data loss"], "there was no data loss", false);
        check(&["data loss"], "there was data loss", true);
        check(&["outage"], "not an outage yet; an OUTAGE soon", true);
        check(&["outage", "p1"], "no outage, but a P1", true);
    }
}
