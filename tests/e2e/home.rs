//! A person's home folder, for one test.

use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A home folder with nothing in it, gone with the test.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(home.saved()).unwrap();
        home
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the window's save dialogs lead to.
    pub fn saved(&self) -> PathBuf {
        self.path().join("saved")
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// What the program finds in its environment: nothing of the person who runs the tests.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let below = |name: &str| self.path().join(name);
        vec![
            ("HOME", self.path().to_owned()),
            ("XDG_DATA_HOME", below("data")),
            ("XDG_CONFIG_HOME", below("config")),
            ("XDG_CACHE_HOME", below("cache")),
            ("XDG_STATE_HOME", below("state")),
            ("CHANGE_LEDGER_TEST_TARGET", self.saved()),
        ]
    }
}
