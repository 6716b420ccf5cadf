//! Freezing a population, and what the ledger would say of it by now.

use super::{file_name, population_named, said, settled};
use crate::{
    app::{App, Computed},
    error::{AppError, ErrorCode},
    host::Host,
    use_case::policy::reference,
    wire::{FreezeRequest, PopulationPage, SampleName},
};
use change_ledger_metrics::{Judged, Selection};
use change_ledger_model::{
    import::ImportStatus,
    judgement::Class,
    quarter::Quarter,
    samples::{Drift, Frozen, Member, MovedMember, PopulationFilter, SourceFile, Stratum, StratumCount, fingerprint},
};
use change_ledger_store::{Ledger, Recorded, event_kind};
use std::collections::{BTreeMap, BTreeSet};

/// Freezes the changes that count in a quarter, by name, with the stratum of each as it is judged now.
///
/// # Errors
/// When the quarter or repository is unknown, there are no such changes, the name is taken or the ledger cannot be written.
pub fn freeze(app: &App, host: &dyn Host, request: FreezeRequest) -> Result<PopulationPage, AppError> {
    let quarter = Quarter::parse(&request.quarter)?;
    let repository = said(request.repository);
    let filter = PopulationFilter { quarter: quarter.to_string(), repository, class: request.class };
    let wanted = said(request.name);
    let (population, members) = settled(app, host, |ledger, computed| {
        let name = name(ledger, wanted.as_deref(), &filter)?;
        frozen(ledger, computed, name, filter.clone())
    })?;
    let by = said(request.by);
    let number =
        app.write(|ledger| Ok(ledger.freeze_population(host.now(), by.as_deref(), &population, &members)?))?;
    self::population(app, host, SampleName { name: format!("P{number}") })
}

/// A frozen population, with what the ledger would say of it by now.
///
/// # Errors
/// When there is no such population or the ledger cannot be read.
pub fn population(app: &App, host: &dyn Host, request: SampleName) -> Result<PopulationPage, AppError> {
    settled(app, host, |ledger, computed| {
        let population = population_named(ledger, &request.name)?;
        page(ledger, computed, population)
    })
}

/// The lines over which a population's fingerprint is made, in their order, each without its line feed.
///
/// # Errors
/// When there is no such population or the ledger cannot be read.
pub fn ids(app: &App, request: &SampleName) -> Result<Vec<String>, AppError> {
    app.read(|ledger| {
        let members = ledger.population_members(population_named(ledger, &request.name)?.number)?;
        Ok(members.iter().map(|member| format!("{} {}", member.stratum.name(), member.change)).collect())
    })
}

/// What the population is called: as the person wants, else after what belongs to it.
fn name(ledger: &Ledger, wanted: Option<&str>, filter: &PopulationFilter) -> Result<String, AppError> {
    if let Some(wanted) = wanted {
        let is_number = super::numbered(wanted, 'P').or(super::numbered(wanted, 'S')).is_some();
        if is_number || wanted.chars().any(char::is_control) {
            return Err(AppError::wrong_use(format!("`{wanted}` cannot be the name of a population"))
                .hint("P1 and S1 are given by the ledger; choose a name of one line, such as \"2026-Q3 payments\"."));
        }
        return Ok(wanted.to_owned());
    }
    let parts = [
        Some(filter.quarter.clone()),
        filter.repository.clone(),
        filter.class.map(|class| class.name().replace('_', " ")),
    ];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let taken: BTreeSet<String> =
        ledger.populations()?.into_iter().map(|population| population.what.name.to_lowercase()).collect();
    let mut candidates = std::iter::once(name.clone()).chain((2_u32..).map(|count| format!("{name} ({count})")));
    Ok(candidates.find(|candidate| !taken.contains(&candidate.to_lowercase())).unwrap_or(name))
}

fn frozen(
    ledger: &Ledger,
    computed: &Computed,
    name: String,
    filter: PopulationFilter,
) -> Result<(Frozen, Vec<Member>), AppError> {
    if let Some(repository) = filter.repository.as_ref().filter(|name| !computed.loaded.repositories.contains(name)) {
        return Err(AppError::new(
            ErrorCode::NotFound,
            format!("no imported change is of the repository `{repository}`"),
        )
        .hint("Name it in full, as lists do: owner/name."));
    }
    let rows = rows(&computed.judged, &filter)?;
    let members = members(ledger, computed, &computed.judged, &rows)?;
    if members.is_empty() {
        return Err(AppError::wrong_use(format!("{name} holds no changes as of {}", computed.as_of))
            .hint("`metrics` names the quarters with changes."));
    }
    let versions: Vec<_> = computed.history.versions().collect();
    let used: BTreeSet<usize> = rows
        .iter()
        .filter_map(|row| computed.judged.verdicts().policy_version.get(*row as usize))
        .map(|at| usize::from(*at))
        .collect();
    let files = ledger.imports()?.into_iter();
    let files = files.filter(|import| import.status != ImportStatus::Unchanged && import.superseded_by.is_none()).map(
        |import| SourceFile {
            file: file_name(&import.file).to_owned(),
            sha256: import.sha256,
            rejected: import.rows.rejected,
        },
    );
    let population = Frozen {
        name,
        filter,
        as_of: computed.as_of,
        policies: used.into_iter().filter_map(|at| versions.get(at)).map(|version| reference(version)).collect(),
        files: files.collect(),
        undated: computed.judged.undated(),
        changes: members.len() as u64,
        strata: counts(&members),
        sha256: fingerprint(&members),
    };
    Ok((population, members))
}

/// Positions of the changes that belong to a population.
fn rows(judged: &Judged, filter: &PopulationFilter) -> Result<Vec<u32>, AppError> {
    let quarter = Quarter::parse(&filter.quarter)?;
    Ok(judged.select(&Selection {
        quarters: Some((quarter, quarter)),
        class: filter.class,
        repository: filter.repository.clone(),
        in_population_only: true,
        ..Selection::default()
    })?)
}

/// The changes at these positions with their strata, in the byte order of their names.
fn members(ledger: &Ledger, computed: &Computed, judged: &Judged, rows: &[u32]) -> Result<Vec<Member>, AppError> {
    let of_row = |row: &u32| {
        let at = *row as usize;
        let class = judged.verdicts().class.get(at).copied().and_then(Class::from_code)?;
        Some((*computed.loaded.keys.get(at)?, Stratum::of(class)))
    };
    let strata: BTreeMap<i64, Stratum> = rows.iter().filter_map(of_row).collect();
    let keys: Vec<i64> = strata.keys().copied().collect();
    let named = ledger.change_rows(&keys)?.into_iter();
    let mut members: Vec<Member> = named
        .filter_map(|row| strata.get(&row.key).map(|stratum| Member { change: row.id, stratum: *stratum }))
        .collect();
    if members.len() != rows.len() {
        return Err(AppError::new(ErrorCode::Internal, "a change that was judged has no name or no class"));
    }
    members.sort();
    Ok(members)
}

fn counts(members: &[Member]) -> Vec<StratumCount> {
    let of = |stratum| members.iter().filter(|member| member.stratum == stratum).count() as u64;
    let counts = Stratum::DIVIDED.map(|stratum| StratumCount { stratum, changes: of(stratum) });
    counts.into_iter().filter(|count| count.changes > 0).collect()
}

/// Everything that there is to say of a population.
pub(super) fn page(
    ledger: &Ledger,
    computed: &Computed,
    population: Recorded<Frozen>,
) -> Result<PopulationPage, AppError> {
    let since = drift(ledger, computed, &population)?;
    let samples = ledger.samples()?.into_iter().filter(|sample| sample.what.population == population.number);
    let Recorded { number, event, at, by, what } = population;
    Ok(PopulationPage {
        id: format!("P{number}"),
        name: what.name,
        event,
        frozen_at: at,
        by,
        filter: what.filter,
        as_of: what.as_of,
        policies: what.policies,
        files: what.files,
        undated: what.undated,
        changes: what.changes,
        strata: what.strata,
        sha256: what.sha256,
        samples: samples.map(|sample| format!("S{}", sample.number)).collect(),
        since,
    })
}

/// What the ledger took in since, and what it would freeze now. Both are judged at the same moment, so that the passing of
/// time alone moves nothing.
fn drift(ledger: &Ledger, computed: &Computed, population: &Recorded<Frozen>) -> Result<Drift, AppError> {
    let mut since = Drift::default();
    for event in ledger.events(None)?.iter().filter(|event| event.seq > population.event) {
        match event.kind.as_str() {
            event_kind::IMPORT => since.imports += 1,
            event_kind::POLICY => since.policies += 1,
            event_kind::PEOPLE => since.people += 1,
            event_kind::ATTESTATION => since.attestations += 1,
            _ => {}
        }
    }
    if since == Drift::default() {
        return Ok(since);
    }
    let judged = computed.loaded.frames.judge(&computed.history, population.what.as_of)?;
    let now = members(ledger, computed, &judged, &rows(&judged, &population.what.filter)?)?;
    let by_name = |members: Vec<Member>| -> BTreeMap<String, Stratum> {
        members.into_iter().map(|member| (member.change, member.stratum)).collect()
    };
    let (frozen, now) = (by_name(ledger.population_members(population.number)?), by_name(now));
    let names: BTreeSet<&String> = frozen.keys().chain(now.keys()).collect();
    let moved = names.into_iter().map(|id| MovedMember {
        id: id.clone(),
        frozen: frozen.get(id).copied(),
        now: now.get(id).copied(),
    });
    since.moved = moved.filter(|moved| moved.frozen != moved.now).collect();
    Ok(since)
}
