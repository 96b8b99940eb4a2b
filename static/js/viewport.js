// Keeps the column above a phone's keyboard, where the browser only shrinks the visual viewport (iOS).

/** Gives `app` the height that is really visible while a keyboard is open. */
export function fitAboveKeyboard(app) {
  const visible = window.visualViewport;
  if (!visible) return;

  function fit() {
    const keyboard = visible.scale === 1 ? document.documentElement.clientHeight - visible.height : 0;
    const open = keyboard > 120; // less than that is a toolbar sliding in or out
    app.style.height = open ? `${visible.height}px` : "";
    app.classList.toggle("above-keyboard", open);
    if (open) window.scrollTo(0, 0);
  }

  visible.addEventListener("resize", fit);
}
