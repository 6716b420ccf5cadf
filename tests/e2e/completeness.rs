//! What is missing: found in the imported files themselves, and reached from the overview and the navigation.

use crate::{exports::AS_OF, home::Home, pictures, window::Window};

/// A list of pull requests with these numbers.
fn pull_requests(numbers: &[u32]) -> String {
    let row = |number: &u32| {
        format!(
            r#"{{"number":{number},"title":"Change {number}","body":"","author":{{"login":"ana","is_bot":false}},
            "baseRefName":"main","state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z",
            "updatedAt":"2026-07-01T09:00:00Z","url":"https://github.com/example/till/pull/{number}","reviews":[]}}"#
        )
    };
    format!("[{}]", numbers.iter().map(row).collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn what_is_missing_comes_first_and_then_what_each_file_can_prove() {
    let home = Home::new();
    let chosen = [home.file("till.json", pull_requests(&[1, 2, 4, 9]))];
    let window = Window::open(&home, &["--as-of", AS_OF], &chosen).await;
    window.go("#/completeness").await;
    let nothing = window.script("return document.querySelector('main').innerText").await;
    assert!(nothing.as_str().unwrap().contains("Nothing was imported yet"), "{nothing}");
    pictures::take_in_both_themes(&window, "completeness-empty").await;

    window.click("nav-import").await;
    window.click("import-choose").await;
    window.see("import-run", "Import 1 file").await;
    window.click("import-run").await;
    window.see("import-manifest", "till.json").await;

    window.click("nav-completeness").await;
    window.see("finding-gaps", "example/till: 5 of 9 between #1 and #9: #3 and #5 to #8").await;
    window.see("finding-failures", "GitHub pull requests").await;
    window.see("file-facts", "till.json").await;
    let order = "return [...document.querySelectorAll('main section h2')].map((heading) => heading.innerText.trim())";
    let order = window.script(order).await;
    assert_eq!(order.as_array().unwrap().last().unwrap(), "What each file can prove", "{order}");
    pictures::take_in_both_themes(&window, "completeness-gaps").await;

    window.click("nav-overview").await;
    window.settle().await;
    window.script("document.querySelector('main a[href=\"#/completeness\"]').click()").await;
    window.find("finding-gaps").await;
    window.close().await;
}
