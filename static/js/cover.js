// Draws a record sleeve for a song without a cover, from its title and mood: no chance, only arithmetic.

import { drawing } from "./element.js";
import { MOTIFS } from "./cover_motifs.js";

// Per mood: ground above, ground below, and three colours for the shapes on it.
const PALETTES = {
  Happy: [
    ["#ffd36b", "#ff9f5a", "#fff4d6", "#f2643d", "#fdb834"],
    ["#fff0c2", "#ffcf70", "#ff7f50", "#ffb02e", "#e4572e"],
    ["#ffb199", "#ff7e6b", "#ffe8a3", "#fff6e5", "#d9435f"],
    ["#a8dcd1", "#6fc1b8", "#ffd75e", "#fff7df", "#f4845f"],
  ],
  Sad: [
    ["#233a5e", "#13233d", "#8fb3e0", "#dfe9f7", "#4d75ab"],
    ["#4a5a80", "#29344f", "#c7d2ea", "#f6dcbb", "#8796bb"],
    ["#6a8caf", "#34547a", "#b4cce3", "#fdf0d9", "#24405f"],
    ["#3b3f63", "#20233f", "#b8b9e0", "#e9dff0", "#6f74a8"],
  ],
  Energetic: [
    ["#ff5a3c", "#c8213f", "#ffd23f", "#fff1e0", "#3a0d1f"],
    ["#2a1436", "#160a22", "#ff4d6d", "#ffb703", "#fb5607"],
    ["#ff8c1a", "#f2471c", "#fff3d1", "#3b1c32", "#ffd166"],
    ["#10273f", "#0a1627", "#ff6b35", "#ffe66d", "#2ec4b6"],
  ],
  Calm: [
    ["#cfe6da", "#93c4ae", "#f6fbf4", "#4f927b", "#2d6653"],
    ["#e9e3d0", "#c9cfae", "#fdfaf0", "#8aa37b", "#56755c"],
    ["#b9d9e0", "#7fb3bd", "#f3fafa", "#4a8791", "#2d5f6b"],
    ["#22423e", "#14302e", "#a9d6c1", "#e8f3ea", "#5f9d87"],
  ],
};

let drawn = 0; // each gradient needs an id of its own within the page

/** A 32-bit FNV-1a hash of a text. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0), 0x01000193);
  return value >>> 0;
}

/** A stream of numbers in [0, 1) that depends on the seed alone (a multiplicative congruence). */
function numbersFrom(seed) {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** The item a number in [0, 1) points at, or the nearest one after it that the list at hand does not show yet. */
function choose(list, number, taken) {
  const first = Math.floor(number * list.length);
  const inTurn = list.map((_, step) => list[(first + step) % list.length]);
  const chosen = inTurn.find((item) => !taken.has(item)) ?? inTurn[0];
  taken.add(chosen);
  return chosen;
}

/**
 * A decorative square SVG made from the title and the mood. `taken` remembers what one list of songs
 * shows already: its next cover gets another picture and other colours while there are any.
 */
export function drawnCover(title, mood, taken = new Set()) {
  const known = mood in PALETTES ? mood : "Calm";
  const next = numbersFrom(hash(`${known} ${title}`));
  next(); // the first numbers of near seeds are near each other
  const [above, below, ...colours] = choose(PALETTES[known], next(), taken);
  const motif = choose(MOTIFS[known], next(), taken);
  const ground = `cover-ground-${(drawn += 1)}`;
  return drawing(
    "svg",
    { class: "drawn-cover", viewBox: "0 0 120 120", "aria-hidden": "true", focusable: "false", preserveAspectRatio: "xMidYMid slice" },
    drawing(
      "linearGradient",
      { id: ground, x1: 0, y1: 0, x2: 0.3, y2: 1 },
      drawing("stop", { offset: 0, "stop-color": above }),
      drawing("stop", { offset: 1, "stop-color": below }),
    ),
    drawing("rect", { width: 120, height: 120, fill: `url(#${ground})` }),
    ...motif(colours, next),
  );
}
