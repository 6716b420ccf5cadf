//! Departures from the policy: counted by kind, and listed with room for cause and response.

use super::{View, deviation, emergency::heading, figures, imported};
use crate::{chart::Tone, vocabulary};
use change_ledger_model::quarterly::QuarterMetrics;
use serde::Serialize;

/// Everything that departs from the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Exceptions {
    pub kinds: Vec<Kind>,
    /// Counts that are not exceptions by themselves but tell how reviews are done.
    pub signs: Vec<Kind>,
    /// What is counted besides changes: deployments, findings, incidents; nothing where the files hold none.
    pub beside: Vec<Kind>,
    /// The quarter that the last column is about.
    pub previous: String,
    pub rows: Vec<Row>,
}

/// How often one kind occurred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Kind {
    pub name: String,
    pub count: String,
    /// What it is counted in: `of 12 emergencies`.
    pub total: String,
    pub share: String,
    pub previous: String,
    pub tone: Tone,
}

/// One change that departs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    /// `E3`, under which the details stand, or `U1`.
    pub number: String,
    pub change: String,
    pub title: String,
    pub implemented: String,
    /// Who opened it, and so who answers for it first.
    pub owner: String,
    pub exceptions: String,
    /// The emergency whose details have it; none for an unreviewed change.
    pub anchor: Option<String>,
}

impl Exceptions {
    pub(super) fn of(view: &View) -> Self {
        let previous = view.previous.map_or_else(|| "Quarter before".to_owned(), |before| before.quarter.clone());
        Self { kinds: kinds(view), signs: signs(view), beside: beside(view), previous, rows: rows(view) }
    }
}

/// How one kind is counted.
struct Rule {
    name: String,
    /// What it is counted in.
    of: &'static str,
    /// The numbers of one quarter.
    tally: fn(&QuarterMetrics) -> Tally,
}

/// How many depart, of how many, and of how many of those the files cannot tell.
struct Tally {
    count: u64,
    total: u64,
    unknown: u64,
}

impl Tally {
    const fn of(count: u64, total: u64) -> Self {
        Self { count, total, unknown: 0 }
    }

    const fn but(count: u64, total: u64, unknown: u64) -> Self {
        Self { count, total, unknown }
    }

    /// Of what the policy wants on record: all that are neither `recorded` nor unknown.
    const fn unrecorded(recorded: u64, total: u64, unknown: u64) -> Self {
        Self { count: total.saturating_sub(recorded).saturating_sub(unknown), total, unknown }
    }
}

impl Rule {
    fn new(name: impl Into<String>, of: &'static str, tally: fn(&QuarterMetrics) -> Tally) -> Self {
        Self { name: name.into(), of, tally }
    }
}

const EMERGENCIES: &str = "emergencies";
const REVIEWS: &str = "reviews owed";
const CHANGES: &str = "changes";

fn kinds(view: &View) -> Vec<Kind> {
    let deadline = vocabulary::deadline(view.policy.documentation_deadline);
    let rules = [
        Rule::new("Emergency not labelled", EMERGENCIES, |q| Tally::of(q.unlabelled_emergencies.count, q.emergencies)),
        Rule::new("No incident named", EMERGENCIES, |q| {
            let links = &q.missing_incident_links;
            Tally::but(links.none, q.emergencies, links.unknown)
        }),
        Rule::new("Incident named, not imported", EMERGENCIES, |q| {
            let links = &q.missing_incident_links;
            Tally::but(links.dangling, q.emergencies, links.unknown)
        }),
        Rule::new("Retroactive review late", REVIEWS, |q| {
            let review = &q.retroactive_review;
            Tally::but(review.late, review.owed, review.unknown)
        }),
        Rule::new("Retroactive review overdue", REVIEWS, |q| {
            let review = &q.retroactive_review;
            Tally::but(review.overdue, review.owed, review.unknown)
        }),
        Rule::new("No authorisation on record", EMERGENCIES, |q| {
            Tally::unrecorded(q.authorisation.recorded, q.emergencies, q.authorisation.unknown)
        }),
        Rule::new("No justification on record", EMERGENCIES, |q| {
            Tally::unrecorded(q.justification.recorded, q.emergencies, q.justification.unknown)
        }),
        Rule::new(format!("Not documented within {deadline}"), EMERGENCIES, |q| {
            let documentation = &q.documentation;
            let not_awaited = documentation.on_time + documentation.pending;
            Tally::unrecorded(not_awaited, q.emergencies, documentation.unknown)
        }),
        Rule::new("Unreviewed, no sign of an emergency", CHANGES, |q| {
            Tally::but(q.classes.unreviewed, q.changes, q.approval.unknown)
        }),
    ];
    rules.iter().map(|rule| kind(view, rule, Tone::Bad)).collect()
}

fn signs(view: &View) -> Vec<Kind> {
    let rules = [
        Rule::new("Merged by their author", CHANGES, |q| Tally::but(q.self_merged, q.changes, q.merger_unknown)),
        Rule::new("Approved by their author", CHANGES, |q| Tally::but(q.self_approved, q.changes, q.approval.unknown)),
        Rule::new("Retroactive approvals given in a batch", REVIEWS, |q| {
            let review = &q.retroactive_review;
            Tally::but(q.batch_stamped, review.owed, review.unknown)
        }),
        Rule::new("Incident does not name the change back", EMERGENCIES, |q| {
            Tally::of(q.missing_incident_links.one_way, q.emergencies)
        }),
    ];
    rules.iter().map(|rule| kind(view, rule, Tone::Warn)).collect()
}

fn beside(view: &View) -> Vec<Kind> {
    let rules = [
        Rule::new("Deployment that an incident caused", "deployments to production", |q| {
            let rework = q.deployment_rework;
            Tally::but(rework.unplanned, rework.deployments, rework.unknown)
        }),
        Rule::new("Finding fixed late or overdue", "findings due", |q| {
            let patches = q.patches;
            let behind = patches.late + patches.overdue;
            Tally::but(behind, patches.on_time + behind + patches.unknown, patches.unknown)
        }),
        Rule::new("Severe incident without a declared change", "severe incidents", |q| {
            let incidents = q.severe_incidents;
            Tally::but(incidents.undeclared, incidents.incidents, incidents.unknown)
        }),
        Rule::new("Incident of unknown severity", "incidents that are or may be severe", |q| {
            let unrated = q.severe_incidents.severity_unknown;
            Tally::of(unrated, q.severe_incidents.incidents + unrated)
        }),
    ];
    let is_there =
        |rule: &&Rule| [Some(view.quarter), view.previous].into_iter().flatten().any(|q| (rule.tally)(q).total > 0);
    rules.iter().filter(is_there).map(|rule| kind(view, rule, Tone::Warn)).collect()
}

fn kind(view: &View, rule: &Rule, tone: Tone) -> Kind {
    let Tally { count, total, unknown } = (rule.tally)(view.quarter);
    let not_known = if unknown == 0 { String::new() } else { format!(", {} not known", figures::count(unknown)) };
    let previous = view.previous.map(|before| (rule.tally)(before));
    Kind {
        name: rule.name.clone(),
        count: figures::count(count),
        total: format!("of {} {}{not_known}", figures::count(total), rule.of),
        share: figures::percent_or_na(figures::ratio(count, total).filter(|_| unknown < total)),
        previous: previous
            .map_or_else(|| figures::NOT_APPLICABLE.to_owned(), |before| figures::part_of(before.count, before.total)),
        tone: match (count, total, unknown) {
            (_, 0, _) | (0, _, 1..) => Tone::Unknown,
            (0, _, 0) => Tone::Good,
            _ => tone,
        },
    }
}

fn rows(view: &View) -> Vec<Row> {
    let unnamed = || "not known".to_owned();
    let emergencies = view.report.emergencies.iter().enumerate().filter_map(|(place, entry)| {
        let mut words: Vec<String> = deviation::deviations(entry).iter().map(|kind| kind.words().to_owned()).collect();
        if words.is_empty() {
            return None;
        }
        words.extend(deviation::unknowns(entry).iter().map(ToString::to_string));
        Some(Row {
            number: format!("E{}", place + 1),
            change: heading(&entry.id, entry.repository.as_deref()),
            title: imported::line(&entry.title),
            implemented: view.clock.day(entry.implemented_at),
            owner: imported::optional_name(entry.author.as_deref()).unwrap_or_else(unnamed),
            exceptions: words.join(", "),
            anchor: Some(super::emergency::anchor(place)),
        })
    });
    let unreviewed = view.report.unreviewed.iter().enumerate().map(|(place, entry)| {
        let later = entry.approved_after.as_ref().map_or_else(
            || ", never approved".to_owned(),
            |approval| format!(", approved {} later", figures::span(approval.at.hours_since(entry.implemented_at))),
        );
        let own = if entry.self_merged == Some(true) { ", merged by its author" } else { "" };
        Row {
            number: format!("U{}", place + 1),
            change: heading(&entry.id, entry.repository.as_deref()),
            title: imported::line(&entry.title),
            implemented: view.clock.day(entry.implemented_at),
            owner: imported::optional_name(entry.author.as_deref()).unwrap_or_else(unnamed),
            exceptions: format!("no review before implementation{later}{own}"),
            anchor: None,
        }
    });
    emergencies.chain(unreviewed).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use crate::{content::QuarterReport, sample};
    use change_ledger_model::quarterly::{DeploymentRework, PatchTimeliness, SevereIncidents};

    #[test]
    fn what_is_counted_besides_changes_is_shown_where_there_is_any() {
        let mut report = sample::report();
        let found = |report: &QuarterReport| Document::of(report).unwrap().exceptions.beside;
        assert_eq!(found(&report), []);
        let quarter = report.quarters.last_mut().unwrap();
        quarter.deployment_rework = DeploymentRework { deployments: 40, unplanned: 3, unknown: 2, rework_rate: None };
        quarter.patches = PatchTimeliness { on_time: 5, late: 1, overdue: 2, ..PatchTimeliness::default() };
        quarter.severe_incidents =
            SevereIncidents { incidents: 3, with_changes: 1, undeclared: 0, unknown: 1, severity_unknown: 2 };
        let lines: Vec<String> =
            found(&report).iter().map(|kind| format!("{}: {} {}", kind.name, kind.count, kind.total)).collect();
        assert_eq!(
            lines,
            [
                "Deployment that an incident caused: 3 of 40 deployments to production, 2 not known",
                "Finding fixed late or overdue: 3 of 8 findings due",
                "Severe incident without a declared change: 0 of 3 severe incidents, 1 not known",
                "Incident of unknown severity: 2 of 5 incidents that are or may be severe",
            ]
        );
    }
}
