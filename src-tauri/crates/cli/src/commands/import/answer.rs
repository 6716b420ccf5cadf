//! The answer of an import as JSON, and the rehearsal of one in words.

use crate::{failure, output};
use change_ledger_app::{
    ErrorCode, ImportManifest, ImportStatus, ImportWarning, name_of,
    wire::{FilePreview, ImportAnswer, ImportFailure, PreviewRow},
};
use serde_json::{Map, Value, json};

/// The code of the warning about times without a zone, which asks for `--timezone`.
const TIMEZONE_ASSUMED: &str = "timezone_assumed";

/// The answer for scripts: every file has an entry in `runs`, also one that could not be read.
pub(super) fn as_json(answer: &ImportAnswer) -> Result<Value, serde_json::Error> {
    let mut runs = Vec::new();
    for (position, run) in answer.runs.iter().enumerate() {
        let mut entry = serde_json::to_value(run)?;
        if answer.dry_run
            && let Some(entry) = entry.as_object_mut()
        {
            entry.insert("dry_run".to_owned(), true.into());
            entry.insert("preview".to_owned(), serde_json::to_value(answer.previews.get(position).map(|it| &it.rows))?);
            entry.insert("questions".to_owned(), questions(run).into());
        }
        runs.push(entry);
    }
    runs.extend(answer.failures.iter().map(|failed| unread(failed, answer.dry_run)));
    let failed = |failed: &ImportFailure| json!({"file": failed.file, "error": failure::as_json(&failed.error)});
    let mut whole = Map::from_iter([("runs".to_owned(), runs.into())]);
    if answer.dry_run {
        whole.insert("dry_run".to_owned(), true.into());
    }
    for (key, list) in [("failures", &answer.failures), ("skipped", &answer.skipped)] {
        if !list.is_empty() {
            whole.insert(key.to_owned(), list.iter().map(failed).collect());
        }
    }
    if !answer.not_imported.is_empty() {
        whole.insert("not_imported".to_owned(), answer.not_imported.iter().cloned().collect());
    }
    Ok(whole.into())
}

/// The entry of a file that could not be read at all: what is not known of it is null, not zero.
fn unread(failed: &ImportFailure, dry_run: bool) -> Value {
    let error = failure::as_json(&failed.error);
    let unknown = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), Value::Null)).collect::<Value>();
    let entry = json!({
        "id": null, "file": failed.file, "sha256": null, "bytes": null, "source": null, "kind": null,
        "recognised_by": null, "status": name_of(&ImportStatus::Rejected),
        "rows": unknown(&["read", "accepted", "updated", "unchanged", "rejected"]),
        "records": unknown(&["changes", "not_implemented", "reviews", "tickets", "incidents", "deployments", "links"]),
        "first": null, "last": null, "carries": [], "cannot_tell": [], "timezone": null, "imported_at": null,
        "warnings": [{"code": error.get("code"), "message": failed.error.message}],
    });
    let questions = if is_question(failed) { json!([error]) } else { json!([]) };
    let rehearsed = dry_run.then(|| [("dry_run".to_owned(), true.into()), ("questions".to_owned(), questions)]);
    let known = entry.as_object().cloned().unwrap_or_default();
    known.into_iter().chain(rehearsed.into_iter().flatten()).collect()
}

/// Whether the file could be read if somebody answered what it leaves open.
fn is_question(failed: &ImportFailure) -> bool {
    matches!(failed.error.code, ErrorCode::AmbiguousDates | ErrorCode::WrongUse)
}

/// Whether a warning is a question that an argument answers.
pub(super) fn asks(warning: &ImportWarning) -> bool {
    warning.code == TIMEZONE_ASSUMED
}

/// What a file that can be read leaves open.
fn questions(run: &ImportManifest) -> Vec<Value> {
    let open = run.warnings.iter().filter(|warning| asks(warning));
    open.map(|warning| {
        let hint = "Say which zone it is with --timezone ZONE, such as Europe/Berlin.";
        json!({"code": warning.code, "message": warning.message, "hints": [hint]})
    })
    .collect()
}

/// What a rehearsal found out about each file.
pub(super) fn rehearsal(answer: &ImportAnswer) -> String {
    let mut text = String::new();
    for (run, preview) in answer.runs.iter().zip(&answer.previews) {
        text.push_str(&file(run, preview));
    }
    text
}

fn file(run: &ImportManifest, preview: &FilePreview) -> String {
    let facts = |facts: &[change_ledger_app::Fact]| -> String {
        let names: Vec<_> = facts.iter().map(|fact| name_of(fact).replace('_', " ")).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    };
    let mut text = format!("\n{}: {}\n", output::printable(&run.file), output::printable(&preview.recognised_by));
    text.push_str(&format!("  carries: {}\n  cannot tell: {}\n", facts(&run.carries), facts(&run.cannot_tell)));
    for row in &preview.rows {
        text.push_str(&first_row(row));
    }
    for question in run.warnings.iter().filter(|warning| asks(warning)) {
        text.push_str(&format!("  question: {} Answer with --timezone ZONE.\n", output::printable(&question.message)));
    }
    text
}

fn first_row(row: &PreviewRow) -> String {
    let place = match row.line {
        Some(line) => format!("row {} (line {line})", row.row),
        None => format!("row {}", row.row),
    };
    if let Some(reject) = &row.reject {
        let field = reject.field.as_ref().map_or_else(String::new, |field| format!("{field}: "));
        return format!("  {place} would be rejected: {}\n", output::printable(&format!("{field}{}", reject.reason)));
    }
    let mut text = String::new();
    for record in &row.records {
        let facts = record.facts.iter().map(|fact| {
            let value = fact.value.as_deref().unwrap_or("unknown");
            format!("{} {}", fact.fact.replace('_', " "), if value.is_empty() { "none" } else { value })
        });
        let line = format!("{place}: {} {}: {}", record.kind, record.name, facts.collect::<Vec<_>>().join("; "));
        text.push_str(&format!("  {}\n", output::cut(&output::printable(&line), output::width().saturating_sub(2))));
    }
    text
}
