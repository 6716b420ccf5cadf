import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Job } from "../bindings/Job";
import type { Progress } from "../bindings/Progress";
import type { Host } from "../ipc";
import { Jobs } from "./jobs.svelte";

let jobs: Jobs;
let hear: (job: Job) => void;

beforeEach(() => {
  vi.useFakeTimers();
  jobs = new Jobs();
  jobs.follow({
    onProgress: (listener: (progress: Progress) => void) => {
      hear = (job) => listener({ job, subject: "a.json", rows: 1, bytes: 1, total_bytes: null });
      return () => undefined;
    },
  } as unknown as Host);
});

afterEach(() => vi.useRealTimers());

test("a job that nobody here waits for ends with its silence", () => {
  hear("import");
  vi.advanceTimersByTime(3000);
  hear("import");
  vi.advanceTimersByTime(3000);
  expect(jobs.running("import")?.progress.subject).toBe("a.json");
  vi.advanceTimersByTime(2000);
  expect(jobs.running("import")).toBeUndefined();
});

test("a job that is waited for runs until it is settled, however silent", async () => {
  let settle: (words: string) => void = () => undefined;
  const work = jobs.during(["import"], () => new Promise<string>((resolve) => (settle = resolve)));
  hear("import");
  hear("index");
  vi.advanceTimersByTime(60_000);
  expect(jobs.running("import")).toBeDefined();
  expect(jobs.running("index")).toBeUndefined();
  settle("done");
  await expect(work).resolves.toBe("done");
  expect(jobs.running("import")).toBeUndefined();
});

test("a job that fails is over too", async () => {
  const work = jobs.during(["verify"], () => Promise.reject(new Error("damaged")));
  hear("verify");
  await expect(work).rejects.toThrow("damaged");
  expect(jobs.running("verify")).toBeUndefined();
});

test("what nobody waits for can be forgotten at once", () => {
  hear("demo");
  jobs.forgetAll();
  expect(jobs.running("demo")).toBeUndefined();
});
