// The alert that says kindly what went wrong.

import { STRINGS } from "./strings.js";
import { element } from "./element.js";
import { icon } from "./icons.js";

export class ProblemNotice {
  #place;

  constructor(place) {
    this.#place = place;
  }

  /** Shows a sentence until it is closed or the next answer arrives. */
  show(words) {
    const close = element("button", { class: "problem-close", type: "button", "aria-label": STRINGS.closeProblem }, icon("close"));
    close.addEventListener("click", () => this.hide());
    this.#place.replaceChildren(element("p", {}, words || STRINGS.unknownProblem), close);
  }

  hide() {
    this.#place.replaceChildren();
  }
}
