//! Every screen in light and dark and in two sizes: pictures for people, and axe-core without findings.

use crate::{
    home::Home,
    pictures::{self, THEMES},
    window::Window,
};
use serde_json::Value;

/// Width and height of the window, in CSS pixels, with the name that pictures bear.
const SIZES: [(u32, u32, &str); 2] = [(1280, 800, "large"), (900, 600, "small")];

/// A screen: the name of its pictures, its address in the window, and a function body that gives something once it is there.
const SCREENS: [(&str, &str, &str); 8] = [
    ("overview", "#/overview", "return document.querySelectorAll('.chart-drawing > svg').length === 4"),
    ("reviews-due", "#/due", "return document.querySelector('section[aria-labelledby=due-overdue] tbody tr') !== null"),
    ("browse", "#/browse", "return document.querySelector('[data-testid=browse-row]') !== null"),
    ("browse-nothing", "#/browse?search=zzzzzzzz", "return document.querySelector('main .empty') !== null"),
    ("report", "#/report", "return document.querySelector('img[alt^=\"Page \"]') !== null"),
    ("import", "#/import", "return document.querySelector('section[aria-labelledby=imports-title] tbody tr') !== null"),
    ("import-manifest", "#/import/1", "return document.querySelector('[data-testid=import-manifest]') !== null"),
    ("policy", "#/policy", "return document.querySelector('section[aria-labelledby=history-title] tbody tr') !== null"),
];

/// What lies further down on a screen, with the name of its pictures.
const FURTHER_DOWN: [(&str, &str, &str); 2] =
    [("overview", ".charts", "overview-charts"), ("report", ".pages", "report-pages")];

/// axe-core, as the window's packages hold it.
fn axe() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}; `npm ci` in ui/ brings it"))
}

/// What axe-core finds on the screen that is shown, each as a sentence.
async fn findings(window: &Window, screen: &str) -> Vec<String> {
    let run = "const done = arguments[arguments.length - 1];
        window.axe.run(document, { resultTypes: ['violations'] }).then(
            (results) => done(results.violations.flatMap(({ id, help, nodes }) =>
                nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary}`))),
            (error) => done([`axe-core failed: ${error}`]))";
    let found: Value = window.script_with_callback(run).await;
    found.as_array().unwrap().iter().map(|finding| format!("{screen}: {}", finding.as_str().unwrap())).collect()
}

/// Says so when the window itself has scrolled, or can: only the content may.
async fn check_frame(window: &Window, screen: &str) {
    let frame = "const page = document.scrollingElement; return [page.scrollTop, page.scrollHeight - innerHeight, page.scrollWidth - innerWidth]";
    assert_eq!(window.script(frame).await, serde_json::json!([0, 0, 0]), "{screen}: the window scrolls");
}

/// The address of an emergency that has everything a change page can show.
async fn an_emergency(window: &Window) -> String {
    window.go("#/browse?emergencies=yes").await;
    let address = window
        .until(
            "an emergency",
            "return document.querySelector('[data-testid=browse-row] a')?.getAttribute('href') ?? null",
        )
        .await;
    address.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_screen_is_accessible_in_both_themes_and_sizes() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.script(&axe()).await;
    let change = an_emergency(&window).await;
    let mut found = Vec::new();
    for (width, height, size) in SIZES {
        window.resize(width, height).await;
        for theme in THEMES {
            window.choose_theme(theme).await;
            for (screen, address, there) in SCREENS {
                window.go(address).await;
                window.until(screen, there).await;
                let name = format!("{screen}-{theme}-{size}");
                pictures::take(&window, &name).await;
                found.extend(findings(&window, &name).await);
                check_frame(&window, &name).await;
                for (_, selector, further) in FURTHER_DOWN.iter().filter(|(above, ..)| *above == screen) {
                    window.script(&format!("document.querySelector('{selector}').scrollIntoView()")).await;
                    pictures::take(&window, &format!("{further}-{theme}-{size}")).await;
                }
            }
            let name = format!("change-{theme}-{size}");
            window.go(&change).await;
            window.find("change-title").await;
            pictures::take(&window, &name).await;
            window.click("raw-toggle").await;
            window.find("raw-text").await;
            found.extend(findings(&window, &name).await);
            check_frame(&window, &name).await;
            window.script("document.querySelector('[data-testid=raw-toggle]').scrollIntoView()").await;
            pictures::take(&window, &format!("change-raw-{theme}-{size}")).await;

            window.press('?').await;
            window.until("the shortcuts", "return document.querySelector('dialog[open]') !== null").await;
            found.extend(findings(&window, "shortcuts").await);
            pictures::take(&window, &format!("shortcuts-{theme}-{size}")).await;
            window.script("document.querySelector('dialog[open] button').click()").await;
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    window.close().await;
}
