//! The grid of a work paper as CSV: one line per item, one column per attribute.

use crate::{
    error::{AppError, ErrorCode},
    spreadsheet::without_formula,
    wire::{SampleItem, SamplePage},
};
use change_ledger_model::samples::{AnswerLine, Attribute};
use change_ledger_report::work_paper::ticks;

const ABOUT: [&str; 12] = [
    "sample",
    "item",
    "id",
    "stratum",
    "title",
    "author",
    "implemented_at",
    "order",
    "replaces",
    "taken_out",
    "replaced_by",
    "population_sha256",
];
/// What was written beside the ticks, and who gave them when.
const AFTER: [&str; 2] = ["remarks", "answered"];

/// The grid; cells that a spreadsheet would take for a formula get a leading apostrophe.
pub(super) fn csv(page: &SamplePage) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let attributes = Attribute::ALL.map(|attribute| attribute.letter().to_string());
    let header = ABOUT.into_iter().chain(attributes.iter().map(String::as_str)).chain(AFTER);
    let unwritten = |error: &dyn std::fmt::Display| {
        AppError::new(ErrorCode::Internal, format!("the grid cannot be written as CSV: {error}"))
    };
    writer.write_record(header).map_err(|error| unwritten(&error))?;
    for item in &page.items {
        writer.write_record(row(page, item)).map_err(|error| unwritten(&error))?;
    }
    writer.into_inner().map_err(|error| unwritten(&error))
}

fn row(page: &SamplePage, item: &SampleItem) -> Vec<String> {
    let unknown = || "unknown".to_owned();
    let change = item.change.as_ref();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let about = [
        page.id.clone(),
        item.item.to_string(),
        item.id.clone(),
        item.kind.name().to_owned(),
        change.map_or_else(unknown, |change| change.title.clone()),
        change.and_then(|change| change.author.clone()).unwrap_or_else(unknown),
        change.and_then(|change| change.implemented_at).map_or_else(unknown, |at| at.to_string()),
        item.order.clone(),
        number(item.replaces),
        item.removed.as_ref().map(|removed| removed.reason.clone()).unwrap_or_default(),
        number(item.removed.as_ref().and_then(|removed| removed.replaced_by)),
        page.population.sha256.clone(),
    ];
    let remarks: Vec<String> = item.answers.iter().filter_map(remark).collect();
    let answered: Vec<String> = item.answers.iter().map(answered).collect();
    let cells =
        about.into_iter().chain(ticks(item).map(str::to_owned)).chain([remarks.join("; "), answered.join("; ")]);
    cells.map(|cell| without_formula(&cell)).collect()
}

/// What was written beside a tick.
fn remark(answer: &AnswerLine) -> Option<String> {
    let parts = [
        answer.note.clone(),
        answer.cause.as_ref().map(|cause| format!("cause {cause}")),
        answer.response.as_ref().map(|response| format!("response {response}")),
        answer.retest.as_ref().map(|retest| format!("retest {retest}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("{}: {}", answer.attribute.letter(), parts.join(", ")))
}

/// Who gave an answer, and when: `C: Ilse Berg 2026-10-07T10:30:00Z`.
fn answered(answer: &AnswerLine) -> String {
    let by = answer.by.as_deref().unwrap_or("somebody who is not named");
    format!("{}: {by} {}", answer.attribute.letter(), answer.at)
}
