// SMOODY's own line icons, drawn on a 24 by 24 grid in the colour of the text around them.

import { drawing } from "./element.js";

const PATHS = {
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"],
  umbrella: ["M12 2.8v1.4", "M3 13a9 9 0 0 1 18 0c-1.5-1.5-4.5-1.5-6 0-1.5-1.5-4.5-1.5-6 0-1.5-1.5-4.5-1.5-6 0z", "M12 12.2v6.3a2.3 2.3 0 0 1-4.6 0"],
  bolt: ["M13.2 2.8 5 13.6h5.7l-1 7.6 8.6-11.2h-6z"],
  waves: ["M2.5 8c2.2-2.2 4.2-2.2 6.3 0s4.2 2.2 6.4 0 4.2-2.2 6.3 0", "M2.5 13.5c2.2-2.2 4.2-2.2 6.3 0s4.2 2.2 6.4 0 4.2-2.2 6.3 0", "M5.6 18.5c1.8-1.5 3.2-1.3 4.9.2s3.3 1.6 5 0"],
  play: ["M8 5.2v13.6L18.6 12z"],
  headphones: ["M4 15.5V12a8 8 0 0 1 16 0v3.5", "M4 14.5h2.6v5.3H5.2A1.2 1.2 0 0 1 4 18.6zM20 14.5h-2.6v5.3h1.4a1.2 1.2 0 0 0 1.2-1.2z"],
  again: ["M19.5 12a7.5 7.5 0 1 1-2.3-5.4", "M19.7 3.5v4h-4"],
  phone: ["M6.3 3.5h2.6l1.6 4.3-2 1.5a12 12 0 0 0 6.2 6.2l1.5-2 4.3 1.6v2.6a2.3 2.3 0 0 1-2.5 2.3A15.5 15.5 0 0 1 4 6a2.3 2.3 0 0 1 2.3-2.5z"],
  close: ["M6 6l12 12M18 6 6 18"],
};

/** A decorative icon by name. */
export function icon(name) {
  const paths = PATHS[name].map((d) => drawing("path", { d }));
  return drawing("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, ...paths);
}
