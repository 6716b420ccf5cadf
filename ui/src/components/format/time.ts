import { UNKNOWN } from "./number";

const HOUR = 3_600_000;

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
}

/** The parts of a moment in a zone, by name. */
function parts(at: string, zone: string): Record<string, string> {
  const format = formatter(zone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    weekday: "short",
  });
  return Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
}

function isTime(at: string | null): at is string {
  return at !== null && !Number.isNaN(Date.parse(at));
}

/** A moment as `2026-09-03 01:51` in a zone; `unknown` where there is none. */
export function moment(at: string | null, zone: string): string {
  if (!isTime(at)) return UNKNOWN;
  const { year, month, day, hour, minute } = parts(at, zone);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** A moment with its zone, `2026-09-03 01:51 UTC`. */
export function momentWithZone(at: string | null, zone: string): string {
  return isTime(at) ? `${moment(at, zone)} ${zoneName(zone)}` : UNKNOWN;
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function ahead(at: number, zone: string): number {
  const minute = at - (at % 60_000);
  return Date.parse(`${moment(new Date(minute).toISOString(), zone).replace(" ", "T")}:00Z`) - minute;
}

/**
 * The moment at which the clocks of a zone show `2026-09-03 01:51`, as `2026-09-02T23:51:00Z`; `null` where that is no
 * time. Of an hour that comes twice it is the first; of one that is left out, the same time as if it were not.
 */
export function momentAt(shown: string, zone: string): string | null {
  const wall = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/.test(shown) ? Date.parse(`${shown.replace(" ", "T")}:00Z`) : NaN;
  if (Number.isNaN(wall)) return null;
  // By the clocks of the day before and of the day after, which differ where they are changed.
  const before = wall - ahead(wall - 24 * HOUR, zone);
  const after = wall - ahead(wall + 24 * HOUR, zone);
  const at = [before, after].find((at) => at + ahead(at, zone) === wall) ?? before;
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** A day as `2026-09-03` in a zone; `unknown` where there is none. */
export function day(at: string | null, zone: string): string {
  if (!isTime(at)) return UNKNOWN;
  const { year, month, day: date } = parts(at, zone);
  return `${year}-${month}-${date}`;
}

const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** A sentence with the moments in it shown in a zone instead of as `2026-09-03T01:51:40Z`. */
export function withMoments(sentence: string, zone: string): string {
  return sentence.replace(MOMENT, (at) => momentWithZone(at, zone));
}

/** A zone as people write it: `UTC`, `Europe/Berlin`. */
export function zoneName(zone: string): string {
  return zone === "Etc/UTC" ? "UTC" : zone.replaceAll("_", " ");
}

/** A length in whole hours or days, for deadlines: `45 min`, `5 h`, `12 d`. */
function roughly(milliseconds: number): string {
  const hours = Math.abs(milliseconds) / HOUR;
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.floor(hours)} h`;
  return `${Math.floor(hours / 24)} d`;
}

/** A deadline in words, seen from `asOf`: `Mon 23:59, in 5 h`, `2026-12-04 23:59, in 9 d`, `12 d late`. */
export function deadline(dueAt: string, asOf: string, zone: string): string {
  const left = Date.parse(dueAt) - Date.parse(asOf);
  if (left < 0) return `${roughly(left)} late`;
  const { weekday, hour, minute } = parts(dueAt, zone);
  const near = left < 6 * 24 * HOUR;
  return near ? `${weekday} ${hour}:${minute}, in ${roughly(left)}` : `${moment(dueAt, zone)}, in ${roughly(left)}`;
}

/** How long ago something was, in words: `just now`, `3 h ago`, `12 d ago`. */
export function ago(at: string, asOf: string): string {
  const passed = Date.parse(asOf) - Date.parse(at);
  return passed < 60_000 ? "just now" : `${roughly(passed)} ago`;
}

/** A quarter as people say it: `2026-Q3` becomes `Q3 2026`. */
export function quarterName(quarter: string): string {
  const found = /^(\d{4})-(Q[1-4])$/.exec(quarter);
  return found === null ? quarter : `${found[2] ?? ""} ${found[1] ?? ""}`;
}
