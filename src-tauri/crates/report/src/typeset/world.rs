//! The world that Typst sees: the templates, one data file, the charts, the shipped fonts, one date. Nothing else exists.

use crate::{ReportError, chart::typeface::Typeface};
use std::collections::HashMap;
use std::sync::LazyLock;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The template of the quarterly report.
pub(super) const REPORT: &str = "report.typ";
/// The template of the work paper of a sample.
pub(super) const WORK_PAPER: &str = "work_paper.typ";

/// The templates, by the names under which they import each other.
const TEMPLATES: [(&str, &str); 8] = [
    (REPORT, include_str!("../../templates/report.typ")),
    (WORK_PAPER, include_str!("../../templates/work_paper.typ")),
    ("style.typ", include_str!("../../templates/style.typ")),
    ("summary.typ", include_str!("../../templates/summary.typ")),
    ("exceptions.typ", include_str!("../../templates/exceptions.typ")),
    ("emergencies.typ", include_str!("../../templates/emergencies.typ")),
    ("attestations.typ", include_str!("../../templates/attestations.typ")),
    ("appendix.typ", include_str!("../../templates/appendix.typ")),
];

/// A file that exists only in memory.
pub(super) struct VirtualFile {
    /// Path from the root, without a leading slash.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Fonts and their index, parsed once.
struct Faces {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let fonts: Vec<Font> = Typeface::ALL.iter().filter_map(|face| Font::new(Bytes::new(face.bytes()), 0)).collect();
    Faces { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Everything that one compilation can see.
pub(super) struct PaperWorld {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    date: Datetime,
}

impl PaperWorld {
    /// A world that is laid out by the template `main`, with all templates, `files` and `date` as the current date.
    ///
    /// # Errors
    /// [`ReportError::Typesetting`] when a path cannot be one.
    pub fn new(main: &str, files: Vec<VirtualFile>, date: Datetime) -> Result<Self, ReportError> {
        let mut sources = HashMap::with_capacity(TEMPLATES.len());
        for (path, text) in TEMPLATES {
            let id = id(path)?;
            sources.insert(id, Source::new(id, text.to_owned()));
        }
        let files: Result<_, ReportError> =
            files.into_iter().map(|file| Ok((id(&file.path)?, Bytes::new(file.bytes)))).collect();
        Ok(Self { main: id(main)?, sources, files: files?, date })
    }
}

fn id(path: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(path).map_err(|error| ReportError::Typesetting(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FACES.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FACES.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.date)
    }
}
