//! One file per table: its statements, its row and what reads and writes it.

pub(crate) mod artifact;
pub(crate) mod change;
pub(crate) mod commit;
pub(crate) mod event;
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
    pub(crate) const fn code(self) -> i64 {
        self as i64
    }
}
