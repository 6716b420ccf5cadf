//! How much memory hostile files take: what a file holds must not add up.
#![cfg(target_os = "linux")]

use crate::support::{Outcome, Sandbox};
use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    process::Stdio,
    time::Duration,
};

/// What no import may take, in MB.
const LIMIT_MB: u64 = 500;

/// Imports a file and gives the most memory that the program held at any moment, in MB.
fn import(sandbox: &Sandbox, file: &Path) -> (Outcome, u64) {
    let mut command = sandbox.command([Path::new("--format"), Path::new("json"), Path::new("import"), file]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    // The system counts the most itself; it has to be asked before the program is gone. What it prints fits into a pipe.
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(&status).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok());
        most = most.max(kib.unwrap_or_default() / 1000);
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let outcome = Outcome { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) };
    assert!(most > 5, "nothing was measured");
    (outcome, most)
}

#[test]
fn a_line_of_two_gigabytes() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("line.json");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    file.write_all(b"[{\"number\":1,\"title\":\"").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..160 {
        file.write_all(&block).unwrap();
    }
    // The rest is a hole, which takes no room on the disk: nothing may need to read it.
    file.into_inner().unwrap().set_len(2 << 30).unwrap();
    let (outcome, most) = import(&sandbox, &path);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.stderr.contains("line.json"), "{outcome:?}");
    assert!(most < LIMIT_MB, "{most} MB");
}

#[test]
fn a_table_of_a_hundred_thousand_columns() {
    let sandbox = Sandbox::new();
    let header: Vec<String> = (0..100_000).map(|column| format!("column {column}")).collect();
    let rows = (",".repeat(99_999) + "\n").repeat(100);
    let path = sandbox.file("wide.csv", header.join(",") + "\n" + &rows);
    let (outcome, most) = import(&sandbox, &path);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.stderr.contains("more than 20000 columns"), "{outcome:?}");
    assert!(most < LIMIT_MB, "{most} MB");
}

#[test]
fn pull_requests_whose_descriptions_are_full_of_names() {
    const PULLS: u64 = 24;
    // What all of them take together in memory would be more.
    const LIMIT_MB: u64 = 200;
    let sandbox = Sandbox::new();
    let path = sandbox.path("huge.json");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    for number in 1..=PULLS {
        let mut body = String::with_capacity(1_100_000);
        let mut key = number * 1_000_000;
        while body.len() < 1_000_000 {
            write!(body, "PLAT-{key} ").unwrap();
            key += 1;
        }
        let pull = serde_json::json!({
            "number": number, "title": "Release notes", "body": body, "state": "MERGED", "labels": [], "reviews": [],
            "url": format!("https://github.com/acme/pay/pull/{number}"), "author": {"login": "mara"}, "baseRefName": "main",
            "createdAt": "2026-07-01T08:00:00Z", "mergedAt": "2026-07-01T09:00:00Z", "updatedAt": "2026-07-01T09:00:00Z",
        });
        writeln!(file, "{}{pull}", if number == 1 { "[" } else { "," }).unwrap();
    }
    file.write_all(b"]").unwrap();
    file.into_inner().unwrap().sync_all().unwrap();
    let (outcome, most) = import(&sandbox, &path);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(most < LIMIT_MB, "{most} MB");
    let answer: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    let run = &answer["runs"][0];
    assert_eq!(
        (&run["rows"]["accepted"], &run["records"]["links"]),
        (&PULLS.into(), &(PULLS * 10_000).into()),
        "{run}"
    );
    let warnings = run["warnings"].as_array().unwrap();
    assert!(
        warnings.iter().any(|warning| warning["code"] == "names_left_out"),
        "names that are not kept are told: {run}"
    );
}
