import type { Job } from "../bindings/Job";
import type { Progress } from "../bindings/Progress";
import type { Host } from "../ipc";
import { Pace, type PaceReading } from "./pace";

/** After how many milliseconds without news a job counts as over, unless somebody here waits for it. */
const SILENCE = 4000;

/** A job that is running, as last heard of. */
export interface RunningJob {
  progress: Progress;
  pace: PaceReading;
}

/** The long jobs that are running, also those that nobody in this window began. */
export class Jobs {
  #running = $state.raw<{ [J in Job]?: RunningJob | undefined }>({});
  #paces: { [J in Job]?: Pace | undefined } = {};
  #silences: { [J in Job]?: ReturnType<typeof setTimeout> | undefined } = {};
  #awaited: readonly Job[] = [];

  /** Listens to the host; gives back how to stop. */
  follow(host: Host): () => void {
    return host.onProgress((progress) => {
      const { job } = progress;
      const pace = (this.#paces[job] ??= new Pace());
      this.#running = { ...this.#running, [job]: { progress, pace: pace.read(progress, performance.now()) } };
      clearTimeout(this.#silences[job]);
      this.#silences[job] = setTimeout(() => {
        if (!this.#awaited.includes(job)) this.#forget(job);
      }, SILENCE);
    });
  }

  /** A job as last heard of; `undefined` when it is not running. */
  running(job: Job): RunningJob | undefined {
    return this.#running[job];
  }

  /** Waits for what carries out `jobs`: they run until it is settled, however silent they are. */
  async during<T>(jobs: readonly Job[], work: () => Promise<T>): Promise<T> {
    jobs.forEach((job) => this.#forget(job));
    this.#awaited = [...this.#awaited, ...jobs];
    try {
      return await work();
    } finally {
      this.#awaited = this.#awaited.filter((job) => !jobs.includes(job));
      jobs.forEach((job) => this.#forget(job));
    }
  }

  /** Forgets every job that nobody in this window waits for. */
  forgetAll(): void {
    const jobs = Object.keys(this.#running) as Job[];
    jobs.filter((job) => !this.#awaited.includes(job)).forEach((job) => this.#forget(job));
  }

  #forget(job: Job): void {
    clearTimeout(this.#silences[job]);
    this.#paces = { ...this.#paces, [job]: undefined };
    this.#running = { ...this.#running, [job]: undefined };
  }
}
