use super::{
    Context,
    attest::{ATTESTATIONS, attestation_row, without_line},
};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    use_case,
    wire::{AttestationLine, AttestationStanding, AttestationsRequest, AttestedChange},
};
use clap::Args;
use std::process::ExitCode;

/// Everything that people attested of changes, with who, when and why
#[derive(Debug, Args)]
pub(crate) struct Attestations {
    /// Of changes implemented in this quarter, such as 2026-Q3
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<String>,
}

impl Attestations {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let request = AttestationsRequest { quarter: self.quarter };
        let answer = use_case::attestation::list(&context.app, &context.host, request)?;
        let all = || answer.changes.iter().flat_map(|change| &change.attestations);
        match context.plain_format()? {
            Format::Json => output::json(&answer)?,
            Format::Csv => {
                let header: Vec<&str> = ATTESTATIONS.into_iter().chain(["remark"]).collect();
                let remark = |line: &AttestationLine| line.remark.clone().unwrap_or_default();
                output::csv(&header, all().map(|line| attestation_row(line).into_iter().chain([remark(line)])))?;
            }
            _ if answer.changes.is_empty() => context.remark("Nothing was attested."),
            _ => output::text(&answer.changes.iter().map(words).collect::<Vec<_>>().join("\n"))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn words(change: &AttestedChange) -> String {
    let title = change.title.as_deref().unwrap_or("not an implemented change of this ledger");
    let mut text = format!("{} {}\n", change.id, output::printable(title));
    let rows = change.attestations.iter().map(attestation_row).collect();
    text.push_str(&output::fitted(&ATTESTATIONS, &[0], &[7], rows));
    let remarks = change.attestations.iter().filter(|line| line.standing != AttestationStanding::Superseded);
    let remarks = remarks.filter_map(|line| Some((line.event, line.remark.as_ref()?)));
    text.extend(remarks.map(|(event, remark)| format!("{event}: {}\n", output::printable(remark))));
    text.extend(change.without_attestations.iter().map(without_line));
    text
}
