//! Drawing a sample.

use super::{page, population_named, said};
use crate::{
    app::App,
    error::AppError,
    host::Host,
    wire::{DrawRequest, SampleName, SamplePage},
};
use change_ledger_metrics::samples::{self, size_of, with_emergencies_in_full};
use change_ledger_model::{
    policy::{PolicyHistory, SampleRule, SampleSizes},
    quarterly::PolicyReference,
    samples::{Drawn, Frozen, Member, SizePreset, Stratum, StratumSize},
};

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
    if request.size.is_some() && request.sizes.is_some() {
        return Err(AppError::wrong_use("the sizes are said twice, as a number and as a preset")
            .hint("Say --size or --sizes; --stratum changes single strata."));
    }
    let (population, members, (policy, rules)) = app.read(|ledger| {
        let population = population_named(ledger, &request.population)?;
        let members = ledger.population_members(population.number)?;
        Ok((population.number, members, rules_of(&ledger.policy_history()?, &population.what)))
    })?;
    let usual = Usual::of(&request, &rules);
    let mut strata = sizes(&request, &members, usual, rules.emergencies_in_full.into())?;
    let items = samples::draw(&seed, &members, &mut strata);
    if items.is_empty() {
        return Err(AppError::wrong_use("nothing would be drawn").hint("Ask for at least one change: --size 25."));
    }
    let preset = match usual {
        Usual::Preset(preset) => Some(preset),
        Usual::Fixed(_) => None,
    };
    let is_said = request.size.is_some() || request.sizes.is_some();
    let drawn = Drawn { population, seed, preset, policy: policy.filter(|_| !is_said), strata, items };
    let by = said(request.by);
    let number = app.write(|ledger| Ok(ledger.record_sample(host.now(), by.as_deref(), &drawn)?))?;
    page::show(app, host, SampleName { name: format!("S{number}") })
}

/// How many are asked of a stratum for which nothing else is said.
#[derive(Debug, Clone, Copy)]
enum Usual {
    Fixed(u32),
    Preset(SizePreset),
}

impl Usual {
    /// What the person says, or else the policy.
    fn of(request: &DrawRequest, rules: &SampleSizes) -> Self {
        match (request.size, request.sizes) {
            (Some(size), _) => Self::Fixed(size),
            (None, Some(preset)) => Self::Preset(preset),
            (None, None) => match rules.rule {
                SampleRule::Population => Self::Preset(SizePreset::ByPopulation),
                SampleRule::Frequency => Self::Preset(SizePreset::PerTransaction25),
                SampleRule::Fixed => Self::Fixed(rules.fixed),
            },
        }
    }

    fn size(self, changes: u64) -> u64 {
        match self {
            Self::Fixed(size) => size.into(),
            Self::Preset(preset) => size_of(preset, changes),
        }
    }
}

/// What the last of the policies that judged a population says of sample sizes, and which one that is.
fn rules_of(history: &PolicyHistory, population: &Frozen) -> (Option<PolicyReference>, SampleSizes) {
    let last = population.policies.last();
    let version = history.versions().find(|version| Some(&version.sha256) == last.map(|policy| &policy.sha256));
    (last.cloned(), version.map(|version| version.policy.sample).unwrap_or_default())
}

/// How many changes are asked of each stratum that has any.
fn sizes(
    request: &DrawRequest,
    members: &[Member],
    usual: Usual,
    emergencies_in_full: u64,
) -> Result<Vec<StratumSize>, AppError> {
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
    if request.size == Some(0) && request.strata.is_empty() {
        return Err(AppError::wrong_use("a size of 0 asks for no change")
            .hint("Ask for at least one change, --size 25; --stratum routine=0 leaves out a single stratum."));
    }
    let size = |stratum: Stratum| {
        let changes = changes(stratum);
        let own = request.strata.iter().rev().find(|asked| asked.stratum == stratum).map(|asked| asked.size);
        let asked = own.map_or_else(
            || with_emergencies_in_full(usual.size(changes), stratum, changes, emergencies_in_full),
            u64::from,
        );
        StratumSize { stratum, changes, asked, drawn: 0 }
    };
    Ok(asked_from.into_iter().map(size).collect())
}
