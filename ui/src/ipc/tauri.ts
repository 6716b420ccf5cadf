import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import type { Progress } from "../bindings/Progress";
import type { AnswerOf, CommandName, FileDrop, Host, RequestOf, Unsubscribe } from "./host";

/** Turns a subscription that begins later into one that can be ended at once. */
function endLater(beginning: Promise<Unsubscribe>): Unsubscribe {
  let ended = false;
  let end: Unsubscribe | undefined;
  void beginning.then((unsubscribe) => {
    if (ended) unsubscribe();
    else end = unsubscribe;
  });
  return () => {
    ended = true;
    end?.();
  };
}

/** The desktop shell. */
export const tauriHost: Host = {
  rpc<K extends CommandName>(name: K, request: RequestOf<K>): Promise<AnswerOf<K>> {
    return invoke<AnswerOf<K>>("rpc", { name, request });
  },

  onProgress(listener) {
    return endLater(listen<Progress>("progress", (event) => listener(event.payload)));
  },

  onDataChanged(listener) {
    return endLater(listen<number>("data-changed", (event) => listener(event.payload)));
  },

  onFilesDropped(listener: (drop: FileDrop) => void) {
    return endLater(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === "enter") listener({ kind: "over" });
        else if (payload.type === "drop") listener({ kind: "dropped", paths: payload.paths });
        else if (payload.type === "leave") listener({ kind: "left" });
      }),
    );
  },
};
