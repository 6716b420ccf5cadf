//! Commit names: 40 or 64 hexadecimal digits are packed into half as many bytes, anything else stays text.

use crate::hexadecimal::{hex, unhex};
use rusqlite::{
    Result, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

/// A commit name as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Commit {
    Sha1([u8; 20]),
    Sha256([u8; 32]),
    Text(String),
}

impl Commit {
    pub(crate) fn new(text: &str) -> Self {
        let packed = match text.len() {
            40 => unhex(text).map(Self::Sha1),
            64 => unhex(text).map(Self::Sha256),
            _ => None,
        };
        packed.unwrap_or_else(|| Self::Text(text.to_owned()))
    }

    /// The name as people write it.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Sha1(bytes) => hex(bytes),
            Self::Sha256(bytes) => hex(bytes),
            Self::Text(text) => text.clone(),
        }
    }
}

impl ToSql for Commit {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Sha1(bytes) => ValueRef::Blob(bytes),
            Self::Sha256(bytes) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl FromSql for Commit {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(bytes) => (bytes.try_into().map(Self::Sha1))
                .or_else(|_| bytes.try_into().map(Self::Sha256))
                .map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 20, blob_size: bytes.len() }),
            ValueRef::Text(_) => value.as_str().map(|text| Self::Text(text.to_owned())),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_packing() {
        let check = |text: &str, is_packed: bool| {
            let commit = Commit::new(text);
            assert_eq!((!matches!(commit, Commit::Text(_)), commit.to_text().as_str()), (is_packed, text));
        };
        check("2f1c9ab04de8f3b2a1c0d9e8f7061524a3b4c5d6", true);
        check(&"0f".repeat(32), true);
        check("2f1c9ab", false);
        check("2F1C9AB04DE8F3B2A1C0D9E8F7061524A3B4C5D6", false);
        check("not a commit, but forty characters long.", false);
        check("", false);
    }
}
