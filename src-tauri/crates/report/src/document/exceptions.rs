//! Departures from the policy: counted by kind, and listed with room for cause and response.

use super::{View, deviation, emergency::heading, figures, imported};
use crate::{
    chart::Tone,
    content::{EmergencyEntry, Record},
    vocabulary,
};
use change_ledger_model::quarterly::QuarterMetrics;
use serde::Serialize;

/// Everything that departs from the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Exceptions {
    pub kinds: Vec<Kind>,
    /// Counts that are not exceptions by themselves but tell how reviews are done.
    pub signs: Vec<Kind>,
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
        Self { kinds: kinds(view), signs: signs(view), previous, rows: rows(view) }
    }
}

/// How one kind is counted.
struct Rule {
    name: String,
    /// What it is counted in.
    of: &'static str,
    /// The count and its total in one quarter.
    count: fn(&QuarterMetrics) -> (u64, u64),
    /// Changes of the quarter about which the files cannot tell.
    unknown: u64,
    /// Whether `count` takes those for exceptions, because it counts what is not on record.
    counts_unknown: bool,
}

impl Rule {
    fn new(name: impl Into<String>, of: &'static str, count: fn(&QuarterMetrics) -> (u64, u64)) -> Self {
        Self { name: name.into(), of, count, unknown: 0, counts_unknown: false }
    }

    /// Of something that the policy wants on record.
    fn unrecorded(name: impl Into<String>, count: fn(&QuarterMetrics) -> (u64, u64), unknown: u64) -> Self {
        Self { unknown, counts_unknown: true, ..Self::new(name, EMERGENCIES, count) }
    }
}

const EMERGENCIES: &str = "emergencies";
const REVIEWS: &str = "reviews owed";
const CHANGES: &str = "changes";

fn kinds(view: &View) -> Vec<Kind> {
    let deadline = vocabulary::deadline(view.policy.documentation_deadline);
    let unknown = |record: fn(&EmergencyEntry) -> &Record| {
        view.report.emergencies.iter().filter(|entry| *record(entry) == Record::Unknown).count() as u64
    };
    let rules = [
        Rule::new("Emergency not labelled", EMERGENCIES, |q| (q.unlabelled_emergencies.count, q.emergencies)),
        Rule::new("No incident named", EMERGENCIES, |q| (q.missing_incident_links.none, q.emergencies)),
        Rule::new("Incident named, not imported", EMERGENCIES, |q| (q.missing_incident_links.dangling, q.emergencies)),
        Rule {
            unknown: view.quarter.retroactive_review.unknown,
            ..Rule::new("Retroactive review late", REVIEWS, |q| (q.retroactive_review.late, q.retroactive_review.owed))
        },
        Rule {
            unknown: view.quarter.retroactive_review.unknown,
            ..Rule::new("Retroactive review overdue", REVIEWS, |q| {
                (q.retroactive_review.overdue, q.retroactive_review.owed)
            })
        },
        Rule::unrecorded(
            "No authorisation on record",
            |q| (q.emergencies.saturating_sub(q.authorisation.recorded), q.emergencies),
            unknown(|entry| &entry.authorisation),
        ),
        Rule::unrecorded(
            "No justification on record",
            |q| (q.emergencies.saturating_sub(q.justification.recorded), q.emergencies),
            unknown(|entry| &entry.justification),
        ),
        Rule::unrecorded(
            format!("Not documented within {deadline}"),
            |q| (q.emergencies.saturating_sub(q.documentation.on_time), q.emergencies),
            unknown(|entry| &entry.documentation),
        ),
        Rule {
            unknown: view.quarter.approval.unknown,
            ..Rule::new("Unreviewed, no sign of an emergency", CHANGES, |q| (q.classes.unreviewed, q.changes))
        },
    ];
    rules.iter().map(|rule| kind(view, rule, Tone::Bad)).collect()
}

fn signs(view: &View) -> Vec<Kind> {
    let rules = [
        Rule::new("Merged by their author", CHANGES, |q| (q.self_merged, q.changes)),
        Rule::new("Approved by their author", CHANGES, |q| (q.self_approved, q.changes)),
        Rule::new("Retroactive approvals given in a batch", REVIEWS, |q| (q.batch_stamped, q.retroactive_review.owed)),
        Rule::new("Incident does not name the change back", EMERGENCIES, |q| {
            (q.missing_incident_links.one_way, q.emergencies)
        }),
    ];
    rules.iter().map(|rule| kind(view, rule, Tone::Warn)).collect()
}

fn kind(view: &View, rule: &Rule, tone: Tone) -> Kind {
    let (counted, total) = (rule.count)(view.quarter);
    let count = if rule.counts_unknown { counted.saturating_sub(rule.unknown) } else { counted };
    let not_known =
        if rule.unknown == 0 { String::new() } else { format!(", {} not known", figures::count(rule.unknown)) };
    let previous = view.previous.map(|before| (rule.count)(before));
    Kind {
        name: rule.name.clone(),
        count: figures::count(count),
        total: format!("of {} {}{not_known}", figures::count(total), rule.of),
        share: figures::percent_or_na(figures::ratio(count, total)),
        previous: previous
            .map_or_else(|| figures::NOT_APPLICABLE.to_owned(), |(count, total)| figures::part_of(count, total)),
        tone: match (count, total, rule.unknown) {
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
