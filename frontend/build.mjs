// Builds what the pages load out of the npm package of Bootstrap Italia, into the git-ignored frontend/build/.
//
//   node frontend/build.mjs [--contenuti <folder or file>]…
//
// --contenuti adds places whose templates use our CSS classes but live elsewhere (crispy-bootstrap5 in the virtual
// environment); `*` may stand for part of a folder name. The build fails when a file outgrows its budget.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import * as esbuild from 'esbuild';
import { PurgeCSS } from 'purgecss';
import rtlcss from 'rtlcss';
import * as sass from 'sass';

const KIB = 1024;
// Compressed bytes (brotli) a visitor pays for once.
const BUDGET = {
  'portale.css': 20 * KIB,
  'portale.rtl.css': 20 * KIB,
  'portale.js': 4 * KIB,
  'verbale.js': 4 * KIB,
  'mappa.js': 56 * KIB,
  'mappa.css': 6 * KIB,
  'icone.svg': 12 * KIB,
  'amministrazione.css': 3 * KIB,
};

const QUI = dirname(fileURLToPath(import.meta.url));
const RADICE = dirname(QUI);
const USCITA = join(QUI, 'build', 'portale');
const KIT = join(RADICE, 'node_modules', 'bootstrap-italia');
const FONT = { 'titillium-400.woff2': 'regular', 'titillium-600.woff2': '600' };
const STAMPA = join(QUI, 'font');
const FONT_STAMPA = { 'noto-sans': 'NotoSans' };
for (const scrittura of ['Arabic', 'Bengali', 'Devanagari', 'Ethiopic', 'SC', 'Sinhala']) FONT_STAMPA[`noto-sans-${scrittura.toLowerCase()}`] = `NotoSans${scrittura}`;
const SALTA = new Set(['node_modules', 'build', 'tests', 'migrations', '__pycache__']);

/** Files below `cartella` with one of the extensions. */
function file(cartella, estensioni) {
  if (!existsSync(cartella)) return [];
  if (statSync(cartella).isFile()) return [cartella];
  return readdirSync(cartella, { withFileTypes: true }).flatMap((voce) => {
    if (voce.isDirectory()) {
      const salta = SALTA.has(voce.name) || voce.name.startsWith('.');
      return salta ? [] : file(join(cartella, voce.name), estensioni);
    }
    return estensioni.includes(extname(voce.name)) ? [join(cartella, voce.name)] : [];
  });
}

/** The paths a pattern with `*` in folder names stands for. */
function espandi(modello) {
  return modello.split('/').reduce(
    (cartelle, parte) => {
      if (!parte.includes('*')) return cartelle.map((cartella) => (parte ? join(cartella, parte) : cartella));
      const nome = new RegExp(`^${parte.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
      return cartelle.filter(existsSync).flatMap((cartella) =>
        readdirSync(cartella).filter((voce) => nome.test(voce)).map((voce) => join(cartella, voce)));
    },
    [modello.startsWith('/') ? '/' : '.'],
  );
}

const { values: opzioni } = parseArgs({ options: { contenuti: { type: 'string', multiple: true, default: [] } } });
const altrove = opzioni.contenuti.flatMap(espandi);
for (const cartella of altrove) {
  if (!existsSync(cartella)) throw new Error(`--contenuti: ${cartella} non esiste`);
}
const contenuti = [
  ...file(RADICE, ['.html', '.py']),
  ...altrove.flatMap((cartella) => file(cartella, ['.html', '.py'])),
  ...file(join(QUI, 'js'), ['.js']),
];

rmSync(USCITA, { recursive: true, force: true });
mkdirSync(join(USCITA, 'fonts'), { recursive: true });

// --- Fonts ------------------------------------------------------------------------------------------------------
for (const [nostro, loro] of Object.entries(FONT)) {
  cpSync(join(KIT, 'dist/fonts/Titillium_Web', `titillium-web-v10-latin-ext_latin-${loro}.woff2`), join(USCITA, 'fonts', nostro));
}

// Typst sets documents with whole fonts; they are no static files, nobody downloads them.
rmSync(STAMPA, { recursive: true, force: true });
mkdirSync(STAMPA, { recursive: true });
for (const [famiglia, nome] of Object.entries(FONT_STAMPA)) {
  // Emphasis leans only where the script knows italics.
  for (const peso of ['400Regular', '700Bold', ...(nome === 'NotoSans' ? ['400Regular_Italic', '700Bold_Italic'] : [])]) {
    cpSync(join(RADICE, 'node_modules/@expo-google-fonts', famiglia, peso, `${nome}_${peso}.ttf`), join(STAMPA, `${nome}_${peso}.ttf`));
  }
}

// --- Style sheets -----------------------------------------------------------------------------------------------
const compila = (nome) =>
  sass.compile(join(QUI, 'scss', nome), {
    loadPaths: [join(KIT, 'src/scss')],
    quietDeps: true,
    logger: sass.Logger.silent,
  }).css;
const stringi = async (css) =>
  (await esbuild.transform(css, { loader: 'css', minify: true, target: ['chrome90', 'firefox90', 'safari14'] })).code;

const [{ css: usato }] = await new PurgeCSS().purge({
  content: contenuti,
  css: [{ raw: compila('portale.scss') }],
  variables: true,
  safelist: {
    standard: ['js', 'aperto', 'is-invalid', 'errorlist', /^alert-/],
    variables: ['--bootstrap-italia-version'],
  },
});
writeFileSync(join(USCITA, 'portale.css'), await stringi(usato));
writeFileSync(join(USCITA, 'portale.rtl.css'), await stringi(rtlcss.process(usato)));
writeFileSync(join(USCITA, 'amministrazione.css'), await stringi(compila('amministrazione.scss')));

// --- Script -----------------------------------------------------------------------------------------------------
const unisci = (sorgente, uscita) =>
  esbuild.build({
    entryPoints: [join(QUI, sorgente)],
    outfile: join(USCITA, uscita),
    bundle: true,
    minify: true,
    format: 'iife',
    target: sorgente.endsWith('.css') ? ['chrome90', 'firefox90', 'safari14'] : 'es2020',
    loader: { '.png': 'dataurl' },
    nodePaths: [join(RADICE, 'node_modules')],
    logLevel: 'error',
  });
await unisci('js/portale.js', 'portale.js');
await unisci('js/verbale.js', 'verbale.js');
await unisci('js/mappa.js', 'mappa.js');
await unisci('css/mappa.css', 'mappa.css');

// --- Icons: it-* from Bootstrap Italia, the others ours ---------------------------------------------------------
const disegni = new Map(
  [...file(join(KIT, 'src/svg'), ['.svg']), ...file(join(QUI, 'icone'), ['.svg'])].map((f) => [basename(f, '.svg'), f]),
);
const elencate = JSON.parse(readFileSync(join(QUI, 'icone.json'), 'utf8')).icone;
const citate = [...contenuti, ...file(join(RADICE, 'dati'), ['.csv', '.json'])]
  .flatMap((f) => readFileSync(f, 'utf8').match(/\b(?:it|cat)-[a-z0-9-]+/g) ?? [])
  .filter((nome) => disegni.has(nome));
const icone = [...new Set([...elencate, ...citate])].sort();
const simboli = icone.map((nome) => {
  if (!disegni.has(nome)) throw new Error(`icone.json: nessun disegno per ${nome}`);
  const svg = readFileSync(disegni.get(nome), 'utf8');
  const riquadro = svg.match(/viewBox="([^"]+)"/)[1];
  const tratto = svg.match(/<svg[^>]*\sstroke="currentColor"/) ? ' fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"' : '';
  const corpo = svg.replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, '').replace(/\s+/g, ' ').replace(/> </g, '><').trim();
  return `<symbol id="${nome}" viewBox="${riquadro}"${tratto}>${corpo}</symbol>`;
});
writeFileSync(join(USCITA, 'icone.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${simboli.join('')}</svg>\n`);

// --- What it weighs ---------------------------------------------------------------------------------------------
let troppo = false;
const peso = (n) => `${(n / KIB).toFixed(1)} KB`.padStart(9);
console.log(`${'file'.padEnd(28)}${'raw'.padStart(9)}${'gzip'.padStart(9)}${'brotli'.padStart(9)}   budget`);
for (const f of file(USCITA, ['.css', '.js', '.svg', '.woff2'])) {
  const dati = readFileSync(f);
  const brotli = extname(f) === '.woff2' ? dati.length : brotliCompressSync(dati).length;
  const limite = BUDGET[basename(f)];
  const oltre = limite && brotli > limite;
  troppo ||= oltre;
  console.log(
    relative(USCITA, f).padEnd(28) + peso(dati.length) + peso(gzipSync(dati).length) + peso(brotli) +
      (limite ? peso(limite) : '') + (oltre ? '  OVER BUDGET' : ''),
  );
}
console.log(`${icone.length} icons, ${contenuti.length} files read for class names`);
process.exitCode = troppo ? 1 : 0;
