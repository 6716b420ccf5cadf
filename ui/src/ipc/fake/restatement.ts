import type { RestatedReport } from "../../bindings/RestatedReport";
import { fakePolicy } from "./desk";

/** A report of the made-up ledger of which it says something else by now. */
export const fakeRestatement: RestatedReport = {
  quarter: "2026-Q1",
  format: "pdf",
  sha256: "5e".repeat(32),
  issued_at: "2026-04-03T10:00:00Z",
  as_of: "2026-04-03T10:00:00Z",
  policy: fakePolicy.policy,
  event: 9,
  since: { imports: 1, policies: 0, people: 1, attestations: 0 },
  numbers: [
    { metric: "classes.unreviewed", unit: "count", before: 4, after: 5 },
    { metric: "emergency_ratio", unit: "share", before: 0.0559, after: 0.0558 },
  ],
  moved: [
    {
      id: "github:marlpoint/rates#1340",
      title: "Cache rate sheet import",
      before: { class: "routine", approval: "before", review: "not_owed", self_merged: false, self_approved: false },
      after: { class: "unreviewed", approval: "never", review: "overdue", self_merged: false, self_approved: false },
    },
  ],
};
