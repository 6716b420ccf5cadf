import { formatRoute, parseRoute, type Route } from "./route";

const REMEMBERED = "change-ledger.last-view";
const home: Route = { view: "overview", quarter: null };

/** Where the window is. The location's hash holds it, so that back, forward and links work as everywhere. */
export class Router {
  route = $state.raw<Route>(home);

  constructor() {
    const remembered = localStorage.getItem(REMEMBERED);
    this.route = parseRoute(location.hash) ?? (remembered === null ? null : parseRoute(remembered)) ?? home;
    history.replaceState(null, "", formatRoute(this.route));
  }

  /** Follows the location; gives back how to stop. */
  follow(): () => void {
    const onChange = () => this.#read();
    window.addEventListener("hashchange", onChange);
    return () => window.removeEventListener("hashchange", onChange);
  }

  /** Goes to a route, as a new step that Back leaves again. */
  go(route: Route): void {
    const hash = formatRoute(route);
    if (hash !== location.hash) history.pushState(null, "", hash);
    this.#show(route, hash);
  }

  /** Refines the present route (a filter, a quarter) without a new step. */
  refine(route: Route): void {
    const hash = formatRoute(route);
    history.replaceState(null, "", hash);
    this.#show(route, hash);
  }

  back(): void {
    history.back();
  }

  forward(): void {
    history.forward();
  }

  #read(): void {
    const route = parseRoute(location.hash);
    if (route !== null) this.#show(route, location.hash);
  }

  #show(route: Route, hash: string): void {
    this.route = route;
    localStorage.setItem(REMEMBERED, hash);
  }
}
