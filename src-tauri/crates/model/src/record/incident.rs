use crate::{
    Timestamp,
    record::{Mention, Note},
};

/// Beginnings of words, in lower case, that say that an incident is over.
const ENDED: [&str; 26] = [
    "resolved",
    "closed",
    "complete",
    "done",
    "fixed",
    "postmortem",
    "retrospective",
    "documented",
    "cancel",
    "declined",
    "merged",
    "abandon",
    "gelöst",
    "geschlossen",
    "erledigt",
    "behoben",
    "résolu",
    "fermé",
    "terminé",
    "resuelt",
    "cerrad",
    "resolvid",
    "fechad",
    "terminad",
    "risolt",
    "chius",
];

/// Words that turn the next one round: `not resolved`, `nicht gelöst`.
const DENYING: [&str; 11] = ["not", "no", "un", "cannot", "never", "nicht", "non", "pas", "sin", "não", "nie"];

/// Words that may stand between: `not yet resolved`.
const BETWEEN: [&str; 4] = ["yet", "fully", "be", "been"];

/// Whether an incident has ended that is in this state, in the words of the tools and of the languages of their screens. A
/// state that says neither that nor the opposite counts as going on.
#[must_use]
pub fn has_ended(status: &str) -> bool {
    let status = status.to_lowercase();
    let mut is_denied = false;
    let mut words =
        status.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !BETWEEN.contains(word));
    let ends = words.any(|word| {
        let was_denied = std::mem::replace(&mut is_denied, DENYING.contains(&word));
        !was_denied && ENDED.iter().any(|stem| word.starts_with(stem))
    });
    ends || status.contains("post-incident")
}

/// An outage record, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The ledger-wide name: `pagerduty:Q1ZK8M0`.
    pub id: String,
    /// The tool it comes from: `pagerduty`, `jira`.
    pub source: String,
    /// The short number that people write, `5521`.
    pub number: Option<String>,
    /// Every normalised name under which a text may mean this incident: its id, `INC-5521`, `PD-5521`.
    /// Upper case.
    pub names: Vec<String>,
    /// Title line.
    pub title: String,
    /// Longer text. Kept in the evidence only.
    pub body: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// The affected service.
    pub service: Option<String>,
    /// State as the source says it.
    pub status: Option<String>,
    /// Severity or priority as the source says it (`P1`, `SEV2`).
    pub severity: Option<String>,
    /// Urgency as the source says it (`high`, `low`).
    pub urgency: Option<String>,
    /// When it began.
    pub opened_at: Option<Timestamp>,
    /// When it ended; `None` also while it is open.
    pub resolved_at: Option<Timestamp>,
    /// When the source last changed it; the newer of two rows wins by this.
    pub updated_at: Option<Timestamp>,
    /// Ledger-wide name of the incident that this one was merged into. Then it is only another name for that one.
    pub merged_into: Option<String>,
    /// Remarks, in the order of the export.
    pub notes: Vec<Note>,
    /// Tickets and changes that it names.
    pub mentions: Vec<Mention>,
}

#[cfg(test)]
mod tests {
    use super::has_ended;

    #[test]
    fn a_state_says_whether_an_incident_has_ended() {
        let check = |status: &str, expected: bool| assert_eq!(has_ended(status), expected, "{status}");
        for ended in [
            "resolved",
            "Closed ",
            "postmortem",
            "retrospective_started",
            "Erledigt",
            "Fermée",
            "Cerrado",
            "Post-incident review",
            "Closed, no action",
        ] {
            check(ended, true);
        }
        for going_on in [
            "triggered",
            "acknowledged",
            "investigating",
            "Unresolved",
            "not resolved",
            "Offen",
            "",
            "Not yet closed",
            "Nicht gelöst",
            "Incomplete",
        ] {
            check(going_on, false);
        }
    }
}
