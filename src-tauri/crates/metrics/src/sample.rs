//! Small ledgers for tests: changes of one repository, written down the way people tell them.

#![expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "samples are small")]

use crate::{Frames, Judged};
use change_ledger_model::{
    Timestamp,
    attestation::{AttestationKind, Attested},
    columns::{
        AttestationRow, AuthorisationRow, HitOwner, IncidentLinkRow, IncidentRow, LedgerColumns, TextHitRow,
        TicketLinkRow, TicketRow,
    },
    person::{Person, PersonKind},
    policy::{Policy, PolicyHistory, PolicyVersion, patterns::TextSignal, presets},
    quarterly::QuarterMetrics,
    record::{ChangeKind, FoundIn, ReviewCoverage, Verdict},
};

/// When the first change of a sample is implemented: a Tuesday morning.
pub(crate) const START: &str = "2026-08-04T10:00:00Z";
pub(crate) const HOUR: i64 = 3_600_000;

/// The preset with some of its text replaced.
pub(crate) fn policy(edits: &[(&str, &str)]) -> Policy {
    Policy::parse(&document(edits)).unwrap()
}

pub(crate) fn document(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(presets()[0].document.to_owned(), |document, (from, to)| {
        assert!(document.contains(from), "{from}");
        document.replacen(from, to, 1)
    })
}

/// Hours after [`START`], in milliseconds since the epoch.
pub(crate) fn at(hours: f64) -> i64 {
    Timestamp::parse_rfc3339(START).unwrap().millis() + (hours * HOUR as f64) as i64
}

/// A ledger in the making. What follows a `change` is about that change; hours count from its implementation.
pub(crate) struct Sample {
    pub(crate) columns: LedgerColumns,
    policies: PolicyHistory,
    as_of: f64,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let columns = LedgerColumns {
            repositories: vec!["acme/pay".to_owned(), "acme/web".to_owned()],
            branches: vec!["main".to_owned(), "feature/x".to_owned()],
            ..LedgerColumns::default()
        };
        Self { columns, policies: PolicyHistory::initial().unwrap(), as_of: 10_000.0 }
    }

    /// Sets the policy in force from the beginning.
    pub(crate) fn policy(mut self, edits: &[(&str, &str)]) -> Self {
        self.policies = self.policies.then(PolicyVersion::new(&document(edits), None).unwrap());
        self
    }

    /// Puts a preset in force from the beginning, as it is shipped.
    pub(crate) fn preset(self, name: &str) -> Self {
        self.in_force(change_ledger_model::policy::preset(name).unwrap().document)
    }

    /// Puts the policy of a document in force from the beginning.
    pub(crate) fn in_force(mut self, document: &str) -> Self {
        self.policies = self.policies.then(PolicyVersion::new(document, None).unwrap());
        self
    }

    /// Puts a preset in force from the beginning, with some of its text replaced.
    pub(crate) fn preset_with(mut self, name: &str, edits: &[(&str, &str)]) -> Self {
        let document = change_ledger_model::policy::preset(name).unwrap().document.to_owned();
        let edited = edits.iter().fold(document, |document, (from, to)| {
            assert!(document.contains(from), "{from}");
            document.replacen(from, to, 1)
        });
        self.policies = self.policies.then(PolicyVersion::new(&edited, None).unwrap());
        self
    }

    /// Sets the policy in force from `hours` after [`START`].
    pub(crate) fn policy_from(mut self, hours: f64, edits: &[(&str, &str)]) -> Self {
        let from = Timestamp::from_millis(at(hours));
        self.policies = self.policies.then(PolicyVersion::new(&document(edits), from).unwrap());
        self
    }

    /// Judges at `hours` after [`START`].
    pub(crate) const fn seen_at(mut self, hours: f64) -> Self {
        self.as_of = hours;
        self
    }

    /// A change by ann, opened a day and merged by mia `hours` after [`START`], with all of its reviews known.
    pub(crate) fn change(mut self, hours: f64) -> Self {
        let (ann, mia) = (self.person("ann"), self.person("mia"));
        let changes = &mut self.columns.changes;
        changes.key.push(changes.key.len() as i64);
        changes.kind.push(ChangeKind::PullRequest as u8);
        changes.repository.push(0);
        changes.base_branch.push(Some(0));
        changes.author.push(Some(ann));
        changes.merged_by.push(Some(mia));
        changes.opened_at.push(Some(at(hours - 24.0)));
        changes.implemented_at.push(Some(at(hours)));
        changes.review_coverage.push(ReviewCoverage::Complete as u8);
        changes.labels_known.push(true);
        changes.texts_known.push(true);
        changes.head_commit.push(Some(7));
        self
    }

    /// A person attests something of a moment so many hours after the implementation.
    pub(crate) fn attested(self, kind: AttestationKind, hours: f64) -> Self {
        self.stated(kind, false, Vec::new(), hours)
    }

    /// A person names an incident, by position, or one that was not imported.
    pub(crate) fn attested_incident(self, incident: Option<u32>, hours: f64) -> Self {
        self.stated(AttestationKind::Incident, false, vec![incident], hours)
    }

    /// A person takes back what was attested on the topic of `kind`.
    pub(crate) fn withdrawn(self, kind: AttestationKind, hours: f64) -> Self {
        self.stated(kind, true, Vec::new(), hours)
    }

    fn stated(mut self, kind: AttestationKind, withdraws: bool, incidents: Vec<Option<u32>>, hours: f64) -> Self {
        let at = Timestamp::from_millis(self.implemented() + (hours * HOUR as f64) as i64).unwrap();
        let event = self.columns.attestations.len() as i64 + 1;
        let (change, what) = (self.last(), Attested { kind, withdraws, at });
        let row = AttestationRow { event, change, what, names: Vec::new(), people: Vec::new(), incidents };
        self.columns.attestations.push(row);
        self
    }

    /// Says who stated the last attestation: the name as they wrote it, and whom the files know by it.
    pub(crate) fn stated_by(mut self, name: &str, people: &[&str]) -> Self {
        let people = people.iter().map(|person| self.person(person)).collect();
        let last = self.columns.attestations.last_mut().unwrap();
        (last.names, last.people) = (vec![name.to_owned()], people);
        self
    }

    /// One person goes by all of these.
    pub(crate) fn known_as(mut self, names: &[&str]) -> Self {
        self.columns.names_of_people.push(names.iter().map(|name| (*name).to_owned()).collect());
        self
    }

    /// A recorded bypass of a review rule let it through.
    pub(crate) fn bypassed(mut self) -> Self {
        let change = self.last();
        self.columns.bypassed.push(change);
        self
    }

    pub(crate) fn undated(mut self) -> Self {
        *self.columns.changes.implemented_at.last_mut().unwrap() = None;
        self
    }

    pub(crate) fn opened(mut self, hours: f64) -> Self {
        let implemented = self.implemented();
        *self.columns.changes.opened_at.last_mut().unwrap() = Some(implemented + (hours * HOUR as f64) as i64);
        self
    }

    pub(crate) fn coverage(mut self, coverage: ReviewCoverage) -> Self {
        *self.columns.changes.review_coverage.last_mut().unwrap() = coverage as u8;
        self
    }

    pub(crate) fn labels_unknown(mut self) -> Self {
        *self.columns.changes.labels_known.last_mut().unwrap() = false;
        self
    }

    /// No file carried the description.
    pub(crate) fn text_unknown(mut self) -> Self {
        *self.columns.changes.texts_known.last_mut().unwrap() = false;
        self
    }

    pub(crate) fn branch(mut self, branch: Option<u32>) -> Self {
        *self.columns.changes.base_branch.last_mut().unwrap() = branch;
        self
    }

    pub(crate) fn repository(mut self, repository: u32) -> Self {
        *self.columns.changes.repository.last_mut().unwrap() = repository;
        self
    }

    pub(crate) fn author(mut self, name: Option<&str>) -> Self {
        *self.columns.changes.author.last_mut().unwrap() = name.map(|name| self.person(name));
        self
    }

    pub(crate) fn merged_by(mut self, name: Option<&str>) -> Self {
        *self.columns.changes.merged_by.last_mut().unwrap() = name.map(|name| self.person(name));
        self
    }

    /// No file names the merged commit.
    pub(crate) fn head_unknown(mut self) -> Self {
        *self.columns.changes.head_commit.last_mut().unwrap() = None;
        self
    }

    pub(crate) fn commit_author(mut self, name: &str) -> Self {
        let person = self.person(name);
        self.columns.commit_authors.push((self.last(), person));
        self
    }

    /// A verdict `hours` after the implementation (before it, when negative), of the merged commit.
    pub(crate) fn says(self, name: &str, verdict: Verdict, hours: f64) -> Self {
        let submitted = self.implemented() + (hours * HOUR as f64) as i64;
        self.review(name, verdict, Some(submitted), Some(7))
    }

    pub(crate) fn approved(self, name: &str, hours: f64) -> Self {
        self.says(name, Verdict::Approved, hours)
    }

    pub(crate) fn review(mut self, name: &str, verdict: Verdict, at: Option<i64>, commit: Option<u32>) -> Self {
        let (change, reviewer) = (self.last(), self.person(name));
        let reviews = &mut self.columns.reviews;
        reviews.change.push(change);
        reviews.reviewer.push(reviewer);
        reviews.verdict.push(verdict as u8);
        reviews.submitted_at.push(at);
        reviews.commit.push(commit);
        reviews.stood_until.push(None);
        self
    }

    /// The approval just told was dismissed, and stood at least until `hours` after the implementation.
    pub(crate) fn stood_until(mut self, hours: f64) -> Self {
        let moment = self.implemented() + (hours * HOUR as f64) as i64;
        *self.columns.reviews.stood_until.last_mut().unwrap() = Some(moment);
        self
    }

    /// A pattern of the first pattern set matched in the change itself.
    pub(crate) fn hit(self, signal: TextSignal) -> Self {
        let owner = HitOwner::Change(self.last());
        self.hit_on(owner, signal, None)
    }

    pub(crate) fn hit_on(mut self, owner: HitOwner, signal: TextSignal, hours: Option<f64>) -> Self {
        let at = hours.map(|hours| self.implemented() + (hours * HOUR as f64) as i64);
        self.columns.hits.push(TextHitRow { owner, pattern_set: 0, signal, at });
        if signal == TextSignal::Authorisation {
            let by = "the CTO".to_owned();
            self.columns.authorisations.push(AuthorisationRow { owner, pattern_set: 0, at, by });
        }
        self
    }

    /// A ticket that the change names; hits that follow on it are `HitOwner::Ticket` of its position.
    pub(crate) fn ticket(mut self, has_reason: bool) -> Self {
        let (change, ticket) = (self.last(), self.columns.tickets.len() as u32);
        let row = TicketRow { key: i64::from(ticket), has_reason, texts_known: true, notes_known: true };
        self.columns.tickets.push(row);
        self.columns.ticket_links.push(TicketLinkRow { change, ticket, found_in: FoundIn::Title });
        self
    }

    /// A ticket of which no file carried more than its title.
    pub(crate) fn bare_ticket(mut self) -> Self {
        self = self.ticket(false);
        let ticket = self.columns.tickets.last_mut().unwrap();
        (ticket.texts_known, ticket.notes_known) = (false, false);
        self
    }

    /// It names a ticket that was not imported.
    pub(crate) fn foreign_ticket(mut self) -> Self {
        let change = self.last();
        self.columns.tickets_not_imported.push(change);
        self
    }

    /// The incident just told came without its notes.
    pub(crate) fn without_notes(mut self) -> Self {
        self.columns.incidents.last_mut().unwrap().notes_known = false;
        self
    }

    /// A link to an incident that was imported.
    pub(crate) fn incident(mut self, two_way: bool) -> Self {
        let incident = self.columns.incidents.len() as u32;
        self.columns.incidents.push(IncidentRow {
            key: i64::from(incident),
            opened_at: None,
            resolved_at: None,
            has_ended: false,
            severity: None,
            urgency: None,
            service: None,
            notes_known: true,
        });
        self.link(Some(incident), two_way)
    }

    /// A link to an incident that was not.
    pub(crate) fn dangling(self) -> Self {
        self.link(None, false)
    }

    fn link(mut self, incident: Option<u32>, two_way: bool) -> Self {
        let change = self.last();
        self.columns.incident_links.push(IncidentLinkRow {
            change,
            incident,
            via_ticket: None,
            found_in: FoundIn::Body,
            two_way,
        });
        self
    }

    /// An incident of the repository's service with severity P1, from and to hours after [`START`].
    pub(crate) fn outage(mut self, from: f64, to: f64) -> Self {
        self.columns.incidents.push(IncidentRow {
            key: -1,
            opened_at: Some(at(from)),
            resolved_at: Some(at(to)),
            has_ended: true,
            severity: Some("P1".to_owned()),
            urgency: None,
            service: Some("Pay".to_owned()),
            notes_known: true,
        });
        self
    }

    /// Puts every change at the moment that the clock of its policy counts.
    pub(crate) fn by_its_clock(mut self) -> Self {
        self.columns.set_clock(&self.policies);
        self
    }

    pub(crate) fn judged(self) -> Judged {
        let as_of = Timestamp::from_millis(at(self.as_of)).unwrap();
        Frames::load(self.columns).unwrap().judge(&self.policies, as_of).unwrap()
    }

    /// With what people attested, and without.
    pub(crate) fn judged_both_ways(self) -> (Judged, Option<Judged>) {
        let as_of = Timestamp::from_millis(at(self.as_of)).unwrap();
        let frames = Frames::load(self.columns).unwrap();
        let without = frames.judge_without_attestations(&self.policies, as_of).unwrap();
        (frames.judge(&self.policies, as_of).unwrap(), without)
    }

    /// The metrics of the one quarter that the sample is about.
    pub(crate) fn quarter(self) -> QuarterMetrics {
        let mut quarters = self.judged().quarters(None).unwrap();
        assert_eq!(quarters.len(), 1);
        quarters.remove(0)
    }

    fn last(&self) -> u32 {
        self.columns.changes.len() as u32 - 1
    }

    fn implemented(&self) -> i64 {
        self.columns.changes.implemented_at.last().unwrap().unwrap()
    }

    /// A person's position; `x[bot]` is a bot, an empty name a deleted account.
    fn person(&mut self, name: &str) -> u32 {
        let Person { handle, kind, .. } = Person::named(name, None, false);
        let known = self.columns.people.iter().position(|(known, _): &(String, PersonKind)| *known == handle);
        let position = known.unwrap_or_else(|| {
            self.columns.people.push((handle, kind));
            self.columns.people.len() - 1
        });
        position as u32
    }
}
