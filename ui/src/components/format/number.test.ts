import { expect, test } from "vitest";
import { businessDays, bytes, count, counted, hours, limitPercent, percent, points, timeLeft } from "./number";

test("counts", () => {
  expect(count(1204)).toBe("1,204");
  expect(counted(1, "change")).toBe("1 change");
  expect(counted(0, "change")).toBe("0 changes");
  expect(counted(2, "emergency", "emergencies")).toBe("2 emergencies");
});

test("shares: what has no denominator is n/a and never 0", () => {
  expect(percent(null)).toBe("n/a");
  expect(percent(0)).toBe("0.0%");
  expect(percent(0.0655)).toBe("6.6%");
  expect(limitPercent(0.1)).toBe("10%");
  expect(limitPercent(0.075)).toBe("7.5%");
  expect(points(0.012)).toBe("1.2\u00a0points");
});

test("hours become days above 72 h", () => {
  expect(hours(null)).toBe("n/a");
  expect(hours(0)).toBe("0.0\u00a0h");
  expect(hours(11.24)).toBe("11.2\u00a0h");
  expect(hours(72)).toBe("72.0\u00a0h");
  expect(hours(612)).toBe("25.5\u00a0d");
  expect([null, 1, 1.5].map(businessDays)).toEqual(["n/a", "1.0\u00a0business day", "1.5\u00a0business days"]);
});

test("sizes", () => {
  expect(bytes(1)).toBe("1 byte");
  expect(bytes(999)).toBe("999 bytes");
  expect(bytes(280_400_000)).toBe("280.4\u00a0MB");
  expect(bytes(2e15)).toBe("2,000.0\u00a0TB");
});

test("time left is rough", () => {
  expect(timeLeft(0.2)).toBe("under 1 s");
  expect(timeLeft(42.4)).toBe("about 42 s");
  expect(timeLeft(150)).toBe("about 3 min");
  expect(timeLeft(7200)).toBe("about 2.0 h");
});
