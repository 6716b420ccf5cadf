//! B: described, with justification.
//!
//! An emergency needs a reason of its own for the bypass. Of any other change the linked ticket says why it is made.
//! Without either, only a person can tell whether the description gives a reason: that stays unknown.

use super::{ControlFacts, Finding, TicketLink};

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_emergency() {
        return Finding::by(
            facts.justified,
            "A justification is on record.",
            "No justification is on record.",
            "The imported files carry too little text to tell whether it was justified.",
        );
    }
    match (facts.justified, facts.ticket) {
        (Some(true), _) => Finding::pass("A justification is on record."),
        (_, TicketLink::Linked) => Finding::pass("The linked ticket says what it is for."),
        _ if facts.is_ticket => Finding::unknown("Whether the request gives its reason, a person must read."),
        (Some(false), _) => Finding::unknown(
            "Nothing marks a reason, and no ticket is linked. Its description must be read by a person.",
        ),
        (None, _) => Finding::unknown("The imported files carry too little text to tell why it was made."),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample},
        *,
    };

    #[test]
    fn an_emergency_needs_a_reason_of_its_own_and_another_change_its_ticket() {
        let check = |emergency: bool, justified, ticket, expected| {
            let facts = if emergency { sample::emergency() } else { sample::facts() };
            let finding = examine(&ControlFacts { justified, ticket, ..facts });
            assert_eq!(finding.answer, expected, "{emergency} {justified:?} {ticket:?}");
        };
        check(true, Some(true), TicketLink::None, Pass);
        check(true, Some(false), TicketLink::Linked, Fail);
        check(true, None, TicketLink::Linked, Unknown);
        check(false, Some(true), TicketLink::None, Pass);
        check(false, Some(false), TicketLink::Linked, Pass);
        check(false, None, TicketLink::Linked, Pass);
        check(false, Some(false), TicketLink::None, Unknown);
        check(false, None, TicketLink::NotImported, Unknown);
    }
}
