use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    use_case,
    wire::{Nothing, PolicyAnswer, PolicySetRequest},
};
use clap::{Args, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// The policy by which changes are judged
#[derive(Debug, Args)]
pub(crate) struct Policy {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The policies that come with the product
    List,
    /// The policy in force and the versions before it
    Show,
    /// Put a preset in force, or a document
    Set {
        /// Name of a preset, or a TOML file
        preset: String,
        /// First day on which it is in force, such as 2026-01-01 [default: from the beginning]
        #[arg(long, value_name = "DATE")]
        effective: Option<String>,
        /// Change a parameter, such as population.branches='["*"]' (repeatable)
        #[arg(long = "with", value_name = "KEY=VALUE", value_parser = assignment)]
        changes: Vec<(String, String)>,
    },
    /// Put a policy document in force
    Import {
        /// A TOML file
        file: PathBuf,
        /// First day on which it is in force [default: from the beginning]
        #[arg(long, value_name = "DATE")]
        effective: Option<String>,
    },
    /// Write the document in force to a file
    Export {
        /// Where to; must not exist yet
        file: PathBuf,
    },
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
            What::Show => print(&use_case::policy::show(app, host, Nothing {})?, format)?,
            What::Set { preset, effective, changes } => {
                let is_file = preset.ends_with(".toml");
                let document =
                    if is_file { Some(use_case::policy::read_document(&PathBuf::from(&preset))?) } else { None };
                let preset = (!is_file).then_some(preset);
                let request = PolicySetRequest { preset, document, effective, changes };
                print(&use_case::policy::set(app, host, request)?, format)?;
            }
            What::Import { file, effective } => {
                let document = Some(use_case::policy::read_document(&file)?);
                let request = PolicySetRequest { preset: None, document, effective, changes: Vec::new() };
                print(&use_case::policy::set(app, host, request)?, format)?;
            }
            What::Export { file } => use_case::policy::export(app, host, &file)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(context: &Context, format: Format) -> Result<(), Failure> {
    let answer = use_case::policy::presets(&context.app, &context.host, Nothing {})?;
    let rows = answer
        .presets
        .iter()
        .map(|preset| vec![preset.policy.name.clone(), preset.policy.version.clone(), preset.title.clone()]);
    let header = ["name", "version", "title"];
    match format {
        Format::Json => output::json(&answer),
        Format::Csv => output::csv(&header, rows),
        _ => output::text(&output::table(&header, &[], rows.collect())),
    }
}

fn print(answer: &PolicyAnswer, format: Format) -> Result<(), Failure> {
    let since = |from: Option<change_ledger_app::Timestamp>| {
        from.map_or_else(|| "the beginning".to_owned(), |from| from.to_string())
    };
    let rows = answer.history.iter().map(|version| {
        vec![
            version.policy.name.clone(),
            version.policy.version.clone(),
            since(version.effective_from),
            version.policy.sha256.clone(),
        ]
    });
    let header = ["name", "version", "in force from", "sha256"];
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&header, rows),
        _ => {
            let history = output::table(&header, &[], rows.collect());
            output::text(&format!("{}\n{}\n\n{history}\n{}", answer.title, answer.summary.trim(), answer.document))
        }
    }
}
