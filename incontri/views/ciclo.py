"""What the page of the minutes says of their life: where they are, what is missing, what to do next, what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from incontri.models import StatoOsservazione, StatoVerbale
from incontri.models.completezza import mancanti, requisiti
from incontri.servizi.avvisi import da_avvisare
from incontri.servizi.condivisioni import correzioni
from incontri.servizi.osservazioni import perche_non_si_osserva
from tavolo.base.passi import Passo, in_giorno

FATTA, ORA, DOPO = "fatta", "ora", "dopo"


@dataclass(frozen=True)
class Tappa:
    """A step of the life of the minutes: done, now, still to come; when, and a word on it."""

    nome: str
    come: str
    quando: date | datetime | None = None
    nota: str = ""


@dataclass(frozen=True)
class PassaggioFatto:
    """A passage these minutes went through."""

    che_cosa: str
    quando: datetime
    chi: str
    motivo: str = ""


def tappe(verbale: Any) -> list[Tappa]:
    """Draft, shared, approved, published, each with its date."""
    stati = list(StatoVerbale)
    posto = stati.index(StatoVerbale(verbale.stato))
    quando = (None, verbale.condiviso_il, verbale.approvato_il, verbale.pubblicato_il)
    note = {StatoVerbale.APPROVATO: _approvato_da(verbale)}
    if verbale.stato == StatoVerbale.CONDIVISO and verbale.osservazioni_entro:
        note[StatoVerbale.CONDIVISO] = f"osservazioni entro il {in_giorno(verbale.osservazioni_entro)}"
    return [
        Tappa(
            stato.label,
            FATTA if numero < posto else ORA if numero == posto else DOPO,
            quando[numero] if numero <= posto else None,
            note.get(stato, "") if numero <= posto else "",
        )
        for numero, stato in enumerate(stati)
    ]


def _approvato_da(verbale: Any) -> str:
    if verbale.approvato_in_id is None:
        return ""
    return "seduta stante" if verbale.seduta_stante else f"nell'incontro «{verbale.approvato_in}»"


def storia_dei_passaggi(verbale: Any) -> list[PassaggioFatto]:
    """Every passage from one state to another, the last one first: who, when, why."""
    fatti, prima = [], None
    for versione in verbale.storia.select_related("history_user").order_by("history_date", "history_id"):
        if versione.stato != prima:
            fatti.append(
                PassaggioFatto(
                    _detto(prima, versione.stato),
                    versione.history_date,
                    str(versione.history_user or ""),
                    versione.history_change_reason or "",
                )
            )
        prima = versione.stato
    return fatti[::-1]


def _detto(prima: str | None, dopo: str) -> str:
    if prima is None:
        return "Iniziato"
    if dopo == StatoVerbale.BOZZA:
        return "Riportato in bozza"
    return str(StatoVerbale(dopo).label)


def vita(verbale: Any, utente: Any, punti: list) -> dict[str, Any]:
    """The context of the page of the minutes; hangs on each of `punti` its observations (`le_osservazioni`)."""
    puo_cambiare = utente.has_perm("incontri.change_verbale", verbale)
    tutte = list(verbale.osservazioni.select_related("ente", "autore", "punto"))
    for osservazione in tutte:
        osservazione.verbale = verbale
    for punto in punti:
        punto.le_osservazioni = [o for o in tutte if o.punto_id == punto.pk]
    aperte = [o for o in tutte if o.stato == StatoOsservazione.APERTA]
    lista = requisiti(verbale) if verbale.si_scrive and puo_cambiare else []
    puo_decidere = bool(aperte) and not verbale.fermo and utente.has_perm("incontri.decidi_osservazione", aperte[0])
    in_ritardo = utente.has_perm("incontri.osserva_in_ritardo")
    perche_no = perche_non_si_osserva(verbale, in_ritardo=in_ritardo)
    puo_osservare = not perche_no and utente.has_perm("incontri.osserva", verbale)
    avvisare = da_avvisare(verbale) if puo_cambiare else []
    return {
        "tappe": tappe(verbale),
        "requisiti": lista,
        "mancano": mancanti(lista),
        "le_osservazioni_generali": [o for o in tutte if o.punto_id is None],
        "osservazioni": tutte,
        "osservazioni_aperte": aperte,
        "puo_decidere": puo_decidere,
        "puo_osservare": puo_osservare,
        "perche_non_si_osserva": perche_no if verbale.stato == StatoVerbale.CONDIVISO else "",
        "correzioni": correzioni(verbale) if not verbale.si_scrive else None,
        "accolte_da_scrivere": accolte_da_scrivere(verbale, tutte) if puo_cambiare else [],
        "passi": passi_della_pagina(
            verbale, utente, mancano=bool(mancanti(lista)), aperte=aperte, osserva=puo_osservare
        ),
        "da_avvisare": [avviso.ente for avviso in avvisare],
        "vede_versioni": puo_cambiare,
        "passaggi_fatti": storia_dei_passaggi(verbale),
    }


def accolte_da_scrivere(verbale: Any, osservazioni: list) -> list:
    """The accepted observations the text may not say yet: accepted after the text was last shared."""
    if verbale.fermo:
        return []
    accolte = [o for o in osservazioni if o.stato == StatoOsservazione.ACCOLTA and o.decisa_il]
    return [o for o in accolte if verbale.condiviso_il is None or o.decisa_il > verbale.condiviso_il]


def passi_della_pagina(verbale: Any, utente: Any, *, mancano: bool, aperte: list, osserva: bool) -> list[Passo]:
    """What this person may do with the minutes now, the one thing to do next first."""
    possibili = {
        StatoVerbale.BOZZA: _in_bozza,
        StatoVerbale.CONDIVISO: _da_condiviso,
        StatoVerbale.APPROVATO: _da_approvato,
    }
    scegli = possibili.get(StatoVerbale(verbale.stato))
    return list(scegli(verbale, utente, mancano, aperte, osserva)) if scegli else []


def _pagina(nome: str, verbale: Any, *altro: Any) -> str:
    return reverse(f"incontri:{nome}", args=[verbale.incontro_id, *altro])


def _in_bozza(verbale, utente, mancano, aperte, osserva):
    if not utente.has_perm("incontri.change_verbale", verbale):
        return
    scrivi = Passo("Continua a scrivere", _pagina("verbale-scrivi", verbale))
    if mancano:
        yield scrivi
        return
    yield Passo("Condividi con gli enti", _pagina("verbale-passaggio", verbale, "condividi"), post=True)
    yield scrivi
    if utente.has_perm("incontri.approva_verbale", verbale) and not aperte:
        yield Passo("Approva seduta stante", _pagina("verbale-approva", verbale))


def _da_condiviso(verbale, utente, mancano, aperte, osserva):
    scrivi = Passo("Scrivi un'osservazione", _pagina("osservazione-create", verbale))
    decide = aperte and utente.has_perm("incontri.decidi_osservazione", aperte[0])
    if decide:
        yield Passo("Decidi le osservazioni", "#osservazioni")
    approva = utente.has_perm("incontri.approva_verbale", verbale) and not aperte
    presto = verbale.raccoglie_osservazioni
    if approva and not presto:
        yield Passo("Registra l'approvazione", _pagina("verbale-approva", verbale))
    if osserva:
        yield scrivi
    if approva and presto:
        yield Passo("Registra l'approvazione", _pagina("verbale-approva", verbale))
    if utente.has_perm("incontri.change_verbale", verbale):
        yield Passo("Riporta in bozza", _pagina("verbale-riprendi", verbale))


def _da_approvato(verbale, utente, mancano, aperte, osserva):
    if utente.has_perm("incontri.pubblica_verbale", verbale):
        yield Passo("Guarda che cosa si pubblica", _pagina("verbale-pubblica", verbale))
