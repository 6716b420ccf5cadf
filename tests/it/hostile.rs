//! Files that no tool should be given: each ends with one clear sentence, and nothing is lost.

use crate::support::{Outcome, Sandbox};
use std::{
    io::{BufWriter, Write},
    path::Path,
    process::Stdio,
};

const GOOD: &str = r#"[{"number":1,"title":"Add a field","url":"https://github.com/acme/pay/pull/1","author":{"login":"mara"},"state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z","updatedAt":"2026-07-01T09:00:00Z","baseRefName":"main","labels":[],"reviews":[]}]"#;

fn import(sandbox: &Sandbox, path: &Path) -> Outcome {
    sandbox.run([Path::new("--format"), Path::new("json"), Path::new("import"), path])
}

/// The import is refused with exit code 2 and one sentence that contains `says`; what was in the ledger stays.
fn refused(sandbox: &Sandbox, path: &Path, says: &str) {
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

#[test]
fn a_table_of_a_hundred_thousand_columns() {
    let sandbox = Sandbox::new();
    let header: Vec<String> = (0..100_000).map(|column| format!("column {column}")).collect();
    let path = sandbox.file("wide.csv", header.join(",") + "\n" + &",".repeat(99_999) + "\n");
    refused(&sandbox, &path, "more than 20000 columns");
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
fn a_line_of_hundreds_of_megabytes() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("line.json");
    let mut file = BufWriter::new(std::fs::File::create(&path).unwrap());
    file.write_all(b"[{\"number\":1,\"title\":\"").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..300 {
        file.write_all(&block).unwrap();
    }
    file.flush().unwrap();
    drop(file);
    refused(&sandbox, &path, "line.json");
}

#[test]
fn an_import_killed_at_any_moment_leaves_all_or_nothing() {
    let sandbox = Sandbox::new();
    let exports = sandbox.path("exports");
    assert_eq!(sandbox.run(["demo", "--out", exports.to_str().unwrap(), "--changes", "6000"]).code, Some(0));
    let mut files: Vec<_> =
        std::fs::read_dir(exports.join("github")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort_by_key(|path| std::cmp::Reverse(path.metadata().unwrap().len()));
    let whole = {
        let other = Sandbox::new();
        other.import(&files[0]);
        other.json(["changes", "--limit", "1"])["total"].clone()
    };
    for moment in 0..10 {
        let target = Sandbox::new();
        let mut child = target
            .command([Path::new("import"), &files[0]])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(15 + 60 * moment));
        child.kill().unwrap();
        child.wait().unwrap();
        if !target.ledger().exists() {
            continue;
        }
        let verified = target.run(["verify"]);
        let never_made = verified.stderr.contains("is empty") || verified.stderr.contains("no ledger");
        assert!(verified.code == Some(0) || never_made, "moment {moment}: {verified:?}");
        if !never_made {
            let total = target.json(["changes", "--limit", "1"])["total"].clone();
            assert!(total == 0 || total == whole, "moment {moment}: {total} of {whole}");
        }
        // Whatever was there, the same import again makes it whole.
        target.import(&files[0]);
        assert_eq!(target.json(["changes", "--limit", "1"])["total"], whole, "moment {moment}");
    }
}
