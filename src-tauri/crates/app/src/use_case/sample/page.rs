//! What there is to say of a sample.

use super::{file_name, freeze, population_named, sample_named, settled};
use crate::{
    app::App,
    error::AppError,
    host::Host,
    wire::{Nothing, PopulationLine, SampleItem, SampleLine, SampleList, SampleName, SamplePage},
};
use change_ledger_metrics::samples::{ExaminedItem, conclude};
use change_ledger_model::{
    Timestamp,
    samples::{
        Answer, AnswerLine, Attribute, AttributeTitle, Drawn, Item, ItemChange, ItemEvidence, Removal, RemovedItem,
    },
};
use change_ledger_store::{Ledger, Lookup, Recorded};

/// The populations and samples of the ledger.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(app: &App, _: &dyn Host, _: Nothing) -> Result<SampleList, AppError> {
    app.read(|ledger| {
        let populations = ledger.populations()?.into_iter().map(|population| PopulationLine {
            id: format!("P{}", population.number),
            name: population.what.name,
            frozen_at: population.at,
            changes: population.what.changes,
            sha256: population.what.sha256,
        });
        let samples = ledger.samples()?;
        Ok(SampleList {
            populations: populations.collect(),
            samples: samples.iter().map(|sample| line(ledger, sample)).collect::<Result<_, AppError>>()?,
        })
    })
}

fn line(ledger: &Ledger, sample: &Recorded<Drawn>) -> Result<SampleLine, AppError> {
    let removals = ledger.sample_removals(sample.number)?;
    let answers = ledger.sample_answers(sample.number)?;
    let items = items_of(sample, &removals);
    let kept: Vec<_> =
        items.iter().filter(|item| removals.iter().all(|removal| removal.what.item != item.number)).collect();
    let last = |item: &Item, attribute| {
        answers.iter().rev().find(|answer| answer.what.item == item.number && answer.what.attribute == attribute)
    };
    let deviates = |item: &Item| {
        Attribute::ALL.into_iter().any(|about| last(item, about).is_some_and(|answer| answer.what.result.deviates()))
    };
    Ok(SampleLine {
        id: format!("S{}", sample.number),
        population: format!("P{}", sample.what.population),
        drawn_at: sample.at,
        seed: sample.what.seed.clone(),
        items: kept.len() as u64,
        answered: kept.iter().filter(|item| answers.iter().any(|answer| answer.what.item == item.number)).count()
            as u64,
        deviating: kept.iter().filter(|item| deviates(item)).count() as u64,
    })
}

/// A sample with its population, its items, the answers and what they amount to.
///
/// # Errors
/// When there is no such sample or the ledger cannot be read.
pub fn show(app: &App, host: &dyn Host, request: SampleName) -> Result<SamplePage, AppError> {
    settled(app, host, |ledger, computed| {
        let sample = sample_named(ledger, &request.name)?;
        let population = population_named(ledger, &format!("P{}", sample.what.population))?;
        let items = items(ledger, &sample)?;
        let (last_at, last_sha256) = last_entry(ledger, &sample)?;
        Ok(SamplePage {
            id: format!("S{}", sample.number),
            event: sample.event,
            drawn_at: sample.at,
            by: sample.by,
            seed: sample.what.seed,
            sizes: sample.what.preset,
            sizes_of: sample.what.policy,
            conclusions: conclude(&sample.what.strata, &population.what.strata, &examined(&items)),
            population: freeze::page(ledger, computed, population)?,
            strata: sample.what.strata,
            items,
            attributes: Attribute::ALL.map(AttributeTitle::of).into(),
            last_at,
            last_sha256,
        })
    })
}

fn examined(items: &[SampleItem]) -> Vec<ExaminedItem> {
    let kept = items.iter().filter(|item| item.removed.is_none());
    let item = |item: &SampleItem| ExaminedItem {
        stratum: item.stratum,
        kind: item.kind,
        answers: item.answers.iter().map(|answer| (answer.attribute, answer.result)).collect(),
    };
    kept.map(item).collect()
}

/// When something was last recorded about a sample, and the hash of that entry of the chain.
fn last_entry(ledger: &Ledger, sample: &Recorded<Drawn>) -> Result<(Timestamp, String), AppError> {
    let removed = ledger.sample_removals(sample.number)?.into_iter().map(|removal| removal.event);
    let answered = ledger.sample_answers(sample.number)?.into_iter().map(|answer| answer.event);
    let last = removed.chain(answered).max().unwrap_or(sample.event);
    let entry = ledger.events(None)?.into_iter().find(|event| event.seq == last);
    let hex = |sha256: [u8; 32]| sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(entry.map_or_else(|| (sample.at, String::new()), |event| (event.at, hex(event.sha256))))
}

/// The items that were drawn, and those that took the place of others, by their numbers.
pub(super) fn items_of(sample: &Recorded<Drawn>, removals: &[Recorded<Removal>]) -> Vec<Item> {
    let replacements = removals.iter().filter_map(|removal| removal.what.replacement.clone());
    sample.what.items.iter().cloned().chain(replacements).collect()
}

/// Every item with what was done with it.
pub(super) fn items(ledger: &Ledger, sample: &Recorded<Drawn>) -> Result<Vec<SampleItem>, AppError> {
    let removals = ledger.sample_removals(sample.number)?;
    let answers = ledger.sample_answers(sample.number)?;
    let page = |item: Item| {
        let removal = removals.iter().find(|removal| removal.what.item == item.number);
        let number_of = |item: &Item| item.number;
        let replaces = removals
            .iter()
            .find(|removal| removal.what.replacement.as_ref().map(number_of) == Some(item.number))
            .map(|removal| removal.what.item);
        let (answers, earlier) = told_apart(answers.iter().filter(|answer| answer.what.item == item.number));
        Ok(SampleItem {
            item: item.number,
            change: change(ledger, &item.change)?,
            id: item.change,
            stratum: item.stratum,
            kind: item.kind,
            order: item.order,
            replaces,
            removed: removal.map(|removal| RemovedItem {
                event: removal.event,
                at: removal.at,
                by: removal.by.clone(),
                reason: removal.what.reason.clone(),
                replaced_by: removal.what.replacement.as_ref().map(number_of),
            }),
            answers,
            earlier,
        })
    };
    items_of(sample, &removals).into_iter().map(page).collect()
}

/// The last answer to each question in the order of the attributes, and those before.
fn told_apart<'a>(answers: impl Iterator<Item = &'a Recorded<Answer>>) -> (Vec<AnswerLine>, Vec<AnswerLine>) {
    let (mut last, mut earlier): (Vec<AnswerLine>, Vec<AnswerLine>) = (Vec::new(), Vec::new());
    for answer in answers {
        let line = AnswerLine {
            event: answer.event,
            attribute: answer.what.attribute,
            result: answer.what.result,
            note: answer.what.note.clone(),
            cause: answer.what.cause.clone(),
            response: answer.what.response.clone(),
            retest: answer.what.retest.map(|retest| retest.to_string()),
            at: answer.at,
            by: answer.by.clone(),
        };
        match last.iter_mut().find(|known| known.attribute == line.attribute) {
            Some(known) => earlier.push(std::mem::replace(known, line)),
            None => last.push(line),
        }
    }
    last.sort_by_key(|line| line.attribute);
    (last, earlier)
}

/// The change as the ledger knows it now.
fn change(ledger: &Ledger, id: &str) -> Result<Option<ItemChange>, AppError> {
    let Lookup::Found(key) = ledger.lookup(id)? else { return Ok(None) };
    let Some(row) = ledger.change_rows(&[key])?.pop().filter(|row| row.id == id) else { return Ok(None) };
    let newest = ledger.revisions(key)?.into_iter().find(|revision| revision.is_newest);
    Ok(Some(ItemChange {
        title: row.title,
        repository: row.repository,
        author: row.author.map(|person| person.label().to_owned()),
        implemented_at: row.implemented_at,
        url: row.url,
        evidence: newest.map(|revision| ItemEvidence {
            file: file_name(&revision.file).to_owned(),
            sha256: revision.sha256,
            offset: revision.place.span.offset,
            length: revision.place.span.length,
        }),
    }))
}
