//! What breaks, how it is repaired, and what is written down about it.

/// Verb phrases of a repair; `{}` takes what is broken.
pub(crate) const REPAIRS: [&str; 14] = [
    "Cap retries against {}",
    "Restore the previous timeout for {}",
    "Disable the new cache in front of {}",
    "Raise the connection limit of {}",
    "Skip malformed messages in {}",
    "Pin the client version used by {}",
    "Serve stale data while {} recovers",
    "Fix the lock order in {}",
    "Stop the duplicate dispatch in {}",
    "Renew the certificate used by {}",
    "Switch off the failing validator in {}",
    "Correct the region setting of {}",
    "Drain the stuck queue of {}",
    "Guard against empty responses in {}",
];

/// Work that follows from an outage; `{}` takes what was broken.
pub(crate) const FOLLOW_UPS: [&str; 5] = [
    "Add an alert on {}",
    "Test the failure of {}",
    "Write a runbook for {}",
    "Add a circuit breaker to {}",
    "Measure the saturation of {}",
];

/// Outages: what broke, and what customers noticed of it.
pub(crate) const OUTAGES: [(&str, &str); 16] = [
    ("the tariff lookup", "Quotes were returned without duties for goods of chapter 84 and 85."),
    ("the declaration gateway", "About one declaration in five was rejected with a server error."),
    ("the booking confirmation worker", "Bookings stayed unconfirmed for up to fifty minutes."),
    ("the carrier schedule feed", "Departures of two carriers were missing from the schedule."),
    ("the payment callback", "Some customers were shown an unpaid invoice although they had paid."),
    ("the document renderer", "Bills of lading were rendered without the consignee."),
    ("the sign-in service", "Sign-in took more than thirty seconds for most users."),
    ("the vessel position stream", "Vessel positions stopped updating on all maps."),
    ("the quote calculator", "Quotes were returned without the fuel surcharge."),
    ("the invoice export", "Invoices of the day were missing from the export."),
    ("the partner webhook sender", "Partner webhooks were delivered up to four times."),
    ("the edge proxy", "One request in eight ended with a gateway error."),
    ("the message broker", "The queue grew by nine thousand messages in ten minutes."),
    ("the address search", "Search returned no results for customers in the EU region."),
    ("the session store", "Users were signed out in the middle of a booking."),
    ("the notification worker", "Arrival notices were sent to the wrong time zone, hours late."),
];

/// Sentences that say how a repair was tested.
pub(crate) const REPAIR_TESTS: [&str; 6] = [
    "Tried on one node first; errors stopped within a minute.",
    "Reproduced with a recorded message, gone with the change. Full suite runs after the merge.",
    "Smoke test on production with the on-call engineer; graphs are back to normal.",
    "Checked on the test environment only as far as the time allowed.",
    "Unit test added for the exact case that broke.",
    "Applied by hand to one region, watched for five minutes, then here.",
];

/// Why the ordinary review was not waited for.
pub(crate) const JUSTIFICATIONS: [&str; 10] = [
    "customers could not book, and waiting for the review would have doubled the outage",
    "declarations had to reach customs before the 18:00 cut-off of the port",
    "the second engineer on call was handling the failover of the database",
    "every minute produced duplicate charges that finance would have had to undo by hand",
    "the certificate expired at midnight and nobody else of the team was awake",
    "data was being written to the wrong region and had to be stopped at once",
    "the vendor had confirmed an active attack on the exposed endpoint",
    "the error budget of the quarter was nearly spent and the impact was growing",
    "the on-call lead judged a delay of an hour to be riskier than a two-line change",
    "the terminal operator had threatened to close the interface until it was fixed",
];

/// What was written down after the repair.
pub(crate) const NOTES: [&str; 8] = [
    "impact 41 minutes, 312 bookings delayed, none lost; cause was an exhausted connection pool; the change was checked on two nodes first",
    "timeline, graphs and the decision to skip the review are attached; follow-up work is planned for the next sprint",
    "deployed at once, error rate back to 0.1% within six minutes; customers informed through the status page",
    "root cause: a carrier sent an empty list; fixed by the guard; a test was added the same day",
    "the limit was raised to 400 and will go back to 200 after the season; capacity review is booked",
    "verified on production with the partner on the line; \"all clear\" at the end of the bridge",
    "the old index was dropped; query time fell from 9 s to 40 ms; the runbook has a new section",
    "configuration corrected in all three regions; drift alarm added",
];
