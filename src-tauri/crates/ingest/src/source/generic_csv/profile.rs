//! What a person says about the columns of a table.

use super::suggest;
use crate::{DateOrder, IngestError, table::header};
use change_ledger_model::record::Verdict;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Kind of record that a table has one row per.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileRecord {
    /// A change: a pull request, or a line of a change register.
    #[default]
    Change,
    /// A ticket.
    Ticket,
    /// An outage record.
    Incident,
}

impl ProfileRecord {
    /// Every kind, the usual one first.
    pub const ALL: [Self; 3] = [Self::Change, Self::Ticket, Self::Incident];

    /// Fields that a record of this kind has.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        use Field::{
            ApprovedAt, Approver, Assignee, Author, BaseBranch, ChangeType, Description, HeadBranch, ImplementedAt,
            Incident, Justification, Labels, MergeCommit, MergedBy, Number, OpenedAt, Repository, ResolvedAt, Service,
            Severity, Status, Ticket, TicketType, Title, UpdatedAt, Urgency, Url, Verdict,
        };
        match self {
            Self::Change => &[
                Number,
                Title,
                ImplementedAt,
                OpenedAt,
                UpdatedAt,
                Author,
                MergedBy,
                Approver,
                ApprovedAt,
                Verdict,
                Labels,
                ChangeType,
                Status,
                Url,
                Repository,
                BaseBranch,
                HeadBranch,
                MergeCommit,
                Incident,
                Ticket,
                Description,
                Justification,
            ],
            Self::Ticket => &[
                Number,
                Title,
                ImplementedAt,
                OpenedAt,
                ResolvedAt,
                UpdatedAt,
                Author,
                Assignee,
                Labels,
                ChangeType,
                TicketType,
                Status,
                Url,
                Repository,
                Incident,
                Ticket,
                Description,
                Justification,
                Severity,
            ],
            Self::Incident => &[
                Number,
                Title,
                OpenedAt,
                ResolvedAt,
                UpdatedAt,
                Status,
                Url,
                Repository,
                Incident,
                Ticket,
                Description,
                Justification,
                Service,
                Severity,
                Urgency,
            ],
        }
    }

    /// Fields without which no row says anything that counts.
    #[must_use]
    pub const fn needed(self) -> &'static [Field] {
        match self {
            Self::Change => &[Field::Number, Field::ImplementedAt],
            Self::Ticket => &[Field::Number],
            Self::Incident => &[Field::Number, Field::OpenedAt],
        }
    }
}

/// What a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The number or key by which people know the record.
    Number,
    /// Title line.
    Title,
    /// When a change was merged or implemented.
    ImplementedAt,
    /// When it was opened, raised or began.
    OpenedAt,
    /// When a ticket was resolved or an incident ended.
    ResolvedAt,
    /// When it was last changed.
    UpdatedAt,
    /// Who opened it.
    Author,
    /// Who merged or implemented it.
    MergedBy,
    /// Who works on a ticket.
    Assignee,
    /// Who approved it; one cell may name several.
    Approver,
    /// When it was approved.
    ApprovedAt,
    /// What the approver said, where it was not always "approved".
    Verdict,
    /// Labels.
    Labels,
    /// Category or type of a change or ticket.
    ChangeType,
    /// Type of a ticket.
    TicketType,
    /// State. For a change, `abandoned` (also cancelled, rejected, withdrawn) and `implemented` (also
    /// completed, closed, done, merged, deployed) are understood; other words go into `[values.status]`.
    Status,
    /// Web address.
    Url,
    /// Repository, project or system.
    Repository,
    /// Branch merged into.
    BaseBranch,
    /// Branch merged from.
    HeadBranch,
    /// Commit that the merge made.
    MergeCommit,
    /// The incident that a record belongs to.
    Incident,
    /// The ticket that a record belongs to.
    Ticket,
    /// Description.
    #[serde(alias = "body")]
    Description,
    /// Why the change was made, or could not wait.
    Justification,
    /// The affected service.
    Service,
    /// Severity or priority.
    Severity,
    /// Urgency.
    Urgency,
}

/// The name of a column, or of several that mean the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Headers {
    /// One column.
    One(String),
    /// Several columns.
    Many(Vec<String>),
}

impl Headers {
    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Many(names) => names,
        }
    }
}

/// How to read a table that no known tool wrote, as a small TOML file:
///
/// ```toml
/// name = "register"
/// record = "change"
/// timezone = "Europe/Berlin"
///
/// [columns]
/// number = "Change-Nr."
/// implemented_at = "Umgesetzt am"
/// approver = "Freigabe durch"
///
/// [values.change_type]
/// "Notfall" = "emergency"
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnProfile {
    /// Short name; part of the ids of the records, so that it must not change between imports.
    pub name: String,
    /// Kind of record per row.
    #[serde(default)]
    pub record: ProfileRecord,
    /// Names of the columns by what they mean.
    pub columns: BTreeMap<Field, Headers>,
    /// Words to replace, by field: what the table says to what it means.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<Field, BTreeMap<String, String>>,
    /// What the words in the verdict column mean.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub verdicts: BTreeMap<String, Verdict>,
    /// What separates several values in one cell; by default a line end or semicolon, and for labels also a comma.
    #[serde(default)]
    pub multi_separator: Option<String>,
    /// Time zone of the table's times, where they have no offset.
    #[serde(default)]
    pub timezone: Option<Tz>,
    /// Order of day and month in its dates.
    #[serde(default)]
    pub date_order: Option<DateOrder>,
    /// Repository, project or system of rows that do not name theirs.
    #[serde(default)]
    pub repository: Option<String>,
}

impl ColumnProfile {
    /// Reads the TOML form.
    ///
    /// # Errors
    /// [`IngestError::BadProfile`] when it is no such TOML, its name cannot be part of an id, or a
    /// column that its kind of record needs is not named.
    pub fn from_toml(text: &str) -> Result<Self, IngestError> {
        let profile: Self = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            bad(
                format!("line {line}: {}", error.message().replace('\n', " ")),
                "A profile is TOML with `name`, `record` and a table `[columns]`.".to_owned(),
            )
        })?;
        profile.check()?;
        Ok(profile)
    }

    /// A profile to start from, guessed from the names of the columns.
    #[must_use]
    pub fn suggested_for(header: &[String]) -> Self {
        suggest::profile(header)
    }

    /// The TOML form.
    #[must_use]
    pub fn to_toml(&self) -> String {
        suggest::as_toml(self)
    }

    fn check(&self) -> Result<(), IngestError> {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if self.name.is_empty() || !self.name.chars().all(is_name) {
            return Err(bad(
                format!("its name \"{}\" cannot be part of an id", self.name),
                "Use lower-case letters, digits, hyphens and underscores: name = \"change-register\".".to_owned(),
            ));
        }
        if let Some(field) = self.columns.keys().find(|field| !self.record.fields().contains(field)) {
            return Err(bad(
                format!("`{}` means nothing for this kind of record", suggest::name_of(*field)),
                "Take it out of [columns], or correct `record`: change, ticket or incident.".to_owned(),
            ));
        }
        match self.record.needed().iter().find(|field| !self.columns.contains_key(field)) {
            Some(field) => Err(bad(
                format!("it does not say which column is `{}`", suggest::name_of(*field)),
                format!("Add it to [columns]: {} = \"name of the column\".", suggest::name_of(*field)),
            )),
            None => Ok(()),
        }
    }

    /// Whether every column that it names is in a header.
    #[must_use]
    pub fn fits(&self, names: &[String]) -> bool {
        self.columns_in(names).is_ok()
    }

    /// Positions of its columns in a header.
    pub(super) fn columns_in(&self, names: &[String]) -> Result<BTreeMap<Field, Vec<usize>>, IngestError> {
        self.check()?;
        let mut columns = BTreeMap::new();
        for (&field, headers) in &self.columns {
            let mut found: Vec<usize> = Vec::new();
            for wanted in headers.names() {
                let exact = positions(names, |name| name.trim() == wanted.trim());
                let alike = if exact.is_empty() {
                    positions(names, |name| header::plain(name) == header::plain(wanted))
                } else {
                    exact
                };
                if alike.is_empty() {
                    return Err(bad(
                        format!("column \"{wanted}\" for `{}` is not in the table", suggest::name_of(field)),
                        format!("The columns are: {}.", header::listed(names)),
                    ));
                }
                found.extend(alike);
            }
            columns.insert(field, found);
        }
        Ok(columns)
    }
}

fn positions(names: &[String], is_wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    names.iter().enumerate().filter(|(_, name)| is_wanted(name)).map(|(column, _)| column).collect()
}

pub(super) fn bad(reason: String, hint: String) -> IngestError {
    IngestError::BadProfile { reason, hint }
}
