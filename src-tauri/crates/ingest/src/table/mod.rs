//! Tables: one way through them for every source that writes one.

mod cells;
pub(crate) mod facts;
mod head;
pub(crate) mod header;
mod recognise;
mod rows;
mod start;
mod survey;
mod times;

pub use crate::source::generic_csv::profile::{ColumnProfile, Field, Headers, ProfileRecord};
pub(crate) use cells::Cells;
pub(crate) use head::Head;
pub(crate) use recognise::recognise;
pub use start::{LocalTime, TableStart};
pub(crate) use times::{CellFault, Times};

use crate::{
    IngestError, Input, Options, Reading, Recognition, Row, Sink, Summary,
    input::encoding::{Survey, ascii_compatible},
    recognise::HEAD_SIZE,
    source::{
        called_off,
        generic_csv::GenericCsv,
        gitlab::{issue_csv::IssueCsv, merge_request_csv::MergeRequestCsv},
        jira_csv::JiraCsv,
        limits,
        opsgenie_csv::OpsgenieCsv,
        pagerduty_csv::PagerdutyCsv,
        pipeline_csv::PipelineCsv,
        supporting,
        tally::merge_times_missing,
        trackers,
    },
    value::local_time::Clock,
};
use change_ledger_model::{
    import::ImportWarning,
    record::{ChangeState, Place, Record, Reject},
    source::{Fact, SourceKind},
};
use rows::{RowPlace, RowReader};
use std::io::{self, Read};
use survey::DateSurvey;

/// One kind of table: what its columns mean.
pub(crate) trait TableSource {
    /// The cells of a row that hold a date, and their columns.
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)>;

    /// What a row says. `cells` are as many as the header has columns, or more that are empty.
    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault>;

    /// What one could ask the records of such a table for.
    fn askable(&self) -> &'static [Fact];

    /// Whether a row is the tool's own remark that it left out the rest of the table.
    fn is_remark_of_stop(&self, _: &Cells) -> bool {
        false
    }

    /// Whether a row that is shorter than the header only leaves out empty cells at its end.
    fn short_rows_are_whole(&self) -> bool {
        false
    }
}

/// Surveys a table to its end: its encoding, its columns, the order of its dates.
pub(crate) fn prepare(input: &dyn Input, recognition: Recognition, options: &Options) -> Result<Reading, IngestError> {
    let unreadable = |cause| IngestError::NotReadable { file: input.name().to_owned(), cause };
    let mut reading = Reading::new(input.name(), recognition, options);
    if let Some(profile) = &reading.profile {
        reading.timezone_assumed &= profile.timezone.is_none();
        reading.timezone = options.timezone.or(profile.timezone).unwrap_or(reading.timezone);
        reading.date_order = options.date_order.or(profile.date_order);
    }
    let (encoding, start, complete) = survey_encoding(input).map_err(unreadable)?;
    reading.encoding = encoding;
    let head = Head::of(&start, encoding, complete, input.name())?.ok_or_else(|| IngestError::NotRecognised {
        file: input.name().to_owned(),
        seen: "it has no header line with at least two columns".to_owned(),
        hint: "Export it as CSV with its header line.".to_owned(),
    })?;
    reading.delimiter = Some(head.delimiter);
    reading.title_rows = head.title_rows;
    if reading.kind == SourceKind::JiraCsv {
        reading.key_column = crate::source::jira_csv::key_column(&head);
    }
    reading.header = Some(head.header);
    let source = source_of(&reading)?;
    if reading.date_order.is_none() {
        reading.date_order = survey_dates(input.open().map_err(unreadable)?, &reading, source.as_ref())?;
    }
    Ok(reading)
}

/// Hands every row of a table to `sink`.
pub(crate) fn read(input: Box<dyn Read>, reading: &Reading, sink: &mut dyn Sink) -> Result<Summary, IngestError> {
    let source = source_of(reading)?;
    let mut times = Times::new(clock_of(reading));
    let mut summary = Summary::default();
    let mut cells = Cells::default();
    let mut rows = data_rows(input, reading, &mut cells)?;
    let (mut truncated, mut timeless, mut end) = (false, 0_u64, 0_u64);
    let mut stopped = false;
    while let Some(place) = next_data_row(&mut rows, &mut cells, reading)? {
        if source.is_remark_of_stop(&cells) {
            stopped = true;
            continue;
        }
        summary.rows_read += 1;
        end = place.span.offset.saturating_add(place.span.length);
        let place_in_file = Place { row: summary.rows_read, line: Some(place.line), span: place.span };
        let shape = check_shape(&cells, place, reading, source.as_ref());
        truncated = place.is_last && shape.is_err();
        let flow = match shape.and_then(|()| source.records(&cells, &mut times)) {
            Ok(records) => {
                records.iter().for_each(|record| facts::note(record, &mut summary.carries));
                timeless += records.iter().filter(|record| is_timeless(record)).count() as u64;
                sink.accept(Row { place: place_in_file, records })
            }
            Err(fault) => {
                let field = fault.column.and_then(|column| header_of(reading).get(column)).cloned();
                sink.reject(Reject { place: place_in_file, field, reason: fault.reason })
            }
        };
        if flow.is_break() {
            return Err(IngestError::Cancelled);
        }
    }
    summary.cannot_tell = source.askable().iter().filter(|fact| !summary.carries.contains(fact)).copied().collect();
    summary.timezone_used = times.zone_used().then_some(reading.timezone);
    summary.warnings = warnings(&summary, &times, reading);
    if timeless > 0 && reading.kind == SourceKind::GitlabMergeRequestsCsv {
        summary.warn("partial_source", merge_times_missing(reading.kind, timeless));
    }
    if let Some(warning) = limits::size_warning(reading.kind, end) {
        summary.warn("cut_off", warning);
    }
    if let Some(coverage) = limits::coverage(reading.kind) {
        summary.warn("coverage", coverage.to_owned());
    }
    if stopped {
        let message = "The tool says in the last row that it left out the rest of the table. Export it as CSV, or in shorter periods.";
        summary.warn("cut_off", message.to_owned());
    }
    if truncated {
        summary.warnings.push(cut_in_a_row());
    }
    Ok(summary)
}

/// Whether it is a merged change without a time of the merge.
fn is_timeless(record: &Record) -> bool {
    matches!(record, Record::Change(change) if change.state == ChangeState::ImplementedAtUnknown)
}

/// Reads the bytes of one row again.
pub(crate) fn reread(raw: &[u8], reading: &Reading) -> Result<Vec<Record>, IngestError> {
    let source = source_of(reading)?;
    let mut cells = Cells::default();
    let not_rereadable = |reason: String| IngestError::NotRereadable { reason };
    let mut rows = row_reader(Box::new(raw), reading)?;
    let place = rows.next_row(&mut cells)?.ok_or_else(|| not_rereadable("the row is empty".to_owned()))?;
    check_shape(&cells, place, reading, source.as_ref())
        .and_then(|()| source.records(&cells, &mut Times::new(clock_of(reading))))
        .map_err(|fault| not_rereadable(fault.reason.trim_end_matches('.').to_owned()))
}

fn source_of(reading: &Reading) -> Result<Box<dyn TableSource>, IngestError> {
    if let Some(source) = supporting::table(reading)? {
        return Ok(source);
    }
    if let Some(source) = trackers::table(reading)? {
        return Ok(source);
    }
    Ok(match reading.kind {
        SourceKind::JiraCsv => Box::new(JiraCsv::new(reading)?),
        SourceKind::PipelineCsv => Box::new(PipelineCsv::new(reading)?),
        SourceKind::GitlabMergeRequestsCsv => Box::new(MergeRequestCsv::new(reading)?),
        SourceKind::GitlabIssuesCsv => Box::new(IssueCsv::new(reading)?),
        SourceKind::PagerdutyCsv => Box::new(PagerdutyCsv::new(reading)?),
        SourceKind::OpsgenieCsv => Box::new(OpsgenieCsv::new(reading)?),
        _ => Box::new(GenericCsv::new(reading)?),
    })
}

fn clock_of(reading: &Reading) -> Clock {
    Clock { zone: reading.timezone, order: reading.date_order }
}

pub(crate) fn header_of(reading: &Reading) -> &[String] {
    reading.header.as_deref().unwrap_or_default()
}

/// The encoding of a whole file, its first [`HEAD_SIZE`], and whether those are all of it.
fn survey_encoding(input: &dyn Input) -> io::Result<(crate::reading::Encoding, Vec<u8>, bool)> {
    let mut reader = input.open()?;
    let mut start = Vec::new();
    reader.by_ref().take(HEAD_SIZE).read_to_end(&mut start)?;
    let complete = (start.len() as u64) < HEAD_SIZE;
    let mut survey = Survey::default();
    survey.feed(&start);
    let mut piece = vec![0; 256 * 1024];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok((survey.finish(), start, complete)),
            Ok(count) => survey.feed(piece.get(..count).unwrap_or_default()),
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
}

fn survey_dates(
    input: Box<dyn Read + '_>,
    reading: &Reading,
    source: &dyn TableSource,
) -> Result<Option<crate::DateOrder>, IngestError> {
    let mut survey = DateSurvey::default();
    let mut cells = Cells::default();
    let mut rows = data_rows(input, reading, &mut cells)?;
    while let Some(place) = next_data_row(&mut rows, &mut cells, reading)? {
        if check_shape(&cells, place, reading, source).is_ok() {
            for (column, text) in source.dates(&cells) {
                survey.observe(column, text);
            }
        }
    }
    survey.order(&reading.file, header_of(reading))
}

fn row_reader<'r>(input: Box<dyn Read + 'r>, reading: &'r Reading) -> Result<RowReader<'r>, IngestError> {
    let (source, mark) = ascii_compatible(input, reading.encoding)
        .map_err(|cause| IngestError::NotReadable { file: reading.file.clone(), cause })?;
    Ok(RowReader::new(&reading.file, source, reading.encoding, reading.delimiter.unwrap_or(b','), mark as u64))
}

/// A reader that stands behind the header.
fn data_rows<'r>(
    input: Box<dyn Read + 'r>,
    reading: &'r Reading,
    cells: &mut Cells,
) -> Result<RowReader<'r>, IngestError> {
    let mut rows = row_reader(input, reading)?;
    if rows.next_row(cells)?.is_some() && head::is_separator_line(cells) {
        rows.next_row(cells)?;
    }
    for _ in 0..reading.title_rows {
        rows.next_row(cells)?;
    }
    Ok(rows)
}

/// The next row that says something: neither blank nor the header again, as in files put one after the other.
fn next_data_row(
    rows: &mut RowReader<'_>,
    cells: &mut Cells,
    reading: &Reading,
) -> Result<Option<RowPlace>, IngestError> {
    while let Some(place) = rows.next_row(cells)? {
        if !cells.is_blank() && !cells.iter().eq(header_of(reading)) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// A row of another width than the header has values under the wrong names somewhere: better none than those.
fn check_shape(cells: &Cells, place: RowPlace, reading: &Reading, source: &dyn TableSource) -> Result<(), CellFault> {
    let fault = |reason: String| Err(CellFault { column: None, reason });
    if place.unclosed {
        return fault(
            "A quotation mark is opened and never closed, so that everything from here to the end of the file is one row.".to_owned(),
        );
    }
    let header = header_of(reading);
    let named = header.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    // Excel adds empty cells at the end of rows, and leaves some off.
    let said = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).last().map_or(0, |(last, _)| last + 1);
    if said > header.len() || (cells.len() < named && !source.short_rows_are_whole()) {
        let count = said.max(cells.len());
        return fault(format!(
            "The row has {count} cells and the header {}, so that values would stand under the wrong names.",
            header.len()
        ));
    }
    if cells.longest() > cells::CELL_LIMIT {
        return fault(format!("A cell is longer than {} MiB.", cells::CELL_LIMIT / 1024 / 1024));
    }
    Ok(())
}

fn cut_in_a_row() -> ImportWarning {
    let message =
        "The file ends in the middle of a row: it was cut off, and rows after it are missing. Export it again.";
    ImportWarning { code: "truncated".to_owned(), message: message.to_owned() }
}

fn warnings(summary: &Summary, times: &Times, reading: &Reading) -> Vec<ImportWarning> {
    let mut warnings = Vec::new();
    let mut warn = |code: &str, message: String| warnings.push(ImportWarning { code: code.to_owned(), message });
    if let Some(warning) = limits::warning(reading.kind, summary.rows_read) {
        warn("cut_off", warning);
    }
    if times.zone_used() && reading.timezone_assumed {
        let zone = reading.timezone.name();
        warn(
            "timezone_assumed",
            format!(
                "Times in this file have no time zone; they were read as {zone}. If that is wrong, import the file again with --timezone ZONE: the new reading then takes the place of this one."
            ),
        );
    }
    let name_of = |column: usize| header_of(reading).get(column).map_or("?", String::as_str);
    for &column in times.date_only() {
        warn(
            "times_without_clock",
            format!(
                "Column \"{}\" has dates without a time of day; they were read as midnight, so deadlines in hours are counted from there.",
                name_of(column)
            ),
        );
    }
    if times.undecided() > 0 {
        warn(
            "order_unknown",
            format!(
                "{} of the day of the implementation, and one of the two has no time of day: which came first is unknown, so when they were given is left unknown. Export the dates with their times.",
                if times.undecided() == 1 {
                    "1 approval is".to_owned()
                } else {
                    format!("{} approvals are", times.undecided())
                },
            ),
        );
    }
    for (what, count) in times.left_out() {
        warn("left_out", format!("Rows that are {what} were left out: {count}."));
    }
    for (&column, count) in times.unreadable() {
        let name = name_of(column);
        let cells = if *count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
        warn("times_unreadable", format!("{cells} of column \"{name}\" could not be read as a time and are unknown."));
    }
    warnings.extend(called_off::though_implemented(times.implemented_though_called_off()));
    warnings.extend(times.clock_changes().warnings(reading.timezone));
    warnings
}

#[cfg(test)]
pub(crate) mod test_support;
#[cfg(test)]
mod tests;
