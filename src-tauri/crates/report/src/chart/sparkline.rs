//! The small trend of a tile.

use super::{CategoryAxis, ChartSpec, Form, Mark, MarkKind, Pattern, Series, Tone, Unit, number, quarterly};

/// A small trend without axes: `values` are (quarter, value), ascending, `None` where there is none.
#[must_use]
pub fn sparkline(id: &str, title: &str, unit: Unit, values: &[(String, Option<f64>)]) -> ChartSpec {
    let label = |value: Option<f64>| value.map_or_else(|| number::NOT_APPLICABLE.to_owned(), |value| unit.words(value));
    ChartSpec {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description(title, values, &label),
        form: Form::Sparkline,
        unit,
        categories: values.iter().map(|(quarter, _)| quarterly::category(quarter)).collect(),
        axis: CategoryAxis::Quarters,
        series: vec![Series {
            key: id.to_owned(),
            label: title.to_owned(),
            tone: Tone::Accent,
            pattern: Pattern::Solid,
        }],
        marks: values
            .iter()
            .map(|(_, value)| value.filter(|value| value.is_finite()))
            .enumerate()
            .map(|(category, value)| Mark {
                category,
                series: 0,
                value,
                label: label(value),
                kind: if value.is_some() { MarkKind::Plain } else { MarkKind::Gap },
            })
            .collect(),
        rules: Vec::new(),
        foot_rows: Vec::new(),
        focus: None,
        steps: Vec::new(),
    }
}

fn description(title: &str, values: &[(String, Option<f64>)], label: &dyn Fn(Option<f64>) -> String) -> String {
    match values {
        [] => format!("{title}: no quarters."),
        [(quarter, value)] => format!("{title} in {quarter}: {}.", label(*value)),
        [(first, from), .., (last, to)] => {
            format!("{title}, {} quarters: {} in {first}, {} in {last}.", values.len(), label(*from), label(*to))
        }
    }
}
