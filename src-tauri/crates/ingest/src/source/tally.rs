//! What is learned about a file row by row, and the warnings that follow from it.

use crate::{
    Reading, Summary,
    source::called_off,
    value::{clock_changes::ClockChanges, local_time::ReadTime},
};
use change_ledger_model::{
    import::ImportWarning,
    source::{Fact, SourceKind},
};
use std::collections::{BTreeMap, BTreeSet};

/// Counts and facts gathered while rows are read.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    carried: u64,
    /// Facts that one could ask the records of this file for.
    pub(crate) asked: BTreeSet<Fact>,
    /// Times that could not be read and whose absence changes no verdict, by field.
    unreadable_times: BTreeMap<&'static str, u64>,
    /// Changes whose review list is as long as the export's page.
    pub(crate) reviews_cut: u64,
    /// Changes of which the file says that it holds only a part of their labels or of what they close.
    pub(crate) lists_cut: u64,
    /// Merged changes without a merge time.
    pub(crate) implemented_at_unknown: u64,
    /// Records that are no valid UTF-8.
    pub(crate) not_utf8: u64,
    /// Rows that another export describes better.
    pub(crate) passed_over: u64,
    /// Rows that are no records of what their file is about, by what they are.
    left_out: BTreeMap<&'static str, u64>,
    /// Incidents that have ended without the file saying when.
    pub(crate) ended_unknown: u64,
    /// Incidents whose end is only known to be no later than their last update.
    pub(crate) ended_about: u64,
    /// Change requests that were called off and have an end of their work.
    pub(crate) called_off_though_implemented: u64,
    zone_used: bool,
    clock_changes: ClockChanges,
}

impl Tally {
    /// Notes that a row carried a fact.
    pub(crate) fn carry(&mut self, fact: Fact) {
        self.carried |= 1 << fact as u64;
    }

    /// Notes that a row carried a fact, if it did.
    pub(crate) fn carry_if(&mut self, carried: bool, fact: Fact) {
        if carried {
            self.carry(fact);
        }
    }

    /// Notes facts that one could ask a record for.
    pub(crate) fn ask(&mut self, facts: &[Fact]) {
        if !facts.iter().all(|fact| self.asked.contains(fact)) {
            self.asked.extend(facts);
        }
    }

    /// Notes a time that could not be read, where nothing depends on it.
    pub(crate) fn unreadable_time(&mut self, field: &'static str) {
        *self.unreadable_times.entry(field).or_default() += 1;
    }

    /// Notes a row that is no record of what its file is about; `what` continues "Rows that are …".
    pub(crate) fn leave_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Notes what had to be assumed to place a time that was read from `text`.
    pub(crate) fn time_read(&mut self, text: &str, read: ReadTime) {
        self.zone_used |= read.zone_used;
        self.clock_changes.note(text, read);
    }

    /// The summary of a file whose rows have all been read.
    pub(crate) fn summary(self, reading: &Reading, rows_read: u64) -> Summary {
        let carries: BTreeSet<Fact> =
            Fact::ALL.into_iter().filter(|fact| self.carried & 1 << *fact as u64 != 0).collect();
        let mut summary = Summary {
            rows_read,
            cannot_tell: self.asked.difference(&carries).copied().collect(),
            carries,
            warnings: Vec::new(),
            timezone_used: self.zone_used.then_some(reading.timezone),
        };
        if self.zone_used && reading.timezone_assumed {
            summary.warn("timezone_assumed", format!(
                "Times in this file have no time zone; they were read as {}. If that is wrong, import the file again with --timezone ZONE: the new reading then takes the place of this one.",
                reading.timezone
            ));
        }
        summary.warnings.extend(self.clock_changes.warnings(reading.timezone));
        if self.reviews_cut > 0 {
            summary.warn("reviews_cut", format!(
                "{} changes have as many reviews as the export lists at most, or the file says that there are more; later reviews may be missing.",
                self.reviews_cut
            ));
        }
        if self.lists_cut > 0 {
            summary.warn("cut_off", format!(
                "The file says that {} changes have more labels or closing references than it holds. Export them with more per change.",
                self.lists_cut
            ));
        }
        if self.implemented_at_unknown > 0 {
            summary.warn("partial_source", merge_times_missing(reading.kind, self.implemented_at_unknown));
        }
        if self.not_utf8 > 0 {
            summary.warn(
                "not_utf8",
                format!(
                    "{} records are not valid UTF-8; they were read as Windows-1252 or Mac OS Roman.",
                    self.not_utf8
                ),
            );
        }
        if self.passed_over > 0 {
            summary.warn("passed_over", format!(
                "{} rows of this list of issues are pull requests. Import those from a list of pull requests, which says more.",
                self.passed_over
            ));
        }
        for (what, count) in self.left_out {
            summary.warn("left_out", format!("Rows that are {what} were left out: {count}."));
        }
        if self.ended_unknown > 0 {
            summary.warn(
                "ends_unknown",
                format!("Incidents that have ended without this file saying when: {}.", self.ended_unknown),
            );
        }
        if self.ended_about > 0 {
            summary.warn(
                "ends_approximate",
                format!(
                    "Incidents that have ended without a time of their end, for which the time of the last update stands: {}.",
                    self.ended_about
                ),
            );
        }
        summary.warnings.extend(called_off::though_implemented(self.called_off_though_implemented));
        for (field, count) in self.unreadable_times {
            summary.warn(
                "unreadable_times",
                format!("{count} values of {field} are no readable times and were left out."),
            );
        }
        summary
    }
}

/// That merged changes have no merge time, and which export has it.
pub(crate) fn merge_times_missing(kind: SourceKind, count: u64) -> String {
    let remedy = match kind {
        SourceKind::BitbucketPulls | SourceKind::BitbucketActivity => {
            "Import the activity of the pull requests as well, which has it."
        }
        SourceKind::GitlabMergeRequests => "GitLab does not keep it of merge requests that came from elsewhere.",
        SourceKind::GitlabMergeRequestsCsv => {
            "Import the merge requests from GitLab's interface as well, with glab api."
        }
        _ => "Export them with gh pr list --json and the field mergedAt.",
    };
    format!("{count} merged changes have no merge time in this file, so they belong to no quarter. {remedy}")
}

impl Summary {
    /// Adds something that a person should know.
    pub(crate) fn warn(&mut self, code: &str, message: String) {
        self.warnings.push(ImportWarning { code: code.to_owned(), message });
    }
}
