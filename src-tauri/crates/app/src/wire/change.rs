use super::ControlLine;
use super::{AttestationLine, VerdictWithout};
use change_ledger_model::{
    Timestamp,
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState, Signal},
    record::{ChangeKind, FoundIn, Span, Verdict},
};
use serde::{Deserialize, Serialize};

/// Which changes to list. Empty fields do not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
pub struct ChangesRequest {
    /// Implemented in this quarter, `2026-Q3`; only changes of the population.
    pub quarter: Option<String>,
    /// Of this class.
    pub class: Option<Class>,
    /// Emergencies (declared and unlabelled) only.
    pub emergencies: bool,
    /// Something is missing.
    pub missing: Option<Missing>,
    /// Retroactive review in this state.
    pub review_state: Option<ReviewState>,
    /// By the time of the approval.
    pub approval: Option<ApprovalTiming>,
    /// In this repository.
    pub repository: Option<String>,
    /// Words to find in id, title, text, author.
    pub search: Option<String>,
    /// At most so many (1 to 1000; 0 means 100).
    #[ts(type = "number")]
    pub limit: u32,
    /// Where the previous page ended.
    pub after: Option<String>,
}

/// What an emergency can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A link to an imported incident.
    Incident,
    /// An emergency label.
    Label,
    /// A recorded authorisation.
    Authorisation,
    /// A recorded justification.
    Justification,
    /// A review: owed and not given.
    Review,
}

/// A page of changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChangesAnswer {
    /// How many match in all.
    #[ts(type = "number")]
    pub total: u64,
    /// This page, newest first.
    pub items: Vec<ChangeItem>,
    /// Pass as `after` for the next page; `None` at the end.
    pub next: Option<String>,
    /// Records that search does not know yet; results may be incomplete when it is not 0.
    #[ts(type = "number")]
    pub search_backlog: u64,
}

/// A change in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChangeItem {
    /// `github:acme/pay#2214`.
    pub id: String,
    /// Title line.
    pub title: String,
    /// Repository or project.
    pub repository: String,
    /// Who opened it; `None` when unknown.
    pub author: Option<String>,
    /// When it was implemented; `None` when the export does not say.
    pub implemented_at: Option<Timestamp>,
    /// Whether it is in the population of its quarter. A change that is not is judged and listed, and in no number.
    pub counted: bool,
    /// Its class.
    pub class: Class,
    /// Its signals.
    pub signals: Vec<Signal>,
    /// Whether something holds that a person attested of it.
    pub attested: bool,
    /// Its retroactive review.
    pub review_state: ReviewState,
    /// By the time of its approval.
    pub approval: ApprovalTiming,
    /// What it lacks; emergencies only.
    pub missing: Vec<Missing>,
    /// What the imported files leave open about it, in words: an approval dismissed at an unknown time, labels that no file
    /// carried.
    pub left_open: Vec<String>,
    /// Web address.
    pub url: Option<String>,
}

/// Reviews that are due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct DueAnswer {
    /// The moment from which hours are counted.
    pub as_of: Timestamp,
    /// Soonest deadline first.
    pub items: Vec<DueItem>,
    /// What a person should know about the list, in whole sentences: that the date of a change in it is far from all
    /// others, so that no quarter shows it.
    pub warnings: Vec<String>,
}

/// Which reviews due to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
pub struct DueRequest {
    /// Only those past their deadline.
    pub overdue: bool,
    /// Only those of this team of the policy, in any case.
    #[ts(optional)]
    pub team: Option<String>,
}

/// A change that owes a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct DueItem {
    /// `github:acme/pay#2214`.
    pub id: String,
    /// Title line.
    pub title: String,
    /// Repository or project.
    pub repository: String,
    /// Who opened it; `None` when unknown.
    pub author: Option<String>,
    /// Its class.
    pub class: Class,
    /// When it was implemented.
    pub implemented_at: Timestamp,
    /// When the review is due.
    pub due_at: Timestamp,
    /// `pending` or `overdue`.
    pub state: ReviewState,
    /// Hours until it is due; negative when overdue.
    pub hours_left: f64,
    /// What else it lacks.
    pub missing: Vec<Missing>,
    /// What people attested of it that holds, a sentence each.
    pub attestations: Vec<String>,
    /// Web address.
    pub url: Option<String>,
}

/// Names one change: its id, `owner/repo#number`, or the number where it is unique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeId {
    /// The name.
    pub id: String,
}

/// Everything known about one change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChangePage {
    /// The change as in lists.
    #[serde(flatten)]
    pub item: ChangeItem,
    /// What it is a record of.
    pub kind: ChangeKind,
    /// Description, read from the evidence; `None` when the export has none.
    pub body: Option<String>,
    /// The quarter of its implementation.
    pub quarter: Option<String>,
    /// Whether it counts in that quarter, and why not.
    pub population: PopulationNote,
    /// The policy version that judged it.
    pub policy: change_ledger_model::quarterly::PolicyReference,
    /// Facts by name, each with its value in words.
    pub facts: Vec<FactLine>,
    /// Signals with the text that triggered them.
    pub signal_lines: Vec<SignalLine>,
    /// The retroactive review in detail.
    pub review: ReviewDetail,
    /// How it answers each control, in the order of their letters.
    pub controls: Vec<ControlLine>,
    /// Reviews in order of time.
    pub reviews: Vec<ReviewLine>,
    /// Whether a link to an incident is there, and of what kind.
    pub incident_link: IncidentLinkState,
    /// Linked tickets and incidents.
    pub links: Vec<LinkLine>,
    /// One timeline of everything dated.
    pub timeline: Vec<TimelineEntry>,
    /// Every imported version, newest first.
    pub revisions: Vec<RevisionLine>,
    /// Everything that people attested of it, in the order in which they stated it.
    pub attestations: Vec<AttestationLine>,
    /// The verdicts that are other ones by the imported files alone.
    pub without_attestations: Vec<VerdictWithout>,
}

/// Whether a change counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PopulationNote {
    /// Whether it counts.
    pub counted: bool,
    /// Why, as a sentence.
    pub reason: String,
}

/// One fact about a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct FactLine {
    /// Stable name, `approved_before`.
    pub fact: String,
    /// Name for people.
    pub label: String,
    /// Value in words; `None` when unknown.
    pub value: Option<String>,
}

/// A signal with what triggered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SignalLine {
    /// The signal.
    pub signal: Signal,
    /// The text or circumstance that triggered it.
    pub text: String,
}

/// The retroactive review of a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReviewDetail {
    /// How far it got.
    pub state: ReviewState,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// When it was given.
    pub reviewed_at: Option<Timestamp>,
    /// Hours from implementation to review.
    pub hours: Option<f64>,
    /// The state as a sentence.
    pub sentence: String,
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReviewLine {
    /// Who.
    pub reviewer: String,
    /// What they said.
    pub verdict: Verdict,
    /// When; `None` when unknown.
    pub at: Option<Timestamp>,
    /// Whether it counts as a qualifying approval, and why not.
    pub note: String,
}

/// A linked record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct LinkLine {
    /// `ticket` or `incident`.
    pub kind: LinkedKind,
    /// Its key or name as written.
    pub name: String,
    /// Its title; `None` when it was named but not imported.
    pub title: Option<String>,
    /// How the link was found.
    pub found_in: FoundIn,
    /// Key of the ticket on the way.
    pub via_ticket: Option<String>,
    /// Whether the other record names the change back.
    pub two_way: bool,
    /// When the linked record began.
    pub opened_at: Option<Timestamp>,
    /// When it ended.
    pub resolved_at: Option<Timestamp>,
    /// Web address.
    pub url: Option<String>,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkedKind {
    /// A ticket.
    Ticket,
    /// An incident.
    Incident,
}

/// One dated entry of a change's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// What kind of entry, for its mark.
    pub kind: TimelineKind,
    /// What happened, as a sentence.
    pub text: String,
}

/// Kinds of timeline entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// The change was opened.
    Opened,
    /// A reviewer approved.
    Approved,
    /// A reviewer asked for changes, commented, or a review was dismissed.
    Reviewed,
    /// The change was implemented.
    Implemented,
    /// The review is due.
    Due,
    /// A linked incident began.
    IncidentOpened,
    /// A linked incident ended.
    IncidentResolved,
    /// A linked ticket was raised, resolved or commented on.
    Ticket,
}

/// One imported version of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RevisionLine {
    /// Number of the import run.
    #[ts(type = "number")]
    pub import: i64,
    /// The file.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Where in it.
    pub span: Span,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// When the source had last changed it.
    pub updated_at: Option<Timestamp>,
}

/// A record as it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RawRecord {
    /// The change.
    pub id: String,
    /// The file it came in.
    pub file: String,
    /// SHA-256 of that file, hexadecimal.
    pub sha256: String,
    /// Where in it.
    pub span: Span,
    /// The bytes as text; bytes that are no text are shown as `�`.
    pub text: String,
    /// The bytes themselves; not part of JSON.
    #[serde(skip)]
    #[ts(skip)]
    pub bytes: Vec<u8>,
}

/// The changes linked with a ticket or an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkedChanges {
    /// The name as it was asked for.
    pub name: String,
    /// The ticket or incident; `None` when it is named but was not imported.
    pub record: Option<LinkedRecord>,
    /// The changes, in the order of the ledger.
    pub changes: Vec<ChangeItem>,
}

/// A ticket or an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedRecord {
    /// Which of the two.
    pub kind: LinkedKind,
    /// The ledger-wide name.
    pub id: String,
    /// Title line.
    pub title: String,
    /// Web address.
    pub url: Option<String>,
}
