// The songs of an answer as cards: cover, title, artist, reason, and where to listen.

import { STRINGS } from "./strings.js";
import { element, webAddress } from "./element.js";
import { icon } from "./icons.js";
import { drawnCover } from "./cover.js";

/** An ordered list of song cards. */
export function songList(songs, mood) {
  const label = STRINGS.moods[mood]?.songs;
  const taken = new Set(); // what the drawn covers of this list show
  return element("ol", { class: "songs", "aria-label": label }, ...songs.map((song) => songCard(song, mood, taken)));
}

function songCard(song, mood, taken) {
  return element(
    "li",
    { class: "song-card", "data-song-id": song.id },
    cover(song, song.mood ?? mood, taken),
    element(
      "div",
      { class: "song-words" },
      element("h3", { class: "song-title", title: song.title }, song.title),
      element("p", { class: "song-artist" }, STRINGS.artistAndYear(song.artist, song.year)),
      song.reason ? element("p", { class: "song-reason" }, song.reason) : null,
    ),
    element("div", { class: "song-links" }, ...links(song)),
  );
}

function cover(song, mood, taken) {
  const frame = element("div", { class: "song-cover" });
  const drawn = () => frame.replaceChildren(drawnCover(song.title, mood, taken));
  const address = webAddress(song.image_url);
  if (!address) {
    drawn();
    return frame;
  }
  const image = element("img", { src: address, alt: STRINGS.coverOf(song.title), loading: "lazy", decoding: "async", width: 300, height: 300 });
  image.addEventListener("error", drawn, { once: true });
  frame.append(image);
  return frame;
}

function links(song) {
  return [
    listenLink(song.youtube_url, "play", STRINGS.youTube, song.title),
    listenLink(song.spotify_url, "headphones", STRINGS.spotify, song.title),
  ].filter(Boolean);
}

function listenLink(url, iconName, service, title) {
  const href = webAddress(url);
  if (!href) return null;
  const rest = element("span", { class: "visually-hidden" }, STRINGS.listenThere(title)); // read on as one sentence
  return element("a", { class: "song-link", href, target: "_blank", rel: "noopener noreferrer" }, icon(iconName), element("span", {}, service, rest));
}
