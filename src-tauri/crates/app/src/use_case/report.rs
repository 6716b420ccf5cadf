//! The quarterly report: gathered from the ledger, set, and recorded when it is issued.

mod gather;

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    files,
    host::Host,
    use_case::policy::reference,
    wire::{
        IssuedReport, IssuedReports, Job, Nothing, PathAnswer, Progress, ReportFormat, ReportPreview, ReportRequest,
        ReportSaveRequest,
    },
};
use change_ledger_model::quarter::Quarter;
use change_ledger_report::content::QuarterReport;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The kind of event that records an issued report.
pub(crate) const ISSUED: &str = "report";

/// The pages of a report, to look at before it is issued.
///
/// # Errors
/// When the quarter is misspelt, holds no changes, or the report cannot be set.
pub fn preview(app: &App, host: &dyn Host, request: ReportRequest) -> Result<ReportPreview, AppError> {
    let report = gather::report(app, host, &request)?;
    let pages = change_ledger_report::preview(&report)?;
    Ok(ReportPreview { pages, remarks: gather::remarks(&report) })
}

/// Writes a report to files, whose endings name the format, and records it as issued unless it is a draft.
/// The same ledger, policy and moment give the same bytes.
///
/// # Errors
/// When no file is named, an ending is unknown, the quarter holds no changes, or a file cannot be written.
pub fn write(
    app: &App,
    host: &dyn Host,
    request: &ReportRequest,
    outs: &[PathBuf],
) -> Result<Vec<IssuedReport>, AppError> {
    if outs.is_empty() {
        return Err(AppError::wrong_use("say where to write the report: --out report.pdf"));
    }
    let targets = outs.iter().map(|out| Ok((out.as_path(), format_of(out)?))).collect::<Result<Vec<_>, AppError>>()?;
    let report = gather::report(app, host, request)?;
    let mut issued = Vec::new();
    for (out, format) in targets {
        let subject = format!("setting {}", out.display());
        host.progress(&Progress { job: Job::Report, subject, rows: 0, bytes: 0, total_bytes: None });
        issued.push(issue(app, host, &report, request, out, format)?);
    }
    Ok(issued)
}

fn format_of(out: &Path) -> Result<ReportFormat, AppError> {
    match out.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase).as_deref() {
        Some("pdf") => Ok(ReportFormat::Pdf),
        Some("html" | "htm") => Ok(ReportFormat::Html),
        _ => Err(AppError::wrong_use(format!("{} ends neither in .pdf nor in .html", out.display()))
            .hint("The ending decides the format.")),
    }
}

fn issue(
    app: &App,
    host: &dyn Host,
    report: &QuarterReport,
    request: &ReportRequest,
    out: &Path,
    format: ReportFormat,
) -> Result<IssuedReport, AppError> {
    let content = match format {
        ReportFormat::Pdf => change_ledger_report::pdf(report)?,
        ReportFormat::Html => change_ledger_report::html(report)?.into_bytes(),
    };
    files::write_whole(out, &content)?;
    let policy = report.policy().map(|terms| terms.reference.clone());
    let issued = IssuedReport {
        quarter: request.quarter.clone(),
        format,
        sha256: format!("{:x}", Sha256::digest(&content)),
        issued_at: host.now(),
        as_of: report.as_of,
        policy: match policy {
            Some(policy) => policy,
            None => reference(app.read(|ledger| Ok(ledger.policy_history()?))?.at(report.as_of)),
        },
    };
    if !request.draft {
        record(app, host, &issued)?;
    }
    Ok(issued)
}

/// Records an issued report in the event chain; the same bytes are recorded once.
fn record(app: &App, host: &dyn Host, report: &IssuedReport) -> Result<(), AppError> {
    let known = issued(app, host, Nothing {})?.reports;
    if known.iter().any(|known| known.sha256 == report.sha256) {
        return Ok(());
    }
    let payload = serde_json::to_value(report).map_err(|error| {
        AppError::new(ErrorCode::Internal, format!("the issued report cannot be recorded: {error}"))
    })?;
    app.write(|ledger| {
        ledger.append_event(report.issued_at, ISSUED, None, &payload)?;
        Ok(())
    })
}

/// The reports that were issued, newest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn issued(app: &App, _: &dyn Host, _: Nothing) -> Result<IssuedReports, AppError> {
    let events = app.read(|ledger| Ok(ledger.events(Some(ISSUED))?))?;
    let damaged =
        |error| AppError::new(ErrorCode::LedgerDamaged, format!("an issued report cannot be read any more: {error}"));
    let mut reports = events
        .iter()
        .map(|event| serde_json::from_str(&event.payload).map_err(damaged))
        .collect::<Result<Vec<IssuedReport>, _>>()?;
    reports.reverse();
    Ok(IssuedReports { reports })
}

/// Lets the person choose where to, and issues a report.
///
/// # Errors
/// As [`write`].
pub fn save_dialog(app: &App, host: &dyn Host, request: ReportSaveRequest) -> Result<PathAnswer, AppError> {
    let quarter = Quarter::parse(&request.report.quarter)?;
    let ending = match request.format {
        ReportFormat::Pdf => "pdf",
        ReportFormat::Html => "html",
    };
    let Some(target) = host.choose_target(&format!("change-management-{quarter}.{ending}")) else {
        return Ok(PathAnswer { path: None });
    };
    write(app, host, &request.report, std::slice::from_ref(&target))?;
    Ok(PathAnswer { path: Some(target.display().to_string()) })
}
