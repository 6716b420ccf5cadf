use super::Context;
use crate::{args::Format, failure::Failure, output};
use change_ledger_app::{
    use_case,
    wire::{ExportFormat, ExportRequest},
};
use clap::{Args, ValueEnum};
use std::{path::PathBuf, process::ExitCode};

/// Write facts and verdicts as tables, with the SQL that computes the numbers from them again
///
/// The README in the folder says how to run it in DuckDB and in Spark.
///
/// JSON: `{"folder", "as_of", "files": [{"path", "rows", "bytes", "sha256"}, …]}`; `rows` is null for texts.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Folder to write to; must not exist yet, or be empty
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// In which format the tables are written
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    as_format: As,
    /// One file per quarter and repository, in folders named as Hive does
    #[arg(long)]
    partitioned: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum As {
    /// Comma-separated values
    Csv,
    /// Apache Parquet, for DuckDB, Spark and others
    Parquet,
    /// One JSON object per line
    Json,
}

impl Export {
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        super::in_existing_folder(&self.out)?;
        let format = match self.as_format {
            As::Csv => ExportFormat::Csv,
            As::Parquet => ExportFormat::Parquet,
            As::Json => ExportFormat::Json,
        };
        let request = ExportRequest { format, partitioned: self.partitioned };
        let answer = use_case::export::export(&context.app, &context.host, &self.out, request)?;
        match context.plain_format()? {
            Format::Json => output::json(&answer)?,
            Format::Csv => {
                let rows = answer.files.iter().map(|file| {
                    let rows = file.rows.map_or_else(String::new, |rows| rows.to_string());
                    [file.path.clone(), rows, file.bytes.to_string(), file.sha256.clone()]
                });
                output::csv(&["path", "rows", "bytes", "sha256"], rows)?;
            }
            _ => {
                output::text(&answer.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join("\n"))?;
                context
                    .remark(&format!("{} as of {}; README.md there says how to use it", answer.folder, answer.as_of));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
