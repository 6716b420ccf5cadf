//! The report: its pages to look at, and the files that are saved.

use crate::{exports::LAST_QUARTER, home::Home, window::Window};
use std::path::PathBuf;

/// The one file with this ending where the save dialog leads to.
fn saved(home: &Home, ending: &str) -> PathBuf {
    let files: Vec<_> = std::fs::read_dir(home.saved()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut matching = files.iter().filter(|path| path.extension().is_some_and(|found| found == ending));
    let file = matching.next().unwrap_or_else(|| panic!("no .{ending} among {files:?}"));
    assert!(matching.next().is_none(), "more than one .{ending} among {files:?}");
    file.clone()
}

#[tokio::test]
async fn a_report_is_previewed_saved_and_listed() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.click("nav-report").await;
    let pages = "const pages = [...document.querySelectorAll('img[src][alt^=\"Page \"]')];
        return pages.length > 1 && pages[0].complete && pages[0].naturalWidth > 0 ? pages.length : null";
    window.until("the pages of the preview", pages).await;

    for (button, ending, beginning) in
        [("report-save-pdf", "pdf", "%PDF-"), ("report-save-html", "html", "<!doctype html>")]
    {
        window.click(button).await;
        let announced = format!("return document.querySelector('main').innerText.includes('.{ending}')");
        window.until(&format!("the path of the .{ending}"), &announced).await;
        let file = saved(&home, ending);
        let content = std::fs::read(&file).unwrap();
        let start = String::from_utf8_lossy(&content[..beginning.len()]).to_lowercase();
        assert_eq!(start, beginning.to_lowercase(), "{}", file.display());
        assert!(file.file_name().unwrap().to_string_lossy().contains(LAST_QUARTER), "{}", file.display());
    }
    let issued = "return document.querySelectorAll('section[aria-labelledby=issued-title] tbody tr').length === 2";
    window.until("both in the list of issued reports", issued).await;
    window.close().await;
}
