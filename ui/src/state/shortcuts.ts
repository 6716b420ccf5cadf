import type { ViewName } from "./route";

/** What a key does. */
export type Shortcut =
  | { kind: "view"; view: Exclude<ViewName, "change"> }
  | { kind: "quarter"; step: -1 | 1 }
  | { kind: "search" }
  | { kind: "theme" }
  | { kind: "help" }
  | { kind: "back" }
  | { kind: "forward" };

/** The views by number (Ctrl or ⌘ and 1 to 9) and by letter (`g`, then the letter). */
export const viewKeys: readonly { view: Exclude<ViewName, "change">; letter: string; name: string }[] = [
  { view: "overview", letter: "o", name: "Overview" },
  { view: "due", letter: "d", name: "Reviews due" },
  { view: "browse", letter: "b", name: "Browse" },
  { view: "report", letter: "r", name: "Report" },
  { view: "import", letter: "i", name: "Import" },
  { view: "completeness", letter: "c", name: "Completeness" },
  { view: "policy", letter: "p", name: "Policy" },
  { view: "people", letter: "w", name: "People" },
  { view: "samples", letter: "s", name: "Samples" },
  { view: "export", letter: "e", name: "Export" },
];

/** The digit that leads to the view at a place of {@link viewKeys} with Ctrl or ⌘; `null` for those after the ninth. */
export function digitOf(place: number): string | null {
  return place < 9 ? String(place + 1) : null;
}

/** The part of a keyboard event that matters. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Whether the key goes into a field that a person is writing in. */
  typing: boolean;
  /** Time in milliseconds. */
  at: number;
}

/** How long after `g` a letter still belongs to it, in milliseconds. */
const SEQUENCE = 1500;

const single: Record<string, Shortcut> = {
  "[": { kind: "quarter", step: -1 },
  "]": { kind: "quarter", step: 1 },
  "/": { kind: "search" },
  "?": { kind: "help" },
  t: { kind: "theme" },
};

/** Reads key presses as shortcuts; remembers a `g` that waits for its letter. */
export class ShortcutReader {
  #goSince: number | null = null;

  /** The shortcut that a key press completes, or `null`. */
  read(press: KeyPress): Shortcut | null {
    const pending = this.#goSince !== null && press.at - this.#goSince <= SEQUENCE;
    this.#goSince = null;
    if (press.ctrlKey || press.metaKey) return press.altKey ? null : byNumber(press.key);
    if (press.altKey) return byArrow(press.key);
    if (press.typing) return null;
    if (pending) {
      const found = viewKeys.find(({ letter }) => letter === press.key);
      if (found !== undefined) return { kind: "view", view: found.view };
    }
    if (press.key === "g") {
      this.#goSince = press.at;
      return null;
    }
    return single[press.key] ?? null;
  }
}

function byNumber(key: string): Shortcut | null {
  const found = /^[1-9]$/.test(key) ? viewKeys[Number(key) - 1] : undefined;
  return found === undefined ? null : { kind: "view", view: found.view };
}

function byArrow(key: string): Shortcut | null {
  if (key === "ArrowLeft") return { kind: "back" };
  return key === "ArrowRight" ? { kind: "forward" } : null;
}
