"""The matrix: needs in lines, comuni in columns, each cell with what it is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from incontri.models import Bisogno, Copertura, Evidenza
from incontri.priorita import formule
from incontri.priorita.copertura import StatoCella, stato_cella
from incontri.priorita.dati import Fabbisogno
from incontri.servizi.copertura import dati
from incontri.servizi.copertura.nomi import NOMI, SPIEGAZIONI
from incontri.servizi.copertura.risposte import Risposta, candidate, con_legami, risposte
from referenti.models import Comune, Ente


@dataclass(frozen=True)
class Cella:
    """What is known today of one need in one comune, and the verdict.

    `servizi` answer here, `dichiarazioni` are those that hold; `riguarda` says whether the need was reported for this comune.
    """

    bisogno: Bisogno
    comune: Comune
    servizi: tuple[Risposta, ...]
    dichiarazioni: tuple[Copertura, ...]
    gravita: dati.Gravita | None
    fabbisogno: Fabbisogno
    evidenza: Evidenza | None
    riguarda: bool = True

    @cached_property
    def enti(self) -> list[Ente]:
        """Who answers here, each ente once, a unit as its whole; who declares that it reaches nobody does not answer."""
        rispondono = [risposta.ente for risposta in self.servizi]
        rispondono += [riga.ente.padre or riga.ente for riga in self.dichiarazioni if _raggiunge(riga)]
        return list(dict.fromkeys(rispondono))

    @cached_property
    def quota(self) -> formule.Copertura:
        """The coverage c, and how it is known."""
        return formule.copertura_comune(self.fabbisogno)

    @cached_property
    def stato(self) -> StatoCella:
        """The verdict of `incontri.priorita.copertura`; where a need reported elsewhere has no answer and no votes, "non segnalato"."""
        valore = None if self.gravita is None else self.gravita.valore
        stato = stato_cella(len(self.enti), self.quota.valore, valore)
        if stato == StatoCella.IGNOTO and not self.riguarda and not self.enti:
            return StatoCella.NON_SEGNALATO
        return stato

    @property
    def nome(self) -> str:
        """The name of the verdict, in the language of the page."""
        return str(NOMI[self.stato])

    @property
    def spiegazione(self) -> str:
        """What the verdict means, in the language of the page."""
        return str(SPIEGAZIONI[self.stato])


@dataclass(frozen=True)
class RigaMatrice:
    """A need with its cells, one for each comune, in their order."""

    bisogno: Bisogno
    celle: tuple[Cella, ...]
    risposte: tuple[Risposta, ...]

    def cella(self, comune: Comune) -> Cella:
        """Its cell in a comune; StopIteration if it is not one of the matrix."""
        return next(cella for cella in self.celle if cella.comune == comune)


@dataclass(frozen=True)
class Matrice:
    """Needs × comuni, on a day."""

    comuni: tuple[Comune, ...]
    righe: tuple[RigaMatrice, ...]
    giorno: date


def matrice(bisogni: Iterable[Bisogno], *, giorno: date, solo_pubblicate: bool = False) -> Matrice:
    """The matrix of the needs in the order given, as things stand on `giorno`; the same number of queries for any number of needs.

    `solo_pubblicate`: gravity from published rounds only, for pages everybody reads.
    """
    comuni = tuple(Comune.objects.dell_ambito())
    righe = con_legami(bisogni)
    risorse = candidate(righe)
    dichiarate, contate = dati.dichiarazioni(righe, giorno), dati.in_bisogno(righe)
    gravi = dati.gravita(righe, comuni, solo_pubblicate=solo_pubblicate)
    fatte = []
    for bisogno in righe:
        trovate = tuple(risposte(bisogno, risorse))
        dove = set(bisogno.comuni.all())
        celle = []
        for comune in comuni:
            chiave = (bisogno.pk, comune.pk)
            dette, evidenza = dichiarate.get(chiave, []), contate.get(chiave)
            celle.append(
                Cella(
                    bisogno=bisogno,
                    comune=comune,
                    servizi=tuple(risposta for risposta in trovate if risposta.serve(comune)),
                    dichiarazioni=tuple(dette),
                    gravita=gravi.get(chiave),
                    fabbisogno=dati.fabbisogno(comune, evidenza, dette),
                    evidenza=evidenza,
                    riguarda=not dove or comune in dove,
                )
            )
        fatte.append(RigaMatrice(bisogno, tuple(celle), trovate))
    return Matrice(comuni, tuple(fatte), giorno)


def riga_di(bisogno: Bisogno, *, solo_pubblicate: bool = False) -> RigaMatrice:
    """The line of one need, as things stand today."""
    return matrice([bisogno], giorno=timezone.localdate(), solo_pubblicate=solo_pubblicate).righe[0]


def _raggiunge(riga: Copertura) -> bool:
    return riga.raggiunti != 0 and riga.quota != 0
