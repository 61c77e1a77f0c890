"""Whether published restitution documents are still what they were: stored bytes and live rows."""

import json
from collections.abc import Iterator

from incontri.models import OriginaleRestituzione, Restituzione
from incontri.servizi.originali import impronta


def differenze(restituzione: Restituzione) -> list[str]:
    """What of this published document is no longer as it was published, in words; empty if everything is."""
    originale = OriginaleRestituzione.objects.filter(restituzione=restituzione.pk).first()
    if originale is None:
        return ["manca l'originale"]
    return [*_conservato(originale), *_dal_vivo(restituzione, originale)]


def _conservato(originale: OriginaleRestituzione) -> Iterator[str]:
    for nome, parole in (("contenuto", "il contenuto"), ("html", "il documento per lo schermo"), ("pdf", "il PDF")):
        valore = getattr(originale, nome)
        if impronta(valore if isinstance(valore, str) else bytes(valore)) != getattr(originale, f"impronta_{nome}"):
            yield f"{parole} conservato non ha più la sua impronta"


def _dal_vivo(restituzione: Restituzione, originale: OriginaleRestituzione) -> Iterator[str]:
    try:
        dati = json.loads(originale.contenuto)
    except ValueError:
        yield "il contenuto conservato non si legge più"
        return
    fatti = {"titolo": restituzione.titolo, "numero": restituzione.segno, "impronta_fonti": restituzione.impronta}
    for nome, adesso in fatti.items():
        if dati[nome] != adesso:
            yield f"nel database è cambiato: {nome}"
    tabelle = {sezione["genere"]: sezione["tabelle"] for sezione in dati["sezioni"]}
    vive = {sezione.genere: sezione.tabelle for sezione in restituzione.sezioni.all()}
    if set(tabelle) != set(vive):
        yield "nel database sono cambiate le sezioni"
    for genere in sorted(set(tabelle) & set(vive)):
        if tabelle[genere] != vive[genere]:
            yield f"nel database è cambiata una tabella: {genere}"
