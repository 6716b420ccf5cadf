//! Pictures of the window, written to a folder for people to look at.

use crate::{accessibility, window::Window};
use std::path::{Path, PathBuf};

/// Both themes, as the window's switch names them.
pub const THEMES: [&str; 2] = ["light", "dark"];

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/e2e/screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes what the window shows to `screenshots/NAME.png`.
pub async fn take(window: &Window, name: &str) {
    window.settle().await;
    window.next_frame().await;
    let png = window.picture().await;
    assert!(png.starts_with(b"\x89PNG"), "{name} is no picture");
    std::fs::write(folder().join(format!("{name}.png")), png).unwrap();
}

/// Writes `NAME-light.png` and `NAME-dark.png`, of a screen in which axe-core finds nothing.
pub async fn take_in_both_themes(window: &Window, name: &str) {
    for theme in THEMES {
        window.choose_theme(theme).await;
        let name = format!("{name}-{theme}");
        take(window, &name).await;
        accessibility::check(window, &name).await;
    }
}
