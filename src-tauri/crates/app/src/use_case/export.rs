//! Facts and verdicts as tables that others compute the numbers from again.

use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    files::not_writable,
    host::Host,
    wire::{ExportAnswer, ExportFormat, ExportRequest, ExportedFile, PathAnswer},
};
use change_ledger_model::{columns::LedgerColumns, quarter::Quarter};
use change_ledger_report::export::{
    ChangeNames, ExportError, Pack, PackFile, Subject, TableFormat, WrittenFile, manifest,
};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

/// The last file of an export: it names all others.
const MANIFEST: &str = "manifest.json";
/// So many lines of changes are read at once.
const NAMES_AT_ONCE: usize = 10_000;

/// Lets the person choose where to, and writes the judged ledger there.
///
/// # Errors
/// As [`export`].
pub fn export_dialog(app: &App, host: &dyn Host, request: ExportRequest) -> Result<PathAnswer, AppError> {
    let day = host.now().to_utc().format("%Y-%m-%d").to_string();
    let Some(target) = host.choose_target(&format!("change-ledger-export-{day}")) else {
        return Ok(PathAnswer { path: None });
    };
    Ok(PathAnswer { path: Some(export(app, host, &target, request)?.folder) })
}

/// Writes a judged ledger into `folder`, which must not exist yet or be empty: all of it or nothing.
///
/// # Errors
/// When the folder holds something or cannot be written, when somebody writes to the ledger meanwhile, or when it cannot
/// be read.
pub fn export(app: &App, host: &dyn Host, folder: &Path, request: ExportRequest) -> Result<ExportAnswer, AppError> {
    refuse_if_used(folder)?;
    let computed = app.computed(host)?;
    let columns = columns(app, &computed)?;
    let names = names(app, &computed)?;
    let chain_head = app.read(|ledger| Ok(ledger.chain_head()?))?;
    let quarters = computed.judged.quarters(None)?;
    let quarters: Vec<Quarter> =
        quarters.iter().map(|quarter| Quarter::parse(&quarter.quarter)).collect::<Result<_, _>>()?;
    let facts = computed.judged.facts()?;
    let subject = Subject {
        as_of: computed.as_of,
        chain_head: chain_head.as_deref(),
        columns: &columns,
        verdicts: computed.judged.verdicts(),
        facts: &facts,
        policies: &computed.history,
        quarters: &quarters,
        names: &names,
    };
    let files = write_whole(folder, &subject, request)?;
    Ok(ExportAnswer {
        folder: folder.display().to_string(),
        as_of: computed.as_of,
        files: files
            .into_iter()
            .map(|file| ExportedFile { path: file.path, rows: file.rows, bytes: file.bytes, sha256: file.sha256 })
            .collect(),
    })
}

/// The records that the judgement was made of.
fn columns(app: &App, computed: &Computed) -> Result<LedgerColumns, AppError> {
    let columns = app.read(|ledger| Ok(ledger.columns(&computed.history)?))?;
    if columns.data_version == computed.loaded.data_version() {
        return Ok(columns);
    }
    Err(AppError::new(ErrorCode::LedgerBusy, "the ledger was written to while it was exported")
        .hint("Export again when the import has ended."))
}

fn names(app: &App, computed: &Computed) -> Result<ChangeNames, AppError> {
    let mut names = ChangeNames::default();
    for keys in computed.loaded.keys.chunks(NAMES_AT_ONCE) {
        let rows = app.read(|ledger| Ok(ledger.change_rows(keys)?))?;
        if rows.len() != keys.len() {
            return Err(AppError::new(ErrorCode::LedgerDamaged, "a change of the ledger has no line of its own")
                .hint("Find out what is damaged with: change-ledger verify"));
        }
        for row in rows {
            names.ids.push(row.id);
            names.titles.push(row.title);
            names.addresses.push(row.url);
        }
    }
    Ok(names)
}

fn refuse_if_used(folder: &Path) -> Result<(), AppError> {
    let is_empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(not_writable(folder, &error)),
    };
    if is_empty {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::NotWritable, format!("{} holds something already", folder.display()))
        .hint("Name a folder that does not exist yet, or an empty one."))
}

/// Writes into a folder beside the wanted one, and gives it its name when everything is there.
fn write_whole(folder: &Path, subject: &Subject<'_>, request: ExportRequest) -> Result<Vec<WrittenFile>, AppError> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let refuse = |error: io::Error| not_writable(folder, &error);
    let unfinished = tempfile::Builder::new().prefix(".export-").tempdir_in(parent).map_err(refuse)?;
    let below = unfinished.path().join("export");
    fs::create_dir(&below).map_err(refuse)?;
    let format = match request.format {
        ExportFormat::Csv => TableFormat::Csv,
        ExportFormat::Parquet => TableFormat::Parquet,
        ExportFormat::Json => TableFormat::JsonLines,
    };
    let pack = Pack::of(subject, format, request.partitioned);
    let failed = |error: ExportError| match error {
        ExportError::File(error) => not_writable(folder, &error),
        error => AppError::new(ErrorCode::Internal, error.to_string()),
    };
    let written = pack.files().iter().map(|file| write_file(&below, file)).collect::<Result<Vec<_>, _>>();
    let mut written = written.map_err(failed)?;
    written.sort_by(|a, b| a.path.cmp(&b.path));
    let listed = manifest(subject, &written).map_err(failed)?;
    fs::write(below.join(MANIFEST), listed).map_err(refuse)?;
    if folder.is_dir() {
        fs::remove_dir(folder).map_err(refuse)?;
    }
    fs::rename(&below, folder).map_err(refuse)?;
    Ok(written)
}

fn write_file(below: &Path, file: &PackFile<'_>) -> Result<WrittenFile, ExportError> {
    let path = file.path.split('/').fold(below.to_owned(), |path, name| path.join(name));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut hashed = Hashed { file: BufWriter::new(File::create(path)?), hash: Sha256::new(), bytes: 0 };
    file.write(&mut hashed)?;
    hashed.file.flush()?;
    Ok(WrittenFile {
        path: file.path.clone(),
        rows: file.rows,
        bytes: hashed.bytes,
        sha256: format!("{:x}", hashed.hash.finalize()),
    })
}

/// A file that is hashed while it is written.
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
