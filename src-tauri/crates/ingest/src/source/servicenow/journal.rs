//! Journals: one text that holds every entry, newest first, each below a line with its time and author.

use change_ledger_model::record::Verdict;

/// One entry of a journal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry<'t> {
    /// Its time, as it was displayed.
    pub(super) at: &'t str,
    pub(super) author: &'t str,
    pub(super) text: &'t str,
}

/// The entries of a journal. A text that has no headings is no journal and has none.
pub(super) fn entries(journal: &str) -> Vec<Entry<'_>> {
    let mut found: Vec<(Entry<'_>, usize)> = Vec::new();
    let mut at = 0;
    for line in journal.split_inclusive('\n') {
        let after = at + line.len();
        if let Some((time, author)) = heading(line) {
            close(&mut found, journal, at);
            found.push((Entry { at: time, author, text: "" }, after));
        }
        at = after;
    }
    close(&mut found, journal, at);
    found.into_iter().map(|(entry, _)| entry).collect()
}

/// Gives the last entry its text, which ends at `end`.
fn close<'t>(found: &mut [(Entry<'t>, usize)], journal: &'t str, end: usize) {
    if let Some((entry, start)) = found.last_mut() {
        entry.text = journal.get(*start..end).unwrap_or_default().trim();
    }
}

/// `2026-02-16 16:45:06 - System Administrator (Approval history)`, whatever the format of the date.
fn heading(line: &str) -> Option<(&str, &str)> {
    let (at, rest) = line.trim_end().split_once(" - ")?;
    let (author, kind) = rest.strip_suffix(')')?.rsplit_once(" (")?;
    let in_time =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | ':' | '-' | ' ' | 'a' | 'p' | 'm' | 'A' | 'P' | 'M');
    let dated = at.starts_with(|c: char| c.is_ascii_digit()) && at.contains(':') && at.chars().all(in_time);
    (dated && !kind.is_empty()).then(|| (at.trim(), author.trim()))
}

/// A decision that an entry of an approval history records.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decided<'t> {
    pub(super) by: &'t str,
    /// `None` where somebody's role stood for an approval.
    pub(super) verdict: Option<Verdict>,
}

/// Who decided what in an entry.
///
/// An approval that somebody could give by their role alone, without having been asked, is the override of an
/// administrator: neither an approval nor a remark on the change.
pub(super) fn decision(text: &str) -> Option<Decided<'_>> {
    // ASCII only, so that positions stay those of the text.
    let lower = text.to_ascii_lowercase();
    let (approved, at) = [(true, "approved by "), (false, "rejected by ")]
        .into_iter()
        .find_map(|(approved, words)| Some((approved, lower.find(words)? + words.len())))?;
    let rest = text.get(at..)?.lines().next()?;
    let rest =
        lower.get(at..).filter(|said| said.starts_with("user ")).map_or(rest, |_| rest.get(5..).unwrap_or_default());
    let by =
        [" (", ", "].iter().filter_map(|end| rest.find(end)).min().map_or(rest, |end| rest.get(..end).unwrap_or(rest));
    let by = by.trim().trim_end_matches('.').trim();
    let verdict = match (approved, lower.contains("permission granted by role")) {
        (true, false) => Some(Verdict::Approved),
        (true, true) => None,
        (false, _) => Some(Verdict::ChangesRequested),
    };
    (!by.is_empty()).then_some(Decided { by, verdict })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HISTORY: &str = "2026-02-16 16:45:06 - System Administrator (Approval history)\nGroup approval for CAB Approval approved by user Howard Johnson.\n\n2026-02-16 15:01:00 - Lin Eze (Approval history)\nGroup approval for CAB Approval requested.\n\n";

    #[test]
    fn journals_are_taken_apart() {
        let entries = entries(HISTORY);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[0].at, entries[0].author), ("2026-02-16 16:45:06", "System Administrator"));
        assert_eq!(entries[1].text, "Group approval for CAB Approval requested.");
        let check = |journal: &str, expected: &[&str]| {
            let found = super::entries(journal);
            assert_eq!(found.iter().map(|entry| entry.at).collect::<Vec<_>>(), expected, "{journal}");
        };
        check("02/16/2026 04:45:06 PM - Lin Eze (Work notes)\r\ndone\r\n", &["02/16/2026 04:45:06 PM"]);
        check("16.02.2026 16:45:06 - Lin Eze (Work notes)\ndone", &["16.02.2026 16:45:06"]);
        check("Just a remark - by somebody (maybe)", &[]);
        check("", &[]);
    }

    #[test]
    fn decisions_are_told_from_other_entries() {
        let check = |text: &str, expected: Option<(&str, Option<Verdict>)>| {
            assert_eq!(decision(text).map(|decided| (decided.by, decided.verdict)), expected, "{text}");
        };
        check(
            "Group approval for CAB Approval approved by user Howard Johnson.",
            Some(("Howard Johnson", Some(Verdict::Approved))),
        );
        check("User approval rejected by user Mara Ko", Some(("Mara Ko", Some(Verdict::ChangesRequested))));
        check(
            "CAB Approval approved by user System Administrator (permission granted by role admin).",
            Some(("System Administrator", None)),
        );
        check("Group approval for CAB Approval requested.", None);
        check("Approval by user is required", None);
    }
}
