use crate::{Timestamp, person::Person, record::Mention};

/// One chat message, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The ledger-wide name, of channel (where the file names it) and time: `slack:inc-482/1788399731.220019`.
    pub id: String,
    /// The tool it comes from: `slack`.
    pub source: String,
    /// Channel, as people write it.
    pub channel: Option<String>,
    /// Id of the message that began the thread, as the source writes it.
    pub thread: Option<String>,
    /// Who wrote it. People of a chat have ids of its own until the list of its users was imported.
    pub author: Option<Person>,
    /// When it was written. An edit does not move it.
    pub at: Option<Timestamp>,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// What it says, in plain words. Kept in the evidence only.
    pub text: String,
    /// Reactions as `name: person, person`.
    pub reactions: Vec<String>,
    /// Tickets, incidents, changes and commits that it names.
    pub mentions: Vec<Mention>,
}
