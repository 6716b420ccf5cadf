//! The nine quarters: an organisation that starts late, slides into an incident-heavy quarter, adopts a policy, and improves.

/// What a quarter is like. Shares are 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Season {
    /// Its part of all changes.
    pub(crate) weight: u64,
    /// Emergencies among the changes of a repository that more than one person keeps.
    pub(crate) emergencies: f64,
    /// Emergencies that say that they are one.
    pub(crate) declared: f64,
    /// Declared emergencies that somebody approved before the merge all the same.
    pub(crate) approved_first: f64,
    /// Owed reviews that happen within 24 hours.
    pub(crate) on_time: f64,
    /// Owed reviews that happen later.
    pub(crate) late: f64,
    /// Emergencies linked to an incident that exists.
    pub(crate) linked: f64,
    /// Emergencies, of those not linked, that name an incident that is not in the export.
    pub(crate) dangling: f64,
    /// Linked incidents that name the change back.
    pub(crate) two_way: f64,
    /// Emergencies with a recorded authorisation.
    pub(crate) authorised: f64,
    /// Emergencies with a recorded reason.
    pub(crate) justified: f64,
    /// Emergencies documented on the ticket within 24 hours.
    pub(crate) documented: f64,
}

/// Place of the incident-heavy quarter, 2025-Q2.
pub(crate) const CRISIS: usize = 3;
/// Place of the quarter in which the policy took effect, 2025-Q3.
pub(crate) const POLICY: usize = 4;
/// Place of the last quarter, 2026-Q3.
pub(crate) const LAST: usize = 8;

/// The quarters from 2024-Q3 on.
pub(crate) const SEASONS: [Season; 9] = [
    season([12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    season([142, 60, 450, 250, 250, 400, 550, 350, 350, 300, 450, 200]),
    season([158, 68, 420, 250, 240, 400, 550, 350, 350, 280, 420, 200]),
    season([174, 125, 400, 200, 180, 420, 520, 450, 300, 250, 380, 150]),
    season([178, 76, 600, 300, 480, 350, 680, 350, 500, 560, 650, 450]),
    season([170, 62, 680, 300, 560, 320, 740, 350, 580, 680, 740, 580]),
    season([189, 52, 720, 350, 660, 240, 780, 300, 640, 760, 800, 660]),
    season([201, 45, 760, 350, 760, 170, 820, 300, 700, 820, 860, 740]),
    season([212, 38, 800, 300, 840, 120, 840, 400, 740, 860, 900, 800]),
];

/// A row of the table above: the weight, then shares in thousandths, in the order of the fields.
const fn season(row: [u16; 12]) -> Season {
    const fn share(thousandths: u16) -> f64 {
        thousandths as f64 / 1_000.0
    }
    let [
        weight,
        emergencies,
        declared,
        approved_first,
        on_time,
        late,
        linked,
        dangling,
        two_way,
        authorised,
        justified,
        documented,
    ] = row;
    Season {
        weight: weight as u64,
        emergencies: share(emergencies),
        declared: share(declared),
        approved_first: share(approved_first),
        on_time: share(on_time),
        late: share(late),
        linked: share(linked),
        dangling: share(dangling),
        two_way: share(two_way),
        authorised: share(authorised),
        justified: share(justified),
        documented: share(documented),
    }
}
