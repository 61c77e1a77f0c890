"""The coordinator's synonyms, as stems: everyday words and the words of the cards they stand for."""

from dataclasses import dataclass

from risorse.models import Sinonimo
from risorse.ricerca.memoria import Memoria
from risorse.ricerca.motore import Gruppo, Termine
from risorse.ricerca.parole import domanda

Steli = tuple[str, ...]
_memoria = Memoria()


@dataclass(frozen=True)
class Voce:
    """One synonym: its word and its meanings as they are written, and the meanings as stems."""

    parola: str
    scritti: tuple[str, ...]
    sensi: tuple[Steli, ...]


def steli(testo: str) -> Steli:
    """The stems a text asks for."""
    return tuple(stelo for _, stelo in domanda(testo))


def sinonimi_di_oggi(quando: int | None = None) -> dict[Steli, Voce]:
    """Every synonym of the present content version, by the stems of its word."""
    return _memoria.prendi("sinonimi", _leggi, quando)


def con_sinonimi(chiesti: Steli, quando: int | None = None) -> tuple[list[Gruppo], list[str]]:
    """One group for each word, or for words that together have a synonym, and the meanings used, as written.

    In a group the words themselves come first. All the words of a meaning must be found, not one of them.
    """
    voci = sinonimi_di_oggi(quando)
    gruppi: list[Gruppo] = []
    usati: list[str] = []
    da = 0
    while da < len(chiesti):
        fine = next((f for f in range(len(chiesti), da, -1) if chiesti[da:f] in voci), da + 1)
        proprie = chiesti[da:fine]
        voce = voci.get(proprie)
        sensi: dict[Steli, str] = dict(zip(voce.sensi, voce.scritti, strict=True)) if voce else {}
        sensi.pop(proprie, None)
        usati += sensi.values()
        gruppi.append(tuple(tuple(map(Termine, senso)) for senso in (proprie, *sensi)))
        da = fine
    return gruppi, list(dict.fromkeys(usati))


def _leggi() -> dict[Steli, Voce]:
    voci = {}
    for parola, significati in Sinonimo.objects.order_by("parola").values_list("parola", "significati"):
        scritti = [scritto for pezzo in significati.split(",") if steli(scritto := pezzo.strip())]
        voci[steli(parola)] = Voce(parola, tuple(scritti), tuple(map(steli, scritti)))
    return voci
