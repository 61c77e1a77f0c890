// Marks of CommonMark put into a textarea, as if they had been typed: Ctrl + Z takes them back.

/** Put `nuovo` in the place of the characters from `da` to `a`, and select from `inizio` to `fine`. */
function scrivi(area, da, a, nuovo, inizio, fine) {
  area.focus();
  area.setSelectionRange(da, a);
  // Only this command keeps the browser's undo; it tells the page by itself.
  if (!document.execCommand('insertText', false, nuovo)) {
    area.setRangeText(nuovo, da, a, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
  area.setSelectionRange(inizio, fine);
}

function avvolgi(area, segno) {
  const { value: testo } = area;
  let { selectionStart: da, selectionEnd: a } = area;
  while (da < a && /\s/.test(testo[da])) da += 1;
  while (a > da && /\s/.test(testo[a - 1])) a -= 1;
  const scelto = testo.slice(da, a) || 'testo';
  const lungo = segno.length;
  const dentro = testo.slice(da - lungo, da) === segno && testo.slice(a, a + lungo) === segno;
  if (dentro && a > da) scrivi(area, da - lungo, a + lungo, scelto, da - lungo, a - lungo);
  else scrivi(area, da, a, segno + scelto + segno, da + lungo, da + lungo + scelto.length);
}

const PUNTO = /^\s*(?:[-*+]|\d+[.)])\s+/;

function elenca(area, numerato) {
  const { value: testo, selectionStart, selectionEnd } = area;
  const da = testo.lastIndexOf('\n', selectionStart - 1) + 1;
  const fine = testo.indexOf('\n', selectionEnd);
  const a = fine < 0 ? testo.length : fine;
  const righe = testo.slice(da, a).split('\n');
  const piene = righe.filter((riga) => riga.trim());
  const gia = piene.length && piene.every((riga) => (numerato ? /^\s*\d+[.)]\s/ : /^\s*[-*+]\s/).test(riga));
  let numero = 0;
  const nuove = righe.map((riga) => {
    if (!riga.trim() && righe.length > 1) return riga;
    const nuda = riga.replace(PUNTO, '');
    if (gia) return nuda;
    numero += 1;
    return (numerato ? `${numero}. ` : '- ') + nuda;
  });
  const nuovo = nuove.join('\n');
  const punto = righe.length > 1 ? da : da + nuovo.length;
  scrivi(area, da, a, nuovo, punto, da + nuovo.length);
}

function collega(area) {
  const { value: testo, selectionStart: da, selectionEnd: a } = area;
  const parole = testo.slice(da, a) || 'testo';
  const indirizzo = 'https://';
  const inizio = da + parole.length + 3;
  scrivi(area, da, a, `[${parole}](${indirizzo})`, inizio, inizio + indirizzo.length);
}

/** What a button of the toolbar does to the text. */
export function applica(che, area) {
  if (che === 'grassetto') avvolgi(area, '**');
  else if (che === 'corsivo') avvolgi(area, '*');
  else if (che === 'elenco') elenca(area, false);
  else if (che === 'numeri') elenca(area, true);
  else if (che === 'collegamento') collega(area);
}
