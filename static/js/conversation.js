// What was sent and not yet answered, over Socket.IO: time-outs, retries, each reply once.

import { newClientId } from "./client_id.js";

const ANSWER_WITHIN = 10_000; // milliseconds until a message counts as not sent
const QUIET_FOR = 300; // milliseconds before "typing" shows, so that a quick answer does not flicker
// problems that sending the same thing again cannot mend
const FINAL = new Set(["bad_request", "not_text", "too_long", "unknown_mood", "unknown_reply"]);

/**
 * One listener's side of the chat. `page` hears what happens:
 * sending(clientId), waiting(clientId), sent(clientId), failed(clientId, canSendAgain), reply(reply),
 * typing(step) with null for "not typing", problem(words or null).
 */
export class Conversation {
  #socket;
  #page;
  #language;
  #open = new Map(); // client id -> {clientId, event, payload, refused, attempt, timer, typingTimer, slow, step}
  #shown = new Set(); // client ids whose reply is on the page
  #reported = new Set(); // client ids whose problem the person has seen

  constructor(socket, language, page) {
    this.#socket = socket;
    this.#language = language;
    this.#page = page;
    socket.on("connect", () => this.#sendOpenOnes());
    socket.on("disconnect", () => page.typing(null));
    socket.on("typing", (typing) => this.#heardTyping(typing));
    socket.on("reply", (reply) => this.#heardReply(reply));
    socket.on("problem", (problem) => this.#heardProblem(problem));
  }

  /** Starts a new message, mood or more; returns its client id and sends it with `transmit`. */
  open(event, payload) {
    const clientId = newClientId();
    const whole = { ...payload, client_id: clientId, language: this.#language() };
    this.#open.set(clientId, { clientId, event, payload: whole, refused: false, attempt: 0, slow: false, step: "reading" });
    return clientId;
  }

  /** Sends an open item, for the first time or again, always under its own client id. */
  transmit(clientId) {
    const item = this.#open.get(clientId);
    if (!item) return;
    this.#rest(item);
    item.refused = false;
    item.attempt += 1;
    this.#reported.delete(clientId);
    if (!this.#socket.connected) return this.#waitForConnection(item);
    this.#page.sending(clientId);
    item.typingTimer = setTimeout(() => {
      item.slow = true;
      this.#showTyping();
    }, QUIET_FOR);
    const attempt = item.attempt;
    this.#socket.timeout(ANSWER_WITHIN).emit(item.event, item.payload, (error, answer) => {
      if (item.attempt === attempt) this.#heardAnswer(item, error, answer);
    });
  }

  #waitForConnection(item) {
    this.#rest(item);
    this.#page.waiting(item.clientId);
    item.timer = setTimeout(() => this.#fail(item), ANSWER_WITHIN);
  }

  #sendOpenOnes() {
    for (const item of this.#open.values()) if (!item.refused) this.transmit(item.clientId);
  }

  #heardAnswer(item, error, answer) {
    if (!this.#open.has(item.clientId)) return;
    if (error) {
      if (this.#socket.connected) this.#fail(item);
      else this.#waitForConnection(item);
    } else if (answer?.ok) {
      this.#settle(item);
    } else {
      this.#heardProblem({ ...answer, client_id: item.clientId });
    }
  }

  #heardTyping({ step, client_id: clientId } = {}) {
    const item = this.#open.get(clientId);
    if (!item) return;
    item.step = step;
    this.#showTyping();
  }

  #heardReply(reply) {
    const item = this.#open.get(reply.client_id);
    if (item) this.#settle(item);
    if (this.#shown.has(reply.client_id)) return;
    if (reply.client_id) this.#shown.add(reply.client_id);
    this.#page.problem(null);
    this.#page.reply(reply);
  }

  #heardProblem({ code, message, client_id: clientId } = {}) {
    const item = this.#open.get(clientId);
    if (item) {
      item.refused = true;
      if (FINAL.has(code)) this.#open.delete(clientId);
      this.#fail(item);
    }
    if (clientId && this.#reported.has(clientId)) return;
    if (clientId) this.#reported.add(clientId);
    this.#page.problem(message ?? "");
  }

  #settle(item) {
    this.#rest(item);
    this.#open.delete(item.clientId);
    this.#page.sent(item.clientId);
    this.#showTyping();
  }

  #fail(item) {
    this.#rest(item);
    this.#page.failed(item.clientId, this.#open.has(item.clientId));
    this.#showTyping();
  }

  #rest(item) {
    clearTimeout(item.timer);
    clearTimeout(item.typingTimer);
    item.slow = false;
  }

  #showTyping() {
    const slow = [...this.#open.values()].filter((item) => item.slow);
    this.#page.typing(this.#socket.connected && slow.length ? slow.at(-1).step : null);
  }
}
