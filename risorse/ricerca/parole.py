"""Words as the index keeps them: without capitals and accents, Italian endings taken off, Chinese in pairs of characters.

A light stemmer on purpose: Snowball's Italian misses 18 of 136 singular and plural pairs of this domain, this one 1
(reference: performance.md, "Search"). It says the same of the words of every language written in Latin letters, so
that a translation is found by its own words. Tokens hold letters and digits only: both engines read them as they are.
"""

import re
import unicodedata
from itertools import pairwise

PAROLE_MASSIME = 12
VOCALI = "aeiou"
# Words that carry no meaning in a question: they are indexed, but nobody has to match them.
_VUOTE = (
    "a ad al allo alla ai agli alle all anche avere c che chi ci come con cosa cui d da dal dallo dalla dai dagli dalle "
    "dall de degli dei del dell della delle dello di do dove e ed essere fare gli ho i il in io l la le lo ma me mi mia "
    "mio nei nel nell nella nelle nello non o per perche piu posso qual quale quali quando quanto sono su sua sui sul "
    "sull sulla sulle suo si se fa faccio ti tra fra un una uno vorrei voglio devo serve servono bisogno cerco trovare quest questo "
    "questa the of for to and or an is are where how can get need i my "
    "des du et pour dans ou les une aux avec est mon ma el los las y para un en mi donde como "
    "trovo trovi trova puo possiamo possono riesco riusciamo vogliamo vuole abbiamo hanno ha siamo sto vado va "
    "capisco chiedo so ciao buongiorno salve grazie "
    "في من على الى عن مع هل اين كيف"
)
VUOTE = frozenset(_VUOTE.split())
# Words too near to others of the cards to lose their ending: "in caso di" is no house, a place is no mail.
_INTERE = {"caso": "caso", "casi": "caso", "posto": "posto", "posti": "posto"}
_PAROLA = re.compile(r"[^\W_]+")
_CINESE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ARABO = re.compile(r"[\u0600-\u06ff]")
_LATINO = re.compile(r"[a-z]+")
_LETTERE_ARABE = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None, "ٱ": "ا"})
_ARTICOLI_ARABI = ("وال", "بال", "كال", "فال", "لل", "ال")
_SEPARATE = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


def piane(testo: str) -> str:
    """The text without capitals, accents and other marks: "Perché" and "PERCHE'" are both perche."""
    scomposto = unicodedata.normalize("NFKD", testo.casefold()).translate(_SEPARATE)
    return "".join(c for c in scomposto if unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf"))


def parole(testo: str) -> list[str]:
    """The plain words of a text in their order, Chinese and Japanese as single characters and pairs of them."""
    trovate: list[str] = []
    for parola in _PAROLA.findall(piane(testo).translate(_LETTERE_ARABE)):
        dopo = 0
        for tratto in _CINESE.finditer(parola):
            trovate += [parola[dopo : tratto.start()], *_a_coppie(tratto.group())]
            dopo = tratto.end()
        trovate.append(parola[dopo:])
    return [parola for parola in trovate if parola]


def radice(parola: str) -> str:
    """The stem of a plain word: medici, medico, medica → medic; banche → banc; figlia, figli → figl.

    A final s goes first (services, servicios), then a vowel and an i before it, then the h of -chi, -che, -ghi, -ghe.
    At least two letters stay. Known to confuse porta with porto, and to keep apart words whose stem changes (uomo,
    uomini).
    """
    if parola in _INTERE:
        return _INTERE[parola]
    if _ARABO.match(parola):
        articolo = next((a for a in _ARTICOLI_ARABI if parola.startswith(a) and len(parola) - len(a) >= 3), "")
        return parola.removeprefix(articolo)
    if not _LATINO.fullmatch(parola) or len(parola) < 3:
        return parola
    if len(parola) > 3 and parola.endswith("s") and parola[-2] not in "s":
        parola = parola[:-1]
    if parola[-1] in VOCALI:
        molle = parola[-1] in "ei"
        parola = parola[:-1]
        if len(parola) > 3 and parola.endswith(("i", "ch", "gh") if molle else "i"):
            parola = parola[:-1]
    return parola


def radici(testo: str) -> list[str]:
    """The stems of a text, each once, in the order of their first appearance."""
    return list(dict.fromkeys(radice(parola) for parola in parole(testo)))


def domanda(testo: str) -> list[tuple[str, str]]:
    """What a question asks for, as (word, stem): without empty words, unless there is nothing else; the first twelve."""
    tutte = {radice(parola): parola for parola in reversed(_di_domanda(testo))}
    piene = [(parola, stelo) for stelo, parola in reversed(tutte.items()) if parola not in VUOTE]
    return (piene or [(parola, stelo) for stelo, parola in reversed(tutte.items())])[:PAROLE_MASSIME]


def _a_coppie(tratto: str) -> list[str]:
    return [*tratto, *(a + b for a, b in pairwise(tratto))]


def _di_domanda(testo: str) -> list[str]:
    # In a question the pairs are enough, where there are any: single characters would ask for less.
    trovate = parole(testo)
    if not any(len(parola) == 2 and _CINESE.fullmatch(parola) for parola in trovate):
        return trovate
    return [parola for parola in trovate if len(parola) > 1 or not _CINESE.fullmatch(parola)]
