//! Files that no tool should be given: each ends with one clear sentence, and nothing is lost.

use crate::support::{Outcome, Sandbox};
use std::path::Path;

const GOOD: &str = r#"[{"number":1,"title":"Add a field","url":"https://github.com/acme/pay/pull/1","author":{"login":"mara"},"state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z","updatedAt":"2026-07-01T09:00:00Z","baseRefName":"main","labels":[],"reviews":[]}]"#;

fn import(sandbox: &Sandbox, path: &Path) -> Outcome {
    sandbox.run([Path::new("--format"), Path::new("json"), Path::new("import"), path])
}

/// The import is refused with exit code 2 and one sentence that contains `says`; what was in the ledger stays.
pub fn refused(sandbox: &Sandbox, path: &Path, says: &str) {
    let good = sandbox.file("good.json", GOOD);
    assert_eq!(import(sandbox, &good).code, Some(0));
    let outcome = import(sandbox, path);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    let error: serde_json::Value =
        serde_json::from_str(outcome.stderr.trim()).unwrap_or_else(|_| panic!("{outcome:?}"));
    let message = error["error"]["message"].as_str().unwrap();
    assert!(message.contains(says), "{message}");
    assert!(!message.contains("panicked") && message.lines().count() == 1, "{message}");
    assert_eq!(sandbox.json(["changes"])["total"], 1);
    assert_eq!(sandbox.run(["verify"]).code, Some(0));
}

#[test]
fn random_bytes() {
    let sandbox = Sandbox::new();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    })
    .take(200_000)
    .collect();
    let path = sandbox.file("random.bin", bytes);
    refused(&sandbox, &path, "random.bin");
}

#[test]
fn an_empty_file() {
    let sandbox = Sandbox::new();
    let path = sandbox.file("empty.json", "");
    refused(&sandbox, &path, "is empty");
}

#[test]
fn a_missing_file() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("nowhere.json");
    refused(&sandbox, &path, "nowhere.json");
}

#[test]
fn an_empty_folder() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("folder");
    std::fs::create_dir(&path).unwrap();
    refused(&sandbox, &path, "folder");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let path = sandbox.file("secret.json", GOOD);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read(&path).is_ok() {
        // The administrator may read everything; a pipe without an end stands in for a file that cannot be used.
        assert!(std::process::Command::new("mkfifo").arg(sandbox.path("pipe.json")).status().unwrap().success());
        refused(&sandbox, &sandbox.path("pipe.json"), "pipe.json");
        return;
    }
    refused(&sandbox, &path, "secret.json");
}

#[test]
fn a_file_cut_off_keeps_what_was_whole() {
    let sandbox = Sandbox::new();
    let second = GOOD.replace("\"number\":1", "\"number\":2").replace("pull/1", "pull/2");
    let two = format!("{},{}", GOOD.trim_end_matches(']'), second.trim_start_matches('['));
    let path = sandbox.file("cut.json", &two[..two.len() - 40]);
    let run = sandbox.import(&path);
    assert_eq!((run["rows"]["accepted"].as_u64(), run["rows"]["rejected"].as_u64()), (Some(1), Some(1)), "{run}");
    let warnings = run["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|warning| warning["code"] == "truncated"), "{run}");
    let rejects = sandbox.run(["imports", "rejects", "1"]);
    assert!(rejects.stdout.lines().count() == 2 && rejects.stdout.contains("ends in the middle"), "{rejects:?}");
}

#[test]
fn what_programs_leave_in_a_folder_keeps_no_export_out() {
    let sandbox = Sandbox::new();
    sandbox.file("exports/pulls.json", GOOD);
    let left = [
        ("~$pulls.xlsx", "\u{4}Mara ", "lock file"),
        (".~lock.pulls.csv#", ",mara,desk,21.11.2026 19:00;", "lock file"),
        (".DS_Store", "\0\0\0\u{1}Bud1\0", "file of the system"),
        ("Thumbs.db", "\u{1}\u{2}", "file of the system"),
        (".hidden/pulls.json", "[]", "hidden"),
        ("empty.csv", "", "is empty"),
        ("notes.txt", " \n\n", "is empty"),
    ];
    for (name, content, _) in left {
        sandbox.file(&format!("exports/{name}"), content);
    }
    let outcome = import(&sandbox, &sandbox.path("exports"));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let answer: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let skipped = answer["skipped"].as_array().unwrap();
    assert_eq!((answer["runs"].as_array().unwrap().len(), skipped.len()), (1, left.len()), "{answer}");
    for (name, _, word) in left {
        let first = name.split('/').next().unwrap();
        let said = skipped.iter().find(|skipped| skipped["file"].as_str().unwrap().ends_with(first)).unwrap();
        assert!(said["error"]["message"].as_str().unwrap().contains(word), "{said}");
    }
    // Named by itself, each is a file that cannot be imported.
    for (name, ..) in left.into_iter().filter(|(name, ..)| !name.contains('/')) {
        let outcome = import(&sandbox, &sandbox.path("exports").join(name));
        assert_eq!(outcome.code, Some(2), "{name}: {outcome:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_named_and_not_followed() {
    let sandbox = Sandbox::new();
    let pulls = sandbox.file("exports/pulls.json", GOOD);
    std::os::unix::fs::symlink(&pulls, sandbox.path("exports/again.json")).unwrap();
    let outcome = import(&sandbox, &sandbox.path("exports"));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let answer: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let said = answer["skipped"][0]["error"]["message"].as_str().unwrap();
    assert!(said.contains("again.json is a link, which is not followed"), "{answer}");
    assert_eq!(answer["runs"].as_array().unwrap().len(), 1, "{answer}");
}

#[test]
fn a_damaged_backup_is_not_taken_for_a_damaged_ledger() {
    let sandbox = Sandbox::new();
    sandbox.import(&sandbox.file("pulls.json", GOOD));
    assert_eq!(sandbox.run(["backup", "copy.changeledger"]).code, Some(0));
    let mut bytes = std::fs::read(sandbox.path("copy.changeledger")).unwrap();
    let middle = bytes.len() / 2 / 8192 * 8192;
    bytes[middle..middle + 8192].fill(0x5a);
    sandbox.file("copy.changeledger", bytes);
    let outcome = sandbox.run(["restore", "copy.changeledger"]);
    assert!(outcome.code != Some(0), "{outcome:?}");
    assert!(outcome.stderr.contains("the backup copy.changeledger did not pass verification"), "{outcome:?}");
    assert!(!outcome.stderr.contains("the ledger is damaged"), "{outcome:?}");
    assert_eq!(sandbox.json(["changes"])["total"], 1);
}
