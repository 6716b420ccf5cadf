import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline";

function check(values: (number | null)[], line: string, end: { x: number; y: number } | null) {
  expect(sparklinePath(values, 26, 16)).toEqual({ line, end });
}

test("values rise from 0", () => check([0, 5, 10], "M3 13L13 8L23 3", { x: 23, y: 3 }));
test("a missing value is a gap, not 0", () => check([10, null, 10], "M3 3h0.01M23 3h0.01", { x: 23, y: 3 }));
test("a missing last value has no point", () => check([5, 10, null], "M3 8L13 3", null));
test("all zero lies at the bottom", () => check([0, 0, 0], "M3 13L13 13L23 13", { x: 23, y: 13 }));
test("nothing known draws nothing", () => check([null, null], "", null));
