//! Charts of the quarter's numbers: first as typed descriptions ([`ChartSpec`]), then as SVG drawn by Plotters.
//!
//! The same drawing serves paper and window. Every shape carries its colour in hexadecimal digits, which print uses, and a
//! class, by which a style sheet recolours it on screen; [`STYLE`] does that for light and dark.
//!
//! | class | what |
//! | --- | --- |
//! | `chart`, `chart-ID` | the whole drawing |
//! | `mark` with `data-quarter` or `data-bucket`, `data-series`, `data-value`, `data-label` | the group of one number; a gap has no `data-value` |
//! | `rule` with `data-rule` | the group of a limit, warning level or deadline |
//! | `tone-good`, `tone-warn`, `tone-bad`, `tone-unknown`, `tone-accent`, `tone-neutral` | filled shapes, by meaning |
//! | `tone-good-line` and so on | lines and outlines of that meaning |
//! | `tone-hollow`, `surface`, `rim`, `pattern-line` | what has the colour of the page |
//! | `axis-line`, `grid-line`, `focus-band`, `gap-band` | the frame |
//! | `confidence-band` | the area between the limits of a curve |
//! | `text`, `text-muted`, `text-on-tone`, `text-strong` | words |
//! | `hit` | invisible room around a point, for pointers ([`Medium::Screen`] only) |
//!
//! Nothing depends on colour alone: states differ by pattern or by the shape of the point and bear their number.

mod draw;
pub(crate) mod number;
mod palette;
mod quarterly;
mod review_curve;
mod sparkline;
mod spec;
#[cfg(test)]
mod tests;
mod time_to_review;
pub mod typeface;

pub use draw::{ChartError, Medium, Size, Svg, draw};
pub use palette::{Pattern, Tone};
pub use quarterly::{classes_per_quarter, emergency_ratio, retroactive_reviews};
pub use review_curve::{median_words, review_curve};
pub use sparkline::sparkline;
pub use spec::{
    Category, CategoryAxis, ChartSpec, CurvePoint, DataTable, FootRow, Form, Mark, MarkKind, Rule, RuleKind, Series,
    Unit,
};
pub use time_to_review::{ReviewTime, deadline_words, time_to_review};

/// The style sheet that colours the drawings on screen, light and dark.
pub const STYLE: &str = include_str!("../assets/chart.css");
