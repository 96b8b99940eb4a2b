// The chart of the five emotions; Chart.js is fetched when the first one is needed.

import { STRINGS } from "./strings.js";
import { element } from "./element.js";
import { EMOTION_COLOURS } from "./moods.js";

const LIBRARY = "/vendor/chart.js/dist/chart.umd.min.js";
let library = null;

function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    const script = element("script");
    script.setAttribute("src", LIBRARY); // our own server; element() lets only full addresses through
    script.addEventListener("load", () => resolve(window.Chart));
    script.addEventListener("error", () => {
      library = null;
      reject(new Error(`${LIBRARY} could not be loaded`));
    });
    document.head.append(script);
  });
  return library;
}

/** A figure with the shares (0 to 1) of the five emotions, as a chart and as text. */
export function emotionChart(emotions, main) {
  const names = Object.keys(EMOTION_COLOURS);
  const percents = names.map((name) => Math.round((Number(emotions[name]) || 0) * 100));
  const canvas = element("canvas", { "aria-hidden": "true" });
  const text = element("p", { class: "chart-text visually-hidden" }, STRINGS.chartText(names.map((name, i) => [name, percents[i]])));
  const figure = element(
    "figure",
    { class: "emotion-chart" },
    element("figcaption", {}, STRINGS.chartTitle),
    element("div", { class: "chart-room" }, canvas),
    text,
  );
  loadLibrary()
    .then((Chart) => draw(Chart, canvas, names, percents, main))
    .catch(() => {
      canvas.parentElement.remove();
      text.classList.remove("visually-hidden");
    });
  return figure;
}

function colours(names, main) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    bars: names.map((name) => colour(`--emotion-${EMOTION_COLOURS[name]}`)),
    words: names.map((name) => (name === main ? colour("--ink") : colour("--ink-soft"))),
    track: colour("--track"),
    tooltip: colour("--tooltip"),
    onTooltip: colour("--on-tooltip"),
  };
}

function draw(Chart, canvas, names, percents, main) {
  const shown = { current: colours(names, main), main: names.indexOf(main) };
  const chart = new Chart(canvas, {
    type: "bar",
    data: { labels: names, datasets: [{ data: percents, borderRadius: 6, borderSkipped: false, barThickness: 10, minBarLength: 10 }] },
    options: options(shown, names, main),
    plugins: [tracksAndValues(shown)],
  });
  const paint = () => {
    if (!canvas.isConnected) {
      document.removeEventListener("themechange", paint);
      return chart.destroy();
    }
    shown.current = colours(names, main);
    chart.data.datasets[0].backgroundColor = shown.current.bars;
    chart.update("none");
  };
  chart.data.datasets[0].backgroundColor = shown.current.bars;
  chart.update();
  document.addEventListener("themechange", paint);
}

function options(shown, names, main) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const font = { family: getComputedStyle(document.body).fontFamily, size: 14 };
  return {
    indexAxis: "y",
    responsive: true,
    maintainAspectRatio: false,
    animation: calm ? false : { duration: 900, easing: "easeOutQuart" },
    layout: { autoPadding: false, padding: { right: 46 } },
    interaction: { mode: "y", intersect: false },
    scales: {
      x: { display: false, min: 0, max: 100 },
      y: {
        grid: { display: false },
        border: { display: false },
        ticks: {
          padding: 10,
          crossAlign: "far",
          color: ({ index }) => shown.current.words[index],
          font: ({ index }) => ({ ...font, weight: names[index] === main ? 700 : 400 }),
        },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        displayColors: false,
        backgroundColor: () => shown.current.tooltip,
        titleColor: () => shown.current.onTooltip,
        bodyColor: () => shown.current.onTooltip,
        titleFont: font,
        bodyFont: font,
        cornerRadius: 10,
        padding: 10,
        callbacks: { label: ({ parsed }) => STRINGS.percent(parsed.x) },
      },
    },
  };
}

/** Draws the pale track behind each bar and its share at the right. */
function tracksAndValues(shown) {
  return {
    id: "tracksAndValues",
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.textAlign = "right";
      ctx.textBaseline = "middle";
      const family = getComputedStyle(document.body).fontFamily;
      chart.getDatasetMeta(0).data.forEach((bar, index) => {
        ctx.fillStyle = shown.current.track;
        ctx.beginPath();
        ctx.roundRect(chartArea.left, bar.y - 5, chartArea.width, 10, 5);
        ctx.fill();
        ctx.font = `${index === shown.main ? 700 : 400} 14px ${family}`;
        ctx.fillStyle = shown.current.words[index];
        ctx.fillText(STRINGS.percent(chart.data.datasets[0].data[index]), chart.width - 2, bar.y + 1);
      });
      ctx.restore();
    },
  };
}
