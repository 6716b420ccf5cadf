//! The work paper of a sample as a file.

use super::{grid, page};
use crate::{
    app::App,
    error::AppError,
    files,
    host::Host,
    use_case::report::Existing,
    wire::{PaperFormat, PaperRequest, PathAnswer, SampleName, SamplePage, WrittenPaper},
};
use change_ledger_report::work_paper;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Writes the work paper of a sample to a file whose ending names the format. The same ledger gives the same bytes.
///
/// # Errors
/// When there is no such sample, the ending is unknown, a file is in the way and is to stay, or it cannot be written.
pub fn write(
    app: &App,
    host: &dyn Host,
    sample: &str,
    out: &Path,
    existing: Existing,
) -> Result<WrittenPaper, AppError> {
    let format = format_of(out)?;
    let content = content(&page::show(app, host, SampleName { name: sample.to_owned() })?, format)?;
    match existing {
        Existing::Keep => files::write_new(out, &content)?,
        Existing::Replace => files::write_whole(out, &content)?,
    }
    Ok(WrittenPaper { path: out.display().to_string(), sha256: format!("{:x}", Sha256::digest(&content)) })
}

/// Lets the person choose where to, and writes the work paper there.
///
/// # Errors
/// As [`write`].
pub fn save_dialog(app: &App, host: &dyn Host, request: PaperRequest) -> Result<PathAnswer, AppError> {
    let content = content(&page::show(app, host, SampleName { name: request.sample.clone() })?, request.format)?;
    let Some(target) = host.choose_target(&format!("work-paper-{}.{}", request.sample, ending(request.format))) else {
        return Ok(PathAnswer { path: None });
    };
    // The dialog asked before it gave the name of a file that exists.
    files::write_whole(&target, &content)?;
    Ok(PathAnswer { path: Some(target.display().to_string()) })
}

fn content(page: &SamplePage, format: PaperFormat) -> Result<Vec<u8>, AppError> {
    Ok(match format {
        PaperFormat::Pdf => work_paper::pdf(page)?,
        PaperFormat::Html => work_paper::html(page)?.into_bytes(),
        PaperFormat::Csv => grid::csv(page)?,
        PaperFormat::Markdown => work_paper::markdown(page)?.into_bytes(),
    })
}

const fn ending(format: PaperFormat) -> &'static str {
    match format {
        PaperFormat::Pdf => "pdf",
        PaperFormat::Html => "html",
        PaperFormat::Csv => "csv",
        PaperFormat::Markdown => "md",
    }
}

fn format_of(out: &Path) -> Result<PaperFormat, AppError> {
    match out.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase).as_deref() {
        Some("pdf") => Ok(PaperFormat::Pdf),
        Some("html" | "htm") => Ok(PaperFormat::Html),
        Some("csv") => Ok(PaperFormat::Csv),
        Some("md" | "markdown") => Ok(PaperFormat::Markdown),
        _ => Err(AppError::wrong_use(format!("{} ends in none of .pdf, .html, .csv and .md", out.display()))
            .hint("The ending decides the format.")),
    }
}
