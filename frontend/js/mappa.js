// The zoomable map of /mappa/: outlines, points in clusters, what stands at a point when somebody chooses it.
// Everything it says stands in the list beside it too.
import { L } from './leaflet_globale.js';
import 'leaflet.markercluster';

const PER_GRADO = 100000;

const elemento = (nome, testo, attributi = {}) => {
  const nodo = Object.assign(document.createElement(nome), attributi);
  if (testo) nodo.textContent = testo;
  return nodo;
};

async function leggi(indirizzo, domande) {
  const risposta = await fetch(`${indirizzo}?${new URLSearchParams(domande)}`);
  if (!risposta.ok) throw new Error(risposta.status);
  return risposta.json();
}

/** What the portal knows of a point, as a list of links. */
async function racconta(radice, lat, lon) {
  const { servizi, altri } = await leggi(radice.dataset.luogo, { lat, lon, categoria: radice.dataset.categoria });
  const elenco = elemento('ul', '', { className: 'list-unstyled mb-0' });
  for (const servizio of servizi) {
    const voce = elemento('li', '', { className: 'mb-2' });
    voce.append(elemento('a', servizio.nome, { href: servizio.url, lang: servizio.lingua }), elemento('br'), elemento('small', servizio.ente, { lang: 'it' }));
    elenco.append(voce);
  }
  if (altri) elenco.append(elemento('li', radice.dataset.altri));
  return elenco;
}

function quanti(radice, numero) {
  return numero === 1 ? radice.dataset.uno : `${numero} ${radice.dataset.molti}`;
}

function segno(radice, numero, classe) {
  return L.divIcon({ className: `punto-mappa ${classe}`, html: String(numero), iconSize: numero > 99 ? [44, 44] : [34, 34] });
}

function disegna(radice, { confini, punti }) {
  // Without a drawn background there is nothing to see closer than a quarter of a town.
  const sfondo = Boolean(radice.dataset.tile);
  const mappa = L.map(radice, { maxZoom: sfondo ? 19 : 16, zoomSnap: 0.25, zoomControl: false, attributionControl: sfondo });
  L.control.zoom({ position: 'bottomright', zoomInTitle: radice.dataset.ingrandisci, zoomOutTitle: radice.dataset.rimpicciolisci }).addTo(mappa);
  if (sfondo) L.tileLayer(radice.dataset.tile, { attribution: radice.dataset.attribuzione, maxZoom: 19 }).addTo(mappa);
  const forme = L.geoJSON(confini, { interactive: false, style: { className: 'confine-mappa', weight: 2 } }).addTo(mappa);
  if (!sfondo) {
    mappa.createPane('nomi').style.zIndex = 450; // above the outlines, below the points
    forme.eachLayer((forma) => forma.bindTooltip(elemento('bdi', forma.feature.properties.nome, { lang: 'it' }), { pane: 'nomi', permanent: true, direction: 'center', className: 'nome-comune' }));
  }
  const gruppo = L.markerClusterGroup({
    chunkedLoading: true,
    showCoverageOnHover: false,
    maxClusterRadius: 48,
    iconCreateFunction: (grappolo) => {
      const somma = grappolo.getAllChildMarkers().reduce((totale, uno) => totale + uno.options.numero, 0);
      return segno(radice, somma, 'grappolo');
    },
  });
  // A balloon keeps clear of the buttons in the corner, also on a narrow telephone.
  const fumetto = { maxWidth: Math.min(300, radice.clientWidth - 120), autoPanPaddingTopLeft: [8, 8], autoPanPaddingBottomRight: [64, 8] };
  let lat = 0;
  let lon = 0;
  gruppo.addLayers(punti.map(([dLat, dLon, numero]) => {
    lat += dLat;
    lon += dLon;
    const [qui, li] = [lat, lon];
    const nome = quanti(radice, numero);
    const punto = L.marker([qui / PER_GRADO, li / PER_GRADO], { icon: segno(radice, numero, ''), numero, title: nome, alt: nome, keyboard: true });
    punto.bindPopup(nome, fumetto).on('popupopen', async ({ popup }) => {
      try {
        popup.setContent(await racconta(radice, qui, li));
      } catch {
        popup.setContent(elemento('p', radice.dataset.errore));
      }
      popup.getElement()?.querySelector('a[href]:not(.leaflet-popup-close-button)')?.focus();
    });
    return punto;
  }));
  mappa.addLayer(gruppo);
  const limiti = forme.getBounds().isValid() ? forme.getBounds() : gruppo.getBounds();
  if (limiti.isValid()) mappa.fitBounds(limiti, { padding: [8, 8], animate: false });
}

const radice = document.getElementById('mappa-grande');
if (radice) {
  radice.setAttribute('role', 'region');
  radice.setAttribute('aria-label', radice.dataset.aria);
  leggi(radice.dataset.punti, { categoria: radice.dataset.categoria })
    .then((dati) => disegna(radice, dati))
    .catch(() => radice.replaceChildren(elemento('p', radice.dataset.errore, { className: 'p-3' })));
}
