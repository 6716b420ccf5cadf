//! From a number to its evidence: a tile, the changes behind it, one change, its raw record.

use crate::{
    exports::{LAST_QUARTER, bytes_of, sample_truth},
    home::Home,
    window::Window,
};

/// Where the raw record came from, as the panel says it: file name, first byte, byte after the last.
fn place(words: &str) -> (String, usize, usize) {
    let after = |name: &str| {
        let mut lines = words.lines().map(str::trim).skip_while(|line| *line != name);
        lines.nth(1).unwrap_or_else(|| panic!("no {name} in {words}")).to_owned()
    };
    let file = after("File");
    let numbers: Vec<usize> = after("Position")
        .replace(',', "")
        .split_whitespace()
        .filter_map(|word| word.trim_matches('(').parse().ok())
        .collect();
    (file.rsplit('/').next().unwrap().to_owned(), numbers[0], numbers[1])
}

#[tokio::test]
async fn a_number_leads_to_the_record_as_it_was_imported() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.click("tile-emergency_ratio-changes").await;
    window.find("browse-row").await;
    let address = window.script("return location.hash").await;
    let address = address.as_str().unwrap();
    assert!(address.contains(LAST_QUARTER) && address.contains("emergencies=yes"), "{address}");
    let truth = sample_truth();
    let emergencies = truth.quarters.last().unwrap().emergencies;
    let rows =
        window.script("return Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount'))").await;
    assert_eq!(rows.as_u64(), Some(emergencies + 1), "the head and each emergency");

    let title = window.script("return document.querySelector('[data-testid=browse-row] a').innerText").await;
    window.click("browse-row").await;
    assert_eq!(window.text("change-title").await, title.as_str().unwrap().trim());
    let id = window.script("return decodeURIComponent(location.hash.replace('#/change/', ''))").await;
    let id = id.as_str().unwrap();

    window.click("raw-toggle").await;
    let shown = window.text("raw-text").await;
    let panel = window.script("return document.querySelector('#raw-panel').innerText").await;
    let (file, from, to) = place(panel.as_str().unwrap());
    let export = bytes_of(home.path(), &file);
    let shown_text = window.script("return document.querySelector('[data-testid=raw-text]').textContent").await;
    assert_eq!(shown_text.as_str().unwrap().as_bytes(), &export[from..to], "the panel shows {shown}");
    let record: serde_json::Value = serde_json::from_slice(&export[from..to]).unwrap();
    let number = id.rsplit('#').next().unwrap();
    assert_eq!(record["number"].to_string(), number, "{id}");
    assert_eq!(record["title"].as_str().map(str::trim), title.as_str().map(str::trim));
    window.close().await;
}

#[tokio::test]
async fn search_finds_a_change_by_its_words() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.press('/').await;
    window.find("browse-row").await;
    window
        .until(
            "the search field to have the focus",
            "return document.activeElement?.dataset.testid === 'browse-search'",
        )
        .await;
    let title = window.script("return document.querySelector('[data-testid=browse-row] a').innerText.trim()").await;
    let title = title.as_str().unwrap();
    let all = window.script("return Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount'))").await;
    window.find("browse-search").await.send_keys(title).await.unwrap();
    window.until("the search in the address", "return location.hash.includes('search=')").await;
    let fewer = format!("return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) < {all}");
    window.until("fewer rows", &fewer).await;
    let found = window
        .script(
            "return [...document.querySelectorAll('[data-testid=browse-row] a')].map((link) => link.innerText.trim())",
        )
        .await;
    assert!(found.as_array().unwrap().iter().any(|found| found == title), "{title} is not among {found}");
    window.close().await;
}
