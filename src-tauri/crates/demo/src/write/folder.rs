//! The folder of a demo: refused when it holds anything else, cleared of an earlier demo.

use std::fs;
use std::path::{Path, PathBuf};

use crate::DemoError;
use crate::company::repositories::REPOSITORIES;
use crate::write::readme::FIRST_LINE;

const README: &str = "README.txt";
const TRUTH: &str = "truth.json";

/// A folder that is ready to be written to.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Takes an absent or empty folder, or one that holds nothing but an earlier demo, which is removed.
    ///
    /// # Errors
    /// [`DemoError::Occupied`] when it holds anything else; then nothing is touched.
    pub(crate) fn take(root: &Path) -> Result<Self, DemoError> {
        let folder = Self { root: root.to_path_buf() };
        let earlier = folder.earlier_files()?;
        for file in earlier {
            fs::remove_file(&file).map_err(DemoError::at(&file))?;
        }
        for sub in ["github", "jira", "pagerduty"] {
            let sub = root.join(sub);
            fs::create_dir_all(&sub).map_err(DemoError::at(&sub))?;
        }
        Ok(folder)
    }

    pub(crate) fn readme(&self) -> PathBuf {
        self.root.join(README)
    }

    pub(crate) fn truth(&self) -> PathBuf {
        self.root.join(TRUTH)
    }

    pub(crate) fn github(&self, file_name: &str) -> PathBuf {
        self.root.join("github").join(file_name)
    }

    pub(crate) fn jira(&self) -> PathBuf {
        self.root.join("jira").join("changes.csv")
    }

    pub(crate) fn pagerduty(&self) -> PathBuf {
        self.root.join("pagerduty").join("incidents.json")
    }

    /// The files of an earlier demo, when there is nothing else.
    fn earlier_files(&self) -> Result<Vec<PathBuf>, DemoError> {
        if !self.root.exists() {
            return Ok(Vec::new());
        }
        let files = files_below(&self.root)?;
        let is_demo = fs::read_to_string(self.readme()).is_ok_and(|text| text.starts_with(FIRST_LINE));
        match files.iter().find(|file| !is_demo || !self.is_ours(file)) {
            None => Ok(files),
            Some(file) => Err(DemoError::Occupied {
                folder: self.root.clone(),
                entry: file.strip_prefix(&self.root).unwrap_or(file).display().to_string(),
            }),
        }
    }

    fn is_ours(&self, file: &Path) -> bool {
        let named = |path: PathBuf| path == file;
        let is_export = || {
            file.parent() == Some(&self.root.join("github"))
                && file.file_name().and_then(|name| name.to_str()).is_some_and(is_export_name)
        };
        named(self.readme()) || named(self.truth()) || named(self.jira()) || named(self.pagerduty()) || is_export()
    }
}

/// `booking-api-2.json`.
fn is_export_name(name: &str) -> bool {
    let numbered = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    REPOSITORIES.iter().any(|repository| {
        name.strip_prefix(repository.name)
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|rest| rest.strip_suffix(".json"))
            .is_some_and(numbered)
    })
}

/// Every file below a folder, in the order of names. An entry that is no plain file or folder counts as a file.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, DemoError> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(DemoError::at(&folder))? {
            let entry = entry.map_err(DemoError::at(&folder))?;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                _ => files.push(entry.path()),
            }
        }
    }
    files.sort();
    Ok(files)
}
