use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    ReviewState, name_of, use_case,
    wire::{DueAnswer, DueItem, DueRequest},
};
use clap::{Args, ValueEnum};
use ics::{Event, ICalendar, properties};
use std::process::ExitCode;

/// Retroactive reviews that are due, soonest deadline first
#[derive(Debug, Args)]
pub(crate) struct Due {
    /// Only those past their deadline
    #[arg(long)]
    overdue: bool,
    /// Only those of this team
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Exit with 3 when a review is overdue
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Overdue,
}

impl Due {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let request = DueRequest { overdue: self.overdue, team: self.team };
        let answer = use_case::due::due(&context.app, &context.host, request)?;
        for warning in &answer.warnings {
            context.remark(warning);
        }
        match context.format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&HEADER, answer.items.iter().map(row))?,
            Format::Markdown => output::text(&markdown(&answer))?,
            Format::Ics => output::text(&calendar(&answer))?,
            Format::Text if answer.items.is_empty() => context.remark("No review is due."),
            Format::Text => {
                let rows = answer.items.iter().flat_map(lines).collect();
                output::text(&output::fitted(&COLUMNS, &[], &[5, 3], rows))?;
                let attested =
                    answer.items.iter().flat_map(|item| item.attestations.iter().map(move |said| (&item.id, said)));
                attested.for_each(|(id, said)| context.remark(&format!("{id}: {}", output::printable(said))));
            }
        }
        let overdue = answer.items.iter().any(|item| item.state == ReviewState::Overdue);
        let asked_to_fail = self.fail_on == Some(FailOn::Overdue) && overdue;
        Ok(if asked_to_fail { ExitCode::from(3) } else { ExitCode::SUCCESS })
    }
}

const HEADER: [&str; 9] =
    ["id", "state", "due_at", "hours_left", "class", "author", "missing", "title", "attestations"];

fn row(item: &DueItem) -> Vec<String> {
    vec![
        item.id.clone(),
        name_of(&item.state),
        item.due_at.to_string(),
        format!("{:.1}", item.hours_left),
        item.class.name().to_owned(),
        item.author.clone().unwrap_or_else(|| "unknown".to_owned()),
        item.missing.iter().map(name_of).collect::<Vec<_>>().join(" "),
        item.title.clone(),
        item.attestations.join(" "),
    ]
}

/// Columns of the table for people.
const COLUMNS: [&str; 6] = ["id", "review", "deadline (UTC)", "author", "also missing", "title"];

/// The rows of one item: what else is missing is never cut, but goes on below.
fn lines(item: &DueItem) -> Vec<Vec<String>> {
    let missing = wrapped(item.missing.iter().map(|missing| name_of(missing).replace('_', " ")).collect());
    let first = vec![
        item.id.clone(),
        when(item),
        item.due_at.to_utc().format("%Y-%m-%d %H:%M").to_string(),
        item.author.clone().unwrap_or_else(|| "unknown".to_owned()),
        missing.first().cloned().unwrap_or_default(),
        item.title.clone(),
    ];
    let below = missing.into_iter().skip(1).map(|missing| {
        let mut row = vec![String::new(); COLUMNS.len()];
        row.splice(4..5, [missing]);
        row
    });
    std::iter::once(first).chain(below).collect()
}

/// Names with commas between them, in lines that leave room for a title.
fn wrapped(names: Vec<String>) -> Vec<String> {
    const WIDTH: usize = 24;
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() + 2 <= WIDTH => line.push_str(&format!(", {name}")),
            Some(line) => {
                line.push(',');
                lines.push(name);
            }
            None => lines.push(name),
        }
    }
    lines
}

/// The deadline seen from now: `due in 5 h`, `3 d overdue`.
fn when(item: &DueItem) -> String {
    let distance = output::distance(item.hours_left);
    if item.hours_left < 0.0 { format!("{distance} overdue") } else { format!("due in {distance}") }
}

/// A task list for chat. Imported text must not become markup.
fn markdown(answer: &DueAnswer) -> String {
    let escape = |text: &str| -> String {
        output::printable(text)
            .chars()
            .flat_map(|c| "\\`*_[]<>|#@".contains(c).then_some('\\').into_iter().chain([c]))
            .collect()
    };
    let mut text = format!("**Reviews due** as of {}\n\n", answer.as_of);
    for item in &answer.items {
        let name = match &item.url {
            Some(url) if url.starts_with("https://") => {
                format!("[{}]({})", escape(&item.id), url.replace([' ', ')', '('], ""))
            }
            _ => escape(&item.id),
        };
        text.push_str(&format!("- {name} {} ({}, by {})\n", escape(&item.title), when(item), item.due_at));
    }
    text
}

fn calendar(answer: &DueAnswer) -> String {
    let stamp = |at: change_ledger_app::Timestamp| at.to_utc().format("%Y%m%dT%H%M%SZ").to_string();
    let mut calendar = ICalendar::new("2.0", "-//Change Ledger//Reviews due//EN");
    for item in &answer.items {
        let mut event = Event::new(format!("{}@change-ledger", item.id), stamp(answer.as_of));
        event.push(properties::DtStart::new(stamp(item.due_at)));
        event.push(properties::DtEnd::new(stamp(item.due_at)));
        event.push(properties::Summary::new(ics::escape_text(output::printable(&format!(
            "Review due: {} {}",
            item.id, item.title
        )))));
        // Imported text decides what stands here; a calendar must not be led elsewhere.
        if let Some(url) = item.url.as_ref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
            event.push(properties::URL::new(output::printable(url)));
        }
        calendar.add_event(event);
    }
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_in_full() {
        let check = |names: &[&str], expected: &[&str]| {
            assert_eq!(wrapped(names.iter().map(|name| (*name).to_owned()).collect()), expected, "{names:?}");
        };
        check(&[], &[]);
        check(&["incident"], &["incident"]);
        check(&["incident", "label"], &["incident, label"]);
        check(
            &["incident", "label", "authorisation", "justification"],
            &["incident, label,", "authorisation,", "justification"],
        );
    }
}
