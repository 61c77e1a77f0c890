"""Approving minutes: by a later meeting, or by the very meeting they are about (seduta stante)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import EsitoDecisione, Incontro, PuntoOdg, StatoVerbale, TipoPunto, TipoVoce, Verbale
from incontri.servizi.condivisioni import segna_svolto
from incontri.servizi.originali import congela
from incontri.servizi.verbali import salva_voci
from tavolo.base.concorrenza import Riga
from tavolo.base.stati import PassaggioNonPossibile, compi

APPROVANO = (EsitoDecisione.UNANIMITA, EsitoDecisione.MAGGIORANZA)


def incontri_che_approvano(verbale: Verbale) -> Any:
    """The meetings that may approve these minutes: later than theirs, held or held today, the nearest first."""
    if verbale.incontro.inizio is None:
        return Incontro.objects.none()
    dopo = Incontro.objects.filter(inizio__gt=verbale.incontro.inizio).order_by("inizio", "uuid")
    fino_a_oggi = timezone.localtime().replace(hour=23, minute=59, second=59)
    return dopo.filter(inizio__lte=fino_a_oggi).exclude(stato="annullato")


def punto_di_approvazione(verbale: Verbale, incontro: Incontro) -> PuntoOdg | None:
    """The point of that meeting's agenda that is about approving these minutes."""
    punti = PuntoOdg.objects.filter(incontro=incontro, tipo=TipoPunto.APPROVAZIONE, verbale_da_approvare=verbale)
    return punti.order_by("ordine", "creato").first()


def approva_verbale(verbale: Verbale, *, in_incontro: Incontro, esito: str, autore: Any) -> Verbale:
    """Approve the minutes by a decision of `in_incontro`, taken unanimously or by majority (`EsitoDecisione`).

    Approved, they stand still for ever: in the same transaction their text, names and documents are frozen. With the
    outcome `rinvio` the meeting did not approve them: they stay shared, and can be taken back and corrected. Either way
    the decision is written under the point of that meeting that names the minutes, while its own minutes are a draft.

    Raises PassaggioNonPossibile, with nothing written, if that meeting is not later and not held yet (by the meeting
    they are about, minutes are approved seduta stante), if an observation is still to be decided, or if someone has
    approved them already: of two at once, one wins.
    """
    if esito not in EsitoDecisione.values:
        raise PassaggioNonPossibile("Di' com'è stata presa la decisione: all'unanimità, a maggioranza o rinviata.")
    seduta_stante = in_incontro.pk == verbale.incontro_id
    with transaction.atomic():
        # Held in the order of time, the meeting of the minutes first: two approvals never wait for each other.
        for pk in dict.fromkeys((verbale.incontro_id, in_incontro.pk)):
            Incontro.objects.select_for_update().get(pk=pk)
        if not seduta_stante and not incontri_che_approvano(verbale).filter(pk=in_incontro.pk).exists():
            raise PassaggioNonPossibile("Approva un incontro successivo, già tenuto o di oggi. Sceglilo dall'elenco.")
        if esito in APPROVANO:
            nome = "approva-seduta-stante" if seduta_stante else "approva"
            valori = {"approvato_il": timezone.now(), "approvato_in": in_incontro}
            segna_svolto(verbale, autore=autore)
            compi(verbale, nome, autore=autore, valori=valori)
            congela(verbale, autore=autore)
        else:
            _rinvia(verbale)
        if not seduta_stante:
            _scrivi_la_decisione(verbale, in_incontro, esito, autore)
    return verbale


def _rinvia(verbale: Verbale) -> None:
    if Verbale.objects.select_for_update().get(pk=verbale.pk).stato != StatoVerbale.CONDIVISO:
        raise PassaggioNonPossibile("Si rinvia l'approvazione di un verbale condiviso: questo non lo è.")


def _scrivi_la_decisione(verbale: Verbale, incontro: Incontro, esito: str, autore: Any) -> None:
    punto = punto_di_approvazione(verbale, incontro)
    suo = Verbale.objects.filter(incontro=incontro).first()
    if punto is None or suo is None or not suo.si_scrive:
        return
    if punto.voci.filter(tipo=TipoVoce.DECISIONE, esito=esito).exists():
        return  # who takes the minutes has written it already
    valori = {"tipo": TipoVoce.DECISIONE, "testo": _in_parole(verbale, esito), "esito": esito, "pubblica": True}
    salva_voci(punto, [Riga(chiave="decisione", valori=valori)], autore=autore)


def _in_parole(verbale: Verbale, esito: str) -> str:
    incontro = verbale.incontro
    del_giorno = f" del {incontro.giorno:%d/%m/%Y}" if incontro.giorno else ""
    che_cosa = f"Il verbale di «{incontro}»{del_giorno}"
    if esito in APPROVANO:
        return f"{che_cosa} è approvato {EsitoDecisione(esito).label.lower()}."
    return f"{che_cosa} non è approvato: l'approvazione è rinviata."
