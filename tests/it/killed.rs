//! Imports that are killed while they run.
#![cfg(unix)]

use crate::{importing::pull, support::Sandbox};
use serde_json::{Value, json};
use std::{
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, ExitStatus, Stdio},
    time::Duration,
};

const FILES: u64 = 4;
const PULLS: u64 = 500;
const MOMENTS: u64 = 10;
/// The signal that nobody can catch.
const SIGKILL: i32 = 9;

fn exports(sandbox: &Sandbox) -> Vec<PathBuf> {
    let export = |file: u64| -> Value { (0..PULLS).map(|n| pull(file * PULLS + n + 1, json!({}))).collect() };
    (0..FILES).map(|file| sandbox.file(&format!("pulls-{file}.json"), export(file).to_string())).collect()
}

/// What SQLite needs to take an unfinished transaction back: it holds bytes exactly while one runs.
fn is_within_a_transaction(sandbox: &Sandbox) -> bool {
    let journal = sandbox.ledger().with_extension("changeledger-journal");
    std::fs::metadata(journal).is_ok_and(|journal| journal.len() > 0)
}

/// Lets the import come to its `nth` transaction, from 0, or to its end.
fn wait_for_transaction(sandbox: &Sandbox, child: &mut Child, nth: u64) -> Option<ExitStatus> {
    let (mut seen, mut within) = (0, false);
    loop {
        let now = is_within_a_transaction(sandbox);
        if now && !within {
            if seen == nth {
                return None;
            }
            seen += 1;
        }
        within = now;
        if let Some(ended) = child.try_wait().unwrap() {
            return Some(ended);
        }
        std::thread::sleep(Duration::from_micros(200));
    }
}

#[test]
fn an_import_killed_at_any_moment_leaves_all_or_nothing() {
    let source = Sandbox::new();
    let files = exports(&source);
    let arguments = || std::iter::once(Path::new("import")).chain(files.iter().map(PathBuf::as_path));
    let (mut killed, mut within_a_file, mut with_files_before) = (0, 0, 0);
    for moment in 0..MOMENTS {
        let target = Sandbox::new();
        let mut child = target.command(arguments()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Some at once, some further into the file.
        let ended = wait_for_transaction(&target, &mut child, moment % FILES);
        std::thread::sleep(Duration::from_millis(4 * moment));
        child.kill().unwrap();
        let ended = ended.unwrap_or_else(|| child.wait().unwrap());
        let by_signal = ended.signal() == Some(SIGKILL);
        killed += u64::from(by_signal);
        let interrupted = by_signal && is_within_a_transaction(&target);
        within_a_file += u64::from(interrupted);

        let verified = target.run(["verify"]);
        assert_eq!(verified.code, Some(0), "moment {moment}: {verified:?}");
        let landed = target.json(["imports"])["imports"].as_array().unwrap().len() as u64;
        let total = target.json(["changes", "--limit", "1"])["total"].clone();
        assert_eq!(total, landed * PULLS, "moment {moment}: {landed} whole files");
        assert!(landed < FILES || !interrupted, "moment {moment}");
        with_files_before += u64::from(interrupted && landed > 0);
        // Whatever was there, the same import again makes it whole.
        let again = target.json(arguments());
        let states = again["runs"].as_array().unwrap().iter().filter(|run| run["status"] == "unchanged").count();
        assert_eq!(states as u64, landed, "moment {moment}: {again}");
        assert_eq!(target.json(["changes", "--limit", "1"])["total"], FILES * PULLS, "moment {moment}");
    }
    // Otherwise the kills came too early or too late to prove anything.
    let counted = (killed, within_a_file, with_files_before);
    assert!(killed >= MOMENTS / 2 && within_a_file >= 3 && with_files_before >= 1, "{counted:?}");
}
