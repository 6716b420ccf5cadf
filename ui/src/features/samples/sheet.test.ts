import { describe, expect, test } from "vitest";
import type { AnswerResult } from "../../bindings/AnswerResult";
import type { Attribute } from "../../bindings/Attribute";
import type { SampleItem } from "../../bindings/SampleItem";
import type { SamplePage } from "../../bindings/SamplePage";
import type { Stratum } from "../../bindings/Stratum";
import { FakeSamples } from "../../ipc/fake/samples";
import { makeChanges } from "../../ipc/fake/world";
import { cellAfterKey, nextOpen, standing, tickOf, type Cell } from "./sheet";
import { driftWords, limitWords, shortName, sizesWords } from "./words";

const ledger = new FakeSamples(makeChanges(), (words) => new Error(words));
const { id: population } = ledger.freeze({ quarter: "2026-Q3", name: null, repository: null, class: null, by: null });
const drawn = ledger.draw({ population, seed: "1", size: 1, sizes: null, strata: [], whole: false, by: null });

function item(number: number, kind: Stratum, answers: [Attribute, AnswerResult][] = []): SampleItem {
  const [first] = drawn.items;
  if (first === undefined) throw new Error("a sample has items");
  const none = { note: null, cause: null, response: null, retest: null, at: "2026-10-01T08:00:00Z", by: null };
  return {
    ...first,
    item: number,
    kind,
    answers: answers.map(([attribute, result], place) => ({ event: place, attribute, result, ...none })),
  };
}

const removed = { event: 9, at: "2026-10-01T08:00:00Z", by: null, reason: "Twice.", replaced_by: null };
const page: SamplePage = {
  ...drawn,
  attributes: drawn.attributes.filter(({ attribute }) => "AEL".includes(attribute)),
  items: [item(1, "emergency", [["A", "pass"]]), { ...item(2, "routine"), removed }, item(3, "routine")],
};

describe("a cell of the sheet", () => {
  test("shows the auditor's answer, or whether one is asked for", () => {
    const check = (item: SampleItem, expected: string) =>
      expect(page.attributes.map((attribute) => tickOf(item, attribute)).join(" ")).toBe(expected);
    check(item(1, "emergency"), "open – open");
    check(item(1, "routine"), "open open –");
    check(item(1, "emergency", [["A", "deviation"]]), "D – open");
    check(item(1, "emergency", [["E", "pass"], ["L", "not_examinable"]]), "open P X"); // prettier-ignore
    check(item(1, "routine", [["A", "na"]]), "n/a open –");
    check({ ...item(1, "routine", [["A", "pass"]]), removed }, "  ");
  });

  test("is reached by arrows, and nothing lies beyond the edge", () => {
    const check = (key: string, [item, attribute]: [number, Attribute], expected: [number, Attribute] | null) =>
      expect(cellAfterKey(key, { item, attribute }, page)).toEqual(
        expected && { item: expected[0], attribute: expected[1] },
      );
    check("ArrowRight", [1, "A"], [1, "E"]);
    check("ArrowRight", [1, "L"], [1, "L"]);
    check("ArrowLeft", [2, "A"], [2, "A"]);
    check("ArrowDown", [1, "E"], [2, "E"]);
    check("ArrowUp", [1, "E"], [1, "E"]);
    check("Home", [3, "L"], [3, "A"]);
    check("End", [3, "A"], [3, "L"]);
    check("PageDown", [1, "E"], [3, "E"]);
    check("PageUp", [3, "E"], [1, "E"]);
    check("x", [1, "A"], null);
  });

  test("that is open comes next, row by row, past what was taken out", () => {
    const check = (after: Cell | null, expected: Cell | null) => expect(nextOpen(page, after)).toEqual(expected);
    check(null, { item: 1, attribute: "L" });
    check({ item: 1, attribute: "L" }, { item: 3, attribute: "A" });
    check({ item: 3, attribute: "A" }, { item: 3, attribute: "E" });
    check({ item: 3, attribute: "E" }, null);
  });
});

test("what is taken out is neither open nor answered", () => {
  expect(standing(page)).toEqual({ answered: 1, open: 3, deviations: 0 });
  const items = [item(1, "emergency", [["A", "deviation"], ["L", "not_examinable"]])]; // prettier-ignore
  expect(standing({ ...page, items })).toEqual({ answered: 2, open: 0, deviations: 2 });
});

test("a limit is there only when every item is answered", () => {
  const [conclusion] = ledger.sample(drawn.id).conclusions;
  if (conclusion === undefined) throw new Error("a sample is concluded on");
  const limits = [{ confidence: 0.9, binomial: 0.2058, hypergeometric: 0.2011 }];
  expect(limitWords({ ...conclusion, examination: "concluded", limits }, 0.9)).toBe("20.6% / 20.1%");
  expect(limitWords({ ...conclusion, examination: "open", limits: [] }, 0.9)).toBe("open");
  expect(limitWords({ ...conclusion, examination: "concluded", limits: [] }, 0.9)).toBe("n/a");
});

test("how a sample came about is told in words", () => {
  const strata = [
    { stratum: "emergency" as const, changes: 19, asked: 25, drawn: 19 },
    { stratum: "routine" as const, changes: 300, asked: 25, drawn: 25 },
  ];
  const check = (part: Partial<SamplePage>, expected: string) =>
    expect(sizesWords({ ...drawn, strata, ...part })).toBe(`19 of 19 emergencies and 25 of 300 routine; ${expected}`);
  check({ sizes: null, sizes_of: null }, "sizes by a number that was named");
  check({ sizes: "by-population", sizes_of: null }, "sizes by the number of changes");
  expect(driftWords({ imports: 2, policies: 0, people: 1, attestations: 0, moved: [] })).toBe(
    "2 imports and 1 statement about who is who",
  );
  expect(driftWords({ imports: 0, policies: 0, people: 0, attestations: 0, moved: [] })).toBe("");
  expect(shortName("github:marlpoint/rates#1340")).toBe("rates#1340");
  expect(shortName("OPS-412")).toBe("OPS-412");
});
