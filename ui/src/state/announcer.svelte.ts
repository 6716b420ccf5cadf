/** Says things to people who listen rather than look. One region of the page reads them aloud. */
export class Announcer {
  message = $state("");

  /** Says a sentence; the same sentence twice is said twice. */
  say(sentence: string): void {
    this.message = this.message === sentence ? `${sentence}\u00a0` : sentence;
  }
}
