//! The report as one HTML file.

use crate::{
    ReportError,
    chart::{
        self, Medium, Size,
        typeface::{SANS, Typeface},
    },
    content::QuarterReport,
    document::Document,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use minijinja::{Environment, UndefinedBehavior, context, syntax::SyntaxConfig, value::Serde};
use std::{collections::BTreeMap, sync::LazyLock};

const TEMPLATE: &str = "report.html";

/// Everything between `<style>` and `</style>`: the text faces, the page, the charts.
pub(crate) static STYLE: LazyLock<String> = LazyLock::new(|| {
    let faces = [Typeface::Regular, Typeface::SemiBold].map(|face| {
        let (weight, data) = (face.weight(), STANDARD.encode(face.bytes()));
        format!(
            "@font-face {{ font-family: \"{SANS}\"; font-weight: {weight}; src: url(data:font/ttf;base64,{data}); }}\n"
        )
    });
    format!("{}{}{}", faces.concat(), include_str!("../templates/report.css"), chart::STYLE)
});

/// Size of a chart on the page, in CSS pixels; it scales with the page's width.
const CHART: Size = Size { width: 760, height: 320 };
/// Size of the small line on a tile.
const TREND: Size = Size { width: 120, height: 32 };

/// The report as one self-contained HTML file: style and charts inside, no scripts, nothing fetched. It follows the
/// reader's choice of light or dark, and prints.
///
/// The same report gives the same bytes.
///
/// # Errors
/// [`ReportError`] when the report names no quarter or policy, or a chart cannot be drawn.
pub fn html(report: &QuarterReport) -> Result<String, ReportError> {
    let document = Document::of(report)?;
    let mut charts = BTreeMap::new();
    for (spec, size) in document.drawings(CHART, TREND) {
        charts.insert(spec.id.clone(), chart::draw(spec, size, Medium::Screen)?.into_string());
    }
    let mut environment = environment()?;
    environment.add_template(TEMPLATE, include_str!("../templates/report.html"))?;
    let template = environment.get_template(TEMPLATE)?;
    Ok(template.render(context! { document => Serde(&document), charts, style => STYLE.as_str() })?)
}

/// What fills a template. The templates' names end in `.html`: everything that is not marked safe is escaped.
pub(crate) fn environment() -> Result<Environment<'static>, ReportError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // Head and header are the same for a report and a work paper.
    environment.add_template("opening.html", include_str!("../templates/opening.html"))?;
    Ok(environment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn it_is_one_file_that_fetches_nothing_and_runs_nothing() {
        let page = html(&sample::report()).unwrap();
        for forbidden in ["<script", "<link", "<iframe", "<img", "@import", "url(http", " src=", " onload", " style=\""]
        {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">"));
        assert_eq!(page.matches("<svg").count(), 4 + 6);
    }

    #[test]
    fn imported_text_stays_text() {
        let page = html(&sample::hostile_report()).unwrap();
        assert!(page.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"));
        assert!(!page.contains("<script") && !page.contains("<img"));
        assert!(page.contains("{{ 7*7 }}"));
        let acts =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        assert_eq!(page.chars().find(|c| acts(*c)), None);
    }

    #[test]
    fn every_link_within_the_page_has_its_target() {
        for report in [sample::report(), sample::empty_report(), sample::restated_report(), sample::attested_report()] {
            let page = html(&report).unwrap();
            let values = |attribute: &str| -> Vec<String> {
                page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
            };
            let ids = values(" id=\"");
            for target in values("href=\"#") {
                assert!(ids.contains(&target), "{target}");
            }
            let mut unique = ids.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), ids.len(), "an id stands twice");
        }
    }

    #[test]
    fn a_quarter_with_two_hundred_emergencies_is_written_in_full() {
        let mut report = sample::report();
        report.emergencies = report.emergencies.iter().cloned().cycle().take(200).collect();
        assert_eq!(html(&report).unwrap().matches("<article").count(), 200);
    }

    #[test]
    fn nothing_is_not_zero() {
        let page = html(&sample::empty_report()).unwrap();
        assert!(page.contains("n&#x2f;a: no changes in the quarter"));
        assert!(!page.contains("NaN"));
    }
}
