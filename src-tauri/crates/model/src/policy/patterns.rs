//! What a policy looks for in labels, titles, branches and texts.

mod denial;
mod marker;
mod prose;

pub(super) use denial::is_denied;

use super::{Policy, RollbackPlan};
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
    /// A label, type or category that puts the change into a category of the policy.
    Category = 8,
    /// A plan for a rollback; the text is how it begins.
    RollbackPlan = 9,
}

impl TextSignal {
    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        use TextSignal::{
            Authorisation, Category, Documentation, EmergencyLabel, EmergencyWords, Exempting, HotfixBranch,
            Justification, ReviewRecord, RollbackPlan,
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
            Category,
            RollbackPlan,
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

impl TextHit {
    /// How many letters of the text are kept; one of as many may go on.
    pub const LONGEST: usize = 200;
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
    #[serde(default)]
    category_labels: Vec<String>,
    #[serde(default)]
    rollback_plan: Vec<String>,
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
            category_labels: policy.category.iter().flat_map(|category| labels(&category.labels)).collect(),
            rollback_plan: match policy.controls.rollback_plan {
                RollbackPlan::Never => Vec::new(),
                RollbackPlan::HighRisk | RollbackPlan::Always => lower(&policy.rollback.plan_markers),
            },
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
        let later = [
            &self.review,
            &self.exempt_labels,
            &self.exempt_title_tags,
            &self.exempt_branches,
            &self.category_labels,
            &self.rollback_plan,
        ];
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
    /// What each of them, in the order of the automaton, speaks of.
    signals: Vec<TextSignal>,
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
        let lists = [
            (TextSignal::EmergencyWords, &patterns.emergency_words),
            (TextSignal::Authorisation, &patterns.authorisation),
            (TextSignal::Justification, &patterns.justification),
            (TextSignal::Documentation, &patterns.documentation),
            (TextSignal::ReviewRecord, &patterns.review),
            (TextSignal::RollbackPlan, &patterns.rollback_plan),
        ];
        let words = lists.iter().flat_map(|(_, words)| words.iter());
        let signals = lists.iter().flat_map(|(signal, words)| vec![*signal; words.len()]).collect();
        let candidates = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            // Some dozens of words: the fastest automaton is still small.
            .kind((words.clone().count() < DFA_WORDS).then_some(AhoCorasickKind::DFA))
            .build(words)
            .map_err(|error| PatternsTooLarge(error.to_string()))?;
        Ok(Self { patterns, candidates, signals })
    }

    /// The patterns that are matched.
    #[must_use]
    pub const fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// Matches a label, type or change type: case, hyphens, underscores and a prefix such as `type:` do not matter, unless the
    /// prefix denies it, as in `no:emergency`.
    pub fn label(&self, label: &str, hits: &mut Vec<TextHit>) {
        let (plain, without_prefix) = readings(label);
        let is_in = |wanted: &[String]| wanted.iter().any(|wanted| *wanted == plain || *wanted == without_prefix);
        if is_in(&self.patterns.emergency_labels) {
            hits.push(hit(TextSignal::EmergencyLabel, label));
        }
        if is_in(&self.patterns.exempt_labels) {
            hits.push(hit(TextSignal::Exempting, label));
        }
        if is_in(&self.patterns.category_labels) {
            hits.push(hit(TextSignal::Category, label));
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
        use TextSignal::{Authorisation, EmergencyWords, Justification, RollbackPlan};
        let named = self.named_in(body, &[EmergencyWords, Authorisation, Justification, RollbackPlan]);
        if named.is_empty() {
            return;
        }
        let prose = prose::without_template(body);
        if named.contains(&EmergencyWords) {
            // Who plans how to roll back does not roll back.
            let planned = named.contains(&RollbackPlan);
            let spoken = planned.then(|| marker::without_sections(&prose, &self.patterns.rollback_plan));
            self.words(spoken.as_deref().unwrap_or(&prose), hits);
        }
        self.markers(&prose, hits, &named);
    }

    /// Matches a ticket's description or a comment: markers only.
    pub fn record_text(&self, text: &str, hits: &mut Vec<TextHit>) {
        use TextSignal::{Authorisation, Documentation, Justification, ReviewRecord, RollbackPlan};
        let named = self.named_in(text, &[Authorisation, Justification, Documentation, ReviewRecord, RollbackPlan]);
        if !named.is_empty() {
            self.markers(&prose::without_template(text), hits, &named);
        }
    }

    /// Which of the `wanted` have a word or marker anywhere in `text`, in the order in which they are wanted.
    fn named_in(&self, text: &str, wanted: &[TextSignal]) -> Vec<TextSignal> {
        // A comment taken out may join two halves of a word.
        if text.contains("<!--") {
            return wanted.to_vec();
        }
        let all = wanted.iter().fold(0, |all, signal| all | bit(*signal));
        let mut seen = 0;
        for found in self.candidates.find_overlapping_iter(text) {
            seen |= self.signals.get(found.pattern().as_usize()).map_or(0, |signal| bit(*signal));
            if seen & all == all {
                break;
            }
        }
        wanted.iter().copied().filter(|signal| seen & bit(*signal) != 0).collect()
    }

    /// Notes the first emergency word that speaks, unless one is noted already.
    fn words(&self, text: &str, hits: &mut Vec<TextHit>) {
        if hits.iter().any(|hit| hit.signal == TextSignal::EmergencyWords) {
            return;
        }
        let found = self.candidates.find_overlapping_iter(text).find_map(|found| {
            let is_word = found.pattern().as_usize() < self.patterns.emergency_words.len();
            let speaks = is_word && prose::is_whole_word(text, found.range()) && !is_denied(text, &found.range());
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
                TextSignal::RollbackPlan => &self.patterns.rollback_plan,
                TextSignal::Documentation => &self.patterns.documentation,
                _ => continue,
            };
            if let Some(value) = marker::value_after(prose, markers) {
                hits.push(hit(signal, &value));
            }
        }
    }
}

const fn bit(signal: TextSignal) -> u32 {
    1 << signal as u8
}

fn hit(signal: TextSignal, text: &str) -> TextHit {
    TextHit { signal, text: text.chars().take(TextHit::LONGEST).collect() }
}

/// Whether `text` begins with `prefix`, which is in lower case, whatever the case of `text`.
fn begins_with(text: &str, prefix: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    prefix.chars().all(|wanted| letters.next() == Some(wanted))
}

/// Whether a label that a source gives is `wanted`, by the rules of [`Matcher::label`].
pub(super) fn bears_label(label: &str, wanted: &str) -> bool {
    let (plain, without_prefix) = readings(label);
    let wanted = plain_label(wanted);
    !wanted.is_empty() && (wanted == plain || wanted == without_prefix)
}

/// A label in plain spelling, whole and without a prefix such as `type:`; nothing is left where the prefix denies it.
fn readings(label: &str) -> (String, String) {
    let plain = plain_label(label);
    let (prefix, rest) = plain.rsplit_once([':', '/']).unwrap_or(("", &plain));
    let denied = !prefix.is_empty() && denial::is_denying(prefix.trim());
    let without_prefix = if denied { "" } else { rest.trim() }.to_owned();
    (plain, without_prefix)
}

/// Lower case, hyphens and underscores as spaces, single spaces.
fn plain_label(label: &str) -> String {
    let lower = label.to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    for word in lower.split(|c: char| matches!(c, '-' | '_') || c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}

#[cfg(test)]
mod tests;
