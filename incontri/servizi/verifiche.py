"""Whether approved minutes are still what they were: stored bytes, live rows, corrections, files, seals."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import connection

from incontri.models import Originale, Rettifica, Verbale
from incontri.models.posa_sigilli import mancanti
from incontri.servizi.contenuto import contenuto
from incontri.servizi.originali import impronta
from incontri.servizi.rettifiche import contenuto_rettifica

# What is written beside rows that live on: accounts are removed, enti change name, commitments go on.
_VIVI = {"presiede", "verbalizzante", "impegno", "istanza", "verbale_da_approvare"}
_DI_PRESENZA = {"seggio", "ente", "nome"}


def sigilli_mancanti() -> list[str]:
    """The database's refusals that are missing or altered, by name."""
    return mancanti(connection)


def differenze(verbale: Verbale) -> list[str]:
    """What of these approved minutes is no longer as it was approved, in words; empty if everything is."""
    originale = Originale.objects.filter(verbale=verbale.pk).first()
    if originale is None:
        return ["manca l'originale"]
    return [
        *_dell_originale(originale),
        *_dal_vivo(verbale, originale),
        *_delle_rettifiche(verbale),
        *_degli_allegati(verbale),
    ]


def _dell_originale(originale: Originale) -> Iterator[str]:
    for nome, parole in (("contenuto", "il contenuto"), ("html", "il documento per lo schermo"), ("pdf", "il PDF")):
        valore = getattr(originale, nome)
        conservato = valore if isinstance(valore, str) else bytes(valore)
        if impronta(conservato) != getattr(originale, f"impronta_{nome}"):
            yield f"{parole} conservato non ha più la sua impronta"


def _dal_vivo(verbale: Verbale, originale: Originale) -> Iterator[str]:
    try:
        conservato = json.loads(originale.contenuto)
    except ValueError:
        yield "il contenuto conservato non si legge più"
        return
    # Through the text and back, so that both are made of the same things.
    adesso = json.loads(json.dumps(contenuto(verbale)))
    for dove in _diversi(_senza_vivi(conservato), _senza_vivi(adesso)):
        yield f"nel database è cambiato: {dove}"


def _delle_rettifiche(verbale: Verbale) -> Iterator[str]:
    rettifiche: list[Any] = list(Rettifica.objects.approvate().filter(verbale=verbale.pk).select_related("verbale"))
    if [r.numero for r in rettifiche] != list(range(1, len(rettifiche) + 1)):
        yield "le rettifiche non sono numerate di seguito"
    for rettifica in rettifiche:
        if impronta(rettifica.contenuto) != rettifica.impronta:
            yield f"la rettifica {rettifica.numero} non ha più la sua impronta"
            continue
        conservata, adesso = json.loads(rettifica.contenuto), contenuto_rettifica(rettifica)
        for dove in _diversi(conservata | {"incontro": ""}, adesso | {"incontro": ""}):
            yield f"nella rettifica {rettifica.numero} è cambiato: {dove}"


def _degli_allegati(verbale: Any) -> Iterator[str]:
    for allegato in verbale.incontro.allegati.all():
        try:
            with allegato.file.open("rb") as file:
                somma = sha256()
                for pezzo in file.chunks():
                    somma.update(pezzo)
        except OSError:
            yield f"manca il file dell'allegato «{allegato}»"
            continue
        if somma.hexdigest() != allegato.impronta:
            yield f"il file dell'allegato «{allegato}» non ha più la sua impronta"


def _senza_vivi(dati: Any, fuori: frozenset[str] | set[str] = frozenset(_VIVI)) -> Any:
    if isinstance(dati, list):
        return [_senza_vivi(dato, fuori) for dato in dati]
    if not isinstance(dati, dict):
        return dati
    if "ospite" in dati:
        fuori = {"seggio", "ente"} if dati["ospite"] else _DI_PRESENZA
    puliti = {chiave: _senza_vivi(valore) for chiave, valore in dati.items() if chiave not in fuori}
    if "osservazioni" in puliti and "punti" in puliti:
        puliti["osservazioni"] = [_senza_vivi(o, {"ente"}) for o in dati["osservazioni"]]
        if puliti["approvazione"]:
            puliti["approvazione"] = _senza_vivi(dati["approvazione"], {"incontro"})
    return puliti


def _diversi(prima: Any, dopo: Any, dove: str = "") -> Iterator[str]:
    """The places where two JSON values differ."""
    if isinstance(prima, dict) and isinstance(dopo, dict):
        for chiave in sorted(prima.keys() | dopo.keys()):
            yield from _diversi(prima.get(chiave), dopo.get(chiave), f"{dove}, {chiave}" if dove else chiave)
    elif isinstance(prima, list) and isinstance(dopo, list) and len(prima) == len(dopo):
        for numero, (uno, altro) in enumerate(zip(prima, dopo, strict=True), start=1):
            yield from _diversi(uno, altro, f"{dove} {numero}")
    elif prima != dopo:
        yield dove
