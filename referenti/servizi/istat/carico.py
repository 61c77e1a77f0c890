"""The figures of a file of Istat brought into the portal: first what would change, then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from referenti.models import Comune, Indicatore, Unita, Voce
from referenti.models.indicatore import FASCE
from referenti.servizi.istat.tavola import Genere, Tavola, leggi
from tavolo.base.formati import FileNonLeggibile

# One name for both files: counts of the same source and day can be divided by each other (servizi/serie.py).
FONTE = "Istat, demo.istat.it (popolazione residente al 1° gennaio)"
STIMA = "Stima: Istat la corregge quando i dati sono definitivi."
MAGGIORE_ETA = 18
PRIMO_POSTO = 200  # after the figures written by hand
MOTIVO = "Importazione dei dati Istat"


@dataclass(frozen=True)
class Cifra:
    """A figure of the file beside the value the portal has, if it has one; `riga` is its row, not yet saved if new."""

    comune: Comune
    voce: Voce
    valore: int
    riga: Indicatore
    prima: Decimal | None
    uguale: bool

    @property
    def stato(self) -> str:
        """New, changed or same, in a word."""
        return "nuova" if self.prima is None else "uguale" if self.uguale else "cambia"


@dataclass(frozen=True)
class Confronto:
    """What a file would bring."""

    tavola: Tavola
    cifre: list[Cifra]

    def quante(self, stato: str) -> int:
        """How many figures are so."""
        return sum(cifra.stato == stato for cifra in self.cifre)

    def righe(self, stato: str) -> list[Indicatore]:
        """The rows of those figures."""
        return [cifra.riga for cifra in self.cifre if cifra.stato == stato]

    @property
    def per_comune(self) -> list[tuple[Comune, list[Cifra]]]:
        """The figures of each comune."""
        gruppi: dict[Comune, list[Cifra]] = {}
        for cifra in self.cifre:
            gruppi.setdefault(cifra.comune, []).append(cifra)
        return list(gruppi.items())

    @property
    def nuove(self) -> int:
        """How many there were not."""
        return self.quante("nuova")

    @property
    def aggiornate(self) -> int:
        """How many change."""
        return self.quante("cambia")

    @property
    def invariate(self) -> int:
        """How many are there already."""
        return self.quante("uguale")


def voci_di(genere: Genere) -> list[tuple[Voce, int, int]]:
    """What a file counts, each with its ages, ends included."""
    if genere == Genere.POSAS:
        tutti, minori, fasce = Voce.RESIDENTI, Voce.MINORI, [(f.residenti, f.dal, f.al) for f in FASCE]
    else:
        tutti, minori, fasce = Voce.STRANIERI, Voce.MINORI_STRANIERI, [(f.stranieri, f.dal, f.al) for f in FASCE]
    return [(tutti, 0, FASCE[-1].al), (minori, 0, MAGGIORE_ETA - 1), *fasce]


def leggi_dell_ambito(file: Any, nome: str) -> Tavola:
    """The table of the comuni of the Ambito in a file as downloaded; raises FileNonLeggibile."""
    comuni = {comune.codice_istat: comune.nome for comune in Comune.objects.dell_ambito()}
    if not comuni:
        raise FileNonLeggibile("Nel portale non ci sono comuni dell'Ambito: carica prima i comuni.")
    return leggi(file, nome, comuni=comuni, anno_massimo=timezone.localdate().year)


def confronta(tavola: Tavola) -> Confronto:
    """Each figure of the table beside what the portal has: two queries, nothing is written."""
    return _confronta(tavola, list(Comune.objects.filter(codice_istat__in=tavola.eta)))


def carica(tavole: Sequence[Tavola], *, autore: Any) -> list[Confronto]:
    """Write the figures of the tables, all of them or none, and say what each brought; what is the same is not touched.

    Foreign residents more than all the residents of the same day raise FileNonLeggibile: one of the files is not what it says.
    """
    with transaction.atomic():
        # Held until the end: two loads at once come one after the other, on both engines.
        comuni = list(Comune.objects.select_for_update().dell_ambito().order_by("pk"))
        confronti = []
        for tavola in tavole:
            confronto = _confronta(tavola, [c for c in comuni if c.codice_istat in tavola.eta])
            for cifra in confronto.cifre:
                if not cifra.uguale:
                    _scrivi(tavola, cifra, autore)
            confronti.append(confronto)
        for riferimento in sorted({tavola.riferimento for tavola in tavole}):
            _controlla(riferimento)
    return confronti


def _confronta(tavola: Tavola, comuni: Sequence[Comune]) -> Confronto:
    voci = voci_di(tavola.genere)
    gia_scritti = {
        (riga.comune_id, riga.voce): riga
        for riga in Indicatore.objects.filter(
            comune__in=comuni, voce__in=[voce for voce, *_ in voci], fonte=FONTE, riferimento=tavola.riferimento
        )
    }
    cifre = []
    for comune in sorted(comuni, key=lambda c: (c.ordine, c.nome)):
        for voce, dal, al in voci:
            valore, riga = tavola.persone(comune.codice_istat, dal, al), gia_scritti.get((comune.pk, voce))
            prima = riga.valore if riga else None
            uguale = riga is not None and (prima, riga.nota, riga.url_fonte) == (valore, *_come(tavola))
            cifre.append(Cifra(comune, voce, valore, riga or _nuova(tavola, comune, voce), prima, uguale))
    return Confronto(tavola, cifre)


def _come(tavola: Tavola) -> tuple[str, str]:
    return STIMA if tavola.stima else "", tavola.url


def _nuova(tavola: Tavola, comune: Comune, voce: Voce) -> Indicatore:
    return Indicatore(
        voce=voce,
        comune=comune,
        riferimento=tavola.riferimento,
        fonte=FONTE,
        unita=Unita.PERSONE,
        ordine=PRIMO_POSTO + list(Voce).index(voce),
    )


def _scrivi(tavola: Tavola, cifra: Cifra, autore: Any) -> None:
    riga: Any = cifra.riga
    riga.valore = Decimal(cifra.valore)
    riga.nota, riga.url_fonte = _come(tavola)
    riga.full_clean(validate_unique=False, validate_constraints=False)
    riga._history_user, riga._change_reason = autore, MOTIVO
    riga.save()


def _controlla(riferimento: str) -> None:
    """Refuse a comune with more foreign residents than residents, or more foreign minors than minors."""
    per_comune: dict[Any, dict[str, Decimal]] = {}
    for riga in Indicatore.objects.filter(fonte=FONTE, riferimento=riferimento, comune__isnull=False).select_related(
        "comune"
    ):
        per_comune.setdefault(riga.comune, {})[riga.voce] = riga.valore
    coppie = [(Voce.STRANIERI, Voce.RESIDENTI), (Voce.MINORI_STRANIERI, Voce.MINORI)]
    for comune, valori in per_comune.items():
        for parte, tutto in [*coppie, *((f.stranieri, f.residenti) for f in FASCE)]:
            if parte in valori and tutto in valori and valori[parte] > valori[tutto]:
                raise FileNonLeggibile(
                    f"A {comune} il {riferimento} ci sarebbero {valori[parte]:.0f} «{parte.label}» e solo {valori[tutto]:.0f} "
                    f"«{tutto.label}»: uno dei due file non è quello che dice."
                )
