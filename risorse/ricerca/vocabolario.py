"""The words the cards are made of, and the nearest of them to a word that is not among them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from risorse.models import Risorsa
from risorse.ricerca.indice import leggi, testi
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.motore import Domanda, Termine, Trovata, vocabolario
from risorse.ricerca.parole import VUOTE, parole, radice, radici
from risorse.ricerca.sinonimi import sinonimi_di_oggi

PREFISSO_MINIMO, CORTA, LUNGA = 3, 4, 8
ESEMPI, VICINI = 3, 6
_memoria = Memoria()


class Vocabolario:
    """The stems of one content version, in alphabetical order, each with the number of its cards; and synonyms of one word."""

    def __init__(self, steli: dict[str, int], sinonimi: frozenset[str] = frozenset()):
        self.quante, self.sinonimi = steli, sinonimi
        self.ordinati = sorted(steli)

    def ha(self, stelo: str) -> bool:
        """Whether some card has it."""
        return stelo in self.quante

    def comincia(self, stelo: str) -> bool:
        """Whether some stem begins so: of words of one or two letters nobody knows what they begin."""
        posto = bisect_left(self.ordinati, stelo)
        return len(stelo) >= PREFISSO_MINIMO and posto < len(self.ordinati) and self.ordinati[posto].startswith(stelo)

    def piu_vicino(self, stelo: str, adatta: Callable[[str], bool] = bool) -> str:
        """The stem that was probably meant; empty if none is near enough.

        Of letters wrong, missing, too many or swapped, one is forgiven from five letters on, two from eight; of four,
        one missing or two swapped. Failing that, the longest stem (at least five letters) it begins with: lavorar →
        lavor. Among equals a synonym, then the one of most cards, then the first; before all, one that is `adatta`.
        """
        if len(stelo) < CORTA or not stelo.isalpha():
            return ""
        errori = 2 if len(stelo) >= LUNGA else 1
        vicini = process.extract(stelo, self.di_sole_lettere, scorer=OSA.distance, score_cutoff=errori, limit=None)
        buoni = [
            (distanza, altro not in self.sinonimi, -self.quante.get(altro, 0), altro)
            for altro, distanza, _ in vicini
            if len(stelo) > CORTA or len(altro) > CORTA or Counter(altro) == Counter(stelo)
        ]
        if buoni:
            primi = [altro for *_, altro in sorted(buoni)[:VICINI]]
            return next(filter(adatta, primi), primi[0])
        inizi = (stelo[:fine] for fine in range(len(stelo) - 1, max(len(stelo) - 4, 4), -1))
        return next(filter(self.ha, inizi), "")

    @cached_property
    def di_sole_lettere(self) -> list[str]:
        """The stems a mistyped word may stand for."""
        note = sorted(self.sinonimi | self.quante.keys())
        return [stelo for stelo in note if len(stelo) >= CORTA and stelo.isalpha()]


def vocabolario_di_oggi(quando: int | None = None) -> Vocabolario:
    """The vocabulary of the present content version."""

    def leggi_vocabolario() -> Vocabolario:
        return Vocabolario(dict(vocabolario()), _soli(quando))

    return _memoria.prendi("vocabolario", leggi_vocabolario, quando)


def italiana(stelo: str, quando: int | None = None) -> bool:
    """Whether a stem is of the Italian texts or a synonym, and not of translations only, as far as three cards tell."""

    def cerca() -> bool:
        scritti = (testo for r, _ in _esempi(stelo) for colonna in testi(r, {}, ()).values() for testo in colonna)
        return any(stelo in radici(testo) for testo in scritti if testo)

    return stelo in _soli(quando) or _memoria.prendi(("italiana", stelo), cerca, quando)


def _soli(quando: int | None) -> frozenset[str]:
    return frozenset(steli[0] for steli in sinonimi_di_oggi(quando) if len(steli) == 1)


def _esempi(stelo: str) -> Iterator[tuple[Risorsa, dict[str, list[str]]]]:
    domanda = Domanda((((Termine(stelo),),),))
    righe = Risorsa.objects.attive().filter(Trovata(domanda)).order_by("pk").values_list("pk", flat=True)
    return leggi(list(righe[:ESEMPI]))


def per_esteso(stelo: str, quando: int | None = None) -> str:
    """A word of the cards with this stem, to show to people: the most frequent in three of them, else the stem."""

    def cerca() -> str:
        viste: Counter[str] = Counter()
        for _, per_colonna in _esempi(stelo):
            scritte = (scritta for testi in per_colonna.values() for testo in testi for scritta in testo.split())
            viste.update(p for scritta in scritte for p in _ripulita(scritta, stelo))
        return min(viste, key=lambda parola: (-viste[parola], parola), default=stelo)

    return _memoria.prendi(("per esteso", stelo), cerca, quando)


def _ripulita(scritta: str, stelo: str) -> list[str]:
    """The word as it is written, in small letters and without the signs around it, if its stem is this."""
    pezzi = scritta.lower().replace("’", "'").split("'")
    puliti = [pezzo.strip('.,;:!?()«»"“”') for pezzo in pezzi]
    return [p for p in puliti if p not in VUOTE and [radice(parola) for parola in parole(p)] == [stelo]]
