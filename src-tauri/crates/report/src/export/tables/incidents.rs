use super::super::{subject::Subject, table::Table};
use std::collections::BTreeSet;

/// One row per imported incident.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let incidents = subject.columns.incidents.as_slice();
    let rows = || incidents.iter();
    Table::new("incidents", "One row per imported incident")
        .integer(
            "incident_number",
            "Its place in the ledger, as the table links has it",
            (0_i64..).take(incidents.len()).map(Some),
        )
        .moment("opened", "When it began; null when unknown;", rows().map(|row| row.opened_at))
        .moment(
            "resolved",
            "When it ended; null when it has not, or nobody knows when;",
            rows().map(|row| row.resolved_at),
        )
        .boolean("has_ended", "Whether its tool says that it has ended", rows().map(|row| Some(row.has_ended)))
        .text(
            "severity",
            "Severity, in small letters; null when no file tells it",
            rows().map(|row| compared(row.severity.as_deref())),
        )
        .text(
            "service",
            "Affected service, in small letters; null when no file tells it",
            rows().map(|row| compared(row.service.as_deref())),
        )
}

/// One row per policy version and severity that counts as severe.
pub(super) fn severities<'a>(subject: &Subject<'a>) -> Table<'a> {
    let severe: BTreeSet<(i64, String)> = (0_i64..)
        .zip(subject.policies.versions())
        .flat_map(|(version, of)| {
            let named = of.policy.signals.incident_window.severities.iter();
            named.filter_map(move |severity| Some((version, compared(Some(severity))?)))
        })
        .collect();
    Table::new("severities", "One row per policy version and severity of incidents that it takes for severe")
        .integer("policy_version", "The policy", severe.iter().map(|(version, _)| Some(*version)))
        .text("severity", "The severity, in small letters", severe.iter().map(|(_, severity)| Some(severity.clone())))
}

/// One row per policy version, repository and service that the repository belongs to.
pub(super) fn services<'a>(subject: &Subject<'a>) -> Table<'a> {
    let repositories: BTreeSet<&'a str> = subject.columns.repositories.iter().map(String::as_str).collect();
    let mut services: BTreeSet<(i64, &'a str, String)> = BTreeSet::new();
    for (version, of) in (0_i64..).zip(subject.policies.versions()) {
        for repository in &repositories {
            let named = of.policy.signals.incident_window.services_of(repository);
            services.extend(named.into_iter().map(|service| (version, *repository, service)));
        }
    }
    Table::new("services", "One row per policy version and service whose incidents concern a repository")
        .integer("policy_version", "The policy", services.iter().map(|(version, ..)| Some(*version)))
        .text("repository", "The repository", services.iter().map(|(_, repository, _)| Some(*repository)))
        .text("service", "The service, in small letters", services.iter().map(|(.., service)| Some(service.clone())))
}

/// As names are compared: without blanks around, in small letters.
fn compared(name: Option<&str>) -> Option<String> {
    Some(name?.trim().to_lowercase()).filter(|name| !name.is_empty())
}
