import { untrack } from "svelte";
import type { AppError } from "../bindings/AppError";
import { asAppError } from "../errors/presentation";

/** Something that is asked for and arrives later. What was there before stays visible until then. */
export class Resource<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<AppError | undefined>(undefined);
  loading = $state(false);
  #turn = 0;

  /** Waits for an answer; an answer to an earlier question that comes later is dropped. */
  async load(answer: Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const value = await answer;
      if (turn !== this.#turn) return;
      this.value = value;
      this.error = undefined;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.error = asAppError(thrown);
    }
    this.loading = false;
  }

  /** Forgets value and error, and any answer that is still on its way. */
  clear(): void {
    this.#turn += 1;
    this.value = undefined;
    this.error = undefined;
    this.loading = false;
  }
}

/** A resource that a component asks for again. */
export interface Asked<T> {
  readonly resource: Resource<T>;
  again: () => void;
}

/**
 * Asks for something now and whenever anything that `ask` reads changes. `ask` returns `null` when there is nothing to
 * ask for. Call it while a component is set up.
 */
export function asked<T>(ask: () => Promise<T> | null): Asked<T> {
  const resource = new Resource<T>();
  let turn = $state(0);
  $effect(() => {
    void turn;
    const answer = ask();
    untrack(() => {
      if (answer === null) resource.clear();
      else void resource.load(answer);
    });
  });
  return { resource, again: () => void (turn += 1) };
}
