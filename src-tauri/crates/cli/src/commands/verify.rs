use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{use_case, wire::Nothing};
use clap::Args;
use std::process::ExitCode;

/// Check the ledger: database, event chain, hashes of the evidence
///
/// JSON: `{"clean", "findings": [sentence, …], "artifacts", "events", "revisions"}`. Exit code 1 where it is not clean.
#[derive(Debug, Args)]
pub(crate) struct Verify {}

impl Verify {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let answer = use_case::workspace::verify(&context.app, &context.host, Nothing {});
        context.host.finish();
        let answer = answer?;
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&["finding"], answer.findings.iter().map(|finding| [finding]))?,
            _ if answer.clean => output::text(&format!(
                "The ledger is intact: {} files hashed again, {} events of the chain, {} records found in their evidence.",
                answer.artifacts, answer.events, answer.revisions
            ))?,
            _ => output::text(&format!("The ledger is damaged:\n  {}", answer.findings.join("\n  ")))?,
        }
        Ok(if answer.clean { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
