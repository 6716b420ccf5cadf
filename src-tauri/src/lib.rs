//! The desktop shell: a window around the use cases. The only package that names tauri.
//!
//! Everything the window can ask for goes through one command, [`rpc`], into the list of commands
//! that the command line's use cases share.

mod host;
mod startup;
#[cfg(feature = "test-dialogs")]
mod window_tests;

use change_ledger_app::{App, AppError, ErrorCode, command, use_case};
use host::DesktopHost;
use startup::{Startup, USAGE, Wish};
use std::{process::ExitCode, sync::Arc, time::Duration};
use tauri::{AppHandle, Emitter, Manager, State};

/// How often an open window looks whether another process wrote to the ledger.
const WATCH_EVERY: Duration = Duration::from_secs(2);

/// Opens the window and stays until it is closed. A start with wrong arguments ends with the exit code 2.
#[must_use]
pub fn run() -> ExitCode {
    match Wish::from_arguments(std::env::args_os().skip(1)) {
        Ok(Wish::Window(startup)) => open_window(startup),
        Ok(Wish::Usage) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Wish::Version) => {
            println!("change-ledger-desktop {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn open_window(startup: Startup) -> ExitCode {
    let builder = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(show_first_window))
        .plugin(tauri_plugin_log::Builder::new().level(log_level()).build())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init());
    #[cfg(feature = "test-dialogs")]
    let builder = builder.plugin(window_tests::complaints());
    let ended = builder
        .setup(move |handle| {
            let app = Arc::new(App::new(startup.into_settings(handle.handle())?)?);
            handle.manage(Arc::clone(&app));
            watch_ledger(app, handle.handle().clone());
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![rpc])
        .run(context());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the window cannot be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Carries out one command of the list for the window, off its thread.
#[tauri::command]
async fn rpc(
    handle: AppHandle,
    app: State<'_, Arc<App>>,
    name: String,
    request: serde_json::Value,
) -> Result<serde_json::Value, AppError> {
    let app = Arc::clone(&app);
    let host = DesktopHost::new(handle);
    tauri::async_runtime::spawn_blocking(move || command::dispatch(&app, &host, &name, request)).await.unwrap_or_else(
        |stopped| Err(AppError::new(ErrorCode::Internal, format!("the work stopped half-way: {stopped}"))),
    )
}

/// The window's files and settings, embedded when the program was built.
#[expect(
    clippy::disallowed_methods,
    reason = "the code that the macro makes ends the process; this program's own does not"
)]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// Tells the window when the ledger's data version changes, whoever wrote to it, and then makes the new texts searchable.
fn watch_ledger(app: Arc<App>, handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let mut seen = None;
        loop {
            tokio::time::sleep(WATCH_EVERY).await;
            let version = app.data_version_if_idle();
            if version.is_some() && version != seen {
                if seen.is_some() {
                    // A window that is closing need not hear it.
                    let _ = handle.emit("data-changed", version);
                }
                seen = version;
                make_searchable(&app, &handle, version).await;
            }
        }
    });
}

/// Brings the search index up to date, and tells the window when that changed what a search finds.
async fn make_searchable(app: &Arc<App>, handle: &AppHandle, version: Option<i64>) {
    let (app, host) = (Arc::clone(app), DesktopHost::new(handle.clone()));
    let caught_up = tauri::async_runtime::spawn_blocking(move || use_case::search::catch_up(&app, &host)).await;
    match caught_up {
        Ok(Ok(true)) => {
            let _ = handle.emit("data-changed", version);
        }
        Ok(Ok(false)) => {}
        // Search says itself that it is behind; the next change tries again.
        Ok(Err(error)) => log::warn!("texts could not be made searchable: {error}"),
        Err(stopped) => log::warn!("texts could not be made searchable: {stopped}"),
    }
}

/// A second start shows the first one's window instead.
fn show_first_window(handle: &AppHandle, _arguments: Vec<String>, _folder: String) {
    if let Some(window) = handle.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            eprintln!("warning: the window cannot be brought forward: {error}");
        }
    }
}

const fn log_level() -> log::LevelFilter {
    if cfg!(debug_assertions) { log::LevelFilter::Info } else { log::LevelFilter::Warn }
}
