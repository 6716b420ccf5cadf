use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    Class, name_of, use_case,
    wire::{self, ChangeItem, ChangesRequest},
};
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// List changes, newest first
///
/// Without --quarter and --class also those that no number counts, such as merges into other branches; they are marked.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// Implemented in this quarter, such as 2026-Q3
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<String>,
    /// Of this class: declared-emergency, unlabelled-emergency, unreviewed, exempt, routine
    #[arg(long, value_name = "CLASS", value_parser = class)]
    class: Option<Class>,
    /// Emergencies that lack something
    #[arg(long, value_enum, value_name = "WHAT")]
    missing: Option<Missing>,
    /// Words in id, title, description or author
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// Where the previous page ended
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Missing {
    Incident,
    Label,
    Authorisation,
    Justification,
    Review,
}

impl From<Missing> for wire::Missing {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Incident => Self::Incident,
            Missing::Label => Self::Label,
            Missing::Authorisation => Self::Authorisation,
            Missing::Justification => Self::Justification,
            Missing::Review => Self::Review,
        }
    }
}

pub(super) fn class(text: &str) -> Result<Class, String> {
    let wanted = text.replace('-', "_");
    Class::ALL.into_iter().find(|class| class.name() == wanted).ok_or_else(|| {
        let names: Vec<_> = Class::ALL.into_iter().map(Class::name).collect();
        format!("a class is one of {}", names.join(", "))
    })
}

impl Changes {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let searches = self.search.is_some();
        let request = ChangesRequest {
            quarter: self.quarter,
            class: self.class,
            missing: self.missing.map(Into::into),
            search: self.search,
            limit: self.limit,
            after: self.after,
            ..ChangesRequest::default()
        };
        if searches {
            use_case::search::catch_up(&context.app, &context.host)?;
            context.host.finish();
        }
        let answer = use_case::changes::changes(&context.app, &context.host, request)?;
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&HEADER, answer.items.iter().map(row))?,
            _ => {
                output::text(&table(&answer.items))?;
                context.remark(&format!("{} of {} changes", answer.items.len(), answer.total));
                if answer.items.iter().any(|item| !item.counted) {
                    context.remark("What is not counted is in no number; `change-ledger show ID` says why.");
                }
                if let Some(next) = answer.next {
                    context.remark(&format!("more with --after {next}"));
                }
                if answer.search_backlog > 0 {
                    context.remark(&format!("{} records are not searchable yet", answer.search_backlog));
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

const HEADER: [&str; 9] =
    ["id", "implemented_at", "class", "review", "signals", "author", "missing", "title", "counted"];

/// Changes as a table for people; signals and the state of the review are on the change's own page.
pub(crate) fn table(items: &[ChangeItem]) -> String {
    let header = ["id", "implemented", "class", "author", "missing", "title"];
    let line = |item: &ChangeItem| {
        let day = item.implemented_at.map(|at| at.to_utc().format("%Y-%m-%d").to_string());
        vec![
            item.id.clone(),
            day.unwrap_or_else(|| "unknown".to_owned()),
            class_words(item),
            item.author.clone().unwrap_or_else(|| "unknown".to_owned()),
            item.missing.iter().map(name_of).collect::<Vec<_>>().join(" "),
            item.title.clone(),
        ]
    };
    output::fitted(&header, &[], &[3, 4, 5], items.iter().map(line).collect())
}

fn row(item: &ChangeItem) -> Vec<String> {
    vec![
        item.id.clone(),
        item.implemented_at.map_or_else(|| "unknown".to_owned(), |at| at.to_string()),
        item.class.name().to_owned(),
        name_of(&item.review_state),
        item.signals.iter().map(name_of).collect::<Vec<_>>().join(" "),
        item.author.clone().unwrap_or_else(|| "unknown".to_owned()),
        item.missing.iter().map(name_of).collect::<Vec<_>>().join(" "),
        item.title.clone(),
        item.counted.to_string(),
    ]
}

/// The class; of a change that no number counts, that too.
fn class_words(item: &ChangeItem) -> String {
    let class = item.class.name().replace('_', " ");
    if item.counted { class } else { format!("{class} (not counted)") }
}
