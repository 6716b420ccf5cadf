//! Tables in parts, one per quarter and repository, in folders named as Hive names them.

use super::subject::Subject;
use std::{collections::BTreeMap, fmt::Write};

/// How Hive names the folder of rows that have no value to be parted by.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// The changes of one quarter in one repository.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// `quarter=2026-Q3/repository=acme%2Fpay`.
    pub(super) folder: String,
    /// Positions of its changes, ascending.
    changes: Vec<u32>,
}

/// The parts of a ledger's changes, in the order of their folders' names.
pub(super) fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let mut changes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (position, change) in (0_u32..).zip(0..subject.len()) {
        let quarter = subject.quarter(change).map_or_else(|| NO_VALUE.to_owned(), |quarter| quarter.to_string());
        let repository = subject.repository(change).map_or_else(|| NO_VALUE.to_owned(), escaped);
        changes.entry(format!("quarter={quarter}/repository={repository}")).or_default().push(position);
    }
    changes.into_iter().map(|(folder, changes)| Part { folder, changes }).collect()
}

/// For each part the rows of a table whose rows belong to `of_change`.
pub(super) fn rows(parts: &[Part], of_change: &[u32]) -> Vec<Vec<usize>> {
    let part_of: BTreeMap<u32, usize> =
        parts.iter().enumerate().flat_map(|(at, part)| part.changes.iter().map(move |change| (*change, at))).collect();
    let mut rows = vec![Vec::new(); parts.len()];
    for (row, change) in of_change.iter().enumerate() {
        if let Some(part) = part_of.get(change).and_then(|at| rows.get_mut(*at)) {
            part.push(row);
        }
    }
    rows
}

/// A value as a folder's name: whatever is not a letter, a digit or one of `-_.` becomes `%` and its bytes in hexadecimal.
fn escaped(value: &str) -> String {
    let mut name = String::with_capacity(value.len());
    for byte in value.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if is_plain {
            name.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(name, "%{byte:02X}");
        }
    }
    // A name of dots alone would lead out of the folder.
    if name.chars().all(|c| c == '.') { name.replace('.', "%2E") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_never_leads_out_of_its_folder() {
        let check = |value: &str, expected: &str| assert_eq!(escaped(value), expected);
        check("acme/pay", "acme%2Fpay");
        check("..", "%2E%2E");
        check("../../etc", "..%2F..%2Fetc");
        check("a=b c%", "a%3Db%20c%25");
        check("Zürich", "Z%C3%BCrich");
        check("v2.1_x-y", "v2.1_x-y");
    }

    #[test]
    fn rows_go_with_their_changes() {
        let part = |folder: &str, changes: &[u32]| Part { folder: folder.to_owned(), changes: changes.to_vec() };
        let parts = [part("a", &[0, 2]), part("b", &[1])];
        assert_eq!(rows(&parts, &[0, 1, 1, 2, 0]), [vec![0, 3, 4], vec![1, 2]]);
    }
}
