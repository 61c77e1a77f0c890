"""Writing what the data say over a document, without covering what people wrote; telling what has changed since."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from incontri.models import GenereSezione, Restituzione, SezioneRestituzione
from incontri.servizi.originali import impronta
from incontri.servizi.restituzioni.contesto import Contesto
from incontri.servizi.restituzioni.penna import SEGNO, Compilato
from incontri.servizi.restituzioni.sezioni import SEZIONI
from tavolo.base.fusione import differenze
from tavolo.base.stati import PassaggioNonPossibile

PUBBLICATA = "Il documento è pubblicato: non si cambia più. Se i dati sono cambiati, se ne prepara uno nuovo."


def aperta(restituzione: Restituzione) -> Restituzione:
    """The document as it is saved now, held until the end of the transaction; PassaggioNonPossibile once it is published."""
    adesso = Restituzione.objects.select_for_update().get(pk=restituzione.pk)
    if adesso.fermo:
        raise PassaggioNonPossibile(PUBBLICATA)
    return adesso


def leggi_dati(restituzione: Restituzione, giorno: Any = None) -> dict[str, Compilato]:
    """What the data say of each section, on `giorno` (today, or the last day of the period)."""
    contesto = Contesto(restituzione, giorno or restituzione.giorno())
    with translation.override("it"):
        return {genere.value: SEZIONI[genere](contesto) for genere in GenereSezione}


def compila_restituzione(restituzione: Restituzione, *, autore: Any) -> dict[str, int]:
    """Compile every section again; gives how many are new, replaced, kept as people wrote them, contested.

    A text nobody touched is replaced. An edited one stays; where the data would now say something else than what it was
    edited from, the new text waits beside it in `contesa`. Raises PassaggioNonPossibile, with nothing written, once it is published.
    """
    conti = {"nuove": 0, "rifatte": 0, "tenute": 0, "contese": 0}
    with transaction.atomic():
        salvata: Any = aperta(restituzione)
        letti = leggi_dati(salvata)
        presenti = {sezione.genere: sezione for sezione in salvata.sezioni.all()}
        for ordine, genere in enumerate(GenereSezione, start=1):
            sezione = presenti.get(genere.value) or SezioneRestituzione(restituzione=salvata, genere=genere.value)
            sezione.ordine = ordine
            conti[_posa(sezione, letti[genere.value], autore)] += 1
        salvata.compilata_il = timezone.now()
        salvata.impronta = impronta("".join(compilato.impronta for compilato in letti.values()))
        salvata._history_user = autore
        salvata.save()
    restituzione.refresh_from_db()
    return conti


def _posa(sezione: Any, nuovo: Compilato, autore: Any) -> str:
    prima = (sezione.testo, sezione.compilato, sezione.contesa, sezione.impronta, sezione.ordine)
    nata = sezione._state.adding
    if nata or not sezione.corretta or sezione.testo == nuovo.testo:
        sezione.testo = sezione.compilato = nuovo.testo
        sezione.contesa = ""
        che = "nuove" if nata else "rifatte"
    elif nuovo.testo == sezione.compilato:
        sezione.contesa, che = "", "tenute"
    else:
        sezione.contesa, che = nuovo.testo, "contese"
    citate = _chiavi(sezione.testo) | _chiavi(sezione.compilato)
    sezione.fonti = {k: v for k, v in (sezione.fonti or {}).items() if k in citate} | nuovo.fonti
    sezione.tabelle, sezione.figura, sezione.impronta = nuovo.tabelle, nuovo.figura, nuovo.impronta
    if prima != (sezione.testo, sezione.compilato, sezione.contesa, sezione.impronta, sezione.ordine):
        sezione.versione += 0 if nata else 1
        sezione._history_user = autore
        sezione.save()
    return che


def _chiavi(testo: str) -> set[str]:
    return set(SEGNO.findall(testo))


@dataclass(frozen=True)
class Cambiamento:
    """A section whose data are no longer those it was compiled from: its words before and after, sources come and gone."""

    sezione: SezioneRestituzione
    differenze: SafeString
    fonti_nuove: list[str]
    fonti_tolte: list[str]
    solo_tabelle: bool


def cambiamenti(restituzione: Restituzione) -> list[Cambiamento]:
    """What has changed in the data since the document was compiled: a correction, a figure, minutes approved since.

    The data are looked at on the day it was compiled, so that days that pass change nothing by themselves.
    """
    if restituzione.compilata_il is None:
        return []
    compilata = timezone.localdate(restituzione.compilata_il)
    letti = leggi_dati(restituzione, restituzione.giorno(compilata))
    trovati = []
    for sezione in restituzione.sezioni.order_by("ordine"):
        nuovo = letti[sezione.genere]
        if nuovo.impronta == sezione.impronta:
            continue
        prima = sezione.contesa or sezione.compilato
        citate = {chiave: sezione.fonti[chiave]["nome"] for chiave in _chiavi(prima) if chiave in sezione.fonti}
        adesso = {chiave: nuovo.fonti[chiave]["nome"] for chiave in _chiavi(nuovo.testo)}
        trovati.append(
            Cambiamento(
                sezione,
                differenze(SEGNO.sub("", prima), SEGNO.sub("", nuovo.testo))
                if prima != nuovo.testo
                else SafeString(""),
                sorted(nome for chiave, nome in adesso.items() if chiave not in citate),
                sorted(nome for chiave, nome in citate.items() if chiave not in adesso),
                prima == nuovo.testo,
            )
        )
    return trovati
