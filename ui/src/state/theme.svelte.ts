const REMEMBERED = "change-ledger.theme";

/** Light, dark, or what the system says. */
export type ThemeChoice = "system" | "light" | "dark";

const choices: readonly ThemeChoice[] = ["system", "light", "dark"];

/** The theme of the window, remembered on this machine. */
export class Theme {
  choice = $state<ThemeChoice>("system");

  constructor() {
    const remembered = localStorage.getItem(REMEMBERED);
    this.choice = choices.find((choice) => choice === remembered) ?? "system";
    this.#apply();
  }

  /** Goes to the next choice: system, light, dark. */
  next(): void {
    this.choice = choices[(choices.indexOf(this.choice) + 1) % choices.length] ?? "system";
    localStorage.setItem(REMEMBERED, this.choice);
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset["theme"] = this.choice;
  }
}
