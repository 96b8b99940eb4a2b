// The pictures on drawn covers, five for each mood, on a 120 by 120 grid.
// Each takes three colours and a stream of numbers in [0, 1), and returns SVG shapes.

import { drawing } from "./element.js";

const circle = (cx, cy, r, attributes) => drawing("circle", { cx, cy, r, ...attributes });
const path = (d, attributes) => drawing("path", { d, ...attributes });
const line = (stroke, width) => ({ fill: "none", stroke, "stroke-width": width, "stroke-linecap": "round" });
const between = (next, low, high) => low + next() * (high - low);
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const polar = (cx, cy, r, turn) => [cx + r * Math.cos(turn * 2 * Math.PI), cy + r * Math.sin(turn * 2 * Math.PI)].map((n) => n.toFixed(1)).join(" ");

/** A closed landscape whose upper edge is a slow wave around height y. */
function ridge(y, swing, phase, fill, opacity = 1) {
  const heights = times(5, (i) => y + Math.sin(phase + i * 1.5) * swing);
  const curves = times(4, (i) => `C${i * 30 + 15} ${heights[i].toFixed(1)} ${i * 30 + 15} ${heights[i + 1].toFixed(1)} ${i * 30 + 30} ${heights[i + 1].toFixed(1)}`);
  return path(`M0 ${heights[0].toFixed(1)}${curves.join("")}V120H0z`, { fill, opacity });
}

function sunrise([a, b, c], next) {
  const x = between(next, 45, 75);
  return [
    ...times(3, (i) => circle(x, 84, 62 - i * 14, { fill: a, opacity: 0.18 + i * 0.1 })),
    circle(x, 84, 24, { fill: b }),
    ridge(92, 4, between(next, 0, 6), c),
    ridge(104, 3, between(next, 0, 6), a, 0.55),
  ];
}

function petals([a, b, c], next) {
  const count = 7 + Math.floor(next() * 3);
  const turned = between(next, 0, 40);
  const [x, y] = [between(next, 50, 70), between(next, 50, 70)];
  return [
    ...times(count, (i) => drawing("ellipse", { cx: x, cy: y - 27, rx: 11, ry: 21, fill: i % 2 ? a : c, transform: `rotate(${turned + (i * 360) / count} ${x} ${y})`, opacity: 0.92 })),
    circle(x, y, 13, { fill: b }),
  ];
}

function sunbeams([a, b, c], next) {
  const count = 10 + Math.floor(next() * 4);
  const [x, y] = next() < 0.5 ? [14, 106] : [106, 106];
  const wedge = (i) => `M${x} ${y}L${polar(x, y, 190, i / count)}L${polar(x, y, 190, (i + 0.5) / count)}z`;
  return [
    ...times(count, (i) => path(wedge(i), { fill: a, opacity: 0.42 })),
    circle(x, y, 46, { fill: c }),
    circle(x, y, 32, { fill: b }),
  ];
}

function balloons([a, b, c], next) {
  return times(5, (i) => {
    const [x, y, r] = [16 + i * 22, between(next, 30, 78), between(next, 11, 19)];
    return drawing("g", {},
      path(`M${x} ${y + r}q${between(next, -6, 6).toFixed(1)} ${(120 - y - r) / 2} 0 ${120 - y}`, { ...line(a, 1.4), opacity: 0.8 }),
      circle(x, y, r, { fill: [a, b, c][i % 3] }),
      circle(x - r * 0.35, y - r * 0.35, r * 0.22, { fill: "#ffffff", opacity: 0.55 }),
    );
  });
}

function confetti([a, b, c], next) {
  const quarter = (x, y, turn, fill) => path(`M0 0H30A30 30 0 0 1 0 30z`, { fill, transform: `translate(${x + 15} ${y + 15}) rotate(${turn * 90}) translate(-15 -15)` });
  return times(16, (i) => {
    const [x, y, fill] = [(i % 4) * 30, Math.floor(i / 4) * 30, [a, b, c][Math.floor(next() * 3)]];
    return next() < 0.3 ? circle(x + 15, y + 15, 10, { fill }) : quarter(x, y, Math.floor(next() * 4), fill);
  });
}

function moonOverWater([a, b, c], next) {
  const x = between(next, 42, 78);
  return [
    circle(x, 44, 34, { fill: a, opacity: 0.16 }),
    circle(x, 44, 20, { fill: b }),
    drawing("rect", { y: 74, width: 120, height: 46, fill: c, opacity: 0.4 }),
    ...times(6, (i) => {
      const half = between(next, 5, 22) * (1 - i * 0.09);
      return path(`M${x - half} ${80 + i * 6.5}H${x + half}`, { ...line(b, 1.8), opacity: 0.75 - i * 0.09 });
    }),
  ];
}

function rain([a, b, c], next) {
  return [
    ...times(16, (i) => {
      const [x, y, long] = [6 + (i % 8) * 15.5 + between(next, -3, 3), (i < 8 ? 8 : 48) + between(next, 0, 26), between(next, 10, 20)];
      return path(`M${x} ${y}l${-long * 0.28} ${long}`, { ...line(i % 3 ? a : b, 2), opacity: 0.85 });
    }),
    ...times(3, (i) => drawing("ellipse", { cx: 60, cy: 102, rx: 16 + i * 17, ry: 4 + i * 4, ...line(i ? c : b, 1.8), opacity: 0.9 - i * 0.2 })),
  ];
}

function litWindow([a, b, c], next) {
  const [x, y] = [between(next, 30, 50), between(next, 24, 36)];
  const pane = (column, row) => drawing("rect", { x: x + column * 22, y: y + row * 27, width: 19, height: 24, rx: 2, fill: b, opacity: column === row ? 0.95 : 0.7 });
  return [
    circle(x + 20, y + 26, 58, { fill: a, opacity: 0.12 }),
    circle(x + 20, y + 26, 42, { fill: a, opacity: 0.14 }),
    pane(0, 0), pane(1, 0), pane(0, 1), pane(1, 1),
    path(`M${x - 6} ${y + 57}h53`, line(c, 4)),
    ridge(108, 5, between(next, 0, 6), c, 0.7),
  ];
}

function clouds([a, b, c], next) {
  const cloud = (x, y, s, fill) => path(`M${x} ${y}h${46 * s}a${11 * s} ${11 * s} 0 0 0 0-${22 * s}a${17 * s} ${17 * s} 0 0 0-${32 * s}-${6 * s}a${14 * s} ${14 * s} 0 0 0-${14 * s} ${28 * s}z`, { fill });
  const x = between(next, 58, 88);
  return [
    circle(x, 36, 27, { fill: b, opacity: 0.16 }),
    circle(x, 36, 17, { fill: b }),
    cloud(between(next, 46, 62), 76, 1.05, c),
    cloud(between(next, 14, 26), 104, 1.3, a),
  ];
}

function paperBoat([a, b, c], next) {
  const x = between(next, 46, 74);
  return [
    circle(between(next, 24, 96), 28, 9, { fill: b, opacity: 0.9 }),
    path(`M${x - 17} 66 ${x} 40 ${x + 17} 66z`, { fill: a }),
    path(`M${x - 30} 64H${x + 30}L${x + 17} 82H${x - 17}z`, { fill: b }),
    ridge(80, 3, between(next, 0, 6), c, 0.9),
    ridge(94, 3, between(next, 0, 6), a, 0.35),
  ];
}

function burst([a, b, c], next) {
  const count = 12 + Math.floor(next() * 5);
  const [x, y] = [between(next, 48, 72), between(next, 48, 72)];
  const star = (outer, inner, turn) => `M${times(count * 2, (i) => polar(x, y, i % 2 ? inner : outer, turn + i / (count * 2))).join("L")}z`;
  const turn = next();
  return [path(star(76, 40, turn), { fill: c, opacity: 0.9 }), path(star(50, 28, turn + 0.02), { fill: a }), circle(x, y, 15, { fill: b })];
}

function zigzag([a, b, c], next) {
  const shift = between(next, -14, 6);
  const steps = times(14, (i) => (i % 2 ? "l11 18" : "l11-18")).join("");
  return times(5, (i) => path(`M-12 ${(18 + i * 23 + shift).toFixed(1)}${steps}`, { fill: "none", stroke: [a, b, c][i % 3], "stroke-width": 9 }));
}

function equaliser([a, b, c], next) {
  return times(8, (i) => {
    const height = between(next, 22, 96);
    return drawing("rect", { x: 9 + i * 13.2, y: 60 - height / 2, width: 8.4, height, rx: 4.2, fill: [a, b, a, c][i % 4] });
  });
}

function record([a, b, c], next) {
  const [x, y] = [between(next, 20, 100), between(next, 78, 112)];
  return [
    ...times(5, (i) => circle(x, y, 92 - i * 16, { fill: [c, a, b, a, c][i] })),
    circle(x, y, 7, { fill: b }),
  ];
}

function speed([a, b, c], next) {
  const tilt = between(next, -34, -22);
  const strips = times(9, (i) => drawing("rect", { x: between(next, -60, 50), y: -22 + i * 20, width: between(next, 60, 130), height: 12, rx: 6, fill: [a, b, c][i % 3] }));
  return [drawing("g", { transform: `rotate(${tilt} 60 60)` }, ...strips)];
}

function hills([a, b, c], next) {
  return [
    circle(between(next, 30, 90), 38, between(next, 11, 17), { fill: a, opacity: 0.9 }),
    ridge(64, 8, between(next, 0, 6), a, 0.45),
    ridge(82, 8, between(next, 0, 6), b, 0.8),
    ridge(100, 6, between(next, 0, 6), c),
  ];
}

function ripples([a, b, c], next) {
  const [x, y] = [between(next, 40, 80), between(next, 44, 76)];
  return [
    ...times(6, (i) => circle(x, y, 84 - i * 14, { fill: i % 2 ? a : b, opacity: 0.22 })),
    circle(x, y, 9, { fill: c }),
  ];
}

function stones([a, b, c], next) {
  const widths = [34, 26, 19, 12];
  let y = 98;
  return [
    circle(between(next, 34, 86), 34, 18, { fill: a, opacity: 0.55 }),
    ...widths.map((rx, i) => {
      const ry = rx * 0.36;
      const stone = drawing("ellipse", { cx: 60 + between(next, -4, 4), cy: y - ry, rx, ry, fill: [c, b, a, c][i] });
      y -= ry * 2 - 1;
      return stone;
    }),
    path("M10 99.5H110", { ...line(c, 2), opacity: 0.6 }),
  ];
}

function leaves([a, b, c], next) {
  const lean = between(next, -8, 8);
  const leaf = (i) => {
    const [y, side] = [96 - i * 14, i % 2 ? 1 : -1];
    return path("M0 0C6-16 26-20 38-12 32 4 14 10 0 0z", { fill: i % 3 ? b : a, opacity: 0.95, transform: `translate(${60 + (lean * i) / 6} ${y}) scale(${side * (1 - i * 0.08)} ${1 - i * 0.08})` });
  };
  return [path(`M60 114Q${60 + lean} 60 ${60 + lean} 16`, line(c, 2.4)), ...times(6, leaf)];
}

function warmCup([a, b, c], next) {
  const steam = (x) => path(`M${x} 48q-7-7 0-14t0-14`, { ...line(a, 3), opacity: 0.85 });
  const x = between(next, 50, 62);
  return [
    circle(x, 66, 50, { fill: a, opacity: 0.22 }),
    steam(x - 12), steam(x), steam(x + 12),
    path(`M${x + 22} 66h6a9 9 0 0 1 0 18h-8`, line(b, 5)),
    path(`M${x - 26} 58H${x + 26}V76a20 20 0 0 1-20 20H${x - 6}a20 20 0 0 1-20-20z`, { fill: b }),
    path(`M${x - 36} 101H${x + 36}`, line(c, 4)),
  ];
}

/** Five pictures for each mood. */
export const MOTIFS = {
  Happy: [sunrise, petals, sunbeams, balloons, confetti],
  Sad: [moonOverWater, rain, litWindow, clouds, paperBoat],
  Energetic: [burst, zigzag, equaliser, record, speed],
  Calm: [hills, ripples, stones, leaves, warmCup],
};
