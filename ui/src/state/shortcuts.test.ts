import { describe, expect, test } from "vitest";
import { ShortcutReader, viewKeys, type KeyPress, type Shortcut } from "./shortcuts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  typing: false,
  at: 0,
  ...more,
});

function check(presses: KeyPress[], expected: Shortcut | null) {
  const reader = new ShortcutReader();
  const read = presses.map((one) => reader.read(one));
  expect(read.at(-1)).toEqual(expected);
}

describe("keys", () => {
  test("switch the quarter, search, help", () => {
    check([press("[")], { kind: "quarter", step: -1 });
    check([press("]")], { kind: "quarter", step: 1 });
    check([press("/")], { kind: "search" });
    check([press("?")], { kind: "help" });
    check([press("x")], null);
  });

  test("do nothing while somebody writes", () => {
    check([press("[", { typing: true })], null);
    check([press("g"), press("o", { typing: true })], null);
  });

  test("with Ctrl or ⌘ work also while somebody writes", () => {
    check([press("2", { ctrlKey: true, typing: true })], { kind: "view", view: "due" });
    check([press("6", { metaKey: true })], { kind: "view", view: "completeness" });
    check([press("8", { metaKey: true })], { kind: "view", view: "people" });
    check([press("9", { ctrlKey: true })], { kind: "view", view: "samples" });
    check([press("0", { ctrlKey: true })], null);
    check([press("[", { ctrlKey: true })], null);
  });

  test("go back and forward with Alt", () => {
    check([press("ArrowLeft", { altKey: true })], { kind: "back" });
    check([press("ArrowRight", { altKey: true })], { kind: "forward" });
  });
});

describe("g and a letter", () => {
  test("lead to each view", () => {
    for (const { view, letter } of viewKeys) check([press("g"), press(letter)], { kind: "view", view });
  });

  test("must follow each other soon", () => {
    check([press("g", { at: 0 }), press("b", { at: 1400 })], { kind: "view", view: "browse" });
    check([press("g", { at: 0 }), press("b", { at: 1600 })], null);
    check([press("g"), press("x"), press("b")], null);
  });
});
