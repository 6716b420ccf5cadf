import type { AppError } from "../bindings/AppError";
import type { FileQuestion } from "../bindings/FileQuestion";
import type { ImportRequest } from "../bindings/ImportRequest";
import type { LaidOutFile } from "../bindings/LaidOutFile";

/** What a person says about a file; an empty text means that the file decides. */
export interface Answers {
  source: string;
  profile: string;
  timezone: string;
  dateOrder: string;
  repository: string;
}

/** The name of one answer. */
export type AnswerField = keyof Answers;

/** Nothing said. */
export const undecided: Answers = { source: "", profile: "", timezone: "", dateOrder: "", repository: "" };

/** Which answer settles which question. */
export const answerTo: Record<FileQuestion["question"], AnswerField> = {
  time_zone: "timezone",
  date_order: "dateOrder",
  repository: "repository",
  columns: "profile",
};

/** A file that lies on the desk: looked at, with what was said about it. */
export interface DeskFile extends LaidOutFile {
  /** What the person chose: the file itself, or the folder that holds it. */
  chosen: string;
  /** Every question that the file asked since it was laid out, so that an answer can be changed. */
  asked: FileQuestion[];
  /** Why the last answers could not be tried. */
  refused: AppError | null;
}

/** Where a file stands: `open` can be imported although it asks something, `waiting` cannot; `remarked` has something to
 * be known first. */
export type FileState = "ready" | "remarked" | "open" | "known" | "waiting" | "left_out" | "unreadable";

/** Where a file stands on its way into the ledger. */
export function stateOf(file: DeskFile): FileState {
  if (file.refused !== null) return "waiting";
  if (file.questions.some(({ question }) => question !== "time_zone")) return "waiting";
  if (file.error !== null) {
    return file.among_others && file.error.code === "not_recognised" ? "left_out" : "unreadable";
  }
  if (file.known_as !== null) return "known";
  if (file.questions.length > 0) return "open";
  const { rejected, warnings } = file.content ?? { rejected: 0, warnings: [] };
  return rejected > 0 || warnings.length > 0 ? "remarked" : "ready";
}

/** Whether importing the file would do something, or say that nothing is left to do. */
export function isImportable(file: DeskFile): boolean {
  return ["ready", "remarked", "open", "known"].includes(stateOf(file));
}

/** Questions of before and now, one of each kind; a newer one takes the place of an older one. */
export function questionsOf(before: readonly FileQuestion[], now: readonly FileQuestion[]): FileQuestion[] {
  const kinds = new Map([...before, ...now].map((question) => [question.question, question]));
  return [...kinds.values()];
}

/** The request that looks at or imports `paths` under some answers. */
export function requestOf(paths: string[], answers: Answers): ImportRequest {
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    paths,
    source: orNull(answers.source),
    profile: orNull(answers.profile),
    timezone: orNull(answers.timezone),
    date_order: orNull(answers.dateOrder),
    repository: orNull(answers.repository),
    dry_run: false,
  };
}

/** What is imported with one request: paths about which the same was said. */
export function requestsFor(files: readonly DeskFile[], answersOf: (file: DeskFile) => Answers): ImportRequest[] {
  const groups = new Map<string, { paths: Set<string>; answers: Answers }>();
  for (const file of files.filter(isImportable)) {
    const answers = answersOf(file);
    const key = JSON.stringify(Object.entries(answers).sort());
    const group = groups.get(key) ?? { paths: new Set<string>(), answers };
    groups.set(key, group);
    group.paths.add(file.path);
  }
  return [...groups.values()].map(({ paths, answers }) => requestOf([...paths], answers));
}
