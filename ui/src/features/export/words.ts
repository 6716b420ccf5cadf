import type { ExportFormat } from "../../bindings/ExportFormat";

/** What the formats of an export are called, and what each is good for. */
export const formatWords: Record<ExportFormat, { name: string; says: string }> = {
  parquet: { name: "Parquet", says: "columns with types; for DuckDB, Spark and data warehouses" },
  csv: { name: "CSV", says: "opens everywhere; the README says the types" },
  json: { name: "JSON Lines", says: "one object per line" },
};

/** What stands in an export, the first to be read first. */
export const contents: readonly [file: string, what: string][] = [
  ["README.md", "every table and column in words, what is computed again, what is taken as given"],
  ["changes, reviews, judgement, …", "the tables"],
  ["tables.sql", "makes the tables known to DuckDB"],
  ["verdicts.sql", "computes the verdicts on every change again"],
  [
    "metrics.sql, metrics_by_repository.sql",
    "compute the numbers of every quarter again; the README names those that are not",
  ],
  ["detection.sql, controls.sql", "count what the detection rules found, and how the controls are answered"],
  ["disagreements.sql", "every verdict that the facts do not give again: no line means that all of them do"],
  ["policies/", "the policy documents that judged"],
  ["manifest.json", "rows, size and SHA-256 of each file, and the ledger’s last entry"],
];

/** Computes the numbers of every quarter again with DuckDB. */
export const duckdb =
  '{ echo "CREATE TABLE verdicts AS"; cat verdicts.sql; echo ";"; cat metrics.sql; echo ";"; } | duckdb -init tables.sql';
