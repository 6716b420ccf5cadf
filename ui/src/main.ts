import { mount } from "svelte";
import App from "./App.svelte";
import { openHost } from "./ipc";
import { beginSession } from "./state/session";
import "./styles/index.css";

const target = document.getElementById("app");
if (target !== null) {
  const host = await openHost();
  mount(App, { target, props: { session: beginSession(host) } });
}
