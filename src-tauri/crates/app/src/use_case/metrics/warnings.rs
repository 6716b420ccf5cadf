//! What a person should know before relying on the numbers of quarters.

use crate::{
    app::{App, Computed},
    error::AppError,
    use_case::policy::reference,
    words,
};
use change_ledger_model::{
    policy::PolicyVersion,
    quarter::Quarter,
    quarterly::{GroupMetrics, Grouping, MetricsWarning, MixedQuarter, PolicyReference, QuarterMetrics},
};
use std::collections::{BTreeMap, BTreeSet};

/// The warnings about these quarters. `as_asked` when a person named both ends, so that nothing was left out for them.
pub(super) fn warnings(
    app: &App,
    computed: &Computed,
    quarters: &[QuarterMetrics],
    as_asked: bool,
) -> Result<Vec<MetricsWarning>, AppError> {
    let warning =
        |code: &str, message: Option<String>| message.map(|message| MetricsWarning { code: code.to_owned(), message });
    let shown: BTreeSet<&str> = quarters.iter().map(|quarter| quarter.quarter.as_str()).collect();
    let outlying = if as_asked { None } else { left_out(app, computed, &shown)? };
    let changed = quarters.iter().filter_map(|quarter| two_policies(computed, &quarter.quarter));
    Ok([warning("not_yet_implemented", to_come(computed)?), warning("outlying_date", outlying)]
        .into_iter()
        .flatten()
        .chain(changed.filter_map(|message| warning("policy_changed", Some(message))))
        .collect())
}

/// That nothing is in any group, and where groups are named.
pub(super) fn ungrouped(by: Grouping, groups: &[GroupMetrics]) -> Option<MetricsWarning> {
    let message = match by {
        _ if groups.iter().any(|group| !group.is_unknown) => return None,
        Grouping::Team => {
            "The policy in force names no team that any change is in. Name teams under [groups.teams] in the policy, such as \
             \"Payments\" = { repositories = [\"acme/pay-*\"], people = [\"ann\"] }."
        }
        Grouping::Service => {
            "No repository runs in a known service. Name services under [signals.incident_window.services] in the policy, such as \
             \"acme/pay\" = [\"Payments API\"]."
        }
        Grouping::Repository | Grouping::Person => return None,
    };
    Some(MetricsWarning { code: "nothing_grouped".to_owned(), message: message.to_owned() })
}

fn to_come(computed: &Computed) -> Result<Option<String>, AppError> {
    let count = computed.judged.not_yet_implemented()?;
    Ok((count > 0).then(|| {
        format!(
            "{} implemented after {}, the moment of this judgement, and {} not counted.",
            words::counted(count, "change is", "changes are"),
            computed.as_of,
            if count == 1 { "is" } else { "are" },
        )
    }))
}

/// Changes at dates far from all others that are in none of the quarters `shown`, with the first of them and the file that
/// says so; `None` when there are none.
pub(crate) fn left_out(app: &App, computed: &Computed, shown: &BTreeSet<&str>) -> Result<Option<String>, AppError> {
    let Some(outlying) = computed.judged.outlying_changes()? else { return Ok(None) };
    let quarters = &computed.judged.verdicts().quarter;
    let quarter_of = |row: u32| quarters.get(row as usize).copied().flatten().map(Quarter::from_ordinal);
    let missing: Vec<(u32, Quarter)> = outlying
        .changes
        .iter()
        .filter_map(|row| Some((*row, quarter_of(*row)?)))
        .filter(|(_, quarter)| !shown.contains(quarter.to_string().as_str()))
        .collect();
    let (Some((first, from)), Some((_, to))) = (missing.first(), missing.last()) else { return Ok(None) };
    let named = computed.loaded.keys.get(*first as usize).map(|key| {
        app.read(|ledger| {
            let change = ledger.change_rows(&[*key])?.pop();
            let file = ledger.revisions(*key)?.into_iter().find(|revision| revision.is_newest);
            Ok(change.zip(file).map(|(change, revision)| (change.id, change.implemented_at, revision.file)))
        })
    });
    let named = match named.transpose()?.flatten() {
        Some((id, Some(at), file)) => format!(", such as {id}, implemented at {at} according to {file}"),
        _ => String::new(),
    };
    let number = missing.len() as u64;
    let outside = if number == 1 { "is left out of the quarters" } else { "are left out of the quarters" };
    Ok(Some(format!(
        "{} ten years or more away from all others{named}, and {outside}. Check the date, or ask for them with --from {from} --to {to}.",
        words::counted(number, "change is", "changes are"),
    )))
}

/// The policies that judged the changes of each quarter, oldest first; none where there is no change.
pub(super) fn policies_of(computed: &Computed, quarters: &[QuarterMetrics]) -> BTreeMap<String, Vec<PolicyReference>> {
    let of_quarter = |quarter: &QuarterMetrics| {
        let policies = judged_by(computed, &quarter.quarter).into_iter().map(reference).collect();
        (quarter.quarter.clone(), policies)
    };
    quarters.iter().map(of_quarter).collect()
}

/// The quarters whose changes were not all judged by one policy.
pub(super) fn mixed_quarters(judged_by: &BTreeMap<String, Vec<PolicyReference>>) -> Vec<MixedQuarter> {
    let mixed = judged_by.iter().filter(|(_, policies)| policies.len() > 1);
    mixed.map(|(quarter, policies)| MixedQuarter { quarter: quarter.clone(), policies: policies.clone() }).collect()
}

fn two_policies(computed: &Computed, quarter: &str) -> Option<String> {
    let judged_by = judged_by(computed, quarter);
    if judged_by.len() < 2 {
        return None;
    }
    let named = judged_by.into_iter().map(|version| {
        let since = version.effective_from.map_or_else(String::new, |from| format!(" from {from}"));
        format!("{} {}{since}", version.policy.name, version.policy.version)
    });
    Some(format!(
        "The changes of {quarter} were judged by more than one policy, each by the one in force on its day: {}.",
        named.collect::<Vec<_>>().join(", then ")
    ))
}

/// The policy versions that judged the changes of a quarter, oldest first.
fn judged_by<'a>(computed: &'a Computed, quarter: &str) -> Vec<&'a PolicyVersion> {
    let verdicts = computed.judged.verdicts();
    let wanted = Quarter::parse(quarter).ok().map(Quarter::ordinal);
    let of_quarter = verdicts
        .quarter
        .iter()
        .zip(&verdicts.in_population)
        .zip(&verdicts.policy_version)
        .filter(|((quarter, counted), _)| **counted && quarter.is_some() && **quarter == wanted);
    let positions: BTreeSet<u8> = of_quarter.map(|(_, position)| *position).collect();
    positions.into_iter().filter_map(|position| computed.history.versions().nth(position.into())).collect()
}
