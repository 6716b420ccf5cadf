/** A drawn trend. */
export interface SparklinePath {
  /** Path data; a value alone between two gaps becomes a dot. */
  line: string;
  /** Where the last value stands; `null` when the last quarter has none. */
  end: { x: number; y: number } | null;
}

const MARGIN = 3;

/** Draws values from 0 (at the bottom) to the greatest; `null` is a gap, never 0. */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): SparklinePath {
  const known = values.filter((value) => value !== null);
  const greatest = Math.max(...known, 0);
  const step = values.length > 1 ? (width - 2 * MARGIN) / (values.length - 1) : 0;
  const x = (place: number) => round(MARGIN + place * step);
  const y = (value: number) =>
    round(greatest === 0 ? height - MARGIN : height - MARGIN - (value / greatest) * (height - 2 * MARGIN));
  const line = values
    .map((value, place) => {
      if (value === null) return "";
      const begins = (values[place - 1] ?? null) === null;
      const alone = begins && (values[place + 1] ?? null) === null;
      return `${begins ? "M" : "L"}${x(place)} ${y(value)}${alone ? "h0.01" : ""}`;
    })
    .join("");
  const last = values.at(-1) ?? null;
  return { line, end: last === null ? null : { x: x(values.length - 1), y: y(last) } };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
