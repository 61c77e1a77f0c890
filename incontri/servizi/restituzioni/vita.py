"""The life of a document: out for comments, back, published and frozen."""

import json
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import (
    OriginaleRestituzione,
    Restituzione,
    Rettifica,
    Rilevazione,
    StatoRilevazione,
)
from incontri.servizi.contenuto import canonico
from incontri.servizi.originali import impronta
from incontri.servizi.restituzioni.compilazione import aperta, cambiamenti
from incontri.servizi.restituzioni.contenuto import Disegna, contenuto
from incontri.stampa import restituzione as documento
from tavolo.base.stati import PassaggioNonPossibile, compi

NON_AGGIORNATA = "Dopo la compilazione i dati sono cambiati. Guarda che cosa, poi compila di nuovo oppure conferma che lo pubblichi così."
NON_RIUSCITO = (
    "Non è stato possibile preparare il documento da conservare, perciò non è stato pubblicato: niente è cambiato. "
    "Riprova; se succede di nuovo, avvisa chi gestisce il portale."
)


class NonAggiornata(PassaggioNonPossibile):
    """The data have changed since the document was compiled: whoever publishes must have been told, and say so."""


def da_pubblicare_prima(restituzione: Restituzione) -> list[Rilevazione]:
    """The rounds it cites whose results not everybody may read yet."""
    chiavi = {chiave for sezione in restituzione.sezioni.all() for chiave in sezione.fonti}
    righe = Rilevazione.objects.exclude(stato=StatoRilevazione.PUBBLICATA)
    return [uno for uno in righe if f"rilevazione-{uno.pk.hex[:10]}" in chiavi]


def impedimento_alla_pubblicazione(restituzione: Restituzione) -> str:
    """Why it cannot be published now, in words; empty if it can."""
    if detto := restituzione.impedimento(restituzione.passaggio("pubblica")):
        return detto
    citate = da_pubblicare_prima(restituzione)
    if citate:
        return f"Cita i risultati della rilevazione «{citate[0]}», che non sono ancora pubblicati: prima pubblicali."
    return ""


def pubblica_restituzione(
    restituzione: Restituzione, *, portale: str, disegna: Disegna, autore: Any, anche_non_aggiornata: bool = False
) -> OriginaleRestituzione:
    """Publish the document with the next number of its year, and keep it to the byte: JSON, screen, paper, SHA-256 of each.

    Raises NonAggiornata, with nothing written, if the data have changed since, unless `anche_non_aggiornata`;
    PassaggioNonPossibile, with nothing written, if it has a contested section or an open comment, if it cites what is
    not public, if somebody has published it already, or if a document cannot be made.
    """
    with transaction.atomic():
        # All held, in one order, before the one: two published at once do not take the same number, nor wait for each other.
        tutte = list(Restituzione.objects.select_for_update().order_by("pk"))
        aperta(restituzione)
        if detto := impedimento_alla_pubblicazione(restituzione):
            raise PassaggioNonPossibile(detto)
        if not anche_non_aggiornata and cambiamenti(restituzione):
            raise NonAggiornata(NON_AGGIORNATA)
        adesso = timezone.now()
        anno = timezone.localdate(adesso).year
        ultimo = max((riga.numero or 0 for riga in tutte if riga.anno == anno), default=0)
        valori = {"pubblicata_il": adesso, "anno": anno, "numero": ultimo + 1}
        compi(restituzione, "pubblica", autore=autore, valori=valori)
        dati = contenuto(restituzione, portale=portale, disegna=disegna)
        testo = canonico(dati)
        try:
            schermo, carta = documento.html(dati), documento.pdf(dati)
        except Exception as errore:
            raise PassaggioNonPossibile(NON_RIUSCITO) from errore
        return OriginaleRestituzione.objects.create(
            restituzione=restituzione,
            contenuto=testo,
            html=schermo,
            pdf=carta,
            impronta_contenuto=impronta(testo),
            impronta_html=impronta(schermo),
            impronta_pdf=impronta(carta),
            autore=autore,
        )


def dati_di(restituzione: Restituzione, *, portale: str, disegna: Disegna) -> dict[str, Any]:
    """The document to print: what publishing froze, or what is written now."""
    if restituzione.fermo:
        return json.loads(restituzione.originale.contenuto)
    return contenuto(restituzione, portale=portale, disegna=disegna)


def corretta_dopo(restituzione: Restituzione) -> list[Rettifica]:
    """The public corrections, approved since it was published, of the minutes it was compiled from."""
    chiavi = {
        chiave for sezione in restituzione.sezioni.all() for chiave in sezione.fonti if chiave.startswith("verbale-")
    }
    righe = Rettifica.objects.pubblicabili().filter(
        approvata_il__gt=restituzione.pubblicata_il, verbale__stato="pubblicato"
    )
    return [
        riga for riga in righe.select_related("verbale__incontro") if f"verbale-{riga.verbale_id.hex[:10]}" in chiavi
    ]


def crea_restituzione(
    *, titolo: str, dal: date, al: date, temi: Any = (), incontri: Any = (), autore: Any, **altro: Any
) -> Restituzione:
    """A new draft, still to be compiled. Raises ValidationError if the period ends before it begins."""
    with transaction.atomic():
        restituzione: Any = Restituzione(titolo=titolo, dal=dal, al=al, autore=autore, **altro)
        restituzione._history_user = autore
        restituzione.full_clean(exclude=["slug"])
        restituzione.save()
        restituzione.temi.set(temi)
        restituzione.incontri.set(incontri)
    return restituzione
