use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    name_of, use_case,
    wire::{IssuedReport, Nothing, ReportRequest},
};
use clap::{Args, Subcommand};
use std::{path::PathBuf, process::ExitCode};

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
}

#[derive(Debug, Subcommand)]
enum What {
    /// The reports that were issued
    List,
}

impl Report {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        if let Some(What::List) = self.what {
            list(context, format)?;
            return Ok(ExitCode::SUCCESS);
        }
        let Some(quarter) = self.quarter else {
            return Err(Failure::wrong_use("say which quarter: --quarter 2026-Q3"));
        };
        let request = ReportRequest {
            quarter,
            organisation: self.organisation,
            prepared_by: self.prepared_by,
            reviewed_by: self.reviewed_by,
            draft: self.draft,
        };
        let issued = use_case::report::write(&context.app, &context.host, &request, &self.outs)?;
        match format {
            Format::Json => output::json(&serde_json::json!({ "reports": issued }))?,
            Format::Csv => output::csv(&HEADER, issued.iter().map(row))?,
            _ => {
                for (report, out) in issued.iter().zip(&self.outs) {
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
