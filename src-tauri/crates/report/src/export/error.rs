/// A pack could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file cannot be written.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// The rows do not fit into a Parquet file, which is a defect of this program.
    #[error("a Parquet file could not be made: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The rows do not fit into a CSV file, which is a defect of this program.
    #[error("a CSV file could not be made: {0}")]
    Csv(#[from] csv::Error),
    /// The rows do not fit into JSON, which is a defect of this program.
    #[error("a JSON file could not be made: {0}")]
    Json(#[from] serde_json::Error),
}
