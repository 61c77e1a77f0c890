"""The figures of one source through the years: by comune, their sums for the Ambito, the shares.

Pure functions of figures already read. Sums and shares are worked out here and stored nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from referenti.models import Comune, Indicatore, Unita, Voce
from referenti.models.indicatore import FASCE, RAPPORTI, Fascia, numero_testo
from referenti.servizi.istat.carico import FONTE

DECIMO = Decimal("0.1")
# What is counted first, then the shares: in the order of the pages.
NEL_TEMPO = (
    Voce.RESIDENTI,
    Voce.STRANIERI,
    Voce.QUOTA_STRANIERI,
    Voce.MINORI,
    Voce.MINORI_STRANIERI,
    Voce.QUOTA_MINORI_STRANIERI,
)


@dataclass(frozen=True)
class Punto:
    """A value at a date, and the figures it comes from: itself, or those it was worked out from."""

    voce: Voce
    comune: Comune | None
    riferimento: str
    valore: Decimal
    da: tuple[Indicatore, ...]

    @property
    def calcolato(self) -> bool:
        """Whether the portal worked it out."""
        return len(self.da) > 1

    @property
    def e_quota(self) -> bool:
        """Whether it is a share."""
        return self.voce in RAPPORTI

    @property
    def valore_testo(self) -> str:
        """As people of the page's language write it."""
        return numero_testo(self.valore) + ("%" if self.e_quota else "")


@dataclass(frozen=True)
class RigaFascia:
    """An age band at a date: residents, foreign residents, share; what is not known is None."""

    fascia: Fascia
    residenti: Punto | None
    stranieri: Punto | None
    quota: Decimal | None

    @property
    def quota_testo(self) -> str:
        """The share with its sign."""
        return "" if self.quota is None else f"{numero_testo(self.quota)}%"


class Serie:
    """The figures of the source that tells most about the comuni through time; empty without any.

    A source of one date only is no series, unless it is the one that is loaded every year.
    """

    def __init__(self, indicatori: Sequence[Indicatore], comuni: Sequence[Comune]):
        """Take the figures of the comuni, whatever else there is among them."""
        self.comuni = list(comuni)
        chiavi = {comune.pk for comune in comuni}
        adatti = [i for i in indicatori if i.comune_id in chiavi and not i.almeno and i.unita != Unita.NUMERO]
        self.fonte = _migliore(adatti)
        self.righe = [i for i in adatti if i.fonte == self.fonte]
        self.date = sorted({i.riferimento for i in self.righe})
        self._per_posto = {(i.voce, i.comune_id, i.riferimento): i for i in self.righe}

    def punto(self, voce: Voce, comune: Comune | None, riferimento: str) -> Punto | None:
        """A value, of a comune or (None) of the whole Ambito; None unless all that it takes is known at that date."""
        if voce in RAPPORTI:
            scritto = self._per_posto.get((voce, comune.pk, riferimento)) if comune else None
            return (
                Punto(voce, comune, riferimento, scritto.valore, (scritto,))
                if scritto
                else self._quota(voce, comune, riferimento)
            )
        chi = [comune] if comune else self.comuni
        trovati = [self._per_posto.get((voce, uno.pk, riferimento)) for uno in chi]
        noti = tuple(uno for uno in trovati if uno)
        if not noti or len(noti) < len(trovati):
            return None  # a partial sum would pass for the whole
        return Punto(voce, comune, riferimento, sum((uno.valore for uno in noti), Decimal(0)), noti)

    def punti(self, voce: Voce, comune: Comune | None) -> list[Punto]:
        """Its values from the oldest."""
        return [punto for data in self.date if (punto := self.punto(voce, comune, data))]

    def ultimi(self, comune: Comune | None) -> list[Punto]:
        """The latest value of each thing that is told first."""
        return [punti[-1] for voce in NEL_TEMPO if (punti := self.punti(voce, comune))]

    def tabella(self, voce: Voce) -> list[tuple[Comune | None, list[Punto | None]]]:
        """A row for the Ambito and for each comune, a cell for each of `date_di(voce)`."""
        date = self.date_di(voce)
        return [(chi, [self.punto(voce, chi, data) for data in date]) for chi in (None, *self.comuni)] if date else []

    def date_di(self, voce: Voce) -> list[str]:
        """The dates at which something is known of it."""
        return [data for data in self.date if any(self.punto(voce, comune, data) for comune in self.comuni)]

    def fasce(self, comune: Comune | None) -> tuple[str, list[RigaFascia]]:
        """The age bands at the latest date at which they are known, and that date; nothing if they never are."""
        for data in reversed(self.date):
            righe = []
            for fascia in FASCE:
                tutti, stranieri = (
                    self.punto(fascia.residenti, comune, data),
                    self.punto(fascia.stranieri, comune, data),
                )
                righe.append(RigaFascia(fascia, tutti, stranieri, _per_cento(stranieri, tutti)))
            if any(riga.residenti or riga.stranieri for riga in righe):
                return data, righe
        return "", []

    def fonti(self) -> list[Indicatore]:
        """One figure for each address it was taken from, the latest first: for who wants to check."""
        per_url: dict[str, Indicatore] = {}
        for riga in sorted(self.righe, key=lambda i: (i.riferimento, i.voce), reverse=True):
            per_url.setdefault(riga.url_fonte, riga)
        return list(per_url.values())

    def caricati(self) -> Any:
        """When the latest of its figures was written in the portal; None without any."""
        return max((riga.aggiornato for riga in self.righe), default=None)

    def note(self) -> list[tuple[str, str]]:
        """Dates with the notes of their figures, each once."""
        return sorted({(riga.riferimento, riga.nota) for riga in self.righe if riga.nota})

    def _quota(self, voce: Voce, comune: Comune | None, riferimento: str) -> Punto | None:
        parte, tutto = (self.punto(quale, comune, riferimento) for quale in RAPPORTI[voce])
        quota = _per_cento(parte, tutto)
        if parte is None or tutto is None or quota is None:
            return None
        return Punto(voce, comune, riferimento, quota, (*parte.da, *tutto.da))


def _per_cento(parte: Punto | None, tutto: Punto | None) -> Decimal | None:
    if parte is None or tutto is None or not tutto.valore:
        return None
    return (100 * parte.valore / tutto.valore).quantize(DECIMO, ROUND_HALF_UP)


def _migliore(indicatori: Sequence[Indicatore]) -> str:
    per_fonte: dict[str, list[Indicatore]] = {}
    for indicatore in indicatori:
        per_fonte.setdefault(indicatore.fonte, []).append(indicatore)
    date = {fonte: len({i.riferimento for i in righe}) for fonte, righe in per_fonte.items()}
    buone = [fonte for fonte in per_fonte if date[fonte] > 1 or fonte == FONTE]
    return max(buone, key=lambda fonte: (fonte == FONTE, date[fonte], len(per_fonte[fonte]), fonte), default="")
