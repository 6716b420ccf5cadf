//! An audit sample from the frozen population to the work paper, answered with the keyboard.

use crate::{
    accessibility,
    exports::LAST_QUARTER,
    home::Home,
    pictures::{self, THEMES},
    window::Window,
};

const ENTER: char = '\u{E007}';
const ESCAPE: char = '\u{E00C}';
const RIGHT: char = '\u{E014}';

/// Waits until a cell of the sheet, `1A`, shows a tick.
async fn see_tick(window: &Window, cell: &str, tick: &str) {
    let shown = format!("return document.querySelector('[data-cell=\"{cell}\"]')?.innerText === '{tick}'");
    window.until(&format!("{tick} in {cell}"), &shown).await;
}

/// Waits until a cell of the sheet has the focus.
async fn see_focus(window: &Window, cell: &str) {
    let there = format!("return document.activeElement?.dataset.cell === '{cell}'");
    window.until(&format!("the focus in {cell}"), &there).await;
}

async fn write(window: &Window, field: &str, words: &str) {
    window.find(field).await.clear().await.unwrap();
    window.find(field).await.send_keys(words).await.unwrap();
}

/// Freezes the last quarter and draws two of each stratum.
async fn draw(window: &Window) {
    window.go("#/samples").await;
    window.until("no population", "return document.querySelector('main .empty') !== null").await;
    write(window, "freeze-by", "Ilse Berg").await;
    window.click("freeze").await;
    window.see("population-title", LAST_QUARTER).await;
    window.resize(1280, 800).await;
    pictures::take_in_both_themes(window, "population").await;
    write(window, "draw-seed", "4711").await;
    window.script("const list = document.querySelector('[data-testid=draw-sizes]'); list.value = 'number'; list.dispatchEvent(new Event('change', { bubbles: true }))").await;
    write(window, "draw-size", "2").await;
    write(window, "draw-emergency", "3").await;
    window.click("draw").await;
    window.see("sample-title", "Sample S1").await;
    see_tick(window, "1A", "·").await;
}

#[tokio::test]
async fn a_sample_is_drawn_answered_with_the_keyboard_and_put_on_paper() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    draw(&window).await;

    window.script("document.querySelector('[data-cell=\"1A\"]').focus()").await;
    window.press('1').await;
    see_tick(&window, "1A", "P").await;
    see_focus(&window, "1B").await;
    window.press('3').await;
    see_tick(&window, "1B", "n/a").await;
    see_focus(&window, "1C").await;
    window.press('2').await;
    window.until("the note to have the focus", "return document.activeElement?.dataset.testid === 'answer-note'").await;
    write(&window, "answer-note", "Nobody independent is named.").await;
    write(&window, "answer-cause", "merged at night").await;
    window.press(ENTER).await;
    see_tick(&window, "1C", "D").await;
    see_focus(&window, "1D").await;
    window.press(RIGHT).await;
    see_focus(&window, "1E").await;
    window.see("sheet-standing", "3 answers").await;
    window.see("sheet-standing", "1 deviation").await;
    window.see("company-record", "E: ").await;

    for theme in THEMES {
        window.choose_theme(theme).await;
        window.click("take-out").await;
        window.find("take-out-replace").await;
        pictures::take(&window, &format!("sample-take-out-{theme}")).await;
        accessibility::check(&window, "sample-take-out").await;
        window.press(ESCAPE).await;
        window.until("no dialog", "return document.querySelector('dialog[open]') === null").await;
    }
    window.click("take-out").await;
    window.find("take-out-replace").await;
    for (field, words) in [("statement-by", "Ilse Berg"), ("statement-reason", "It was reverted within the hour.")] {
        write(&window, field, words).await;
    }
    window.click("statement-keep").await;
    window.see("taken-out", "It was reverted within the hour.").await;
    // Every emergency is answered for A: its limit is there.
    for item in [2, 3] {
        window.script(&format!("document.querySelector('[data-cell=\"{item}A\"]').focus()")).await;
        window.press('1').await;
        see_tick(&window, &format!("{item}A"), "P").await;
    }
    window.script("document.querySelector('[data-cell=\"6A\"]').focus()").await;
    window.press('1').await;
    see_tick(&window, "6A", "P").await;
    window.see("conclusion", "%").await;
    window.script("document.querySelector('[data-cell=\"2C\"]').focus()").await;
    window.press('2').await;
    window.find("answer-cause").await;
    for (width, height, size) in [(1280, 800, "large"), (900, 600, "small")] {
        window.resize(width, height).await;
        pictures::take_in_both_themes(&window, &format!("sample-{size}")).await;
        window.script("document.querySelector('[data-testid=auditor]').scrollIntoView()").await;
        pictures::take_in_both_themes(&window, &format!("sample-answer-{size}")).await;
        window.script("document.querySelector('section[aria-labelledby=conclusion-title]').scrollIntoView()").await;
        pictures::take_in_both_themes(&window, &format!("sample-conclusion-{size}")).await;
    }
    for (format, beginning) in [("pdf", "%PDF-"), ("html", "<!doctype html>"), ("markdown", "# "), ("csv", "sample,")] {
        window.click(&format!("paper-{format}")).await;
        let ending = if format == "markdown" { "md" } else { format };
        let name = format!("work-paper-S1.{ending}");
        let announced = format!("return document.querySelector('main').innerText.includes('{name}')");
        window.until(&name, &announced).await;
        let content = std::fs::read(home.saved().join(&name)).unwrap();
        let start = String::from_utf8_lossy(&content[..beginning.len()]).to_lowercase();
        assert_eq!(start, beginning.to_lowercase(), "{name}");
    }
    window.click("nav-samples").await;
    window.see("sample-line", "4711").await;
    window.resize(1280, 800).await;
    pictures::take_in_both_themes(&window, "samples-listed").await;
    window.close().await;
}

#[tokio::test]
async fn a_sample_that_is_not_there_is_told_with_a_way_back() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.go("#/samples/S7").await;
    window.until("the refusal", "return document.querySelector('main [role=alert]') !== null").await;
    pictures::take_in_both_themes(&window, "sample-missing").await;
    window.script("document.querySelector('main [role=alert] button').click()").await;
    window.until("all samples", "return location.hash === '#/samples'").await;
    window.close().await;
}
