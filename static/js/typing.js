// The sign that SMOODY is at work, with the real step in words.

import { STRINGS } from "./strings.js";
import { element } from "./element.js";

export class TypingSign {
  #place;
  #log;

  constructor(place, log) {
    this.#place = place;
    this.#log = log;
  }

  /** Shows a step ("reading" or "choosing"); null takes the sign away. */
  show(step) {
    const words = STRINGS.steps[step];
    if (!words) return this.#place.replaceChildren();
    const shown = this.#place.querySelector(".typing-words");
    if (shown) {
      if (shown.textContent !== words) shown.textContent = words;
      return;
    }
    this.#log.keepEnd(() =>
      this.#place.replaceChildren(
        element("span", { class: "breath", "aria-hidden": "true" }, element("i"), element("i")),
        element("span", { class: "typing-words" }, words),
      ),
    );
  }
}
