import { expect, test } from "vitest";
import { rowAfterKey } from "./row-keys";

function check(key: string, active: number, count: number, expected: number | null) {
  expect(rowAfterKey(key, active, count, 10)).toBe(expected);
}

test("keys move within the table", () => {
  check("ArrowDown", 0, 3, 1);
  check("ArrowDown", 2, 3, 2);
  check("ArrowUp", 0, 3, 0);
  check("PageDown", 5, 1_000_000, 15);
  check("PageUp", 5, 1_000_000, 0);
  check("End", 5, 1_000_000, 999_999);
  check("Home", 5, 1_000_000, 0);
  check("a", 5, 10, null);
  check("ArrowDown", 0, 0, null);
});
