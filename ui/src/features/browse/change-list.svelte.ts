import type { AppError } from "../../bindings/AppError";
import type { ChangeItem } from "../../bindings/ChangeItem";
import { asAppError } from "../../errors/presentation";
import type { Host } from "../../ipc";
import type { ChangeFilter } from "../../state/route";

/** How many changes are asked for at once. */
export const PAGE = 200;

/** A list of changes of any length, fetched page by page as it is looked at. */
export class ChangeList {
  /** How many match in all; `null` before the first answer. */
  total = $state<number | null>(null);
  /** How many have arrived. */
  loaded = $state(0);
  loading = $state(false);
  error = $state.raw<AppError | undefined>(undefined);
  /** Records that search does not know yet. */
  backlog = $state(0);
  #pages: ChangeItem[][] = [];
  #next: string | null = null;
  #filter: ChangeFilter | undefined;
  #turn = 0;
  #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Begins anew with a filter; what was there stays until the first page has arrived. */
  async begin(filter: ChangeFilter): Promise<void> {
    this.#filter = filter;
    await this.#fetch(++this.#turn, null);
  }

  /** Fetches the next page, when there is one and none is on its way. */
  async more(): Promise<void> {
    if (this.loading || this.#next === null) return;
    await this.#fetch(this.#turn, this.#next);
  }

  /** The change at a position; `undefined` when it has not arrived. */
  at(position: number): ChangeItem | undefined {
    return this.#pages[Math.floor(position / PAGE)]?.[position % PAGE];
  }

  async #fetch(turn: number, after: string | null): Promise<void> {
    if (this.#filter === undefined) return;
    this.loading = true;
    try {
      const answer = await this.#host.rpc("changes", { ...this.#filter, limit: PAGE, after });
      if (turn !== this.#turn) return;
      this.#pages = after === null ? [answer.items] : [...this.#pages, answer.items];
      this.#next = answer.next;
      this.total = answer.total;
      this.backlog = answer.search_backlog;
      this.loaded = (this.#pages.length - 1) * PAGE + answer.items.length;
      this.error = undefined;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.error = asAppError(thrown);
    }
    this.loading = false;
  }
}
