// The list of messages: appends them, keeps the newest in view, and stays put for someone reading above.

const NEAR_THE_END = 150; // pixels
const ROOM_ABOVE = 16;

export class MessageLog {
  #scroller;
  #log;
  #button;
  #height = 0;

  constructor(scroller, log, newMessageButton) {
    this.#scroller = scroller;
    this.#log = log;
    this.#button = newMessageButton;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    newMessageButton.addEventListener("click", () => this.#scrollTo(this.#lastStart()));
    this.#height = scroller.clientHeight;
    new ResizeObserver(() => this.#resized()).observe(scroller);
  }

  /** Appends what the person said and goes to it. */
  appendOwn(node) {
    this.#log.append(node);
    this.#jumpToEnd();
  }

  /** Appends what SMOODY said; goes to where it starts, unless the person is reading further up. */
  append(node) {
    const follow = this.#isNearTheEnd();
    this.#log.append(node);
    if (follow) this.#scrollTo(this.#lastStart());
    else this.#button.hidden = false;
  }

  /** Keeps the end in view after something below the log changed, when it was in view before. */
  keepEnd(change) {
    const follow = this.#isNearTheEnd();
    change();
    if (follow) this.#jumpToEnd();
  }

  #isNearTheEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight <= NEAR_THE_END;
  }

  // A long answer is read from its first word, with the short question above it still in sight.
  #lastStart() {
    const answer = this.#log.lastElementChild;
    const question = answer.previousElementSibling;
    const start = question && question.offsetHeight < 120 ? question : answer;
    return start.offsetTop - ROOM_ABOVE;
  }

  // At once: an answer may follow within milliseconds, and must not meet a scroll still under way.
  #jumpToEnd() {
    this.#button.hidden = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #scrollTo(top) {
    this.#button.hidden = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroller.scrollTo({ top, behavior: calm ? "instant" : "smooth" });
  }

  #scrolled() {
    if (this.#isNearTheEnd()) this.#button.hidden = true;
  }

  // When a phone's keyboard opens, the lines just above it stay where the eye was.
  #resized() {
    const lost = this.#height - this.#scroller.clientHeight;
    this.#height = this.#scroller.clientHeight;
    if (lost > 0) this.#scroller.scrollTop += lost;
  }
}
