//! Walking through the items of a sample: answers, exclusions, replacements.

use super::{page, said, sample_named};
use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    wire::{AnswerRequest, SampleItem, TakeOutRequest, TakenOut},
};
use change_ledger_metrics::samples::next_of;
use change_ledger_model::samples::{Answer, Drawn, Item, ItemReference, NoItem, Removal, Stratum};
use change_ledger_store::{Ledger, Recorded};
use std::collections::BTreeSet;

impl From<NoItem> for AppError {
    fn from(error: NoItem) -> Self {
        Self::wrong_use(error.to_string())
    }
}

/// Appends an auditor's answer and gives the item as it is now. An earlier answer to the same question stays on record.
///
/// # Errors
/// When there is no such sample or item, the item was taken out, the retest names no item, or the ledger cannot be written.
pub fn answer(app: &App, host: &dyn Host, request: AnswerRequest) -> Result<SampleItem, AppError> {
    let by = said(request.by);
    app.write(|ledger| {
        let sample = sample_named(ledger, &request.sample)?;
        examined(ledger, &sample, request.item)?;
        let retest = match said(request.retest.clone()) {
            None => None,
            Some(text) => Some(retested(ledger, &text, ItemReference { sample: sample.number, item: request.item })?),
        };
        let answer = Answer {
            sample: sample.number,
            item: request.item,
            attribute: request.attribute,
            result: request.result,
            note: said(request.note.clone()),
            cause: said(request.cause.clone()),
            response: said(request.response.clone()),
            retest,
        };
        ledger.answer_item(host.now(), by.as_deref(), &answer)?;
        item_now(ledger, &sample, request.item)
    })
}

/// Takes an item out of a sample, and draws the next of its stratum in its place where that is wanted. Nothing is taken out
/// silently: the item stays on the work paper with the reason.
///
/// # Errors
/// When there is no such sample or item, it was taken out before, no reason is given, the stratum is used up, or the ledger
/// cannot be written.
pub fn take_out(app: &App, host: &dyn Host, request: TakeOutRequest) -> Result<TakenOut, AppError> {
    let Some(reason) = said(Some(request.reason)) else {
        return Err(AppError::wrong_use("nothing is taken out of a sample without a reason")
            .hint("Say it with --reason \"Duplicate of item 3\".")
            .hint("What only cannot be examined stays in: answer it with --result not-examinable."));
    };
    let by = said(request.by);
    app.write(|ledger| {
        let sample = sample_named(ledger, &request.sample)?;
        let item = examined(ledger, &sample, request.item)?;
        let replacement = if request.replace { Some(next(ledger, &sample, item.stratum)?) } else { None };
        let number = replacement.as_ref().map(|item| item.number);
        let removal = Removal { sample: sample.number, item: request.item, reason: reason.clone(), replacement };
        ledger.remove_item(host.now(), by.as_deref(), &removal)?;
        Ok(TakenOut {
            removed: item_now(ledger, &sample, request.item)?,
            replacement: number.map(|number| item_now(ledger, &sample, number)).transpose()?,
        })
    })
}

/// The item with this number, if it is still in the sample.
fn examined(ledger: &Ledger, sample: &Recorded<Drawn>, number: u32) -> Result<Item, AppError> {
    let removals = ledger.sample_removals(sample.number)?;
    if removals.iter().any(|removal| removal.what.item == number) {
        return Err(AppError::wrong_use(format!("item {number} was taken out of S{}", sample.number))
            .hint(format!("`sample show S{}` says why.", sample.number)));
    }
    page::items_of(sample, &removals).into_iter().find(|item| item.number == number).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, format!("S{} has no item {number}", sample.number))
            .hint(format!("`sample show S{}` lists its items.", sample.number))
    })
}

fn next(ledger: &Ledger, sample: &Recorded<Drawn>, stratum: Stratum) -> Result<Item, AppError> {
    let members = ledger.population_members(sample.what.population)?;
    let items = page::items_of(sample, &ledger.sample_removals(sample.number)?);
    let taken: BTreeSet<&str> = items.iter().map(|item| item.change.as_str()).collect();
    let number = items.iter().map(|item| item.number).max().unwrap_or(0).saturating_add(1);
    next_of(&sample.what.seed, &members, stratum, &taken, number).ok_or_else(|| {
        AppError::wrong_use(format!("the stratum `{}` has no change that is not in the sample", stratum.name()))
            .hint("Use `sample exclude`, which puts nothing in its place.")
    })
}

/// The item in which something was tested again.
fn retested(ledger: &Ledger, text: &str, of: ItemReference) -> Result<ItemReference, AppError> {
    let retest = ItemReference::parse(text, of.sample)?;
    if retest == of {
        return Err(AppError::wrong_use(format!("item {} cannot be its own retest", of.item))
            .hint("Name the other item in which the attribute was tested again."));
    }
    let sample = sample_named(ledger, &format!("S{}", retest.sample))?;
    examined(ledger, &sample, retest.item)?;
    Ok(retest)
}

fn item_now(ledger: &Ledger, sample: &Recorded<Drawn>, number: u32) -> Result<SampleItem, AppError> {
    page::items(ledger, sample)?
        .into_iter()
        .find(|item| item.item == number)
        .ok_or_else(|| AppError::new(ErrorCode::Internal, format!("item {number} was written and is not there")))
}
