import { describe, expect, test } from "vitest";
import { ago, day, deadline, moment, momentWithZone, quarterName, withMoments, momentAt } from "./time";

test("moments are shown in the policy's zone", () => {
  expect(moment("2026-09-03T01:51:40Z", "UTC")).toBe("2026-09-03 01:51");
  expect(moment("2026-09-03T01:51:40Z", "America/New_York")).toBe("2026-09-02 21:51");
  expect(momentWithZone("2026-12-31T23:30:00Z", "Europe/Berlin")).toBe("2027-01-01 00:30 Europe/Berlin");
  expect(day("2026-12-31T23:30:00Z", "Europe/Berlin")).toBe("2027-01-01");
});

test("moments within a sentence", () => {
  expect(withMoments("Owed by 2026-09-15T09:37:53Z; PR-2026-09-15 stays.", "UTC")).toBe(
    "Owed by 2026-09-15 09:37 UTC; PR-2026-09-15 stays.",
  );
  expect(withMoments("From 2026-01-01T00:00:00.250Z to 2026-01-01T01:00:00Z.", "Europe/Berlin")).toBe(
    "From 2026-01-01 01:00 Europe/Berlin to 2026-01-01 02:00 Europe/Berlin.",
  );
});

test("midnight is 00:00", () => {
  expect(moment("2026-09-03T00:00:00Z", "UTC")).toBe("2026-09-03 00:00");
});

test("no time and no real time are unknown", () => {
  expect(moment(null, "UTC")).toBe("unknown");
  expect(moment("yesterday", "UTC")).toBe("unknown");
  expect(momentWithZone(null, "UTC")).toBe("unknown");
});

describe("deadlines in words", () => {
  const asOf = "2026-11-20T15:30:00Z";
  function check(due: string, expected: string, zone = "UTC") {
    expect(deadline(due, asOf, zone)).toBe(expected);
  }

  test("near ones name the weekday", () => {
    check("2026-11-20T23:59:59Z", "Fri 23:59, in 8 h");
    check("2026-11-23T23:59:59Z", "Mon 23:59, in 3 d");
    check("2026-11-20T15:55:00Z", "Fri 15:55, in 25 min");
    check("2026-11-20T23:59:59Z", "Sat 00:59, in 8 h", "Europe/Berlin");
  });

  test("far ones name the date", () => check("2026-12-04T23:59:00Z", "2026-12-04 23:59, in 14 d"));

  test("past ones say how late", () => {
    check("2026-11-08T15:30:00Z", "12 d late");
    check("2026-11-20T10:00:00Z", "5 h late");
    check("2026-11-20T15:29:50Z", "1 min late");
  });
});

test("how long ago", () => {
  expect(ago("2026-11-20T15:29:30Z", "2026-11-20T15:30:00Z")).toBe("just now");
  expect(ago("2026-11-20T09:12:00Z", "2026-11-20T15:30:00Z")).toBe("6 h ago");
});

test("quarters", () => {
  expect(quarterName("2026-Q3")).toBe("Q3 2026");
  expect(quarterName("whenever")).toBe("whenever");
});

test("a time that clocks show is a moment, also around their changes", () => {
  const check = (shown: string, zone: string, expected: string | null) => expect(momentAt(shown, zone)).toBe(expected);
  check("2026-09-03 01:51", "UTC", "2026-09-03T01:51:00Z");
  check("2026-09-03 01:51", "Europe/Berlin", "2026-09-02T23:51:00Z");
  check("2026-01-03T01:51", "America/New_York", "2026-01-03T06:51:00Z");
  check("2026-03-29 01:59", "Europe/Berlin", "2026-03-29T00:59:00Z");
  check("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:30:00Z");
  check("2026-03-29 03:00", "Europe/Berlin", "2026-03-29T01:00:00Z");
  check("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30:00Z");
  check("2026-10-25 03:00", "Europe/Berlin", "2026-10-25T02:00:00Z");
  check("2026-11-01 12:00", "Asia/Kolkata", "2026-11-01T06:30:00Z");
  check("2026-13-01 12:00", "UTC", null);
  check("yesterday", "UTC", null);
  check("", "UTC", null);
});
