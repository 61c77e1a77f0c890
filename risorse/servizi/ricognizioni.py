"""The survey of resources: who is called, what they answer, the figures that stay."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from referenti.models import Ente, RuoloAlTavolo
from referenti.servizi.destinatari import persone_per_ente
from risorse.models import (
    EnteInRicognizione,
    EsitoRisposta,
    ModoVerifica,
    Ricognizione,
    Risorsa,
    RispostaRicognizione,
    StatoRisorsa,
)
from risorse.servizi.cifre import SI_CHIEDONO, cifre, servizi_chiesti
from risorse.servizi.posta import manda
from risorse.servizi.verifiche import conferma_risorsa
from tavolo.base.indirizzi import portale
from tavolo.base.stati import compi


class RispostaNonPossibile(Exception):
    """The answer cannot be taken; the message says why, in Italian."""


def chiama_enti_con_servizi(ricognizione: Ricognizione, *, autore: Any) -> int:
    """Call every ente with services that is not called yet, a unit without people of its own through its parent body.

    An ente outside the Tavolo, as the one behind a national number, is left out unless it has people to write to.

    Gives how many were added. Raises RispostaNonPossibile once the survey is closed.
    """
    if ricognizione.chiusa:
        raise RispostaNonPossibile("La ricognizione è chiusa.")
    con_persone = persone_per_ente()
    risorse = Risorsa.objects.filter(stato__in=SI_CHIEDONO)
    if not settings.DEMO:
        risorse = risorse.filter(esempio=False)
    enti = Ente.objects.filter(pk__in=risorse.order_by().values("ente"))
    da_chiamare = {ente.padre_id if ente.padre_id and ente.pk not in con_persone else ente.pk for ente in enti}
    fuori = Ente.objects.filter(pk__in=da_chiamare, ruolo=RuoloAlTavolo.NESSUNO, padre__isnull=True)
    da_chiamare -= {ente.pk for ente in fuori} - set(con_persone)
    da_chiamare -= set(ricognizione.chiamati.values_list("ente", flat=True))
    with transaction.atomic():
        for ente in da_chiamare:
            chiamato: Any = EnteInRicognizione(ricognizione=ricognizione, ente_id=ente)
            chiamato._history_user = autore
            chiamato.save()
    return len(da_chiamare)


def a_chi_si_scrive(ricognizione: Ricognizione) -> tuple[list[Ente], list[Ente]]:
    """The enti called that have somebody to write to, and those that have nobody."""
    persone = persone_per_ente()
    con: list[Ente] = []
    senza: list[Ente] = []
    for chiamato in ricognizione.chiamati.select_related("ente"):
        (con if _indirizzi(chiamato.ente, persone) else senza).append(chiamato.ente)
    return con, senza


def apri_ricognizione(ricognizione: Ricognizione, *, autore: Any, base: str = "") -> list[Ente]:
    """Open the survey and write to the people of every ente called; gives the enti nobody could be written to.

    `base` is the address of the portal for the mails, by default that of the settings.

    Raises PassaggioNonPossibile without enti, or with a deadline that is not in the future.
    """
    compi(ricognizione, "apri", autore=autore)
    return _scrivi_a(ricognizione.chiamati.select_related("ente"), "apertura", base)


def ricorda(ricognizione: Ricognizione, *, base: str = "") -> tuple[int, list[Ente]]:
    """Write again to who has not finished: how many enti that is, and those nobody could be written to.

    Raises RispostaNonPossibile if the survey is not open.
    """
    if not ricognizione.aperta:
        raise RispostaNonPossibile("La ricognizione non è aperta: non c'è niente da ricordare.")
    mancanti = list(ricognizione.chiamati.filter(concluso_il__isnull=True).select_related("ente"))
    return len(mancanti), _scrivi_a(mancanti, "promemoria", base)


def chiudi_ricognizione(ricognizione: Ricognizione, *, autore: Any) -> None:
    """Close the survey, whoever is missing, and keep its figures with the moment: from then on nothing changes them.

    Raises PassaggioNonPossibile if it is not open.
    """
    with transaction.atomic():
        # Held, so that no answer comes in between the count and the closing.
        Ricognizione.objects.select_for_update().get(pk=ricognizione.pk)
        compi(ricognizione, "chiudi", autore=autore, valori={"chiusa_il": timezone.now(), "cifre": cifre(ricognizione)})


def rispondi(chiamato: EnteInRicognizione, risorsa: Risorsa, esito: str, *, autore: Any) -> RispostaRicognizione:
    """Record what the ente says of a service, in place of what it said before; gives the answer.

    Raises RispostaNonPossibile once the survey is not open, or for a service the ente is not asked about.
    """
    with transaction.atomic():
        if not Ricognizione.objects.select_for_update().get(pk=chiamato.ricognizione_id).aperta:
            raise RispostaNonPossibile("La ricognizione non è aperta: le risposte non si possono più cambiare.")
        if esito != EsitoRisposta.AGGIUNTA and not chiede(chiamato, risorsa):
            raise RispostaNonPossibile(f"«{risorsa}» non è fra i servizi chiesti a questo ente.")
        risposta: Any = RispostaRicognizione.objects.filter(chiamato=chiamato, risorsa=risorsa).first()
        risposta = risposta or RispostaRicognizione(chiamato=chiamato, risorsa=risorsa)
        risposta.esito, risposta.autore, risposta._history_user = esito, autore, autore
        risposta.save()
    return risposta


def conferma_nella_ricognizione(chiamato: EnteInRicognizione, risorsa: Risorsa, *, autore: Any) -> None:
    """The service is right as it is: an answer, and a confirmation of the card.

    Raises RispostaNonPossibile, or ConfermaNonPossibile for a card that cannot be confirmed; then nothing is written.
    """
    with transaction.atomic():
        rispondi(chiamato, risorsa, EsitoRisposta.CONFERMATA, autore=autore)
        conferma_risorsa(risorsa, autore=autore, modo=ModoVerifica.RICOGNIZIONE)


def chiede(chiamato: EnteInRicognizione, risorsa: Risorsa) -> bool:
    """Whether the ente is asked about this service."""
    tutti = chiamato.ricognizione.chiamati.all()
    return risorsa in servizi_chiesti(tutti)[chiamato.pk]


def concludi(chiamato: EnteInRicognizione, *, autore: Any) -> int:
    """The ente has finished: the drafts it added go to who coordinates; gives how many.

    Raises RispostaNonPossibile if the survey is not open or a service waits for an answer.
    """
    with transaction.atomic():
        if not Ricognizione.objects.select_for_update().get(pk=chiamato.ricognizione_id).aperta:
            raise RispostaNonPossibile("La ricognizione non è aperta.")
        risposti = set(chiamato.risposte.values_list("risorsa", flat=True))
        chiesti = servizi_chiesti(chiamato.ricognizione.chiamati.all())[chiamato.pk]
        if mancanti := [risorsa for risorsa in chiesti if risorsa.pk not in risposti]:
            quanti = f"{len(mancanti)} servizi" if len(mancanti) > 1 else f"«{mancanti[0]}»"
            raise RispostaNonPossibile(f"Manca ancora la risposta per {quanti}.")
        bozze = Risorsa.objects.filter(risposte__chiamato=chiamato, stato=StatoRisorsa.BOZZA)
        inviate = 0
        for bozza in bozze:
            compi(bozza, "invia-in-revisione", autore=autore)
            inviate += 1
        concluso: Any = EnteInRicognizione.objects.select_for_update().get(pk=chiamato.pk)
        concluso.concluso_il, concluso._history_user = concluso.concluso_il or timezone.now(), autore
        concluso.save()
    return inviate


def _scrivi_a(chiamati: Any, quale: str, base: str) -> list[Ente]:
    """Mail the people of each ente called, or of its parent body; gives the enti without anybody."""
    persone, senza = persone_per_ente(), []
    for chiamato in chiamati:
        indirizzi = _indirizzi(chiamato.ente, persone)
        ricognizione = chiamato.ricognizione
        contesto = {
            "ricognizione": ricognizione,
            "ente": chiamato.ente,
            "quale": quale,
            "indirizzo": (base or portale()) + chiamato.get_absolute_url(),
        }
        scadenza = f"{ricognizione.scadenza:%d/%m/%Y}"
        manda(f"{ricognizione}: rispondi entro il {scadenza}", "cura/email/ricognizione.txt", contesto, indirizzi)
        if not indirizzi:
            senza.append(chiamato.ente)
    return senza


def _indirizzi(ente: Ente, persone: dict) -> list[str]:
    """Its people, or those of its parent body."""
    return persone.get(ente.pk) or persone.get(ente.padre_id) or []
