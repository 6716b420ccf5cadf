import type { QuarterMetrics } from "../../bindings/QuarterMetrics";
import { approvalTones, reviewTones, type Tone } from "../../components/format/words";
import { browse, type Route } from "../../state/route";

/** One part of a whole. */
export interface Part {
  words: string;
  count: number;
  tone: Tone;
  route: Route;
}

/** The quarter's changes by the time of their approval; unknown is a part of its own. */
export function approvalParts({ quarter, approval }: QuarterMetrics): Part[] {
  const part = (timing: "before" | "after" | "never" | "unknown", words: string, count: number): Part => ({
    words,
    count,
    tone: approvalTones[timing],
    route: browse({ quarter, approval: timing }),
  });
  return [
    part("before", "approved before", approval.before),
    part("after", "approved afterwards", approval.after),
    part("never", "never approved", approval.none),
    part("unknown", "unknown: no data", approval.unknown),
  ];
}

/** The quarter's owed retroactive reviews by state. */
export function reviewParts({ quarter, retroactive_review: review }: QuarterMetrics): Part[] {
  const part = (state: "on_time" | "late" | "pending" | "overdue" | "unknown", words: string): Part => ({
    words,
    count: review[state],
    tone: reviewTones[state],
    route: browse({ quarter, review_state: state }),
  });
  return [
    part("on_time", "on time"),
    part("late", "late"),
    part("pending", "pending, not yet due"),
    part("overdue", "overdue"),
    part("unknown", "unknown: no data"),
  ];
}
