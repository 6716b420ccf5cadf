//! The typed description of a chart: everything that it shows, before anything is drawn.

use super::{Pattern, Tone, number};
use serde::Serialize;

/// Everything that a chart shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartSpec {
    /// Short name, unique on a page; every id in the drawing begins with it.
    pub id: String,
    /// Title, as printed above the chart by whoever places it (the drawing carries it as its accessible name).
    pub title: String,
    /// What the chart shows, in sentences, for people who cannot see it: the alternative text.
    pub description: String,
    /// How it is drawn.
    pub form: Form,
    /// Unit of the values.
    pub unit: Unit,
    /// Places on the horizontal axis, in order.
    pub categories: Vec<Category>,
    /// What those places are.
    pub axis: CategoryAxis,
    /// Series, in stacking order from the axis up.
    pub series: Vec<Series>,
    /// Numbers, by category and then by series.
    pub marks: Vec<Mark>,
    /// Limits.
    pub rules: Vec<Rule>,
    /// Rows of figures below the axis.
    pub foot_rows: Vec<FootRow>,
    /// Key of the category that the page is about.
    pub focus: Option<String>,
    /// The corners of a [`Form::Curve`], ascending; other forms have none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<CurvePoint>,
}

/// Where a curve takes another value, which it keeps until the next of these.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Place on the category axis: 0 at the left edge of the first category, 1 per category.
    pub at: f64,
    /// The value from there on.
    pub value: f64,
    /// Lower limit of the value; `None` where there is none.
    pub low: Option<f64>,
    /// Upper limit of the value.
    pub high: Option<f64>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Points joined by lines; the first series is the subject, further ones are context.
    Line,
    /// One stacked bar per category.
    Stacked,
    /// A small line without axes.
    Sparkline,
    /// A step curve with a confidence band; marks are its values at the ends of categories.
    Curve,
}

/// Unit of a chart's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Whole things, named in the plural: `reviews owed`.
    Count(&'static str),
    /// Share 0 to 1, shown in per cent.
    Share,
    /// Share of reviews that is still open, 0 to 1, shown in per cent.
    OpenShare,
    /// Hours.
    Hours,
}

/// A place on the horizontal axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Stable name: the quarter `2026-Q3`, or the bucket `12-24h`.
    pub key: String,
    /// First line of its label: `Q3`.
    pub label: String,
    /// Second line, printed where it differs from the category before: `2026`.
    pub group: Option<String>,
    /// Whether it stands apart from the axis: `still open` beside spans of hours.
    pub apart: bool,
}

impl Category {
    /// In words: `2026-Q3`, `12–24 h`.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.group.is_some() { &self.key } else { &self.label }
    }
}

/// What the places on the horizontal axis are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CategoryAxis {
    /// Quarters, ascending.
    Quarters,
    /// Spans of time from implementation to review, ascending.
    ReviewTimes,
}

impl CategoryAxis {
    /// Heading of the first column of the data table.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Quarters => "Quarter",
            Self::ReviewTimes => "Time to review",
        }
    }

    /// The data attribute that names a mark's category.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            Self::Quarters => "data-quarter",
            Self::ReviewTimes => "data-bucket",
        }
    }
}

/// A series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Stable name: `on_time`.
    pub key: String,
    /// In words: `on time`.
    pub label: String,
    /// Colour by meaning.
    pub tone: Tone,
    /// Fill.
    pub pattern: Pattern,
}

/// One number of a chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Position in `categories`.
    pub category: usize,
    /// Position in `series`.
    pub series: usize,
    /// The value; `None` is a gap: not applicable or unknown, never zero.
    pub value: Option<f64>,
    /// The value in words, `7.5%`; for a gap, `n/a`.
    pub label: String,
    /// What kind of value it is.
    pub kind: MarkKind,
}

/// What kind of value a mark shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A value that nothing judges.
    Plain,
    /// Within the limit.
    Within,
    /// Above the warning level.
    Warning,
    /// Above the limit.
    Breach,
    /// No value.
    Gap,
}

/// A limit drawn across the chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// What it is.
    pub kind: RuleKind,
    /// In words, beside the line: `limit 10%`.
    pub label: String,
    /// Horizontal rule: its value per category (a policy may change). Vertical rule: the position on the category axis,
    /// 0 at the left edge of the first category, 1 per category.
    pub values: Vec<f64>,
}

/// What a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Horizontal: the policy's limit.
    Limit,
    /// Horizontal: the policy's warning level.
    Warning,
    /// Vertical: a deadline.
    Deadline,
}

/// A row of figures below the axis, one per category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FootRow {
    /// What the figures are: `n`.
    pub label: String,
    /// One per category.
    pub values: Vec<String>,
}

/// The numbers of a chart as a table, for screen readers and for everyone who wants to read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataTable {
    /// Title of the chart.
    pub caption: String,
    /// Column headings; the first is that of the categories.
    pub columns: Vec<String>,
    /// Rows, as wide as `columns`.
    pub rows: Vec<Vec<String>>,
}

impl ChartSpec {
    /// The same chart under another id, for a page that shows it twice.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// The same chart with the category `key` set off: the quarter that the page is about.
    #[must_use]
    pub fn with_focus(mut self, key: impl Into<String>) -> Self {
        self.focus = Some(key.into());
        self
    }

    /// The mark of a category and series.
    #[must_use]
    pub fn mark(&self, category: usize, series: usize) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.category == category && mark.series == series)
    }

    /// Every number of the chart, in words.
    #[must_use]
    pub fn table(&self) -> DataTable {
        let headings = self.series.iter().map(|series| number::capitalised(&series.label));
        let rules = self.rules.iter().filter(|rule| rule.kind != RuleKind::Deadline);
        let columns = std::iter::once(self.axis.heading().to_owned())
            .chain(headings)
            .chain(rules.clone().map(|rule| number::capitalised(rule.kind.name())))
            .chain(self.foot_rows.iter().map(|row| number::capitalised(&row.label)))
            .collect();
        let rows = self.categories.iter().enumerate().map(|(place, category)| {
            std::iter::once(category.name().to_owned())
                .chain((0..self.series.len()).map(|series| self.cell(place, series)))
                .chain(rules.clone().map(|rule| {
                    rule.values
                        .get(place)
                        .map_or_else(|| number::NOT_APPLICABLE.to_owned(), |value| self.unit.words(*value))
                }))
                .chain(self.foot_rows.iter().map(|row| row.values.get(place).cloned().unwrap_or_default()))
                .collect()
        });
        DataTable { caption: self.title.clone(), columns, rows: rows.collect() }
    }

    fn cell(&self, category: usize, series: usize) -> String {
        self.mark(category, series).map_or_else(|| number::NOT_APPLICABLE.to_owned(), |mark| mark.label.clone())
    }
}

impl RuleKind {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Warning => "warning level",
            Self::Deadline => "deadline",
        }
    }
}

impl Unit {
    /// What the value axis counts: `reviews owed`, `share of changes`, `hours`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count(things) => things,
            Self::Share => "share of changes",
            Self::OpenShare => "share still open",
            Self::Hours => "hours",
        }
    }

    /// A value on the axis, without needless decimals: `10%`.
    pub(super) fn tick(self, value: f64) -> String {
        if matches!(self, Self::Share | Self::OpenShare) { number::level(value) } else { self.words(value) }
    }

    /// A value of this unit as text: `7.5%`, `1,204`, `26.5 h`.
    #[must_use]
    pub fn words(self, value: f64) -> String {
        match self {
            Self::Count(_) => number::count_of(value),
            Self::Share | Self::OpenShare => number::percent(value),
            Self::Hours => number::hours(value),
        }
    }
}
