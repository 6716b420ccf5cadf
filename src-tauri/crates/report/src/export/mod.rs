//! A judged ledger as plain tables, with the SQL that computes the numbers of every quarter from them again.
//!
//! A pack lists its files; whoever asked for it opens them and lets the pack write into each. Equal subjects yield equal bytes.

mod csv_file;
mod error;
mod json_lines;
mod manifest;
mod parquet_file;
mod partition;
mod readme;
mod sql;
mod subject;
mod table;
mod tables;

#[cfg(test)]
mod tests;

pub use error::ExportError;
pub use manifest::{WrittenFile, manifest};
pub use sql::{CONTROLS, DETECTION, DISAGREEMENTS, METRICS, METRICS_BY_REPOSITORY, STEPS, query};
pub use subject::{ChangeNames, Subject};
pub use table::{Column, Table, Values};

use partition::Part;
use std::io::Write;

/// In which format the tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// CSV: RFC 4180, UTF-8, a header, null as an empty cell.
    Csv,
    /// Apache Parquet, compressed with Snappy.
    Parquet,
    /// JSON Lines: one object per row.
    JsonLines,
}

impl TableFormat {
    /// How the names of its files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Everything that an export consists of, but for the manifest.
#[derive(Debug)]
pub struct Pack<'a> {
    tables: Vec<Table<'a>>,
    parts: Vec<Part>,
    documents: Vec<(String, String)>,
    format: TableFormat,
}

/// One file of a pack.
#[derive(Debug)]
pub struct PackFile<'p> {
    /// Its path below the pack's folder, with `/` between the names.
    pub path: String,
    /// How many rows of a table it holds; `None` for texts.
    pub rows: Option<u64>,
    content: Content<'p>,
}

#[derive(Debug)]
enum Content<'p> {
    Rows(&'p Table<'p>, Vec<usize>, TableFormat),
    Text(&'p str),
}

impl<'a> Pack<'a> {
    /// Lays out the tables of `subject`. With `partitioned`, tables about changes are parted by quarter and repository into
    /// folders named as Hive does: `quarter=2026-Q3/repository=acme%2Fpay`.
    #[must_use]
    pub fn of(subject: &Subject<'a>, format: TableFormat, partitioned: bool) -> Self {
        let tables = tables::all(subject);
        let mut documents = vec![
            ("README.md".to_owned(), readme::readme(&tables, format, partitioned)),
            ("tables.sql".to_owned(), readme::duckdb_views(&tables, format, partitioned)),
        ];
        documents.extend(sql::queries().map(|(name, text)| (name.to_owned(), text)));
        documents.extend(
            (0..)
                .zip(subject.policies.versions())
                .map(|(at, version)| (format!("policies/{at}.toml"), version.document.clone())),
        );
        let parts = if partitioned { partition::parts(subject) } else { Vec::new() };
        Self { tables, parts, documents, format }
    }

    /// The tables.
    #[must_use]
    pub fn tables(&self) -> &[Table<'a>] {
        &self.tables
    }

    /// Every file, texts first.
    #[must_use]
    pub fn files(&self) -> Vec<PackFile<'_>> {
        let texts = self.documents.iter().map(|(path, text)| PackFile {
            path: path.clone(),
            rows: None,
            content: Content::Text(text),
        });
        texts.chain(self.tables.iter().flat_map(|table| self.files_of(table))).collect()
    }

    fn files_of<'p>(&'p self, table: &'p Table<'a>) -> Vec<PackFile<'p>> {
        let ending = self.format.ending();
        let file = |path: String, rows: Vec<usize>| PackFile {
            path,
            rows: Some(rows.len() as u64),
            content: Content::Rows(table, rows, self.format),
        };
        match &table.of_change {
            Some(changes) if !self.parts.is_empty() => {
                let rows_of_part = partition::rows(&self.parts, changes);
                let parted = self.parts.iter().zip(rows_of_part).filter(|(_, rows)| !rows.is_empty());
                let parted =
                    parted.map(|(part, rows)| file(format!("{}/{}/part.{ending}", table.name, part.folder), rows));
                let parted: Vec<PackFile<'p>> = parted.collect();
                // A table without rows needs a file too, or nobody would find its columns.
                if parted.is_empty() { vec![file(format!("{}/part.{ending}", table.name), Vec::new())] } else { parted }
            }
            _ => vec![file(format!("{}.{ending}", table.name), (0..table.rows()).collect())],
        }
    }
}

impl PackFile<'_> {
    /// Writes the file's bytes.
    ///
    /// # Errors
    /// [`ExportError`] when they cannot be written.
    pub fn write(&self, to: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        match &self.content {
            Content::Text(text) => Ok(to.write_all(text.as_bytes())?),
            Content::Rows(table, rows, TableFormat::Csv) => csv_file::write(table, rows, to),
            Content::Rows(table, rows, TableFormat::JsonLines) => json_lines::write(table, rows, to),
            Content::Rows(table, rows, TableFormat::Parquet) => parquet_file::write(table, rows, to),
        }
    }
}
