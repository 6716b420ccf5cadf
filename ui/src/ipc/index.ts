import { isTauri } from "@tauri-apps/api/core";
import type { Host } from "./host";

export { isAppError } from "./host";
export type { AnswerOf, CommandName, FileDrop, Host, RequestOf, Unsubscribe } from "./host";

/**
 * The host that this window runs in: the desktop shell, or in a browser during development a made-up ledger (which a
 * production build does not contain).
 */
export async function openHost(): Promise<Host> {
  if (import.meta.env.MODE !== "production" && !isTauri()) {
    const { fakeHost } = await import("./fake");
    return fakeHost(new URLSearchParams(window.location.search).get("ledger") ?? "sample");
  }
  const { tauriHost } = await import("./tauri");
  return tauriHost;
}
