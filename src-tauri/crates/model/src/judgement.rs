//! The words in which a change is judged: signals, classes, approval, retroactive-review states.

use serde::{Deserialize, Serialize};

/// An observation about a change that may make it an emergency. Each is kept with the text that triggered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Signal {
    /// The change itself bears the emergency label, type or title tag.
    EmergencyLabel = 0,
    /// A linked ticket is of emergency type or bears the label.
    EmergencyTicket = 1,
    /// Review data is present and there is no qualifying approval at implementation.
    Unreviewed = 2,
    /// A recorded bypass of a review rule names this change.
    BypassRecorded = 3,
    /// The branch is named like a hotfix.
    HotfixBranch = 4,
    /// Title or description contains emergency words.
    EmergencyWords = 5,
    /// A link to an incident, imported or only named.
    IncidentLink = 6,
    /// Implemented while a severe incident of the same service was open.
    IncidentWindow = 7,
    /// Opened and implemented within minutes.
    FastMerge = 8,
    /// Implemented outside business hours.
    OutOfHours = 9,
}

impl Signal {
    /// Every signal, in order.
    pub const ALL: [Self; 10] = [
        Self::EmergencyLabel,
        Self::EmergencyTicket,
        Self::Unreviewed,
        Self::BypassRecorded,
        Self::HotfixBranch,
        Self::EmergencyWords,
        Self::IncidentLink,
        Self::IncidentWindow,
        Self::FastMerge,
        Self::OutOfHours,
    ];

    /// The bit that stands for this signal in a [`Signals`] set.
    #[must_use]
    pub const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// A set of signals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Signals(pub u16);

impl Signals {
    /// Whether `signal` is in the set.
    #[must_use]
    pub const fn has(self, signal: Signal) -> bool {
        self.0 & signal.bit() != 0
    }

    /// Whether every signal of `others` is in the set.
    #[must_use]
    pub const fn has_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// The set with `signal` added.
    #[must_use]
    pub const fn with(self, signal: Signal) -> Self {
        Self(self.0 | signal.bit())
    }

    /// The signals in the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Signal> {
        Signal::ALL.into_iter().filter(move |signal| self.has(*signal))
    }
}

impl FromIterator<Signal> for Signals {
    fn from_iter<I: IntoIterator<Item = Signal>>(signals: I) -> Self {
        signals.into_iter().fold(Self::default(), Self::with)
    }
}

/// What a change is, for the quarter's numbers: exactly one class per change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Class {
    /// Labelled as an emergency, itself or through its ticket.
    DeclaredEmergency = 0,
    /// Not labelled, but a detection rule of the policy matches.
    UnlabelledEmergency = 1,
    /// No qualifying approval at implementation, and no rule matched: an exception, not an emergency.
    Unreviewed = 2,
    /// Exempt by a rule of the policy; listed and counted.
    Exempt = 3,
    /// The rest.
    Routine = 4,
}

impl Class {
    /// Every class, in the order in which reports list them.
    pub const ALL: [Self; 5] =
        [Self::DeclaredEmergency, Self::UnlabelledEmergency, Self::Unreviewed, Self::Exempt, Self::Routine];

    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|class| *class as u8 == code)
    }

    /// Whether changes of this class belong to E, the emergencies of a quarter.
    #[must_use]
    pub const fn is_emergency(self) -> bool {
        matches!(self, Self::DeclaredEmergency | Self::UnlabelledEmergency)
    }

    /// The name in JSON and on the command line: `declared_emergency`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DeclaredEmergency => "declared_emergency",
            Self::UnlabelledEmergency => "unlabelled_emergency",
            Self::Unreviewed => "unreviewed",
            Self::Exempt => "exempt",
            Self::Routine => "routine",
        }
    }
}

/// When the first qualifying approval came, seen from the implementation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ApprovalTiming {
    /// At or before the implementation.
    Before = 0,
    /// None before, but one later.
    After = 1,
    /// Never.
    Never = 2,
    /// The imported files do not tell: no reviews, no times, no author, or no commits where the policy asks for them.
    Unknown = 3,
}

impl ApprovalTiming {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Before, Self::After, Self::Never, Self::Unknown].into_iter().find(|timing| *timing as u8 == code)
    }
}

/// How far the retroactive review of an emergency got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ReviewState {
    /// No retroactive review is owed.
    NotOwed = 0,
    /// Reviewed at or before the deadline.
    OnTime = 1,
    /// Reviewed after the deadline.
    Late = 2,
    /// Not reviewed, deadline not passed.
    Pending = 3,
    /// Not reviewed, deadline passed.
    Overdue = 4,
    /// The imported files do not tell whether it was reviewed, or whether in time.
    Unknown = 5,
}

impl ReviewState {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::NotOwed, Self::OnTime, Self::Late, Self::Pending, Self::Overdue, Self::Unknown]
            .into_iter()
            .find(|state| *state as u8 == code)
    }
}

/// What links an emergency to incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum IncidentLinkState {
    /// Names no incident.
    Missing = 0,
    /// Names incidents, none of which was imported.
    Dangling = 1,
    /// Linked to an imported incident that does not name it back.
    OneWay = 2,
    /// Linked to an imported incident that names it back.
    TwoWay = 3,
    /// Nothing that the files carried names an incident, but they did not carry every text in which one may be named.
    Unknown = 4,
}

impl IncidentLinkState {
    /// From the number used in columns.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Missing, Self::Dangling, Self::OneWay, Self::TwoWay, Self::Unknown]
            .into_iter()
            .find(|state| *state as u8 == code)
    }
}

/// Where a quarter's emergency ratio stands against the policy's limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum RatioState {
    /// At or below the warning level.
    Within,
    /// Above the warning level, at or below the limit.
    Warning,
    /// Above the limit.
    Breach,
    /// No changes in the quarter.
    #[serde(rename = "n/a")]
    NotApplicable,
}
