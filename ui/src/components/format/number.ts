/** What stands where there is no number because there is nothing to count. */
export const NOT_APPLICABLE = "n/a";
/** What stands where the imported files cannot tell. */
export const UNKNOWN = "unknown";

const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A count: `1,204`. */
export function count(value: number): string {
  return counts.format(value);
}

/** A count with its noun: `1 change`, `1,204 changes`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share 0 to 1 in per cent with one decimal: `6.6%`; `n/a` where its denominator is 0. */
export function percent(share: number | null): string {
  return share === null ? NOT_APPLICABLE : `${oneDecimal.format(share * 100)}%`;
}

/** A limit in per cent, without needless decimals: `10%`. */
export function limitPercent(share: number): string {
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(share * 100)}%`;
}

/** A difference of two shares in percentage points: `1.2 points`. */
export function points(difference: number): string {
  return `${oneDecimal.format(difference * 100)}\u00a0points`;
}

/** A length in hours, in days above 72 h: `11.2 h`, `25.5 d`; `n/a` where there is none. */
export function hours(value: number | null): string {
  if (value === null) return NOT_APPLICABLE;
  return Math.abs(value) > 72 ? `${oneDecimal.format(value / 24)}\u00a0d` : `${oneDecimal.format(value)}\u00a0h`;
}

/** A length in business days: `1.5 business days`; `n/a` where there is none. */
export function businessDays(value: number | null): string {
  if (value === null) return NOT_APPLICABLE;
  return `${oneDecimal.format(value)}\u00a0${value === 1 ? "business day" : "business days"}`;
}

/** A size with a decimal unit: `512 bytes`, `280.4 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return counted(value, "byte");
  const units = ["kB", "MB", "GB", "TB"];
  let scaled = value;
  let unit = "";
  for (const next of units) {
    if (scaled < 1000) break;
    scaled /= 1000;
    unit = next;
  }
  return `${oneDecimal.format(scaled)}\u00a0${unit}`;
}

/** A time that is left, roughly: `about 5 s`, `about 3 min`. */
export function timeLeft(seconds: number): string {
  if (seconds < 1) return "under 1 s";
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${oneDecimal.format(seconds / 3600)} h`;
}
