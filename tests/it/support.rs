//! A folder of its own for each test, and the command line run in it.

use serde_json::Value;
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// The moment at which the sample company's numbers hold.
pub const SAMPLE_AS_OF: &str = "2026-10-01T08:00:00Z";

/// A folder of its own, gone with the test.
pub struct Sandbox {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn ledger(&self) -> PathBuf {
        self.path("test.changeledger")
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The command line on this sandbox's ledger, not started yet.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_change-ledger"));
        command.env_remove("CHANGE_LEDGER_FILE").current_dir(self.folder.path()).stdin(Stdio::null());
        command.arg("--ledger").arg(self.ledger()).args(arguments);
        command
    }

    /// Runs the command line to its end.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        Outcome {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs a command that must succeed, and reads its JSON.
    pub fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Value {
        let outcome = self.command(["--format", "json"]).args(arguments).output().unwrap();
        let stderr = String::from_utf8_lossy(&outcome.stderr);
        assert!(outcome.status.success(), "{:?}: {stderr}", outcome.status);
        serde_json::from_slice(&outcome.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&outcome.stdout)))
    }

    /// Imports one file that must be importable, and gives its manifest.
    pub fn import(&self, path: &Path) -> Value {
        self.json([OsStr::new("import"), path.as_os_str()])["runs"][0].clone()
    }

    /// Writes and imports the sample company; gives the numbers that must be found.
    pub fn sample(&self, seed: u64) -> Value {
        let exports = self.path("exports");
        let written = self.run(["demo", "--out", exports.to_str().unwrap(), "--seed", &seed.to_string()]);
        assert_eq!(written.code, Some(0), "{written:?}");
        let folders = ["github", "jira", "pagerduty"].map(|folder| exports.join(folder));
        let imported = self.json([Path::new("import"), &folders[0], &folders[1], &folders[2]]);
        assert!(imported.get("failures").is_none(), "{imported}");
        serde_json::from_slice(&std::fs::read(exports.join("truth.json")).unwrap()).unwrap()
    }
}

/// The numbers of a quarter in the answer of `metrics`.
pub fn quarter<'a>(metrics: &'a Value, name: &str) -> &'a Value {
    let quarters = metrics["quarters"].as_array().unwrap();
    quarters.iter().find(|quarter| quarter["quarter"] == name).unwrap_or_else(|| panic!("no {name} in {metrics}"))
}

/// A number summed over all quarters of the answer of `metrics`; `pointer` as in RFC 6901.
pub fn summed(metrics: &Value, pointer: &str) -> u64 {
    metrics["quarters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quarter| quarter.pointer(pointer).unwrap().as_u64().unwrap())
        .sum()
}
