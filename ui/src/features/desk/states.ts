import type { LaidOutContent } from "../../bindings/LaidOutContent";
import type { LaidOutFile } from "../../bindings/LaidOutFile";
import { counted } from "../../components/format/number";
import { listed, sourceWords, type Tone } from "../../components/format/words";
import type { FileState } from "../../state/laid-out";

export const stateTones: Record<FileState, Tone> = {
  ready: "good",
  remarked: "warn",
  open: "warn",
  known: "plain",
  waiting: "warn",
  left_out: "unknown",
  unreadable: "bad",
};

/** Where a file stands, in words. */
export function stateWords(state: FileState, file: Pick<LaidOutFile, "known_as" | "content">): string {
  switch (state) {
    case "ready":
      return "ready";
    case "remarked": {
      const rejected = file.content?.rejected ?? 0;
      return rejected > 0 ? `ready; ${counted(rejected, "row")} would be rejected` : "ready, with a remark";
    }
    case "open":
      return "ready, with a question";
    case "known":
      return `already in the ledger (import ${file.known_as ?? ""})`;
    case "waiting":
      return "waits for an answer";
    case "left_out":
      return "no export: left out";
    case "unreadable":
      return "cannot be imported";
  }
}

/** What a file is, in words. */
export function kindWords({ recognised, table }: Pick<LaidOutFile, "recognised" | "table">): string {
  if (recognised !== null) return sourceWords[recognised.kind];
  return table === null ? "not recognised" : "a table of an unknown tool";
}

const nouns: Record<string, [one: string, many: string]> = {
  change: ["change", "changes"],
  review: ["review", "reviews"],
  ticket: ["ticket", "tickets"],
  incident: ["incident", "incidents"],
  deployment: ["deployment", "deployments"],
  bypass: ["skipped branch rule", "skipped branch rules"],
  check: ["check", "checks"],
  alert: ["alert", "alerts"],
  message: ["message", "messages"],
  "branch rule": ["branch rule", "branch rules"],
  commit: ["commit", "commits"],
};

/** How many rows and records a file has, as far as it was read. */
export function contentWords(content: LaidOutContent): string {
  const records = content.records.map(({ kind, count }) => counted(count, ...(nouns[kind] ?? [kind, `${kind}s`])));
  const rows = counted(content.readable + content.rejected, "row");
  const rejected = content.rejected === 0 ? "" : `; ${counted(content.rejected, "row")} would be rejected`;
  const of = records.length === 0 ? "" : `: ${listed(records)}`;
  const begun = content.whole ? "" : " in its first 16 MiB";
  return `${rows}${begun}${of}${rejected}`;
}

/** What an import would leave behind, a sentence each. */
export function whatStays(states: readonly FileState[]): string[] {
  const number = (state: FileState) => states.filter((other) => other === state).length;
  const parts: [number, string, string][] = [
    [number("waiting"), "waits for an answer and stays here", "wait for an answer and stay here"],
    [number("unreadable"), "cannot be imported", "cannot be imported"],
    [number("left_out"), "is no export and is left out", "are no exports and are left out"],
  ];
  return parts
    .filter(([many]) => many > 0)
    .map(([many, one, several]) => `${counted(many, "file")} ${many === 1 ? one : several}.`);
}
