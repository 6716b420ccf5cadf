use change_ledger_model::{
    import::ImportWarning,
    source::{Fact, SourceKind},
};

/// What is known about a file once it was read to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportHeader {
    /// The file as it was named.
    pub file: String,
    /// The archive that it was a member of.
    pub container: Option<String>,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What kind of export it is.
    pub kind: SourceKind,
    /// Why it was recognised as that, as a sentence.
    pub recognised_by: String,
    /// How to read one raw record of it again, JSON; handed back with the evidence as it is.
    pub reading: String,
    /// Rows seen, readable or not.
    pub rows_read: u64,
    /// Facts that the file carried.
    pub carries: Vec<Fact>,
    /// Facts that it could be asked about and cannot tell.
    pub cannot_tell: Vec<Fact>,
    /// Time zone used for times without an offset, IANA name.
    pub timezone: Option<String>,
    /// What a person should know.
    pub warnings: Vec<ImportWarning>,
}
