//! The tickets that changes are linked to.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::calendar::{DAY, HOUR, LAST_EXPORT};
use crate::chance::{Purpose, drawn, happens, mixed};
use crate::company::people::Person;
use crate::company::repositories::CHANGE_PROJECT;
use crate::story::Story;
use crate::story::change::{Change, Class, EmergencyMark, TicketLink};
use crate::text::Statements;
use crate::text::gist::Gist;
use crate::text::statements::Comment;

/// A ticket, as far as its export shows it.
#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    pub(crate) key: String,
    /// Key and name of its project.
    pub(crate) project: (&'static str, &'static str),
    pub(crate) summary: String,
    pub(crate) issue_type: &'static str,
    pub(crate) priority: &'static str,
    pub(crate) description: String,
    pub(crate) labels: Vec<&'static str>,
    pub(crate) reporter: Person,
    pub(crate) assignee: Person,
    /// Seconds since 1970 UTC, as the two below.
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) resolved: Option<i64>,
    pub(crate) change_type: &'static str,
    pub(crate) change_reason: String,
    pub(crate) change_risk: &'static str,
    /// In the order of time.
    pub(crate) comments: Vec<Comment>,
}

/// Above this many changes only the tickets of emergencies are exported.
const EVERY_TICKET_UP_TO: u64 = 20_000;

impl Ticket {
    /// Every exported ticket with its change.
    pub(crate) fn all(story: &Story) -> impl Iterator<Item = (Change, Self)> + '_ {
        story.changes().filter(|change| Self::is_exported(story, change)).filter_map(|change| {
            let ticket = Self::of(story, &change, change.ticket?);
            Some((change, ticket))
        })
    }

    /// True when the ticket of a change is in the export.
    pub(crate) fn is_exported(story: &Story, change: &Change) -> bool {
        // Some tickets were in a project that the exporting account could not see.
        let visible = !mixed(story.chance.seed(), change.place.record()).is_multiple_of(33);
        let wanted = visible && story.layout.changes <= EVERY_TICKET_UP_TO;
        change.ticket.is_some() && (change.ordinal().is_some() || wanted)
    }

    /// The ticket of a change.
    pub(crate) fn of(story: &Story, change: &Change, link: TicketLink) -> Self {
        let mut draws = story.chance.of(Purpose::Ticket, change.place.record());
        let statements = Statements::of(story, change);
        let lead = change.repository().team.lead();
        let is_change = change.ordinal().is_some() && change.verdicts.class == Class::Declared;
        let created = change.opened - draws.random_range(10 * 60..2 * HOUR) * if is_change { 1 } else { 30 };
        let resolved = change.merged + draws.random_range(HOUR..3 * DAY);
        let mut comments = statements.comments;
        if happens(0.3, &mut draws) {
            comments.push(small_talk(change.ordinal().is_some(), created + 4 * 60, lead, &mut draws));
        }
        comments.sort_by_key(|comment| comment.at);
        let gist = Gist::of(story, change);
        let last = comments.iter().map(|comment| comment.at).max().unwrap_or(0);
        let is_emergency = change.ordinal().is_some();
        let opening = if is_emergency { drawn(&EMERGENCY_OPENINGS, &mut draws) } else { drawn(&OPENINGS, &mut draws) };
        let mut description = vec![opening.to_owned(), gist.why];
        description.extend(statements.description);
        Self {
            key: story.ticket_key(change),
            project: if is_change {
                CHANGE_PROJECT
            } else {
                (change.repository().project, change.repository().project_name)
            },
            summary: gist.what,
            issue_type: issue_type(change, link, is_change, &mut draws),
            priority: if change.ordinal().is_some() {
                "Highest"
            } else {
                drawn(&["Medium", "Medium", "High", "Low"], &mut draws)
            },
            description: description.join("\n"),
            labels: labels(link, &mut draws),
            reporter: lead,
            assignee: change.author.person().unwrap_or(lead),
            created,
            updated: last.max(resolved).max(created).min(LAST_EXPORT),
            resolved: (resolved <= LAST_EXPORT).then_some(resolved),
            change_type: change_type(link, is_change, &mut draws),
            change_reason: statements.change_reason.unwrap_or_default(),
            change_risk: if is_change { "Medium" } else { "" },
            comments,
        }
    }
}

const EMERGENCY_OPENINGS: [&str; 4] = [
    "Production is affected; the time line is in the incident channel.",
    "Raised by the engineer on call.",
    "Reported by support and confirmed on the graphs.",
    "Found by monitoring before customers called.",
];

const OPENINGS: [&str; 6] = [
    "Agreed in refinement; done when it is tested and documented.",
    "From the roadmap of the quarter.",
    "Small story, no dependency on other teams.",
    "Proposed by the team, accepted by the product owner.",
    "Rest of a larger story; the first part is live.",
    "Estimated together; risk is low.",
];

fn small_talk(is_emergency: bool, at: i64, by: Person, draws: &mut ChaCha8Rng) -> Comment {
    let on_call = drawn(
        &[
            "On-call engineer is on it; bridge open.\nNext update in \"15 minutes\" at the latest.",
            "Customers were told on the status page; wording: \"degraded\", no cause yet.",
            "Großkunden telefonisch informiert; \"läuft wieder\" erst nach Freigabe melden.",
            "復旧を確認中; next look at the graphs after the deploy.",
        ],
        draws,
    );
    let planned = drawn(
        &[
            "Spoke to the customer; they can live with it until Thursday.\nNext step: \"draft 2\" of the text.",
            "Zoll Rotterdam hat geantwortet; \"in Ordnung\" – Größe und Gewicht bleiben wie gemeldet.",
            "確認しました; see the second sheet, column \"運賃\".",
            "Estimate: 3 points; risk is low, see the \"limits\" section.",
            "Żadnych uwag; można wdrażać w czwartek.\n\nDziękuję!",
            "Split from the larger story; the rest is planned for the next sprint",
        ],
        draws,
    );
    Comment { at, by, text: if is_emergency { on_call } else { planned }.to_owned() }
}

fn issue_type(change: &Change, link: TicketLink, is_change: bool, draws: &mut ChaCha8Rng) -> &'static str {
    match (link.emergency, is_change) {
        (Some(EmergencyMark::IssueType), _) => "Emergency Change",
        (_, true) => "[System] Change",
        _ if change.ordinal().is_some() => "Bug",
        _ => drawn(&["Story", "Task", "Task", "Bug"], draws),
    }
}

fn change_type(link: TicketLink, is_change: bool, draws: &mut ChaCha8Rng) -> &'static str {
    let planned = drawn(&["", "", "", "Normal", "Standard"], draws);
    match (link.emergency, is_change) {
        (Some(EmergencyMark::ChangeType), _) => "Emergency",
        (_, true) => "Normal",
        _ => planned,
    }
}

fn labels(link: TicketLink, draws: &mut ChaCha8Rng) -> Vec<&'static str> {
    let plain =
        drawn(&["customer-request", "tech-debt", "hotfix-candidate", "compliance", "non-emergency", "roadmap"], draws);
    let mark = drawn(&["emergency", "break-glass", "Hotfix"], draws);
    let mut labels = Vec::new();
    if happens(0.6, draws) {
        labels.push(plain);
    }
    if happens(0.2, draws) {
        labels.push("reviewed-by-support");
    }
    if link.emergency == Some(EmergencyMark::Label) {
        labels.push(mark);
    }
    labels
}
