// The desk where minutes are written: a toolbar over each text, entries that move and grow by keyboard. Without this script
// the same page works with the buttons that save.
import './salvataggio.js';
import { applica } from './testo.js';

const elenco = document.querySelector('[data-voci]');
const modulo = elenco?.closest('form');
const annuncio = document.querySelector('[data-annuncio]');

const righe = () => [...elenco.querySelectorAll('[data-voce]')];
const campo = (riga, nome) => riga.querySelector(`[name$="-${nome}"]`);

/** Say it to who does not see it, and let the page know that something changed. */
function cambiata(riga, parole) {
  annuncio.textContent = parole;
  riga.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Number the entries as they stand. */
function numera() {
  righe().forEach((riga, numero) => {
    campo(riga, 'posto').value = numero + 1;
  });
}

/** Show of an entry only what its kind needs. */
function mostra(riga) {
  const tipo = campo(riga, 'tipo').value;
  const altro = riga.querySelector('[data-altro]');
  const parti = [...altro.querySelectorAll('[data-solo]')];
  for (const parte of parti) parte.hidden = parte.dataset.solo !== tipo;
  altro.hidden = parti.every((parte) => parte.hidden);
  altro.open = true;
  altro.querySelector('summary').hidden = true;
}

function prepara(riga) {
  mostra(riga);
  const testo = campo(riga, 'testo');
  const barra = document.getElementById('strumenti-testo').content.cloneNode(true);
  barra.querySelector('[role="toolbar"]').setAttribute('aria-controls', testo.id);
  const [prima, ...altri] = barra.querySelectorAll('button');
  prima.tabIndex = 0;
  for (const pulsante of altri) pulsante.tabIndex = -1;
  testo.before(barra.querySelector('[role="toolbar"]'));
  testo.after(barra.querySelector('.anteprima'));
}

/** A new entry after another one, of the same kind; at the end without it. */
function aggiungi(dopo) {
  const totale = modulo.querySelector('[name="voci-TOTAL_FORMS"]');
  const guscio = document.createElement('div');
  guscio.innerHTML = document.querySelector('template[data-modello="righe-voci"]').innerHTML.replaceAll('__prefix__', totale.value);
  totale.value = Number(totale.value) + 1;
  const riga = guscio.firstElementChild;
  const sopra = dopo ?? righe().at(-1);
  if (sopra) sopra.after(riga);
  else elenco.append(riga);
  if (sopra) campo(riga, 'tipo').value = campo(sopra, 'tipo').value;
  prepara(riga);
  numera();
  campo(riga, 'testo').focus();
  cambiata(riga, `Nuova voce, al posto ${righe().indexOf(riga) + 1} di ${righe().length}`);
}

function sposta(riga, verso) {
  const tutte = righe();
  const posto = tutte.indexOf(riga) + verso;
  if (posto < 0 || posto >= tutte.length) return;
  const fuoco = document.activeElement;
  tutte[posto][verso < 0 ? 'before' : 'after'](riga);
  numera();
  if (riga.contains(fuoco)) fuoco.focus();
  riga.scrollIntoView({ block: 'nearest' });
  cambiata(riga, `Voce spostata al posto ${posto + 1} di ${tutte.length}`);
}

async function anteprima(pulsante, riga) {
  const testo = campo(riga, 'testo');
  const foglio = riga.querySelector('.anteprima');
  const aperta = foglio.hidden;
  pulsante.setAttribute('aria-pressed', String(aperta));
  foglio.hidden = !aperta;
  if (!aperta) return;
  try {
    const corpo = new FormData();
    corpo.set('testo', testo.value);
    corpo.set('csrfmiddlewaretoken', modulo.querySelector('[name="csrfmiddlewaretoken"]').value);
    const risposta = await fetch(elenco.dataset.anteprima, { method: 'POST', body: corpo, redirect: 'error' });
    if (!risposta.ok) throw new Error(risposta.status);
    foglio.innerHTML = (await risposta.text()) || '<p>Non c’è ancora niente da leggere.</p>'; // sanitised by the server
  } catch {
    foglio.textContent = 'Adesso non riesco a mostrare l’anteprima. Il testo è al suo posto.';
  }
}

/** After saving, writing goes on where it was; only the place is kept, never the text. */
const SEGNO = 'verbale-segno';
function riprendi() {
  const segno = JSON.parse(sessionStorage.getItem(SEGNO) ?? '{}');
  sessionStorage.removeItem(SEGNO);
  const testo = segno.dove === location.pathname && righe()[segno.riga]?.querySelector('textarea');
  if (!testo || document.querySelector('[role="alert"]')) return;
  testo.focus();
  testo.setSelectionRange(segno.punto, segno.punto);
}

if (elenco) {
  righe().forEach(prepara);
  riprendi();

  modulo.addEventListener('submit', (evento) => {
    const qui = document.activeElement.closest('[data-voce]');
    const testo = qui && campo(qui, 'testo');
    if (!testo || 'avanti' === evento.submitter?.name) return;
    const segno = { dove: location.pathname, riga: righe().indexOf(qui), punto: testo.selectionStart };
    sessionStorage.setItem(SEGNO, JSON.stringify(segno));
  });

  document.addEventListener('click', (evento) => {
    const pulsante = evento.target.closest('button');
    const riga = pulsante?.closest('[data-voce]');
    if (!pulsante || pulsante.form !== modulo) return;
    if (pulsante.dataset.fa === 'anteprima') anteprima(pulsante, riga);
    else if (pulsante.dataset.fa) applica(pulsante.dataset.fa, campo(riga, 'testo'));
    else if (pulsante.name === 'su') sposta(riga, -1);
    else if (pulsante.name === 'giu') sposta(riga, 1);
    else if (pulsante.name === 'inserisci') aggiungi(riga);
    else if ('aggiungiVoce' in pulsante.dataset) aggiungi();
    else return;
    evento.preventDefault();
  });

  elenco.addEventListener('change', (evento) => {
    if (evento.target.name?.endsWith('-tipo')) mostra(evento.target.closest('[data-voce]'));
  });

  modulo.addEventListener('keydown', (evento) => {
    const riga = evento.target.closest('[data-voce]');
    const barra = evento.target.closest('[role="toolbar"]');
    const comando = evento.ctrlKey || evento.metaKey;
    const tasto = evento.key.toLowerCase();
    if (comando && tasto === 'enter') aggiungi(riga);
    else if (comando && tasto === 's') modulo.requestSubmit(modulo.querySelector('button[name="resta"]'));
    else if (comando && evento.target.matches('textarea') && (tasto === 'b' || tasto === 'i'))
      applica(tasto === 'b' ? 'grassetto' : 'corsivo', evento.target);
    else if (evento.altKey && riga && tasto === 'arrowup') sposta(riga, -1);
    else if (evento.altKey && riga && tasto === 'arrowdown') sposta(riga, 1);
    else if (barra && (tasto === 'arrowleft' || tasto === 'arrowright')) {
      const pulsanti = [...barra.querySelectorAll('button')];
      const passo = tasto === 'arrowleft' ? -1 : 1;
      const altro = pulsanti[(pulsanti.indexOf(evento.target) + passo + pulsanti.length) % pulsanti.length];
      evento.target.tabIndex = -1;
      altro.tabIndex = 0;
      altro.focus();
    } else return;
    evento.preventDefault();
  });
}
