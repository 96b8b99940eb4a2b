// Puts the page together: each module gets the elements and collaborators it needs, here and only here.

import { io } from "/vendor/socket.io-client/dist/socket.io.esm.min.js";
import { Composer } from "./composer.js";
import { watchConnection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { languageControl } from "./language.js";
import { MessageLog } from "./message_log.js";
import { OwnMessages } from "./messages.js";
import { moodChips, wearMood } from "./moods.js";
import { ProblemNotice } from "./problem.js";
import { replyArticle } from "./reply.js";
import { TypingSign } from "./typing.js";
import { fitAboveKeyboard } from "./viewport.js";

const byId = (id) => document.getElementById(id);
const EVENTS = new Set(["message", "mood", "more"]);

const socket = io({ reconnectionDelayMax: 8_000 });
const log = new MessageLog(byId("scroller"), byId("log"), byId("new-message"));
const typing = new TypingSign(byId("typing"), log);
const problem = new ProblemNotice(byId("problem"));
const own = new OwnMessages((clientId) => {
  problem.hide();
  conversation.transmit(clientId);
});

const conversation = new Conversation(socket, languageControl(byId("language")), {
  sending: (clientId) => own.sending(clientId),
  waiting: (clientId) => own.waiting(clientId),
  sent: (clientId) => own.sent(clientId),
  failed: (clientId, canSendAgain) => own.failed(clientId, canSendAgain),
  typing: (step) => typing.show(step),
  problem: (words) => (words === null ? problem.hide() : problem.show(words)),
  reply(reply) {
    log.append(replyArticle(reply, choose));
    wearMood(reply.mood);
    document.body.dataset.kind = reply.kind;
  },
});

/** Shows the person's words at once, then sends the event. */
function say(event, payload, words) {
  document.body.dataset.started = "";
  const clientId = conversation.open(event, payload);
  log.appendOwn(own.create(clientId, words));
  conversation.transmit(clientId);
}

function choose({ event, payload, label }) {
  if (!EVENTS.has(event)) return;
  say(event, payload, label);
  composer.focus();
}

const composer = new Composer(byId("composer"), (text) => say("message", { text }, text));
byId("mood-chips").append(...moodChips((mood, label) => choose({ event: "mood", payload: { mood }, label })));
for (const chip of document.querySelectorAll(".example-chip")) {
  chip.addEventListener("click", () => choose({ event: "message", payload: { text: chip.textContent }, label: chip.textContent }));
}
watchConnection(socket, byId("connection"));
fitAboveKeyboard(byId("app"));
composer.focus();
