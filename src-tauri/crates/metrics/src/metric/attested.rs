//! Changes of which a person attested something.

use super::{Measure, MetricDefinition, Unit, count, none};
use crate::column::ATTESTED;
use crate::judged::Line;
use polars::prelude::{PolarsResult, col};

pub(super) const MEASURE: Measure = Measure {
    definition: MetricDefinition {
        id: "attested",
        name: "Changes with attestations",
        unit: Unit::Changes,
        definition: "Changes of which a person attested something that holds: a review, an authorisation, a justification, an \
                     incident, that a detection was right or wrong, or an exemption. Exempt ones are among them. Each is listed \
                     with who stated it, when and why, and with the verdict that the files alone would give.",
        formula: "number of changes of the population with an attestation that holds at the moment of judging",
        null_when: "",
    },
    counts: || vec![count(col(ATTESTED), "attested")],
    durations: none,
    behind: || col(ATTESTED),
};

pub(crate) fn read(line: Line<'_>) -> PolarsResult<u64> {
    line.count("attested")
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;
    use change_ledger_model::attestation::AttestationKind::{Exempt, Review};

    #[test]
    fn each_change_counts_once_and_only_while_something_holds() {
        let sample = || Sample::new().change(0.0).attested(Review, 1.0).attested(Exempt, 2.0).change(1.0);
        assert_eq!(sample().quarter().attested, 1);
        assert_eq!(sample().attested(Review, 2.0).withdrawn(Review, 3.0).quarter().attested, 1);
        assert_eq!(sample().attested(Review, 3.0).quarter().attested, 2);
    }
}
