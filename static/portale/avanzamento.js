// The progress of an import, read again every second; without scripts the page reloads itself.
"use strict";

const riquadro = document.getElementById("avanzamento");

async function rileggi() {
  try {
    const risposta = await fetch(location.href, { headers: { "X-Requested-With": "avanzamento" } });
    const nuovo = new DOMParser()
      .parseFromString(await risposta.text(), "text/html")
      .getElementById("avanzamento");
    if (nuovo) {
      riquadro.replaceChildren(...nuovo.childNodes);
      riquadro.toggleAttribute("data-continua", nuovo.hasAttribute("data-continua"));
    }
  } catch {
    // The server is starting again: the next turn will find it.
  }
  if (riquadro.hasAttribute("data-continua")) setTimeout(rileggi, 1000);
}

if (riquadro && riquadro.hasAttribute("data-continua")) setTimeout(rileggi, 1000);
