//! Population and method.

use super::words::{Section, Table, moment, stratum};
use crate::{
    chart::number::{count, counted},
    document::imported::{line, name},
};
use change_ledger_model::samples::{Drift, SamplePage, Stratum};

/// Changes that moved since the freezing, as many as are listed.
const MOVED_LISTED: usize = 50;

pub(super) fn population(sample: &SamplePage) -> Section {
    let population = &sample.population;
    let filter = &population.filter;
    let narrowed = [
        filter.repository.as_deref().map(|repository| format!("of the repository {}", name(repository))),
        filter.class.map(|class| format!("of the class {}", class.name().replace('_', " "))),
    ];
    let narrowed: Vec<String> = narrowed.into_iter().flatten().collect();
    let which = if narrowed.is_empty() { String::new() } else { format!(", {}", narrowed.join(" and ")) };
    let mut paragraphs = vec![format!(
        "{} that count in {}{which}, as judged at {}. The names of the changes and the stratum of each were frozen at {}; no \
         later import alters them. Their fingerprint is the SHA-256 of the list that change-ledger sample show {} --ids \
         prints: {}.",
        counted(population.changes, "change", "changes"),
        name(&filter.quarter),
        moment(population.as_of),
        moment(population.frozen_at),
        population.id,
        population.sha256,
    )];
    let policies: Vec<String> = population
        .policies
        .iter()
        .map(|policy| format!("{} version {} (SHA-256 {})", name(&policy.name), name(&policy.version), policy.sha256))
        .collect();
    paragraphs.push(format!("Judged under {}.", policies.join("; ")));
    paragraphs.push(completeness(sample));
    paragraphs.push(drift(&population.since));
    let files = population.files.iter().map(|file| vec![name(&file.file), file.sha256.clone(), count(file.rejected)]);
    let mut tables = vec![Table::new(
        "Imported files on which the population rests",
        [("File", 2), ("SHA-256", 4), ("Rows rejected", 1)],
        files.collect(),
    )];
    if !population.since.moved.is_empty() {
        tables.push(moved(&population.since));
    }
    Section { id: "population", heading: "Population and its completeness", paragraphs, tables }
}

fn completeness(sample: &SamplePage) -> String {
    let population = &sample.population;
    let rejected: u64 = population.files.iter().map(|file| file.rejected).sum();
    let undated = match population.undated {
        0 => "Every imported change says when it was implemented.".to_owned(),
        undated => format!(
            "{} no time of implementation and belong to no quarter: any of them may be missing here.",
            counted(undated, "imported change has", "imported changes have")
        ),
    };
    let rejected = match rejected {
        0 => "No row of the imported files was rejected.".to_owned(),
        rejected => format!(
            "{} rejected when the files were imported: changes may be missing.",
            counted(rejected, "row was", "rows were")
        ),
    };
    format!("{undated} {rejected} Whether the exports hold every change, the ledger's page on completeness tells.")
}

fn drift(since: &Drift) -> String {
    let taken_in = [
        (since.imports, "import", "imports"),
        (since.policies, "policy", "policies"),
        (since.people, "statement about people", "statements about people"),
        (since.attestations, "attestation", "attestations"),
    ];
    let taken_in: Vec<String> = taken_in
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| counted(number, one, many))
        .collect();
    if taken_in.is_empty() {
        return "The ledger took in nothing since then that could make it say something else.".to_owned();
    }
    let taken_in = taken_in.join(", ");
    match since.moved.len() {
        0 => format!(
            "The ledger took in {taken_in} since then and would freeze the same changes in the same strata now."
        ),
        moved => format!(
            "The ledger took in {taken_in} since then. {} otherwise if the population were frozen now, as of the same moment; \
             the population and the sample stay as they are.",
            counted(moved as u64, "change would stand", "changes would stand")
        ),
    }
}

fn moved(since: &Drift) -> Table {
    let place =
        |within: Option<Stratum>| within.map_or_else(|| "not a member".to_owned(), |known| stratum(known).to_owned());
    let rows = since.moved.iter().take(MOVED_LISTED);
    let mut rows: Vec<Vec<String>> =
        rows.map(|moved| vec![line(&moved.id), place(moved.frozen), place(moved.now)]).collect();
    if let Some(more) = since.moved.len().checked_sub(MOVED_LISTED).filter(|more| *more > 0) {
        rows.push(vec![counted(more as u64, "more change", "more changes"), String::new(), String::new()]);
    }
    Table::new("Where the ledger has changed since", [("Change", 3), ("Frozen as", 1), ("Now", 1)], rows)
}

pub(super) fn method(sample: &SamplePage) -> Section {
    let seed = line(&sample.seed);
    let paragraphs = vec![
        format!(
            "Within each stratum the changes are ordered by the SHA-256 of the seed, a colon and the change's name, in \
             hexadecimal, and the first are taken. The seed is \"{seed}\". Anybody can repeat the draw from the list of the \
             population: for each change, printf '%s:%s' \"$seed\" \"$change\" | sha256sum, then sort."
        ),
        sizes_chosen(sample),
    ];
    let rows = sample.strata.iter().map(|size| {
        let of_stratum = || sample.items.iter().filter(|item| item.stratum == size.stratum);
        let removed = of_stratum().filter(|item| item.removed.is_some()).count() as u64;
        let replacing = of_stratum().filter(|item| item.replaces.is_some()).count() as u64;
        let examined = of_stratum().count() as u64 - removed;
        let numbers = [size.changes, size.asked, size.drawn, removed, replacing, examined];
        std::iter::once(stratum(size.stratum).to_owned()).chain(numbers.map(count)).collect()
    });
    let sizes = Table::new(
        "Strata and sizes",
        [
            ("Stratum", 2),
            ("Changes", 1),
            ("Asked for", 1),
            ("Drawn", 1),
            ("Taken out", 1),
            ("Replacements", 1),
            ("In the sample", 1),
        ],
        rows.collect(),
    );
    Section { id: "method", heading: "Method and seed", paragraphs, tables: vec![sizes] }
}

/// Who or what set the sizes, and whether emergencies were left out although they are taken in full as a rule.
fn sizes_chosen(sample: &SamplePage) -> String {
    let policy =
        sample.sizes_of.as_ref().map(|policy| format!("{} version {}", name(&policy.name), name(&policy.version)));
    let chosen = match (sample.sizes, policy) {
        (Some(preset), None) => format!("The sizes follow the preset {}.", preset.name()),
        (Some(preset), Some(policy)) => {
            format!("The sizes follow the preset {}, as the policy {policy} asks.", preset.name())
        }
        (None, Some(policy)) => format!("The policy {policy} sets the sizes."),
        (None, None) => "The sizes were chosen by whoever drew the sample.".to_owned(),
    };
    let emergencies = sample.strata.iter().find(|size| size.stratum == Stratum::Emergency);
    match emergencies {
        Some(size) if size.drawn == size.changes => format!("{chosen} The emergencies are examined in full."),
        Some(size) => {
            format!("{chosen} Of {}, {} drawn.", counted(size.changes, "emergency", "emergencies"), were(size.drawn))
        }
        None => chosen,
    }
}

fn were(drawn: u64) -> String {
    if drawn == 1 { "1 was".to_owned() } else { format!("{} were", count(drawn)) }
}
