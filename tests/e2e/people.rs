//! Who is who: a likeness becomes a statement, the statement moves verdicts, and a quarter that was reported on says so.

use crate::{
    accessibility,
    exports::{AS_OF, LAST_QUARTER},
    home::Home,
    pictures::{self, THEMES},
    window::Window,
};

/// A pull request that mara opened, tove merged, and another account approved in time.
fn approved_by(reviewer: &str) -> String {
    format!(
        r#"[{{"number":1,"title":"Round the totals","body":"","author":{{"login":"mara-ko","is_bot":false}},
        "mergedBy":{{"login":"tove","is_bot":false}},"baseRefName":"main","state":"MERGED","labels":[],
        "createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T12:00:00Z","updatedAt":"2026-07-01T12:00:00Z",
        "url":"https://github.com/example/till/pull/1","reviews":[{{"id":"r1","state":"APPROVED",
        "author":{{"login":"{reviewer}"}},"submittedAt":"2026-07-01T11:00:00Z"}}]}}]"#
    )
}

const ESCAPE: char = '\u{E00C}';

/// Begins to state that the likeness is true.
async fn begin(window: &Window) {
    window.script("document.querySelector('[data-testid=people-suggestion] button').click()").await;
    window.see("statement", "are one person").await;
}

/// Fills in who states it and why, and keeps it.
async fn state(window: &Window) {
    for (field, words) in [("statement-by", "Ilse Berg"), ("statement-reason", "The directory lists both.")] {
        window.find(field).await.clear().await.unwrap();
        window.find(field).await.send_keys(words).await.unwrap();
    }
    window.click("statement-keep").await;
}

#[tokio::test]
async fn a_statement_about_people_restates_a_quarter_that_was_reported_on_until_it_is_taken_back() {
    let home = Home::new();
    let chosen = [home.file("till.json", approved_by("mara_ko"))];
    let window = Window::open(&home, &["--as-of", AS_OF], &chosen).await;
    window.go("#/people").await;
    window.until("nobody", "return document.querySelector('main .empty') !== null").await;
    window.click("nav-import").await;
    window.click("import-choose").await;
    window.see("import-run", "Import 1 file").await;
    window.click("import-run").await;
    window.see("import-manifest", "till.json").await;
    window.click("nav-report").await;
    window.click("report-save-pdf").await;
    window.see("issued-since", "says the same").await;

    window.click("nav-people").await;
    window.see("people-suggestion", "a login of the same words").await;
    window.resize(1280, 800).await;
    pictures::take_in_both_themes(&window, "people-suggestion").await;
    window.find("people-search").await.send_keys("tove").await.unwrap();
    let rows = "return document.querySelectorAll('[data-testid=person]').length === 1";
    window.until("only who is searched for", rows).await;
    let cleared = "const search = document.querySelector('[data-testid=people-search]');
        search.value = ''; search.dispatchEvent(new Event('input', { bubbles: true }))";
    window.script(cleared).await;
    window.until("everybody", "return document.querySelectorAll('[data-testid=person]').length === 3").await;
    for theme in THEMES {
        window.choose_theme(theme).await;
        begin(&window).await;
        pictures::take(&window, &format!("people-statement-{theme}")).await;
        accessibility::check(&window, "people-statement").await;
        window.press(ESCAPE).await;
        window.until("no dialog", "return document.querySelector('dialog[open]') === null").await;
    }
    begin(&window).await;
    state(&window).await;
    window.see("people-outcome", "1 change is judged otherwise").await;
    window.see("moved-change", "never approved").await;
    window.see("people-statement", "The directory lists both.").await;
    pictures::take_in_both_themes(&window, "people-outcome").await;

    window.go(&format!("#/overview?quarter={LAST_QUARTER}")).await;
    window.see("restatement", "Restated since the report of ").await;
    pictures::take_in_both_themes(&window, "restated-quietly").await;
    window.script("document.querySelector('[data-testid=restatement] summary').click()").await;
    window.see("moved-change", "approved before").await;
    window.see("restatement", "1 statement about who is who").await;
    pictures::take_in_both_themes(&window, "restated-opened").await;
    window.resize(900, 600).await;
    pictures::take_in_both_themes(&window, "restated-opened-small").await;
    window.click("nav-report").await;
    window.see("issued-since", "says something else").await;
    window.script("document.querySelector('[data-testid=issued-since]').scrollIntoView()").await;
    pictures::take_in_both_themes(&window, "restated-report-small").await;

    window.click("nav-people").await;
    let apart =
        "const apart = document.querySelector('button[aria-label^=\"Take \"]'); apart?.click(); return apart !== null";
    window.until("the merged account", apart).await;
    window.see("statement", "does not belong to").await;
    state(&window).await;
    window.see("people-outcome", "1 change is judged otherwise").await;
    window.go(&format!("#/overview?quarter={LAST_QUARTER}")).await;
    window.until("no restatement", "return document.querySelector('[data-testid=restatement]') === null").await;
    window.close().await;
}
