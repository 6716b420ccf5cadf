//! How a change answers each control, with what stands behind each answer.

use crate::{
    error::{AppError, ErrorCode},
    judged_change::{JudgedChange, Weight, incident_name},
    moment::moment,
    wire::{ControlEvidence, ControlLine, EvidencePlace},
    words,
};
use change_ledger_model::{
    Timestamp,
    attestation::AttestationTopic,
    control::{Attribute, ControlAnswer},
    policy::patterns::TextSignal,
    record::{CheckOutcome, EnvironmentKind},
};
use change_ledger_store::{CheckDetail, DeploymentDetail, FoundText, Ledger, Revision};

/// The answers of the change to all controls, in the order of their letters.
///
/// # Errors
/// When the ledger cannot be read or is damaged.
pub(crate) fn lines(ledger: &Ledger, judged: &JudgedChange<'_>) -> Result<Vec<ControlLine>, AppError> {
    let findings = judged.controls().ok_or_else(|| AppError::new(ErrorCode::NotFound, "there is no such change"))?;
    let behind = Behind::load(ledger, judged)?;
    let line = |(control, finding): (Attribute, change_ledger_model::control::Finding)| {
        // What is not asked needs no proof.
        let is_asked = finding.answer != ControlAnswer::NotApplicable;
        Ok(ControlLine {
            control,
            title: control.title().to_owned(),
            answer: finding.answer,
            reason: finding.reason.to_owned(),
            evidence: if is_asked { behind.evidence(control)? } else { Vec::new() },
        })
    };
    findings.into_iter().map(line).collect()
}

/// What stands behind the answers.
struct Behind<'a> {
    ledger: &'a Ledger,
    judged: &'a JudgedChange<'a>,
    /// Where the change itself stands.
    own: Option<EvidencePlace>,
    deployments: Vec<DeploymentDetail>,
    checks: Vec<CheckDetail>,
}

impl<'a> Behind<'a> {
    fn load(ledger: &'a Ledger, judged: &'a JudgedChange<'a>) -> Result<Self, AppError> {
        let detail = &judged.detail;
        let (merge, head) = (detail.merge_commit.as_deref(), detail.head_commit.as_deref());
        let as_of = judged.as_of();
        let has_happened = |deployment: &DeploymentDetail| deployment.succeeded_at.is_none_or(|at| at <= as_of);
        Ok(Self {
            ledger,
            judged,
            own: detail.revisions.iter().find(|revision| revision.is_newest).map(place),
            deployments: ledger.deployments_of(merge, head)?.into_iter().filter(has_happened).collect(),
            checks: ledger
                .checks_of(merge, head)?
                .into_iter()
                .filter(|check| check.ended.is_none_or(|at| at <= as_of))
                .collect(),
        })
    }

    fn evidence(&self, control: Attribute) -> Result<Vec<ControlEvidence>, AppError> {
        let mut evidence = self.recorded(control)?;
        let stated = topics(control).iter().filter_map(|topic| self.judged.attested_in_words(*topic));
        // What a person states stands in the ledger's own chain, in no file.
        evidence.extend(stated.map(|text| ControlEvidence { place: None, ..self.own(text) }));
        Ok(evidence)
    }

    /// What the imported files say.
    fn recorded(&self, control: Attribute) -> Result<Vec<ControlEvidence>, AppError> {
        Ok(match control {
            Attribute::A => self.tickets()?,
            Attribute::B => self.justification()?,
            Attribute::C => self.category()?.into_iter().chain(self.reviews()).collect(),
            Attribute::D => self.reviewed_commits(),
            Attribute::E => self.category()?.into_iter().chain(self.first_approval()).collect(),
            Attribute::F => self.checks(|check| !check.is_scan),
            Attribute::G => self.merger().into_iter().chain(self.deployers()).collect(),
            Attribute::H => self.deployments(),
            Attribute::I => self.texts(TextSignal::RollbackPlan)?,
            Attribute::J => self.incidents()?,
            Attribute::K => self.texts(TextSignal::Authorisation)?,
            Attribute::L => self.retroactive_review().into_iter().collect(),
            Attribute::M => self.texts(TextSignal::Documentation)?,
            Attribute::N => self.checks(|check| check.is_scan),
        })
    }

    fn own(&self, text: String) -> ControlEvidence {
        ControlEvidence { text, record: self.judged.detail.row.id.clone(), place: self.own.clone() }
    }

    fn at(&self, at: Timestamp) -> String {
        moment(at, self.judged.policy().policy.period.timezone)
    }

    /// Where the newest version of a record stands.
    fn place_of(&self, key: i64) -> Result<Option<EvidencePlace>, AppError> {
        Ok(self.ledger.newest_revision(key)?.as_ref().map(place))
    }

    fn tickets(&self) -> Result<Vec<ControlEvidence>, AppError> {
        let detail = &self.judged.detail;
        let mut evidence = Vec::new();
        for linked in &detail.tickets {
            let ticket = &linked.ticket;
            evidence.push(ControlEvidence {
                text: format!("{}: {}", ticket.ticket_key, ticket.title),
                record: ticket.id.clone(),
                place: self.place_of(ticket.key)?,
            });
        }
        if evidence.is_empty() {
            let missing = detail.named.iter().filter(|named| named.is_missing);
            evidence.extend(missing.map(|named| self.own(format!("It names {}.", named.mention.text))));
        }
        Ok(evidence)
    }

    fn texts(&self, signal: TextSignal) -> Result<Vec<ControlEvidence>, AppError> {
        self.judged.found(signal).map(|found| self.quoted(found)).collect()
    }

    /// A text with where it stands and, where it is dated, when it was written.
    fn quoted(&self, found: &FoundText) -> Result<ControlEvidence, AppError> {
        let written = found.at.map_or_else(String::new, |at| format!(", {}", self.at(at)));
        let text = format!("“{}” ({}{written})", found.text, self.judged.place(found));
        let place = if found.record == self.judged.detail.row.id {
            self.own.clone()
        } else {
            match self.ledger.record_named(&found.record)? {
                Some(key) => self.place_of(key)?,
                None => None,
            }
        };
        Ok(ControlEvidence { text, record: found.record.clone(), place })
    }

    /// Which category it belongs to, and what says so.
    fn category(&self) -> Result<Vec<ControlEvidence>, AppError> {
        let Some(category) = self.judged.category() else { return Ok(Vec::new()) };
        let mut evidence = self.texts(TextSignal::Category)?;
        for said in &mut evidence {
            said.text = format!("Category {category}: {}", said.text);
        }
        Ok(evidence)
    }

    fn justification(&self) -> Result<Vec<ControlEvidence>, AppError> {
        let mut evidence = self.texts(TextSignal::Justification)?;
        if let Some((reason, key)) = self.judged.ticket_reason() {
            let ticket = self.judged.detail.tickets.iter().find(|linked| linked.ticket.ticket_key == key);
            let text = format!("“{reason}” (reason field of {key})");
            evidence.push(match ticket {
                Some(linked) => {
                    ControlEvidence { text, record: linked.ticket.id.clone(), place: self.place_of(linked.ticket.key)? }
                }
                None => self.own(text),
            });
        }
        // Of an emergency only a reason of its own counts.
        let by_ticket = evidence.is_empty() && !self.judged.class().is_emergency();
        if by_ticket { self.tickets() } else { Ok(evidence) }
    }

    /// Every review with what it is worth; and that nobody else was there, where that is known.
    fn reviews(&self) -> Vec<ControlEvidence> {
        let said = |review: &change_ledger_store::ReviewDetail| {
            let when = review.submitted_at.map_or_else(|| "at an unknown time".to_owned(), |at| self.at(at));
            let worth = match self.judged.weight(review) {
                Weight::Counts => "counts as an approval",
                Weight::InDoubt(reason) | Weight::None(reason) => reason,
            };
            self.own(format!("The review of {}, {when}, {worth}.", review.reviewer.label()))
        };
        let alone = self.judged.independent_review().filter(|possible| possible.starts_with("impossible"));
        let alone = alone.map(|reason| self.own(format!("An independent review was {reason}.")));
        self.judged.detail.reviews.iter().map(said).chain(alone).collect()
    }

    fn reviewed_commits(&self) -> Vec<ControlEvidence> {
        let Some(head) = self.judged.detail.head_commit.as_deref() else { return Vec::new() };
        let counting = |review: &&change_ledger_store::ReviewDetail| {
            self.judged.weight(review) == Weight::Counts && review.commit.is_some()
        };
        let said = |review: &change_ledger_store::ReviewDetail| {
            let reviewed = review.commit.as_deref().unwrap_or_default();
            let who = review.reviewer.label();
            self.own(format!("{who} approved {}; merged was {}.", abbreviated(reviewed), abbreviated(head)))
        };
        self.judged.detail.reviews.iter().filter(counting).map(said).collect()
    }

    /// The qualifying approval, with its distance from the implementation.
    fn first_approval(&self) -> Option<ControlEvidence> {
        let judged = self.judged;
        let implemented = judged.detail.row.implemented_at?;
        let (at, side) = match (judged.approved_before_at(), judged.approved_after_at()) {
            (Some(at), _) => (at, "before"),
            (None, Some(at)) => (at, "after"),
            (None, None) => return None,
        };
        let who = judged.approver_at(at).map_or("Somebody", |person| person.label());
        let distance = words::span(at.hours_since(implemented));
        Some(self.own(format!("{who} approved it {}, {distance} {side} it was implemented.", self.at(at))))
    }

    /// The checks that count, newest of each name last.
    fn checks(&self, wanted: fn(&CheckDetail) -> bool) -> Vec<ControlEvidence> {
        let said = |check: &CheckDetail| {
            let commit = if check.at_head { "the last commit of its branch" } else { "the merge commit" };
            let when = check.at.map_or_else(String::new, |at| format!(", {}", self.at(at)));
            let found = check.findings.map_or_else(String::new, |found| {
                format!("; open findings: {} critical, {} high", found.critical, found.high)
            });
            ControlEvidence {
                text: format!("{} {} at {commit}{when}{found}.", check.name, outcome(check.outcome)),
                record: check.id.clone(),
                place: check.revision.as_ref().map(place),
            }
        };
        self.checks.iter().filter(|check| wanted(check)).map(said).collect()
    }

    fn merger(&self) -> Option<ControlEvidence> {
        let merger = self.judged.detail.merged_by.as_ref()?;
        let author = self.judged.detail.row.author.as_ref().map_or("somebody unknown", |author| author.label());
        Some(self.own(format!("Written by {author}, merged by {}.", merger.label())))
    }

    fn deployers(&self) -> impl Iterator<Item = ControlEvidence> {
        let to_production = |found: &&DeploymentDetail| found.purpose == Some(EnvironmentKind::Production);
        self.deployments.iter().filter(to_production).filter_map(|found| {
            let by = found.deployed_by.as_ref()?;
            Some(ControlEvidence { text: format!("Deployed by {}.", by.label()), ..deployed(found, String::new()) })
        })
    }

    fn deployments(&self) -> Vec<ControlEvidence> {
        let said = |found: &DeploymentDetail| {
            let environment = found.environment.as_deref().unwrap_or("an unnamed environment");
            let text = found.succeeded_at.map_or_else(
                || format!("Deployed to {environment}; no file tells when it succeeded."),
                |at| format!("In {environment} since {}.", self.at(at)),
            );
            deployed(found, text)
        };
        self.deployments.iter().map(said).collect()
    }

    fn incidents(&self) -> Result<Vec<ControlEvidence>, AppError> {
        let mut evidence = self.texts(TextSignal::EmergencyLabel)?;
        for linked in &self.judged.detail.incidents {
            let name = incident_name(linked);
            evidence.push(match &linked.incident {
                Some(incident) => ControlEvidence {
                    text: format!(
                        "{name}: {}{}",
                        incident.title,
                        if linked.two_way { ", which names it back" } else { "" }
                    ),
                    record: incident.id.clone(),
                    place: self.place_of(incident.key)?,
                },
                None => self.own(format!("It names {name}, which was not imported.")),
            });
        }
        evidence.extend(self.justification()?);
        Ok(evidence)
    }

    fn retroactive_review(&self) -> Option<ControlEvidence> {
        let judged = self.judged;
        let implemented = judged.detail.row.implemented_at?;
        let reviewed_at = judged.reviewed_at()?;
        // What a person attested stands in no file; who attested it is told beside.
        if judged.approver_at(reviewed_at).is_none() && judged.attested(AttestationTopic::Review).is_some() {
            return None;
        }
        let who = judged.approver_at(reviewed_at).map_or("Somebody", |person| person.label());
        let took = words::span(reviewed_at.hours_since(implemented));
        let due = judged.due_at().map_or_else(String::new, |due| format!(" It was due {}.", self.at(due)));
        Some(self.own(format!("{who} reviewed it {}, {took} after it was implemented.{due}", self.at(reviewed_at))))
    }
}

/// What people can attest that a control asks for.
const fn topics(control: Attribute) -> &'static [AttestationTopic] {
    match control {
        Attribute::B => &[AttestationTopic::Justification],
        Attribute::J => &[AttestationTopic::Incident, AttestationTopic::Justification],
        Attribute::K => &[AttestationTopic::Authorisation],
        Attribute::L => &[AttestationTopic::Review],
        _ => &[],
    }
}

fn deployed(found: &DeploymentDetail, text: String) -> ControlEvidence {
    ControlEvidence { text, record: found.id.clone(), place: found.revision.as_ref().map(place) }
}

fn place(revision: &Revision) -> EvidencePlace {
    EvidencePlace {
        import: revision.import,
        file: revision.file.clone(),
        sha256: revision.sha256.clone(),
        row: revision.place.row,
        span: revision.place.span,
    }
}

const fn outcome(outcome: Option<CheckOutcome>) -> &'static str {
    match outcome {
        Some(CheckOutcome::Passed) => "passed",
        Some(CheckOutcome::Failed) => "failed",
        Some(CheckOutcome::Cancelled) => "was stopped",
        Some(CheckOutcome::Skipped) => "did not run",
        Some(CheckOutcome::Running) => "had not ended when the file was made",
        None => "ended, no file tells how,",
    }
}

/// A commit as people write it.
fn abbreviated(commit: &str) -> &str {
    const WRITTEN: usize = 7;
    commit.get(..WRITTEN).unwrap_or(commit)
}
