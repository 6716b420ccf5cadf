import type { CompletenessAnswer } from "../../bindings/CompletenessAnswer";
import type { CutOff } from "../../bindings/CutOff";
import type { ImportManifest } from "../../bindings/ImportManifest";
import type { OutsideRecords } from "../../bindings/OutsideRecords";
import type { RepositoryNumbers } from "../../bindings/RepositoryNumbers";
import type { SourceKind } from "../../bindings/SourceKind";
import type { UnresolvedName } from "../../bindings/UnresolvedName";
import { count, counted } from "../../components/format/number";
import { moment } from "../../components/format/time";
import { listed, sourceWords, type Tone } from "../../components/format/words";
import { inTheWindow } from "../../errors/fields";
import { browse, type Route } from "../../state/route";

/** One thing that points to missing records, with where to look. */
export interface FindingLine {
  words: string;
  route: Route | null;
  /** The whole of a long list, for who wants to see it: its name, and the list. */
  whole?: { name: string; list: string };
}

/** What one kind of evidence says about missing records. */
export interface Finding {
  id: string;
  title: string;
  tone: Tone;
  /** What it means, and what it need not mean. */
  note: string;
  lines: FindingLine[];
}

/** What points to missing records, the most serious first; kinds of evidence that found nothing are left out. */
export function findingsOf(answer: CompletenessAnswer, imports: readonly ImportManifest[]): Finding[] {
  const { unresolved } = answer;
  const all: Finding[] = [
    {
      id: "cut-off",
      title: "Files that look cut off",
      tone: "bad",
      note: "What came after the cut is in no number. Export these again in shorter periods, and import them beside the first.",
      lines: answer.sources.flatMap((source) => source.cut_off).map(ofFile),
    },
    {
      id: "gaps",
      title: "Numbers that are missing",
      tone: "warn",
      note: "Pull requests and issues of one repository share one sequence of numbers, so that issues which were not imported leave gaps too.",
      lines: answer.repositories.filter(({ missing }) => missing > 0).map(gap),
    },
    {
      id: "months",
      title: "Months without records",
      tone: "warn",
      note: `Months begin and end in ${answer.timezone}. An export may have been limited to a period, or nothing happened.`,
      lines: emptyMonths(answer),
    },
    {
      id: "incidents",
      title: "Incidents that are named and were not imported",
      tone: "warn",
      note: "Links to them count as dangling, not as missing.",
      lines: unresolved.incidents.map(dangling),
    },
    {
      id: "tickets",
      title: "Tickets that are named and were not imported",
      tone: "warn",
      note: "Only projects of which other tickets were imported are looked at.",
      lines: unresolved.tickets.map(dangling),
    },
    {
      id: "reviews",
      title: "Changes of which only reviews were imported",
      tone: "warn",
      note: "They count nowhere until the pull requests themselves are imported.",
      lines: unresolved.changes.map((id) => ({ words: id, route: null })),
    },
    {
      id: "review-bypasses",
      title: "Skipped review rules whose change was not imported",
      tone: "warn",
      note: "Somebody let a change in without its review. It is in no number until its pull request is imported.",
      lines: outside(answer.without_change.review_bypasses, answer.timezone),
    },
    {
      id: "unclear-bypasses",
      title: "Skipped rules of which no file says whether a review was skipped",
      tone: "warn",
      note: "They are held against no change. An audit log names the rules that were skipped.",
      lines: outside(answer.without_change.unclear_bypasses, answer.timezone),
    },
    {
      id: "commits",
      title: "Commits that lead to no imported change",
      tone: "warn",
      note: "They were pushed without a pull request, or it was not imported, or its merge left no trace in them.",
      lines: outside(answer.without_change.commits, answer.timezone),
    },
    {
      id: "uncounted-tickets",
      title: "Change tickets whose only pull requests were merged into branches that do not count",
      tone: "warn",
      note: "A ticket that an imported pull request implements is no change of its own, so that nothing stands for it in the numbers. The policy names the branches that count.",
      lines: outside(answer.without_change.uncounted_tickets, answer.timezone),
    },
    {
      id: "repeated",
      title: "Files that tell of a record twice",
      tone: "warn",
      note: "Each record counts once, as its newest row says.",
      lines: answer.sources.flatMap((source) => source.repeated ?? []).map(ofFile),
    },
    {
      id: "duplicates",
      title: "The same merge under several ids",
      tone: "warn",
      note: "It is counted once for each id.",
      lines: answer.duplicates.map(({ ids }) => ({
        words: listed(ids),
        route: ids[0] === undefined ? null : { view: "change", id: ids[0] },
      })),
    },
    {
      id: "rejected",
      title: "Rows that could not be read",
      tone: "warn",
      note: "They are kept with place and reason, and count nowhere.",
      lines: imports.filter(({ rows }) => rows.rejected > 0).map(rejected),
    },
    {
      id: "failures",
      title: "Sources that cannot show what was abandoned",
      tone: "unknown",
      note: "Their files hold merged pull requests only. Whether that is all there was, or a filter of the export, is unknown.",
      lines: mergedOnly(answer, imports),
    },
    {
      id: "warnings",
      title: "What else the imports warned of",
      tone: "unknown",
      note: "Each leads to its import, where the whole manifest stands.",
      lines: answer.sources.flatMap((source) => source.warnings ?? []).map(ofFile),
    },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

/** The runs whose reading counts: not those that brought nothing, nor those that a later reading replaced. */
export function runsThatCount(imports: readonly ImportManifest[]): ImportManifest[] {
  return imports.filter((run) => run.status !== "unchanged" && (run.superseded_by ?? null) === null);
}

/** What an import warned of, with the way to it. */
function ofFile({ file, message, import: run }: CutOff): FindingLine {
  return { words: `${file}: ${inTheWindow(message)}`, route: run === null ? null : { view: "import", run } };
}

/** Runs of missing numbers that stand in a line; more of them are shown when somebody asks. */
const GAPS = 6;

function gap({ repository, first, last, missing, gaps }: RepositoryNumbers): FindingLine {
  const runs = gaps.map(({ from, to }) => (from === to ? `#${from}` : `#${from} to #${to}`));
  const some = `${repository}: ${count(missing)} of ${count(last - first + 1)} between #${first} and #${last}`;
  const route = browse({ repository });
  if (runs.length <= GAPS) return { words: `${some}: ${listed(runs)}`, route };
  return { words: some, route, whole: { name: counted(runs.length, "gap"), list: listed(runs) } };
}

function emptyMonths({ empty_months: months }: CompletenessAnswer): FindingLine[] {
  const kinds: [string, string[]][] = [
    ["implemented change", months.changes],
    ["opened ticket", months.tickets],
    ["incident", months.incidents],
  ];
  return kinds
    .filter(([, empty]) => empty.length > 0)
    .map(([what, empty]) => ({ words: `No ${what} in ${listed(empty)}`, route: null }));
}

function dangling({ name, named_by, example }: UnresolvedName): FindingLine {
  return {
    words: `${name}, named by ${counted(named_by, "record")}${example === null ? "" : `, such as ${example}`}`,
    route: example === null ? null : { view: "change", id: example },
  };
}

/** The newest of a list, and how many there are beside them. */
function outside({ total, records }: OutsideRecords, zone: string): FindingLine[] {
  const lines = records.map(({ id, branch, by, at }) => ({
    words: `${id}, ${branch === null ? "" : `on ${branch}, `}${by === null ? "" : `by ${by}, `}${at === null ? "at an unknown time" : moment(at, zone)}`,
    route: null,
  }));
  const more = total - records.length;
  return more > 0 ? [...lines, { words: `and ${count(more)} older ones`, route: null }] : lines;
}

function rejected({ id, file, rows }: ImportManifest): FindingLine {
  return {
    words: `${file}: ${count(rows.rejected)} of ${counted(rows.read, "row")}`,
    route: id === null ? null : { view: "import", run: id },
  };
}

function mergedOnly({ sources }: CompletenessAnswer, imports: readonly ImportManifest[]): FindingLine[] {
  const changes = (kind: SourceKind) =>
    imports.filter((run) => run.kind === kind).reduce((sum, run) => sum + run.records.changes, 0);
  return sources
    .filter(({ kind, could_hold_failures }) => could_hold_failures !== true && changes(kind) > 0)
    .map(({ kind, files }) => ({ words: `${sourceWords[kind]}, ${counted(files, "file")}`, route: null }));
}
