//! The circumstances of an emergency: what was planned for its declaration, review, incident and evidence.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::calendar::{DAY, HOUR, LAST_EXPORT, LAST_MERGE, into_working_hours};
use crate::chance::{Chance, Spread, branch, entry, happens};
use crate::company::repositories::STATUS_PAGE;
use crate::numbers::{part, signed};
use crate::story::change::{
    EmergencyMark, Evidence, Hollow, Incident, IncidentName, TicketFoundIn, TicketLink, Trap, Written,
};
use crate::story::layout::{Layout, Place};
use crate::story::seasons::{CRISIS, POLICY, Season};

/// When the lead of the booking team approved what the crisis had left open, all in one sitting: 2025-07-02T15:02:00Z.
const STAMPING: i64 = 1_751_468_520;
/// Approvals of one sitting, and how many emergencies further the next sitting begins.
const STAMPED: u64 = 6;
const STAMPING_EVERY: u64 = 40;

/// How an emergency can be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// By the label of the pull request.
    Label,
    TitleTag,
    TicketOnly,
    LabelAndTicket,
    /// Approved before the merge, but on a hotfix branch with a link to an incident.
    ReviewedHotfix,
    HotfixBranch,
    UrgentWords,
    Automation,
    Plain,
}

impl Kind {
    pub(super) fn is_declared(self) -> bool {
        matches!(self, Self::Label | Self::TitleTag | Self::TicketOnly | Self::LabelAndTicket)
    }

    fn marks_ticket(self) -> bool {
        matches!(self, Self::TicketOnly | Self::LabelAndTicket)
    }
}

/// What is known about an emergency before its details are drawn.
pub(super) struct Circumstances<'a> {
    pub(super) chance: &'a Chance,
    pub(super) season: Season,
    pub(super) place: Place,
    /// Place among all emergencies, and among those of its repository and quarter.
    pub(super) ordinal: u64,
    pub(super) of_block: u64,
    /// The last moment that an export shows: seconds since 1970 UTC.
    pub(super) seen_until: i64,
}

impl Circumstances<'_> {
    /// The even share of this emergency among all of them, 0 to 1.
    pub(super) fn even(&self, what: Spread) -> f64 {
        self.chance.even(what, self.ordinal)
    }

    /// The moment of a batch approval, for the emergencies that get one.
    pub(super) fn stamped_at(&self) -> Option<i64> {
        let in_sitting = self.of_block % STAMPING_EVERY;
        (self.place.season == CRISIS && self.place.repository == 0 && in_sitting < STAMPED).then(|| {
            let sitting = signed(self.of_block / STAMPING_EVERY);
            STAMPING + sitting * 3 * HOUR + signed(in_sitting) * 74
        })
    }

    /// How it can be recognised.
    pub(super) fn kind(&self) -> Kind {
        if self.place.lacks_reviews() {
            return if self.of_block == 1 { Kind::ReviewedHotfix } else { Kind::Label };
        }
        let detail = self.even(Spread::ClassDetail);
        if self.place.repository == STATUS_PAGE {
            return Kind::Plain;
        }
        if self.even(Spread::Class) < self.season.declared {
            let kinds = [(0.42, Kind::Label), (0.18, Kind::TitleTag), (0.2, Kind::TicketOnly)];
            return branch(detail, &kinds, Kind::LabelAndTicket);
        }
        let kinds = [
            (0.14, Kind::ReviewedHotfix),
            (0.2, Kind::HotfixBranch),
            (0.24, Kind::UrgentWords),
            (0.08, Kind::Automation),
        ];
        match branch(detail, &kinds, Kind::Plain) {
            Kind::ReviewedHotfix if self.stamped_at().is_some() => Kind::HotfixBranch,
            kind => kind,
        }
    }

    /// When the change is opened and merged.
    pub(super) fn dates(&self, layout: &Layout, draws: &mut ChaCha8Rng) -> (i64, i64) {
        let day = layout.opened(&self.place).div_euclid(DAY) * DAY;
        let opened = if self.place.is_pending() {
            layout.last_day() + draws.random_range(10 * HOUR..18 * HOUR)
        } else {
            day + draws.random_range(0..20 * HOUR)
        };
        let opened = opened.min(LAST_MERGE - 2 * HOUR);
        (opened, opened + draws.random_range(6 * 60..75 * 60))
    }

    /// The planned moment of the review afterwards, if one happens.
    pub(super) fn review_afterwards(&self, merged: i64, draws: &mut ChaCha8Rng) -> (Option<i64>, Option<Trap>) {
        let quick = draws.random_range(20 * 60..23 * HOUR);
        let slow = draws.random_range(26 * HOUR..11 * DAY);
        let skew: f64 = draws.random_range(0.25..1.0);
        if self.place.is_pending() || (self.place.repository == STATUS_PAGE && self.place.season < POLICY) {
            return (None, None);
        }
        if let Some(at) = self.stamped_at() {
            return (Some(at), Some(Trap::BatchStamped));
        }
        let share = self.even(Spread::Approval);
        if share < self.season.on_time {
            if self.ordinal % 19 == 11 {
                return (Some(merged + DAY), Some(Trap::ExactlyTwentyFourHours));
            }
            let at = merged + part(quick, skew);
            let working = into_working_hours(at);
            return (Some(if working <= merged + DAY { working } else { at }), None);
        }
        if share < self.season.on_time + self.season.late {
            if self.ordinal % 17 == 5 {
                return (Some(merged + DAY + 1), Some(Trap::OneSecondLate));
            }
            return (Some(into_working_hours(merged + 26 * HOUR + part(slow, skew * skew))), None);
        }
        (None, None)
    }

    /// The incident that it names, and whether that one names it back.
    pub(super) fn incident(&self, kind: Kind) -> Incident {
        let share = self.even(Spread::Incident);
        let detail = self.even(Spread::IncidentDetail);
        let linked = match (kind, self.place.repository) {
            (Kind::ReviewedHotfix, _) => 1.0,
            (Kind::Automation, _) => return Incident::None,
            (_, STATUS_PAGE) => self.season.linked / 3.0,
            _ => self.season.linked,
        };
        if share < linked {
            let names = [
                (0.3, IncidentName::Url),
                (0.24, IncidentName::Number),
                (0.1, IncidentName::TitleNumber),
                (0.12, IncidentName::Branch),
            ];
            let last = if kind == Kind::ReviewedHotfix { IncidentName::Url } else { IncidentName::ViaTicket };
            return Incident::Linked {
                named: branch(detail, &names, last),
                two_way: self.even(Spread::TwoWay) < self.season.two_way,
                duplicate: self.ordinal % 31 == 9,
            };
        }
        if (share - linked) / (1.0 - linked) < self.season.dangling {
            let names = [(0.4, IncidentName::Url), (0.4, IncidentName::Number)];
            return Incident::Dangling(branch(detail, &names, IncidentName::ViaTicket));
        }
        Incident::None
    }

    /// What is written down about it.
    pub(super) fn evidence(&self, kind: Kind, merged: i64, draws: &mut ChaCha8Rng) -> Evidence {
        let places = [(0.5, Written::Body), (0.32, Written::TicketComment)];
        let authorised_in = branch(draws.random(), &places, Written::TicketDescription);
        let reasons = [(0.55, Written::Body), (0.15, Written::TicketComment), (0.12, Written::TicketDescription)];
        let justified_in = branch(draws.random(), &reasons, Written::TicketField);
        let note = self.note(merged, draws);
        let hollow = entry(
            &[
                Hollow::Empty,
                Hollow::NotApplicable,
                Hollow::CheckList,
                Hollow::Quote,
                Hollow::Comment,
                Hollow::CodeFence,
            ],
            draws.random_range(0..600),
        );
        let hollow_shows = happens(0.4, draws);
        if kind == Kind::Automation {
            return Evidence::default();
        }
        let authorisation = (self.even(Spread::Authorisation) < self.season.authorised).then_some(authorised_in);
        let justification = (self.even(Spread::Justification) < self.season.justified).then_some(justified_in);
        let complete = authorisation.is_some() && justification.is_some();
        Evidence {
            authorisation,
            justification,
            documented_at: note.filter(|at| *at <= LAST_EXPORT - HOUR),
            hollow: (hollow_shows && !complete).then_some(hollow),
        }
    }

    /// The moment of the post-incident note: in time, a day late, or begun before the merge.
    fn note(&self, merged: i64, draws: &mut ChaCha8Rng) -> Option<i64> {
        let minute = |seconds: i64| (seconds.div_euclid(60) + 1) * 60;
        let in_time = minute(merged + draws.random_range(15 * 60..22 * HOUR));
        let late = minute(merged + draws.random_range(25 * HOUR..90 * HOUR));
        let early = minute(merged - draws.random_range(10 * 60..HOUR));
        let share = self.even(Spread::Documentation);
        if share < self.season.documented {
            return Some(in_time);
        }
        let rest = (share - self.season.documented) / (1.0 - self.season.documented);
        branch(rest, &[(0.25, Some(late)), (0.15, Some(early))], None)
    }

    /// Its ticket: always where something was planned to be written on one, else for every second.
    pub(super) fn ticket(&self, kind: Kind, incident: Incident, evidence: &Evidence) -> Option<TicketLink> {
        let share = self.even(Spread::Ticket);
        let in_ticket = |written: Option<Written>| written.is_some_and(|place| place != Written::Body);
        let needed = kind.marks_ticket()
            || incident.is_named_by_ticket()
            || in_ticket(evidence.authorisation)
            || in_ticket(evidence.justification)
            || evidence.documented_at.is_some();
        if !needed && (share > 0.5 || kind == Kind::Automation) {
            return None;
        }
        let marks = [(0.6, EmergencyMark::ChangeType), (0.2, EmergencyMark::Label)];
        let mark = branch(self.even(Spread::TwoWay), &marks, EmergencyMark::IssueType);
        let found = [(0.2, TicketFoundIn::Title), (0.45, TicketFoundIn::Body), (0.2, TicketFoundIn::Branch)];
        let found_in = match branch((share * 7.0).fract(), &found, TicketFoundIn::TicketDescription) {
            TicketFoundIn::Branch if incident.is_named_in_branch() => TicketFoundIn::Body,
            found_in => found_in,
        };
        Some(TicketLink { found_in, emergency: kind.marks_ticket().then_some(mark) })
    }
}
