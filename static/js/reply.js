// SMOODY's answer as one article: words, mood, chart and songs, a question, or the card with helplines.

import { STRINGS } from "./strings.js";
import { element } from "./element.js";
import { icon } from "./icons.js";
import { isMood, moodBadge, moodIcon } from "./moods.js";
import { emotionChart } from "./emotion_chart.js";
import { songList } from "./songs.js";

/** The article for a reply; `choose(choice)` hears a tap on one of its chips. */
export function replyArticle(reply, choose) {
  const songs = reply.songs ?? [];
  const article = element(
    "article",
    { class: "message from-smoody reply", "data-kind": reply.kind, "data-reply-id": reply.id, "data-client-id": reply.client_id },
    answer(reply),
    reply.kind === "crisis" ? helplines(reply.helplines ?? []) : null,
    songs.length ? songList(songs, reply.mood) : null,
    choices(reply.choices ?? [], choose),
  );
  if (isMood(reply.mood)) article.dataset.mood = reply.mood;
  return article;
}

function answer(reply) {
  const said = element(
    "div",
    { class: "said" },
    element("span", { class: "visually-hidden" }, `${STRINGS.smoody}: `),
    element("p", { class: "words" }, reply.text),
    moodLine(reply),
  );
  return element("div", { class: "answer" }, said, reply.emotions ? emotionChart(reply.emotions, reply.emotion) : null);
}

function moodLine({ mood, emotion }) {
  if (!isMood(mood)) return null;
  return element(
    "p",
    { class: "mood-line" },
    moodBadge(mood),
    emotion ? element("span", { class: "main-emotion" }, STRINGS.mainEmotion(emotion)) : null,
  );
}

function helplines(lines) {
  const calls = lines.map(({ number, name, note }) =>
    element(
      "a",
      { class: "helpline", href: `tel:${String(number).replace(/[^\d+]/g, "")}` },
      icon("phone"),
      element("span", { class: "helpline-name" }, name, note ? element("small", {}, note) : null),
      element("strong", { class: "helpline-number" }, number, element("span", { class: "visually-hidden" }, STRINGS.call)),
    ),
  );
  return element("section", { class: "helplines", "aria-label": STRINGS.helplines }, ...calls);
}

function choices(list, choose) {
  if (!list.length) return null;
  const chips = list.map((choice) => {
    const mood = choice.event === "mood" && isMood(choice.payload?.mood) ? choice.payload.mood : null;
    const chip = element("button", { class: "choice-chip", type: "button", "data-mood": mood }, mood ? moodIcon(mood) : null, choice.label);
    chip.addEventListener("click", () => choose(choice));
    return chip;
  });
  return element("div", { class: "choices", role: "group", "aria-label": STRINGS.choices }, ...chips);
}
