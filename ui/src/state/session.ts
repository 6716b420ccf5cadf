import { createContext } from "svelte";
import type { Host } from "../ipc";
import { Announcer } from "./announcer.svelte";
import { ImportDesk } from "./import-desk.svelte";
import { Jobs } from "./jobs.svelte";
import { Router } from "./router.svelte";
import { Theme } from "./theme.svelte";
import { Workspace } from "./workspace.svelte";

/** Everything that lives as long as the window. */
export interface Session {
  host: Host;
  router: Router;
  workspace: Workspace;
  jobs: Jobs;
  imports: ImportDesk;
  theme: Theme;
  announcer: Announcer;
}

/** Begins a session with a host. */
export function beginSession(host: Host): Session {
  const jobs = new Jobs();
  const announcer = new Announcer();
  const workspace = new Workspace(host);
  return {
    host,
    jobs,
    announcer,
    workspace,
    imports: new ImportDesk(host, jobs, workspace, announcer),
    router: new Router(),
    theme: new Theme(),
  };
}

/** The session of the component tree. */
export const [session, provideSession] = createContext<Session>();
