//! Starting the program: wrong arguments, and a second start beside an open window.

use crate::{home::Home, window::Window};
use std::process::Command;

fn check(arguments: &[&str], code: i32, said: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_change-ledger-desktop")).args(arguments).output().unwrap();
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&words);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {words}");
    assert!(words.contains(said), "{arguments:?}: {words}");
}

#[test]
fn wrong_arguments_are_named_and_open_no_window() {
    check(&["--help"], 0, "Usage: change-ledger-desktop");
    check(&["--version"], 0, env!("CARGO_PKG_VERSION"));
    check(&["--smaple"], 2, "`--smaple` is not an option");
    check(&["--as-of", "tomorrow"], 2, "--as-of needs a time");
    check(&["one.changeledger", "two.changeledger"], 2, "one ledger file at most");
}

#[tokio::test]
async fn a_second_start_shows_the_window_that_is_open() {
    let home = Home::new();
    let window = Window::open(&home, &[], &[]).await;
    let second = window.program(&home).output().unwrap();
    assert!(second.status.success(), "the second start ends: {second:?}");
    window.find("sample-open").await;
    window.close().await;
}
