// What scripts add to pages that work without them.
import './righe.js';

const radice = document.documentElement;
radice.classList.add('js');

// The menu on a phone: without scripts the button is a link to #menu, which opens it.
const pulsante = document.querySelector('.custom-navbar-toggler');
const menu = pulsante && document.querySelector(pulsante.getAttribute('href'));
if (menu) {
  const mostra = (aperto) => {
    menu.classList.toggle('aperto', aperto);
    pulsante.setAttribute('aria-expanded', String(aperto));
  };
  if (location.hash === pulsante.hash) history.replaceState(null, '', location.pathname + location.search);
  pulsante.setAttribute('role', 'button');
  mostra(false);
  const alterna = (evento) => {
    evento.preventDefault();
    mostra(!menu.classList.contains('aperto'));
  };
  pulsante.addEventListener('click', alterna);
  pulsante.addEventListener('keydown', (evento) => {
    if (evento.key === ' ') alterna(evento);
  });
  document.addEventListener('keydown', (evento) => {
    if (evento.key === 'Escape' && menu.classList.contains('aperto')) {
      mostra(false);
      pulsante.focus();
    }
  });
}

// Drop-down menus close when one clicks or goes elsewhere, or presses Escape.
const chiudi = (altrove) => {
  for (const tendina of document.querySelectorAll('details.tendina[open]')) {
    if (!tendina.contains(altrove)) tendina.open = false;
  }
};
document.addEventListener('click', (evento) => chiudi(evento.target));
document.addEventListener('focusin', (evento) => chiudi(evento.target));
document.addEventListener('keydown', (evento) => {
  const tendina = evento.key === 'Escape' && document.activeElement.closest('details.tendina[open]');
  if (tendina) {
    tendina.open = false;
    tendina.querySelector('summary').focus();
  }
});

// On the Italian home, who has set another of our languages first is shown the way to it; nothing is kept of this.
const invito = document.getElementById('invito-lingua');
if (invito && radice.lang === 'it') {
  const voci = [...document.querySelectorAll('[data-invito]')];
  const nota = (codice) => voci.find((voce) => voce.hreflang.split('-')[0] === codice.split('-')[0].toLowerCase());
  const voce = (navigator.languages ?? [navigator.language]).map(nota).find(Boolean);
  if (voce && voce.hreflang !== 'it') {
    const via = Object.assign(voce.cloneNode(), { className: 'btn btn-primary', textContent: voce.dataset.invito });
    invito.append(via);
    invito.hidden = false;
  }
}

// Print: buttons of class .solo-js, seen only where they work.
document.addEventListener('click', (evento) => {
  if (evento.target.closest('[data-stampa]')) window.print();
});

// Copy a text, and say so on the button.
document.addEventListener('click', async (evento) => {
  const copia = evento.target.closest('[data-copia]');
  if (!copia) return;
  const campo = document.getElementById(copia.dataset.copia);
  campo.select();
  try {
    await navigator.clipboard.writeText(campo.value);
  } catch {
    document.execCommand('copy'); // no clipboard without https
  }
  copia.querySelector('span').textContent = copia.dataset.fatto;
});

// A form is sent once, however quickly the button is pressed again; one marked data-avvisa warns before text is lost.
const inviati = new WeakSet();
let cambiato = false;
document.addEventListener('submit', (evento) => {
  const modulo = evento.target;
  if (modulo.method !== 'post') return;
  if (inviati.has(modulo)) evento.preventDefault();
  inviati.add(modulo);
  setTimeout(() => inviati.delete(modulo), 3000);
  cambiato = false;
});
document.addEventListener('input', (evento) => {
  if (evento.target.closest('form[data-avvisa]')) cambiato = true;
});
window.addEventListener('beforeunload', (evento) => {
  if (cambiato) evento.preventDefault();
});

// In a form marked data-invio, Ctrl + Enter (Cmd on a Mac) sends it with its main button.
document.addEventListener('keydown', (evento) => {
  const modulo = evento.key === 'Enter' && (evento.ctrlKey || evento.metaKey) && evento.target.closest('form[data-invio]');
  if (modulo) modulo.requestSubmit(modulo.querySelector('[data-predefinito]'));
});

// Near me: the browser says where one is only when the button is pressed; three decimals are some hundred metres.
document.addEventListener('click', (evento) => {
  const pulsante = evento.target.closest('[data-vicino]');
  if (!pulsante) return;
  const avviso = pulsante.parentElement.querySelector('[data-vicino-errore]');
  const vai = ({ coords }) => {
    const scelte = new URLSearchParams(new FormData(pulsante.form));
    scelte.delete('vicino');
    for (const [nome, valore] of [...scelte]) if (!valore) scelte.delete(nome);
    scelte.set('lat', coords.latitude.toFixed(3));
    scelte.set('lon', coords.longitude.toFixed(3));
    location.search = scelte;
  };
  const niente = () => {
    avviso.textContent = avviso.dataset.vicinoErrore;
  };
  if (navigator.geolocation) navigator.geolocation.getCurrentPosition(vai, niente, { timeout: 10000 });
  else niente();
});
