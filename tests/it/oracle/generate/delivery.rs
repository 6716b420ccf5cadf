//! Deployments, checks and findings of any kind, and tickets that were not imported.

use super::{BEGIN, DAY, HOUR, MINUTE, PEOPLE, REPOSITORIES};
use change_ledger_model::{
    columns::{AlertRow, DeliveryColumns, EarlierChecks, LedgerColumns, ProductionDeploymentRow},
    record::{AlertSeverity, AlertState},
};
use proptest::{bool::weighted, collection::vec, option, prelude::*, sample::select};

/// What is known of one change: the deployment (after the implementation, by whom, staging first), tests, scan, high risk, and whether
/// it names a ticket that was not imported.
type Delivered = (Option<(i64, Option<u32>, Option<bool>)>, [Option<bool>; 3], bool);

/// Most changes that a ledger of these has.
const CHANGES: usize = 60;

#[derive(Debug, Clone)]
pub(super) struct Deliveries {
    of_changes: Vec<Delivered>,
    /// Whether deployments and checks were imported at all.
    imported: [bool; 2],
    has_tickets: bool,
    /// When, of which repository and of which change.
    deployments: Vec<(i64, Option<u32>, Option<usize>)>,
    alerts: Vec<AlertRow>,
}

pub(super) fn deliveries() -> impl Strategy<Value = Deliveries> {
    let after = select(vec![-HOUR, 0, 10 * MINUTE, 5 * HOUR, 200 * 24 * HOUR]);
    let deployment = (after, option::of(0..PEOPLE.len() as u32), any::<Option<bool>>());
    let delivered = (option::weighted(0.7, deployment), any::<[Option<bool>; 3]>(), weighted(0.2));
    let deployments = vec((0..600_i64, repository(), option::weighted(0.8, 0..CHANGES)), 0..20);
    (vec(delivered, CHANGES), any::<[bool; 2]>(), weighted(0.8), deployments, vec(alert(), 0..20)).prop_map(
        |(of_changes, imported, has_tickets, deployments, alerts)| Deliveries {
            of_changes,
            imported,
            has_tickets,
            deployments,
            alerts,
        },
    )
}

impl Deliveries {
    pub(super) fn add_to(self, mut ledger: LedgerColumns) -> LedgerColumns {
        let changes = ledger.changes.len();
        let [deployments, checks] = self.imported;
        let mut delivery = DeliveryColumns::default();
        for (change, (deployed, [tests, scan, high_risk], names_ticket)) in
            self.of_changes.into_iter().take(changes).enumerate()
        {
            let implemented = ledger.changes.implemented_at[change].unwrap_or(BEGIN);
            if deployments {
                delivery.deployed_at.push(deployed.map(|(after, ..)| implemented + after));
                delivery.deployed_by.push(deployed.and_then(|(_, by, _)| by));
                delivery.staging_first.push(deployed.and_then(|(.., staging)| staging));
            }
            if checks {
                // One check was the last to end; until then nothing was known, or the opposite.
                if let (Some((after, ..)), Some(passed)) = (deployed, tests) {
                    let (tests_passed, until) = (scan.map(|_| !passed), implemented + after);
                    let change = change as u32;
                    delivery.earlier_checks.push(EarlierChecks { change, until, tests_passed, scan_clean: None });
                }
                delivery.tests_passed.push(tests);
                delivery.scan_clean.push(scan);
                ledger.high_risk.push(high_risk);
            }
            ledger.tickets_not_imported.extend(names_ticket.then_some(change as u32));
        }
        let row = |(day, repository, change): (i64, _, Option<usize>)| ProductionDeploymentRow {
            at: BEGIN + day * DAY,
            repository,
            change: change.filter(|change| *change < changes).map(|change| change as u32),
        };
        ledger.production_deployments = self.deployments.into_iter().map(row).collect();
        ledger.alerts = self.alerts;
        ledger.delivery = delivery;
        ledger.has_tickets = self.has_tickets;
        ledger
    }
}

fn repository() -> impl Strategy<Value = Option<u32>> {
    option::weighted(0.9, 0..REPOSITORIES.len() as u32)
}

fn alert() -> impl Strategy<Value = AlertRow> {
    let ends = || option::of(select(vec![HOUR, 72 * HOUR, 72 * HOUR + 1, 14 * DAY, 29 * DAY, 90 * DAY, 200 * DAY]));
    let state = select(vec![AlertState::Open, AlertState::Fixed, AlertState::Dismissed]);
    let severity =
        select(vec![AlertSeverity::Low, AlertSeverity::Medium, AlertSeverity::High, AlertSeverity::Critical]);
    let score = select(vec![0_u16, 1, 39, 40, 69, 70, 89, 90, 100]);
    (
        (repository(), option::weighted(0.9, 0..600_i64), ends(), ends()),
        (option::weighted(0.9, state), option::of(severity), option::of(score)),
    )
        .prop_map(|((repository, day, fixed, dismissed), (state, severity, score_tenths))| {
            let opened_at = day.map(|day| BEGIN + day * DAY);
            let after = |span: Option<i64>| span.map(|span| opened_at.unwrap_or(BEGIN) + span);
            let (fixed_at, dismissed_at) = (after(fixed), after(dismissed));
            AlertRow { repository, opened_at, fixed_at, dismissed_at, state, severity, score_tenths }
        })
}
