"""Phones, mail and web addresses as contatti: of an ente, a sede or a service, never of a person."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from risorse.hsds.chiavi import chiave
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.leggi import Riga
from risorse.hsds.pacchetto.scrittore import tagliato
from risorse.models import Contatto, TipoContatto

_PADRONI = {
    "organization_id": ("organization", "ente"),
    "service_id": ("service", "risorsa"),
    "location_id": ("location", "sede"),
}
_ALTRI = ("contact_id", "service_at_location_id")
_NON_CIFRE = re.compile(r"[^\d+]+")
_DI_RIGA = {"organization": "ente", "service": "risorsa", "location": "sede"}


class _Contatti:
    """The contacts there are, by owner, kind and value: each is there once."""

    def __init__(self, lavoro: Lavoro):
        self.lavoro = lavoro
        self.per_chiave = {contatto.pk: contatto for contatto in Contatto.objects.all()}
        self.per_valore = {self._posto(contatto): contatto for contatto in self.per_chiave.values()}
        self.usati: set[Any] = set()

    @staticmethod
    def _posto(contatto: Contatto) -> tuple:
        return (contatto.ente_id or contatto.sede_id or contatto.risorsa_id, contatto.tipo, contatto.valore)

    def porta(
        self, chiave_riga: Any, campo: str, padrone: Any, tipo: str, valore: str, **altri: Any
    ) -> Contatto | None:
        """The contact with this value, made or brought up to date; None if it is no contact, or is already another row's."""
        posto = (padrone.pk, tipo, valore)
        contatto = self.per_valore.get(posto) or self.per_chiave.get(chiave_riga)
        if contatto is not None and (contatto.pk in self.usati or self._posto(contatto)[0] != padrone.pk):
            return None
        if not _valido(tipo, valore) or len(valore) > 200:
            return None
        valori = {"tipo": tipo, "valore": valore, **altri}
        if contatto is None:
            valori |= {"uuid": chiave_riga, campo: padrone}
        else:
            valori.pop("ordine", None)
        contatto = self.lavoro.scrive(Contatto, contatto, **valori)
        if contatto is not None:
            self.usati.add(contatto.pk)
            self.per_valore[posto] = contatto
        return contatto


def _valido(tipo: str, valore: str) -> bool:
    try:
        Contatto(tipo=tipo, valore=valore).clean()
    except ValidationError:
        return False
    return True


def porta_contatti(lavoro: Lavoro) -> None:
    """Rows of phone, contact and url, then what organizations, services and places say of themselves."""
    contatti = _Contatti(lavoro)
    principali = _principali(lavoro)
    for tabella in ("phone", "contact", "url"):
        for riga in lavoro.pacchetto.righe(tabella):
            padrone = _padrone(lavoro, riga)
            letto = _leggi(tabella, riga) if padrone else None
            if letto is None:
                continue
            campo, oggetto = padrone
            tipo, valore, etichetta = letto
            ordine = 0 if (oggetto.pk, valore) in principali else 10
            contatto = contatti.porta(
                riga.chiave, campo, oggetto, tipo, valore, etichetta=tagliato(etichetta, 80), ordine=ordine
            )
            if contatto is not None:
                lavoro.prende(tabella, riga, contatto)
    for oggetto, campo, tipo, valore in _detti(lavoro):
        if (oggetto.pk, tipo, valore) not in contatti.per_valore:
            contatti.porta(chiave("contatto", oggetto.pk, tipo, valore), campo, oggetto, tipo, valore)


def _padrone(lavoro: Lavoro, riga: Riga) -> tuple[str, Any] | None:
    """The field and the object of the only one it belongs to; None if there are none or several."""
    if any(riga[nome] for nome in _ALTRI):
        return None
    detti = [(nome, riga[nome]) for nome in _PADRONI if riga[nome]]
    if len(detti) != 1:
        return None
    tabella, campo = _PADRONI[detti[0][0]]
    oggetto = lavoro.trova(tabella, detti[0][1])
    return (campo, oggetto) if oggetto is not None else None


def _leggi(tabella: str, riga: Riga) -> tuple[str, str, str] | None:
    """Kind, value and label of a row; None for a person's: the portal has none."""
    if tabella == "url":
        return TipoContatto.WEB, riga["url"].strip(), riga["label"]
    if tabella == "contact":
        if riga["name"] or not riga["email"]:
            return None
        return (
            (TipoContatto.PEC if riga["title"] == "PEC" else TipoContatto.EMAIL),
            riga["email"].strip(),
            riga["department"],
        )
    numero = riga["number"].strip()
    numero = numero if _valido(TipoContatto.TELEFONO, numero) else _NON_CIFRE.sub(" ", numero).strip()
    etichetta = riga["description"]
    if etichetta.startswith("WhatsApp"):
        return TipoContatto.WHATSAPP, numero, etichetta.removeprefix("WhatsApp").removeprefix(": ")
    return TipoContatto.TELEFONO, numero, etichetta


def _detti(lavoro: Lavoro):
    colonne = (
        ("organization", "email", TipoContatto.EMAIL),
        ("organization", "website", TipoContatto.WEB),
        ("service", "email", TipoContatto.EMAIL),
        ("service", "url", TipoContatto.WEB),
        ("location", "url", TipoContatto.WEB),
    )
    for tabella, colonna, tipo in colonne:
        for riga in lavoro.pacchetto.righe(tabella):
            oggetto = lavoro.nostri.get((tabella, riga.chiave))
            if oggetto is not None and (valore := riga[colonna].strip()):
                yield oggetto, _DI_RIGA[tabella], tipo, valore


def _principali(lavoro: Lavoro) -> set[tuple[Any, str]]:
    return {(oggetto.pk, valore) for oggetto, _, _, valore in _detti(lavoro)}
