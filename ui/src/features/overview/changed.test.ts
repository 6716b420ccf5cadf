import { expect, test } from "vitest";
import type { QuarterMetrics } from "../../bindings/QuarterMetrics";
import { whatChanged } from "./changed";
import { busyQuarter, emptyQuarter } from "./metrics-fixture";

const context = { deadline: "24h", smallNumber: 10 };
const earlier: QuarterMetrics = {
  ...busyQuarter,
  quarter: "2026-Q2",
  changes: 398,
  emergencies: 21,
  emergency_ratio: 21 / 398,
  unlabelled_emergencies: { count: 4, share: 4 / 21, labels_unknown: 0, confirmed: 0, dismissed: 0 },
  retroactive_review: { ...busyQuarter.retroactive_review, median_hours: 16 },
};

function check(now: QuarterMetrics, before: QuarterMetrics | undefined, expected: string[]) {
  const words = whatChanged(now, before, context).map((remark) => remark.words.replaceAll("\u00a0", " "));
  expect(words).toEqual(expected);
}

test("a busy quarter against the one before", () => {
  check(busyQuarter, earlier, [
    "27 of 412 changes were emergencies (6.6%), up from 21 of 398 (5.3%) in Q2 2026. That is near the policy’s limit of 10%.",
    "6 emergencies bore no label, 2 more than the quarter before.",
    "Half of the 19 retroactive reviews came within 11.2 h, against 16.0 h the quarter before. The deadline is 24h: 15 met it, 4 came late.",
    "3 reviews of this quarter are overdue, the oldest open for 25.5 d; 1 more is open and not yet due.",
    "5 emergencies have no link to an imported incident; 2 of them name an incident that was not imported.",
    "Of 12 changes the files do not tell whether they were approved before.",
  ]);
});

test("a quarter that still runs is told so far", () => {
  const words = (today: string) => whatChanged(busyQuarter, earlier, { ...context, today })[0]?.words;
  expect(words("2026-09-30")).toContain("were emergencies (6.6%) so far, up from 21 of 398");
  expect(words("2026-10-01")).toContain("were emergencies (6.6%), up from 21 of 398");
});

test("few changes make no trend", () => {
  const few = { ...earlier, changes: 8, emergencies: 2, emergency_ratio: 0.25 };
  expect(whatChanged(busyQuarter, few, context)[0]?.words).toContain(
    "Q2 2026 had 2 of 8 (25.0%), too few to call a trend",
  );
});

test("a quarter before without changes is not compared with", () => {
  expect(whatChanged(busyQuarter, emptyQuarter, context)[1]?.words).toBe("6 emergencies bore no label.");
});

test("those that came without labels may bear one", () => {
  const open = {
    ...busyQuarter,
    unlabelled_emergencies: { count: 6, share: 6 / 27, labels_unknown: 2, confirmed: 0, dismissed: 0 },
  };
  expect(whatChanged(open, emptyQuarter, context)[1]?.words).toBe(
    "6 emergencies bore no label. Of 2 the files carry no labels, so they may bear one.",
  );
});

test("labels that no file carries may be the whole difference", () => {
  const labels = (found: number, unknown: number) => ({
    ...busyQuarter,
    unlabelled_emergencies: { count: found, share: found / 27, labels_unknown: unknown, confirmed: 0, dismissed: 0 },
  });
  const words = (now: QuarterMetrics) => whatChanged(now, earlier, context)[1]?.words;
  expect(words(labels(6, 2))).toContain("6 emergencies bore no label; the quarter before 4: which cannot be compared.");
  expect(words(labels(6, 1))).toContain("6 emergencies bore no label; the quarter before 4: more now.");
});

test("links of which the files do not tell are named", () => {
  const links = { ...busyQuarter.missing_incident_links, unknown: 3 };
  const words = whatChanged({ ...busyQuarter, missing_incident_links: links }, earlier, context)[4]?.words;
  expect(words).toContain("was not imported. Of 3 more the files do not tell.");
});

test("a quarter without changes says so, once", () => {
  check(emptyQuarter, busyQuarter, ["No change was implemented in Q2 2026: every ratio is n/a."]);
});

test("what is better now is said too", () => {
  const labelled = {
    ...busyQuarter,
    unlabelled_emergencies: { count: 0, share: 0, labels_unknown: 0, confirmed: 0, dismissed: 0 },
  };
  expect(whatChanged(labelled, earlier, context)[1]?.words).toBe("Every emergency bore a label; in Q2 2026 4 did not.");
});
