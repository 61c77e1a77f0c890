// What is typed in the minutes is kept on the server every few seconds and, where the network or the login is gone, in this
// browser until it can go there. Saving is still the button's: this is for what was not saved.
const modulo = document.querySelector('form[data-salvataggio]');

const OGNI = 15000;

function avvia() {
  const radice = modulo.dataset.copiaLocale;
  const chiave = radice + modulo.elements.pagina.value;
  const stato = modulo.querySelector('[data-salvato]');
  const avviso = modulo.querySelector('[data-avviso-salvataggio]');
  const altri = modulo.querySelector('[data-altri-qui]');
  let cambiato = false;
  let inviato = false;
  let scollegato = '';

  const ora = () => new Date().toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit' });
  const campi = () => {
    const dati = new FormData(modulo);
    dati.delete('csrfmiddlewaretoken');
    return Object.fromEntries(dati);
  };
  const corpo = (dati) => {
    const mandati = new URLSearchParams(dati);
    mandati.set('csrfmiddlewaretoken', modulo.elements.csrfmiddlewaretoken.value);
    return mandati;
  };
  const copia = () => {
    try {
      localStorage.setItem(chiave, JSON.stringify(campi()));
      return true;
    } catch {
      return false; // no room, or storage refused: the page still asks before it is left
    }
  };
  const via = (quale) => {
    try {
      localStorage.removeItem(quale);
    } catch {
      // nothing was kept
    }
  };
  const di = (parole, forte) => {
    stato.textContent = parole;
    stato.classList.toggle('da-salvare', Boolean(forte));
    if (forte !== scollegato) avviso.textContent = forte ? parole : 'Il salvataggio automatico funziona di nuovo.';
    scollegato = forte;
  };

  async function manda(dati, opzioni) {
    const risposta = await fetch(modulo.dataset.salvataggio, { method: 'POST', body: corpo(dati), redirect: 'error', ...opzioni });
    if (!risposta.ok) throw risposta;
    return risposta.json();
  }

  async function tieni() {
    const mandava = cambiato;
    cambiato = false;
    try {
      const esito = await manda(mandava || scollegato ? campi() : { pagina: modulo.elements.pagina.value });
      altri.textContent = esito.altri.length ? `Ha aperta questa pagina anche: ${esito.altri.join(', ')}.` : '';
      if (esito.ora) {
        via(chiave);
        di(`Salvato in automatico alle ${esito.ora}. Premi Salva per metterlo nel verbale.`, '');
      }
    } catch (errore) {
      if (!mandava && !scollegato) return;
      cambiato = true;
      const perche = errore.status === 401 || errore.status === 403 ? 'L’accesso è scaduto' : 'Non c’è rete';
      const dove = copia() ? `il testo è tenuto in questo browser (${ora()})` : 'tieni aperta questa pagina';
      di(`${perche}: ${dove}.`, perche);
    }
  }

  /** Copies left by pages that could not reach the server go there now, and are offered like any other. */
  async function porta() {
    let offerto = false;
    for (const quale of Object.keys(localStorage).filter((nome) => nome.startsWith(radice))) {
      if (quale === chiave) continue;
      const esito = await manda(JSON.parse(localStorage.getItem(quale)));
      via(quale);
      offerto ||= esito.offerto;
    }
    if (offerto && !cambiato) location.reload();
  }

  modulo.addEventListener('input', () => {
    cambiato = true;
  });
  modulo.addEventListener('focusout', () => {
    if (cambiato) tieni();
  });
  modulo.addEventListener('submit', () => {
    inviato = true;
    if (cambiato || scollegato) copia(); // if the request gets nowhere the text is still here
  });
  window.addEventListener('pagehide', () => {
    if (!cambiato || inviato) return;
    copia();
    manda(campi(), { keepalive: true }).then(() => via(chiave), () => {});
  });
  window.addEventListener('online', tieni);
  setInterval(tieni, OGNI);
  tieni();
  porta().catch(() => {}); // another time
}

if (modulo) avvia();
