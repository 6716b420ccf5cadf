//! What axe-core and the frame of the window have to say about the screen that is shown.

use crate::window::Window;
use serde_json::Value;

/// axe-core, as the window's packages hold it.
fn axe() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}; `npm ci` in ui/ brings it"))
}

/// What axe-core finds on the screen that is shown, each as a sentence.
pub async fn findings(window: &Window, screen: &str) -> Vec<String> {
    if window.script("return window.axe === undefined").await == Value::Bool(true) {
        window.script(&axe()).await;
    }
    let run = "const done = arguments[arguments.length - 1];
        window.axe.run(document, { resultTypes: ['violations'] }).then(
            (results) => done(results.violations.flatMap(({ id, help, nodes }) =>
                nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary}`))),
            (error) => done([`axe-core failed: ${error}`]))";
    let found: Value = window.script_with_callback(run).await;
    found.as_array().unwrap().iter().map(|finding| format!("{screen}: {}", finding.as_str().unwrap())).collect()
}

/// Fails when axe-core finds anything on the screen that is shown.
pub async fn check(window: &Window, screen: &str) {
    assert_eq!(findings(window, screen).await, Vec::<String>::new());
    check_frame(window, screen).await;
}

/// Fails when the window itself has scrolled, or can: only the content may.
pub async fn check_frame(window: &Window, screen: &str) {
    let frame = "const page = document.scrollingElement; return [page.scrollTop, page.scrollHeight - innerHeight, page.scrollWidth - innerWidth]";
    assert_eq!(window.script(frame).await, serde_json::json!([0, 0, 0]), "{screen}: the window scrolls");
}
