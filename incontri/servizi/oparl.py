"""Published meetings in the shape of OParl 1.1 (https://oparl.org/spezifikation/), for programs.

The Tavolo is the Body, its enti are Organizations; nobody is a Person, since the portal publishes no names: `person` and
`paper` are empty lists. `id` of every object is the address it is read at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from incontri.models import EsitoDecisione, Incontro, PuntoOdg, TipoVoce
from incontri.servizi.pubblicati import VerbalePubblicato, verbali_pubblicati
from referenti.models import Ente
from tavolo.base.testo import piano

VERSIONE = "https://schema.oparl.org/1.1/"
LICENZA = "https://creativecommons.org/licenses/by/4.0/"
NOME = "Tavolo Intercultura"


def tipo(nome: str) -> str:
    """The type of an object, as OParl writes it."""
    return f"{VERSIONE}{nome}"


def momento(quando: datetime | None) -> str | None:
    """A moment with its offset, in the time of this country; None where it is not known."""
    return timezone.localtime(quando).isoformat(timespec="seconds") if quando else None


@dataclass(frozen=True)
class OParl:
    """The objects, for a portal whose address (no last slash) is `radice`."""

    radice: str

    def indirizzo(self, nome: str, *args: Any) -> str:
        """The whole address of a page of this API, or of another of the portal where `nome` says its namespace."""
        return self.radice + reverse(nome if ":" in nome else f"oparl:{nome}", args=args)

    def sistema(self) -> dict[str, Any]:
        """The entry point."""
        return {
            "id": self.indirizzo("system"),
            "type": tipo("System"),
            "oparlVersion": VERSIONE,
            "name": NOME,
            "body": self.indirizzo("body-list"),
            "website": f"{self.radice}/",
            "license": LICENZA,
        }

    def corpo(self) -> dict[str, Any]:
        """The Tavolo."""
        elenchi = {nome: self.indirizzo(f"{nome}-list") for nome in ("organization", "person", "meeting", "paper")}
        altri = {"legislativeTerm": [], "legislativeTermList": self.indirizzo("legislativeTerm-list")}
        altri |= {nome: self.indirizzo(f"{nome}-list") for nome in ("agendaItem", "file")}
        return {
            "id": self.indirizzo("body-detail"),
            "type": tipo("Body"),
            "system": self.indirizzo("system"),
            "name": NOME,
            "website": self.indirizzo("referenti:tavolo"),
            "license": LICENZA,
            **elenchi,
            **altri,
        }

    def enti(self, enti: Sequence[Ente]) -> list[dict[str, Any]]:
        """The bodies of the network."""
        return [self._ente(ente) for ente in enti]

    def _ente(self, ente: Ente) -> dict[str, Any]:
        scheda = {
            "id": self.indirizzo("organization-detail", ente.pk),
            "type": tipo("Organization"),
            "body": self.indirizzo("body-detail"),
            "name": ente.denominazione,
            "shortName": ente.nome_breve,
            "classification": ente.get_tipo_display(),
            "organizationType": "Institution",
            "subOrganizationOf": self.indirizzo("organization-detail", ente.padre_id) if ente.padre_id else None,
            "website": self.radice + ente.get_absolute_url(),
        }
        return _pieno(scheda, ente)

    def incontri(self, incontri: Sequence[Incontro]) -> list[dict[str, Any]]:
        """Meetings with published minutes, prefetched with their `temi`: three queries, however many they are."""
        pubblicati = verbali_pubblicati(incontro.pk for incontro in incontri)
        nomi = {nome for pubblicato in pubblicati.values() for nome in pubblicato.enti_presenti}
        enti = dict(Ente.objects.filter(denominazione__in=nomi).values_list("denominazione", "pk"))
        return [self._incontro(incontro, pubblicati[incontro.pk], enti) for incontro in incontri]

    def _incontro(self, incontro: Incontro, pubblicato: VerbalePubblicato, enti: dict[str, UUID]) -> dict[str, Any]:
        """A meeting: agenda, results, documents; who was there as enti, never as people."""
        dati = pubblicato.dati
        presenti = [enti[nome] for nome in pubblicato.enti_presenti if nome in enti]
        scheda = {
            "id": self.indirizzo("meeting-detail", incontro.pk),
            "type": tipo("Meeting"),
            "body": self.indirizzo("body-detail"),
            "name": dati["incontro"]["titolo"],
            "meetingState": "durchgeführt",
            "cancelled": False,
            "start": momento(incontro.inizio),
            "end": momento(incontro.fine),
            "location": {"type": tipo("Location"), "description": luogo}
            if (luogo := dati["incontro"]["luogo"])
            else None,
            "organization": [self.indirizzo("organization-detail", pk) for pk in presenti],
            "participant": [],
            "agendaItem": [self._punto(punto) for punto in dati["punti"]],
            "resultsProtocol": self._file(pubblicato),
            "keyword": [tema.nome for tema in incontro.temi.all()],
            "web": self.radice + incontro.pagina_pubblica,
        }
        return _pieno(scheda, pubblicato.verbale)

    def punti(self, punti: Sequence[PuntoOdg]) -> list[dict[str, Any]]:
        """Points of published minutes, in two queries; one that the public does not read is left out."""
        pubblicati = verbali_pubblicati({punto.incontro_id for punto in punti})
        letti = {punto["uuid"]: punto for pubblicato in pubblicati.values() for punto in pubblicato.dati["punti"]}
        return [self._punto(letti[str(p.pk)], p.incontro_id) for p in punti if str(p.pk) in letti]

    def _punto(self, punto: dict[str, Any], incontro: UUID | None = None) -> dict[str, Any]:
        """A point of the agenda: its decisions are `resolutionText`, how they were taken `result`."""
        decisioni = [voce for voce in punto["voci"] if voce["tipo"] == TipoVoce.DECISIONE]
        esiti = [EsitoDecisione(voce["esito"]).label for voce in decisioni if voce["esito"]]
        scheda = {
            "id": self.indirizzo("agendaItem-detail", punto["uuid"]),
            "type": tipo("AgendaItem"),
            "meeting": self.indirizzo("meeting-detail", incontro) if incontro else None,
            "number": str(punto["numero"]),
            "name": punto["titolo"],
            "public": True,
            "result": "; ".join(dict.fromkeys(esiti)) or None,
            "resolutionText": "\n\n".join(piano(voce["testo"]) for voce in decisioni) or None,
        }
        return {nome: valore for nome, valore in scheda.items() if valore is not None}

    def file(self, incontri: Sequence[Incontro]) -> list[dict[str, Any]]:
        """The published minutes of these meetings as PDFs, in two queries."""
        pubblicati = verbali_pubblicati(incontro.pk for incontro in incontri)
        return [self._file(pubblicati[incontro.pk]) for incontro in incontri]

    def _file(self, pubblicato: VerbalePubblicato) -> dict[str, Any]:
        incontro = pubblicato.verbale.incontro
        return _pieno(
            {
                "id": self.indirizzo("file-detail", pubblicato.verbale.pk),
                "type": tipo("File"),
                "name": f"Verbale: {incontro.titolo}",
                "fileName": f"verbale-{incontro.slug}.pdf",
                "mimeType": "application/pdf",
                "date": timezone.localdate(pubblicato.verbale.approvato_il).isoformat(),
                "accessUrl": self.indirizzo("archivio:verbale", incontro.slug, "pdf"),
                "meeting": [self.indirizzo("meeting-detail", incontro.pk)],
                "fileLicense": LICENZA,
            },
            pubblicato.verbale,
        )


def pagina(
    oggetti: Sequence[dict[str, Any]],
    *,
    numero: int,
    pagine: int,
    quanti: int,
    per_pagina: int,
    url: Callable[[int], str],
) -> dict[str, Any]:
    """An external list of OParl: the objects of one page, how many there are, where the others stand."""
    collegamenti = {"first": url(1), "self": url(numero), "last": url(pagine)}
    if numero > 1:
        collegamenti["prev"] = url(numero - 1)
    if numero < pagine:
        collegamenti["next"] = url(numero + 1)
    conto = {"totalElements": quanti, "elementsPerPage": per_pagina, "currentPage": numero, "totalPages": pagine}
    return {"data": oggetti, "pagination": conto, "links": collegamenti}


def _pieno(scheda: dict[str, Any], riga: Any) -> dict[str, Any]:
    """The object without what is not known, with when its row was made and last changed."""
    momenti = {"created": momento(riga.creato), "modified": momento(riga.aggiornato)}
    return {nome: valore for nome, valore in scheda.items() if valore not in (None, "")} | momenti
