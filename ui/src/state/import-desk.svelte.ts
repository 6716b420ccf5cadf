import type { AppError } from "../bindings/AppError";
import type { ColumnMeanings } from "../bindings/ColumnMeanings";
import type { FileQuestion } from "../bindings/FileQuestion";
import type { ImportAnswer } from "../bindings/ImportAnswer";
import type { LaidOutFile } from "../bindings/LaidOutFile";
import { asAppError } from "../errors/presentation";
import type { Host } from "../ipc";
import type { Announcer } from "./announcer.svelte";
import type { Jobs } from "./jobs.svelte";
import {
  answerTo,
  isImportable,
  questionsOf,
  requestOf,
  requestsFor,
  undecided,
  type AnswerField,
  type Answers,
  type DeskFile,
} from "./laid-out";
import type { Workspace } from "./workspace.svelte";

/** The files laid out for import and looked at, the import that runs, and what became of the last one. */
export class ImportDesk {
  /** What the person chose: files and folders. */
  paths = $state.raw<string[]>([]);
  /** The files behind that, as far as they were looked at. */
  files = $state.raw<DeskFile[]>([]);
  /** What is being looked at now. */
  looking = $state.raw<string[]>([]);
  running = $state(false);
  cancelling = $state(false);
  answer = $state.raw<ImportAnswer | undefined>(undefined);
  error = $state.raw<AppError | undefined>(undefined);
  /** Whether files hang over the window. */
  hovering = $state(false);
  /** Whatever can be imported as it lies there. */
  readonly importable = $derived(this.files.filter(isImportable));
  #answers = $state.raw<Record<string, Answers>>({});
  #turns: Record<string, number> = {};
  #host: Host;
  #jobs: Jobs;
  #workspace: Workspace;
  #announcer: Announcer;

  constructor(host: Host, jobs: Jobs, workspace: Workspace, announcer: Announcer) {
    this.#host = host;
    this.#jobs = jobs;
    this.#workspace = workspace;
    this.#announcer = announcer;
  }

  /** Lays files out, each once, and looks at them. */
  add(paths: readonly string[]): void {
    const fresh = paths.filter((path, place) => !this.paths.includes(path) && paths.indexOf(path) === place);
    if (paths.length === 0) return;
    this.error = undefined;
    this.paths = [...this.paths, ...fresh];
    void this.#lookAtAll(fresh);
  }

  /** Takes a chosen file or folder off the desk. */
  remove(chosen: string): void {
    this.paths = this.paths.filter((path) => path !== chosen);
    this.files = this.files.filter((file) => file.chosen !== chosen);
    this.#forgetAnswers();
  }

  /** Stops looking: what was not seen yet leaves the desk. */
  async stopLooking(): Promise<void> {
    const unseen = this.paths.filter((path) => !this.files.some((file) => file.chosen === path));
    unseen.forEach((path) => this.remove(path));
    this.looking = this.looking.filter((path) => !unseen.includes(path));
    this.#announcer.say("Stopped looking.");
    try {
      await this.#host.rpc("cancel_look", {});
    } catch (thrown) {
      this.error = asAppError(thrown);
    }
  }

  /** Lets the person choose files and lays them out. */
  async choose(): Promise<void> {
    try {
      this.add((await this.#host.rpc("choose_files", {})).paths);
    } catch (thrown) {
      this.error = asAppError(thrown);
    }
  }

  /** What was said about a file. */
  answersOf(file: { path: string }): Answers {
    return this.#answers[file.path] ?? undecided;
  }

  /** Says something about a file, and looks at it again. */
  async say(file: DeskFile, field: AnswerField, words: string): Promise<void> {
    const answers = this.answersOf(file);
    if (answers[field] === words && field !== "profile") return;
    this.#answers = { ...this.#answers, [file.path]: { ...answers, [field]: words } };
    await this.#look(file.chosen, file.path);
  }

  /** Other files that ask the same and were not told the same. */
  othersThatAsk(file: DeskFile, question: FileQuestion["question"]): DeskFile[] {
    const field = answerTo[question];
    const said = this.answersOf(file)[field];
    return this.files.filter(
      (other) =>
        other.path !== file.path &&
        other.asked.some((asked) => asked.question === question) &&
        this.answersOf(other)[field] !== said,
    );
  }

  /** Says of every file that asks the same what was said of this one. */
  async sayToAll(file: DeskFile, question: FileQuestion["question"]): Promise<void> {
    const field = answerTo[question];
    const said = this.answersOf(file)[field];
    for (const other of this.othersThatAsk(file, question)) await this.say(other, field, said);
  }

  /** Saves what the columns of a file mean, and reads it that way. Rejects with an {@link AppError}. */
  async explain(file: DeskFile, meanings: ColumnMeanings): Promise<void> {
    const { path } = await this.#host.rpc("save_profile", meanings);
    if (path !== null) await this.say(file, "profile", path);
  }

  /** Imports whatever can be imported; the rest stays on the desk. */
  async run(): Promise<void> {
    const files = this.importable;
    if (this.running || files.length === 0) return;
    this.running = true;
    this.cancelling = false;
    this.error = undefined;
    this.answer = undefined;
    try {
      await this.#jobs.during(["import"], () => this.#import(files));
    } catch (thrown) {
      this.error = asAppError(thrown);
      this.#announcer.say(this.error.message);
    }
    this.running = false;
    await this.#workspace.refresh();
  }

  /** Stops the running import. */
  async cancel(): Promise<void> {
    this.cancelling = true;
    try {
      await this.#host.rpc("cancel_import", {});
    } catch (thrown) {
      this.error = asAppError(thrown);
    }
  }

  /** One request after the other; what one of them did stays done when a later one is stopped. */
  async #import(files: readonly DeskFile[]): Promise<void> {
    // A profile that was found by itself is named: what was shown is what is imported.
    const answersOf = (file: DeskFile) => {
      const answers = this.answersOf(file);
      return answers.profile === "" ? { ...answers, profile: file.table?.saved_as ?? "" } : answers;
    };
    for (const request of requestsFor(files, answersOf)) {
      if (this.#stopped()) {
        this.answer = joined(this.answer, { runs: [], not_imported: request.paths });
        continue;
      }
      const done = await this.#host.rpc("import", request);
      this.answer = joined(this.answer, done);
      this.#clear(request.paths, done);
    }
    const { runs, failures = [] } = this.answer ?? { runs: [] };
    const rejected = runs.reduce((sum, run) => sum + run.rows.rejected, 0);
    this.#announcer.say(
      `Import finished: ${runs.length} read, ${failures.length} not readable, ${rejected} rows rejected.`,
    );
  }

  /** Read anew each time: somebody may press the button while a request is under way. */
  #stopped(): boolean {
    return this.cancelling;
  }

  /** Takes off the desk what has landed. */
  #clear(paths: readonly string[], { failures = [], not_imported = [] }: ImportAnswer): void {
    const stayed = [...failures.map((failure) => failure.file), ...not_imported];
    const stays = ({ path, file }: DeskFile) => !paths.includes(path) || stayed.includes(file) || stayed.includes(path);
    this.files = this.files.filter(stays);
    this.paths = this.paths.filter((path) => this.files.some((file) => file.chosen === path));
    this.#forgetAnswers();
  }

  /** What was said about a file goes with it. */
  #forgetAnswers(): void {
    const lies = (path: string) => this.files.some((file) => file.path === path);
    this.#answers = Object.fromEntries(Object.entries(this.#answers).filter(([path]) => lies(path)));
  }

  async #lookAtAll(chosen: readonly string[]): Promise<void> {
    this.looking = [...this.looking, ...chosen];
    for (const path of chosen) if (this.paths.includes(path)) await this.#look(path, path);
    const ready = this.importable.length;
    this.#announcer.say(`${ready} of ${this.files.length} ready to import.`);
  }

  async #look(chosen: string, path: string): Promise<void> {
    const turn = (this.#turns[path] ?? 0) + 1;
    this.#turns = { ...this.#turns, [path]: turn };
    if (!this.looking.includes(path)) this.looking = [...this.looking, path];
    const isLatest = () => this.#turns[path] === turn && this.paths.includes(chosen);
    try {
      const request = requestOf([path], this.answersOf({ path }));
      const { files } = await this.#jobs.during(["look"], () => this.#host.rpc("lay_out", request));
      if (isLatest()) this.#put(chosen, path, files);
    } catch (thrown) {
      if (isLatest()) this.#refuse(chosen, path, asAppError(thrown));
    }
    if (this.#turns[path] === turn) this.looking = this.looking.filter((other) => other !== path);
  }

  /** Puts what a look found in the place of what an earlier one did. */
  #put(chosen: string, path: string, found: readonly LaidOutFile[]): void {
    const isOld = (file: DeskFile) => file.chosen === chosen && (path === chosen || file.path === path);
    const old = this.files.filter(isOld);
    const fresh = found.map((file): DeskFile => {
      const before = old.find((known) => known.path === file.path && known.file === file.file);
      return { ...file, chosen, asked: questionsOf(before?.asked ?? [], file.questions), refused: null };
    });
    const place = this.files.findIndex(isOld);
    const others = this.files.filter((file) => !isOld(file));
    this.files = place < 0 ? [...others, ...fresh] : others.toSpliced(place, 0, ...fresh);
  }

  #refuse(chosen: string, path: string, refused: AppError): void {
    const known = this.files.some((file) => file.path === path);
    if (known) this.files = this.files.map((file) => (file.path === path ? { ...file, refused } : file));
    else this.#put(chosen, path, [{ ...unseen, path, file: path, error: refused }]);
  }
}

/** A file of which nothing was seen. */
const unseen: Omit<LaidOutFile, "path" | "file"> = {
  among_others: false,
  bytes: null,
  known_as: null,
  recognised: null,
  content: null,
  questions: [],
  table: null,
  error: null,
};

/** Two answers as one. */
function joined(before: ImportAnswer | undefined, now: ImportAnswer): ImportAnswer {
  if (before === undefined) return now;
  return {
    ...now,
    runs: [...before.runs, ...now.runs],
    failures: [...(before.failures ?? []), ...(now.failures ?? [])],
    skipped: [...(before.skipped ?? []), ...(now.skipped ?? [])],
    not_imported: [...(before.not_imported ?? []), ...(now.not_imported ?? [])],
  };
}
