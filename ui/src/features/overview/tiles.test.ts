import { describe, expect, test } from "vitest";
import type { QuarterMetrics } from "../../bindings/QuarterMetrics";
import { browse } from "../../state/route";
import { busyQuarter, emptyQuarter, metricsOf } from "./metrics-fixture";
import { tilesOf, type Tile, type TileName } from "./tiles";

const context = { deadline: "24h", smallNumber: 10, overdue: 4 };

function tile(name: TileName, now: QuarterMetrics, before?: QuarterMetrics): Tile {
  const metrics = before === undefined ? metricsOf(now) : metricsOf(before, now);
  const found = tilesOf(metrics, now.quarter, context).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no tile ${name}`);
  return found;
}

describe("a busy quarter", () => {
  test("shows each number with what it is of and its state in words", () => {
    const told = tilesOf(metricsOf(busyQuarter), "2026-Q3", context).map(({ name, value, basis, state, tone }) => [
      name,
      value,
      basis,
      state,
      tone,
    ]);
    expect(told).toEqual([
      ["emergency_ratio", "6.6%", "27 of 412 changes; declared only 5.1%", "near the limit of 10%", "warn"],
      [
        "time_to_review",
        "11.2\u00a0h",
        "median of 19 reviews; p90 40.1\u00a0h",
        "15 of 22 met the deadline of 24h; 1 unknown",
        "bad",
      ],
      ["unlabelled", "6", "22.2% of 27 emergencies", "found by the policy’s detection rules", "bad"],
      [
        "missing_incident",
        "5",
        "18.5% of 27 emergencies; 7 one-way beside it",
        "3 name none, 2 name one that was not imported",
        "bad",
      ],
      ["overdue", "4", "3 of 24 reviews owed in Q3 2026", "the oldest has been open for 25.5\u00a0d", "bad"],
    ]);
  });

  test("leads to the changes behind each number", () => {
    const routes = tilesOf(metricsOf(busyQuarter), "2026-Q3", context).map(({ behind }) => behind.route);
    expect(routes).toEqual([
      browse({ quarter: "2026-Q3", emergencies: true }),
      browse({ quarter: "2026-Q3", emergencies: true }),
      browse({ quarter: "2026-Q3", class: "unlabelled_emergency" }),
      browse({ quarter: "2026-Q3", missing: "incident" }),
      browse({ review_state: "overdue" }),
    ]);
  });
});

describe("a quarter without changes", () => {
  test("is n/a and never 0", () => {
    const told = tilesOf(metricsOf(emptyQuarter), "2026-Q2", { ...context, overdue: 0 }).map(
      ({ name, value, state }) => [name, value, state],
    );
    expect(told).toEqual([
      ["emergency_ratio", "n/a", "no changes in this quarter"],
      ["time_to_review", "n/a", "no review owed; deadline 24h"],
      ["unlabelled", "n/a", "no emergencies in this quarter"],
      ["missing_incident", "n/a", "no emergencies in this quarter"],
      ["overdue", "0", "no review is overdue"],
    ]);
  });

  test("is a gap in the trends", () => {
    const { trend } = tile("unlabelled", busyQuarter, emptyQuarter);
    expect(trend).toEqual([null, 6]);
  });
});

describe("states of the ratio", () => {
  function check(state: QuarterMetrics["ratio_state"], words: string, tone: string) {
    expect(tile("emergency_ratio", { ...busyQuarter, ratio_state: state })).toMatchObject({ state: words, tone });
  }

  test("have words and a tone each", () => {
    check("within", "within the limit of 10%", "good");
    check("warning", "near the limit of 10%", "warn");
    check("breach", "above the limit of 10%", "bad");
    check("n/a", "no changes in this quarter", "unknown");
  });
});

test("an unlabelled emergency whose files carry no labels may bear one", () => {
  const open = {
    ...busyQuarter,
    unlabelled_emergencies: { count: 6, share: 6 / 27, labels_unknown: 2, confirmed: 0, dismissed: 0 },
  };
  expect(tile("unlabelled", open).basis).toBe("22.2% of 27 emergencies; 2 may bear a label, their files carry none");
});

describe("the state of reviews", () => {
  function check(part: Partial<QuarterMetrics["retroactive_review"]>, state: string, tone: string) {
    const review = { ...emptyQuarter.retroactive_review, ...part };
    expect(tile("time_to_review", { ...busyQuarter, retroactive_review: review })).toMatchObject({ state, tone });
  }

  test("keeps unknown and not yet due apart from missed", () => {
    check({ owed: 3, unknown: 3 }, "not known from the files; deadline 24h", "unknown");
    check({ owed: 2, pending: 2 }, "none due yet; deadline 24h", "unknown");
    check({ owed: 5, on_time: 4, pending: 1, on_time_rate: 1 }, "4 of 4 met the deadline of 24h", "good");
    check({ owed: 1, overdue: 1, on_time_rate: 0 }, "0 of 1 met the deadline of 24h", "bad");
  });
});

describe("change against the quarter before", () => {
  const earlier: QuarterMetrics = {
    ...busyQuarter,
    quarter: "2026-Q2",
    emergency_ratio: 0.09,
    unlabelled_emergencies: { count: 9, share: 0.3, labels_unknown: 0, confirmed: 0, dismissed: 0 },
    retroactive_review: { ...busyQuarter.retroactive_review, median_hours: 8 },
  };
  function check(name: TileName, before: QuarterMetrics | undefined, words: string, arrow: string | null) {
    expect(tile(name, busyQuarter, before).change).toEqual({ words, arrow });
  }

  test("has an arrow and words", () => {
    check("emergency_ratio", earlier, "2.4\u00a0points lower than Q2 2026", "fall");
    check("time_to_review", earlier, "3.2\u00a0h slower than Q2 2026", "up");
    check("unlabelled", earlier, "3 fewer than Q2 2026", "fall");
    check("missing_incident", earlier, "same as Q2 2026", null);
  });

  test("claims no trend from small numbers", () => {
    check("emergency_ratio", { ...earlier, changes: 9 }, "too few for a trend (n below 10)", null);
    check("unlabelled", { ...earlier, emergencies: 9 }, "too few for a trend (n below 10)", null);
    const fewReviews = { ...earlier.retroactive_review, on_time: 5, late: 4 };
    check("time_to_review", { ...earlier, retroactive_review: fewReviews }, "too few for a trend (n below 10)", null);
  });

  test("compares with nothing where there is nothing", () => {
    check("emergency_ratio", undefined, "no quarter before to compare with", null);
    check("emergency_ratio", emptyQuarter, "not comparable with Q2 2026", null);
  });
});

test("a quarter that is not among the metrics has no tiles", () => {
  expect(tilesOf(metricsOf(busyQuarter), "2020-Q1", context)).toEqual([]);
});
