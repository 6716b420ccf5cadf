//! Draws the charts and issues the report as PDF and HTML.
//!
//! A report goes through three forms, each a plain value: [`content::QuarterReport`] (what is known), the words
//! (`document`: every number formatted, every sentence written), and the layouts ([`pdf`], [`html`], [`preview`]).
//! No step consults a clock, a file, the network or the fonts of the machine, so equal reports yield equal bytes.

pub mod chart;
pub mod content;
mod document;
mod error;
pub mod export;
mod html;
mod typeset;
mod vocabulary;
pub mod work_paper;

pub use document::{Comparing, Definition, definitions, trends};
pub use error::ReportError;
pub use html::html;
pub use typeset::{pdf, preview};

#[cfg(test)]
mod sample;
