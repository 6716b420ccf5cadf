import type { MetricsAnswer } from "../../bindings/MetricsAnswer";
import type { QuarterMetrics } from "../../bindings/QuarterMetrics";
import { count, counted, hours, limitPercent, NOT_APPLICABLE, percent, points } from "../../components/format/number";
import { quarterName } from "../../components/format/time";
import { ratioTones, type Tone } from "../../components/format/words";
import { browse, type Route } from "../../state/route";

/** Names of the tiles. */
export type TileName = "emergency_ratio" | "time_to_review" | "unlabelled" | "missing_incident" | "overdue";

/** What one tile shows. */
export interface Tile {
  name: TileName;
  title: string;
  /** The number, with its unit. */
  value: string;
  /** What the number is of: `27 of 412 changes`. Every tile has one. */
  basis: string;
  tone: Tone;
  /** The state in words. */
  state: string;
  /** Change against the quarter before. */
  change: Change;
  /** Values of the quarters up to this one, for the small trend. */
  trend: (number | null)[];
  /** Names of its definitions. */
  definitions: string[];
  /** The changes behind the number. */
  behind: { words: string; route: Route };
}

/** A change against the quarter before, in words; an arrow only where the numbers are large enough for a claim. */
export interface Change {
  arrow: "up" | "fall" | null;
  words: string;
}

/** What the tiles need besides the quarters. */
export interface TileContext {
  /** The deadline of the policy in force, `24h`; `null` when unknown. */
  deadline: string | null;
  /** Below which size no trend is claimed. */
  smallNumber: number;
  /** Reviews overdue in the whole ledger; `null` when not known. */
  overdue: number | null;
}

/** How many quarters the small trends show. */
const TREND = 8;

/** The tiles of a quarter; none when the quarter is not among the metrics. */
export function tilesOf(metrics: MetricsAnswer, quarter: string, context: TileContext): Tile[] {
  const place = metrics.quarters.findIndex((candidate) => candidate.quarter === quarter);
  const now = metrics.quarters[place];
  if (now === undefined) return [];
  const before = metrics.quarters[place - 1];
  const upToNow = metrics.quarters.slice(Math.max(0, place + 1 - TREND), place + 1);
  const make = { now, before, upToNow, context };
  return [ratioTile(make), reviewTimeTile(make), unlabelledTile(make), missingTile(make), overdueTile(make, metrics)];
}

interface Making {
  now: QuarterMetrics;
  before: QuarterMetrics | undefined;
  upToNow: QuarterMetrics[];
  context: TileContext;
}

/** How the values of two quarters are compared. */
interface Comparison {
  valueOf: (quarter: QuarterMetrics) => number | null;
  /** How many records stand behind a value. */
  sizeOf: (quarter: QuarterMetrics) => number;
  /** A difference in words, without its sign. */
  words: (by: number) => string;
  /** What a greater and what a smaller value is called. */
  called: readonly [greater: string, smaller: string];
}

/** Compares a quarter with the one before. */
function changeOf({ now, before, context }: Making, { valueOf, sizeOf, words, called }: Comparison): Change {
  if (before === undefined) return { arrow: null, words: "no quarter before to compare with" };
  const name = quarterName(before.quarter);
  const [from, to] = [valueOf(before), valueOf(now)];
  if (from === null || to === null) return { arrow: null, words: `not comparable with ${name}` };
  if (Math.min(sizeOf(before), sizeOf(now)) < context.smallNumber) {
    return { arrow: null, words: `too few for a trend (n below ${context.smallNumber})` };
  }
  if (from === to) return { arrow: null, words: `same as ${name}` };
  const [greater, smaller] = called;
  return {
    arrow: to > from ? "up" : "fall",
    words: `${words(Math.abs(to - from))} ${to > from ? greater : smaller} than ${name}`,
  };
}

function ratioTile(make: Making): Tile {
  const { now, upToNow } = make;
  const limit = limitPercent(now.ratio_limit);
  const state = {
    within: `within the limit of ${limit}`,
    warning: `near the limit of ${limit}`,
    breach: `above the limit of ${limit}`,
    "n/a": "no changes in this quarter",
  }[now.ratio_state];
  return {
    name: "emergency_ratio",
    title: "Emergency ratio",
    value: percent(now.emergency_ratio),
    basis: `${count(now.emergencies)} of ${counted(now.changes, "change")}; declared only ${percent(now.declared_ratio)}`,
    tone: ratioTones[now.ratio_state],
    state,
    change: changeOf(make, {
      valueOf: (quarter) => quarter.emergency_ratio,
      sizeOf: (quarter) => quarter.changes,
      words: points,
      called: ["higher", "lower"],
    }),
    trend: upToNow.map((quarter) => quarter.emergency_ratio),
    definitions: ["emergency_ratio", "declared_ratio", "changes"],
    behind: {
      words: counted(now.emergencies, "emergency", "emergencies"),
      route: browse({ quarter: now.quarter, emergencies: true }),
    },
  };
}

function reviewTimeTile(make: Making): Tile {
  const { now, upToNow, context } = make;
  const review = now.retroactive_review;
  const reviewed = (quarter: QuarterMetrics) => quarter.retroactive_review.on_time + quarter.retroactive_review.late;
  return {
    name: "time_to_review",
    title: "Time to retroactive review",
    value: hours(review.median_hours),
    basis: `median of ${counted(reviewed(now), "review")}; p90 ${hours(review.p90_hours)}`,
    ...reviewTimeState(now, context.deadline),
    change: changeOf(make, {
      valueOf: (quarter) => quarter.retroactive_review.median_hours,
      sizeOf: reviewed,
      words: hours,
      called: ["slower", "faster"],
    }),
    trend: upToNow.map((quarter) => quarter.retroactive_review.median_hours),
    definitions: ["retroactive_review.median_hours", "retroactive_review.p90_hours", "retroactive_review.on_time_rate"],
    behind: {
      words: `${counted(now.emergencies, "emergency", "emergencies")}, ${count(review.owed)} owed a review`,
      route: browse({ quarter: now.quarter, emergencies: true }),
    },
  };
}

function reviewTimeState(now: QuarterMetrics, deadline: string | null): { tone: Tone; state: string } {
  const review = now.retroactive_review;
  const by = deadline === null ? "the deadline" : `the deadline of ${deadline}`;
  if (review.owed === 0) return { tone: "plain", state: `no review owed; deadline ${deadline ?? "unknown"}` };
  if (review.on_time_rate === null) {
    const none = review.unknown === review.owed ? "not known from the files" : "none due yet";
    return { tone: "unknown", state: `${none}; deadline ${deadline ?? "unknown"}` };
  }
  const due = review.on_time + review.late + review.overdue;
  const missed = due - review.on_time;
  return {
    tone: missed === 0 ? "good" : "bad",
    state: `${count(review.on_time)} of ${count(due)} met ${by}${review.unknown > 0 ? `; ${count(review.unknown)} unknown` : ""}`,
  };
}

function unlabelledTile(make: Making): Tile {
  const { now, upToNow } = make;
  const { count: found, share, labels_unknown: open } = now.unlabelled_emergencies;
  return {
    name: "unlabelled",
    title: "Unlabelled emergencies",
    value: now.changes === 0 ? NOT_APPLICABLE : count(found),
    basis: `${percent(share)} of ${counted(now.emergencies, "emergency", "emergencies")}${open > 0 ? `; ${count(open)} may bear a label, their files carry none` : ""}`,
    ...ofEmergencies(now, found, "every emergency bore a label", "found by the policy’s detection rules"),
    change: changeOf(make, {
      valueOf: (quarter) => quarter.unlabelled_emergencies.count,
      sizeOf: (quarter) => quarter.emergencies,
      words: count,
      called: ["more", "fewer"],
    }),
    trend: upToNow.map((quarter) => (quarter.changes === 0 ? null : quarter.unlabelled_emergencies.count)),
    definitions: ["unlabelled_emergencies", "emergencies"],
    behind: {
      words: counted(found, "unlabelled emergency", "unlabelled emergencies"),
      route: browse({ quarter: now.quarter, class: "unlabelled_emergency" }),
    },
  };
}

function missingTile(make: Making): Tile {
  const { now, upToNow } = make;
  const links = now.missing_incident_links;
  const unknown = links.unknown === 0 ? "" : `, of ${count(links.unknown)} the files cannot tell`;
  const name = (n: number) => `${count(n)} ${n === 1 ? "names" : "name"}`;
  const parts = `${name(links.none)} none, ${name(links.dangling)} one that was not imported${unknown}`;
  const state =
    links.count === 0 && links.unknown > 0
      ? {
          tone: "unknown" as const,
          state: `of ${counted(links.unknown, "emergency", "emergencies")} the files cannot tell`,
        }
      : ofEmergencies(now, links.count, "every emergency is linked to an incident", parts);
  return {
    name: "missing_incident",
    title: "Missing incident links",
    value: now.changes === 0 ? NOT_APPLICABLE : count(links.count),
    basis: `${percent(links.share)} of ${counted(now.emergencies, "emergency", "emergencies")}; ${count(links.one_way)} one-way beside it`,
    ...state,
    change: changeOf(make, {
      valueOf: (quarter) => quarter.missing_incident_links.count,
      sizeOf: (quarter) => quarter.emergencies,
      words: count,
      called: ["more", "fewer"],
    }),
    trend: upToNow.map((quarter) => (quarter.changes === 0 ? null : quarter.missing_incident_links.count)),
    definitions: ["missing_incident_links"],
    behind: {
      words: counted(links.count, "emergency without a link", "emergencies without a link"),
      route: browse({ quarter: now.quarter, missing: "incident" }),
    },
  };
}

function ofEmergencies(now: QuarterMetrics, found: number, none: string, some: string): { tone: Tone; state: string } {
  if (now.emergencies === 0) return { tone: "plain", state: "no emergencies in this quarter" };
  return found === 0 ? { tone: "good", state: none } : { tone: "bad", state: some };
}

function overdueTile({ now, upToNow, context }: Making, metrics: MetricsAnswer): Tile {
  const all = context.overdue ?? sum(metrics.quarters, (quarter) => quarter.retroactive_review.overdue);
  const oldest = Math.max(0, ...metrics.quarters.map((quarter) => quarter.retroactive_review.oldest_open_hours ?? 0));
  const pending = sum(metrics.quarters, (quarter) => quarter.retroactive_review.pending);
  return {
    name: "overdue",
    title: "Overdue now",
    value: count(all),
    basis: `${count(now.retroactive_review.overdue)} of ${counted(now.retroactive_review.owed, "review")} owed in ${quarterName(now.quarter)}`,
    tone: all === 0 ? "good" : "bad",
    state: all === 0 ? "no review is overdue" : `the oldest has been open for ${hours(oldest)}`,
    change: { arrow: null, words: `${counted(pending, "review")} pending, not yet due` },
    trend: upToNow.map((quarter) => (quarter.changes === 0 ? null : quarter.retroactive_review.overdue)),
    definitions: ["retroactive_review", "retroactive_review.oldest_open_hours"],
    behind: { words: counted(all, "overdue review"), route: browse({ review_state: "overdue" }) },
  };
}

function sum(quarters: readonly QuarterMetrics[], valueOf: (quarter: QuarterMetrics) => number): number {
  return quarters.reduce((total, quarter) => total + valueOf(quarter), 0);
}
