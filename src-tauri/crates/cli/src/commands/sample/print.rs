//! Populations, samples and items as JSON, CSV and tables.

use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    Conclusion, name_of,
    wire::{PopulationLine, PopulationPage, SampleItem, SampleLine, SampleList, SamplePage},
};

pub(super) fn list(answer: &SampleList, format: Format) -> Result<(), Failure> {
    const POPULATIONS: [&str; 5] = ["population", "name", "frozen", "changes", "sha256"];
    const SAMPLES: [&str; 7] = ["sample", "population", "drawn", "seed", "items", "answered", "deviating"];
    let populations = || answer.populations.iter().map(population_cells);
    let samples = || answer.samples.iter().map(sample_cells);
    match format {
        Format::Json => output::json(answer),
        Format::Csv => {
            // One table of both, because a file has one header; cells that a kind does not have stay empty.
            let header =
                ["kind"].into_iter().chain(POPULATIONS).chain(SAMPLES.into_iter().filter(|name| *name != "population"));
            let header: Vec<&str> = header.collect();
            let blanks = |count| std::iter::repeat_n(String::new(), count);
            let populations = populations().map(|cells| {
                std::iter::once("population".to_owned())
                    .chain(cells)
                    .chain(blanks(SAMPLES.len() - 1))
                    .collect::<Vec<_>>()
            });
            let samples = samples().map(|[sample, population, rest @ ..]| {
                let of_population = [population].into_iter().chain(blanks(POPULATIONS.len() - 1));
                let own = [sample].into_iter().chain(rest);
                std::iter::once("sample".to_owned()).chain(of_population).chain(own).collect()
            });
            output::csv(&header, populations.chain(samples))
        }
        _ if answer.populations.is_empty() => {
            output::text("No population is frozen; `sample freeze --quarter 2026-Q3` makes one.")
        }
        _ => output::text(&format!(
            "{}\n{}",
            output::fitted(&POPULATIONS, &[3], &[4, 1], populations().map(Vec::from).collect()),
            output::fitted(&SAMPLES, &[4, 5, 6], &[3], samples().map(Vec::from).collect())
        )),
    }
}

fn population_cells(line: &PopulationLine) -> [String; 5] {
    let PopulationLine { id, name, frozen_at, changes, sha256 } = line;
    [id.clone(), name.clone(), frozen_at.to_string(), changes.to_string(), sha256.clone()]
}

fn sample_cells(line: &SampleLine) -> [String; 7] {
    let SampleLine { id, population, drawn_at, seed, items, answered, deviating } = line;
    let [items, answered, deviating] = [items, answered, deviating].map(ToString::to_string);
    [id.clone(), population.clone(), drawn_at.to_string(), seed.clone(), items, answered, deviating]
}

pub(super) fn population(population: &PopulationPage, format: Format) -> Result<(), Failure> {
    let header = ["stratum", "changes"];
    let rows: Vec<Vec<String>> = population
        .strata
        .iter()
        .map(|count| vec![count.stratum.name().to_owned(), count.changes.to_string()])
        .collect();
    match format {
        Format::Json => output::json(population),
        Format::Csv => output::csv(&header, rows),
        _ => output::text(&format!(
            "{} {}: {}, frozen {}\nsha256 {}\n{}{}",
            population.id,
            population.name,
            output::counted(population.changes, "change", "changes"),
            population.frozen_at,
            population.sha256,
            output::table(&header, &[1], rows),
            since(population)
        )),
    }
}

fn since(population: &PopulationPage) -> String {
    match population.since.moved.as_slice() {
        [] => String::new(),
        moved => format!(
            "{} otherwise if it were frozen now; it stays as it is.\n",
            output::counted(moved.len() as u64, "change would stand", "changes would stand")
        ),
    }
}

pub(super) fn sample(sample: &SamplePage, format: Format) -> Result<(), Failure> {
    if format != Format::Text {
        return items(sample, &sample.items, format);
    }
    let strata = sample.strata.iter().map(|size| {
        let numbers = [size.changes, size.asked, size.drawn].map(|number| number.to_string());
        std::iter::once(size.stratum.name().to_owned()).chain(numbers).collect()
    });
    output::text(&format!(
        "{} of {} {}, seed {}\n{}\n{}{}{}{}",
        sample.id,
        sample.population.id,
        sample.population.name,
        sample.seed,
        output::table(&["stratum", "changes", "asked", "drawn"], &[1, 2, 3], strata.collect()),
        items_table(&sample.items),
        deviations(&sample.items),
        conclusions(sample),
        since(&sample.population)
    ))
}

const ITEMS: [&str; 6] = ["item", "id", "stratum", "state", "answers", "title"];

/// Prints `answer` as JSON, or the items in it as rows.
pub(super) fn items(answer: &impl serde::Serialize, items: &[SampleItem], format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&ITEMS, items.iter().map(item_row)),
        _ => output::text(&format!("{}{}", items_table(items), deviations(items))),
    }
}

fn items_table(items: &[SampleItem]) -> String {
    output::fitted(&ITEMS, &[0], &[5, 3, 4], items.iter().map(item_row).collect())
}

fn item_row(item: &SampleItem) -> Vec<String> {
    let replaces = item.replaces.map(|number| format!("replaces {number}")).unwrap_or_default();
    let state = item.removed.as_ref().map_or(replaces, |removed| format!("taken out: {}", removed.reason));
    let answers =
        item.answers.iter().map(|answer| format!("{}:{}", answer.attribute.letter(), name_of(&answer.result)));
    vec![
        item.item.to_string(),
        item.id.clone(),
        item.kind.name().to_owned(),
        state,
        answers.collect::<Vec<_>>().join(" "),
        item.change.as_ref().map_or_else(|| "no longer in the ledger".to_owned(), |change| change.title.clone()),
    ]
}

/// What deviates in the items that are still in the sample, why, and what is done about it; empty without one.
fn deviations(items: &[SampleItem]) -> String {
    const HEADER: [&str; 7] = ["item", "attribute", "result", "seen", "cause", "response", "retest"];
    let kept = items.iter().filter(|item| item.removed.is_none());
    let rows: Vec<Vec<String>> = kept
        .flat_map(|item| {
            item.answers.iter().filter(|answer| answer.result.deviates()).map(move |answer| (item, answer))
        })
        .map(|(item, answer)| {
            let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "not recorded".to_owned());
            vec![
                item.item.to_string(),
                answer.attribute.letter().to_string(),
                name_of(&answer.result).replace('_', " "),
                said(&answer.note),
                said(&answer.cause),
                said(&answer.response),
                answer.retest.clone().unwrap_or_else(|| "none".to_owned()),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("\n{}", output::fitted(&HEADER, &[0], &[3, 5, 4], rows))
}

/// What was tested, with the upper limits at 90 % and 95 % of the binomial distribution.
fn conclusions(sample: &SamplePage) -> String {
    let rows: Vec<Vec<String>> = Conclusion::of_tested(&sample.conclusions)
        .map(|found| {
            let limits = found.limits.iter().map(|limit| format!("{:.1} %", limit.binomial * 100.0));
            let numbers =
                [found.population, found.examined, found.deviations, found.open].map(|number| number.to_string());
            let about = [found.stratum.name().to_owned(), found.attribute.letter().to_string()].into_iter();
            about.chain(numbers).chain([limits.collect::<Vec<_>>().join(" / ")]).collect()
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let header = ["stratum", "attribute", "asked of", "examined", "deviations", "open", "at most (90 % / 95 %)"];
    format!("\n{}", output::table(&header, &[2, 3, 4, 5], rows))
}
