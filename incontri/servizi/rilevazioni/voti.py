"""What an ente says of the needs of a round: its votes, how many it has given, the comuni it may speak of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from incontri.models import Bisogno, BisognoInRilevazione, Rilevazione, Voto, VotoComune
from referenti.models import Comune, Ente, TipoEnte
from risorse.models import AreaServita, Risorsa
from tavolo.base.concorrenza import VersioneSuperata, rivendica, timbro


class VotoNonPossibile(Exception):
    """The turn is not open, or the ente or the need is not in the round; the message is for the person."""


@dataclass(frozen=True, kw_only=True)
class DatiVoto:
    """What is said of a need: 1 to 5 or None for "non so"; `per_comune` by the key of the comune."""

    gravita: int | None
    equita: int | None
    motivo: str = ""
    per_comune: Mapping[UUID, int | None]


@dataclass(frozen=True)
class Avanzamento:
    """How many of the needs of a round an ente has scored; `rivisti`, how many of them again in the second turn.

    What it said in the first turn holds until it says otherwise, so it counts as scored in the second too.
    """

    dati: int
    tutti: int
    rivisti: int = 0

    @property
    def finito(self) -> bool:
        """Whether nothing is missing."""
        return self.dati >= self.tutti


def comuni_di(ente: Ente) -> list[Comune]:
    """The comuni of the Ambito an ente scores: a comune itself; of the others those its services name, else all.

    A service for the whole Ambito, or none at all, means all of them: "non so" is there for what one does not know.
    """
    tutti = list(Comune.objects.dell_ambito())
    intero = ente.padre or ente
    if intero.tipo == TipoEnte.COMUNE:
        return [comune for comune in tutti if comune.pk == intero.comune_id]
    servizi = Risorsa.objects.pubblicate().filter(Q(ente=ente) | Q(ente__padre=ente) | Q(ente=intero))
    if servizi.exclude(area_servita=AreaServita.COMUNI).exists():
        return tutti
    serviti = set(servizi.values_list("comuni_serviti", flat=True))
    return [comune for comune in tutti if comune.pk in serviti] or tutti


def voto_di(rilevazione: Rilevazione, bisogno: Bisogno, ente: Ente) -> Voto | None:
    """The vote of the ente in the present turn; in the second, until it gives another, None (see `punto_di_partenza`)."""
    propri = Voto.objects.dell_ente(ente).prefetch_related("per_comune")
    return propri.filter(rilevazione=rilevazione, bisogno=bisogno, turno=rilevazione.turno).first()


def punto_di_partenza(rilevazione: Rilevazione, bisogno: Bisogno, ente: Ente) -> Voto | None:
    """What the form shows first: the vote of this turn, else that of the turn before."""
    propri = Voto.objects.dell_ente(ente).filter(rilevazione=rilevazione, bisogno=bisogno)
    return propri.prefetch_related("per_comune").order_by("-turno").first()


def dati_di(voto: Voto) -> DatiVoto:
    """What a saved vote says."""
    per_comune = {riga.comune_id: riga.gravita for riga in voto.per_comune.all()}
    return DatiVoto(gravita=voto.gravita, equita=voto.equita, motivo=voto.motivo, per_comune=per_comune)


def salva_voto(
    rilevazione: Rilevazione, bisogno: Bisogno, ente: Ente, dati: DatiVoto, *, autore: Any, versione: str = ""
) -> Voto:
    """Write what the ente says of the need in the open turn, over the `versione` the person saw (empty: none yet).

    Raises VotoNonPossibile if the turn is closed or is not for them, VersioneSuperata, with nothing written, if a colleague
    of the same ente has voted meanwhile.
    """
    with transaction.atomic():
        # Held, so that a turn does not close between the question and the vote.
        rilevazione = Rilevazione.objects.select_for_update().get(pk=rilevazione.pk)
        _si_puo(rilevazione, bisogno, ente)
        voto = voto_di(rilevazione, bisogno, ente)
        if voto is None:
            voto = Voto(rilevazione=rilevazione, turno=rilevazione.turno, bisogno=bisogno, ente=ente)
        elif timbro(voto) != versione:
            if dati_di(voto) == dati:
                return voto
            raise VersioneSuperata({voto.pk: voto})
        else:
            rivendica(voto)
        voto.gravita, voto.equita, voto.motivo, voto.autore = dati.gravita, dati.equita, dati.motivo, autore
        try:
            with transaction.atomic():
                voto.full_clean(validate_unique=False)
                voto.save()
        except IntegrityError:
            raise VersioneSuperata({voto.pk: voto_di(rilevazione, bisogno, ente)}) from None
        VotoComune.objects.filter(voto=voto).exclude(comune__in=dati.per_comune).delete()
        for comune, gravita in dati.per_comune.items():
            VotoComune.objects.update_or_create(voto=voto, comune_id=comune, defaults={"gravita": gravita})
        return voto


def _si_puo(rilevazione: Rilevazione, bisogno: Bisogno, ente: Ente) -> None:
    if not rilevazione.si_vota:
        raise VotoNonPossibile("Adesso non si vota: il turno è chiuso. Quello che avete già salvato resta.")
    if not rilevazione.enti.filter(pk=ente.pk).exists():
        raise VotoNonPossibile("Il tuo ente non è fra quelli che votano in questa rilevazione.")
    if not rilevazione.in_ordine.filter(bisogno=bisogno).exists():
        raise VotoNonPossibile("Questo bisogno non è più nella rilevazione.")


def avanzamento(rilevazione: Rilevazione, ente: Ente) -> Avanzamento:
    """How far an ente is."""
    propri = Voto.objects.dell_ente(ente).filter(rilevazione=rilevazione).values_list("bisogno", "turno")
    return _avanzamento(propri, rilevazione.in_ordine.count())


def votati(rilevazione: Rilevazione, ente: Ente) -> set[UUID]:
    """The needs the ente has scored in the present turn, by key."""
    propri = Voto.objects.dell_ente(ente).filter(rilevazione=rilevazione, turno=rilevazione.turno)
    return set(propri.values_list("bisogno", flat=True))


def valutati(rilevazione: Rilevazione, ente: Ente) -> set[UUID]:
    """The needs the ente has scored in whatever turn, by key."""
    propri = Voto.objects.dell_ente(ente).filter(rilevazione=rilevazione)
    return set(propri.values_list("bisogno", flat=True))


def chi_ha_votato(rilevazione: Rilevazione) -> list[tuple[Ente, Avanzamento]]:
    """Each ente of the round with how many needs it has scored: how many, never how. Three queries."""
    tutti = rilevazione.in_ordine.count()
    voti: dict[UUID, list[tuple[UUID, int]]] = {}
    for ente, bisogno, turno in Voto.objects.filter(rilevazione=rilevazione).values_list("ente", "bisogno", "turno"):
        voti.setdefault(ente, []).append((bisogno, turno))
    enti = rilevazione.enti.select_related("comune")
    return [(ente, _avanzamento(voti.get(ente.pk, ()), tutti)) for ente in enti]


def _avanzamento(voti: Iterable[tuple[UUID, int]], tutti: int) -> Avanzamento:
    voti = list(voti)
    return Avanzamento(
        dati=len({bisogno for bisogno, _ in voti}), tutti=tutti, rivisti=sum(turno == 2 for _, turno in voti)
    )


def bisogni_in_fila(rilevazione: Rilevazione) -> list[Bisogno]:
    """The needs of the round in its order."""
    righe: Iterable[Any] = BisognoInRilevazione.objects.filter(rilevazione=rilevazione).select_related("bisogno__tema")
    return [riga.bisogno for riga in righe]


def da_votare(utente: Any) -> list[tuple[Rilevazione, Avanzamento]]:
    """The open rounds in which the person's ente still has needs to score, or has not opened the second turn, by deadline."""
    if utente.ente is None or not utente.has_perm("incontri.vota"):
        return []
    aperte = Rilevazione.objects.aperte().filter(enti=utente.ente).order_by("entro", "creato")
    conti = ((rilevazione, avanzamento(rilevazione, utente.ente)) for rilevazione in aperte if rilevazione.si_vota)
    return [
        (rilevazione, conto)
        for rilevazione, conto in conti
        if not conto.finito or (rilevazione.turno == 2 and not conto.rivisti)
    ]
