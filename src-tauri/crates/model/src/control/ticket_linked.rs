//! A: authorised, because a ticket or request is linked.

use super::{ControlFacts, Finding, TicketLink};

pub(super) const fn examine(facts: &ControlFacts) -> Finding {
    if facts.is_ticket {
        return Finding::pass("The change is a request itself.");
    }
    match facts.ticket {
        TicketLink::Linked => Finding::pass("A ticket is linked."),
        TicketLink::NotImported => Finding::unknown("It names a ticket that was not imported."),
        TicketLink::None => Finding::fail("No ticket is linked."),
        TicketLink::Unknown => {
            Finding::unknown("Either no tickets were imported, or not the description that may name one.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ControlAnswer::*, sample::facts},
        *,
    };

    #[test]
    fn a_ticket_authorises_and_one_that_may_be_elsewhere_is_unknown() {
        let check = |is_ticket, ticket, expected| {
            let finding = examine(&ControlFacts { is_ticket, ticket, ..facts() });
            assert_eq!(finding.answer, expected, "{ticket:?}");
        };
        check(false, TicketLink::Linked, Pass);
        check(true, TicketLink::None, Pass);
        check(false, TicketLink::None, Fail);
        check(false, TicketLink::NotImported, Unknown);
        check(false, TicketLink::Unknown, Unknown);
    }
}
