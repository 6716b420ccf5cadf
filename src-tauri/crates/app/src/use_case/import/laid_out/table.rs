//! A table of an unknown tool: its columns, and what they may mean.

use crate::{
    use_case::profile::{file_stem, meanings, record_kinds},
    wire::{ColumnMeanings, UnknownTable},
};
use change_ledger_ingest::{ColumnProfile, Input, TableStart};

/// Rows that are shown under the columns.
const ROWS: usize = 5;

/// The columns of `input` and what they mean under `profile`, or may mean by their names; `None` when it is no table.
pub(super) fn of(input: &dyn Input, profile: Option<&ColumnProfile>, saved_as: Option<String>) -> Option<UnknownTable> {
    // What keeps a file from being read is said where it is recognised.
    let start = TableStart::of(input, ROWS).ok().flatten()?;
    let profile = match profile {
        Some(profile) => meanings(profile),
        None => {
            ColumnMeanings { name: file_stem(input.name()), ..meanings(&ColumnProfile::suggested_for(&start.columns)) }
        }
    };
    Some(UnknownTable { columns: start.columns, rows: start.rows, profile, saved_as, record_kinds: record_kinds() })
}
