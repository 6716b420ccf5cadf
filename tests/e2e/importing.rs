//! Importing: files chosen in a dialog, what became of them, and files that cannot be read. What a file leaves open and is
//! answered before the import is in `laying_out.rs`.

use crate::{
    exports::{AS_OF, sample_truth, write_exports},
    home::Home,
    pictures,
    window::Window,
};

/// Keeps the words of the progress panel, which may be gone before anybody can look.
const WATCH_PROGRESS: &str = "window.progressSeen = [];
    new MutationObserver(() => {
        const words = document.querySelector('main progress')?.closest('section')?.innerText;
        if (words !== undefined) window.progressSeen.push(words);
    }).observe(document.body, { childList: true, subtree: true, characterData: true })";

#[tokio::test]
async fn chosen_exports_are_imported_with_progress_and_manifests() {
    let home = Home::new();
    let files = write_exports(&home);
    let window = Window::open(&home, &["--as-of", AS_OF], &files).await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    window.see("import-run", &files.len().to_string()).await;
    window.settle().await;
    window.script(WATCH_PROGRESS).await;
    window.click("import-run").await;

    let all = format!("return document.querySelectorAll('[data-testid=import-manifest]').length === {}", files.len());
    window.until("a manifest of every file", &all).await;
    let progress = window.script("return window.progressSeen.join('\\n')").await;
    let progress = progress.as_str().unwrap();
    for words in ["Rows", "Rate", "Time left", "Cancel"] {
        assert!(progress.contains(words), "no {words} in {progress}");
    }
    let manifest = window.text("import-manifest").await;
    for words in ["accepted", "rejected", "SHA-256", "Carries", "Cannot tell"] {
        assert!(manifest.contains(words), "no {words} in {manifest}");
    }
    pictures::take_in_both_themes(&window, "import-manifests").await;

    window.click("nav-overview").await;
    let truth = sample_truth();
    let last = truth.quarters.last().unwrap();
    window.see("tile-emergency_ratio", &format!("{} of {} changes", last.emergencies, last.changes)).await;
    window.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_keeps_nothing_else_out() {
    let home = Home::new();
    let row = r#"{"number":1,"title":"Fix the till","author":{"login":"ana","is_bot":false},"baseRefName":"main","state":"MERGED",
        "createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z","updatedAt":"2026-07-01T09:00:00Z",
        "url":"https://github.com/example/till/pull/1","reviews":[]}"#;
    let chosen = [
        home.file("broken.json", format!("[{row},{{\"number\":2,\"title\":\"cut o")),
        home.file(
            "half-good.json",
            format!("[{row},{}]", row.replace("2026-07-01T09:00:00Z", "yesterday").replace("1,", "2,")),
        ),
        home.file("empty.csv", ""),
        home.file("letter.txt", "Dear auditor, the numbers are below."),
    ];
    let window = Window::open(&home, &["--as-of", AS_OF], &chosen).await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    // The two files of JSON have rows that can be read.
    window.see("import-run", "Import 2 files").await;
    window.settle().await;
    let desk = window.script("return document.querySelector('main').innerText").await;
    let desk = desk.as_str().unwrap();
    for words in ["broken.json", "half-good.json", "empty.csv", "letter.txt", "2 files cannot be imported"] {
        assert!(desk.contains(words), "no {words} in {desk}");
    }
    let problems = window.script("return document.querySelectorAll('main [role=alert]').length").await;
    assert!(problems.as_u64().unwrap() >= 2, "the empty file and the letter each have their problem: {desk}");
    pictures::take_in_both_themes(&window, "import-failing").await;

    window.click("import-run").await;
    window.until("the outcome", "return document.querySelectorAll('#outcome-title').length === 1").await;
    window.settle().await;
    let manifests = "return document.querySelectorAll('[data-testid=import-manifest]').length";
    assert_eq!(window.script(manifests).await, 2, "what can be read is in the ledger");
    let desk = window.script("return document.querySelector('section[aria-labelledby=files-title]').innerText").await;
    let desk = desk.as_str().unwrap();
    assert!(desk.contains("letter.txt") && !desk.contains("half-good.json"), "{desk}");
    window.close().await;
}

/// A list of so many merged pull requests that reading them takes a while.
fn many_pull_requests(count: u32) -> String {
    let row = |number: u32| {
        format!(
            r#"{{"number":{number},"title":"Change {number}","author":{{"login":"ana","is_bot":false}},"baseRefName":"main",
            "state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z",
            "updatedAt":"2026-07-01T09:00:00Z","url":"https://github.com/example/till/pull/{number}","reviews":[]}}"#
        )
    };
    format!("[{}]", (1..=count).map(row).collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn an_import_that_is_cancelled_leaves_nothing_and_says_so() {
    let home = Home::new();
    let chosen = [home.file("many.json", many_pull_requests(120_000))];
    let window = Window::open(&home, &["--as-of", AS_OF], &chosen).await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    window.see("import-run", "Import 1 file").await;
    window.settle().await;
    window.click("import-run").await;
    window.click("import-cancel").await;
    let outcome =
        window.until("the outcome", "return document.querySelector('main [role=alert]')?.innerText ?? null").await;
    let outcome = outcome.as_str().unwrap();
    for words in ["Stopped", "nothing of the file was written"] {
        assert!(outcome.to_lowercase().contains(&words.to_lowercase()), "no {words} in {outcome}");
    }
    window.settle().await;
    let imports = "return document.querySelector('section[aria-labelledby=imports-title]').innerText";
    let imports = window.script(imports).await;
    assert!(imports.as_str().unwrap().contains("Nothing was imported yet"), "{imports}");
    let ledger =
        window.script("return document.querySelector('section[aria-labelledby=ledger-title]').innerText").await;
    assert!(ledger.as_str().unwrap().contains("0 changes"), "{ledger}");
    let laid_out = window.script("return document.querySelector('main').innerText.includes('many.json')").await;
    assert_eq!(laid_out, true, "the file can be imported again at once");
    pictures::take_in_both_themes(&window, "import-cancelled").await;
    window.close().await;
}
