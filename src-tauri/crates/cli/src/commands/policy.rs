use super::{Context, in_existing_folder};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    PolicyReference, name_of, use_case,
    wire::{Nothing, PolicyAnswer, PolicyComparison, PolicySetRequest, PolicyVersionLine},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::{path::PathBuf, process::ExitCode};

/// The policy by which changes are judged
#[derive(Debug, Args)]
pub(crate) struct Policy {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The policies that come with the product, and which one is in force
    List,
    /// The policy in force and every version that was ever set
    Show,
    /// Put a preset in force, or a document
    ///
    /// JSON: what `policy show` answers: `{"policy", "title", "summary", "document", "history"}`.
    Set {
        /// Name of a preset, or a TOML file
        preset: String,
        /// First day on which it is in force, such as 2026-01-01, or always [default: always, for a ledger's first policy]
        #[arg(long, value_name = "DATE")]
        effective: Option<String>,
        /// Change a parameter, such as population.branches='["*"]' (repeatable)
        #[arg(long = "with", value_name = "KEY=VALUE", value_parser = assignment)]
        changes: Vec<(String, String)>,
        #[command(flatten)]
        decision: Decision,
    },
    /// Put a policy document in force
    Import {
        /// A TOML file
        file: PathBuf,
        /// First day on which it is in force, or always [default: always, for a ledger's first policy]
        #[arg(long, value_name = "DATE")]
        effective: Option<String>,
        #[command(flatten)]
        decision: Decision,
    },
    /// What differs between two policies, parameter by parameter
    Diff {
        /// in-force, a preset, a version or SHA-256 that `policy show` lists, or a TOML file
        old: String,
        /// The one to compare with it
        new: String,
    },
    /// Write the document in force to a file
    ///
    /// JSON: `{"file", "policy"}`, the file and the name, version and SHA-256 of what stands in it.
    Export {
        /// Where to; must not exist yet
        file: PathBuf,
    },
}

/// Who puts a policy in force, and why: reports print it where that was done late.
#[derive(Debug, Args)]
struct Decision {
    /// Who decides it [default: not stated, which reports say]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

impl Policy {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let (app, host) = (&context.app, &context.host);
        match self.what {
            What::List => list(context, format)?,
            What::Show => {
                let answer = use_case::policy::show(app, host, Nothing {})?;
                print(&answer, format)?;
                if format == Format::Text {
                    output::text(&format!("\n{}", in_words(&use_case::policy::in_words(app, host)?)))?;
                    output::text("The document with its reasons: change-ledger policy export FILE.toml")?;
                }
            }
            What::Set { preset, effective, changes, decision } => {
                let is_file = preset.ends_with(".toml");
                let document =
                    if is_file { Some(use_case::policy::read_document(&PathBuf::from(&preset))?) } else { None };
                let preset = (!is_file).then_some(preset);
                set(context, PolicySetRequest { preset, document, effective, changes, ..decision.into() }, format)?;
            }
            What::Import { file, effective, decision } => {
                let document = Some(use_case::policy::read_document(&file)?);
                set(context, PolicySetRequest { document, effective, ..decision.into() }, format)?;
            }
            What::Diff { old, new } => {
                print_comparison(&use_case::policy::compare(app, host, &old, &new)?, format)?;
            }
            What::Export { file } => {
                in_existing_folder(&file)?;
                let policy = use_case::policy::export(app, host, &file)?;
                print_exported(&Exported { file: file.display().to_string(), policy }, format)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl From<Decision> for PolicySetRequest {
    fn from(Decision { by, reason }: Decision) -> Self {
        Self { preset: None, document: None, effective: None, changes: Vec::new(), by, reason }
    }
}

fn set(context: &Context, request: PolicySetRequest, format: Format) -> Result<(), Failure> {
    let answer = use_case::policy::set(&context.app, &context.host, request)?;
    for note in answer.notes.iter().flatten() {
        context.remark(&output::printable(note));
    }
    print(&answer, format)
}

/// A document that was written to a file.
#[derive(Debug, Serialize)]
struct Exported {
    /// The file.
    file: String,
    /// The policy that stands in it.
    policy: PolicyReference,
}

fn print_exported(answer: &Exported, format: Format) -> Result<(), Failure> {
    let Exported { file, policy } = answer;
    match format {
        Format::Json => output::json(answer),
        Format::Csv => {
            output::csv(&["file", "name", "version", "sha256"], [[file, &policy.name, &policy.version, &policy.sha256]])
        }
        _ => output::text(file),
    }
}

fn list(context: &Context, format: Format) -> Result<(), Failure> {
    let answer = use_case::policy::presets(&context.app, &context.host, Nothing {})?;
    let rows = answer.presets.iter().map(|preset| {
        let standing = if preset.in_force { "in force" } else { "" };
        let (name, version) = (preset.policy.name.clone(), preset.policy.version.clone());
        vec![name, version, standing.to_owned(), preset.title.clone()]
    });
    let header = ["name", "version", "standing", "title"];
    match format {
        Format::Json => output::json(&answer),
        Format::Csv => output::csv(&header, rows),
        _ => {
            output::text(&output::fitted(&header, &[], &[3], rows.collect()))?;
            let is_preset = answer.presets.iter().any(|preset| preset.in_force);
            if let Some(in_force) = answer.in_force.filter(|_| !is_preset) {
                output::text(&format!(
                    "In force is {} {}, an edited or imported policy.",
                    in_force.name, in_force.version
                ))?;
            }
            Ok(())
        }
    }
}

/// What the parameters say, each with its name before it and no line wider than the terminal.
fn in_words(parameters: &[(String, String)]) -> String {
    const NARROWEST: usize = 40;
    let names = parameters.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let width = output::width().saturating_sub(names + 2).max(NARROWEST);
    let entries = parameters.iter().map(|(name, value)| {
        let lines = wrapped(&output::printable(value), width).join(&format!("\n{:names$}  ", ""));
        format!("{name:names$}  {lines}\n")
    });
    entries.collect()
}

/// The lines of a text, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn print(answer: &PolicyAnswer, format: Format) -> Result<(), Failure> {
    let since = |from: Option<change_ledger_app::Timestamp>| {
        from.map_or_else(|| "the beginning".to_owned(), |from| from.to_string())
    };
    let said = |version: &PolicyVersionLine, what: &Option<String>| match (version.set_at, what) {
        (_, Some(what)) => what.clone(),
        (Some(_), None) => "not stated".to_owned(),
        (None, None) => String::new(),
    };
    let rows = answer.history.iter().map(|version| {
        vec![
            version.policy.name.clone(),
            version.policy.version.clone(),
            name_of(&version.standing).replace('_', " "),
            since(version.effective_from),
            version.set_at.map_or_else(|| "comes with the product".to_owned(), |at| at.to_string()),
            version.policy.sha256.clone(),
            said(version, &version.set_by),
            said(version, &version.reason),
        ]
    });
    let header = ["name", "version", "standing", "in force from", "set at", "sha256", "set by", "reason"];
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&header, rows),
        _ => {
            let history = output::fitted(&header, &[], &[5, 7], rows.collect());
            output::text(&format!("{}\n{}\n\n{history}", answer.title, answer.summary.trim()))
        }
    }
}

fn print_comparison(answer: &PolicyComparison, format: Format) -> Result<(), Failure> {
    let header = ["key", "old", "new"];
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "absent".to_owned());
    let rows = answer.changes.iter().map(|changed| vec![changed.key.clone(), value(&changed.old), value(&changed.new)]);
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&header, rows),
        _ => {
            let names = format!(
                "{} {} compared with {} {}",
                answer.old.name, answer.old.version, answer.new.name, answer.new.version
            );
            if answer.changes.is_empty() {
                return output::text(&format!("{names}: every parameter is the same."));
            }
            output::text(&format!("{names}:\n{}", output::fitted(&header, &[], &[1, 2], rows.collect())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_broken_and_lines_only_where_they_must_be() {
        let check = |text: &str, expected: &[&str]| assert_eq!(wrapped(text, 10), expected, "{text}");
        check("", &[]);
        check("owed by", &["owed by"]);
        check("owed by every emergency", &["owed by", "every", "emergency"]);
        check("incomprehensibilities", &["incomprehensibilities"]);
    }
}
