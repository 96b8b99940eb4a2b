// The box a person writes in: grows with the text, counts letters, and never sends half a syllable.

import { STRINGS } from "./strings.js";

const COUNT_FROM = 0.8; // of the limit

/** Letters as the server counts them: code points of the composed (NFC) text. */
function countLetters(text) {
  return [...text.normalize("NFC")].length;
}

export class Composer {
  #form;
  #input;
  #send;
  #counter;
  #limit;
  #say;
  #shiftHeld = false;

  /** Takes over the form; `say(text)` hears each message a person sends. */
  constructor(form, say) {
    this.#form = form;
    this.#input = form.querySelector("textarea");
    this.#send = form.querySelector("#send");
    this.#counter = form.querySelector("#counter");
    this.#limit = Number(this.#input.dataset.maxLength) || 500;
    this.#say = say;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener("pointerdown", (event) => this.#focusFromPadding(event));
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#input.addEventListener("beforeinput", (event) => this.#aboutToInsert(event));
    this.#input.addEventListener("input", () => this.#refresh());
    this.#refresh();
  }

  /** Puts the cursor into the box, on devices where that does not raise a keyboard over the page. */
  focus() {
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.#input.focus({ preventScroll: true });
  }

  #pressed(event) {
    this.#shiftHeld = event.shiftKey;
    if (event.key !== "Enter" || event.shiftKey) return;
    // Enter that ends a Hangul syllable: Chromium says isComposing; Safari has already
    // sent compositionend and only the key code 229 tells.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  // Some phone keyboards and input methods never give a plain Enter key; they only ask for a new line.
  #aboutToInsert(event) {
    if (event.inputType !== "insertLineBreak" || event.isComposing || this.#shiftHeld) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#input.value.trim();
    if (!text || countLetters(text) > this.#limit) return;
    this.#input.value = "";
    this.#refresh();
    this.#input.focus({ preventScroll: true });
    this.#say(text);
  }

  #focusFromPadding(event) {
    if (event.target !== this.#form) return;
    event.preventDefault();
    this.#input.focus();
  }

  #refresh() {
    const count = countLetters(this.#input.value.trim());
    const over = count - this.#limit;
    this.#send.disabled = count === 0 || over > 0;
    this.#form.classList.toggle("is-over", over > 0);
    this.#input.setAttribute("aria-invalid", String(over > 0));
    if (over > 0) this.#counter.textContent = STRINGS.lettersOver(over);
    else this.#counter.textContent = count >= this.#limit * COUNT_FROM ? STRINGS.lettersUsed(count, this.#limit) : "";
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
