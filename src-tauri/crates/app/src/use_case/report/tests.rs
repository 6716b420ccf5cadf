use super::{Existing, gather, verify, write};
use crate::{
    App,
    host::scripted::{Scripted, app_in, pulls},
    use_case::import::import,
    wire::{ImportRequest, Job, ReportRequest},
};
use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

fn import_pulls(app: &App, folder: &Path, numbers: std::ops::Range<u32>) {
    let file = folder.join(format!("pulls-{}.json", numbers.start));
    std::fs::write(&file, pulls(numbers)).unwrap();
    let request = ImportRequest { paths: vec![file.display().to_string()], ..ImportRequest::default() };
    let answer = import(app, &Scripted::quiet(), request).unwrap();
    assert_eq!(answer.failures, []);
}

fn request() -> ReportRequest {
    ReportRequest { quarter: "2026-Q3".to_owned(), ..ReportRequest::default() }
}

fn head(app: &App) -> Option<String> {
    app.read(|ledger| Ok(ledger.chain_head()?)).unwrap()
}

#[test]
fn a_report_is_gathered_from_one_state_of_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (app, host) = (app_in(folder.path()), Scripted::quiet());
    import_pulls(&app, folder.path(), 1..3);
    let computed = app.computed(&host).unwrap();
    assert!(gather::of_state(&app, &computed, &request()).unwrap().is_some());
    import_pulls(&app_in(folder.path()), folder.path(), 3..6);
    assert_eq!(gather::of_state(&app, &computed, &request()).unwrap(), None, "judged before the import, read after it");
    let (report, _) = gather::report(&app, &host, &request()).unwrap();
    assert_eq!(report.quarter().map(|quarter| quarter.changes), Some(5));
    assert_eq!((report.imports.len(), &report.ledger_head), (2, &head(&app)));
}

#[test]
fn an_issued_report_is_tied_to_the_state_that_it_prints() {
    let folder = tempfile::tempdir().unwrap();
    let app = app_in(folder.path());
    import_pulls(&app, folder.path(), 1..3);
    let printed = head(&app).unwrap();
    // Somebody else imports while the report is being set: after it was gathered, before it is recorded.
    let done = AtomicBool::new(false);
    let host = Scripted::at_progress(|progress| {
        if progress.job == Job::Report && !done.swap(true, Ordering::Relaxed) {
            import_pulls(&app_in(folder.path()), folder.path(), 3..6);
        }
    });
    let out = folder.path().join("report.html");
    let written = write(&app, &host, &request(), std::slice::from_ref(&out), Existing::Keep).unwrap();
    assert_eq!(written.reports[0].ledger_head.as_ref(), Some(&printed));
    let text = std::fs::read_to_string(&out).unwrap();
    let begins: String = printed.chars().take(8).collect();
    assert!(text.contains(&begins), "{begins} is printed");
    let verified = verify(&app, &out).unwrap();
    assert_eq!((verified.ledger_head, verified.events_since), (Some(printed), Some(1)));
}
