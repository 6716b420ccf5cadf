import type { AppError } from "../bindings/AppError";
import type { Progress } from "../bindings/Progress";
import type { RpcSchema } from "../bindings/RpcSchema";

/** Names of all commands. */
export type CommandName = keyof RpcSchema;
/** What a command is asked with. */
export type RequestOf<K extends CommandName> = RpcSchema[K]["request"];
/** What a command answers. */
export type AnswerOf<K extends CommandName> = RpcSchema[K]["answer"];

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Files that hang over the window, were let go on it, or left again. */
export type FileDrop = { kind: "over" } | { kind: "dropped"; paths: string[] } | { kind: "left" };

/**
 * Everything the window needs from outside: one typed call and three kinds of news. The shell carries it out in the
 * product; a made-up ledger does in development and tests.
 */
export interface Host {
  /** Carries out a command. Rejects with an {@link AppError}. */
  rpc<K extends CommandName>(name: K, request: RequestOf<K>): Promise<AnswerOf<K>>;
  /** Calls `listener` some times a second while a long job runs. */
  onProgress(listener: (progress: Progress) => void): Unsubscribe;
  /** Calls `listener` with the new data version after each write, also by another process. */
  onDataChanged(listener: (dataVersion: number) => void): Unsubscribe;
  /** Calls `listener` when files are dragged over the window or dropped. */
  onFilesDropped(listener: (drop: FileDrop) => void): Unsubscribe;
}

/** Whether something thrown is an {@link AppError} as the commands reject with. */
export function isAppError(thrown: unknown): thrown is AppError {
  if (typeof thrown !== "object" || thrown === null) return false;
  const error = thrown as Partial<Record<keyof AppError, unknown>>;
  return typeof error.code === "string" && typeof error.message === "string" && Array.isArray(error.hints);
}
