//! What a script that got into the window could not do.

use crate::{home::Home, window::Window};
use serde_json::{Value, json};

/// Attempts of a hostile script; each gives whether it was refused.
const ATTEMPTS: &str = r#"const done = arguments[arguments.length - 1];
    const refused = async (attempt) => { try { await attempt(); return false; } catch { return true; } };
    const invoke = window.__TAURI_INTERNALS__.invoke;
    (async () => {
        const styled = document.body.appendChild(document.createElement("p"));
        styled.setAttribute("style", "position: fixed");
        const inline = getComputedStyle(styled).position;
        styled.remove();
        return {
            "markup from text": await refused(() => { document.createElement("p").innerHTML = "<b>bold</b>"; }),
            "a policy of its own": await refused(() => { window.trustedTypes.createPolicy("mine", {}); }),
            "text as program": await refused(() => new Function("return 1")()),
            "inline styles": inline !== "fixed",
            "another host": await refused(() => fetch("https://example.com/")),
            "changing all objects": Object.isFrozen(Object.prototype),
            "the whole interface of the shell": window.__TAURI__ === undefined,
            "file dialogs": await refused(() => invoke("plugin:dialog|open", { options: {} })),
            "opening addresses": await refused(() => invoke("plugin:opener|open_url", { url: "https://example.com/" })),
            "sending events": await refused(() => invoke("plugin:event|emit", { event: "progress", payload: null })),
            "closing the window": await refused(() => invoke("plugin:window|close", { label: "main" })),
            "an address that is no web address": await refused(() =>
                invoke("rpc", { name: "open_address", request: { url: "file:///etc/hostname" } })),
        };
    })().then(done, (error) => done({ [`the attempts: ${error}`]: false }));"#;

#[tokio::test]
async fn a_script_in_the_window_can_do_nothing_but_ask_for_commands() {
    let home = Home::new();
    let window = Window::open(&home, &[], &[]).await;
    assert_eq!(window.complaints().await, Vec::<String>::new());
    let outcomes = window.script_with_callback(ATTEMPTS).await;
    let outcomes = outcomes.as_object().unwrap();
    let allowed: Vec<_> =
        outcomes.iter().filter(|(_, refused)| **refused != json!(true)).map(|(name, _)| name).collect();
    assert!(allowed.is_empty() && outcomes.len() == 12, "not refused: {allowed:?}");

    let complaints = window.complaints().await;
    for directive in ["connect-src", "style-src", "require-trusted-types-for"] {
        assert!(
            complaints.iter().any(|complaint| complaint.contains(directive)),
            "no word of {directive} in {complaints:#?}"
        );
    }
    let unknown = window
        .script_with_callback(
            "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('rpc', { name: 'format_disk', request: {} }).then(() => done(null), done)",
        )
        .await;
    assert_eq!(unknown["code"], Value::from("wrong_use"), "{unknown}");
}
