//! The work paper of an audit sample: what was drawn from what, how, what was found, and what follows.
//!
//! The paper is first put into words (`words`), then laid out: HTML, PDF and Markdown cannot say different things. It knows
//! no clock: its date is that of the last entry about the sample, so that the same ledger gives the same bytes.

mod conclusions;
mod grid;
mod populations;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod words;

pub use grid::{TICKS, ticks};

use crate::{
    ReportError,
    html::{STYLE, environment},
    typeset,
};
use change_ledger_model::samples::SamplePage;
use minijinja::{context, value::Serde};
use words::Paper;

/// The work paper as one self-contained HTML file: style inside, no scripts, nothing fetched.
///
/// # Errors
/// [`ReportError::Html`] when the template refuses.
pub fn html(sample: &SamplePage) -> Result<String, ReportError> {
    let mut environment = environment()?;
    environment.add_template("work_paper.html", include_str!("../templates/work_paper.html"))?;
    let template = environment.get_template("work_paper.html")?;
    Ok(template.render(context! { paper => Serde(&Paper::of(sample)), style => STYLE.as_str() })?)
}

/// The work paper as PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// [`ReportError`] when it cannot be laid out.
pub fn pdf(sample: &SamplePage) -> Result<Vec<u8>, ReportError> {
    let paper = Paper::of(sample);
    let ident = format!("{} {}", paper.title.name, sample.last_sha256);
    typeset::work_paper(serde_json::to_value(&paper)?, sample.last_at, ident, &paper.title.tool)
}

/// The work paper as Markdown, for a ticket or a wiki.
///
/// # Errors
/// None at present.
pub fn markdown(sample: &SamplePage) -> Result<String, ReportError> {
    let paper = Paper::of(sample);
    let mut text = format!("# {}\n\n", marked(&paper.title.name));
    for fact in &paper.facts {
        text.push_str(&format!("- **{}**: {}\n", marked(&fact.label), marked(&fact.value)));
    }
    for section in &paper.sections {
        text.push_str(&format!("\n## {}\n", section.heading));
        for paragraph in &section.paragraphs {
            text.push_str(&format!("\n{}\n", marked(paragraph)));
        }
        for table in &section.tables {
            let row = |cells: &[String]| {
                format!("| {} |\n", cells.iter().map(|cell| marked(cell)).collect::<Vec<_>>().join(" | "))
            };
            text.push_str(&format!(
                "\n**{}**\n\n{}|{}\n",
                marked(&table.caption),
                row(&table.columns),
                "---|".repeat(table.columns.len())
            ));
            text.extend(table.rows.iter().map(|cells| row(cells)));
        }
    }
    Ok(text)
}

/// Text whose characters mean nothing to Markdown or the HTML within it.
fn marked(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '!' | '#' | '~' => safe.extend(['\\', character]),
            other => safe.push(other),
        }
    }
    safe
}
