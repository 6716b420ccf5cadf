//! The programs around one window: a session bus of its own, and the driver that starts the window.

use crate::home::Home;
use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// Two processes and what they start; all of it ends when this is dropped, also after a failed test.
pub struct Session {
    bus: Child,
    driver: Child,
    /// Where the driver listens.
    pub address: String,
    /// Where the session bus listens.
    pub bus_address: String,
}

impl Session {
    /// Starts the driver in a home; `chosen` is what a person would choose in the window's file dialogs.
    pub fn start(home: &Home, chosen: &[PathBuf]) -> Self {
        let (bus, bus_address) = start_bus(home);
        // The port may be taken between here and the driver's start; then the driver ends at once and the test says so.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.arg(format!("--port={port}")).arg("--host=127.0.0.1");
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("DBUS_SESSION_BUS_ADDRESS", &bus_address);
        // Pictures hang when this is set.
        driver.env_remove("WEBKIT_DISABLE_DMABUF_RENDERER");
        // Whoever runs the tests may have asked for another ledger, theme or language.
        driver.env_remove("CHANGE_LEDGER_FILE").env_remove("GTK_THEME").env("LC_ALL", "C.UTF-8");
        driver.envs(home.environment());
        if !chosen.is_empty() {
            let files: OsString = std::env::join_paths(chosen).unwrap();
            driver.env("CHANGE_LEDGER_TEST_FILES", files);
        }
        let log = std::fs::File::create(home.path().join("driver.log")).unwrap();
        driver.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).process_group(0);
        let driver = driver.spawn().expect("WebKitWebDriver starts; on Debian it is in the package webkit2gtk-driver");
        Self { bus, driver, address: format!("http://127.0.0.1:{port}"), bus_address }
    }

    /// Panics with what the driver said when it is no longer there.
    pub fn check_driver(&mut self, home: &Home) {
        if let Some(status) = self.driver.try_wait().unwrap() {
            let said = std::fs::read_to_string(home.path().join("driver.log")).unwrap_or_default();
            panic!("WebKitWebDriver ended ({status}): {said}");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for leader in [&mut self.driver, &mut self.bus] {
            // Each leads a group of its own: the window and WebKit's processes go with the driver.
            let group = format!("-{}", leader.id());
            let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
            let _ = leader.wait();
        }
    }
}

/// A bus on which nobody else is: a window that is already open on this machine would otherwise answer instead of the one under
/// test. It starts no services either; they would outlive the test.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:dir=HOME</listen>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"#;

fn start_bus(home: &Home) -> (Child, String) {
    let config = home.file("session-bus.conf", BUS.replace("HOME", &home.path().display().to_string()));
    let mut bus = Command::new("dbus-daemon");
    bus.arg(format!("--config-file={}", config.display())).args(["--nofork", "--nopidfile", "--print-address=1"]);
    bus.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let mut bus = bus.spawn().expect("dbus-daemon starts; on Debian it is in the package dbus");
    let mut address = String::new();
    BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
    assert!(!address.is_empty(), "dbus-daemon says where it listens");
    (bus, address.trim().to_owned())
}
