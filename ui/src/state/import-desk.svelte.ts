import type { AppError } from "../bindings/AppError";
import type { ImportAnswer } from "../bindings/ImportAnswer";
import type { ImportRequest } from "../bindings/ImportRequest";
import { asAppError } from "../errors/presentation";
import type { Host } from "../ipc";
import type { Announcer } from "./announcer.svelte";
import type { Jobs } from "./jobs.svelte";
import type { Workspace } from "./workspace.svelte";

/** What a file can leave open; empty text means that the file decides. */
export interface ImportOptions {
  source: string;
  profile: string;
  timezone: string;
  dateOrder: string;
  repository: string;
}

const undecided: ImportOptions = { source: "", profile: "", timezone: "", dateOrder: "", repository: "" };

/** The files laid out for import, the import that runs, and what became of the last one. */
export class ImportDesk {
  paths = $state.raw<string[]>([]);
  options = $state<ImportOptions>({ ...undecided });
  running = $state(false);
  cancelling = $state(false);
  answer = $state.raw<ImportAnswer | undefined>(undefined);
  error = $state.raw<AppError | undefined>(undefined);
  /** Whether files hang over the window. */
  hovering = $state(false);
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

  /** Lays files out, each once. */
  add(paths: readonly string[]): void {
    this.paths = [...this.paths, ...paths].filter((path, place, all) => all.indexOf(path) === place);
    if (paths.length > 0) this.#announcer.say(`${this.paths.length} ready to import.`);
  }

  remove(path: string): void {
    this.paths = this.paths.filter((other) => other !== path);
  }

  /** Lets the person choose files and lays them out. */
  async choose(): Promise<void> {
    try {
      this.add((await this.#host.rpc("choose_files", {})).paths);
    } catch (thrown) {
      this.error = asAppError(thrown);
    }
  }

  /** Imports what is laid out. */
  async run(): Promise<void> {
    if (this.running || this.paths.length === 0) return;
    this.running = true;
    this.cancelling = false;
    this.error = undefined;
    this.answer = undefined;
    try {
      this.answer = await this.#jobs.during(["import"], () => this.#host.rpc("import", this.#request()));
      this.#settle(this.answer);
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

  #settle(answer: ImportAnswer): void {
    const failed = (answer.failures ?? []).map((failure) => failure.file);
    this.paths = this.paths.filter((path) => failed.includes(path));
    const rejected = answer.runs.reduce((sum, run) => sum + run.rows.rejected, 0);
    this.#announcer.say(
      `Import finished: ${answer.runs.length} read, ${failed.length} not readable, ${rejected} rows rejected.`,
    );
  }

  #request(): ImportRequest {
    const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
    return {
      paths: this.paths,
      source: orNull(this.options.source),
      profile: orNull(this.options.profile),
      timezone: orNull(this.options.timezone),
      date_order: orNull(this.options.dateOrder),
      repository: orNull(this.options.repository),
      dry_run: false,
    };
  }
}
