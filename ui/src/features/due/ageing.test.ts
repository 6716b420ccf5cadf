import { expect, test } from "vitest";
import type { DueItem } from "../../bindings/DueItem";
import { ageOf, markdown, narrowed, NO_AUTHOR, otherwiseMissing, valuesOf } from "./ageing";

const item: DueItem = {
  id: "github:acme/pay#7",
  title: "[hotfix] stop *double* charge",
  repository: "acme/pay",
  author: "ines",
  class: "declared_emergency",
  implemented_at: "2026-11-19T10:00:00Z",
  due_at: "2026-11-20T20:30:00Z",
  state: "pending",
  hours_left: 5,
  missing: ["incident", "review"],
  attestations: [],
  url: "https://example.com/pull/7",
};
const late: DueItem = {
  ...item,
  id: "github:acme/app#1",
  repository: "acme/app",
  author: null,
  state: "overdue",
  hours_left: -30,
  missing: [],
};

test("ages", () => {
  const check = (hours: number, state: DueItem["state"], age: string) =>
    expect(ageOf({ ...item, hours_left: hours, state })).toBe(age);
  check(-0.1, "overdue", "overdue");
  check(0, "pending", "soon");
  check(24, "pending", "soon");
  check(24.1, "pending", "later");
});

test("filters", () => {
  const all = [item, late];
  const check = (filter: Parameters<typeof narrowed>[1], expected: DueItem[]) =>
    expect(narrowed(all, filter)).toEqual(expected);
  check({ repository: "", author: "", missing: "" }, all);
  check({ repository: "acme/app", author: "", missing: "" }, [late]);
  check({ repository: "", author: NO_AUTHOR, missing: "" }, [late]);
  check({ repository: "", author: "", missing: "incident" }, [item]);
  check({ repository: "acme/app", author: "ines", missing: "" }, []);
  expect(valuesOf(all, (one) => one.repository)).toEqual(["acme/app", "acme/pay"]);
});

test("the review itself is not listed as also missing", () => {
  expect(otherwiseMissing(item)).toEqual(["incident"]);
});

test("as Markdown, with its marks escaped", () => {
  expect(markdown([item, { ...late, url: null, title: "a | b" }], "2026-11-20T15:30:00Z", "UTC")).toBe(
    [
      "Reviews due, as of 2026-11-20 15:30 UTC:",
      "",
      "- **Fri 20:30, in 5 h** · [\\[hotfix\\] stop \\*double\\* charge](https://example.com/pull/7) · github:acme/pay\\#7 · by ines · declared emergency · also missing: incident link",
      "- **Fri 20:30, in 5 h** · a \\| b · github:acme/app\\#1 · by unknown · declared emergency",
    ].join("\n"),
  );
});
