//! The overview: the planted numbers of the quarter shown, and going from quarter to quarter.

use crate::{
    exports::{LAST_QUARTER, sample_truth},
    home::Home,
    window::Window,
};
use change_ledger_demo::{QuarterTruth, Truth};

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "n/a".to_owned(), |share| format!("{:.1}%", share * 100.0))
}

fn hours(hours: Option<f64>) -> String {
    match hours {
        None => "n/a".to_owned(),
        Some(hours) if hours > 72.0 => format!("{:.1} d", hours / 24.0),
        Some(hours) => format!("{hours:.1} h"),
    }
}

/// What each tile has to show for a quarter.
fn expected(truth: &Truth, quarter: &QuarterTruth) -> [(&'static str, Vec<String>); 5] {
    let review = &quarter.retroactive_review;
    let overdue: u64 = truth.quarters.iter().map(|quarter| quarter.retroactive_review.overdue).sum();
    let ratio = format!("{} of {} changes", quarter.emergencies, quarter.changes);
    [
        ("tile-emergency_ratio", vec![percent(quarter.emergency_ratio), ratio, percent(quarter.declared_ratio)]),
        ("tile-time_to_review", vec![hours(review.median_hours), hours(review.p90_hours)]),
        (
            "tile-unlabelled",
            vec![quarter.unlabelled_emergencies.count.to_string(), percent(quarter.unlabelled_emergencies.share)],
        ),
        (
            "tile-missing_incident",
            vec![quarter.missing_incident_links.count.to_string(), percent(quarter.missing_incident_links.share)],
        ),
        ("tile-overdue", vec![overdue.to_string(), format!("{} of {} review", review.overdue, review.owed)]),
    ]
}

/// Waits for a quarter, and compares every tile with what was planted.
async fn check(window: &Window, truth: &Truth, name: &str) {
    let shown = format!("return document.querySelector('[data-testid=quarter-switcher]').value === '{name}'");
    window.until(name, &shown).await;
    let quarter = truth.quarters.iter().find(|quarter| quarter.quarter == name).unwrap();
    for (tile, values) in expected(truth, quarter) {
        let text = window.text(tile).await;
        for (place, value) in values.iter().enumerate() {
            // The first is the tile's figure, alone on its line.
            let found =
                if place == 0 { text.lines().any(|line| line.trim() == value) } else { text.contains(value.as_str()) };
            assert!(found, "{name}, {tile}: {value} was planted, shown is {text}");
        }
    }
}

#[tokio::test]
async fn every_quarter_shows_its_planted_numbers() {
    let home = Home::new();
    let truth = sample_truth();
    let window = Window::open_sample(&home).await;
    let names: Vec<_> = truth.quarters.iter().map(|quarter| quarter.quarter.clone()).collect();
    assert_eq!(names.last().unwrap(), LAST_QUARTER);

    // Backwards with the button and forwards with the key, then one back with its key.
    for name in names.iter().rev() {
        check(&window, &truth, name).await;
        if name != &names[0] {
            window.click("quarter-prev").await;
        }
    }
    assert!(!window.find("quarter-prev").await.is_enabled().await.unwrap(), "nothing comes before the first quarter");
    window.press('[').await;
    check(&window, &truth, &names[0]).await;
    for name in &names[1..] {
        window.press(']').await;
        check(&window, &truth, name).await;
    }
    window.press('[').await;
    check(&window, &truth, &names[names.len() - 2]).await;
    window.click("quarter-next").await;
    check(&window, &truth, LAST_QUARTER).await;
    window.close().await;
}

#[tokio::test]
async fn charts_have_names_marks_for_the_keyboard_and_a_table() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    let drawn = "return document.querySelectorAll('[data-testid^=chart-] svg .mark').length > 0
        && document.querySelectorAll('.chart-drawing > svg').length === 5";
    window.until("five charts with marks", drawn).await;
    let unnamed = "return [...document.querySelectorAll('.chart-drawing > svg')]
        .filter((svg) => !svg.matches('[role=img][aria-label], [role=img][aria-labelledby]') && svg.querySelector('[role=img]') === null)
        .map((svg) => svg.outerHTML.slice(0, 200))";
    assert_eq!(window.script(unnamed).await, serde_json::json!([]));

    window.script("document.querySelector('[data-testid^=chart-] .frame').focus()").await;
    window.press('\u{E014}').await;
    let first =
        window.until("the first mark's words", "return document.querySelector('.tip')?.innerText || null").await;
    window.press('\u{E014}').await;
    let second =
        window.until("the second mark's words", "return document.querySelector('.tip')?.innerText || null").await;
    assert_ne!(first, second);

    window.script("document.querySelector('[data-testid^=chart-] button[aria-pressed]').click()").await;
    let rows = window
        .until("the table", "return document.querySelectorAll('[data-testid^=chart-] table tbody tr').length")
        .await;
    assert!(rows.as_u64().unwrap() >= 8, "{rows}");
    window.close().await;
}
