//! What the verdicts rest on, for those who compute them again.

use super::Judged;
use crate::column::{
    ATTESTED_EXEMPT, ATTESTED_REVIEW_AT, COUNTED_BRANCH, DOCUMENTATION_PENDING, EXEMPTED, IMPLEMENTED_AT, NOTES_KNOWN,
    PEOPLE_ASKED, PERSON_SAYS, POSSIBLY_APPROVED_AFTER_AT, RECORDED_REVIEW_AT, SETTLED_BY,
};
use crate::{MetricsError, guard::guarded};
use change_ledger_model::{control::Attribute, judged_facts::JudgedFacts};
use polars::prelude::PolarsResult;
use std::collections::BTreeMap;

impl Judged {
    /// The facts that verdicts rest on and that no other answer tells, in the order of the ledger's columns.
    ///
    /// # Errors
    /// [`MetricsError::Internal`] when the engine fails.
    pub fn facts(&self) -> Result<JudgedFacts, MetricsError> {
        guarded("reading the facts behind the verdicts", || {
            let times = |name: &str| -> PolarsResult<Vec<Option<i64>>> {
                Ok(self.changes.column(name)?.i64()?.iter().collect())
            };
            let flags = |name: &str| -> PolarsResult<Vec<bool>> {
                Ok(self.changes.column(name)?.bool()?.iter().map(|flag| flag == Some(true)).collect())
            };
            Ok(JudgedFacts {
                implemented_at: times(IMPLEMENTED_AT)?,
                people_asked: self.changes.column(PEOPLE_ASKED)?.u32()?.iter().flatten().collect(),
                counted_branch: flags(COUNTED_BRANCH)?,
                notes_known: flags(NOTES_KNOWN)?,
                documentation_pending: flags(DOCUMENTATION_PENDING)?,
                exempted: flags(EXEMPTED)?,
                attested_exempt: flags(ATTESTED_EXEMPT)?,
                person_says: self.changes.column(PERSON_SAYS)?.u8()?.iter().flatten().collect(),
                possibly_approved_after_at: times(POSSIBLY_APPROVED_AFTER_AT)?,
                recorded_review_at: times(RECORDED_REVIEW_AT)?,
                attested_review_at: times(ATTESTED_REVIEW_AT)?,
                settled_by: self.changes.column(SETTLED_BY)?.u32()?.iter().collect(),
                controls: self.all_controls(),
            })
        })
    }

    fn all_controls(&self) -> BTreeMap<Attribute, Vec<u8>> {
        let mut answers: BTreeMap<Attribute, Vec<u8>> = BTreeMap::new();
        for (control, finding) in (0..self.changes.height()).filter_map(|change| self.controls(change)).flatten() {
            answers.entry(control).or_default().push(finding.answer as u8);
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, at};

    #[test]
    fn the_facts_stand_in_the_order_of_the_changes() {
        let sample = Sample::new().change(0.0).approved("bob", 30.0).change(1.0).branch(Some(1)).change(2.0).undated();
        let facts = sample.judged().facts().unwrap();
        assert_eq!(facts.implemented_at, [Some(at(0.0)), Some(at(1.0)), None]);
        assert_eq!(facts.counted_branch, [true, false, true]);
        assert_eq!(facts.possibly_approved_after_at[0], Some(at(30.0)));
        let settled: Vec<bool> = facts.settled_by.iter().map(Option::is_some).collect();
        assert_eq!(settled, [true, false, false]);
        assert!(!facts.controls.is_empty() && facts.controls.values().all(|answers| answers.len() == 3));
    }
}
