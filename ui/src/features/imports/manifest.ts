import type { ImportManifest } from "../../bindings/ImportManifest";
import type { RecordCounts } from "../../bindings/RecordCounts";
import { counted } from "../../components/format/number";
import { day } from "../../components/format/time";
import { factWords, listed } from "../../components/format/words";

/** The last part of a path. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
}

const nouns: Record<keyof RecordCounts, [one: string, many: string]> = {
  changes: ["change", "changes"],
  not_implemented: ["pull request not merged (kept, not counted)", "pull requests not merged (kept, not counted)"],
  reviews: ["review", "reviews"],
  tickets: ["ticket", "tickets"],
  incidents: ["incident", "incidents"],
  deployments: ["deployment", "deployments"],
  bypasses: ["skipped branch rule", "skipped branch rules"],
  checks: ["check", "checks"],
  alerts: ["alert", "alerts"],
  messages: ["message", "messages"],
  settings: ["setting", "settings"],
  commits: ["commit", "commits"],
  links: ["name of another record", "names of other records"],
};

/** What records a file held, as a list; those it has none of are left out. */
export function recordWords(records: RecordCounts): string {
  const parts = (Object.keys(nouns) as (keyof RecordCounts)[])
    .filter((kind) => records[kind] > 0)
    .map((kind) => counted(records[kind], ...nouns[kind]));
  return parts.length === 0 ? "no records" : listed(parts);
}

/** From when to when the records of a file are. */
export function spanWords({ first, last }: ImportManifest, zone: string): string {
  if (first === null || last === null) return "no dated records";
  return `${day(first, zone)} to ${day(last, zone)}`;
}

/** The facts that a file carries or cannot tell, as a list. */
export function factList(facts: ImportManifest["carries"]): string {
  return facts.length === 0 ? "nothing" : listed(facts.map((fact) => factWords[fact]));
}
