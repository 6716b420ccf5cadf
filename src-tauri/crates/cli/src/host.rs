//! The terminal as the surroundings of a use case.

use change_ledger_app::{FileChoice, Host, Timestamp, wire::Progress};
use indicatif::{ProgressBar, ProgressStyle};
use std::{io::IsTerminal, path::PathBuf, sync::Mutex};

/// Clock, progress line and data folder of a command-line run.
pub(crate) struct TerminalHost {
    bar: Option<Mutex<ProgressBar>>,
}

impl TerminalHost {
    /// Shows progress only on a terminal, and not when `quiet`.
    pub(crate) fn new(quiet: bool) -> Self {
        let visible = !quiet && std::io::stderr().is_terminal();
        Self { bar: visible.then(|| Mutex::new(ProgressBar::no_length())) }
    }

    /// Takes the progress line away.
    pub(crate) fn finish(&self) {
        if let Some(Ok(bar)) = self.bar.as_ref().map(Mutex::lock) {
            bar.finish_and_clear();
        }
    }
}

impl Host for TerminalHost {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the host is where the clock is read")]
        Timestamp::from_utc(chrono::Utc::now()).unwrap_or(Timestamp::EPOCH)
    }

    fn progress(&self, progress: &Progress) {
        let Some(Ok(bar)) = self.bar.as_ref().map(Mutex::lock) else { return };
        let template = if progress.total_bytes.is_some() {
            "{msg}  {pos_rows} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left"
        } else {
            "{msg}  {bytes}"
        };
        if let Ok(style) =
            ProgressStyle::with_template(&template.replace("{pos_rows}", &format!("{} rows", progress.rows)))
        {
            bar.set_style(style);
        }
        if let Some(total) = progress.total_bytes {
            bar.set_length(total);
        }
        bar.set_position(progress.bytes);
        bar.set_message(progress.subject.clone());
    }

    fn choose_files(&self, _kind: FileChoice) -> Vec<PathBuf> {
        Vec::new()
    }

    fn choose_target(&self, _suggested_name: &str) -> Option<PathBuf> {
        None
    }

    fn data_folder(&self) -> PathBuf {
        // Named after the window's identifier, so that both find the same ledger.
        directories::BaseDirs::new()
            .map_or_else(|| PathBuf::from("."), |folders| folders.data_local_dir().join("org.change-ledger.desktop"))
    }

    fn shows_the_ledger_meanwhile(&self) -> bool {
        false
    }

    fn open_address(&self, _url: &str) -> bool {
        false
    }
}
