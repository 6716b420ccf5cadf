use serde::{Deserialize, Serialize};

/// What kind of thing a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum MentionKind {
    /// A ticket key, `PLAT-1190`. Whether it is one is only known once tickets of that project are
    /// imported: `UTF-8` looks the same.
    TicketKey = 0,
    /// A change: `acme/pay#2214` (an issue of that repository is written the same way).
    Change = 1,
    /// A commit, as 7 to 40 hexadecimal digits.
    Commit = 2,
    /// An incident: `INC-482`, `INC0098112`, or the id in an incident tool's address.
    Incident = 3,
    /// A change request of a service desk, `CHG0041877`.
    ChangeRequest = 4,
    /// A problem record, `PRB0040012`.
    Problem = 5,
    /// A security advisory, `GHSA-…` or `CVE-…`.
    Advisory = 6,
}

impl MentionKind {
    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        use MentionKind::{Advisory, Change, ChangeRequest, Commit, Incident, Problem, TicketKey};
        [TicketKey, Change, Commit, Incident, ChangeRequest, Problem, Advisory]
            .into_iter()
            .find(|kind| *kind as u8 == code)
    }
}

/// Where a mention was found: how a link came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum FoundIn {
    /// A field of the source made for links.
    LinkField = 0,
    /// A web address in a text.
    Address = 1,
    /// The title line.
    Title = 2,
    /// The description.
    Body = 3,
    /// The name of the branch.
    Branch = 4,
    /// A label.
    Label = 5,
    /// A comment or note.
    Note = 6,
    /// A person said so in the app.
    Person = 7,
}

impl FoundIn {
    /// From the number stored in a ledger.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        use FoundIn::{Address, Body, Branch, Label, LinkField, Note, Person, Title};
        [LinkField, Address, Title, Body, Branch, Label, Note, Person].into_iter().find(|place| *place as u8 == code)
    }
}

/// One thing that a record names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// What kind of thing.
    pub kind: MentionKind,
    /// Its normalised name: keys and incident ids in upper case (`INC-482`, `Q1ZK8M0`), changes as
    /// lower-case `owner/repo#number`, commits in lower case.
    pub name: String,
    /// Where it was found.
    pub found_in: FoundIn,
    /// The text as written, or the type of the link field (`is caused by`).
    pub text: String,
}
