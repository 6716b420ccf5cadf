import { describe, expect, test } from "vitest";
import type { AppError } from "../bindings/AppError";
import type { FileQuestion } from "../bindings/FileQuestion";
import type { LaidOutContent } from "../bindings/LaidOutContent";
import { questionsOf, requestsFor, stateOf, undecided, type DeskFile, type FileState } from "./laid-out";

const zone: FileQuestion = { question: "time_zone", assumed: "UTC", example: null };
const columns: FileQuestion = { question: "columns" };
const failed = (code: AppError["code"]): AppError => ({ code, message: "It cannot.", hints: [] });

const content: LaidOutContent = {
  whole: true,
  readable: 3,
  rejected: 0,
  records: [],
  rows: [],
  carries: [],
  cannot_tell: [],
  warnings: [],
};

function file(part: Partial<DeskFile>): DeskFile {
  return {
    path: "/exports/a.csv",
    file: "/exports/a.csv",
    chosen: "/exports/a.csv",
    among_others: false,
    bytes: 10,
    known_as: null,
    recognised: null,
    content: null,
    questions: [],
    asked: [],
    table: null,
    error: null,
    refused: null,
    ...part,
  };
}

describe("where a file stands", () => {
  function check(part: Partial<DeskFile>, expected: FileState) {
    expect(stateOf(file(part))).toBe(expected);
  }

  test("follows from what was seen of it", () => {
    check({}, "ready");
    check({ questions: [zone] }, "open");
    check({ content: { ...content, rejected: 2 } }, "remarked");
    check({ content: { ...content, warnings: [{ code: "truncated", message: "It ends in a row." }] } }, "remarked");
    check({ content }, "ready");
    check({ known_as: 3 }, "known");
    check({ known_as: 3, questions: [zone] }, "known");
    check({ questions: [columns], error: failed("not_recognised") }, "waiting");
    check({ questions: [columns], error: failed("not_recognised"), among_others: true }, "waiting");
    check({ error: failed("not_recognised") }, "unreadable");
    check({ error: failed("not_recognised"), among_others: true }, "left_out");
    check({ error: failed("unreadable_input"), among_others: true }, "unreadable");
    check({ refused: failed("wrong_use") }, "waiting");
  });
});

describe("what is imported", () => {
  test("is one request for all about which the same was said", () => {
    const berlin = { ...undecided, timezone: "Europe/Berlin" };
    const files = [
      file({ path: "/a" }),
      file({ path: "/b" }),
      file({ path: "/c" }),
      file({ path: "/book.xlsx", file: "/book.xlsx/One" }),
      file({ path: "/book.xlsx", file: "/book.xlsx/Two" }),
      file({ path: "/d", error: failed("unreadable_input") }),
      file({ path: "/e", questions: [columns] }),
    ];
    const requests = requestsFor(files, ({ path }) => (path === "/b" ? berlin : undecided));
    expect(requests.map(({ paths, timezone, dry_run }) => ({ paths, timezone, dry_run }))).toEqual([
      { paths: ["/a", "/c", "/book.xlsx"], timezone: null, dry_run: false },
      { paths: ["/b"], timezone: "Europe/Berlin", dry_run: false },
    ]);
  });

  test("is nothing when nothing can be", () => {
    expect(requestsFor([file({ questions: [columns] })], () => undecided)).toEqual([]);
  });
});

test("a question that was answered can still be seen, with its newest evidence", () => {
  const berlin: FileQuestion = { question: "time_zone", assumed: "Europe/Berlin", example: null };
  expect(questionsOf([zone, columns], [])).toEqual([zone, columns]);
  expect(questionsOf([zone], [berlin, columns])).toEqual([berlin, columns]);
});
