//! The lines and dots of patterned areas, defined once per chart.

use super::markup::{identifier, leaf, open};
use crate::chart::{
    ChartSpec, Pattern,
    palette::{Ink, hex},
};

/// Id of a pattern, unique to the chart.
pub(super) fn id(chart: &str, pattern: Pattern) -> String {
    format!("{}-{}", identifier(chart), pattern.name())
}

/// Appends `<defs>` with the patterns that the series of `chart` use.
pub(super) fn define(out: &mut String, chart: &ChartSpec) {
    let used = |pattern: &Pattern| chart.series.iter().any(|series| series.pattern == *pattern);
    let tiles: Vec<_> = Pattern::ALL.into_iter().filter(used).filter_map(|used| Some((used, used.tile()?))).collect();
    if tiles.is_empty() {
        return;
    }
    out.push_str("<defs>\n");
    for (pattern, (side, path)) in tiles {
        let attributes = [
            ("id", id(&chart.id, pattern)),
            ("width", side.to_string()),
            ("height", side.to_string()),
            ("patternUnits", "userSpaceOnUse".to_owned()),
        ];
        open(out, "pattern", &attributes);
        out.push('>');
        let attributes = [
            ("d", path.to_owned()),
            ("fill", "none".to_owned()),
            ("stroke", hex(Ink::Surface.rgb())),
            ("stroke-width", "1".to_owned()),
            ("class", "pattern-line".to_owned()),
        ];
        leaf(out, "path", &attributes);
        out.push_str("</pattern>\n");
    }
    out.push_str("</defs>\n");
}
