// What a person said, as bubbles, with the state of each: on its way, waiting, arrived or not sent.

import { STRINGS } from "./strings.js";
import { element } from "./element.js";
import { icon } from "./icons.js";

export class OwnMessages {
  #bubbles = new Map(); // client id -> article
  #sendAgain;

  /** `sendAgain(clientId)` hears the tap on a failed message's button. */
  constructor(sendAgain) {
    this.#sendAgain = sendAgain;
  }

  /** A new bubble with the person's words. */
  create(clientId, text) {
    const bubble = element(
      "article",
      { class: "message from-user", "data-client-id": clientId, "data-state": "sending" },
      element("span", { class: "visually-hidden" }, `${STRINGS.you}: `),
      element("p", { class: "bubble" }, text),
      element("div", { class: "delivery" }),
    );
    this.#bubbles.set(clientId, bubble);
    return bubble;
  }

  sending(clientId) {
    this.#show(clientId, "sending");
  }

  waiting(clientId) {
    this.#show(clientId, "waiting", element("span", {}, STRINGS.waitingForConnection));
  }

  sent(clientId) {
    this.#show(clientId, "sent");
    this.#bubbles.delete(clientId);
  }

  failed(clientId, canSendAgain) {
    const words = element("span", {}, STRINGS.notSent);
    if (!canSendAgain) return this.#show(clientId, "failed", words);
    const again = element("button", { class: "send-again", type: "button" }, icon("again"), STRINGS.sendAgain);
    again.addEventListener("click", () => this.#sendAgain(clientId));
    this.#show(clientId, "failed", words, again);
  }

  #show(clientId, state, ...words) {
    const bubble = this.#bubbles.get(clientId);
    if (!bubble) return;
    bubble.dataset.state = state;
    bubble.querySelector(".delivery").replaceChildren(...words);
  }
}
