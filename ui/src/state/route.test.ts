import { describe, expect, test } from "vitest";
import { browse, everything, formatRoute, parseRoute, samples, type Route } from "./route";

describe("every route", () => {
  function check(route: Route, hash: string) {
    expect(formatRoute(route)).toBe(hash);
    expect(parseRoute(hash)).toEqual(route);
  }

  test("is written and read back", () => {
    check({ view: "overview", quarter: null }, "#/overview");
    check({ view: "overview", quarter: "2026-Q3" }, "#/overview?quarter=2026-Q3");
    check({ view: "report", quarter: "2025-Q1" }, "#/report?quarter=2025-Q1");
    check({ view: "due" }, "#/due");
    check({ view: "completeness" }, "#/completeness");
    check({ view: "people" }, "#/people");
    check({ view: "policy" }, "#/policy");
    check({ view: "export" }, "#/export");
    check(samples(), "#/samples");
    check(samples("P2"), "#/samples/P2");
    check(samples("S1", 7), "#/samples/S1?item=7");
    check({ view: "import", run: null }, "#/import");
    check({ view: "import", run: 12 }, "#/import/12");
    check({ view: "change", id: "github:acme/pay#2214" }, "#/change/github%3Aacme%2Fpay%232214");
    check(browse({}), "#/browse");
    check(browse({ search: "a & b = ü" }), "#/browse?search=a+%26+b+%3D+%C3%BC");
    check(
      browse({
        quarter: "2026-Q3",
        class: "unlabelled_emergency",
        missing: "incident",
        review_state: "overdue",
        approval: "never",
        repository: "acme/pay",
      }),
      "#/browse?quarter=2026-Q3&class=unlabelled_emergency&missing=incident&review=overdue&approval=never&repository=acme%2Fpay",
    );
    check(browse({ emergencies: true }), "#/browse?emergencies=yes");
  });
});

describe("what is no route", () => {
  function check(hash: string, expected: Route | null) {
    expect(parseRoute(hash)).toEqual(expected);
  }

  test("names no view", () => {
    check("", null);
    check("#/nowhere", null);
    check("#/change/", null);
    check("#/change/%E0%A4%A", null);
  });

  test("or has values that are none: they do not narrow", () => {
    check("#/browse?class=urgent&missing=everything&quarter=Q3", { view: "browse", filter: everything });
    check("#/overview?quarter=2026-Q5", { view: "overview", quarter: null });
    check("#/import/latest", { view: "import", run: null });
    check("#/samples/payments?item=first", samples());
  });
});
