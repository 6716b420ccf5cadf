//! Drawing a sample.

use super::{page, population_named, said};
use crate::{
    app::App,
    error::AppError,
    host::Host,
    wire::{DrawRequest, SampleName, SamplePage},
};
use change_ledger_metrics::samples::{self, size_of};
use change_ledger_model::samples::{Drawn, Member, SizePreset, Stratum, StratumSize};

/// Draws a sample and records it. The same population and seed give the same order every time.
///
/// # Errors
/// When there is no such population, the seed is no line of text, the sizes make no sense, or the ledger cannot be written.
pub fn draw(app: &App, host: &dyn Host, request: DrawRequest) -> Result<SamplePage, AppError> {
    let seed = request.seed.clone();
    if seed.is_empty() || seed.chars().any(char::is_control) {
        return Err(AppError::wrong_use("the seed of a draw is a text of one line")
            .hint("Say it with --seed, for example a number that the auditor names."));
    }
    let (population, members) = app.read(|ledger| {
        let population = population_named(ledger, &request.population)?.number;
        Ok((population, ledger.population_members(population)?))
    })?;
    let mut strata = sizes(&request, &members)?;
    let items = samples::draw(&seed, &members, &mut strata);
    if items.is_empty() {
        return Err(AppError::wrong_use("nothing would be drawn").hint("Ask for at least one change: --size 25."));
    }
    let preset = request.size.is_none().then(|| request.sizes.unwrap_or(SizePreset::ByPopulation));
    let drawn = Drawn { population, seed, preset, strata, items };
    let by = said(request.by);
    let number = app.write(|ledger| Ok(ledger.record_sample(host.now(), by.as_deref(), &drawn)?))?;
    page::show(app, host, SampleName { name: format!("S{number}") })
}

/// How many changes are asked of each stratum that has any.
fn sizes(request: &DrawRequest, members: &[Member]) -> Result<Vec<StratumSize>, AppError> {
    if request.size.is_some() && request.sizes.is_some() {
        return Err(AppError::wrong_use("the sizes are said twice, as a number and as a preset")
            .hint("Say --size or --sizes; --stratum changes single strata."));
    }
    let changes = |stratum: Stratum| {
        members.iter().filter(|member| stratum == Stratum::All || member.stratum == stratum).count() as u64
    };
    let asked_from: Vec<Stratum> = match request.whole {
        true => vec![Stratum::All],
        false => Stratum::DIVIDED.into_iter().filter(|stratum| changes(*stratum) > 0).collect(),
    };
    if let Some(absent) = request.strata.iter().find(|asked| !asked_from.contains(&asked.stratum)) {
        let names: Vec<_> = asked_from.iter().map(|stratum| stratum.name()).collect();
        return Err(AppError::wrong_use(format!("the population has no stratum `{}`", absent.stratum.name()))
            .hint(format!("It has {}.", names.join(", "))));
    }
    let size = |stratum: Stratum| {
        let changes = changes(stratum);
        let own = request.strata.iter().rev().find(|asked| asked.stratum == stratum).map(|asked| asked.size);
        let asked = match own.or(request.size) {
            Some(size) => u64::from(size),
            None => size_of(request.sizes.unwrap_or(SizePreset::ByPopulation), stratum, changes),
        };
        StratumSize { stratum, changes, asked, drawn: 0 }
    };
    Ok(asked_from.into_iter().map(size).collect())
}
