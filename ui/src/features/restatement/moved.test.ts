import { describe, expect, test } from "vitest";
import type { Outcome } from "../../bindings/Outcome";
import { amountWords, metricName, movedWords, outcomeWords, takenInWords } from "./moved";

const routine: Outcome = {
  class: "routine",
  approval: "before",
  review: "not_owed",
  self_merged: false,
  self_approved: false,
};

describe("how a change was judged", () => {
  function check(outcome: Outcome | null, other: Outcome | null, words: string) {
    expect(outcomeWords(outcome, other)).toBe(words);
  }

  test("names the class and what differs", () => {
    check(routine, { ...routine, approval: "never" }, "routine, approved before");
    check({ ...routine, class: "unreviewed", approval: "never" }, routine, "unreviewed, never approved");
    check({ ...routine, self_merged: null }, routine, "routine, author or merger unknown");
    check({ ...routine, self_merged: true }, routine, "routine, merged by its author");
    check({ ...routine, self_approved: true }, routine, "routine, approved by its author");
    check(routine, { ...routine, self_approved: true }, "routine");
  });

  test("names everything where the other state did not count it", () => {
    check(routine, null, "routine, approved before, no review owed, merged by somebody else");
    check(null, routine, "not counted");
  });
});

test("numbers carry their unit, and none is n/a", () => {
  expect(amountWords(1204, "count")).toBe("1,204");
  expect(amountWords(0.0655, "share")).toBe("6.6%");
  expect(amountWords(11.2, "hours")).toBe("11.2\u00a0h");
  expect(amountWords(1.5, "business_days")).toBe("1.5\u00a0business days");
  expect(amountWords(0, "count")).toBe("0");
  expect(amountWords(null, "share")).toBe("n/a");
});

test("numbers are named by where they stand", () => {
  expect(metricName({ metric: "retroactive_review.median_hours" })).toBe("Retroactive review: median hours");
});

test("what came since is counted, and nothing that did not come", () => {
  expect(takenInWords({ imports: 2, policies: 0, people: 1, attestations: 0 })).toBe(
    "2 imports and 1 statement about who is who",
  );
  expect(takenInWords({ imports: 0, policies: 1, people: 0, attestations: 0 })).toBe("1 policy");
});

test("what moved is counted by kind", () => {
  const number = { metric: "changes", unit: "count" as const, before: 1, after: 2 };
  const change = { id: "github:acme/pay#1", title: null, before: null, after: null };
  expect(movedWords({ moved: [change], numbers: [] })).toBe("1 change moved");
  expect(movedWords({ moved: [change, change], numbers: [number] })).toBe("2 changes and 1 number moved");
});
