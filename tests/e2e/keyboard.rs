//! The keyboard alone: it reaches everything, and shows where it is.

use crate::{home::Home, window::Window};
use serde_json::{Value, json};

const TAB: char = '\u{E004}';

/// Marks every element that a person can use, and gives how many there are.
const MARK: &str = "const usable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), summary, [tabindex=\"0\"]';
    const seen = [...document.querySelectorAll(usable)].filter((element) => element.checkVisibility({ visibilityProperty: true }));
    seen.forEach((element, place) => { element.dataset.stop = String(place); });
    return seen.length";

/// The mark of the element that has the focus, and whether one sees that it has it.
const FOCUS: &str = "const element = document.activeElement;
    const style = getComputedStyle(element);
    const around = element.closest('.chip');
    const outlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const seen = outlined(style) || style.boxShadow !== 'none' || (around !== null && outlined(getComputedStyle(around)));
    return [element.dataset.stop ?? null, seen, element.outerHTML.slice(0, 160)]";

#[tokio::test]
async fn tab_reaches_everything_on_the_overview() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.until("five charts", "return document.querySelectorAll('.chart-drawing > svg').length === 5").await;
    window.settle().await;
    let stops = window.script(MARK).await.as_u64().unwrap();
    assert!(stops > 20, "{stops}");

    let mut reached = std::collections::BTreeSet::new();
    let mut unseen = Vec::new();
    for _ in 0..stops + 5 {
        window.press(TAB).await;
        let focus = window.script(FOCUS).await;
        if let Value::String(stop) = &focus[0] {
            reached.insert(stop.parse::<u64>().unwrap());
            if focus[1] != json!(true) {
                unseen.push(focus[2].clone());
            }
        }
    }
    let missed: Vec<_> = (0..stops).filter(|stop| !reached.contains(stop)).collect();
    let missed = window.script(&format!("return {missed:?}.map((stop) => document.querySelector(`[data-stop='${{stop}}']`)?.outerHTML.slice(0, 160))")).await;
    assert_eq!(missed, json!([]), "Tab never comes to these");
    assert!(unseen.is_empty(), "nobody sees the focus on these: {unseen:#?}");
    window.close().await;
}

#[tokio::test]
async fn every_view_has_its_keys() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    for (letter, address) in [
        ('d', "#/due"),
        ('b', "#/browse"),
        ('r', "#/report"),
        ('i', "#/import"),
        ('c', "#/completeness"),
        ('p', "#/policy"),
        ('w', "#/people"),
        ('s', "#/samples"),
        ('e', "#/export"),
        ('o', "#/overview"),
    ] {
        window.press_one_after_the_other(&['g', letter]).await;
        window.until(address, &format!("return location.hash.startsWith('{address}')")).await;
        window.settle().await;
    }
    window.press('/').await;
    window
        .until(
            "the search field to have the focus",
            "return document.activeElement?.dataset.testid === 'browse-search'",
        )
        .await;
    window.find("browse-search").await.send_keys("[g]").await.unwrap();
    let typed = window.script("return document.querySelector('[data-testid=browse-search]').value").await;
    assert_eq!(typed, "[g]", "letters in a field are letters");
    window.close().await;
}

#[tokio::test]
async fn rows_are_walked_and_opened_with_the_keyboard() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.go("#/browse").await;
    window.find("browse-row").await;
    window.script("document.querySelector('[role=grid]').focus()").await;
    for key in ['\u{E015}', '\u{E015}', '\u{E013}'] {
        window.press(key).await;
    }
    let second = window
        .script("return document.querySelector('[data-testid=browse-row][aria-selected=true] a').innerText.trim()")
        .await;
    let place = window.script("return document.querySelector('[data-testid=browse-row][aria-selected=true]').getAttribute('aria-rowindex')").await;
    assert_eq!(place, "3", "the head is the first row");
    window.press('\u{E007}').await;
    window.see("change-title", second.as_str().unwrap()).await;
    window.close().await;
}
