use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    name_of, use_case,
    wire::{CompletenessAnswer, OutsideRecord, OutsideRecords, RepositoryNumbers, SourceCompleteness},
};
use clap::Args;
use std::process::ExitCode;

/// Whether records are missing: gaps in numbers, empty months, cut-off files, names that lead nowhere, doubles
#[derive(Debug, Args)]
pub(crate) struct Completeness {}

/// Lines of one section that are printed for people; JSON and CSV have all.
const LINES: usize = 20;

impl Completeness {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let format = context.plain_format()?;
        let answer = use_case::completeness::completeness(&context.app, &context.host)?;
        match format {
            Format::Json => output::json(&answer)?,
            Format::Csv => output::csv(&["aspect", "subject", "count", "detail"], findings(&answer))?,
            _ => output::text(&words(&answer))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// One line per finding, under the same names as the keys of JSON.
fn findings(answer: &CompletenessAnswer) -> Vec<[String; 4]> {
    let line = |aspect: &str, subject: &str, count: u64, detail: String| {
        [aspect.to_owned(), subject.to_owned(), count.to_string(), detail]
    };
    let mut lines = Vec::new();
    for source in &answer.sources {
        let kind = source.kind.name();
        let again = source.rows.updated + source.rows.unchanged;
        lines.push(line("overlap", kind, again, "rows that an earlier file had too".to_owned()));
        lines.push(line("rejected", kind, source.rows.rejected, "rows that could not be read".to_owned()));
        lines.push(line("could_hold_failures", kind, source.files, failures(source).to_owned()));
        lines.extend(source.cut_off.iter().map(|cut| line("cut_off", &cut.file, 1, cut.message.clone())));
        lines.extend(source.repeated.iter().map(|file| line("repeated", &file.file, 1, file.message.clone())));
        lines.extend(source.warnings.iter().map(|file| line("warning", &file.file, 1, file.message.clone())));
    }
    for numbers in answer.repositories.iter().filter(|numbers| numbers.missing > 0) {
        lines.push(line("gaps", &numbers.repository, numbers.missing, gaps(numbers)));
    }
    let months = &answer.empty_months;
    for (records, months) in
        [("changes", &months.changes), ("tickets", &months.tickets), ("incidents", &months.incidents)]
    {
        lines.extend(months.iter().map(|month| line("empty_month", month, 0, format!("no {records}"))));
    }
    for (aspect, names) in
        [("unresolved_incident", &answer.unresolved.incidents), ("unresolved_ticket", &answer.unresolved.tickets)]
    {
        let example = |example: &Option<String>| example.clone().unwrap_or_default();
        lines.extend(names.iter().map(|name| line(aspect, &name.name, name.named_by, example(&name.example))));
    }
    lines
        .extend(answer.unresolved.changes.iter().map(|id| line("unresolved_change", id, 1, "only reviews".to_owned())));
    lines.extend(
        answer.duplicates.iter().map(|double| line("duplicate", "", double.ids.len() as u64, double.ids.join(" "))),
    );
    for (aspect, _, outside) in without_change(answer) {
        let detail = |record: &OutsideRecord| record.by.clone().unwrap_or_default();
        lines.extend(outside.records.iter().map(|record| line(aspect, &record.id, 1, detail(record))));
    }
    lines
}

/// The records that no change shows: the name of the list, its heading, the list.
fn without_change(answer: &CompletenessAnswer) -> [(&'static str, &'static str, &OutsideRecords); 4] {
    let found = &answer.without_change;
    [
        ("review_bypass", "Skipped review rules whose change was not imported", &found.review_bypasses),
        ("unclear_bypass", "Skipped rules of which no file says whether a review was skipped", &found.unclear_bypasses),
        ("commit", "Commits that lead to no imported change", &found.commits),
        (
            "uncounted_ticket",
            "Change tickets whose only pull requests were merged into branches that do not count",
            &found.uncounted_tickets,
        ),
    ]
}

const fn failures(source: &SourceCompleteness) -> &'static str {
    match source.could_hold_failures {
        Some(true) => "holds pull requests that were not merged",
        Some(false) => "holds merged pull requests only",
        None => "unknown: nothing in it failed or was abandoned, and a filter may have left that out",
    }
}

fn gaps(numbers: &RepositoryNumbers) -> String {
    let runs: Vec<String> = numbers
        .gaps
        .iter()
        .map(|gap| if gap.from == gap.to { gap.from.to_string() } else { format!("{}-{}", gap.from, gap.to) })
        .collect();
    runs.join(" ")
}

fn words(answer: &CompletenessAnswer) -> String {
    let mut text = String::new();
    let rows = answer.sources.iter().map(|source| {
        vec![
            source.kind.name().to_owned(),
            source.files.to_string(),
            source.rows.read.to_string(),
            (source.rows.updated + source.rows.unchanged).to_string(),
            source.rows.rejected.to_string(),
            source.first.map_or_else(|| "unknown".to_owned(), |at| at.to_utc().format("%Y-%m-%d").to_string()),
            source.last.map_or_else(|| "unknown".to_owned(), |at| at.to_utc().format("%Y-%m-%d").to_string()),
            if source.could_hold_failures == Some(true) { "yes" } else { "unknown" }.to_owned(),
            source.cannot_tell.iter().map(|fact| name_of(fact).replace('_', " ")).collect::<Vec<_>>().join(", "),
        ]
    });
    let header =
        ["export", "files", "rows", "known before", "rejected", "first", "last", "holds unmerged", "cannot tell"];
    text.push_str(&output::fitted(&header, &[1, 2, 3, 4], &[8], rows.collect()));
    let mut section = |title: String, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        text.push_str(&format!("\n{title}\n"));
        let width = output::width().saturating_sub(1);
        text.extend(
            lines.iter().take(LINES).map(|line| format!(" {}\n", output::cut(&output::printable(line), width))),
        );
        if lines.len() > LINES {
            text.push_str(&format!(" and {} more; --format csv lists all\n", lines.len() - LINES));
        }
    };
    let cuts = answer.sources.iter().flat_map(|source| &source.cut_off);
    section("Files that look cut off".to_owned(), cuts.map(|cut| format!("{}: {}", cut.file, cut.message)).collect());
    let with_gaps = answer.repositories.iter().filter(|numbers| numbers.missing > 0);
    section(
        "Numbers that are missing (issues that were not imported have numbers of the same sequence)".to_owned(),
        with_gaps
            .map(|numbers| {
                let share = format!("{} of {}", numbers.missing, numbers.last - numbers.first + 1);
                format!(
                    "{}: {share} between #{} and #{}: {}",
                    numbers.repository,
                    numbers.first,
                    numbers.last,
                    gaps(numbers)
                )
            })
            .collect(),
    );
    let months = &answer.empty_months;
    let empty = [("changes", &months.changes), ("tickets", &months.tickets), ("incidents", &months.incidents)];
    section(
        format!("Months without records (in {})", answer.timezone),
        empty
            .into_iter()
            .filter(|(_, months)| !months.is_empty())
            .map(|(records, months)| format!("no {records}: {}", months.join(", ")))
            .collect(),
    );
    for (what, names) in [("Incidents", &answer.unresolved.incidents), ("Tickets", &answer.unresolved.tickets)] {
        let named = |name: &change_ledger_app::wire::UnresolvedName| {
            let example = name.example.as_ref().map_or_else(String::new, |id| format!(", such as {id}"));
            format!("{}: named by {}{example}", name.name, output::counted(name.named_by, "record", "records"))
        };
        section(format!("{what} that are named and were not imported"), names.iter().map(named).collect());
    }
    section("Changes of which only reviews were imported".to_owned(), answer.unresolved.changes.clone());
    let repeated = answer.sources.iter().flat_map(|source| &source.repeated);
    section(
        "Files that tell of a record twice".to_owned(),
        repeated.map(|file| format!("{}: {}", file.file, file.message)).collect(),
    );
    let warnings = answer.sources.iter().flat_map(|source| &source.warnings);
    section(
        "What else the imports warned of".to_owned(),
        warnings.map(|file| format!("{}: {}", file.file, file.message)).collect(),
    );
    section(
        "The same merge under several ids".to_owned(),
        answer.duplicates.iter().map(|double| double.ids.join(", ")).collect(),
    );
    for (_, heading, outside) in without_change(answer) {
        let record = |record: &OutsideRecord| {
            let at = record.at.map_or_else(|| "at an unknown time".to_owned(), |at| at.to_string());
            let by = record.by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
            let branch = record.branch.as_ref().map_or_else(String::new, |branch| format!(", on {branch}"));
            output::printable(&format!("{}: {at}{branch}{by}", record.id))
        };
        section(format!("{heading} ({})", outside.total), outside.records.iter().map(record).collect());
    }
    text
}
