//! Importing files, and what is known about imports afterwards.

mod paths;
mod preview;

use paths::{Found, expand};
use preview::preview;

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    files,
    host::{FileChoice, Host},
    import_file::{FileImport, Waiting},
    wire::{
        ChosenFiles, ImportAnswer, ImportFailure, ImportId, ImportRequest, ImportsAnswer, Job, Nothing, PathAnswer,
        RejectedRow, RejectsAnswer,
    },
};
use change_ledger_ingest::{ColumnProfile, DateOrder, FileInput, Input, MemberInput, Options};
use change_ledger_model::{import::ImportManifest, source::SourceKind};
use change_ledger_store::Ledger;
use chrono_tz::Tz;
use std::{io::Write, ops::ControlFlow, path::Path};

/// Rejected rows that an answer holds; the CSV has them all.
const REJECTS_SHOWN: usize = 1000;
/// Bytes of a rejected row that are shown.
const RAW_SHOWN: u64 = 2000;

/// Imports files and folders; each file lands whole or not at all, and one that cannot be read does not keep the others out.
///
/// # Errors
/// When the request makes no sense or the ledger cannot be written. Files that cannot be read are in the answer.
pub fn import(app: &App, host: &dyn Host, request: ImportRequest) -> Result<ImportAnswer, AppError> {
    let found = expand(&request.paths)?;
    let job = app.jobs().begin(Job::Import);
    // A rehearsal leaves no ledger behind where there was none.
    let rehearsed = request.dry_run && !app.location().0.exists();
    let mut ledger = if rehearsed { Ledger::in_memory()? } else { app.open_separately()? };
    if !host.shows_the_ledger_meanwhile() {
        ledger.fill_alone()?;
    }
    let policies = ledger.policy_history()?;
    let options = options(&request, policies.at(app.as_of(host)).policy.period.timezone)?;
    let mut answer = ImportAnswer { dry_run: request.dry_run, ..ImportAnswer::default() };
    let mut import =
        FileImport { ledger: &mut ledger, host, cancel: &job.cancelled, dry_run: request.dry_run, policies: &policies };
    // Files side by side are one sequence; an archive is one of its own, because it is held in memory while it is read.
    let mut side_by_side: Vec<Waiting> = Vec::new();
    for found in found {
        let (file, in_folder) = match found {
            Found::File { path, in_folder } => (FileInput::new(&path), in_folder),
            Found::Unreadable(failure) => {
                answer.failures.push(failure);
                continue;
            }
        };
        match change_ledger_ingest::members(&file) {
            Ok(None) => {
                side_by_side.push(Waiting { input: Box::new(file), container: None, among_others: in_folder });
            }
            Ok(Some(members)) => {
                import_all(&mut import, std::mem::take(&mut side_by_side), &options, &mut answer)?;
                let container = Some(file.name().to_owned());
                let member = |member: MemberInput| Waiting {
                    input: Box::new(member),
                    container: container.clone(),
                    among_others: true,
                };
                import_all(&mut import, members.into_iter().map(member).collect(), &options, &mut answer)?;
            }
            Err(error) => answer.failures.push(ImportFailure { file: file.name().to_owned(), error: error.into() }),
        }
    }
    import_all(&mut import, side_by_side, &options, &mut answer)?;
    if answer.runs.is_empty() && answer.failures.is_empty() {
        // Skipping everything would look like an import that went well.
        answer.failures = std::mem::take(&mut answer.skipped);
    }
    Ok(answer)
}

/// Imports files in their order and puts into `answer` what became of each.
fn import_all(
    import: &mut FileImport<'_>,
    files: Vec<Waiting>,
    options: &Options,
    answer: &mut ImportAnswer,
) -> Result<(), AppError> {
    let dry_run = import.dry_run;
    import.run(&files, options, |file, outcome| {
        let rehearsed = |manifest: ImportManifest| {
            let preview = dry_run.then(|| preview(file.input.as_ref(), options)).transpose()?;
            Ok((manifest, preview))
        };
        let name = || file.input.name().to_owned();
        match outcome.and_then(rehearsed) {
            Ok((manifest, preview)) => {
                answer.runs.push(manifest);
                answer.previews.extend(preview);
            }
            Err(error) if error.code == ErrorCode::Cancelled => return ControlFlow::Break(error),
            Err(error) if file.among_others && error.code == ErrorCode::NotRecognised => {
                answer.skipped.push(ImportFailure { file: name(), error });
            }
            Err(error) => answer.failures.push(ImportFailure { file: name(), error }),
        }
        ControlFlow::Continue(())
    })
}

fn options(request: &ImportRequest, policy_zone: Tz) -> Result<Options, AppError> {
    let source = request.source.as_deref().map(source_kind).transpose()?;
    let timezone = request.timezone.as_deref().map(time_zone).transpose()?;
    let date_order = request.date_order.as_deref().map(date_order).transpose()?;
    let profile = request.profile.as_deref().map(profile).transpose()?;
    Ok(Options {
        source,
        profile,
        timezone,
        default_timezone: policy_zone,
        date_order,
        repository: request.repository.clone(),
    })
}

fn source_kind(name: &str) -> Result<SourceKind, AppError> {
    SourceKind::from_name(name).ok_or_else(|| {
        let names: Vec<_> = SourceKind::ALL.into_iter().map(SourceKind::name).collect();
        AppError::wrong_use(format!("`{name}` is no kind of export"))
            .hint(format!("The kinds are: {}.", names.join(", ")))
    })
}

fn time_zone(name: &str) -> Result<Tz, AppError> {
    name.parse()
        .map_err(|_| AppError::wrong_use(format!("`{name}` is not a time zone; write it as Europe/Berlin or UTC")))
}

fn date_order(name: &str) -> Result<DateOrder, AppError> {
    match name {
        "dmy" => Ok(DateOrder::DayFirst),
        "mdy" => Ok(DateOrder::MonthFirst),
        "ymd" => Ok(DateOrder::YearFirst),
        _ => Err(AppError::wrong_use(format!("`{name}` is not a date order; write dmy, mdy or ymd"))),
    }
}

fn profile(path: &str) -> Result<ColumnProfile, AppError> {
    Ok(ColumnProfile::from_toml(&crate::use_case::policy::read_document(Path::new(path))?)?)
}

/// Stops the imports that run now.
///
/// # Errors
/// None.
pub fn cancel(app: &App, _: &dyn Host, _: Nothing) -> Result<Nothing, AppError> {
    app.jobs().cancel(Job::Import);
    Ok(Nothing {})
}

/// Lets the person choose export files.
///
/// # Errors
/// None; a closed dialog gives no paths.
pub fn choose_files(_: &App, host: &dyn Host, _: Nothing) -> Result<ChosenFiles, AppError> {
    let paths = host.choose_files(FileChoice::Exports);
    Ok(ChosenFiles { paths: paths.iter().map(|path| path.display().to_string()).collect() })
}

/// Every import run, newest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn imports(app: &App, _: &dyn Host, _: Nothing) -> Result<ImportsAnswer, AppError> {
    let mut imports = app.read(|ledger| Ok(ledger.imports()?))?;
    imports.sort_by_key(|manifest| std::cmp::Reverse(manifest.id));
    Ok(ImportsAnswer { imports })
}

/// The manifest of one import run.
///
/// # Errors
/// When there is no such run or the ledger cannot be read.
pub fn manifest(app: &App, _: &dyn Host, request: ImportId) -> Result<ImportManifest, AppError> {
    app.read(|ledger| Ok(ledger.import(request.id)?))
}

/// The first rejected rows of an import run, with the beginning of their raw text.
///
/// # Errors
/// When there is no such run or the ledger cannot be read.
pub fn rejects(app: &App, _: &dyn Host, request: ImportId) -> Result<RejectsAnswer, AppError> {
    app.read(|ledger| {
        let manifest = ledger.import(request.id)?;
        let mut rejects = Vec::new();
        ledger.rejected_rows(request.id, RAW_SHOWN, &mut |reject, raw| {
            rejects.push(RejectedRow { raw: String::from_utf8_lossy(raw).into_owned(), reject });
            if rejects.len() < REJECTS_SHOWN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(RejectsAnswer { file: manifest.file, total: manifest.rows.rejected, rejects })
    })
}

/// Lets the person choose where to, and writes every rejected row there as CSV.
///
/// # Errors
/// When there is no such run, or the file cannot be written.
pub fn save_rejects(app: &App, host: &dyn Host, request: ImportId) -> Result<PathAnswer, AppError> {
    let Some(target) = host.choose_target(&format!("rejected-rows-of-import-{}.csv", request.id)) else {
        return Ok(PathAnswer { path: None });
    };
    files::write_whole_with(&target, &mut |out| write_rejects(app, request.id, out))?;
    Ok(PathAnswer { path: Some(target.display().to_string()) })
}

/// Writes every rejected row of an import run as CSV: row, line, byte offset and length, field, reason, and the row as it stands.
///
/// # Errors
/// When there is no such run, the ledger cannot be read, or `out` cannot be written.
pub fn write_rejects(app: &App, import: i64, out: &mut dyn Write) -> Result<(), AppError> {
    let failed = |error: csv::Error| {
        AppError::new(ErrorCode::NotWritable, format!("the rejected rows cannot be written: {error}"))
    };
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["row", "line", "offset", "length", "field", "reason", "raw"]).map_err(failed)?;
    app.read(|ledger| {
        let mut written = Ok(());
        ledger.rejected_rows(import, u64::MAX, &mut |reject, raw| {
            let span = reject.place.span;
            let line = reject.place.line.map_or_else(String::new, |line| line.to_string());
            let numbers = [reject.place.row.to_string(), line, span.offset.to_string(), span.length.to_string()];
            let raw = String::from_utf8_lossy(raw);
            let texts = [reject.field.as_deref().unwrap_or_default(), reject.reason.as_str(), &raw];
            written = table.write_record(numbers.iter().map(String::as_str).chain(texts));
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        written.map_err(failed)
    })?;
    table.flush().map_err(|error| failed(error.into()))
}
