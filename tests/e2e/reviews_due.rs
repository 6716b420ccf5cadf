//! The worklist: what owes a review, as planted.

use crate::{exports::sample_truth, home::Home, window::Window};

#[tokio::test]
async fn the_worklist_holds_what_was_planted() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    let truth = sample_truth();
    let sum = |state: fn(&change_ledger_demo::RetroactiveReview) -> u64| -> u64 {
        truth.quarters.iter().map(|quarter| state(&quarter.retroactive_review)).sum()
    };
    let (overdue, pending) = (sum(|review| review.overdue), sum(|review| review.pending));
    assert!(overdue > 0 && pending > 0, "the story plants both");

    let badge = window.text("nav-due").await;
    assert!(badge.contains(&overdue.to_string()), "{badge}");
    window.click("nav-due").await;
    let rows = |group: &str| {
        format!("return document.querySelectorAll('section[aria-labelledby=due-{group}] tbody tr').length")
    };
    assert_eq!(window.until("overdue reviews", &rows("overdue")).await.as_u64(), Some(overdue));
    let (soon, later) = (window.script(&rows("soon")).await, window.script(&rows("later")).await);
    assert_eq!(soon.as_u64().unwrap() + later.as_u64().unwrap(), pending);
    let deadlines = window
        .script("return [...document.querySelectorAll('td.deadline.overdue')].map((cell) => cell.innerText)")
        .await;
    for deadline in deadlines.as_array().unwrap() {
        assert!(deadline.as_str().unwrap().ends_with("late"), "{deadline}");
    }
    window.close().await;
}
