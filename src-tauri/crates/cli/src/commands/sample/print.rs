//! Populations, samples and items as JSON, CSV and tables.

use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    Examination, name_of,
    wire::{PopulationLine, PopulationPage, SampleItem, SampleLine, SampleList, SamplePage},
};

pub(super) fn list(answer: &SampleList, format: Format) -> Result<(), Failure> {
    const POPULATIONS: [&str; 5] = ["population", "name", "frozen", "changes", "sha256"];
    const SAMPLES: [&str; 7] = ["sample", "population", "drawn", "seed", "items", "answered", "deviating"];
    let populations = answer.populations.iter().map(|line| {
        let PopulationLine { id, name, frozen_at, changes, sha256 } = line;
        vec![id.clone(), name.clone(), frozen_at.to_string(), changes.to_string(), sha256.clone()]
    });
    let samples = answer.samples.iter().map(|line| {
        let SampleLine { id, population, drawn_at, seed, items, answered, deviating } = line;
        let about = [id, population, &drawn_at.to_string(), seed].map(ToString::to_string).into_iter();
        about.chain([items, answered, deviating].map(ToString::to_string)).collect::<Vec<_>>()
    });
    match format {
        Format::Json => output::json(answer),
        Format::Csv => output::csv(&SAMPLES, samples),
        _ if answer.populations.is_empty() => {
            output::text("No population is frozen; `sample freeze --quarter 2026-Q3` makes one.")
        }
        _ => output::text(&format!(
            "{}\n{}",
            output::fitted(&POPULATIONS, &[3], &[4, 1], populations.collect()),
            output::fitted(&SAMPLES, &[4, 5, 6], &[3], samples.collect())
        )),
    }
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
        "{} of {} {}, seed {}\n{}\n{}{}{}",
        sample.id,
        sample.population.id,
        sample.population.name,
        sample.seed,
        output::table(&["stratum", "changes", "asked", "drawn"], &[1, 2, 3], strata.collect()),
        items_table(&sample.items),
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
        _ => output::text(&items_table(items)),
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

/// What was tested, with the upper limits at 90 % and 95 % of the binomial distribution.
fn conclusions(sample: &SamplePage) -> String {
    let tested = sample.conclusions.iter().filter(|found| found.examination != Examination::NotTested);
    let rows: Vec<Vec<String>> = tested
        .map(|found| {
            let limits = found.limits.iter().map(|limit| format!("{:.1} %", limit.binomial * 100.0));
            let numbers = [found.examined, found.deviations, found.open].map(|number| number.to_string());
            let about = [found.stratum.name().to_owned(), found.attribute.letter().to_string()].into_iter();
            about.chain(numbers).chain([limits.collect::<Vec<_>>().join(" / ")]).collect()
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let header = ["stratum", "attribute", "examined", "deviations", "open", "at most (90 % / 95 %)"];
    format!("\n{}", output::table(&header, &[2, 3, 4], rows))
}
