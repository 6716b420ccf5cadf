import type { MetricsAnswer } from "../../bindings/MetricsAnswer";
import type { QuarterMetrics } from "../../bindings/QuarterMetrics";

/** A quarter without changes, in which everything that has a denominator is n/a. */
export const emptyQuarter: QuarterMetrics = {
  quarter: "2026-Q2",
  from: "2026-04-01",
  to: "2026-06-30",
  changes: 0,
  classes: { declared_emergency: 0, unlabelled_emergency: 0, unreviewed: 0, exempt: 0, routine: 0 },
  emergencies: 0,
  emergency_ratio: null,
  declared_ratio: null,
  ratio_limit: 0.1,
  ratio_state: "n/a",
  approval: { before: 0, after: 0, none: 0, unknown: 0 },
  retroactive_review: {
    owed: 0,
    on_time: 0,
    late: 0,
    pending: 0,
    overdue: 0,
    unknown: 0,
    median_hours: null,
    p90_hours: null,
    median_business_days: null,
    p90_business_days: null,
    kaplan_meier_median_hours: null,
    on_time_rate: null,
    oldest_open_hours: null,
  },
  unlabelled_emergencies: { count: 0, share: null, labels_unknown: 0, confirmed: 0, dismissed: 0 },
  missing_incident_links: { count: 0, share: null, none: 0, dangling: 0, one_way: 0, unknown: 0 },
  authorisation: { recorded: 0, share: null, unknown: 0 },
  justification: { recorded: 0, share: null, unknown: 0 },
  documentation: { on_time: 0, share: null, unknown: 0 },
  self_merged: 0,
  merger_unknown: 0,
  self_approved: 0,
  batch_stamped: 0,
  attested: 0,
  detection: [],
  deployment_rework: { deployments: 0, unplanned: 0, unknown: 0, rework_rate: null },
  patches: { on_time: 0, late: 0, pending: 0, overdue: 0, set_aside: 0, unknown: 0, on_time_rate: null },
  severe_incidents: { incidents: 0, with_changes: 0, undeclared: 0, unknown: 0 },
  controls: {},
};

/** A busy quarter with something of everything. */
export const busyQuarter: QuarterMetrics = {
  ...emptyQuarter,
  quarter: "2026-Q3",
  from: "2026-07-01",
  to: "2026-09-30",
  changes: 412,
  classes: { declared_emergency: 21, unlabelled_emergency: 6, unreviewed: 9, exempt: 30, routine: 346 },
  emergencies: 27,
  emergency_ratio: 27 / 412,
  declared_ratio: 21 / 412,
  ratio_state: "warning",
  approval: { before: 370, after: 19, none: 11, unknown: 12 },
  retroactive_review: {
    owed: 24,
    on_time: 15,
    late: 4,
    pending: 1,
    overdue: 3,
    unknown: 1,
    median_hours: 11.2,
    p90_hours: 40.1,
    median_business_days: 1,
    p90_business_days: 2,
    kaplan_meier_median_hours: 12.8,
    on_time_rate: 15 / 22,
    oldest_open_hours: 612,
  },
  unlabelled_emergencies: { count: 6, share: 6 / 27, labels_unknown: 0, confirmed: 0, dismissed: 0 },
  missing_incident_links: { count: 5, share: 5 / 27, none: 3, dangling: 2, one_way: 7, unknown: 0 },
};

/** Metrics of some quarters. */
export function metricsOf(...quarters: QuarterMetrics[]): MetricsAnswer {
  return {
    as_of: "2026-11-20T15:30:00Z",
    policy: { name: "retroactive-24h", version: "1.0", sha256: "0" },
    timezone: "UTC",
    quarters,
    undated: 0,
    not_yet_implemented: 0,
    mixed_quarters: [],
    without_attestations: [],
    warnings: [],
  };
}
