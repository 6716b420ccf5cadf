//! Importing files, and what is known about imports afterwards.

mod course;
mod laid_out;
mod paths;
mod preview;
mod rejects;

pub use laid_out::lay_out;

use course::Course;
use paths::expand;
pub use rejects::{RejectsFormat, rejects, save_rejects, write_rejects};

use crate::{
    app::App,
    error::AppError,
    host::{FileChoice, Host},
    import_file::{FileImport, ReadAs},
    wire::{ChosenFiles, ImportAnswer, ImportId, ImportRequest, ImportsAnswer, Job, Nothing},
};
use change_ledger_ingest::{ColumnProfile, DateOrder, Options};
use change_ledger_model::{import::ImportManifest, source::SourceKind};
use change_ledger_store::Ledger;
use chrono_tz::Tz;
use std::path::Path;

/// Imports files and folders; each file lands whole or not at all, and one that cannot be read does not keep the others out.
///
/// A table that nobody knows is read through the saved profile that names only columns of it, when there is one.
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
    let import =
        FileImport { ledger: &mut ledger, host, cancel: &job.cancelled, dry_run: request.dry_run, policies: &policies };
    let answer = ImportAnswer { dry_run: request.dry_run, ..ImportAnswer::default() };
    let read_as = ReadAs { options: &options, saved: &crate::use_case::profile::saved(host) };
    let mut answer = Course { import, read_as: &read_as, answer }.run(found)?;
    if answer.runs.is_empty() && answer.failures.is_empty() {
        // Skipping everything would look like an import that went well.
        answer.failures = std::mem::take(&mut answer.skipped);
    }
    Ok(answer)
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

/// Stops the looks at files that are under way.
///
/// # Errors
/// None.
pub fn cancel_look(app: &App, _: &dyn Host, _: Nothing) -> Result<Nothing, AppError> {
    app.jobs().cancel(Job::Look);
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
