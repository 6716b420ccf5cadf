import type { AppError } from "../bindings/AppError";
import type { ErrorCode } from "../bindings/ErrorCode";
import { isAppError } from "../ipc";
import { inTheWindow } from "./fields";

/** What the window offers a person after a failure. */
export type Remedy = "retry" | "choose-files" | "answer-dates" | "open-ledger" | "go-back" | "none";

/** How the window shows one kind of failure. */
export interface Presentation {
  /** What happened, in a few words. */
  title: string;
  /** Whether it is the person's own doing, something to repair, or merely news. */
  tone: "bad" | "warn" | "plain";
  /** What the button does. */
  remedy: Remedy;
  /** What to do when the error itself brings no hint. */
  hint: string;
}

/** How each kind of failure is shown; complete by type. */
export const presentations: Record<ErrorCode, Presentation> = {
  wrong_use: {
    title: "That does not work",
    tone: "warn",
    remedy: "go-back",
    hint: "Go back and choose something else.",
  },
  unreadable_input: {
    title: "The file cannot be read",
    tone: "bad",
    remedy: "choose-files",
    hint: "Export it again, or choose another file.",
  },
  not_recognised: {
    title: "The file is of no known kind",
    tone: "warn",
    remedy: "choose-files",
    hint: "Say which kind of export it is under “If a file is ambiguous”, or give a column profile.",
  },
  ambiguous_dates: {
    title: "Day and month cannot be told apart",
    tone: "warn",
    remedy: "answer-dates",
    hint: "Choose the date order under “If a file is ambiguous” and import again.",
  },
  not_found: {
    title: "Nothing by this name",
    tone: "plain",
    remedy: "go-back",
    hint: "It may belong to another ledger. Look for it in Browse.",
  },
  ledger_unavailable: {
    title: "The ledger cannot be opened",
    tone: "bad",
    remedy: "open-ledger",
    hint: "Check that the file is where it was and that you may read it, or open another one.",
  },
  ledger_from_the_future: {
    title: "The ledger was written by a newer version",
    tone: "bad",
    remedy: "open-ledger",
    hint: "Update Change Ledger, or open another ledger.",
  },
  ledger_busy: {
    title: "Another program holds the ledger",
    tone: "warn",
    remedy: "retry",
    hint: "Wait until its import has finished, then try again.",
  },
  ledger_damaged: {
    title: "The ledger is damaged",
    tone: "bad",
    remedy: "open-ledger",
    hint: "Open a copy that was saved before. Nothing was written.",
  },
  not_writable: {
    title: "The file cannot be written",
    tone: "bad",
    remedy: "retry",
    hint: "Choose another folder, or make room on the disk.",
  },
  cancelled: {
    title: "Stopped",
    tone: "plain",
    remedy: "none",
    hint: "The files are still laid out and can be imported again.",
  },
  internal: {
    title: "Change Ledger made a mistake",
    tone: "bad",
    remedy: "retry",
    hint: "Your data is unharmed. Try again; if it happens again, report it with the message above.",
  },
};

/** Whatever was thrown, as an error that can be shown. */
export function asAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) {
    return thrown.code in presentations ? thrown : { ...thrown, code: "internal" };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "internal", message, hints: [] };
}

/** What to do here, each a sentence: the error's own hints, or that of its kind. */
export function hintsOf(error: AppError): string[] {
  return error.hints.length > 0 ? error.hints.map(inTheWindow) : [presentations[error.code].hint];
}
