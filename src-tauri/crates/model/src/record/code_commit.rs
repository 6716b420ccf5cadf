use crate::{Timestamp, person::Person, record::Mention};

/// One commit of a list of commits, as one row of one export describes it.
///
/// `None` always means that this row does not say, never "no".
#[derive(Debug, Clone, PartialEq)]
pub struct CodeCommit {
    /// The ledger-wide name: `github:acme/pay@9f3c1e0…`.
    pub id: String,
    /// The tool it comes from: `github`, `git`.
    pub source: String,
    /// Repository.
    pub repository: String,
    /// Hexadecimal name.
    pub sha: String,
    /// First line of its message.
    pub title: String,
    /// The rest of its message. Kept in the evidence only.
    pub body: Option<String>,
    /// Who wrote it.
    pub author: Option<Person>,
    /// Who committed it.
    pub committer: Option<Person>,
    /// When it was written, as its author's clock said. Anybody can set it.
    pub authored_at: Option<Timestamp>,
    /// When it was committed, as the committer's clock said. Anybody can set it.
    pub committed_at: Option<Timestamp>,
    /// Names of the commits before it; two or more make a merge.
    pub parents: Option<Vec<String>>,
    /// Branch that the list is of, where the file says so.
    pub branch: Option<String>,
    /// The change that it came in with, where the file says so: [`super::Change::id`].
    pub change: Option<String>,
    /// Whether the file shows that it was pushed without a change.
    pub is_direct_push: Option<bool>,
    /// Web address.
    pub url: Option<String>,
    /// Tickets, incidents and changes that it names.
    pub mentions: Vec<Mention>,
}
