//! One file per table: its statements, its row and what reads and writes it.

pub(crate) mod artifact;
pub(crate) mod attestation;
pub(crate) mod change;
pub(crate) mod commit;
pub(crate) mod event;
pub(crate) mod identity;
pub(crate) mod import_run;
pub(crate) mod incident;
pub(crate) mod name;
pub(crate) mod pattern_set;
pub(crate) mod person;
pub(crate) mod reject;
pub(crate) mod review;
pub(crate) mod revision;
pub(crate) mod supporting;
pub(crate) mod text;
pub(crate) mod ticket;

use crate::StoreError;

/// What a row of `mention`, `text_hit` or `revision` belongs to, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Kind {
    Change = 0,
    Review = 1,
    Ticket = 2,
    Incident = 3,
    Deployment = 4,
    Bypass = 5,
    Check = 6,
    Alert = 7,
    Message = 8,
    Setting = 9,
    Commit = 10,
}

impl Kind {
    /// The kind of the record that a version of this kind belongs to: reviews belong to their change.
    pub(crate) fn of_record(code: i64) -> Result<Self, StoreError> {
        let own = [Self::Change, Self::Ticket, Self::Incident].into_iter();
        let mut kinds = own.chain(crate::supporting::TABLES.map(|(kind, _)| kind));
        match code {
            1 => Ok(Self::Change),
            code => kinds
                .find(|kind| kind.code() == code)
                .ok_or_else(|| StoreError::Damaged(format!("{code} is no kind of record"))),
        }
    }

    pub(crate) const fn code(self) -> i64 {
        self as i64
    }
}
