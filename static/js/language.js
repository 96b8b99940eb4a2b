// The control for the songs' language, remembered in this browser.

const KEY = "smoody.language";
const LANGUAGES = ["any", "ko", "other"];

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is closed in some private windows; the choice then lasts for this visit
  }
}

function remember(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // see remembered()
  }
}

/** Takes over the radio group and returns a function that tells the chosen language. */
export function languageControl(group) {
  const before = remembered();
  if (LANGUAGES.includes(before)) group.querySelector(`[value="${before}"]`).checked = true;
  group.addEventListener("change", (event) => remember(event.target.value));
  return () => group.querySelector("[name=language]:checked")?.value ?? "any";
}
