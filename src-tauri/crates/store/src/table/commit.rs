//! Commit names: 40 or 64 hexadecimal digits are packed into half as many bytes, anything else stays text.

use crate::hexadecimal::{hex, unhex};
use rusqlite::{
    Result, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

/// A commit name as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Commit {
    Packed(Vec<u8>),
    Text(String),
}

impl Commit {
    pub(crate) fn new(text: &str) -> Self {
        if matches!(text.len(), 40 | 64)
            && let Some(packed) = unhex(text)
        {
            return Self::Packed(packed);
        }
        Self::Text(text.to_owned())
    }

    /// The name as people write it.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Packed(bytes) => hex(bytes),
            Self::Text(text) => text.clone(),
        }
    }
}

impl ToSql for Commit {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Packed(bytes) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl FromSql for Commit {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(bytes) => Ok(Self::Packed(bytes.to_vec())),
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
            assert_eq!((matches!(commit, Commit::Packed(_)), commit.to_text().as_str()), (is_packed, text));
        };
        check("2f1c9ab04de8f3b2a1c0d9e8f7061524a3b4c5d6", true);
        check(&"0f".repeat(32), true);
        check("2f1c9ab", false);
        check("2F1C9AB04DE8F3B2A1C0D9E8F7061524A3B4C5D6", false);
        check("not a commit, but forty characters long.", false);
        check("", false);
    }
}
