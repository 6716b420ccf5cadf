use super::{Context, attest::without_line, changes};
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    ErrorCode, name_of, use_case,
    wire::{ChangeId, ChangePage, LinkedChanges},
};
use clap::Args;
use std::{io::Write, process::ExitCode};

/// Everything about one change; for a ticket or incident, the changes linked with it
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// `github:owner/repo#12`, `owner/repo#12`, its web address, `12` where that is unique; or a ticket or incident
    id: String,
    /// Print the record as it was imported, byte for byte, whatever the format; also of a ticket or an incident
    #[arg(long)]
    raw: bool,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let id = ChangeId { id: self.id };
        if self.raw {
            let raw = use_case::change::raw_record(&context.app, &context.host, id)?;
            std::io::stdout().lock().write_all(&raw.bytes)?;
            return Ok(ExitCode::SUCCESS);
        }
        let name = id.id.clone();
        let page = match use_case::change::change(&context.app, &context.host, id) {
            Ok(page) => page,
            Err(error) if error.code == ErrorCode::NotFound => {
                // What is no change may be a ticket or an incident.
                return match use_case::linked::linked(&context.app, &context.host, &name) {
                    Ok(linked) => print_linked(context, &linked, format),
                    Err(other) if other.code == ErrorCode::NotFound => Err(error.into()),
                    Err(other) => Err(other.into()),
                };
            }
            Err(error) => return Err(error.into()),
        };
        match format {
            Format::Json => output::json(&page)?,
            Format::Csv => output::csv(
                &["fact", "value"],
                page.facts
                    .iter()
                    .map(|fact| [fact.fact.clone(), fact.value.clone().unwrap_or_else(|| "unknown".to_owned())]),
            )?,
            _ => output::text(&words(&page))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print_linked(context: &Context, linked: &LinkedChanges, format: Format) -> Result<ExitCode, Failure> {
    match format {
        Format::Json => output::json(linked)?,
        Format::Csv => output::csv(&["id", "title"], linked.changes.iter().map(|item| [&item.id, &item.title]))?,
        _ => {
            let heading = match &linked.record {
                Some(record) => {
                    format!("{}\n{} · {}", output::printable(&record.title), record.id, name_of(&record.kind))
                }
                None => format!("{} is named, but was not imported.", output::printable(&linked.name)),
            };
            let table = if linked.changes.is_empty() { String::new() } else { changes::table(&linked.changes) };
            output::text(&format!("{heading}\n{table}"))?;
            let count = output::counted(linked.changes.len() as u64, "change is", "changes are");
            context.remark(&format!("{count} linked with it"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn words(page: &ChangePage) -> String {
    let mut text = format!(
        "{}\n{} · {}\n",
        output::printable(&page.item.title),
        page.item.id,
        name_of(&page.item.class).replace('_', " ")
    );
    text.push_str(&format!("{}\n{}\n", page.population.reason, page.review.sentence));
    text.extend(page.without_attestations.iter().map(without_line));
    text.extend(page.item.left_open.iter().map(|open| format!("Left open: {open}.\n")));
    let mut section = |title: &str, rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            let width = rows.first().map_or(0, Vec::len);
            let table = output::table(&vec![""; width], &[], rows);
            text.push_str(&format!("\n{title}\n"));
            text.extend(table.lines().skip(1).map(|line| line.to_owned() + "\n"));
        }
    };
    let unknown = || "unknown".to_owned();
    section(
        "Facts",
        page.facts.iter().map(|fact| vec![fact.label.clone(), fact.value.clone().unwrap_or_else(unknown)]).collect(),
    );
    section(
        "Signals",
        page.signal_lines.iter().map(|line| vec![name_of(&line.signal).replace('_', " "), line.text.clone()]).collect(),
    );
    section(
        "Controls",
        page.controls
            .iter()
            .map(|line| {
                let answer = name_of(&line.answer).replace('_', " ");
                vec![name_of(&line.control), answer, line.reason.clone()]
            })
            .collect(),
    );
    section(
        "Reviews",
        page.reviews
            .iter()
            .map(|review| {
                let at = review.at.map_or_else(unknown, |at| at.to_string());
                vec![at, review.reviewer.clone(), name_of(&review.verdict).replace('_', " "), review.note.clone()]
            })
            .collect(),
    );
    section(
        "Links",
        page.links
            .iter()
            .map(|link| {
                let via = link.via_ticket.as_ref().map_or_else(String::new, |ticket| format!("via {ticket}"));
                let direction = if link.two_way { "two-way" } else { "one-way" };
                let title = link.title.clone().unwrap_or_else(|| "named, not imported".to_owned());
                vec![
                    name_of(&link.kind),
                    link.name.clone(),
                    name_of(&link.found_in).replace('_', " "),
                    direction.to_owned(),
                    via,
                    title,
                ]
            })
            .collect(),
    );
    section(
        "Attestations",
        page.attestations
            .iter()
            .map(|line| {
                let standing = name_of(&line.standing).replace('_', " ");
                let stated = format!("stated {}", line.stated_at);
                vec![line.sentence.clone(), line.reason.clone(), standing, stated]
            })
            .collect(),
    );
    section("Timeline", page.timeline.iter().map(|entry| vec![entry.at.to_string(), entry.text.clone()]).collect());
    section(
        "Evidence",
        page.revisions
            .iter()
            .map(|revision| {
                vec![
                    format!("import {}", revision.import),
                    revision.file.clone(),
                    format!("bytes {} to {}", revision.span.offset, revision.span.offset + revision.span.length),
                    revision.sha256.clone(),
                ]
            })
            .collect(),
    );
    text
}
