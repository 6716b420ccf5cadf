//! The first start: an empty ledger welcomes, and the sample workspace is one click away.

use crate::{exports::LAST_QUARTER, home::Home, pictures, window::Window};

#[tokio::test]
async fn an_empty_ledger_welcomes_and_opens_the_sample() {
    let home = Home::new();
    let window = Window::open(&home, &[], &[]).await;
    window.find("import-choose").await;
    pictures::take_in_both_themes(&window, "welcome").await;
    window.click("sample-open").await;
    window.find("tile-emergency_ratio").await;
    let shown = window.script("return document.querySelector('[data-testid=quarter-switcher]').value").await;
    assert_eq!(shown, LAST_QUARTER);
    let header = window.script("return document.querySelector('header').innerText").await;
    assert!(header.as_str().unwrap().contains("Sample workspace"), "{header}");
    assert!(!header.as_str().unwrap().contains("rows"), "making the sample is over: {header}");
    window.close().await;
}

#[tokio::test]
async fn the_sample_is_removed_with_one_click() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.script("[...document.querySelectorAll('header button')].find((button) => button.innerText.includes('Remove')).click()").await;
    window.find("sample-open").await;
    window.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_ledger_is_named_and_another_can_be_opened() {
    let home = Home::new();
    let wrong = home.file("notes.changeledger", "This is a shopping list, not a ledger.\n");
    let window = Window::open(&home, &[wrong.to_str().unwrap()], &[]).await;
    let problem =
        window.until("the problem", "return document.querySelector('main [role=alert]')?.innerText ?? null").await;
    assert!(problem.as_str().unwrap().contains("notes.changeledger"), "{problem}");
    pictures::take_in_both_themes(&window, "no-ledger").await;
    window.close().await;
}
