use change_ledger_model::restatement::{MovedChange, MovedNumber, TakenIn};
use serde::{Deserialize, Serialize};

/// Which quarter to report on, and who.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// `2026-Q3`.
    pub quarter: String,
    /// Name of the organisation, for the title block.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Who prepared it.
    #[serde(default)]
    pub prepared_by: Option<String>,
    /// Who reviewed it.
    #[serde(default)]
    pub reviewed_by: Option<String>,
    /// Mark every page as a draft and do not record it as issued.
    #[serde(default)]
    pub draft: bool,
}

/// Saves a report through a dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ReportSaveRequest {
    /// The report.
    pub report: ReportRequest,
    /// As what.
    pub format: ReportFormat,
}

/// File formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// PDF/A-2a and PDF/UA-1.
    Pdf,
    /// One self-contained HTML file.
    Html,
}

/// The pages of a report, to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReportPreview {
    /// One SVG per page.
    pub pages: Vec<String>,
    /// What a reader should know before it is issued, each a sentence.
    pub remarks: Vec<String>,
}

/// A report that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct IssuedReport {
    /// `2026-Q3`.
    pub quarter: String,
    /// As what.
    pub format: ReportFormat,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// When it was issued.
    pub issued_at: change_ledger_model::Timestamp,
    /// The moment at which open reviews were aged.
    pub as_of: change_ledger_model::Timestamp,
    /// The policy it used.
    pub policy: change_ledger_model::quarterly::PolicyReference,
    /// Whether the quarter was still running.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preliminary: bool,
    /// The hash that the ledger's chain had reached, as the report prints it; `None` for an empty ledger, and for reports
    /// that were issued before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger_head: Option<String>,
}

/// Reports that were just written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenReports {
    /// One per file, in their order.
    pub reports: Vec<IssuedReport>,
    /// What their reader should know, each a sentence.
    pub warnings: Vec<String>,
}

/// Whether a file is a report that this ledger issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportVerification {
    /// The file.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Whether exactly these bytes were issued.
    pub issued: bool,
    /// What was issued, and when.
    pub report: Option<IssuedReport>,
    /// Number of the event that records it.
    pub event: Option<i64>,
    /// The hash that the chain had reached, as the report prints it; `None` for an empty ledger.
    pub ledger_head: Option<String>,
    /// Number of that event.
    pub ledger_events: Option<i64>,
    /// Imports, policies and statements about people that the ledger took in since; what they changed is not in the report.
    pub events_since: Option<u64>,
}

/// The reports that were issued, newest first, with whether the ledger says something else by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReportList {
    /// The reports.
    pub reports: Vec<ListedReport>,
}

/// One issued report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ListedReport {
    /// What was issued.
    #[serde(flatten)]
    pub report: IssuedReport,
    /// Whether later imports, statements about people or policies changed what it said; `None` where that was not kept.
    pub restated: Option<bool>,
}

/// Of which quarter the restated reports are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields, default)]
pub struct RestatedRequest {
    /// `2026-Q3`; of every quarter when `None`.
    pub quarter: Option<String>,
}

/// Issued reports of which the ledger says something else by now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RestatedReports {
    /// The newest report first.
    pub restated: Vec<RestatedReport>,
}

/// An issued report of which the ledger says something else by now, judged at the moment of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RestatedReport {
    /// What was issued.
    #[serde(flatten)]
    pub report: IssuedReport,
    /// Number of the entry of the ledger's chain that records it.
    #[ts(type = "number")]
    pub event: i64,
    /// What the ledger took in since.
    pub since: TakenIn,
    /// The numbers that differ.
    pub numbers: Vec<MovedNumber>,
    /// The changes that are judged otherwise, in the order of their names.
    pub moved: Vec<MovedChange>,
}

/// The reports that were issued, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct IssuedReports {
    /// The reports.
    pub reports: Vec<IssuedReport>,
}
