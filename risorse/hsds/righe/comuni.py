"""What several tables share: rows without gaps, contacts, closures in words."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from risorse.models import TipoContatto

PADRONI = {"organization": "organization_id", "service": "service_id", "location": "location_id"}
_NON_URI = re.compile(r"[^\x21-\x7e]|[<>\"{}|\\^`]")


def piena(riga: dict[str, Any]) -> dict[str, Any]:
    """The row without the columns that have nothing to say: HSDS refuses null."""
    return {nome: valore for nome, valore in riga.items() if valore is not None and valore != ""}


def uri(valore: str) -> str | None:
    """An address as a URI of ASCII letters only; None if it is none."""
    return None if _NON_URI.search(valore) else valore


def primo(contatti: Iterable[dict], tipo: str) -> str | None:
    """The first contact of a kind."""
    return next((contatto["valore"] for contatto in contatti if contatto["tipo"] == tipo), None)


def righe_contatti(materia, tabella: str, chiave: UUID, righe: dict[str, list[dict]]) -> None:
    """Write the phones, the addresses of mail and the web addresses of one owner into the rows."""
    di = {PADRONI[tabella]: chiave}
    for contatto in materia.contatti.get(chiave, ()):
        testo = materia.testi(contatto["uuid"], "etichetta", contatto["etichetta"])
        tipo, valore = contatto["tipo"], contatto["valore"]
        if tipo == TipoContatto.WEB:
            if tabella != "location" and uri(valore):
                righe["url"].append(piena({"id": contatto["uuid"], "label": testo, "url": valore, **di}))
        elif tipo in (TipoContatto.EMAIL, TipoContatto.PEC):
            titolo = "PEC" if tipo == TipoContatto.PEC else None
            campi = {"id": contatto["uuid"], **di, "title": titolo, "department": testo, "email": valore}
            righe["contact"].append(piena(campi))
        else:
            modo = "text" if tipo == TipoContatto.WHATSAPP else "voice"
            detto = ": ".join(filter(None, ("WhatsApp", testo))) if tipo == TipoContatto.WHATSAPP else testo
            righe["phone"].append(
                piena({"id": contatto["uuid"], **di, "number": valore, "type": modo, "description": detto})
            )


def chiuso(materia, chiavi: Iterable[UUID]) -> str:
    """The closures to come of these owners, in words."""
    periodi = (chiusura for chiave in chiavi for chiusura in materia.chiusure.get(chiave, ()))
    return " · ".join(dict.fromkeys(_periodo(materia, chiusura) for chiusura in periodi))


def _periodo(materia, chiusura: dict) -> str:
    testo = _("Chiuso dal %(dal)s al %(al)s") % {
        "dal": f"{chiusura['dal']:%d/%m/%Y}",
        "al": f"{chiusura['al']:%d/%m/%Y}",
    }
    motivo = materia.testi(chiusura["uuid"], "motivo", chiusura["motivo"])
    return f"{testo}: {motivo}" if motivo else testo
