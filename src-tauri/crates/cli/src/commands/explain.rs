use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    name_of, use_case,
    wire::{ChangeId, ControlEvidence, ControlLine, Explanation},
};
use clap::Args;
use std::process::ExitCode;

/// Why a change was judged as it was: class, signals, deadline, and each control with its reason and evidence
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// `github:owner/repo#12`, `owner/repo#12`, its web address, or `12` where that is unique
    id: String,
}

impl Explain {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let answer = use_case::explain::explain(&context.app, &context.host, ChangeId { id: self.id })?;
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&["control", "answer", "reason", "evidence"], answer.controls.iter().map(row))?,
            _ => output::text(&words(&answer))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn row(line: &ControlLine) -> [String; 4] {
    let evidence: Vec<String> = line.evidence.iter().map(with_place).collect();
    [name_of(&line.control), name_of(&line.answer), line.reason.clone(), evidence.join("\n")]
}

/// What stands behind an answer, and where.
fn with_place(evidence: &ControlEvidence) -> String {
    let place = evidence.place.as_ref();
    let place = place.map_or_else(String::new, |place| format!(" [{}, row {}]", place.file, place.row));
    output::printable(&format!("{}{place}", evidence.text))
}

/// The explanation as a colleague would write it down.
fn words(answer: &Explanation) -> String {
    let mut text = format!("{}\n{}\n\n{}\n", output::printable(&answer.title), answer.id, answer.summary.join(" "));
    text.extend(answer.left_open.iter().map(|open| format!("Left open: {open}.\n")));
    let signals: Vec<String> = answer
        .signals
        .iter()
        .map(|line| format!("{}: {}", sentence_case(&name_of(&line.signal).replace('_', " ")), line.text))
        .collect();
    section(&mut text, "What was noticed", &signals);
    let rules: Vec<String> = answer.rules.iter().map(|rule| sentence_case(rule)).collect();
    section(&mut text, "Detection rules that match", &rules);
    section(&mut text, "The review afterwards", &answer.review);
    text.push_str("\nControls\n");
    text.extend(answer.controls.iter().map(control));
    text
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        text.push_str(&format!("\n{title}\n"));
        text.extend(lines.iter().map(|line| format!("  {}\n", output::printable(line))));
    }
}

fn control(line: &ControlLine) -> String {
    let answer = name_of(&line.answer).replace('_', " ");
    let heading = format!("  {}  {answer:<14}  {}\n", name_of(&line.control), line.reason);
    let evidence = line.evidence.iter().map(|evidence| format!("                     {}\n", with_place(evidence)));
    std::iter::once(heading).chain(evidence).collect()
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
