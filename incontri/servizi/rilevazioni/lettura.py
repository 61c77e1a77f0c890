"""The results of a closed round as people read them: numbers rounded, names for what the formulas call by a key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from incontri.models import Bisogno, Rilevazione, Voto
from incontri.priorita.graduatoria import Parte
from incontri.priorita.statistica import arrotonda
from incontri.servizi.rilevazioni.ultime import detti, in_pochi
from referenti.models import Comune
from referenti.models.ente import GRUPPI

NUMERI = ("p", "n", "gravita", "equita", "diffusione", "copertura", "scarto_gravita", "scarto_equita")
PARTI = {
    Parte.DA_RILEVARE: _("Prima di tutto: copertura da rilevare"),
    Parte.ORDINATA: _("In ordine di priorità"),
    Parte.NON_VALUTATA: _("Non valutati"),
}


def numero(valore: str | None) -> Decimal | None:
    """A kept number, rounded for who reads it; None stays None."""
    return None if valore is None else arrotonda(Fraction(valore))


@dataclass(frozen=True)
class VotoDiGruppo:
    """What a kind of enti says: its name, medians, how many voted."""

    nome: Any
    gravita: Decimal | None
    equita: Decimal | None
    voti: int


@dataclass(frozen=True)
class RigaGraduatoria:
    """A need at its place, with the numbers behind it; `bisogno` is None if the need is not to be read by who asks."""

    nome: str
    bisogno: Bisogno | None
    parte: Parte
    posto: int | None
    dati: Mapping[str, Any]
    gruppi: tuple[VotoDiGruppo, ...]
    distanti: tuple[tuple[Any, Any], ...]
    per_comune: tuple[tuple[Comune, Decimal | None], ...]
    coperta: bool = False  # so few answered that its numbers would tell who said what, and who reads is the public

    @property
    def titolo_parte(self) -> Any:
        """The title of the part of the ranking it stands in."""
        return PARTI[self.parte]

    @property
    def numeri(self) -> dict[str, Decimal | None]:
        """The numbers behind the place by name (`n`, `p`, `gravita`, …), rounded; all None where they are covered."""
        return {nome: None if self.coperta else numero(self.dati[nome]) for nome in NUMERI}

    @property
    def segnali(self) -> list[tuple[str, Any]]:
        """What to know before relying on the place: a code and the words."""
        segnali: list[tuple[str, Any]] = []
        if self.dati["accordo"] == "da-discutere":
            segnali.append(("da-discutere", _("Da discutere: gli enti la vedono in modo molto diverso")))
        elif self.dati["accordo"] == "consenso":
            segnali.append(("consenso", _("Consenso")))
        if self.dati["provvisorio"] and self.posto is not None and not self.coperta:
            segnali.append(("provvisorio", _("Provvisorio: ha risposto la metà degli enti o meno")))
        if self.dati["fragile"] and not self.coperta:
            segnali.append(("fragile", _("Fragile: senza un ente il posto cambierebbe")))
        return segnali

    @property
    def differenze(self) -> list[str]:
        """The pairs of groups that see it differently, as they stand inside a sentence."""
        return [f"{in_frase(uno)} e {in_frase(altro)}" for uno, altro in self.distanti]


def in_frase(gruppo: Any) -> str:
    """The name of a group of enti as it stands inside a sentence: «la sanità pubblica», not «La sanità pubblica»."""
    nome = str(gruppo)
    return nome[:1].lower() + nome[1:]


def righe(rilevazione: Rilevazione, bisogni: Iterable[Bisogno], *, pubblico: bool = False) -> list[RigaGraduatoria]:
    """The ranking in order, each need taken from `bisogni` (those who asks may read). One query.

    For the public, what too few enti said (`in_pochi`) is left out, overall, of a group and of a comune: it would tell how an
    ente voted. The enti at the Tavolo read it, once the round is closed.
    """
    noti = {str(bisogno.pk): bisogno for bisogno in bisogni}
    comuni = list(Comune.objects.dell_ambito())
    return [_riga(riga, noti, comuni, pubblico) for riga in rilevazione.risultati.get("righe", [])]


def votanti(rilevazione: Rilevazione) -> int:
    """How many enti voted on at least one need of a closed round."""
    return Voto.objects.filter(rilevazione=rilevazione).values("ente").distinct().count()


def ultima_di(bisogno: Bisogno, *, pubblico: bool = False) -> tuple[Rilevazione, RigaGraduatoria] | None:
    """The closed round to rely on for a need (`ultime.detti`), and its line there; None if none scored it. Two queries."""
    trovati = detti([bisogno], pubblico=pubblico)[bisogno.pk]
    if not trovati:
        return None
    rilevazione, riga = trovati[0]
    return rilevazione, _riga(riga, {str(bisogno.pk): bisogno}, list(Comune.objects.dell_ambito()), pubblico)


def _riga(riga: Mapping[str, Any], noti: Mapping[str, Bisogno], comuni: list[Comune], pubblico: bool) -> Any:
    si_legge = {nome for nome, gruppo in riga["gruppi"].items() if not (pubblico and in_pochi(gruppo["voti"]))}
    gruppi = tuple(
        VotoDiGruppo(GRUPPI[nome], numero(gruppo["gravita"]), numero(gruppo["equita"]), gruppo["voti"])
        for nome, gruppo in riga["gruppi"].items()
        if nome in si_legge
    )
    bisogno = noti.get(riga["bisogno"])
    return RigaGraduatoria(
        nome=bisogno.titolo if bisogno else riga["nome"],
        bisogno=bisogno,
        parte=Parte(riga["parte"]),
        posto=riga["posto"],
        dati=riga,
        gruppi=gruppi,
        distanti=tuple((GRUPPI[uno], GRUPPI[altro]) for uno, altro in riga["distanti"] if {uno, altro} <= si_legge),
        coperta=pubblico and in_pochi(riga["votanti"]),
        per_comune=tuple((comune, _del_comune(riga, comune, pubblico)) for comune in comuni),
    )


def _del_comune(riga: Mapping[str, Any], comune: Comune, pubblico: bool) -> Decimal | None:
    if pubblico and in_pochi(riga["voti_per_comune"].get(comune.slug, 0)):
        return None
    return numero(riga["per_comune"].get(comune.slug))
