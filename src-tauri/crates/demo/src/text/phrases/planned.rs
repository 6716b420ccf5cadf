//! What planned work is called and why it is done. No phrase holds a word that a detection rule looks for.

/// Planned work: what is done, and two reasons that fit it. `{}` takes a thing.
pub(crate) type Work = (&'static str, [&'static str; 2]);

/// Planned work on what customers see.
pub(crate) const PRODUCT_WORK: [Work; 20] = [
    (
        "Validate {} before it is saved",
        [
            "Support corrects wrong entries by hand nearly every week; the form now says at once what is missing.",
            "Two customs brokers sent values that were only rejected hours later, by the customs office.",
        ],
    ),
    (
        "Show {} in the shipment overview",
        [
            "Planners asked for this in the last two reviews; today they open every booking to find it.",
            "It answers the question that support hears most often, and it was already in the database.",
        ],
    ),
    (
        "Move {} into its own module",
        [
            "The code was copied between two services and had begun to differ in small ways.",
            "This prepares the move to the new declaration service and changes nothing that a customer can see yet.",
        ],
    ),
    (
        "Cache {} for ten minutes",
        [
            "Response times at the ninety-fifth percentile had crept up since the number of lanes doubled.",
            "The same answer was computed thousands of times an hour; ten minutes is what the carriers allow.",
        ],
    ),
    (
        "Return a clear message when {} cannot be found",
        [
            "Partners received a bare server error and could not tell whether to try again.",
            "The message now says what was looked for, and the contract test covers it.",
        ],
    ),
    (
        "Add pages to the list of {}",
        [
            "With the new port terminals the list has grown past the point where it can be shown at once.",
            "Customers with more than a thousand bookings waited for eight seconds.",
        ],
    ),
    (
        "Write an audit entry when {} changes",
        [
            "The internal audit of last spring asked us to keep a trace of who changed this and when.",
            "Finance could not explain two corrections in March; now every change names its author.",
        ],
    ),
    (
        "Let customers filter by {}",
        [
            "The request has come up with every new customer since the summer.",
            "The index for it exists, so this is only the parameter and its documentation.",
        ],
    ),
    (
        "Load {} in one query instead of many",
        [
            "The overview needed three requests for each row and was slow for large customers.",
            "The database spent a fifth of its time on this; the new plan uses the index on the booking date.",
        ],
    ),
    (
        "Keep {} when a booking is split",
        [
            "After a split, planners had to enter it a second time and sometimes forgot.",
            "The copy was lost on the second half of the booking; reported by two forwarders.",
        ],
    ),
    (
        "Translate {} into Dutch and Polish",
        [
            "Texts came back from the translators and were read by colleagues from both offices.",
            "The Gdynia office starts next month; this is the last page that was only in English.",
        ],
    ),
    (
        "Name {} in the interface as in the contract",
        [
            "Our partners rely on the documented names; the old name stays as an alias for two releases.",
            "Sales, support and the interface used three different words for the same thing.",
        ],
    ),
    (
        "Measure how often {} is corrected",
        [
            "We want to know whether the new form helps before we build more of it.",
            "The figure goes to the quarterly review with the brokers.",
        ],
    ),
    (
        "Offer {} as a CSV download",
        [
            "Finance closes the month faster when the list is available before the third working day.",
            "Several customers copied the table from the screen, which lost the leading zeros.",
        ],
    ),
    (
        "Hide {} from users without the right to see it",
        [
            "The access review found that read-only users saw more than they need.",
            "The data protection officer asked for it; the legal basis is in the ticket.",
        ],
    ),
    (
        "Make the form for {} usable by keyboard",
        [
            "Accessibility testing found that the control could not be reached without a mouse.",
            "Declarants type all day; every reach for the mouse costs them seconds.",
        ],
    ),
    (
        "Document {} for partners",
        [
            "Onboarding a carrier needed a call with one of us, which this saves.",
            "The examples in the documentation are now taken from the contract tests.",
        ],
    ),
    (
        "Stop writing {} to the log",
        [
            "The log is kept longer than the data may be; nothing reads this field there.",
            "The data protection officer asked for the shorter period, and the log does not need it.",
        ],
    ),
    (
        "Add a contract test for {}",
        [
            "A partner relies on the order of the fields, so the behaviour is now covered by a test.",
            "The last two releases changed it by accident; the test compares it with the published schema.",
        ],
    ),
    (
        "Remove the old way of reading {}",
        [
            "It was the last caller of the old client, which can go once this has been out for a week.",
            "Nothing has used it since the migration in spring; the flag is gone as well.",
        ],
    ),
];

/// What planned work on the product is about.
pub(crate) const PRODUCT_THINGS: [&str; 26] = [
    "the consignee address",
    "the container number",
    "the tariff code",
    "the duty estimate",
    "the carrier schedule",
    "the loading window",
    "the bill of lading",
    "the customs declaration",
    "the proof of delivery",
    "the berth allocation",
    "the fuel surcharge",
    "the rate card",
    "the exchange rate",
    "the vessel position",
    "the gate-out time",
    "the packing list",
    "the broker's reference",
    "the dangerous-goods note",
    "the invoice draft",
    "the delivery contact",
    "the quote history",
    "the transit time",
    "the weight correction",
    "the storage charge",
    "the country of origin",
    "the customer reference",
];

/// Planned work on the ground it all stands on.
pub(crate) const PLATFORM_WORK: [Work; 16] = [
    (
        "Add an alert for {}",
        [
            "We heard about it from support the last time; the threshold is taken from three months of data.",
            "The alert goes to the team channel first and pages nobody until it has proved itself.",
        ],
    ),
    (
        "Move the settings of {} into code",
        [
            "They were changed by hand in two regions and had drifted apart.",
            "The internal audit asked that every change can be traced to a review.",
        ],
    ),
    (
        "Upgrade {} to the supported version",
        [
            "The vendor ends support in the next quarter; the notes list no change that concerns us.",
            "Two of the three regions were already on it; this brings the last one along.",
        ],
    ),
    (
        "Split {} by region",
        [
            "A failure in one region should not be felt in another one.",
            "Customers with data in the EU asked for a written confirmation of where it is kept.",
        ],
    ),
    (
        "Lower the cost of {}",
        [
            "It was sized for the peak of last winter; the new size leaves a third in reserve.",
            "Nobody read most of what was kept; the retention now follows the policy.",
        ],
    ),
    (
        "Limit who may change {}",
        [
            "The access review found eleven people with a right that three of them need.",
            "Temporary access now needs a request and ends by itself after a working day.",
        ],
    ),
    (
        "Write a runbook for {}",
        [
            "Two colleagues knew how to do it, and both were on leave in the same week.",
            "Practised twice with people who had never done it before.",
        ],
    ),
    (
        "Rotate the credentials of {}",
        [
            "They were older than the policy allows; rotation is automatic from now on.",
            "Done in two steps, so that old and new were valid for an hour.",
        ],
    ),
    (
        "Back up {} to a second account",
        [
            "The restore was rehearsed: 38 minutes, nothing missing.",
            "A mistake in the first account must not reach the copy.",
        ],
    ),
    (
        "Add a dashboard for {}",
        [
            "The numbers existed, but one had to know three query languages to see them together.",
            "Asked for by the on-call rota; it opens with the last twelve hours.",
        ],
    ),
    (
        "Test the failover of {}",
        [
            "We had only ever assumed that it works; it now runs every month in the test account.",
            "The exercise in May showed a name that was cached for an hour.",
        ],
    ),
    (
        "Encrypt the storage behind {}",
        [
            "It was the last store without a key of our own.",
            "Required by two customers; the change is online and reversible.",
        ],
    ),
    (
        "Remove the unused rules around {}",
        [
            "Nothing has matched them for six months, and they made every review longer.",
            "Found by the quarterly firewall review.",
        ],
    ),
    (
        "Pin the image of {} by digest",
        [
            "A tag can move; a digest cannot. Updates come as pull requests of the bot.",
            "The supply-chain review asked for it in all repositories.",
        ],
    ),
    (
        "Sample the traces of {}",
        [
            "One in twenty is enough to see the slow ones, and errors are kept in full.",
            "The collector dropped spans in the evening peak.",
        ],
    ),
    (
        "Give {} its own service account",
        [
            "It shared one with the build, which could do far more than it needs.",
            "Permissions were taken from what it used in the last ninety days.",
        ],
    ),
];

/// What planned work on the platform is about.
pub(crate) const PLATFORM_THINGS: [&str; 16] = [
    "the message broker",
    "the edge proxy",
    "the build runners",
    "the session store",
    "the certificate issuer",
    "the search cluster",
    "the primary database",
    "the read replicas",
    "the log pipeline",
    "the artifact registry",
    "the object storage",
    "the secrets store",
    "the job scheduler",
    "the node pools",
    "the metrics store",
    "the VPN gateway",
];

/// Sentences that say how planned work was tested.
pub(crate) const TESTS: [&str; 10] = [
    "Unit tests cover the new path and the old one; all suites are green.",
    "Ran it on the test environment for two days and compared the results with the old version.",
    "Added a table of cases with invented names. The integration suite passes.",
    "Checked by hand on the test environment; a second pair of eyes is welcome.",
    "Extended the existing test; without the change it fails.",
    "Rehearsed on a copy of last night's data, four minutes, no surprises.",
    "Compared a day of recorded requests before and after: no difference but the intended one.",
    "Rolled out to the test account first and compared with the expected state.",
    "The new test runs in the pipeline from now on.",
    "Paired on it; the tests were written first.",
];
