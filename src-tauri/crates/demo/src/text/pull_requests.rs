//! Titles, branches and bodies of pull requests.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::ToolChain;
use crate::chance::{Chance, Purpose, drawn, happens};
use crate::company::people::Account;
use crate::story::Story;
use crate::story::change::{Base, Change, IncidentName, Subject, TicketFoundIn, Trap};
use crate::story::layout::Place;
use crate::text::Statements;
use crate::text::gist::Gist;
use crate::text::phrases::asides::{DEPENDENCIES, FALSE_FRIENDS};
use crate::text::phrases::planned::TESTS;
use crate::text::phrases::repairs::REPAIR_TESTS;
use crate::text::statements::named_incident;

/// The end of a body made from the company's template. It speaks of emergencies only where nobody states one.
const TEMPLATE: &str = "\
### Check list
- [x] Tests cover the change
- [x] No personal data in logs
- [ ] Emergency change: incident linked, `Authorised by:` filled in
- [ ] Rollback described for high risk

<!-- Hotfix? Add the label \"emergency\" and a line \"Authorised by: NAME\". P1 and SEV1 need an incident. -->";
/// The same for short bodies.
const QUOTED_RULE: &str = "\
> Change policy: an urgent fix without review is an emergency and is reviewed within 24 hours.
> Justification: required for every bypass.";
/// The end of the body of a dependency update.
const RELEASE_NOTES: &str = "\
<details>
<summary>Release notes</summary>

- Fixes a crash on empty input
- Lowers memory use when many connections are open
- Updates the documentation

</details>

The compatibility score is 96%. Tests of the default branch pass with the new version. You can ask for a rebase by \
leaving a comment on this pull request; it is closed by itself when the version is updated elsewhere.";
/// The body of the nightly workflow's pull request.
const REGENERATED: &str = "\
Made by the nightly workflow, because the specification changed. Nothing was edited by hand. The generator and its \
version are unchanged; the difference is in the files below `client/`. Please read it as you would read any other \
change: the workflow cannot tell whether a new field is meant to be public.";

/// Second sentences of repairs that say how urgent it was.
const URGENT: [&str; 3] = [
    "This is an urgent fix, applied while the bridge was open.",
    "Rollback of yesterday's change, until the cause is understood.",
    "Sev1: merged at once, details follow.",
];
/// Second sentences of repairs that do not.
const CALM: [&str; 4] = [
    "The smallest change that brings the service back; a proper solution follows.",
    "Two lines, found together with the engineer on call.",
    "Tested by hand as far as possible; the cause is still being looked into.",
    "Puts the service back into the state of last week while we look for the cause.",
];

/// The words of one pull request.
#[derive(Debug, Clone)]
pub(crate) struct Wording {
    pub(crate) title: String,
    /// The branch that was merged.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Parts of a body that mean nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asides {
    false_friend: Option<&'static str>,
    template: Option<&'static str>,
}

impl Asides {
    /// Those of a merged pull request.
    pub(crate) fn of(chance: &Chance, change: &Change) -> Self {
        if change.subject == Subject::Dependency {
            return Self::default();
        }
        let mut draws = chance.of(Purpose::Aside, change.place.record());
        let sentence = drawn(&FALSE_FRIENDS, &mut draws);
        Self {
            false_friend: happens(0.16, &mut draws).then_some(sentence),
            template: match draws.random_range(0..10) {
                0..=2 => Some(TEMPLATE),
                3 => Some(QUOTED_RULE),
                _ => None,
            },
        }
    }

    /// The traps they are.
    pub(crate) fn traps(&self) -> impl Iterator<Item = Trap> + use<> {
        let false_friend = self.false_friend.map(|_| Trap::FalseFriendKeys);
        let template = self.template.map(|_| Trap::TemplateWithEmergencyWords);
        false_friend.into_iter().chain(template)
    }
}

impl Wording {
    /// The words of a merged pull request.
    pub(crate) fn of(story: &Story, change: &Change) -> Self {
        let mut draws = story.chance.of(Purpose::Wording, change.place.record());
        if change.subject == Subject::Dependency {
            return dependency(change.author, &mut draws);
        }
        let gist = Gist::of(story, change);
        let own_ticket = change.ticket.filter(|_| story.tools != ToolChain::Servicenow);
        let key = own_ticket.map(|ticket| (ticket.found_in, story.ticket_key(change)));
        let incident = named_incident(story, change).map(|(named, number, _)| (named, story.incident_name(number)));
        let (key, incident) = (key.as_ref(), incident.as_ref());
        let mark = change.emergency_label().filter(|_| !story.tools.carries().labels);
        let mut wording = Self {
            title: title((change.subject, mark.is_some()), &gist.what, key, incident, &mut draws),
            head: head(change, &gist.what, key, incident, &mut draws),
            body: String::new(),
        };
        wording.write_body(story, change, &gist.why, &mut draws);
        wording
    }

    fn write_body(&mut self, story: &Story, change: &Change, why: &str, draws: &mut ChaCha8Rng) {
        let mut paragraphs: Vec<String> = Vec::new();
        let tests = match change.subject {
            Subject::Repair { urgent_words, .. } => {
                paragraphs.push(why.to_owned());
                let words = if urgent_words { drawn(&URGENT, draws) } else { drawn(&CALM, draws) };
                paragraphs.push(words.to_owned());
                drawn(&REPAIR_TESTS, draws)
            }
            _ => {
                let heading = if happens(0.4, draws) { "## Why\n\n" } else { "" };
                paragraphs.push(format!("{heading}{why}"));
                drawn(&TESTS, draws)
            }
        };
        let asides = Asides::of(&story.chance, change);
        paragraphs.extend(asides.false_friend.map(str::to_owned));
        paragraphs.extend(Statements::of(story, change).body);
        paragraphs.push(format!("## How it was tested\n\n{tests}"));
        paragraphs.extend(asides.template.map(str::to_owned));
        self.body = paragraphs.join("\n\n");
    }
}

/// Title and body of a pull request that was not merged.
pub(crate) fn unmerged(story: &Story, place: &Place) -> Wording {
    let gist = Gist::unmerged(story, place);
    Wording { head: format!("feature/{}", slug(&gist.what)), title: gist.what, body: gist.why }
}

/// The name of the branch that a change was merged into.
pub(crate) fn base(change: &Change) -> String {
    match change.base {
        Base::Default => change.repository().default_branch.to_owned(),
        Base::Release => format!("release/2.{}", change.place.season),
        Base::Development(name) => name.to_owned(),
    }
}

type Key = (TicketFoundIn, String);

/// A title. One that is `marked` says what a label would say elsewhere.
fn title(
    (subject, marked): (Subject, bool),
    sentence: &str,
    key: Option<&Key>,
    incident: Option<&(IncidentName, String)>,
    draws: &mut ChaCha8Rng,
) -> String {
    let tag = drawn(&["[hotfix] ", "[EMERGENCY] ", "hotfix: ", "Emergency: "], draws);
    let urgent = drawn(&["Urgent fix: ", "P1: ", "Rollback and repair: "], draws);
    let mut title = match subject {
        Subject::Repair { tagged: true, .. } => tag.to_owned(),
        _ if marked => tag.to_owned(),
        Subject::Repair { urgent_words: true, .. } => urgent.to_owned(),
        _ => String::new(),
    };
    match key {
        Some((TicketFoundIn::Title, key)) if title.is_empty() => title.push_str(&format!("{key}: {sentence}")),
        Some((TicketFoundIn::Title, key)) => title.push_str(&format!("{sentence} ({key})")),
        _ => title.push_str(sentence),
    }
    if let Some((IncidentName::TitleNumber, name)) = incident {
        title.push_str(&format!(" ({name})"));
    }
    title
}

fn head(
    change: &Change,
    sentence: &str,
    key: Option<&Key>,
    incident: Option<&(IncidentName, String)>,
    draws: &mut ChaCha8Rng,
) -> String {
    let folder = match change.subject {
        Subject::Repair { hotfix_branch: true, .. } | Subject::HotfixBranchOnly => "hotfix",
        Subject::Repair { .. } => "fix",
        _ => drawn(&["feature", "feature", "fix", "chore"], draws),
    };
    let slug = slug(sentence);
    match (incident, key) {
        (Some((IncidentName::Branch, name)), _) => format!("{folder}/{}-{slug}", name.to_lowercase()),
        // Azure DevOps links the work item whose number a branch begins with by itself.
        (_, Some((TicketFoundIn::Branch, key))) => {
            format!("{folder}/{}-{slug}", key.trim_start_matches("AB#").to_lowercase())
        }
        _ => format!("{folder}/{slug}"),
    }
}

/// The first words of a sentence as a branch name has them.
fn slug(sentence: &str) -> String {
    let words: Vec<String> = sentence
        .split_whitespace()
        .map(|word| word.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty() && word != "the")
        .take(5)
        .collect();
    words.join("-")
}

fn dependency(author: Account, draws: &mut ChaCha8Rng) -> Wording {
    let (name, ecosystem, from, to) = drawn(&DEPENDENCIES, draws);
    let short = name.rsplit('/').next().unwrap_or(name);
    let (title, head) = match author {
        Account::Bot("renovate") => (format!("Update dependency {name} to v{to}"), format!("renovate/{short}")),
        Account::Bot("github-actions") => {
            return Wording {
                title: "Regenerate the partner client from the specification".to_owned(),
                head: "automation/partner-client".to_owned(),
                body: REGENERATED.to_owned(),
            };
        }
        _ => (format!("Bump {name} from {from} to {to}"), format!("dependabot/{ecosystem}/{short}-{to}")),
    };
    let body = format!("Bumps `{name}` from {from} to {to}.\n\n{RELEASE_NOTES}");
    Wording { title, head, body }
}
