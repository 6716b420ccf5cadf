//! Files dropped on the window.

use crate::{exports::AS_OF, home::Home, pictures, window::Window};
use serde_json::{Value, json};

/// Tells the window what the shell tells it when files are dragged: no driver can drag files from another program, so the
/// news is given to those who listen for it, as the shell gives it.
async fn drag(window: &Window, event: &str, payload: Value) {
    let event = json!(format!("tauri://drag-{event}"));
    let heard = window
        .script(&format!(
            "const names = Object.getOwnPropertyNames;
            const listeners = names(window).map((name) => window[name])
                .find((value) => typeof value === 'object' && value !== null && Object.hasOwn(value, {event}))?.[{event}];
            const ids = names(listeners ?? {{}});
            for (const id of ids) {{
                const news = {{ event: {event}, id: Number(id), payload: {payload} }};
                window.__TAURI_INTERNALS__.runCallback(listeners[id].handlerId, news);
            }}
            return ids.length"
        ))
        .await;
    assert_eq!(heard, 1, "the window listens for {event}");
}

#[tokio::test]
async fn files_dropped_anywhere_are_laid_out_for_import() {
    let home = Home::new();
    let row = r#"[{"number":1,"title":"Fix the till","author":{"login":"ana","is_bot":false},"baseRefName":"main","state":"MERGED",
        "createdAt":"2026-07-01T08:00:00Z","mergedAt":"2026-07-01T09:00:00Z","updatedAt":"2026-07-01T09:00:00Z",
        "url":"https://github.com/example/till/pull/1","reviews":[]}]"#;
    let file = home.file("till.json", row);
    let paths = json!([file]);
    let window = Window::open(&home, &["--as-of", AS_OF], &[]).await;
    let position = json!({ "x": 300, "y": 200 });
    let over = json!({ "paths": paths, "position": position });

    drag(&window, "enter", over.clone()).await;
    window.until("the curtain", "return document.querySelector('.curtain') !== null").await;
    pictures::take(&window, "dragged-over").await;
    drag(&window, "leave", Value::Null).await;
    window.until("no curtain", "return document.querySelector('.curtain') === null").await;
    assert!(!window.script("return location.hash").await.as_str().unwrap().contains("import"), "nothing was dropped");

    drag(&window, "enter", over.clone()).await;
    drag(&window, "drop", over.clone()).await;
    window.see("import-run", "Import 1 file").await;
    let curtain = window.script("return document.querySelector('.curtain') !== null").await;
    assert_eq!(curtain, false, "the curtain is lifted");
    // The same file again is laid out once.
    drag(&window, "drop", over).await;
    window.see("import-run", "Import 1 file").await;
    window.click("import-run").await;
    window.see("import-manifest", "till.json").await;
    window.close().await;
}
