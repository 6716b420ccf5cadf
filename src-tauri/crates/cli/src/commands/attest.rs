use super::{
    Context,
    moved::{MOVED, moved_lines, moved_row},
};
use crate::{
    args::{Format, Moment, moment},
    failure::Failure,
    output,
};
use change_ledger_app::{
    AttestationKind, Timestamp, name_of, use_case,
    wire::{AttestAnswer, AttestRequest, AttestationLine, VerdictWithout},
};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// Attest something of a change: that it was reviewed, authorised, justified, which incident it was for, and more
///
/// Nothing is ever taken out of the ledger: a later attestation on the same topic takes the place of the one before, and
/// `show` lists all of them, with the verdicts that the imported files alone would give. JSON: `{"attestation", "notes",
/// "moved", "without_attestations"}`.
#[derive(Debug, Args)]
pub(crate) struct Attest {
    /// `github:owner/repo#12`, `owner/repo#12`, its web address, or `12` where that is unique
    id: String,
    /// What is attested
    #[arg(long, value_enum)]
    kind: Kind,
    /// Who states it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The moment that it is about: 2026-08-04T11:00:00Z, 2026-08-04 (the day's begin in the policy's zone), or now
    /// [default: the moment of the judgement]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Moment>,
    /// Why it is so; of a justification, the justification itself
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The incident, for `--kind incident`; may be given several times [default: those that the reason names]
    #[arg(long, value_name = "NAME")]
    incident: Vec<String>,
    /// State that what was attested of this kind no longer holds
    #[arg(long)]
    withdraw: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// It was reviewed then; the policy says whether that counts as the retroactive review
    Review,
    /// It was authorised
    Authorisation,
    /// It was justified: the reason is the justification
    Justification,
    /// It was for an incident
    Incident,
    /// A detection rule was right: it was an emergency that nobody labelled
    Confirm,
    /// A detection rule was wrong: it was no emergency
    Dismiss,
    /// It is exempt; it stays listed and counted
    Exempt,
}

impl From<Kind> for AttestationKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Review => Self::Review,
            Kind::Authorisation => Self::Authorisation,
            Kind::Justification => Self::Justification,
            Kind::Incident => Self::Incident,
            Kind::Confirm => Self::Confirm,
            Kind::Dismiss => Self::Dismiss,
            Kind::Exempt => Self::Exempt,
        }
    }
}

impl Attest {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let at = self.at.map(|at| instant(context, at)).transpose()?;
        let request = AttestRequest {
            id: self.id,
            kind: self.kind.into(),
            withdraw: self.withdraw,
            by: self.by,
            at,
            reason: self.reason,
            incidents: self.incident,
        };
        let answer = use_case::attestation::attest(&context.app, &context.host, request)?;
        for note in &answer.notes {
            context.remark(note);
        }
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&MOVED, answer.moved.iter().map(moved_row))?,
            _ => output::text(&words(&answer))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn instant(context: &Context, at: Moment) -> Result<Timestamp, Failure> {
    use change_ledger_app::Host;
    match at {
        Moment::Now => Ok(context.host.now()),
        Moment::At(at) => Ok(at),
        Moment::Day(day) => Ok(use_case::policy::day_begins(&context.app.settings().ledger, day)?),
    }
}

fn words(answer: &AttestAnswer) -> String {
    let line = &answer.attestation;
    let mut text = format!("{}: {}\n", line.change, output::printable(&line.sentence));
    text.push_str(&moved_lines(&answer.moved));
    text.extend(answer.without_attestations.iter().map(without_line));
    text
}

/// `Class: routine; by the imported files alone: unlabelled emergency.`
pub(crate) fn without_line(verdict: &VerdictWithout) -> String {
    let VerdictWithout { label, with, without, .. } = verdict;
    let (with, without) = (with.replace('_', " "), without.replace('_', " "));
    format!("{label}: {with}; without attestations: {without}.\n")
}

/// Headings of [`attestation_row`].
pub(crate) const ATTESTATIONS: [&str; 8] = ["event", "change", "kind", "about", "stated", "by", "standing", "reason"];

/// One attestation as a line of a table.
pub(crate) fn attestation_row(line: &AttestationLine) -> Vec<String> {
    vec![
        line.event.to_string(),
        line.change.clone(),
        kind_in_words(line),
        line.at.to_string(),
        line.stated_at.to_string(),
        line.by.clone(),
        name_of(&line.standing),
        line.reason.clone(),
    ]
}

fn kind_in_words(line: &AttestationLine) -> String {
    let kind = line.kind.name();
    match (line.withdraws, line.incidents.as_slice()) {
        (true, _) => format!("{kind} withdrawn"),
        (false, []) => kind.to_owned(),
        (false, incidents) => format!("{kind} {}", incidents.join(" ")),
    }
}
