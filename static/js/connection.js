// The quiet bar that tells when the connection has been lost for two seconds.

import { STRINGS } from "./strings.js";

const QUIET_FOR = 2_000;
const GOOD_NEWS_FOR = 2_500;

/** Shows in `bar` whether `socket` is connected. */
export function watchConnection(socket, bar) {
  let timer = null;

  function lost() {
    bar.textContent = navigator.onLine ? STRINGS.disconnected : STRINGS.offline;
    bar.classList.remove("is-good");
    bar.classList.add("is-shown");
  }

  function waitThenTell() {
    if (timer === null) timer = setTimeout(lost, QUIET_FOR);
  }

  function found() {
    clearTimeout(timer);
    timer = null;
    if (!bar.classList.contains("is-shown")) return;
    bar.textContent = STRINGS.reconnected;
    bar.classList.add("is-good");
    setTimeout(() => {
      if (!socket.connected) return;
      bar.classList.remove("is-shown", "is-good");
      bar.textContent = "";
    }, GOOD_NEWS_FOR);
  }

  socket.on("connect", found);
  socket.on("disconnect", (reason) => {
    waitThenTell();
    // after this reason alone the client does not try again by itself
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), QUIET_FOR);
  });
  socket.on("connect_error", waitThenTell);
}
