//! What a policy looks for in labels, titles, branches and texts.

mod denial;
mod marker;
mod prose;

use super::Policy;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a match in a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum TextSignal {
    /// An emergency label, type or title tag.
    EmergencyLabel = 0,
    /// A branch named like a hotfix.
    HotfixBranch = 1,
    /// Emergency words in title or description.
    EmergencyWords = 2,
    /// A recorded authorisation; the text is who gave it.
    Authorisation = 3,
    /// A recorded justification; the text is what it says.
    Justification = 4,
    /// Documentation written down afterwards.
    Documentation = 5,
    /// A record of the review of an emergency, written down afterwards.
    ReviewRecord = 6,
    /// A label, title or branch that exempts from review.
    Exempting = 7,
}

impl TextSignal {
    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        use TextSignal::{
            Authorisation, Documentation, EmergencyLabel, EmergencyWords, Exempting, HotfixBranch, Justification,
            ReviewRecord,
        };
        let all = [
            EmergencyLabel,
            HotfixBranch,
            EmergencyWords,
            Authorisation,
            Justification,
            Documentation,
            ReviewRecord,
            Exempting,
        ];
        all.into_iter().find(|signal| *signal as u8 == code)
    }
}

/// One match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TextHit {
    /// What it means.
    pub signal: TextSignal,
    /// The text that matched, at most 200 characters.
    pub text: String,
}

/// The parameters of a policy that decide what is found in texts. Two policies with the same words are equal here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Patterns {
    emergency_labels: Vec<String>,
    emergency_title_tags: Vec<String>,
    hotfix_branches: Vec<String>,
    emergency_words: Vec<String>,
    authorisation: Vec<String>,
    justification: Vec<String>,
    documentation: Vec<String>,
    review: Vec<String>,
    exempt_labels: Vec<String>,
    exempt_title_tags: Vec<String>,
    exempt_branches: Vec<String>,
}

/// How texts are read for patterns. A number of its own for every change that finds other hits in the same text, so that
/// ledgers read their texts again.
const READING: u8 = 3;

/// Up to so many words the automaton is built for speed; beyond, for size.
const DFA_WORDS: usize = 1000;

impl Patterns {
    /// The patterns of a policy.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let lower = |words: &[String]| {
            words.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect()
        };
        let labels = |labels: &[String]| {
            labels.iter().map(|label| plain_label(label)).filter(|label| !label.is_empty()).collect()
        };
        Self {
            emergency_labels: labels(&policy.signals.emergency_labels),
            emergency_title_tags: lower(&policy.signals.emergency_title_tags),
            hotfix_branches: lower(&policy.signals.hotfix_branches),
            emergency_words: lower(&policy.signals.emergency_words),
            authorisation: lower(&policy.authorisation.markers),
            justification: lower(&policy.justification.markers),
            documentation: lower(&policy.documentation.markers),
            review: lower(&policy.review.markers),
            exempt_labels: labels(&policy.exemption.labels),
            exempt_title_tags: lower(&policy.exemption.title_tags),
            exempt_branches: lower(&policy.exemption.branches),
        }
    }

    /// SHA-256 over the patterns and the way of reading texts for them, hexadecimal: hits found with them are stored under this name.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update([READING]);
        let lists = [
            &self.emergency_labels,
            &self.emergency_title_tags,
            &self.hotfix_branches,
            &self.emergency_words,
            &self.authorisation,
            &self.justification,
            &self.documentation,
        ];
        for list in lists {
            for word in list {
                hash.update(word.as_bytes());
                hash.update([0]);
            }
            hash.update([1]);
        }
        // Lists that documents did not always have: without words in them, hits found before are still all there are.
        let later = [&self.review, &self.exempt_labels, &self.exempt_title_tags, &self.exempt_branches];
        for (list, number) in later.into_iter().zip(2_u8..).filter(|(list, _)| !list.is_empty()) {
            hash.update([number]);
            for word in list {
                hash.update(word.as_bytes());
                hash.update([0]);
            }
        }
        format!("{:x}", hash.finalize())
    }
}

/// [`Patterns`] made ready for fast matching.
#[derive(Debug, Clone)]
pub struct Matcher {
    patterns: Patterns,
    /// Words and markers in one automaton; a text without any of them needs no closer look.
    candidates: AhoCorasick,
}

/// The patterns are too large for matching.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the policy's word lists are too large: {0}")]
pub struct PatternsTooLarge(String);

impl Matcher {
    /// Makes `patterns` ready.
    ///
    /// # Errors
    /// [`PatternsTooLarge`] for lists of many megabytes.
    pub fn new(patterns: Patterns) -> Result<Self, PatternsTooLarge> {
        let words = patterns
            .emergency_words
            .iter()
            .chain(&patterns.authorisation)
            .chain(&patterns.justification)
            .chain(&patterns.documentation)
            .chain(&patterns.review);
        let candidates = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            // Some dozens of words: the fastest automaton is still small.
            .kind((words.clone().count() < DFA_WORDS).then_some(AhoCorasickKind::DFA))
            .build(words)
            .map_err(|error| PatternsTooLarge(error.to_string()))?;
        Ok(Self { patterns, candidates })
    }

    /// The patterns that are matched.
    #[must_use]
    pub const fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// Matches a label, type or change type: case, hyphens, underscores and a prefix such as `type:` do not matter, unless the
    /// prefix denies it, as in `no:emergency`.
    pub fn label(&self, label: &str, hits: &mut Vec<TextHit>) {
        let plain = plain_label(label);
        let (prefix, rest) = plain.rsplit_once([':', '/']).unwrap_or(("", &plain));
        let without_prefix = if denial::is_denying(prefix.trim()) { "" } else { rest.trim() };
        let is_in = |wanted: &[String]| wanted.iter().any(|wanted| *wanted == plain || wanted == without_prefix);
        if is_in(&self.patterns.emergency_labels) {
            hits.push(hit(TextSignal::EmergencyLabel, label));
        }
        if is_in(&self.patterns.exempt_labels) {
            hits.push(hit(TextSignal::Exempting, label));
        }
    }

    /// Matches a title: tags at its beginning, words anywhere unless they are denied (`non-emergency`).
    pub fn title(&self, title: &str, hits: &mut Vec<TextHit>) {
        let begin = title.trim_start();
        if let Some(tag) = self.patterns.emergency_title_tags.iter().find(|tag| begins_with(begin, tag)) {
            hits.push(hit(TextSignal::EmergencyLabel, tag));
        }
        if let Some(tag) = self.patterns.exempt_title_tags.iter().find(|tag| begins_with(begin, tag)) {
            hits.push(hit(TextSignal::Exempting, tag));
        }
        self.words(title, hits);
    }

    /// Matches the name of a branch.
    pub fn branch(&self, branch: &str, hits: &mut Vec<TextHit>) {
        // A fork's branch may be written `owner:hotfix/x`.
        let name = branch.rsplit_once(':').map_or(branch, |(_, name)| name);
        if self.patterns.hotfix_branches.iter().any(|prefix| begins_with(name, prefix)) {
            hits.push(hit(TextSignal::HotfixBranch, branch));
        }
        if self.patterns.exempt_branches.iter().any(|prefix| begins_with(name, prefix)) {
            hits.push(hit(TextSignal::Exempting, branch));
        }
    }

    /// Matches a description: words that are not denied and markers, but nothing in quotes, check lists, code or HTML
    /// comments.
    pub fn body(&self, body: &str, hits: &mut Vec<TextHit>) {
        if !self.candidates.is_match(body) {
            return;
        }
        let prose = prose::without_template(body);
        self.words(&prose, hits);
        self.markers(&prose, hits, &[TextSignal::Authorisation, TextSignal::Justification]);
    }

    /// Matches a ticket's description or a comment: markers only.
    pub fn record_text(&self, text: &str, hits: &mut Vec<TextHit>) {
        if !self.candidates.is_match(text) {
            return;
        }
        let prose = prose::without_template(text);
        self.markers(
            &prose,
            hits,
            &[
                TextSignal::Authorisation,
                TextSignal::Justification,
                TextSignal::Documentation,
                TextSignal::ReviewRecord,
            ],
        );
    }

    fn words(&self, text: &str, hits: &mut Vec<TextHit>) {
        if hits.iter().any(|hit| hit.signal == TextSignal::EmergencyWords) {
            return;
        }
        let found = self.candidates.find_overlapping_iter(text).find_map(|found| {
            let is_word = found.pattern().as_usize() < self.patterns.emergency_words.len();
            let speaks =
                is_word && prose::is_whole_word(text, found.range()) && !denial::is_denied(text, &found.range());
            speaks.then(|| text.get(found.range())).flatten()
        });
        if let Some(word) = found {
            hits.push(hit(TextSignal::EmergencyWords, word));
        }
    }

    fn markers(&self, prose: &str, hits: &mut Vec<TextHit>, wanted: &[TextSignal]) {
        for &signal in wanted {
            let markers = match signal {
                TextSignal::Authorisation => &self.patterns.authorisation,
                TextSignal::Justification => &self.patterns.justification,
                TextSignal::ReviewRecord => &self.patterns.review,
                _ => &self.patterns.documentation,
            };
            if let Some(value) = marker::value_after(prose, markers) {
                hits.push(hit(signal, &value));
            }
        }
    }
}

fn hit(signal: TextSignal, text: &str) -> TextHit {
    TextHit { signal, text: text.chars().take(200).collect() }
}

/// Whether `text` begins with `prefix`, which is in lower case, whatever the case of `text`.
fn begins_with(text: &str, prefix: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    prefix.chars().all(|wanted| letters.next() == Some(wanted))
}

/// Lower case, hyphens and underscores as spaces, single spaces.
fn plain_label(label: &str) -> String {
    let spaced: String = label.chars().map(|c| if matches!(c, '-' | '_') { ' ' } else { c }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
