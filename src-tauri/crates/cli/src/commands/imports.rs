use super::{Context, import};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    ImportManifest, RecordCounts,
    use_case::{self, import::RejectsFormat},
    wire::{ImportId, Nothing},
};
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// List import runs, show a manifest, or print rejected rows
///
/// JSON: `{"imports": [manifest, …]}`, the newest first.
#[derive(Debug, Args)]
pub(crate) struct Imports {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The manifest of one import run
    ///
    /// JSON: the manifest, with the keys of the entries under `runs` that `import` answers.
    Show {
        /// Number of the run
        id: i64,
    },
    /// The rejected rows of one import run with their reasons, as CSV
    ///
    /// Columns: row, line, offset, length (bytes in the file), field, reason, raw (in UTF-8), encoding (of the file). What a
    /// spreadsheet would take for a formula gets a leading apostrophe. JSON: `{"import", "file", "rejects": [{"place",
    /// "field", "reason", "raw", "encoding"}]}`.
    Rejects {
        /// Number of the run
        id: i64,
    },
}

impl Imports {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        match self.what {
            None => {
                let answer = use_case::import::imports(&context.app, &context.host, Nothing {})?;
                match format {
                    Format::Json => output::json(&answer)?,
                    Format::Csv => output::csv(&import::HEADER, answer.imports.iter().map(import::row))?,
                    _ => {
                        let rows = answer.imports.iter().map(row_for_people).collect();
                        output::text(&output::fitted(&import::HEADER, &[0, 4, 5, 6, 7, 8], &[1], rows))?;
                    }
                }
            }
            Some(What::Show { id }) => {
                let manifest = use_case::import::manifest(&context.app, &context.host, ImportId { id })?;
                match format {
                    Format::Json => output::json(&manifest)?,
                    Format::Csv => output::csv(&import::HEADER, [import::row(&manifest)])?,
                    _ => output::text(&words(&manifest)?)?,
                }
            }
            Some(What::Rejects { id }) => {
                let format = if format == Format::Json { RejectsFormat::Json } else { RejectsFormat::Csv };
                output::streamed(|out| use_case::import::write_rejects(&context.app, id, format, out))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A run that was superseded says by which: what it brought no longer counts.
fn row_for_people(run: &ImportManifest) -> Vec<String> {
    let mut row = import::row(run);
    if let (Some(later), Some(status)) = (run.superseded_by, row.get_mut(import::STATUS)) {
        *status = format!("superseded by {later}");
    }
    row
}

fn words(manifest: &ImportManifest) -> Result<String, Failure> {
    let facts = |facts: &[change_ledger_app::Fact]| -> Result<String, Failure> {
        let names = facts.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
        Ok(names
            .iter()
            .filter_map(|name| name.as_str())
            .map(|name| name.replace('_', " "))
            .collect::<Vec<_>>()
            .join(", "))
    };
    let line = |name: &str, value: String| vec![name.to_owned(), value];
    let (rows, records) = (manifest.rows, manifest.records);
    let mut lines = vec![
        line("file", manifest.file.clone()),
        line("sha256", manifest.sha256.clone()),
        line("bytes", manifest.bytes.to_string()),
        line("recognised as", format!("{}: {}", manifest.kind.name(), manifest.recognised_by)),
        line("imported at", manifest.imported_at.to_string()),
        line(
            "rows",
            format!(
                "{} read: {} accepted, {} updated, {} unchanged, {} rejected",
                rows.read, rows.accepted, rows.updated, rows.unchanged, rows.rejected
            ),
        ),
        line("records", record_words(&records)),
        line("first", output::or_na(manifest.first)),
        line("last", output::or_na(manifest.last)),
        line("carries", facts(&manifest.carries)?),
        line("cannot tell", facts(&manifest.cannot_tell)?),
        line("time zone", manifest.timezone.clone().unwrap_or_else(|| "every time has its offset".to_owned())),
    ];
    lines.extend(manifest.superseded_by.map(|later| {
        line("superseded by", format!("{later}, which read the same file in another way; this run no longer counts"))
    }));
    lines.extend(manifest.warnings.iter().map(|warning| line("note", warning.message.clone())));
    Ok(output::table(&["", ""], &[], lines).lines().skip(1).map(|line| line.to_owned() + "\n").collect())
}

/// How many records of each kind a file held; the rarer kinds only where there are some.
fn record_words(records: &RecordCounts) -> String {
    let always = [
        (records.changes, "changes"),
        (records.not_implemented, "not implemented"),
        (records.reviews, "reviews"),
        (records.tickets, "tickets"),
        (records.incidents, "incidents"),
    ];
    let rarer = [
        (records.deployments, "deployments"),
        (records.bypasses, "skipped branch rules"),
        (records.checks, "checks"),
        (records.alerts, "alerts"),
        (records.messages, "messages"),
        (records.settings, "settings"),
        (records.commits, "commits"),
    ];
    let shown = always.into_iter().chain(rarer.into_iter().filter(|(count, _)| *count > 0));
    let names = [(records.links, "names of other records")];
    shown.chain(names).map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}
