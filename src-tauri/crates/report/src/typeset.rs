//! The report on paper: Typst in this process, with nothing but what this package carries.

mod glyphs;
mod world;

use crate::{
    ReportError,
    chart::{self, Medium, Size, Tone},
    content::QuarterReport,
    document::Document,
};
use change_ledger_model::Timestamp;
use chrono::{Datelike as _, Timelike as _};
use serde_json::{Value, json};
use typst::{
    diag::{SourceDiagnostic, Warned},
    foundations::{Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_svg::SvgOptions;
use world::{PaperWorld, REPORT, VirtualFile, WORK_PAPER};

/// Size of a chart on paper: the width of the text at 0.75 points per pixel.
const CHART: Size = Size { width: 640, height: 312 };
/// Size of the small line on a tile.
const TREND: Size = Size { width: 104, height: 26 };

/// How many compilations an unused result of the typesetter stays in memory.
const KEPT_COMPILATIONS: usize = 2;

/// The report as PDF: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), dated [`QuarterReport::as_of`].
///
/// The same report gives the same bytes.
///
/// # Errors
/// [`ReportError`] when the report names no quarter or policy, or cannot be laid out.
pub fn pdf(report: &QuarterReport) -> Result<Vec<u8>, ReportError> {
    printed(typeset(report)?, &report.tool)
}

/// The work paper of a sample as PDF/A-2a and PDF/UA-1, from its words.
///
/// # Errors
/// [`ReportError`] when it cannot be laid out.
pub(crate) fn work_paper(data: Value, at: Timestamp, ident: String, tool: &str) -> Result<Vec<u8>, ReportError> {
    let (paper, _) = laid_out(WORK_PAPER, data, Vec::new(), at, ident)?;
    printed(paper, tool)
}

fn printed(paper: Paper, tool: &str) -> Result<Vec<u8>, ReportError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|refusal| ReportError::Typesetting(refusal.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(paper.ident),
        creator: Smart::Custom(Some(tool.to_owned())),
        timestamp: Some(typst_pdf::Timestamp::new_utc(paper.date)),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&paper.document, &options).map_err(|refusals| refused(&refusals));
    comemo::evict(KEPT_COMPILATIONS);
    bytes
}

/// The pages of the report as they will be printed, each one `<svg>` document, for the window.
///
/// # Errors
/// As [`pdf`].
pub fn preview(report: &QuarterReport) -> Result<Vec<String>, ReportError> {
    let paper = typeset(report)?;
    let options = SvgOptions { render_bleed: false, pretty: false };
    let pages = paper.document.pages().iter().map(|page| typst_svg::svg(page, &options)).collect();
    comemo::evict(KEPT_COMPILATIONS);
    Ok(pages)
}

struct Paper {
    document: PagedDocument,
    date: Datetime,
    /// Names the document for ever: what it is about, and when and from what it was made.
    ident: String,
}

fn typeset(report: &QuarterReport) -> Result<Paper, ReportError> {
    compile(report).map(|(paper, _)| paper)
}

/// The paper, and what the typesetter would warn its author about: an unknown font, a layout that never settles.
fn compile(report: &QuarterReport) -> Result<(Paper, Vec<SourceDiagnostic>), ReportError> {
    let document = Document::of(report)?;
    let mut files = Vec::new();
    for (spec, size) in document.drawings(CHART, TREND) {
        let svg = chart::draw(spec, size, Medium::Print)?;
        files.push(VirtualFile { path: format!("charts/{}.svg", spec.id), bytes: svg.into_string().into_bytes() });
    }
    let ident = document.title.keywords.join(" ") + " " + &report.as_of.to_string();
    laid_out(REPORT, serde_json::to_value(&document)?, files, report.as_of, ident)
}

/// Words and pictures on pages, as the template `main` lays them out.
fn laid_out(
    main: &str,
    mut data: Value,
    mut files: Vec<VirtualFile>,
    at: Timestamp,
    ident: String,
) -> Result<(Paper, Vec<SourceDiagnostic>), ReportError> {
    let date = date_of(at)?;
    let lacks = glyphs::make_showable(&mut data);
    if let Value::Object(fields) = &mut data {
        fields.insert("lacks".to_owned(), if lacks { json!(glyphs::NOTE) } else { Value::Null });
        fields.insert("palette".to_owned(), palette());
    }
    files.push(VirtualFile { path: "data.json".to_owned(), bytes: serde_json::to_vec(&data)? });
    let world = PaperWorld::new(main, files, date)?;
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let document = output.map_err(|refusals| refused(&refusals))?;
    Ok((Paper { document, date, ident }, warnings.into_iter().collect()))
}

fn palette() -> Value {
    let colour = |tone: Tone| {
        let (red, green, blue) = tone.rgb();
        json!(format!("#{red:02x}{green:02x}{blue:02x}"))
    };
    json!({
        "good": colour(Tone::Good),
        "warn": colour(Tone::Warn),
        "bad": colour(Tone::Bad),
        "unknown": colour(Tone::Unknown),
        "accent": colour(Tone::Accent),
        "neutral": colour(Tone::Neutral),
    })
}

fn date_of(at: Timestamp) -> Result<Datetime, ReportError> {
    let utc = at.to_utc();
    let small = |n: u32| u8::try_from(n).ok();
    let date = || {
        Datetime::from_ymd_hms(
            utc.year(),
            small(utc.month())?,
            small(utc.day())?,
            small(utc.hour())?,
            small(utc.minute())?,
            small(utc.second())?,
        )
    };
    date().ok_or(ReportError::Date(at))
}

fn refused(refusals: &[SourceDiagnostic]) -> ReportError {
    let messages: Vec<String> = refusals.iter().map(|refusal| refusal.message.to_string()).collect();
    ReportError::Typesetting(messages.join("; "))
}

#[cfg(test)]
mod tests;
