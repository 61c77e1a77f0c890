"""Accepting a request to join, in one step: the ente, its seat at the Tavolo, the accounts and invitations of its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incontri.models import Voce
from incontri.servizi.adesioni.decisioni import registra_decisione
from referenti.models import (
    Area,
    Ente,
    GenereAvviso,
    Incarico,
    RichiestaAdesione,
    RuoloAlTavolo,
    Seggio,
    StatoAdesione,
    TipoEnte,
    Utente,
)
from referenti.servizi.adesioni import accoda
from risorse.models import Contatto, TipoContatto
from tavolo.base.permessi import REFERENTI
from tavolo.base.stati import PassaggioNonPossibile, compi

# The part of the Tavolo a new seat belongs to, by the kind of its ente.
AREE = {TipoEnte.COMUNE: Area.COMUNI, TipoEnte.ASST: Area.SANITA}
GIA_AL_TAVOLO = (RuoloAlTavolo.PROMOTORE, RuoloAlTavolo.SOTTOSCRITTORE, RuoloAlTavolo.ADERENTE)


class AdesioneNonPossibile(Exception):
    """The request cannot be accepted with these values; the message tells the person why. Nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Who will sit for the ente; the first of them holds the seat."""

    nome: str
    cognome: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Accoglienza:
    """What an accepted request becomes: an ente of the portal (`ente`) or, without it, a new one; its seat; its people."""

    ente: Ente | None
    denominazione: str = ""
    nome_breve: str = ""
    tipo: str = ""
    comune: Any = None
    seggio: str
    area: str
    persone: Sequence[Persona]


def accogli(richiesta: RichiestaAdesione, *, decisione: Voce, accoglienza: Accoglienza, autore: Any, base: str) -> Ente:
    """Do all that a decision to accept entails, or nothing; gives the ente. Accepted already, gives the same again.

    The mails leave once it is saved. Raises DecisioneMancante or PassaggioNonPossibile if the request cannot be accepted
    now, AdesioneNonPossibile if a value does not do: a name or a seat that is taken, a person of another ente.
    """
    with transaction.atomic():
        richiesta.refresh_from_db(from_queryset=RichiestaAdesione.objects.select_for_update())
        if richiesta.stato == StatoAdesione.ACCOLTA and richiesta.ente:
            return richiesta.ente
        if impossibile := richiesta.impedimento(richiesta.passaggio("accogli")):
            raise PassaggioNonPossibile(impossibile)
        registra_decisione(richiesta, decisione, autore=autore)
        try:
            with transaction.atomic():
                ente = _ente(richiesta, accoglienza, autore)
                seggio = _seggio(ente, accoglienza, autore)
                persone = [_persona(chi, ente, autore) for chi in accoglienza.persone]
                _siede(persone, seggio, autore)
                _sito(richiesta, ente, autore)
        except ValidationError as errore:
            raise AdesioneNonPossibile(" ".join(errore.messages)) from errore
        except IntegrityError as errore:
            raise AdesioneNonPossibile("Qualcuno ha appena salvato lo stesso nome: ricarica la pagina.") from errore
        compi(richiesta, "accogli", autore=autore, valori={"ente": ente, "chiusa_il": timezone.now()})
        accoda(richiesta, GenereAvviso.ACCOLTA, base=base, autore=autore)
        for persona in persone:
            if persona.last_login is None:
                accoda(richiesta, GenereAvviso.INVITO, base=base, utente=persona, autore=autore)
    return ente


def _salva(riga: Any, autore: Any) -> Any:
    riga.full_clean()
    riga._history_user = autore
    riga.save()
    return riga


def _ente(richiesta: RichiestaAdesione, dati: Accoglienza, autore: Any) -> Ente:
    ente: Any
    if dati.ente is None:
        ente = Ente(
            denominazione=dati.denominazione,
            nome_breve=dati.nome_breve,
            tipo=dati.tipo,
            comune=dati.comune,
            descrizione=richiesta.che_cosa_fa,
        )
    else:
        ente = Ente.objects.select_for_update().get(pk=dati.ente.pk)
    # What the portal already says of an ente stays; only what it did not know comes in.
    ente.codice_fiscale = ente.codice_fiscale or ("" if ente.padre_id else richiesta.codice_fiscale)
    if ente.ruolo not in GIA_AL_TAVOLO:
        ente.ruolo, ente.al = RuoloAlTavolo.ADERENTE, ""
        ente.dal = f"{timezone.localdate():%Y-%m-%d}"
        ente.fonte = ente.fonte or "Richiesta di adesione"
    return _salva(ente, autore)


def _seggio(ente: Ente, dati: Accoglienza, autore: Any) -> Seggio:
    seggio: Any = Seggio.objects.filter(ente=ente, nome__iexact=dati.seggio).first()
    if seggio is None:
        ultimo = Seggio.objects.order_by("-ordine").values_list("ordine", flat=True).first() or 0
        seggio = Seggio(nome=dati.seggio, ente=ente, area=dati.area, fonte="Richiesta di adesione", ordine=ultimo + 10)
    elif seggio.attivo:
        return seggio
    seggio.attivo = True
    return _salva(seggio, autore)


def _persona(chi: Persona, ente: Ente, autore: Any) -> Any:
    persona: Any = Utente.objects.select_for_update().filter(email__iexact=chi.email).first()
    if persona is None:
        persona = Utente(email=chi.email.strip().lower(), nome=chi.nome, cognome=chi.cognome, ente=ente)
        persona.set_unusable_password()
    elif not persona.is_active:
        raise ValidationError(
            f"{persona} ({persona.email}) non è una persona attiva: prima riattivala nell'amministrazione."
        )
    elif persona.ente_id not in (None, ente.pk):
        raise ValidationError(
            f"{persona} ({persona.email}) ha già un accesso per {persona.ente}: scegli un'altra persona."
        )
    if persona._state.adding or persona.ente_id is None:
        persona.ente = ente
        persona = _salva(persona, autore)
    persona.groups.add(Group.objects.get(name=REFERENTI))
    return persona


def _siede(persone: Sequence[Any], seggio: Seggio, autore: Any) -> None:
    in_corso = Incarico.objects.in_corso().filter(seggio=seggio)
    if not persone or in_corso.filter(utente=persone[0]).exists():
        return
    _salva(Incarico(seggio=seggio, utente=persone[0], dal=timezone.localdate()), autore)


def _sito(richiesta: RichiestaAdesione, ente: Ente, autore: Any) -> None:
    """The website, once the coordinator has looked at it: until then it stays off the public pages."""
    if richiesta.sito_web and not Contatto.objects.filter(ente=ente, tipo=TipoContatto.WEB).exists():
        fonte = "Richiesta di adesione"
        _salva(
            Contatto(ente=ente, tipo=TipoContatto.WEB, valore=richiesta.sito_web, fonte=fonte, da_verificare=True),
            autore,
        )
