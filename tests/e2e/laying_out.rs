//! Files before they are imported: what each is, its first rows, what it leaves open, and the answers to that.

use crate::{exports::AS_OF, home::Home, pictures, window::Window};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A file whose times have no zone, one whose dates can be read in two ways, one whose rows name no repository, and a
/// table that nobody knows.
fn files(home: &Home) -> Vec<PathBuf> {
    let issues = |created: &str| {
        format!("Issue key,Issue id,Summary,Issue Type,Created,Resolved\nOPS-1,1,The till is down,Bug,{created},\n")
    };
    let nameless = r#"[{"number":1,"title":"Fix the till","author":{"login":"ana","is_bot":false},"baseRefName":"main",
        "state":"MERGED","createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z",
        "updatedAt":"2026-07-01T09:00:00Z","reviews":[]}]"#;
    let register = "Change-Nr.;Was;Umgesetzt am;Wer hat freigegeben\n\
        C-1;Replace the till;2026-07-01T10:00:00Z;Eva Brandt\nC-2;Renew the certificate;2026-07-03T16:30:00Z;\n";
    vec![
        home.file("zone.csv", issues("2026-07-01 10:00")),
        home.file("order.csv", issues("03/04/26 10:00").replace("OPS-1", "PAY-1")),
        home.file("nameless.json", nameless),
        home.file("Change Register.csv", register),
    ]
}

/// Sets a field as a person does, and says so to whoever listens.
async fn write(window: &Window, selector: &str, words: &str) {
    let (selector, words) = (json!(selector), json!(words));
    let set = "field.focus(); field.value = words; for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))";
    window.until("the field", &format!("return document.querySelector({selector}) !== null")).await;
    window.script(&format!("const field = document.querySelector({selector}); const words = {words}; {set}")).await;
}

/// Where each file of the desk stands, in its order.
const STATES: &str = "return [...document.querySelectorAll('[data-testid=laid-out-file]')].map((card) =>
    card.querySelector('summary').innerText.replace(/\\s+/g, ' ').trim())";

async fn states(window: &Window) -> Vec<String> {
    window.settle().await;
    let states = window.script(STATES).await;
    states.as_array().unwrap().iter().map(|state| state.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_files_leave_open_is_answered_before_anything_is_written() {
    let home = Home::new();
    let window = Window::open(&home, &["--as-of", AS_OF], &files(&home)).await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    window.see("import-run", "Import 1 file").await;
    let found = states(&window).await;
    for (state, words) in found.iter().zip(["with a question", "waits", "waits", "waits"]) {
        assert!(state.contains(words), "{found:?}");
    }
    pictures::take_in_both_themes(&window, "laid-out").await;
    let written =
        window.script("return document.querySelector('section[aria-labelledby=imports-title]').innerText").await;
    assert!(written.as_str().unwrap().contains("Nothing was imported yet"), "{written}");

    // The zone, with its evidence.
    window.script("document.querySelector('[data-testid=laid-out-file] summary').click()").await;
    window.see("question-time-zone", "“2026-07-01 10:00” in column “Created” is 2026-07-01 10:00 UTC").await;
    write(&window, "[data-testid=question-time-zone] input", "Europe/Berlin").await;
    window.see("laid-out-file", "2026-07-01 08:00 UTC").await;

    window.see("question-date-order", "3 April 2026").await;
    window.see("question-date-order", "4 March 2026").await;
    window.script("document.querySelector('[data-testid=question-date-order] input[value=mdy]').click()").await;
    // Now its times can be read, and have no zone either: the answer to the first file holds for it too.
    window.see("question-time-zone", "Say the same of 1 other file").await;
    window.script("document.querySelector('[data-testid=question-time-zone] button').click()").await;
    write(&window, "[data-testid=question-repository] input", "example/till").await;
    window.see("import-run", "Import 3 files").await;

    // The table: two columns are guessed, two are chosen.
    window.script("document.querySelector('[data-testid=column-mapping]').scrollIntoView()").await;
    write(&window, "[data-testid=meaning-1]", "title").await;
    write(&window, "[data-testid=meaning-3]", "approver").await;
    pictures::take_in_both_themes(&window, "laid-out-columns").await;
    window.click("profile-save").await;
    window.see("import-run", "Import 4 files").await;
    let found = states(&window).await;
    assert!(found.iter().all(|state| state.ends_with("ready")), "{found:?}");
    pictures::take_in_both_themes(&window, "laid-out-answered").await;

    window.settle().await;
    window.click("import-run").await;
    let all = "return document.querySelectorAll('[data-testid=import-manifest]').length === 4";
    window.until("a manifest of every file", all).await;
    window.settle().await;
    let outcome = window.script("return document.querySelector('main').innerText").await;
    let outcome = outcome.as_str().unwrap();
    assert!(outcome.contains("read as Europe/Berlin"), "{outcome}");
    assert!(outcome.contains("“change-register”") || outcome.contains("\"change-register\""), "{outcome}");
    window.go("#/browse?search=certificate").await;
    window.see("browse-row", "Renew the certificate").await;
    window.close().await;
}

#[tokio::test]
async fn a_profile_is_used_again_for_a_table_with_the_same_columns() {
    let home = Home::new();
    let table = "Nr;Umgesetzt am;Freigabe\n1;2026-07-01T10:00:00Z;Eva Brandt\n";
    let chosen = [home.file("june.csv", table)];
    let window = Window::open(&home, &["--as-of", AS_OF], &chosen).await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    write(&window, "[data-testid=profile-name]", "register").await;
    window.click("profile-save").await;
    window.see("import-run", "Import 1 file").await;
    window.click("import-run").await;
    window.see("import-manifest", "june.csv").await;
    window.close().await;

    let chosen = [home.file("july.csv", table.replace("1;2026", "2;2026"))];
    let window = Window::open(&home, &["--as-of", AS_OF], &chosen).await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    window.see("import-run", "Import 1 file").await;
    window.see("laid-out-file", "profile “register”").await;
    let first = window.script("return document.querySelector('[data-testid=laid-out-file] tbody th')?.innerText").await;
    assert!(matches!(&first, Value::String(name) if name.contains("register")), "{first}");
    window.close().await;
}
