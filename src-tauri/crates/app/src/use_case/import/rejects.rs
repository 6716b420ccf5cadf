//! The rows of an import that could not be read.

use crate::{
    app::App,
    error::{AppError, ErrorCode},
    files,
    host::Host,
    spreadsheet::without_formula,
    texts,
    wire::{ImportId, PathAnswer, RejectedRow, RejectsAnswer},
};
use change_ledger_model::record::Reject;
use change_ledger_store::Ledger;
use serde_json::json;
use std::{
    io::{self, Write},
    ops::ControlFlow,
};

/// Rejected rows that an answer holds; the file that is written has them all.
const REJECTS_SHOWN: usize = 1000;
/// Bytes of a rejected row that are shown.
const RAW_SHOWN: u64 = 2000;

/// How all rejected rows of an import are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectsFormat {
    /// Columns row, line, offset, length, field, reason, raw, encoding. A cell that a spreadsheet would take for a formula
    /// gets a leading apostrophe.
    Csv,
    /// One object: `import`, `file`, and under `rejects` a list with the fields of [`Reject`], `raw` and `encoding`.
    Json,
}

/// The first rejected rows of an import run, with the beginning of their raw text.
///
/// # Errors
/// When there is no such run or the ledger cannot be read.
pub fn rejects(app: &App, _: &dyn Host, request: ImportId) -> Result<RejectsAnswer, AppError> {
    app.read(|ledger| {
        let manifest = ledger.import(request.id)?;
        let encoding = texts::reading(&ledger.reading_of(request.id)?)?.encoding;
        let mut rejects = Vec::new();
        ledger.rejected_rows(request.id, RAW_SHOWN, &mut |reject, raw| {
            rejects.push(RejectedRow { raw: encoding.text_of(raw).into_owned(), reject });
            if rejects.len() < REJECTS_SHOWN { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(RejectsAnswer { file: manifest.file, total: manifest.rows.rejected, rejects })
    })
}

/// Lets the person choose where to, and writes every rejected row there as CSV.
///
/// # Errors
/// When there is no such run, or the file cannot be written.
pub fn save_rejects(app: &App, host: &dyn Host, request: ImportId) -> Result<PathAnswer, AppError> {
    let Some(target) = host.choose_target(&format!("rejected-rows-of-import-{}.csv", request.id)) else {
        return Ok(PathAnswer { path: None });
    };
    files::write_whole_with(&target, &mut |out| write_rejects(app, request.id, RejectsFormat::Csv, out))?;
    Ok(PathAnswer { path: Some(target.display().to_string()) })
}

/// Writes every rejected row of an import run: its place, field and reason, the row as it stands, and the encoding from
/// which that was turned into UTF-8. Offset and length are those of the bytes in the file.
///
/// # Errors
/// When there is no such run, the ledger cannot be read, or `out` cannot be written.
pub fn write_rejects(app: &App, import: i64, format: RejectsFormat, out: &mut dyn Write) -> Result<(), AppError> {
    app.read(|ledger| match format {
        RejectsFormat::Csv => write_csv(ledger, import, out),
        RejectsFormat::Json => write_json(ledger, import, out),
    })
}

fn write_csv(ledger: &Ledger, import: i64, out: &mut dyn Write) -> Result<(), AppError> {
    let mut table = csv::Writer::from_writer(out);
    table
        .write_record(["row", "line", "offset", "length", "field", "reason", "raw", "encoding"])
        .map_err(|error| not_written(error.into()))?;
    each(ledger, import, &mut |reject, raw, encoding| {
        let span = reject.place.span;
        let line = reject.place.line.map_or_else(String::new, |line| line.to_string());
        let numbers = [reject.place.row.to_string(), line, span.offset.to_string(), span.length.to_string()];
        let texts = [reject.field.as_deref().unwrap_or_default(), reject.reason.as_str(), raw, encoding];
        let cells = numbers.into_iter().chain(texts.map(without_formula));
        Ok(table.write_record(cells)?)
    })?;
    table.flush().map_err(not_written)
}

/// Row by row, because a file of any size may consist of nothing else.
fn write_json(ledger: &Ledger, import: i64, out: &mut dyn Write) -> Result<(), AppError> {
    let manifest = ledger.import(import)?;
    write!(out, "{{\"import\":{import},\"file\":{},\"rejects\":[", json!(manifest.file)).map_err(not_written)?;
    let mut separator = "";
    each(ledger, import, &mut |reject, raw, encoding| {
        let Reject { place, field, reason } = reject;
        let row = json!({"place": place, "field": field, "reason": reason, "raw": raw, "encoding": encoding});
        write!(out, "{separator}{row}")?;
        separator = ",";
        Ok(())
    })?;
    out.write_all(b"]}\n").map_err(not_written)
}

/// Hands every reject to `write` with its row as text and the name of the encoding in which the file has it.
fn each(
    ledger: &Ledger,
    import: i64,
    write: &mut dyn FnMut(&Reject, &str, &str) -> io::Result<()>,
) -> Result<(), AppError> {
    let encoding = texts::reading(&ledger.reading_of(import)?)?.encoding;
    let mut written = Ok(());
    ledger.rejected_rows(import, u64::MAX, &mut |reject, raw| {
        let of_row = encoding.of_raw(raw);
        written = write(&reject, &of_row.text_of(raw), &crate::name_of(&of_row));
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written.map_err(not_written)
}

fn not_written(error: io::Error) -> AppError {
    AppError::new(ErrorCode::NotWritable, format!("the rejected rows cannot be written: {error}"))
}
