//! Tables of plain columns, before they become files.

use std::borrow::Cow;

/// One table of a pack.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// Its name, which is also the name of its file: `changes`.
    pub name: &'static str,
    /// What one row is.
    pub meaning: &'static str,
    /// Its columns, all of the same length.
    pub columns: Vec<Column<'a>>,
    /// The change that each row belongs to, by position; `None` for tables that are not about changes and are never parted.
    pub of_change: Option<Vec<u32>>,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its name in every format.
    pub name: String,
    /// What it says, with its unit and what null means.
    pub meaning: String,
    /// Its values.
    pub values: Values<'a>,
}

/// The values of a column; `None` is null in every format.
#[derive(Debug, Clone)]
pub enum Values<'a> {
    /// Texts.
    Text(Vec<Option<Cow<'a, str>>>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Fractions.
    Number(Vec<Option<f64>>),
    /// Yes or no.
    Boolean(Vec<Option<bool>>),
    /// Milliseconds since 1970-01-01T00:00:00Z, written as a point in time.
    Moment(Vec<Option<i64>>),
}

impl Values<'_> {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Integer(values) | Self::Moment(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Boolean(values) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type's name in SQL.
    #[must_use]
    pub const fn sql_type(&self) -> &'static str {
        match self {
            Self::Text(_) => "VARCHAR",
            Self::Integer(_) => "BIGINT",
            Self::Number(_) => "DOUBLE",
            Self::Boolean(_) => "BOOLEAN",
            Self::Moment(_) => "TIMESTAMP",
        }
    }
}

impl<'a> Table<'a> {
    /// A table without columns yet.
    pub(super) const fn new(name: &'static str, meaning: &'static str) -> Self {
        Self { name, meaning, columns: Vec::new(), of_change: None }
    }

    /// Says to which change each row belongs.
    pub(super) fn of_changes(mut self, positions: Vec<u32>) -> Self {
        self.of_change = Some(positions);
        self
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    pub(super) fn text<T: Into<Cow<'a, str>>>(
        self,
        name: &str,
        meaning: &str,
        values: impl Iterator<Item = Option<T>>,
    ) -> Self {
        // A text of no letters says nothing; as null it means the same in every format.
        let told = |text: Option<T>| text.map(Into::into).filter(|text: &Cow<'a, str>| !text.is_empty());
        self.with(name, meaning, Values::Text(values.map(told).collect()))
    }

    pub(super) fn integer(self, name: &str, meaning: &str, values: impl Iterator<Item = Option<i64>>) -> Self {
        self.with(name, meaning, Values::Integer(values.collect()))
    }

    pub(super) fn number(self, name: &str, meaning: &str, values: impl Iterator<Item = f64>) -> Self {
        self.with(name, meaning, Values::Number(values.map(Some).collect()))
    }

    pub(super) fn boolean(self, name: &str, meaning: &str, values: impl Iterator<Item = Option<bool>>) -> Self {
        self.with(name, meaning, Values::Boolean(values.collect()))
    }

    /// Two columns: `NAME_at`, a point in time, and `NAME_ms`, the same as a number, for arithmetic that means the same in
    /// every engine.
    pub(super) fn moment(self, name: &str, meaning: &str, values: impl Iterator<Item = Option<i64>>) -> Self {
        let values: Vec<Option<i64>> = values.collect();
        let number = format!("{name}_at in milliseconds since 1970-01-01T00:00:00Z");
        self.with(&format!("{name}_at"), &format!("{meaning} UTC"), Values::Moment(values.clone())).with(
            &format!("{name}_ms"),
            &number,
            Values::Integer(values),
        )
    }

    fn with(mut self, name: &str, meaning: &str, values: Values<'a>) -> Self {
        self.columns.push(Column { name: name.to_owned(), meaning: meaning.to_owned(), values });
        self
    }
}
