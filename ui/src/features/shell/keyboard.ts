import type { KeyPress } from "../../state/shortcuts";

/** Kinds of input in which a letter is no text. */
const UNTYPED = new Set(["button", "checkbox", "radio", "range", "submit", "reset", "file"]);

/** Whether an element takes letters from the keyboard. */
export function takesText(element: EventTarget | null): boolean {
  if (element instanceof HTMLInputElement) return !UNTYPED.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}

/** What matters of a keyboard event. */
export function keyPressOf(event: KeyboardEvent): KeyPress {
  const { key, ctrlKey, metaKey, altKey, timeStamp } = event;
  return { key, ctrlKey, metaKey, altKey, typing: takesText(event.target), at: timeStamp };
}
