//! The text that explains a pack to whoever opens it.

use super::{TableFormat, table::Table};

const INTRODUCTION: &str = include_str!("readme/introduction.md");
const DUCKDB: &str = include_str!("readme/duckdb.md");
const SPARK: &str = include_str!("readme/spark.md");
const SPARK_NEEDS_PARQUET: &str =
    "## Spark\n\nExport with `--as parquet`, whose columns have types: Spark would have to guess them here.\n";

/// The README of a pack, with every column of `tables`.
pub(super) fn readme(tables: &[Table<'_>], format: TableFormat, partitioned: bool) -> String {
    let views = duckdb_views(tables, format, partitioned);
    let names = tables.iter().map(|table| format!("\"{}\"", table.name)).collect::<Vec<_>>().join(", ");
    let spark = match format {
        TableFormat::Parquet => {
            SPARK.replace("{tables}", &names).replace("{parted}", &parted_names(tables, partitioned))
        }
        TableFormat::Csv | TableFormat::JsonLines => SPARK_NEEDS_PARQUET.to_owned(),
    };
    let columns: String = tables.iter().map(described).collect();
    format!("{INTRODUCTION}\n{}\n{spark}\n## Tables\n{columns}", DUCKDB.replace("{views}", &views))
}

/// The statements by which DuckDB finds the tables.
pub(super) fn duckdb_views(tables: &[Table<'_>], format: TableFormat, partitioned: bool) -> String {
    tables.iter().map(|table| duckdb_view(table, format, partitioned)).collect()
}

fn is_parted(table: &Table<'_>, partitioned: bool) -> bool {
    partitioned && table.of_change.is_some()
}

fn parted_names(tables: &[Table<'_>], partitioned: bool) -> String {
    let parted = tables.iter().filter(|table| is_parted(table, partitioned));
    parted.map(|table| format!("\"{}\"", table.name)).collect::<Vec<_>>().join(", ")
}

fn duckdb_view(table: &Table<'_>, format: TableFormat, partitioned: bool) -> String {
    let ending = format.ending();
    let path = match is_parted(table, partitioned) {
        true => format!("{}/**/*.{ending}", table.name),
        false => format!("{}.{ending}", table.name),
    };
    // The types are named where the format has none, so that no engine has to guess them.
    let types = || {
        let typed = table.columns.iter().map(|column| format!("'{}': '{}'", column.name, column.values.sql_type()));
        format!("{{{}}}", typed.collect::<Vec<_>>().join(", "))
    };
    let source = match format {
        TableFormat::Parquet => format!("read_parquet('{path}', hive_partitioning = false)"),
        TableFormat::Csv => {
            format!("read_csv('{path}', header = true, hive_partitioning = false, columns = {})", types())
        }
        TableFormat::JsonLines => {
            format!(
                "read_json('{path}', format = 'newline_delimited', hive_partitioning = false, columns = {})",
                types()
            )
        }
    };
    format!("CREATE OR REPLACE VIEW {} AS SELECT * FROM {source};\n", table.name)
}

fn described(table: &Table<'_>) -> String {
    let rows: String = table
        .columns
        .iter()
        .map(|column| format!("| `{}` | {} | {} |\n", column.name, column.values.sql_type(), column.meaning))
        .collect();
    format!("\n### {}\n\n{}.\n\n| column | type | what it says |\n|---|---|---|\n{rows}", table.name, table.meaning)
}
