import type { Progress } from "../bindings/Progress";

/** How many milliseconds of the past a rate looks at. */
const WINDOW = 3000;

/** How fast a job is and how long it will take. */
export interface PaceReading {
  /** Rows a second; `null` before two readings. */
  rowsPerSecond: number | null;
  /** Bytes done of bytes in all, 0 to 1; `null` when the total is unknown. */
  share: number | null;
  /** Seconds left; `null` when it cannot be told. */
  secondsLeft: number | null;
}

interface Sample {
  at: number;
  rows: number;
  bytes: number;
}

/** Reckons the pace of one job from its progress. */
export class Pace {
  #samples: Sample[] = [];

  /** Takes in a progress at a time in milliseconds and tells the pace over the last seconds. */
  read(progress: Progress, at: number): PaceReading {
    const last = this.#samples.at(-1);
    if (last !== undefined && (progress.bytes < last.bytes || progress.rows < last.rows)) this.#samples = [];
    this.#samples.push({ at, rows: progress.rows, bytes: progress.bytes });
    while (this.#samples.length > 2 && (this.#samples[0]?.at ?? at) < at - WINDOW) this.#samples.shift();
    const first = this.#samples[0];
    const seconds = first === undefined ? 0 : (at - first.at) / 1000;
    const total = progress.total_bytes;
    const share = total === null || total === 0 ? null : Math.min(1, progress.bytes / total);
    if (first === undefined || seconds <= 0) return { rowsPerSecond: null, share, secondsLeft: null };
    const bytesPerSecond = (progress.bytes - first.bytes) / seconds;
    return {
      rowsPerSecond: (progress.rows - first.rows) / seconds,
      share,
      secondsLeft:
        total === null || bytesPerSecond <= 0 ? null : Math.max(0, (total - progress.bytes) / bytesPerSecond),
    };
  }
}
