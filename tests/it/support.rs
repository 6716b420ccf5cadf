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
        // What somebody saved on this machine is not part of a test.
        command.env("HOME", self.path("home")).env("XDG_DATA_HOME", self.path("home/data"));
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
        self.sample_of("github", seed, false)
    }

    /// The same from the exports of other tools, in the order of their names or file by file from the last to the first. Files
    /// that do not say their repository stand in its folder.
    pub fn sample_of(&self, tools: &str, seed: u64, backwards: bool) -> Value {
        let exports = self.path("exports");
        let written =
            self.run(["demo", "--out", exports.to_str().unwrap(), "--seed", &seed.to_string(), "--toolchain", tools]);
        assert_eq!(written.code, Some(0), "{written:?}");
        let mut files =
            files_below(&exports, &|folder: &Path| !backwards && below(folder).iter().all(|path| path.is_file()));
        if backwards {
            files.reverse();
        }
        for path in files.iter().filter(|path| path.parent() != Some(&exports) || path.is_dir()) {
            let within: Vec<&str> =
                path.strip_prefix(&exports).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
            let known = match within[..] {
                [_, repository] if path.is_dir() => Some(repository),
                [_, repository, _] => Some(repository),
                _ => None,
            };
            let repository = known.map(|name| format!("marlpoint/{name}"));
            let said = repository.iter().flat_map(|repository| ["--repository", repository]);
            self.import_all(["import"].into_iter().chain(said).chain([path.to_str().unwrap()]));
        }
        serde_json::from_slice(&std::fs::read(exports.join("truth.json")).unwrap()).unwrap()
    }

    /// Imports files of which none and no row may fail.
    fn import_all<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) {
        let imported = self.json(arguments);
        assert!(imported.get("failures").is_none(), "{imported}");
        for run in imported["runs"].as_array().unwrap() {
            assert_eq!(run["rows"]["rejected"], 0, "{run}");
        }
    }
}

/// Every file below a folder in the order of names; a folder that `is_whole` stands for its files.
fn files_below(folder: &Path, is_whole: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let found = below(folder).into_iter().flat_map(|path| match path.is_dir() && !is_whole(&path) {
        true => files_below(&path, is_whole),
        false => vec![path],
    });
    found.collect()
}

/// What is in a folder, in the order of names.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
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
