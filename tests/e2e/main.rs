//! The real window, driven from outside: `WebKitWebDriver` starts the desktop program under a display, as a person would.
//!
//! `run.sh` beside this file starts the tests with a virtual display. Every test has its own home folder, session bus and
//! driver, and ends by asking whether the window complained about anything (errors, warnings, policy violations).
//! Pictures of every screen are written to `screenshots`, for people to look at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::must_use_candidate,
    missing_docs,
    reason = "a test that fails says so loudly"
)]

mod accessibility;
mod attesting;
mod change;
mod completeness;
mod dropping;
mod exporting;
mod exports;
mod home;
mod importing;
mod keyboard;
mod laying_out;
mod overview;
mod people;
mod pictures;
mod report;
mod reviews_due;
mod samples;
mod screens;
mod security;
mod session;
mod starting;
mod welcome;
mod window;
