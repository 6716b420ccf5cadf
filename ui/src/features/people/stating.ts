const REMEMBERED = "change-ledger.stated-by";

/** The name of who stated something last on this machine; empty when nobody did. */
export function rememberedName(): string {
  return localStorage.getItem(REMEMBERED) ?? "";
}

/** Remembers who stated something. */
export function rememberName(name: string): void {
  localStorage.setItem(REMEMBERED, name.trim());
}
