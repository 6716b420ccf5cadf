import type { AttestationLine } from "../../bindings/AttestationLine";
import type { TimelineEntry } from "../../bindings/TimelineEntry";
import type { TimelineKind } from "../../bindings/TimelineKind";
import { timelineWords } from "../../components/format/words";
import { standingWords } from "./attesting";

/** Which mark an entry has: of the change, of a review, of an incident or ticket, of what a person stated. */
export type Shape = "change" | "review" | "around" | "stated";

/** One dated line of a change's page. */
export interface Line {
  at: string;
  shape: Shape;
  /** Whether it is the implementation. */
  key: boolean;
  /** What it is, in a word. */
  kind: string;
  text: string;
}

const shapes: Record<TimelineKind, Shape> = {
  opened: "change",
  implemented: "change",
  approved: "review",
  reviewed: "review",
  due: "review",
  incident_opened: "around",
  incident_resolved: "around",
  ticket: "around",
};

function attested(line: AttestationLine): Line {
  const standing = line.standing === "in_force" ? "" : ` (${standingWords[line.standing]})`;
  return {
    at: line.at,
    shape: "stated",
    key: false,
    kind: `Attested${standing}`,
    text: `${line.sentence} ${line.reason}`,
  };
}

/** What the files and what people say about a change, in order of time; of one moment, files first. */
export function linesOf(entries: readonly TimelineEntry[], attestations: readonly AttestationLine[]): Line[] {
  const recorded = entries.map(({ at, kind, text }) => ({
    at,
    shape: shapes[kind],
    key: kind === "implemented",
    kind: timelineWords[kind],
    text,
  }));
  return [...recorded, ...attestations.map(attested)].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
