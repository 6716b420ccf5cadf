//! What holds for every drawing, also of numbers that nobody expects.

use super::super::{ChartError, MarkKind, STYLE};
use super::*;
use std::collections::BTreeSet;

const MEDIA: [Medium; 2] = [Medium::Print, Medium::Screen];

/// The values of `attribute` in `svg`, in order.
fn attributes<'a>(svg: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    svg.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Checks that every element is closed in order and that no number is undefined.
fn check_form(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{svg}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for forbidden in ["NaN", "inf", "var(", "<script", "style="] {
        assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
    }
}

/// Checks that everything drawn lies on the sheet, give or take the width of a line.
fn check_bounds(svg: &str, size: Size) {
    let inside = |attribute: &str, most: u32| {
        for value in attributes(svg, attribute) {
            let value: f64 = value.parse().unwrap();
            assert!((-1.0..=f64::from(most) + 1.0).contains(&value), "{attribute}={value} in {svg}");
        }
    };
    inside("x", size.width);
    inside("cx", size.width);
    inside("y", size.height);
    inside("cy", size.height);
    inside("width", size.width);
    inside("height", size.height);
}

fn unusual() -> Vec<ChartSpec> {
    let many: Vec<QuarterMetrics> = (0..120)
        .map(|ordinal| Quarter::from_ordinal(1990 * 4 + ordinal).to_string())
        .map(|name| quarter(&name, [3, 1, 0, 2, 90], [2, 1, 0, 0, 1]))
        .collect();
    let huge = vec![quarter("2026-Q3", [u64::MAX / 8; 5], [u64::MAX / 8; 5])];
    let empty = vec![quarter("2026-Q3", [0; 5], [0; 5])];
    let mut undefined = story();
    for metrics in &mut undefined {
        metrics.emergency_ratio = Some(f64::NAN);
        metrics.declared_ratio = Some(f64::INFINITY);
        metrics.ratio_limit = f64::NAN;
    }
    let mut hostile = vec![quarter("2026-Q3", [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])];
    for metrics in &mut hostile {
        metrics.quarter = "\"><script>alert(1)</script>&\u{202E}\u{7}事故-Q1".to_owned();
    }
    let odd = [f64::NAN, f64::INFINITY, -1.0, 1e300, 0.0]
        .map(|hours| ReviewTime { hours: Some(hours), state: ReviewState::OnTime });
    let mut charts: Vec<ChartSpec> = [vec![], empty, many, huge, undefined, hostile]
        .iter()
        .flat_map(|quarters| {
            [
                emergency_ratio(quarters, None),
                emergency_ratio(quarters, Some(f64::NAN)),
                classes_per_quarter(quarters).with_focus("2026-Q3"),
                retroactive_reviews(quarters).with_id("\"><script>"),
            ]
        })
        .collect();
    charts.push(time_to_review("2026-Q3", &odd, Deadline::Hours(10_000)));
    charts.push(time_to_review("", &[], Deadline::BusinessDays(1)));
    for values in [vec![], vec![None], vec![Some(f64::NAN), Some(1e300)], vec![Some(2.0), Some(2.0)]] {
        let values: Vec<(String, Option<f64>)> =
            values.into_iter().map(|value| ("2026-Q3".to_owned(), value)).collect();
        charts.push(sparkline("trend", "Trend", Unit::Hours, &values));
    }
    charts
}

#[test]
fn every_drawing_is_well_formed_and_stays_on_its_sheet() {
    let unusual = unusual().into_iter().map(|chart| (chart, PRINT));
    for (chart, size) in gallery().into_iter().chain(unusual) {
        for medium in MEDIA {
            let svg = drawn(&chart, size, medium).into_string();
            check_form(&svg);
            check_bounds(&svg, size);
        }
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for (chart, size) in gallery() {
        for medium in MEDIA {
            assert_eq!(drawn(&chart, size, medium), drawn(&chart.clone(), size, medium), "{}", chart.id);
        }
    }
}

#[test]
fn every_drawing_is_an_image_with_a_name_and_a_description() {
    for (chart, size) in gallery() {
        let svg = drawn(&chart, size, Medium::Print).into_string();
        assert_eq!(attributes(&svg, "role"), ["img"]);
        for reference in ["aria-labelledby", "aria-describedby"] {
            let [id] = attributes(&svg, reference)[..] else { panic!("{reference}") };
            assert!(attributes(&svg, "id").contains(&id), "{id}");
        }
        assert!(svg.contains(&format!(">{}</title>", chart.title)), "{svg}");
        assert!(svg.contains("</desc>"), "{svg}");
    }
}

#[test]
fn ids_of_charts_on_one_page_never_meet() {
    let twice = gallery().into_iter().map(|(chart, size)| {
        let id = format!("second-{}", chart.id);
        (chart.with_id(id), size)
    });
    let mut seen = BTreeSet::new();
    for (chart, size) in gallery().into_iter().chain(twice) {
        let svg = drawn(&chart, size, Medium::Screen).into_string();
        for id in attributes(&svg, "id") {
            assert!(seen.insert(id.to_owned()), "{id} appears twice");
        }
        for fill in attributes(&svg, "fill").into_iter().filter_map(|fill| fill.strip_prefix("url(#")) {
            assert!(seen.contains(fill.trim_end_matches(')')), "{fill} is defined in no chart");
        }
    }
}

#[test]
fn the_style_sheet_knows_every_class() {
    let structure = ["chart", "mark", "rule"];
    for (chart, size) in gallery() {
        let svg = drawn(&chart, size, Medium::Screen).into_string();
        for class in attributes(&svg, "class").into_iter().flat_map(str::split_whitespace) {
            let structural = structure.contains(&class) || class == format!("chart-{}", chart.id);
            assert!(
                structural || STYLE.contains(&format!(".{class} {{")) || STYLE.contains(&format!(".{class},")),
                "{class}"
            );
        }
    }
}

#[test]
fn marks_carry_their_data_and_gaps_have_no_value() {
    let (chart, size) = gallery().swap_remove(0);
    let svg = drawn(&chart, size, Medium::Screen).into_string();
    let mark = |quarter: &str, series: &str| {
        let start = format!("<g class=\"mark\" data-quarter=\"{quarter}\" data-series=\"{series}\"");
        svg.split(&start).nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(mark("2025-Q1", "emergency_ratio"), "data-value=\"0.119863\" data-label=\"12.0%\"");
    assert_eq!(mark("2025-Q3", "emergency_ratio"), "data-label=\"n/a\"");
    let gap = chart.marks.iter().find(|mark| mark.kind == MarkKind::Gap).unwrap();
    assert_eq!(gap.value, None);
    assert!(svg.contains("<title>2025-Q1: emergency ratio 12.0%</title>"), "{svg}");
}

#[test]
fn a_breach_has_a_shape_of_its_own() {
    let quarters = story();
    let svg = drawn(&emergency_ratio(&quarters, Some(0.05)), PRINT, Medium::Print).into_string();
    let breach = svg.split("data-quarter=\"2025-Q1\" data-series=\"emergency_ratio\"").nth(1).unwrap();
    let within = svg.split("data-quarter=\"2026-Q3\" data-series=\"emergency_ratio\"").nth(1).unwrap();
    assert!(breach.split_once("/>").unwrap().0.contains("<path"), "{breach}");
    assert!(within.split_once("/>").unwrap().0.contains("<circle"), "{within}");
}

#[test]
fn too_small_a_sheet_says_how_much_is_needed() {
    for (chart, _) in gallery() {
        let size = Size { width: 12, height: 9 };
        let error = draw(&chart, size, Medium::Print).unwrap_err();
        let ChartError::TooSmall { needed_width, needed_height, .. } = &error else { panic!("{error}") };
        let needed = Size { width: *needed_width, height: *needed_height };
        assert!(error.to_string().contains("12 × 9"), "{error}");
        assert!(draw(&chart, needed, Medium::Print).is_ok(), "{} at {needed:?}", chart.id);
    }
}
