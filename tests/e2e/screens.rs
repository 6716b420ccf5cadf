//! Every screen in light and dark, in two sizes and enlarged: pictures for people, and axe-core without findings.

use crate::{
    accessibility::{check_frame, findings},
    home::Home,
    pictures::{self, THEMES},
    window::Window,
};

/// Width and height of the window, in CSS pixels, with the name that pictures bear.
const SIZES: [(u32, u32, &str); 2] = [(1280, 800, "large"), (900, 600, "small")];

/// A screen: the name of its pictures, its address in the window, and a function body that gives something once it is there.
const SCREENS: [(&str, &str, &str); 12] = [
    ("overview", "#/overview", "return document.querySelectorAll('.chart-drawing > svg').length === 5"),
    ("reviews-due", "#/due", "return document.querySelector('section[aria-labelledby=due-overdue] tbody tr') !== null"),
    ("browse", "#/browse", "return document.querySelector('[data-testid=browse-row]') !== null"),
    ("browse-nothing", "#/browse?search=zzzzzzzz", "return document.querySelector('main .empty') !== null"),
    ("report", "#/report", "return document.querySelector('img[alt^=\"Page \"]') !== null"),
    ("import", "#/import", "return document.querySelector('section[aria-labelledby=imports-title] tbody tr') !== null"),
    ("import-manifest", "#/import/1", "return document.querySelector('[data-testid=import-manifest]') !== null"),
    ("completeness", "#/completeness", "return document.querySelector('[data-testid=file-facts]') !== null"),
    ("people", "#/people", "return document.querySelector('[data-testid=person]') !== null"),
    ("samples", "#/samples", "return document.querySelector('main .empty') !== null"),
    (
        "export",
        "#/export",
        "return document.querySelector('section[aria-labelledby=contents-title] tbody tr') !== null",
    ),
    ("policy", "#/policy", "return document.querySelector('section[aria-labelledby=history-title] tbody tr') !== null"),
];

/// What lies further down on a screen, with the name of its pictures.
const FURTHER_DOWN: [(&str, &str, &str); 2] =
    [("overview", ".charts", "overview-charts"), ("report", ".pages", "report-pages")];

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

/// Presses a key while Ctrl is held.
const CTRL: char = '\u{E009}';

#[tokio::test]
async fn enlarged_to_twice_its_size_everything_is_still_there() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    let change = an_emergency(&window).await;
    window.resize(1280, 800).await;
    for _ in 0..5 {
        window.press_together(CTRL, '=').await;
    }
    window.until("twice the size", "return innerWidth === 640").await;
    let mut found = Vec::new();
    for (screen, address, there) in SCREENS.into_iter().chain([("change", change.as_str(), "return true")]) {
        window.go(address).await;
        window.until(screen, there).await;
        let name = format!("{screen}-enlarged");
        pictures::take(&window, &name).await;
        found.extend(findings(&window, &name).await);
        check_frame(&window, &name).await;
        let sideways = "const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth";
        assert_eq!(window.script(sideways).await, 0, "{name}: the content scrolls sideways");
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    window.press_together(CTRL, '0').await;
    window.until("the size at first", "return innerWidth === 1280").await;
    window.close().await;
}
