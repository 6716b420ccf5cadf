//! What an auditor found of one item.

use super::Attribute;
use serde::{Deserialize, Serialize};

/// What an auditor found of one attribute of one item. A later answer to the same question takes the place of an earlier
/// one, which stays on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Number of the sample.
    pub sample: i64,
    /// Number of the item.
    pub item: u32,
    /// The attribute.
    pub attribute: Attribute,
    /// What was found.
    pub result: AnswerResult,
    /// What was seen, in the auditor's words.
    pub note: Option<String>,
    /// Why it deviates: a cause code or a few words.
    pub cause: Option<String>,
    /// What the management says to it.
    pub response: Option<String>,
    /// The item in which the attribute was tested again.
    pub retest: Option<ItemReference>,
}

/// What an auditor found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum AnswerResult {
    /// The attribute holds.
    Pass = 0,
    /// It does not.
    Deviation = 1,
    /// It cannot be asked of this change; the item does not count for the attribute.
    #[serde(rename = "na")]
    NotApplicable = 2,
    /// The item cannot be examined, because the evidence is missing: a deviation.
    NotExaminable = 3,
}

impl AnswerResult {
    /// Whether it counts as a deviation.
    #[must_use]
    pub const fn deviates(self) -> bool {
        matches!(self, Self::Deviation | Self::NotExaminable)
    }
}

/// An item of a sample, written `S2/7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemReference {
    /// Number of the sample.
    #[ts(type = "number")]
    pub sample: i64,
    /// Number of the item.
    pub item: u32,
}

impl std::fmt::Display for ItemReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "S{}/{}", self.sample, self.item)
    }
}

/// A text names no item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no item; write its number, 7, or one of another sample, S2/7")]
pub struct NoItem(String);

impl ItemReference {
    /// Reads `S2/7`, or `7` for an item of `sample`.
    ///
    /// # Errors
    /// [`NoItem`] for anything else.
    pub fn parse(text: &str, sample: i64) -> Result<Self, NoItem> {
        let refuse = || NoItem(text.to_owned());
        let (sample, item) = match text.trim().split_once('/') {
            None => (Some(sample), text.trim()),
            Some((named, item)) => (named.trim_start_matches(['S', 's']).parse().ok(), item),
        };
        let item = item.parse().map_err(|_| refuse())?;
        Ok(Self { sample: sample.ok_or_else(refuse)?, item })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_named_within_and_across_samples() {
        let check = |text: &str, expected: Option<(i64, u32)>| {
            let read = ItemReference::parse(text, 3).ok();
            assert_eq!(read.map(|read| (read.sample, read.item)), expected, "{text}");
        };
        check("7", Some((3, 7)));
        check("S2/7", Some((2, 7)));
        check("s2/7", Some((2, 7)));
        check("2/7", Some((2, 7)));
        check("S2", None);
        check("S2/", None);
        check("github:acme/pay#7", None);
        assert_eq!(ItemReference { sample: 2, item: 7 }.to_string(), "S2/7");
    }

    #[test]
    fn what_cannot_be_examined_deviates() {
        let deviating: Vec<_> =
            [AnswerResult::Pass, AnswerResult::Deviation, AnswerResult::NotApplicable, AnswerResult::NotExaminable]
                .map(AnswerResult::deviates)
                .into();
        assert_eq!(deviating, [false, true, false, true]);
    }
}
