//! When each change reached production, who brought it there, and whether it was in staging before.

use super::{
    changes::{CommitName, commit_name, position},
    delivered::CommitsOfChange,
};
use crate::StoreError;
use change_ledger_model::{
    columns::{DeliveryColumns, ProductionDeploymentRow},
    record::{DeploymentState, EnvironmentKind},
};
use foldhash::{HashMap, HashSet};
use rusqlite::Connection;

/// Where a tool deploys from: its name and the repository.
type Origin = (String, Option<i64>);

/// A successful deployment to production or staging.
struct Success {
    at: i64,
    by: Option<u32>,
    origin: Origin,
}

/// Successful deployments by commit.
#[derive(Default)]
struct Successes {
    production: HashMap<CommitName, Vec<Success>>,
    staging: HashMap<CommitName, Vec<Success>>,
    /// Every deployment to production: when, of which repository and, where a file names it, of which commit.
    to_production: Vec<(i64, Option<u32>, Option<CommitName>)>,
    /// Where deployments to staging are recorded at all.
    has_staging: HashSet<Origin>,
}

impl Successes {
    /// A deployment of which no file says when it succeeded proves nothing, and one to an unknown environment neither.
    fn load(connection: &Connection) -> Result<Self, StoreError> {
        let mut successes = Self::default();
        let mut statement = connection.prepare_cached(
            "SELECT commit_id, environment, is_production, coalesce(deployed_at, CASE WHEN state = ?1 THEN finished_at END) \
             AS at, deployed_by, source, repository FROM deployment WHERE at IS NOT NULL ORDER BY key",
        )?;
        let mut rows = statement.query([DeploymentState::Succeeded as u8])?;
        while let Some(row) = rows.next()? {
            let environment: Option<String> = row.get(1)?;
            let purpose = EnvironmentKind::of(row.get(2)?, environment.as_deref());
            let commit = commit_name(row.get_ref(0)?);
            let origin: Origin = (row.get(5)?, row.get(6)?);
            if purpose == Some(EnvironmentKind::Production) {
                let repository = origin.1.map(position).transpose()?;
                successes.to_production.push((row.get(3)?, repository, commit));
            }
            let Some(commit) = commit else { continue };
            let by = row.get::<_, Option<i64>>(4)?.map(position).transpose()?;
            let success = |origin| -> Result<Success, StoreError> { Ok(Success { at: row.get(3)?, by, origin }) };
            match purpose {
                Some(EnvironmentKind::Production) => {
                    successes.production.entry(commit).or_default().push(success(origin)?);
                }
                Some(EnvironmentKind::Staging) => {
                    successes.has_staging.insert(origin.clone());
                    successes.staging.entry(commit).or_default().push(success(origin)?);
                }
                Some(EnvironmentKind::Other) | None => {}
            }
        }
        Ok(successes)
    }

    fn was_staged(&self, commit: CommitName, deployed: &Success) -> Option<bool> {
        let was_staged = self.staging.get(&commit).is_some_and(|all| all.iter().any(|staged| staged.at <= deployed.at));
        (was_staged || self.has_staging.contains(&deployed.origin)).then_some(was_staged)
    }
}

/// Fills `deployed_at`, `deployed_by` and `staging_first`; the answer is every deployment to production.
pub(super) fn load(
    connection: &Connection,
    changes: usize,
    commits: &[CommitsOfChange],
    columns: &mut DeliveryColumns,
) -> Result<Vec<ProductionDeploymentRow>, StoreError> {
    let successes = Successes::load(connection)?;
    if successes.to_production.is_empty() {
        return Ok(Vec::new());
    }
    columns.deployed_at = vec![None; changes];
    columns.deployed_by = vec![None; changes];
    columns.staging_first = vec![None; changes];
    let mut merged_as: HashMap<CommitName, u32> = HashMap::default();
    for of in commits {
        // What was merged by fast-forward has no commit of the merge.
        let Some(commit) = of.merge.or(of.head) else { continue };
        let first = successes.production.get(&commit).and_then(|all| all.iter().min_by_key(|success| success.at));
        let Some(first) = first else { continue };
        merged_as.extend(u32::try_from(of.change).ok().map(|change| (commit, change)));
        set(&mut columns.deployed_at, of.change, Some(first.at));
        set(&mut columns.deployed_by, of.change, first.by);
        set(&mut columns.staging_first, of.change, successes.was_staged(commit, first));
    }
    let row = |(at, repository, commit): &(i64, Option<u32>, Option<CommitName>)| ProductionDeploymentRow {
        at: *at,
        repository: *repository,
        change: commit.and_then(|commit| merged_as.get(&commit).copied()),
    };
    Ok(successes.to_production.iter().map(row).collect())
}

fn set<T>(column: &mut [T], at: usize, value: T) {
    if let Some(place) = column.get_mut(at) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{self, at, import, person, records},
    };
    use change_ledger_model::{
        columns::{DeliveryColumns, LedgerColumns, ProductionDeploymentRow},
        policy::PolicyHistory,
        record::{Change, Deployment, DeploymentState, Record},
    };

    /// With commits that differ where commits are compared.
    fn change(number: u32) -> Change {
        Change { merge_commit: Some(format!("{number:0<40x}")), ..sample::change(number) }
    }

    fn deployment(id: &str, environment: &str, commit: Option<String>, minutes: Option<i64>) -> Deployment {
        Deployment {
            id: format!("github:acme/pay/deployments/{id}"),
            source: "github".to_owned(),
            repository: Some("acme/pay".to_owned()),
            environment: Some(environment.to_owned()),
            is_production: None,
            commit,
            version: None,
            state: Some(DeploymentState::Succeeded),
            deployed_by: Some(person("tove")),
            started_at: None,
            deployed_at: minutes.map(at),
            finished_at: None,
            updated_at: None,
            url: None,
            is_status: false,
        }
    }

    fn delivered(deployments: Vec<Deployment>) -> DeliveryColumns {
        columns(deployments).delivery
    }

    fn columns(deployments: Vec<Deployment>) -> LedgerColumns {
        let mut ledger = Ledger::in_memory().unwrap();
        let deployments = deployments.into_iter().map(|found| Record::Deployment(Box::new(found)));
        import(&mut ledger, "a.json", records((1..=2).map(change)).into_iter().chain(deployments).collect());
        ledger.columns(&PolicyHistory::initial().unwrap()).unwrap()
    }

    #[test]
    fn every_success_in_production_is_listed_with_the_change_that_it_brought() {
        let of_change = deployment("1", "production", change(2).merge_commit, Some(90));
        let mut of_version = deployment("2", "prod", None, Some(95));
        of_version.repository = None;
        let elsewhere = deployment("3", "staging", change(2).merge_commit, Some(80));
        let unknown = deployment("4", "production", Some("ab".repeat(20)), Some(99));
        let found = columns(vec![of_change, of_version, elsewhere, unknown]).production_deployments;
        let row =
            |minutes, repository, change| ProductionDeploymentRow { at: at(minutes).millis(), repository, change };
        assert_eq!(found, [row(90, Some(0), Some(1)), row(95, None, None), row(99, Some(0), None)]);
    }

    #[test]
    fn the_first_success_in_production_of_the_merged_commit_is_the_deployment() {
        let merged = || change(1).merge_commit;
        let check = |deployments: Vec<Deployment>, expected: Option<i64>| {
            let found = delivered(deployments).deployed_at.first().copied().flatten();
            assert_eq!(found, expected.map(|minutes| at(minutes).millis()));
        };
        check(Vec::new(), None);
        check(vec![deployment("1", "production", merged(), Some(90))], Some(90));
        check(
            vec![deployment("1", "prod", merged(), Some(95)), deployment("2", "prod-eu", merged(), Some(70))],
            Some(70),
        );
        check(vec![deployment("1", "staging", merged(), Some(90))], None);
        check(vec![deployment("1", "production", change(2).merge_commit, Some(90))], None);
        check(vec![deployment("1", "production", merged(), None)], None);
        // The merge commit is known, so a deployment of the branch is not one of the merge.
        check(vec![deployment("1", "production", change(1).head_commit, Some(90))], None);
        let mut ended = deployment("1", "production", merged(), None);
        ended.finished_at = Some(at(80));
        check(vec![ended.clone()], Some(80));
        ended.state = Some(DeploymentState::Failed);
        check(vec![ended], None);
    }

    #[test]
    fn staging_came_first_where_the_same_commit_was_there_and_is_unknown_where_staging_is_not_recorded() {
        let merged = || change(1).merge_commit;
        let production = || deployment("p", "production", merged(), Some(90));
        let check = |staging: Vec<Deployment>, expected: Option<bool>| {
            let columns = delivered(staging.into_iter().chain([production()]).collect());
            assert_eq!(columns.staging_first, [expected, None]);
            assert_eq!(columns.deployed_by.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false]);
        };
        check(Vec::new(), None);
        check(vec![deployment("s", "staging", merged(), Some(80))], Some(true));
        check(vec![deployment("s", "staging", merged(), Some(91))], Some(false));
        check(vec![deployment("s", "staging", change(2).merge_commit, Some(80))], Some(false));
        let mut elsewhere = deployment("s", "staging", change(2).merge_commit, Some(80));
        elsewhere.source = "argocd".to_owned();
        check(vec![elsewhere], None);
    }
}
