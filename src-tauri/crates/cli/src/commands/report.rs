use super::{
    Context, in_existing_folder,
    moved::{NUMBERS, moved_lines, moved_row, number_row},
};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    name_of,
    use_case::{self, report::Existing},
    wire::{IssuedReport, Nothing, ReportRequest, RestatedReport, RestatedRequest},
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
    /// Which issued reports later imports, statements about people or policies contradict, and in what
    ///
    /// Both sides are judged at the moment of the report, so that a review that came due since is no restatement.
    /// JSON: `{"restated": [{…, "since", "numbers", "moved"}]}`.
    Restated {
        /// Only reports of this quarter
        #[arg(long, value_name = "QUARTER")]
        quarter: Option<String>,
    },
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
            Some(What::Restated { quarter }) => {
                restated(context, RestatedRequest { quarter }, format)?;
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
    let answer = use_case::report::list(&context.app, &context.host, Nothing {})?;
    let header = [&HEADER[..], &["restated"]].concat();
    let rows = answer.reports.iter().map(|listed| {
        let restated = match listed.restated {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        let mut row = row(&listed.report);
        row.push(restated.to_owned());
        row
    });
    match format {
        Format::Json => output::json(&answer),
        Format::Csv => output::csv(&header, rows),
        _ => output::text(&output::table(&header, &[], rows.collect())),
    }
}

fn restated(context: &Context, request: RestatedRequest, format: Format) -> Result<(), Failure> {
    let answer = use_case::report::restated(&context.app, &context.host, request)?;
    match format {
        Format::Json => output::json(&answer),
        Format::Csv => {
            let header = ["quarter", "sha256", "what", "before", "after"];
            let rows = answer.restated.iter().flat_map(|restated| {
                let about = [restated.report.quarter.clone(), restated.report.sha256.clone()];
                let moved = restated.numbers.iter().map(number_row).chain(restated.moved.iter().map(moved_row));
                moved.map(move |row| about.iter().cloned().chain(row).collect::<Vec<_>>())
            });
            output::csv(&header, rows)
        }
        _ if answer.restated.is_empty() => output::text("No issued report is restated."),
        _ => output::text(&answer.restated.iter().map(in_words).collect::<Vec<_>>().join("\n")),
    }
}

fn in_words(restated: &RestatedReport) -> String {
    let RestatedReport { report, since, numbers, moved, .. } = restated;
    let taken_in = [
        (since.imports, "import", "imports"),
        (since.policies, "policy", "policies"),
        (since.people, "statement about who is who", "statements about who is who"),
        (since.attestations, "attestation", "attestations"),
    ];
    let taken_in = taken_in.into_iter().filter(|(count, ..)| *count > 0);
    let taken_in: Vec<String> = taken_in.map(|(count, one, many)| output::counted(count, one, many)).collect();
    let numbers = output::fitted(&NUMBERS, &[1, 2], &[0], numbers.iter().map(number_row).collect());
    format!(
        "The {} report of {}, issued at {} as of {} (sha256 {}), is restated: the ledger took in {} since.\n{numbers}{}",
        name_of(&report.format).to_uppercase(),
        report.quarter,
        report.issued_at,
        report.as_of,
        report.sha256,
        taken_in.join(", "),
        moved_lines(moved),
    )
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
                let entries = output::counted(
                    since,
                    "entry of the chain (an import, policy, statement or sample) has",
                    "entries of the chain (imports, policies, statements, samples) have",
                );
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
