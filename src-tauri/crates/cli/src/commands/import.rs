mod answer;

use super::Context;
use crate::{
    args::Format,
    failure::{self, Failure},
    output,
};
use change_ledger_app::{
    ImportManifest, ImportStatus, SourceKind, use_case,
    wire::{ImportAnswer, ImportRequest},
};
use clap::{Args, ValueEnum};
use std::{path::PathBuf, process::ExitCode};

/// Import exported files; each lands whole or not at all
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files, folders and archives
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The kind of export, where recognition should not decide (github-gh, jira-csv, …)
    #[arg(long, value_name = "KIND")]
    source: Option<String>,
    /// Column mapping for a table of unknown shape [default: the saved profile that fits its columns]
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Time zone of times without an offset, such as Europe/Berlin [default: the policy's]
    #[arg(long, value_name = "TZ")]
    timezone: Option<String>,
    /// Order of day and month, only where the file leaves it open
    #[arg(long, value_name = "ORDER", value_parser = ["dmy", "mdy", "ymd"])]
    date_order: Option<String>,
    /// Repository of pull requests that do not say theirs
    #[arg(long, value_name = "OWNER/NAME")]
    repository: Option<String>,
    /// Read everything, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Exit with 3 when rows were rejected
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Rejects,
}

impl Import {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let named = self.source.is_some() || self.profile.is_some();
        let request = ImportRequest {
            paths: self.paths.into_iter().map(text).collect(),
            source: self.source,
            profile: self.profile.map(text),
            timezone: self.timezone,
            date_order: self.date_order,
            repository: self.repository,
            dry_run: self.dry_run,
        };
        let answer = use_case::import::import(&context.app, &context.host, request);
        context.host.finish();
        let answer = answer?;
        match format {
            Format::Json => output::json(&answer::as_json(&answer)?)?,
            Format::Csv => output::csv(&HEADER, answer.runs.iter().map(row))?,
            _ => output::text(&words(&answer, named, context.quiet))?,
        }
        for skipped in &answer.skipped {
            context.remark(&format!("skipped: {}", skipped.error.message));
        }
        for file in &answer.not_imported {
            context.remark(&format!("not imported, because the import was stopped: {file}"));
        }
        for failed in &answer.failures {
            failure::print_error(&failed.error, format);
        }
        if !answer.failures.is_empty() {
            let internal = answer.failures.iter().any(|failed| failure::is_internal(failed.error.code));
            return Ok(ExitCode::from(if internal { 1 } else { 2 }));
        }
        let rejected = answer.runs.iter().any(|run| run.rows.rejected > 0);
        let asked_to_fail = self.fail_on == Some(FailOn::Rejects) && rejected;
        Ok(if asked_to_fail { ExitCode::from(3) } else { ExitCode::SUCCESS })
    }
}

/// Columns of manifests in tables.
pub(crate) const HEADER: [&str; 9] =
    ["id", "file", "kind", "status", "read", "accepted", "updated", "unchanged", "rejected"];

/// Position of the status in [`HEADER`].
pub(crate) const STATUS: usize = 3;

/// A manifest as one row under [`HEADER`].
pub(crate) fn row(run: &ImportManifest) -> Vec<String> {
    let rows = run.rows;
    vec![
        run.id.map_or_else(String::new, |id| id.to_string()),
        run.file.clone(),
        run.kind.name().to_owned(),
        status(run.status).to_owned(),
        rows.read.to_string(),
        rows.accepted.to_string(),
        rows.updated.to_string(),
        rows.unchanged.to_string(),
        rows.rejected.to_string(),
    ]
}

const fn status(status: ImportStatus) -> &'static str {
    match status {
        ImportStatus::Imported => "imported",
        ImportStatus::Unchanged => "unchanged",
        ImportStatus::Rejected => "rejected",
    }
}

/// The manifests as a table, with the notes unless it is `quiet`. Where nobody `named` a profile, a note says which one was
/// used.
fn words(answer: &ImportAnswer, named: bool, quiet: bool) -> String {
    let mut rows: Vec<Vec<String>> = answer.runs.iter().map(row).collect();
    if answer.dry_run {
        for (row, run) in rows.iter_mut().zip(&answer.runs) {
            if let (ImportStatus::Imported | ImportStatus::Rejected, Some(cell)) = (run.status, row.get_mut(STATUS)) {
                *cell = format!("would be {cell}");
            }
        }
    }
    let mut text = output::fitted(&HEADER, &[0, 4, 5, 6, 7, 8], &[1], rows);
    if answer.dry_run {
        text.push_str(&answer::rehearsal(answer));
    }
    for run in answer.runs.iter().filter(|_| !quiet) {
        let by_saved_profile = run.kind == SourceKind::GenericCsv && run.status == ImportStatus::Imported;
        // A rehearsal says of every file how it was recognised.
        if by_saved_profile && !named && !answer.dry_run {
            text.push_str(&format!("note: {}: {}\n", run.file, output::printable(&run.recognised_by)));
        }
        // A rehearsal asked about these already.
        let notes = run.warnings.iter().filter(|warning| !(answer.dry_run && answer::asks(warning)));
        for warning in notes {
            text.push_str(&format!("note: {}: {}\n", run.file, output::printable(&warning.message)));
        }
        let rejected = run.rows.rejected;
        let rows = format!("{} of {}", output::counted(rejected, "row", "rows"), output::printable(&run.file));
        let was = if rejected == 1 { "was" } else { "were" };
        match (rejected, run.id) {
            (0, _) => {}
            (_, Some(id)) => {
                text.push_str(&format!("note: {rows} {was} rejected; see `change-ledger imports rejects {id}`\n"));
            }
            (_, None) if answer.dry_run => text.push_str(&format!("note: {rows} would be rejected\n")),
            (_, None) => text.push_str(&format!("note: {rows} {was} rejected\n")),
        }
    }
    if answer.runs.is_empty() { String::new() } else { text }
}
