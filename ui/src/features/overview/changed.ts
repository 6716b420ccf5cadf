import type { QuarterMetrics } from "../../bindings/QuarterMetrics";
import { count, counted, hours, limitPercent, percent } from "../../components/format/number";
import { quarterName } from "../../components/format/time";
import { browse, type Route } from "../../state/route";

/** A sentence that a person would write from the numbers, and where it comes from. */
export interface Remark {
  words: string;
  /** The number it is made from. */
  source: string;
  route: Route;
}

/** What the sentences need besides two quarters. */
export interface RemarkContext {
  deadline: string | null;
  smallNumber: number;
  /** The day of the judgement, `2026-09-30`: a quarter that ends on it or later still runs. */
  today?: string;
}

/** What changed in a quarter, in words; without a quarter before, what was found. */
export function whatChanged(now: QuarterMetrics, before: QuarterMetrics | undefined, context: RemarkContext): Remark[] {
  if (now.changes === 0) {
    const words = `No change was implemented in ${quarterName(now.quarter)}: every ratio is n/a.`;
    return [{ words, source: "changes", route: browse({ quarter: now.quarter }) }];
  }
  const earlier = before !== undefined && before.changes > 0 ? before : undefined;
  return [
    ratio(now, earlier, context),
    unlabelled(now, earlier),
    reviewTime(now, earlier, context),
    open(now),
    links(now),
    unknown(now),
  ].filter((remark) => remark !== null);
}

function ratio(now: QuarterMetrics, before: QuarterMetrics | undefined, { smallNumber, today }: RemarkContext): Remark {
  const verb = now.emergencies === 1 ? "was an emergency" : "were emergencies";
  let words = `${count(now.emergencies)} of ${counted(now.changes, "change")} ${verb} (${percent(now.emergency_ratio)})`;
  if (today !== undefined && now.to >= today) words += " so far";
  if (before !== undefined) {
    const from = `${count(before.emergencies)} of ${count(before.changes)} (${percent(before.emergency_ratio)}) in ${quarterName(before.quarter)}`;
    const small = Math.min(now.changes, before.changes) < smallNumber;
    words += small
      ? `; ${quarterName(before.quarter)} had ${from.replace(/ in .*$/, "")}, too few to call a trend`
      : `, ${direction(now.emergency_ratio, before.emergency_ratio)} ${from}`;
  }
  const limit = limitPercent(now.ratio_limit);
  if (now.ratio_state === "breach") words += `. That is above the policy’s limit of ${limit}`;
  if (now.ratio_state === "warning") words += `. That is near the policy’s limit of ${limit}`;
  return {
    words: `${words}.`,
    source: "emergency ratio",
    route: browse({ quarter: now.quarter, emergencies: true }),
  };
}

function direction(now: number | null, before: number | null): string {
  if (now === null || before === null) return "against";
  if (Math.abs(now - before) < 0.0005) return "as";
  return now > before ? "up from" : "down from";
}

function unlabelled(now: QuarterMetrics, before: QuarterMetrics | undefined): Remark | null {
  const found = now.unlabelled_emergencies.count;
  const earlier = before?.unlabelled_emergencies.count ?? 0;
  if (found === 0 && earlier === 0) return null;
  const unknown = now.unlabelled_emergencies.labels_unknown;
  const open =
    unknown === 0
      ? ""
      : ` Of ${count(unknown)} the files carry no labels, so ${unknown === 1 ? "it" : "they"} may bear one.`;
  const words =
    found === 0
      ? `Every emergency bore a label; in ${quarterName(before?.quarter ?? "")} ${count(earlier)} did not.`
      : `${counted(found, "emergency", "emergencies")} bore no label${before === undefined ? "" : comparedLabels(now, before)}.${open}`;
  return {
    words,
    source: "unlabelled emergencies",
    route: browse({ quarter: now.quarter, class: "unlabelled_emergency" }),
  };
}

/** Nothing where labels that the files do not carry may be the whole difference. */
function comparedLabels(now: QuarterMetrics, before: QuarterMetrics): string {
  const { count: found, labels_unknown: unknown } = now.unlabelled_emergencies;
  const { count: earlier, labels_unknown: unknownEarlier } = before.unlabelled_emergencies;
  const isUncertain = unknown + unknownEarlier > 0;
  if (!isUncertain) return compared(found, earlier);
  const overlap = found - unknown <= earlier && earlier - unknownEarlier <= found;
  const of = unknownEarlier === 0 ? "" : `, of which ${count(unknownEarlier)} came without labels in the files`;
  const verdict = overlap ? "which cannot be compared" : `${found > earlier ? "more" : "fewer"} now`;
  return `; the quarter before ${count(earlier)}${of}: ${verdict}`;
}

function compared(now: number, before: number): string {
  if (now === before) return ", as many as the quarter before";
  return `, ${count(Math.abs(now - before))} ${now > before ? "more" : "fewer"} than the quarter before`;
}

function reviewTime(now: QuarterMetrics, before: QuarterMetrics | undefined, context: RemarkContext): Remark | null {
  const review = now.retroactive_review;
  const reviewed = review.on_time + review.late;
  if (review.median_hours === null || reviewed === 0) return null;
  const earlier = before?.retroactive_review.median_hours ?? null;
  const against = earlier === null ? "" : `, against ${hours(earlier)} the quarter before`;
  const deadline =
    context.deadline === null
      ? ""
      : ` The deadline is ${context.deadline}: ${count(review.on_time)} met it, ${count(review.late)} came late.`;
  return {
    words: `Half of the ${counted(reviewed, "retroactive review")} came within ${hours(review.median_hours)}${against}.${deadline}`,
    source: "time to retroactive review",
    route: browse({ quarter: now.quarter, review_state: review.late > 0 ? "late" : "on_time" }),
  };
}

function open(now: QuarterMetrics): Remark | null {
  const { overdue, pending, oldest_open_hours: oldest } = now.retroactive_review;
  if (overdue === 0) return null;
  const waiting = pending === 0 ? "" : `; ${count(pending)} more ${pending === 1 ? "is" : "are"} open and not yet due`;
  const age = oldest === null ? "" : `, the oldest open for ${hours(oldest)}`;
  return {
    words: `${counted(overdue, "review")} of this quarter ${overdue === 1 ? "is" : "are"} overdue${age}${waiting}.`,
    source: "open and overdue",
    route: browse({ quarter: now.quarter, review_state: "overdue" }),
  };
}

function links(now: QuarterMetrics): Remark | null {
  const { count: missing, dangling, unknown } = now.missing_incident_links;
  if (missing === 0) return null;
  const named =
    dangling === 0
      ? ""
      : `; ${count(dangling)} of them ${dangling === 1 ? "names" : "name"} an incident that was not imported`;
  return {
    words: `${counted(missing, "emergency", "emergencies")} ${missing === 1 ? "has" : "have"} no link to an imported incident${named}.${unknown === 0 ? "" : ` Of ${count(unknown)} more the files do not tell.`}`,
    source: "missing incident links",
    route: browse({ quarter: now.quarter, missing: "incident" }),
  };
}

function unknown(now: QuarterMetrics): Remark | null {
  if (now.approval.unknown === 0) return null;
  return {
    words: `Of ${counted(now.approval.unknown, "change")} the files do not tell whether ${now.approval.unknown === 1 ? "it was" : "they were"} approved before.`,
    source: "approval",
    route: browse({ quarter: now.quarter, approval: "unknown" }),
  };
}
