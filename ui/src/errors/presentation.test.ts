import { describe, expect, test } from "vitest";
import codes from "../bindings/ErrorCode.ts?raw";
import { asAppError, hintsOf, presentations } from "./presentation";

describe("the table of presentations", () => {
  const known = [...codes.matchAll(/"(\w+)"/g)].map(([, code]) => code).sort();

  test("has every code of the bindings and no other", () => {
    expect(known.length).toBeGreaterThan(5);
    expect(Object.keys(presentations).sort()).toEqual(known);
  });

  test("says for each what happened and what to do", () => {
    for (const { title, hint } of Object.values(presentations)) {
      expect(title).toMatch(/^[A-Z]/);
      expect(hint).toMatch(/\.$/);
    }
  });
});

describe("whatever was thrown", () => {
  function check(thrown: unknown, code: string, message: string) {
    expect(asAppError(thrown)).toMatchObject({ code, message });
  }

  test("becomes an error that can be shown", () => {
    check({ code: "not_found", message: "There is no change 7.", hints: [] }, "not_found", "There is no change 7.");
    check({ code: "of_tomorrow", message: "New.", hints: [] }, "internal", "New.");
    check(new Error("out of memory"), "internal", "out of memory");
    check("no string is an error", "internal", "no string is an error");
    check({ code: 7 }, "internal", "[object Object]");
  });
});

test("an error's own hints come before those of its kind", () => {
  expect(hintsOf({ code: "cancelled", message: "", hints: ["Begin again."] })).toEqual(["Begin again."]);
  expect(hintsOf({ code: "cancelled", message: "", hints: [] })).toEqual([presentations.cancelled.hint]);
});
