"""Who is called to a meeting, and what each answers. The mails are in `spedizioni`."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from incontri.models import Convocazione, EsitoPresenza, Incontro, ModalitaIncontro, Risposta, StatoIncontro
from incontri.servizi.modifiche import apri_per_modifica
from incontri.servizi.presenze import titolari
from referenti.models import Ente, Seggio
from tavolo.base.stati import compi


class RispostaNonPossibile(Exception):
    """The meeting takes no answers now; the message is for the person."""


class OspiteNonPossibile(Exception):
    """The guest cannot be added or taken away; the message is for the person."""


def convoca(incontro: Incontro, *, autore: Any) -> None:
    """Call every seat the Tavolo has and the guests added before; no mail leaves, so mail that is down stops nothing.

    Raises PassaggioNonPossibile, with nothing written, if the meeting cannot be convened.
    """
    with transaction.atomic():
        compi(incontro, "convoca", autore=autore, valori={"convocato_il": timezone.now()})
        chiama_i_seggi(incontro, autore=autore)


def chiama_i_seggi(incontro: Incontro, *, autore: Any) -> None:
    """Write a row for every active seat, with who holds it on the day; a seat that changed hands is called again."""
    with transaction.atomic():
        incontro = Incontro.objects.select_for_update().get(pk=incontro.pk)
        chiamati = {c.seggio_id: c for c in incontro.convocazioni.filter(seggio__isnull=False)}
        for proposta in da_chiamare(incontro):
            gia: Any = chiamati.get(proposta.seggio_id)
            if gia is None:
                scritta: Any = proposta
            elif gia.utente_id == proposta.utente_id:
                if gia.email == proposta.email:
                    continue
                scritta, gia.email = gia, proposta.email
            else:
                scritta = gia
                for campo in ("utente_id", "nome", "email"):
                    setattr(gia, campo, getattr(proposta, campo))
                gia.risposta, gia.delegato, gia.nota = Risposta.ATTESA, "", ""
                gia.risposto = gia.inviata = None
            scritta._history_user = autore
            scritta.save()


def da_chiamare(incontro: Incontro) -> list[Convocazione]:
    """The rows of every active seat as they would be written today, unsaved; of a vacant seat without a person."""
    in_carica = titolari(incontro)
    righe = []
    for seggio in Seggio.objects.attivi().select_related("ente").order_by("ordine", "nome"):
        incarico = in_carica.get(seggio.pk)
        utente = incarico.utente if incarico else None
        riga = Convocazione(incontro=incontro, seggio=seggio, ente=seggio.ente, utente=utente)
        if utente:
            riga.nome = utente.get_full_name() or str(utente)
            raggiungibile = utente.is_active and (settings.DEMO or not utente.demo)
            riga.email = utente.email if raggiungibile else ""
        righe.append(riga)
    return righe


def aggiungi_ospite(
    incontro: Incontro, *, nome: str, email: str, ente: Ente | None = None, autore: Any
) -> Convocazione:
    """Call someone who has no seat. Raises OspiteNonPossibile if that address is called already, NonModificabile."""
    with transaction.atomic():
        incontro = apri_per_modifica(incontro)
        if incontro.convocazioni.filter(email__iexact=email).exists():
            raise OspiteNonPossibile("Questo indirizzo è già fra chi è convocato.")
        ospite: Any = Convocazione(incontro=incontro, nome=nome, email=email, ente=ente)
        ospite._history_user = autore
        ospite.save()
        return ospite


def togli_ospite(convocazione: Convocazione, *, autore: Any) -> None:
    """Take away a guest nobody has written to yet. Raises OspiteNonPossibile for a seat and for who had the mail."""
    with transaction.atomic():
        riga: Any = Convocazione.objects.select_for_update().get(pk=convocazione.pk)
        if riga.seggio_id or riga.inviata:
            raise OspiteNonPossibile("Ha già ricevuto la convocazione: resta nell'elenco.")
        riga._history_user = autore
        riga.delete()


def contro_la_risposta(incontro: Incontro) -> str:
    """Why nobody can answer now, for the person; empty while answers are taken."""
    if incontro.annullato:
        return "L'incontro è stato annullato: non serve rispondere."
    if incontro.stato != StatoIncontro.CONVOCATO:
        return "L'incontro adesso non è convocato: non c'è niente a cui rispondere."
    if incontro.inizio is None or incontro.inizio <= timezone.now():
        return "L'incontro è già cominciato: non si risponde più."
    return ""


def gemelle(convocazione: Convocazione) -> Iterable[Any]:
    """The rows of the meeting that are of the same person: who holds two seats has one mail and gives one answer."""
    righe = Convocazione.objects.filter(incontro=convocazione.incontro_id)
    if convocazione.utente_id:
        return righe.filter(utente=convocazione.utente_id).order_by("pk")
    return righe.filter(pk=convocazione.pk)


def rispondi(
    convocazione: Convocazione, *, risposta: str, delegato: str = "", nota: str = "", autore: Any = None
) -> None:
    """Write the answer of who is called, for every seat the person holds; it can change until the meeting begins.

    `autore` is None for an answer given with the signed link. Raises RispostaNonPossibile, with nothing written.
    """
    with transaction.atomic():
        incontro = Incontro.objects.select_for_update().get(pk=convocazione.incontro_id)
        if impedimento := contro_la_risposta(incontro):
            raise RispostaNonPossibile(impedimento)
        for riga in gemelle(convocazione):
            riga.risposta, riga.nota, riga.risposto = risposta, nota, timezone.now()
            riga.delegato = delegato if risposta == Risposta.DELEGA else ""
            riga._history_user = autore
            riga.save()


def attese_presenze(incontro: Incontro) -> dict[Any, dict[str, str]]:
    """What the answers let expect of each seat, by its key: `{"esito", "delegato", "nota"}`; none for who has not answered."""
    online = incontro.modalita == ModalitaIncontro.ONLINE
    esiti = {
        Risposta.VIENE: EsitoPresenza.ONLINE if online else EsitoPresenza.IN_SEDE,
        Risposta.NON_VIENE: EsitoPresenza.GIUSTIFICATO,
        Risposta.DELEGA: EsitoPresenza.DELEGA,
    }
    return {
        c.seggio_id: {"esito": esiti[Risposta(c.risposta)], "delegato": c.delegato, "nota": c.nota}
        for c in incontro.convocazioni.filter(seggio__isnull=False).exclude(risposta=Risposta.ATTESA)
    }


def conteggio(convocazioni: Iterable[Convocazione]) -> list[dict[str, Any]]:
    """How each ente answers, in the order of its first row: `{"ente", "vengono", "no", "attesa"}`; a delegate comes."""
    righe: dict[Any, dict[str, Any]] = {}
    colonne = {
        Risposta.VIENE: "vengono",
        Risposta.DELEGA: "vengono",
        Risposta.NON_VIENE: "no",
        Risposta.ATTESA: "attesa",
    }
    for una in convocazioni:
        vuota = {"ente": una.ente or "Altri ospiti", "vengono": 0, "no": 0, "attesa": 0}
        righe.setdefault(una.ente_id, vuota)[colonne[Risposta(una.risposta)]] += 1
    return list(righe.values())
