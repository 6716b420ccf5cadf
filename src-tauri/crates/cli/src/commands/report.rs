use super::{Context, in_existing_folder};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    name_of,
    use_case::{self, report::Existing},
    wire::{IssuedReport, Nothing, ReportRequest},
};
use clap::{Args, Subcommand};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Issue the quarterly report as PDF or HTML
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Report {
    #[command(subcommand)]
    what: Option<What>,
    /// The quarter, such as 2026-Q3
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<String>,
    /// Where to write it; the ending decides the format: pdf or html (repeatable)
    #[arg(long = "out", value_name = "FILE")]
    outs: Vec<PathBuf>,
    /// Name of the organisation, for the title block
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// Who prepared it
    #[arg(long, value_name = "NAME")]
    prepared_by: Option<String>,
    /// Who reviewed it
    #[arg(long, value_name = "NAME")]
    reviewed_by: Option<String>,
    /// Mark every page as a draft and do not record it as issued
    #[arg(long)]
    draft: bool,
    /// Replace files that are in the way
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The reports that were issued, with their SHA-256
    List,
    /// Whether a file is a report that this ledger issued, and when; exit with 1 when it is not
    Verify {
        /// The file
        file: PathBuf,
    },
}

impl Report {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        match self.what {
            None => {}
            Some(What::List) => {
                list(context, format)?;
                return Ok(ExitCode::SUCCESS);
            }
            Some(What::Verify { file }) => return verify(context, &file, format),
        }
        let Some(quarter) = self.quarter else {
            return Err(Failure::wrong_use(
                "it is not said which quarter to report on",
                "Name it with --quarter 2026-Q3.",
            ));
        };
        let request = ReportRequest {
            quarter,
            organisation: self.organisation,
            prepared_by: self.prepared_by,
            reviewed_by: self.reviewed_by,
            draft: self.draft,
        };
        self.outs.iter().try_for_each(|out| in_existing_folder(out))?;
        let existing = if self.force { Existing::Replace } else { Existing::Keep };
        let written = use_case::report::write(&context.app, &context.host, &request, &self.outs, existing);
        context.host.finish();
        let written = written?;
        for warning in &written.warnings {
            context.remark(&format!("warning: {warning}"));
        }
        match format {
            Format::Json => output::json(&written)?,
            Format::Csv => output::csv(&HEADER, written.reports.iter().map(row))?,
            _ => {
                for (report, out) in written.reports.iter().zip(&self.outs) {
                    output::text(&format!("{}  sha256 {}", out.display(), report.sha256))?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

const HEADER: [&str; 6] = ["quarter", "format", "issued_at", "as_of", "policy", "sha256"];

fn row(report: &IssuedReport) -> Vec<String> {
    vec![
        report.quarter.clone(),
        name_of(&report.format),
        report.issued_at.to_string(),
        report.as_of.to_string(),
        format!("{} {}", report.policy.name, report.policy.version),
        report.sha256.clone(),
    ]
}

fn list(context: &Context, format: Format) -> Result<(), Failure> {
    let answer = use_case::report::issued(&context.app, &context.host, Nothing {})?;
    match format {
        Format::Json => output::json(&answer),
        Format::Csv => output::csv(&HEADER, answer.reports.iter().map(row)),
        _ => output::text(&output::table(&HEADER, &[], answer.reports.iter().map(row).collect())),
    }
}

fn verify(context: &Context, file: &Path, format: Format) -> Result<ExitCode, Failure> {
    let answer = use_case::report::verify(&context.app, file)?;
    match (format, &answer.report) {
        (Format::Json, _) => output::json(&answer)?,
        (Format::Csv, report) => output::csv(&HEADER, report.iter().map(row))?,
        (_, Some(report)) => {
            let mut text = format!(
                "{} is the {} report of {}, issued at {} as of {} under {} {}.\n",
                file.display(),
                name_of(&report.format).to_uppercase(),
                report.quarter,
                report.issued_at,
                report.as_of,
                report.policy.name,
                report.policy.version
            );
            if let (Some(events), Some(head)) = (answer.ledger_events, &answer.ledger_head) {
                text.push_str(&format!("The ledger's chain had reached entry {events} then, with the hash {head}.\n"));
            }
            if let Some(since @ 1..) = answer.events_since {
                let entries = output::counted(since, "import or policy has", "imports and policies have");
                text.push_str(&format!("{entries} come since; the report does not know them.\n"));
            }
            output::text(&text)?;
        }
        (_, None) => output::text(&format!(
            "{} was not issued by this ledger: no issued report has the SHA-256 {}.",
            file.display(),
            answer.sha256
        ))?,
    }
    Ok(if answer.issued { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
