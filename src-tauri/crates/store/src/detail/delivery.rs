//! The deployments and checks of one change, with the places in files where they stand.

use super::maybe_time;
use crate::{
    Ledger, Revision, StoreError,
    table::{commit::Commit, person},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{CheckKind, CheckOutcome, DeploymentState, EnvironmentKind, Findings},
};
use rusqlite::Row;

/// A deployment of a change's commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentDetail {
    /// The ledger-wide name.
    pub id: String,
    /// Environment as the source names it.
    pub environment: Option<String>,
    /// What the environment is for; `None` when nothing tells.
    pub purpose: Option<EnvironmentKind>,
    /// When it succeeded; `None` when no file shows that it did.
    pub succeeded_at: Option<Timestamp>,
    /// Who deployed.
    pub deployed_by: Option<Person>,
    /// The version of it that counts, and where it stands.
    pub revision: Option<Revision>,
}

/// A test, build or scan at one of a change's commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckDetail {
    /// The ledger-wide name.
    pub id: String,
    /// Name of the workflow, job or scanner.
    pub name: String,
    /// Whether it is a scan.
    pub is_scan: bool,
    /// Whether it ran at the last commit of the branch; else at the merge commit.
    pub at_head: bool,
    /// How it ended.
    pub outcome: Option<CheckOutcome>,
    /// What a scan found.
    pub findings: Option<Findings>,
    /// When it began or, where no file says, ended.
    pub at: Option<Timestamp>,
    /// When it ended or, where no file says, began.
    pub ended: Option<Timestamp>,
    /// The version of it that counts, and where it stands.
    pub revision: Option<Revision>,
}

impl Ledger {
    /// The deployments of the commit that the merge made or, where no file names that, of the last commit of the branch;
    /// oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn deployments_of(
        &self,
        merge_commit: Option<&str>,
        head_commit: Option<&str>,
    ) -> Result<Vec<DeploymentDetail>, StoreError> {
        let Some(commit) = merge_commit.or(head_commit).map(Commit::new) else { return Ok(Vec::new()) };
        let mut statement = self.connection.prepare_cached(
            "SELECT key, id, environment, is_production, deployed_by, coalesce(deployed_at, CASE WHEN state = ?2 THEN finished_at END) \
             AS at FROM deployment WHERE commit_id = ?1 ORDER BY at IS NULL, at, id",
        )?;
        let mut rows = statement.query(rusqlite::params![commit, DeploymentState::Succeeded as u8])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let environment: Option<String> = row.get(2)?;
            let by: Option<i64> = row.get(4)?;
            found.push(DeploymentDetail {
                id: row.get(1)?,
                purpose: EnvironmentKind::of(row.get(3)?, environment.as_deref()),
                environment,
                succeeded_at: maybe_time(row.get(5)?)?,
                deployed_by: by.map(|id| person::known(&self.connection, id)).transpose()?,
                revision: self.newest_revision(row.get(0)?)?,
            });
        }
        Ok(found)
    }

    /// The checks at the last commit of the branch and at the commit that the merge made; oldest first.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn checks_of(
        &self,
        merge_commit: Option<&str>,
        head_commit: Option<&str>,
    ) -> Result<Vec<CheckDetail>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT key, id, name, kind, outcome, findings, coalesce(started_at, finished_at) AS at, \
             coalesce(finished_at, started_at) FROM check_run WHERE commit_id = ?1 ORDER BY at, attempt, key",
        )?;
        let mut found = Vec::new();
        let merge = merge_commit.filter(|merge| head_commit != Some(*merge));
        for (commit, at_head) in [(head_commit, true), (merge, false)] {
            let Some(commit) = commit.map(Commit::new) else { continue };
            let mut rows = statement.query([commit])?;
            while let Some(row) = rows.next()? {
                found.push(self.check_detail(row, at_head)?);
            }
        }
        found.sort_by_key(|check| check.at);
        Ok(found)
    }

    fn check_detail(&self, row: &Row<'_>, at_head: bool) -> Result<CheckDetail, StoreError> {
        use CheckOutcome::{Cancelled, Failed, Passed, Running, Skipped};
        let outcome: Option<u8> = row.get(4)?;
        let findings: Option<String> = row.get(5)?;
        let damaged = |error| StoreError::Damaged(format!("the findings of a scan cannot be read: {error}"));
        Ok(CheckDetail {
            id: row.get(1)?,
            name: row.get(2)?,
            is_scan: row.get::<_, u8>(3)? == CheckKind::Scan as u8,
            at_head,
            outcome: [Passed, Failed, Cancelled, Skipped, Running]
                .into_iter()
                .find(|known| outcome == Some(*known as u8)),
            findings: findings.map(|json| serde_json::from_str(&json).map_err(damaged)).transpose()?,
            at: maybe_time(row.get(6)?)?,
            ended: maybe_time(row.get(7)?)?,
            revision: self.newest_revision(row.get(0)?)?,
        })
    }

    /// The version of a record that wins where versions differ, and where it stands.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such record.
    pub fn newest_revision(&self, key: i64) -> Result<Option<Revision>, StoreError> {
        Ok(self.revisions(key)?.into_iter().find(|revision| revision.is_newest))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{at, change, import, person, records},
    };
    use change_ledger_model::record::{Check, CheckKind, CheckOutcome, Deployment, DeploymentState, Findings, Record};

    #[test]
    fn deployments_and_checks_of_a_change_come_with_their_places() {
        let commit = change(1).merge_commit;
        let deployment = Record::Deployment(Box::new(Deployment {
            id: "github:acme/pay/deployments/1".to_owned(),
            source: "github".to_owned(),
            repository: Some("acme/pay".to_owned()),
            environment: Some("production".to_owned()),
            is_production: Some(true),
            commit: commit.clone(),
            version: None,
            state: Some(DeploymentState::Succeeded),
            deployed_by: Some(person("tove")),
            started_at: None,
            deployed_at: None,
            finished_at: Some(at(70)),
            updated_at: None,
            url: None,
            is_status: false,
        }));
        let check = |name: &str, kind, commit: Option<String>, minutes| {
            Record::Check(Box::new(Check {
                id: format!("github:acme/pay/runs/{name}"),
                source: "github".to_owned(),
                repository: None,
                name: name.to_owned(),
                kind,
                commit,
                branch: None,
                trigger: None,
                outcome: Some(CheckOutcome::Passed),
                attempt: None,
                actor: None,
                started_at: Some(at(minutes)),
                finished_at: None,
                updated_at: None,
                findings: (kind == CheckKind::Scan).then_some(Findings { high: 2, ..Findings::default() }),
                url: None,
            }))
        };
        let head = change(1).head_commit;
        let checks = [
            check("CI", CheckKind::Run, commit.clone(), 65),
            check("CodeQL", CheckKind::Scan, head.clone(), 20),
            check("Other", CheckKind::Run, change(2).head_commit, 20),
        ];
        let mut ledger = Ledger::in_memory().unwrap();
        let all = records((1..=2).map(change)).into_iter().chain([deployment]).chain(checks).collect();
        import(&mut ledger, "a.json", all);

        let found = ledger.deployments_of(commit.as_deref(), head.as_deref()).unwrap();
        let deployed: Vec<_> = found
            .iter()
            .map(|found| (found.succeeded_at, found.revision.as_ref().map(|revision| revision.place.row)))
            .collect();
        assert_eq!(deployed, [(Some(at(70)), Some(3))]);
        assert_eq!(ledger.deployments_of(None, head.as_deref()).unwrap(), []);
        assert_eq!(ledger.deployments_of(None, None).unwrap(), []);

        let found = ledger.checks_of(commit.as_deref(), head.as_deref()).unwrap();
        let checked: Vec<_> = found
            .iter()
            .map(|check| (check.name.as_str(), check.is_scan, check.at_head, check.findings.map(|found| found.high)))
            .collect();
        assert_eq!(checked, [("CodeQL", true, true, Some(2)), ("CI", false, false, None)]);
        // One commit is not told twice.
        assert_eq!(ledger.checks_of(head.as_deref(), head.as_deref()).unwrap().len(), 1);
    }
}
