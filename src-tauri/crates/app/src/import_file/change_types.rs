//! Types of changes that no policy of the ledger takes for an emergency, though they may mean one.

use change_ledger_model::{import::ImportWarning, policy::patterns::Matcher, record::Record};
use std::collections::{BTreeMap, HashSet};

/// Types that are listed in the warning.
const NAMED: usize = 8;
/// Types that are remembered; a field with more of them is no type.
const REMEMBERED: usize = 200;
/// Types that everybody calls an ordinary change: no reason for a word.
const ORDINARY: [&str; 8] = ["normal", "standard", "routine", "regular", "planned", "minor", "major", "significant"];

/// Collects change types that no emergency label of a policy matches.
#[derive(Debug)]
pub(super) struct ChangeTypes<'a> {
    matchers: &'a [Matcher],
    seen: HashSet<String>,
    /// Those without a match, with the number of records that bear them.
    unmatched: BTreeMap<String, u64>,
}

impl<'a> ChangeTypes<'a> {
    /// Types that none of `matchers` matches.
    pub(super) fn unlike(matchers: &'a [Matcher]) -> Self {
        Self { matchers, seen: HashSet::new(), unmatched: BTreeMap::new() }
    }

    /// Looks at one record.
    pub(super) fn see(&mut self, record: &Record) {
        let said = match record {
            Record::Change(change) => change.category.as_deref(),
            Record::Ticket(ticket) => ticket.change_type.as_deref(),
            _ => None,
        };
        let Some(said) = said.map(str::trim).filter(|said| !said.is_empty()) else { return };
        if let Some(records) = self.unmatched.get_mut(said) {
            *records += 1;
        } else if self.seen.len() < REMEMBERED && self.seen.insert(said.to_owned()) && self.is_unlike_all(said) {
            self.unmatched.insert(said.to_owned(), 1);
        }
    }

    fn is_unlike_all(&self, said: &str) -> bool {
        let is_found = |matcher: &Matcher| {
            let mut hits = Vec::new();
            matcher.label(said, &mut hits);
            !hits.is_empty()
        };
        !ORDINARY.contains(&said.to_lowercase().as_str()) && !self.matchers.iter().any(is_found)
    }

    /// The warning, if there was such a type.
    pub(super) fn warning(self) -> Option<ImportWarning> {
        if self.unmatched.is_empty() {
            return None;
        }
        let more = if self.unmatched.len() > NAMED { ", and others" } else { "" };
        let named =
            self.unmatched.iter().take(NAMED).map(|(name, records)| format!("\u{201c}{name}\u{201d} ({records})"));
        let message = format!(
            "These types of changes are no emergency for any policy of the ledger: {}{more}. If one means an emergency, \
             add it to the policy's signals.emergency_labels.",
            named.collect::<Vec<_>>().join(", ")
        );
        Some(ImportWarning { code: "change_types_unmatched".to_owned(), message })
    }
}
