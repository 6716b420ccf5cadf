//! The folder of a demo: refused when it holds anything else, cleared of an earlier demo.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::DemoError;
use crate::write::files;
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
        for file in &earlier {
            fs::remove_file(file).map_err(DemoError::at(file))?;
            remove_empty_above(file, root)?;
        }
        fs::create_dir_all(root).map_err(DemoError::at(root))?;
        Ok(folder)
    }

    pub(crate) fn readme(&self) -> PathBuf {
        self.root.join(README)
    }

    pub(crate) fn truth(&self) -> PathBuf {
        self.root.join(TRUTH)
    }

    /// The place of an export file, whose folder it makes.
    ///
    /// # Errors
    /// [`DemoError::Io`] when the disk refuses.
    pub(crate) fn file(&self, path: &str) -> Result<PathBuf, DemoError> {
        let file = path.split('/').fold(self.root.clone(), |above, part| above.join(part));
        let above = file.parent().unwrap_or(&self.root);
        fs::create_dir_all(above).map_err(DemoError::at(above))?;
        Ok(file)
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
            Some(file) => {
                Err(DemoError::Occupied { folder: self.root.clone(), entry: self.within(file).display().to_string() })
            }
        }
    }

    fn is_ours(&self, file: &Path) -> bool {
        let parts: Vec<_> = self.within(file).iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        path == README || path == TRUTH || files::is_ours(&path)
    }

    fn within<'f>(&self, file: &'f Path) -> &'f Path {
        file.strip_prefix(&self.root).unwrap_or(file)
    }
}

/// Removes the folders above a file, up to the demo's own, that are empty now.
fn remove_empty_above(file: &Path, root: &Path) -> Result<(), DemoError> {
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != root) {
        match fs::remove_dir(folder) {
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => return Ok(()),
            removed => removed.map_err(DemoError::at(folder))?,
        }
    }
    Ok(())
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
