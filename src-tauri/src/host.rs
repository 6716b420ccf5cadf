//! The window as the surroundings of a use case.

use change_ledger_app::{FileChoice, Host, Timestamp, wire::Progress};
use std::path::PathBuf;
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_opener::OpenerExt;

/// Dialogs, events and clock of the desktop.
pub(crate) struct DesktopHost {
    handle: AppHandle,
}

impl DesktopHost {
    pub(crate) const fn new(handle: AppHandle) -> Self {
        Self { handle }
    }
}

impl Host for DesktopHost {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the shell is where the clock is read")]
        Timestamp::from_utc(chrono::Utc::now()).unwrap_or(Timestamp::EPOCH)
    }

    fn progress(&self, progress: &Progress) {
        if let Err(error) = self.handle.emit("progress", progress) {
            log::warn!("the window did not hear about progress: {error}");
        }
    }

    fn choose_files(&self, kind: FileChoice) -> Vec<PathBuf> {
        #[cfg(feature = "test-dialogs")]
        if let Some(chosen) = crate::window_tests::chosen_files() {
            return chosen;
        }
        let dialog = self.handle.dialog().file();
        let chosen = match kind {
            FileChoice::Exports => {
                dialog.set_title("Choose exports to import").blocking_pick_files().unwrap_or_default()
            }
            FileChoice::Ledger => dialog
                .set_title("Open a ledger")
                .add_filter("Change Ledger file", &["changeledger"])
                .blocking_pick_file()
                .into_iter()
                .collect(),
        };
        chosen.into_iter().filter_map(local_path).collect()
    }

    fn choose_target(&self, suggested_name: &str) -> Option<PathBuf> {
        #[cfg(feature = "test-dialogs")]
        if let Some(folder) = crate::window_tests::target_folder() {
            return Some(folder.join(suggested_name));
        }
        self.handle.dialog().file().set_file_name(suggested_name).blocking_save_file().and_then(local_path)
    }

    fn data_folder(&self) -> PathBuf {
        self.handle.path().app_local_data_dir().unwrap_or_default()
    }

    fn shows_the_ledger_meanwhile(&self) -> bool {
        true
    }

    fn open_address(&self, url: &str) -> bool {
        self.handle.opener().open_url(url, None::<&str>).is_ok()
    }
}

fn local_path(chosen: FilePath) -> Option<PathBuf> {
    chosen.into_path().ok()
}
