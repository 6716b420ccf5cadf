//! One window and what a person does with it.

use crate::{home::Home, session::Session};
use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    wd::TimeoutConfiguration,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

/// How long to wait for something before the test fails; a slow machine is no failure.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look again.
const AGAIN: Duration = Duration::from_millis(100);

/// An open window of the desktop program.
pub struct Window {
    client: Client,
    /// Ends everything that was started, also when a test fails.
    session: Session,
}

impl Window {
    /// Starts the program with `arguments`; `chosen` is what a person would choose in its file dialogs.
    pub async fn open(home: &Home, arguments: &[&str], chosen: &[PathBuf]) -> Self {
        let mut session = Session::start(home, chosen);
        let options = json!({ "binary": env!("CARGO_BIN_EXE_change-ledger-desktop"), "args": arguments });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let begun = Instant::now();
        let client = loop {
            match ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.clone())
                .connect(&session.address)
                .await
            {
                Ok(client) => break client,
                Err(error) => {
                    session.check_driver(home);
                    assert!(begun.elapsed() < PATIENCE, "no window: {error}");
                    tokio::time::sleep(AGAIN).await;
                }
            }
        };
        let timeouts = TimeoutConfiguration::new(Some(PATIENCE), None, None);
        client.update_timeouts(timeouts).await.unwrap();
        let window = Self { client, session };
        window.until("the first screen", "return document.querySelector('main h1, main [role=alert]') !== null").await;
        window
    }

    /// Opens the window on the sample workspace, at its overview.
    pub async fn open_sample(home: &Home) -> Self {
        let window = Self::open(home, &["--sample"], &[]).await;
        window.find("tile-emergency_ratio").await;
        window
    }

    /// Closes the window, which must not have complained about anything.
    pub async fn close(self) {
        assert_eq!(self.complaints().await, Vec::<String>::new(), "the window complained");
        self.client.close().await.unwrap();
    }

    /// The program, to be started once more beside this window.
    pub fn program(&self, home: &Home) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_change-ledger-desktop"));
        program.envs(home.environment()).env("DBUS_SESSION_BUS_ADDRESS", &self.session.bus_address);
        program
    }

    /// What the window complained about since it was opened.
    pub async fn complaints(&self) -> Vec<String> {
        let complaints = self.script("return window.complaints").await;
        complaints
            .as_array()
            .expect("the window gathers complaints")
            .iter()
            .map(|words| words.as_str().unwrap().to_owned())
            .collect()
    }

    /// Runs the body of a function in the window.
    pub async fn script(&self, body: &str) -> Value {
        self.client.execute(body, Vec::new()).await.unwrap()
    }

    /// Runs the body of a function that calls its last argument when it is done.
    pub async fn script_with_callback(&self, body: &str) -> Value {
        self.client.execute_async(body, Vec::new()).await.unwrap()
    }

    /// Waits until the body of a function gives something, and gives that.
    pub async fn until(&self, what: &str, body: &str) -> Value {
        let begun = Instant::now();
        loop {
            let value = self.script(body).await;
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            if begun.elapsed() > PATIENCE {
                let complaints = self.complaints().await;
                let text = self.script("return `${location.hash}\\n${document.body.innerText}`").await;
                panic!(
                    "waited in vain for {what}; complaints: {complaints:#?}; the window shows {}",
                    text.as_str().unwrap_or_default()
                );
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Waits for an element by the name that tests know it by.
    pub async fn find(&self, name: &str) -> Element {
        let selector = format!("[data-testid='{name}']");
        self.until(name, &format!("return document.querySelector(\"{selector}\") !== null")).await;
        self.client.find(Locator::Css(&selector)).await.unwrap()
    }

    /// Clicks an element by the name that tests know it by.
    pub async fn click(&self, name: &str) {
        self.find(name).await.click().await.unwrap_or_else(|error| panic!("{name} cannot be clicked: {error}"));
    }

    /// The visible text of an element, by the name that tests know it by.
    pub async fn text(&self, name: &str) -> String {
        self.find(name).await;
        let text = self.script(&format!("return document.querySelector(\"[data-testid='{name}']\").innerText")).await;
        // Numbers and their units are held together with no-break spaces.
        text.as_str().unwrap().replace('\u{a0}', " ")
    }

    /// Waits until an element's text contains some words.
    pub async fn see(&self, name: &str, words: &str) {
        let words = serde_json::to_string(words).unwrap();
        let body = format!("return document.querySelector(\"[data-testid='{name}']\")?.innerText.includes({words})");
        self.until(&format!("{words} in {name}"), &body).await;
    }

    /// Presses and lets go of a key, wherever the focus is.
    pub async fn press(&self, key: char) {
        self.press_one_after_the_other(&[key]).await;
    }

    /// Presses and lets go of keys as quickly as a person who knows them.
    pub async fn press_one_after_the_other(&self, keys: &[char]) {
        let keyboard = KeyActions::new("keyboard".to_owned());
        let actions = keys.iter().fold(keyboard, |actions, key| {
            actions.then(KeyAction::Down { value: *key }).then(KeyAction::Up { value: *key })
        });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Presses a key while another is held.
    pub async fn press_together(&self, held: char, key: char) {
        let keyboard = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        self.client.perform_actions(keyboard).await.unwrap();
    }

    /// Goes to a screen by its address within the window, and waits until it has its content.
    pub async fn go(&self, hash: &str) {
        self.script(&format!("location.hash = {}", json!(hash))).await;
        self.settle().await;
    }

    /// Waits until nothing is being waited for: no words about it, nothing busy, fonts there.
    pub async fn settle(&self) {
        let body = "return document.fonts.status === 'loaded' && document.querySelector('h1, [role=alert]') !== null
            && document.querySelector('.pending, [aria-busy=true]') === null
            && document.getAnimations().every((animation) => animation.playState !== 'running')";
        self.until("the screen to settle", body).await;
    }

    /// Waits until what was last changed is drawn.
    pub async fn next_frame(&self) {
        let body = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))";
        self.script_with_callback(body).await;
    }

    /// Chooses light or dark with the window's own switch.
    pub async fn choose_theme(&self, theme: &str) {
        let chosen = format!("return document.documentElement.dataset.theme === '{theme}'");
        for _ in 0..3 {
            if self.script(&chosen).await == json!(true) {
                return;
            }
            self.click("theme-toggle").await;
        }
        assert_eq!(self.script(&chosen).await, json!(true), "the switch never comes to {theme}");
    }

    /// Makes the window as wide and high as asked, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
        self.until("the new size", &format!("return innerWidth === {width} && innerHeight === {height}")).await;
    }

    /// What the window shows, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.unwrap()
    }
}
