//! The fictional company's exports, and the numbers that its generator planted.

use crate::home::Home;
use change_ledger_demo::{Plan, Truth, truth, write};
use std::path::{Path, PathBuf};

/// The moment at which the planted numbers hold.
pub const AS_OF: &str = "2026-10-01T08:00:00Z";

/// The quarter on which the window opens: the last one that is over.
pub const LAST_QUARTER: &str = "2026-Q3";

/// What the window's sample workspace is made from.
pub fn sample_truth() -> Truth {
    let truth = truth(&Plan::default()).unwrap();
    assert_eq!(truth.as_of, AS_OF);
    assert_eq!(truth.quarters.last().unwrap().quarter, LAST_QUARTER);
    truth
}

/// Writes the exports into a home and gives the files.
pub fn write_exports(home: &Home) -> Vec<PathBuf> {
    write(&home.path().join("exports"), &Plan::default()).unwrap().files
}

/// Bytes of an export by its name, wherever below `folder` it is.
pub fn bytes_of(folder: &Path, name: &str) -> Vec<u8> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|found| found == name) {
                return std::fs::read(path).unwrap();
            }
        }
    }
    panic!("no file {name} below {}", folder.display());
}
