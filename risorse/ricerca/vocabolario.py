"""The words the cards are made of, and the nearest of them to a word that is not among them."""

from bisect import bisect_left
from collections import Counter
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from risorse.models import Risorsa
from risorse.ricerca.indice import leggi
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.motore import Domanda, Termine, Trovata, vocabolario
from risorse.ricerca.parole import VUOTE, parole, radice

PREFISSO_MINIMO, CORTA, LUNGA = 3, 4, 8
ESEMPI = 3
_memoria = Memoria()


class Vocabolario:
    """The stems of one content version, in alphabetical order, each with the number of its cards."""

    def __init__(self, steli: dict[str, int]):
        self.quante = steli
        self.ordinati = sorted(steli)

    def ha(self, stelo: str) -> bool:
        """Whether some card has it."""
        return stelo in self.quante

    def comincia(self, stelo: str) -> bool:
        """Whether some stem begins so: of words of one or two letters nobody knows what they begin."""
        posto = bisect_left(self.ordinati, stelo)
        return len(stelo) >= PREFISSO_MINIMO and posto < len(self.ordinati) and self.ordinati[posto].startswith(stelo)

    def piu_vicino(self, stelo: str) -> str:
        """The stem that was probably meant; empty if none is near enough.

        Of letters wrong, missing, too many or swapped, one is forgiven from five letters on, two from eight; of four,
        one missing or two swapped. Failing that, the longest stem (at least five letters) it begins with: lavorar →
        lavor. Among equals the one of most cards, then the first.
        """
        if len(stelo) < CORTA or not stelo.isalpha():
            return ""
        errori = 2 if len(stelo) >= LUNGA else 1
        vicini = process.extract(stelo, self.di_sole_lettere, scorer=OSA.distance, score_cutoff=errori, limit=None)
        buoni = [
            (distanza, -self.quante[altro], altro)
            for altro, distanza, _ in vicini
            if len(stelo) > CORTA or len(altro) > CORTA or Counter(altro) == Counter(stelo)
        ]
        if buoni:
            return min(buoni)[2]
        inizi = (stelo[:fine] for fine in range(len(stelo) - 1, max(len(stelo) - 4, 4), -1))
        return next(filter(self.ha, inizi), "")

    @cached_property
    def di_sole_lettere(self) -> list[str]:
        """The stems a mistyped word may stand for."""
        return [stelo for stelo in self.ordinati if len(stelo) >= CORTA and stelo.isalpha()]


def vocabolario_di_oggi(quando: int | None = None) -> Vocabolario:
    """The vocabulary of the present content version."""
    return _memoria.prendi("vocabolario", lambda: Vocabolario(dict(vocabolario())), quando)


def per_esteso(stelo: str, quando: int | None = None) -> str:
    """A word of the cards with this stem, to show to people: the most frequent in three of them, else the stem."""

    def cerca() -> str:
        domanda = Domanda((((Termine(stelo),),),))
        righe = Risorsa.objects.attive().filter(Trovata(domanda)).order_by("pk").values_list("pk", flat=True)
        viste: Counter[str] = Counter()
        for _, per_colonna in leggi(list(righe[:ESEMPI])):
            scritte = (scritta for testi in per_colonna.values() for testo in testi for scritta in testo.split())
            viste.update(p for scritta in scritte for p in _ripulita(scritta, stelo))
        return min(viste, key=lambda parola: (-viste[parola], parola), default=stelo)

    return _memoria.prendi(("per esteso", stelo), cerca, quando)


def _ripulita(scritta: str, stelo: str) -> list[str]:
    """The word as it is written, in small letters and without the signs around it, if its stem is this."""
    pezzi = scritta.lower().replace("’", "'").split("'")
    puliti = [pezzo.strip('.,;:!?()«»"“”') for pezzo in pezzi]
    return [p for p in puliti if p not in VUOTE and [radice(parola) for parola in parole(p)] == [stelo]]
