import { expect, test } from "vitest";
import type { Progress } from "../bindings/Progress";
import { Pace } from "./pace";

const progress = (rows: number, bytes: number, total: number | null = 1000): Progress => ({
  job: "import",
  subject: "a.json",
  rows,
  bytes,
  total_bytes: total,
});

test("the first reading knows no rate", () => {
  expect(new Pace().read(progress(10, 100), 0)).toEqual({ rowsPerSecond: null, share: 0.1, secondsLeft: null });
});

test("rate and time left come from the last seconds", () => {
  const pace = new Pace();
  pace.read(progress(0, 0), 0);
  expect(pace.read(progress(200, 500), 2000)).toEqual({ rowsPerSecond: 100, share: 0.5, secondsLeft: 2 });
  for (let second = 3; second < 9; second += 1) pace.read(progress(200, 500), second * 1000);
  expect(pace.read(progress(200, 500), 9000)).toEqual({ rowsPerSecond: 0, share: 0.5, secondsLeft: null });
});

test("without a total there is no share and no time left", () => {
  const pace = new Pace();
  pace.read(progress(0, 0, null), 0);
  expect(pace.read(progress(50, 500, null), 1000)).toEqual({ rowsPerSecond: 50, share: null, secondsLeft: null });
});

test("the next file begins anew", () => {
  const pace = new Pace();
  pace.read(progress(0, 0), 0);
  pace.read(progress(900, 900), 1000);
  expect(pace.read(progress(0, 10), 1100).rowsPerSecond).toBeNull();
});
