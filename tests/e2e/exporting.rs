//! The facts and verdicts, written to a folder that the person chooses.

use crate::{home::Home, pictures, window::Window};

#[tokio::test]
async fn facts_and_verdicts_are_exported_with_the_sql_that_computes_them_again() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.resize(1280, 800).await;
    window.click("nav-export").await;
    window.click("export-csv").await;
    window.click("export-save").await;
    window.until("the folder", "return document.querySelector('main').innerText.includes('Written to ')").await;
    pictures::take_in_both_themes(&window, "exported").await;
    let folder = std::fs::read_dir(home.saved()).unwrap().next().unwrap().unwrap().path();
    for name in ["README.md", "changes.csv", "metrics.sql", "manifest.json", "tables.sql", "verdicts.sql"] {
        assert!(folder.join(name).is_file(), "{name} is not in {}", folder.display());
    }

    window.click("export-save").await;
    window.until("the refusal", "return document.querySelector('main [role=alert]') !== null").await;
    pictures::take_in_both_themes(&window, "export-refused").await;
    window.close().await;
}
