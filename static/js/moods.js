// The four moods and five emotions as the page shows them: word, icon, colour name.

import { STRINGS } from "./strings.js";
import { element } from "./element.js";
import { icon } from "./icons.js";

const MOOD_ICONS = { Happy: "sun", Sad: "umbrella", Energetic: "bolt", Calm: "waves" };

/** The moods, in the order of the chips. */
export const MOODS = Object.keys(MOOD_ICONS);

/** Emotion to the name of its colour in tokens.css (--emotion-NAME), in the order of the chart. */
export const EMOTION_COLOURS = { 기쁨: "joy", 슬픔: "sadness", 당황: "fluster", 분노: "anger", 불안: "anxiety" };

/** True when the page knows this mood. */
export function isMood(mood) {
  return MOODS.includes(mood);
}

/** Lets the whole page take the colours of a mood; null brings the neutral ones back. */
export function wearMood(mood) {
  const root = document.documentElement;
  if (isMood(mood)) root.dataset.mood = mood;
  else delete root.dataset.mood;
}

/** The mood's icon. */
export function moodIcon(mood) {
  return icon(MOOD_ICONS[mood]);
}

/** A badge with the mood's icon and Korean word. */
export function moodBadge(mood) {
  return element("span", { class: "mood-badge" }, moodIcon(mood), STRINGS.moods[mood].badge);
}

/** The four chips that ask for songs of a mood; `choose(mood, label)` hears the tap. */
export function moodChips(choose) {
  return MOODS.map((mood) => {
    const label = STRINGS.moods[mood].chip;
    const chip = element("button", { class: "mood-chip", type: "button", "data-mood": mood }, moodIcon(mood), label);
    chip.addEventListener("click", () => choose(mood, label));
    return chip;
  });
}
