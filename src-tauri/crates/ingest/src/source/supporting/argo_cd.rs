//! Argo CD: the history of applications.

use super::{Fields, JsonSource, address::repository_cloned};
use crate::{
    input::framing::Rules,
    recognise::Glance,
    source::{Context, Fault, SourceEntry, tally::Tally},
};
use change_ledger_model::{
    person::Person,
    record::{Deployment, DeploymentState, Record},
    source::{Fact, SourceKind},
};

pub(in crate::source) const SOURCE: JsonSource = JsonSource {
    entry: SourceEntry {
        kind: SourceKind::ArgoCd,
        title: "Argo CD applications",
        command: "argocd app get NAME -o json > app.json, or kubectl get applications -A -o json > apps.json",
        facts: &[Fact::DeploymentTime, Fact::DeployedCommit, Fact::Environment],
        cannot_tell: "failures, all but the last; more than 10 entries",
        traps: &[
            "the history keeps 10 entries unless revisionHistoryLimit says otherwise",
            "failed syncs are not in the history; only the last operation shows one",
            "a revision may be the version of a chart instead of a commit",
            "an application of several sources has a list of revisions",
        ],
    },
    rules: Rules {
        lists: &["items"],
        via: &[],
        // `metadata` stands beside `items` too.
        marks: &["spec", "status", "operation"],
        context: &[],
    },
    is_its_record: |seen: &Glance| {
        seen.has_all(&["metadata", "status"])
            && (seen.has_within("status", "history") || seen.has_within("status", "operationState"))
            && seen.has_within("spec", "destination")
    },
    reason: "Its records have a destination and a history or an operation, as applications of Argo CD do.",
    read,
    needs_repository: false,
    caution: Some(
        "Argo CD keeps the last 10 entries of an application's history unless told otherwise, and no failed syncs: older deployments and failures are not in this file.",
    ),
};

fn read(fields: Fields<'_>, context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let application = Application {
        name: fields.needed("metadata.name")?,
        namespace: fields.text("metadata.namespace").unwrap_or_else(|| "argocd".to_owned()),
        environment: environment(fields.under("spec.destination")),
    };
    let mut records = Vec::new();
    for entry in fields.each("status.history") {
        let id = entry.text("id").ok_or_else(|| Fault::field("status.history.id", "an entry has no id".to_owned()))?;
        let at = entry.needed_time("deployedAt", context, tally)?;
        for (n, source) in sources(entry, "revision", "revisions").into_iter().enumerate() {
            records.push(Record::Deployment(Box::new(Deployment {
                state: Some(DeploymentState::Succeeded),
                deployed_by: initiator(entry.under("initiatedBy")),
                started_at: entry.time("deployStartedAt", context, tally),
                deployed_at: at,
                finished_at: at,
                ..application.deployment(&format!("{id}{}", part(n)), source)
            })));
        }
    }
    records.extend(failed_operation(fields.under("status.operationState"), &application, context, tally)?);
    Ok(records)
}

/// Which of several sources, where there are several.
fn part(n: usize) -> String {
    if n == 0 { String::new() } else { format!(".{n}") }
}

struct Application {
    name: String,
    namespace: String,
    environment: Option<String>,
}

impl Application {
    fn deployment(&self, own: &str, source: Source) -> Deployment {
        let is_commit = source.revision.as_ref().is_some_and(|revision| {
            matches!(revision.len(), 40 | 64) && revision.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        Deployment {
            id: format!("argocd:{}/{}/{own}", self.namespace, self.name),
            source: "argocd".to_owned(),
            repository: source.repository,
            environment: self.environment.clone(),
            is_production: None,
            commit: source.revision.clone().filter(|_| is_commit),
            version: source.revision.filter(|_| !is_commit),
            state: None,
            deployed_by: None,
            started_at: None,
            deployed_at: None,
            finished_at: None,
            updated_at: None,
            url: None,
            is_status: false,
        }
    }
}

/// What was deployed from where.
#[derive(Debug, Default)]
struct Source {
    repository: Option<String>,
    revision: Option<String>,
}

/// The sources of an entry: one, or several side by side.
fn sources(entry: Fields<'_>, one: &str, several: &str) -> Vec<Source> {
    let repository = |source: Fields<'_>| source.text("repoURL").as_deref().and_then(repository_cloned);
    match entry.texts(several).filter(|revisions| !revisions.is_empty()) {
        Some(revisions) => {
            let mut places = entry.each("sources").map(repository);
            revisions
                .into_iter()
                .map(|revision| Source { repository: places.next().flatten(), revision: Some(revision) })
                .collect()
        }
        None => vec![Source { repository: repository(entry.under("source")), revision: entry.text(one) }],
    }
}

/// Cluster and namespace: `in-cluster/pay`.
fn environment(destination: Fields<'_>) -> Option<String> {
    let place = destination.any_text(&["name", "server"]);
    let pieces: Vec<String> = place.into_iter().chain(destination.text("namespace")).collect();
    (!pieces.is_empty()).then(|| pieces.join("/"))
}

fn initiator(by: Fields<'_>) -> Option<Person> {
    if by.flag("automated") == Some(true) {
        return Some(Person::named("argocd", None, true));
    }
    by.text("username").map(|name| Person::named(&name, None, false))
}

/// The last operation, where it failed; successes are in the history.
fn failed_operation(
    operation: Fields<'_>,
    application: &Application,
    context: &Context<'_>,
    tally: &mut Tally,
) -> Result<Option<Record>, Fault> {
    let state = match operation.text("phase").as_deref() {
        Some("Failed" | "Error") => DeploymentState::Failed,
        Some("Running" | "Terminating") => DeploymentState::Running,
        _ => return Ok(None),
    };
    let started_at = operation.needed_time("startedAt", context, tally)?;
    let result = operation.under("syncResult");
    let source = sources(result, "revision", "revisions").into_iter().next().unwrap_or_default();
    let own = started_at.map_or_else(|| "unknown".to_owned(), |at| at.millis().to_string());
    Ok(Some(Record::Deployment(Box::new(Deployment {
        state: Some(state),
        deployed_by: initiator(operation.under("operation.initiatedBy")),
        started_at,
        finished_at: operation.time("finishedAt", context, tally),
        ..application.deployment(&format!("operation/{own}"), source)
    }))))
}
