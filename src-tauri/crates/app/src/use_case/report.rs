//! The quarterly report: gathered from the ledger, set, and recorded when it is issued.

mod attestations;
mod gather;
mod missing;
mod remarks;
mod restatement;
mod stated;
mod verification;

pub(crate) use restatement::{in_short, moved_numbers};
pub use restatement::{list, restated, restated_quarters};
pub use verification::verify;

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    files,
    host::Host,
    use_case::policy::reference,
    wire::{
        IssuedReport, IssuedReports, Job, Nothing, PathAnswer, Progress, ReportFormat, ReportPreview, ReportRequest,
        ReportSaveRequest, WrittenReports,
    },
};
use change_ledger_model::quarter::Quarter;
use change_ledger_report::content::{QuarterReport, Standing};
use sha2::{Digest, Sha256};
use stated::{Issued, Stated};
use std::path::{Path, PathBuf};

/// The kind of event that records an issued report.
pub(crate) const ISSUED: &str = "report";

/// The pages of a report, to look at before it is issued.
///
/// # Errors
/// When the quarter is misspelt, holds no changes, or the report cannot be set.
pub fn preview(app: &App, host: &dyn Host, request: ReportRequest) -> Result<ReportPreview, AppError> {
    let (report, _) = gather::report(app, host, &request)?;
    let pages = change_ledger_report::preview(&report)?;
    Ok(ReportPreview { pages, remarks: remarks::remarks(&report) })
}

/// What to do with a file that is in the way of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and refuse, unless it is that very report already.
    Keep,
    /// Replace it.
    Replace,
}

/// Writes a report to files, whose endings name the format, and records it as issued unless it is a draft.
/// The same ledger, policy and moment give the same bytes.
///
/// # Errors
/// When no file is named, an ending is unknown, the quarter holds no changes or did not begin and it is no draft, another
/// file is in the way, or a file cannot be written.
pub fn write(
    app: &App,
    host: &dyn Host,
    request: &ReportRequest,
    outs: &[PathBuf],
    existing: Existing,
) -> Result<WrittenReports, AppError> {
    if outs.is_empty() {
        return Err(AppError::wrong_use("say where to write the report: --out report.pdf"));
    }
    let targets = outs.iter().map(|out| Ok((out.as_path(), format_of(out)?))).collect::<Result<Vec<_>, AppError>>()?;
    if !request.draft {
        refuse_without_changes(app, host, &request.quarter)?;
    }
    let (report, computed) = gather::report(app, host, request)?;
    let mut contents = Vec::new();
    for (out, format) in targets {
        let subject = format!("setting {}", out.display());
        host.progress(&Progress { job: Job::Report, subject, rows: 0, bytes: 0, total_bytes: None });
        let content = match format {
            ReportFormat::Pdf => change_ledger_report::pdf(&report)?,
            ReportFormat::Html => change_ledger_report::html(&report)?.into_bytes(),
        };
        // Looked at before anything is written, so that several files are issued together or not at all.
        if existing == Existing::Keep {
            refuse_to_replace(out, &content)?;
        }
        contents.push((out, format, content));
    }
    let quarter = Quarter::parse(&request.quarter)?;
    let stated = match request.draft {
        true => None,
        false => Some(app.read(|ledger| Stated::of(ledger, &computed, &computed.judged, quarter))?),
    };
    let written = contents
        .iter()
        .map(|(out, format, content)| issue(app, host, &report, (quarter, stated.as_ref()), (out, *format, content)));
    let reports = written.collect::<Result<Vec<_>, AppError>>()?;
    let warnings = gather::preliminary(&report).into_iter().collect();
    Ok(WrittenReports { reports, warnings })
}

/// A report of a quarter without changes would say nothing, and one of the future would say it too early.
fn refuse_without_changes(app: &App, host: &dyn Host, quarter: &str) -> Result<(), AppError> {
    let quarter = Quarter::parse(quarter)?;
    let computed = app.computed(host)?;
    // Whoever names a quarter gets it, also one far from all others.
    if computed.judged.quarters(Some((quarter, quarter)))?.iter().any(|asked| asked.changes > 0) {
        return Ok(());
    }
    let known = computed.judged.quarters(None)?;
    let with_changes = || known.iter().filter(|known| known.changes > 0).map(|known| known.quarter.as_str());
    let names: Vec<_> = with_changes().collect();
    let refusal = AppError::wrong_use(format!("{quarter} holds no changes as of {}", computed.as_of));
    let refusal = match (names.first(), names.last()) {
        (Some(first), Some(last)) if names.len() > 1 => {
            refusal.hint(format!("Quarters with changes: {} from {first} to {last}.", names.len()))
        }
        (Some(only), _) => refusal.hint(format!("The only quarter with changes is {only}.")),
        (None, _) => refusal.hint("Import pull requests first."),
    };
    Err(refusal.hint("With --draft it is written nevertheless, marked as a draft and not recorded as issued."))
}

fn refuse_to_replace(out: &Path, content: &[u8]) -> Result<(), AppError> {
    let same = match std::fs::metadata(out) {
        Err(_) => return Ok(()),
        Ok(about) if about.len() != content.len() as u64 => false,
        Ok(_) => std::fs::read(out).is_ok_and(|there| there == content),
    };
    if same {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::NotWritable, format!("{} exists already and is not this report", out.display()))
        .hint("Choose another name: an issued report is never changed.")
        .hint("With --force it is replaced; `report verify` says first whether it was issued."))
}

fn format_of(out: &Path) -> Result<ReportFormat, AppError> {
    match out.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase).as_deref() {
        Some("pdf") => Ok(ReportFormat::Pdf),
        Some("html" | "htm") => Ok(ReportFormat::Html),
        _ => Err(AppError::wrong_use(format!("{} ends neither in .pdf nor in .html", out.display()))
            .hint("The ending decides the format.")),
    }
}

/// Writes one file of a report, and records it with what it states; a draft states nothing.
fn issue(
    app: &App,
    host: &dyn Host,
    report: &QuarterReport,
    (quarter, stated): (Quarter, Option<&Stated>),
    (out, format, content): (&Path, ReportFormat, &[u8]),
) -> Result<IssuedReport, AppError> {
    files::write_whole(out, content)?;
    let policy = report.policy().map(|terms| terms.reference.clone());
    let issued = IssuedReport {
        quarter: quarter.to_string(),
        format,
        sha256: hex(Sha256::digest(content).into()),
        issued_at: host.now(),
        as_of: report.as_of,
        preliminary: report.title.standing == Standing::Preliminary,
        ledger_head: report.ledger_head.clone(),
        policy: match policy {
            Some(policy) => policy,
            None => reference(app.read(|ledger| Ok(ledger.policy_history()?))?.at(report.as_of)),
        },
    };
    if let Some(stated) = stated {
        record(app, &issued, stated)?;
    }
    Ok(issued)
}

fn hex(sha256: [u8; 32]) -> String {
    sha256.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Records an issued report in the event chain; the same bytes are recorded once.
fn record(app: &App, report: &IssuedReport, stated: &Stated) -> Result<(), AppError> {
    let issued = Issued { report: report.clone(), stated: Some(stated.clone()) };
    let payload = serde_json::to_value(issued).map_err(|error| {
        AppError::new(ErrorCode::Internal, format!("the issued report cannot be recorded: {error}"))
    })?;
    app.write(|ledger| {
        let known = Issued::all(&ledger.events(Some(ISSUED))?)?;
        if known.iter().any(|(_, known)| known.report.sha256 == report.sha256) {
            return Ok(());
        }
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
    let newest_first = Issued::all(&events)?.into_iter().rev();
    Ok(IssuedReports { reports: newest_first.map(|(_, issued)| issued.report).collect() })
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
    // The dialog asked before it gave the name of a file that exists.
    write(app, host, &request.report, std::slice::from_ref(&target), Existing::Replace)?;
    Ok(PathAnswer { path: Some(target.display().to_string()) })
}

#[cfg(test)]
mod tests;
