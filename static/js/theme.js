// Chooses light or dark, and day or night words, before the first paint.
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const hour = new Date().getHours();

  function apply() {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
    document.dispatchEvent(new CustomEvent("themechange"));
  }

  apply();
  dark.addEventListener("change", apply);
  root.dataset.hours = hour >= 23 || hour < 5 ? "night" : "day";
})();
