/** In which role somebody states something: for the company, or as its auditor. */
export type Role = "stated-by" | "auditor";

const key = (role: Role) => `change-ledger.${role}`;

/** The name of who stated something last in a role on this machine; empty when nobody did. */
export function rememberedName(role: Role): string {
  return localStorage.getItem(key(role)) ?? "";
}

/** Remembers who stated something. */
export function rememberName(role: Role, name: string): void {
  localStorage.setItem(key(role), name.trim());
}
