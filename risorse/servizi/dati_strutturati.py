"""The card of a service for machines: JSON-LD GovernmentService (italian-pa-web.md §2, R.SI.1.1; schema.org)."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from referenti.models import TipoEnte
from risorse.models import AreaServita, Contatto, Risorsa, TipoContatto, TipoSede
from risorse.orari import Orari

GIORNI = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PUBBLICI = frozenset({TipoEnte.COMUNE, TipoEnte.CONSORZIO, TipoEnte.ASST, TipoEnte.UNITA, TipoEnte.SCUOLA})


@dataclass(frozen=True)
class ServizioPubblico:
    """A service as schema.org says it; read when the page is written, in its language.

    `indirizzo` is the whole address of the card, `origine` scheme and host of the portal.
    """

    risorsa: Risorsa
    contatti: list[Contatto]
    indirizzo: str
    origine: str

    @property
    def dati(self) -> dict[str, Any]:
        """The object, without the keys nothing is known of."""
        risorsa, ente = self.risorsa, self._ente()
        return _pieno(
            {
                "@context": "https://schema.org",
                "@type": "GovernmentService",
                "@id": self.indirizzo,
                "url": self.indirizzo,
                "name": risorsa.testo("nome"),
                "description": risorsa.testo("in_breve"),
                "inLanguage": get_language(),
                "serviceType": [categoria.testo("nome") for categoria in risorsa.categorie.all()],
                "serviceOperator": ente,
                "provider": ente,
                "areaServed": self._area(),
                "audience": _pieno(
                    {"@type": "Audience", "audienceType": ", ".join(d.testo("nome") for d in risorsa.destinatari.all())}
                ),
                "availableChannel": self._canali(),
                "offers": {"@type": "Offer", "price": "0", "priceCurrency": "EUR"} if risorsa.gratuita else None,
            }
        )

    def _ente(self) -> dict[str, Any]:
        ente = self.risorsa.ente
        tipo = "GovernmentOrganization" if ente.tipo in PUBBLICI else "Organization"
        return {"@type": tipo, "name": str(ente), "url": f"{self.origine}{ente.get_absolute_url()}"}

    def _area(self) -> list[dict[str, str]]:
        if self.risorsa.area_servita == AreaServita.NAZIONALE:
            return [{"@type": "Country", "name": "Italia"}]
        if self.risorsa.area_servita == AreaServita.AMBITO:
            return [{"@type": "AdministrativeArea", "name": "Ambito Territoriale di Garbagnate Milanese"}]
        return [{"@type": "City", "name": comune.nome} for comune in self.risorsa.comuni_serviti.all()]

    def _canali(self) -> list[dict[str, Any]]:
        telefono = next((c.valore for c in self.contatti if c.tipo == TipoContatto.TELEFONO), "")
        comune = {
            "@type": "ServiceChannel",
            "serviceUrl": next((c.valore for c in self.contatti if c.tipo == TipoContatto.WEB), self.indirizzo),
            "servicePhone": {"@type": "ContactPoint", "telephone": telefono} if telefono else None,
            "availableLanguage": [lingua.codice for lingua in self._lingue()],
        }
        luoghi = [
            _luogo(in_sede, gruppo.orari)
            for gruppo in self.risorsa.orari_in_luoghi
            for in_sede in gruppo.in_sedi
            if in_sede.sede.tipo == TipoSede.FISICA
        ]
        return [_pieno(comune | {"serviceLocation": luogo}) for luogo in luoghi] or [_pieno(comune)]

    def _lingue(self) -> list[Any]:
        return list(dict.fromkeys(parlata.lingua for parlata in self.risorsa.lingue_parlate.all()))


def _luogo(in_sede: Any, orari: Orari) -> dict[str, Any]:
    sede = in_sede.sede
    return _pieno(
        {
            "@type": "Place",
            "name": sede.testo("nome"),
            "address": _pieno(
                {
                    "@type": "PostalAddress",
                    "streetAddress": sede.indirizzo,
                    "postalCode": sede.cap,
                    "addressLocality": sede.comune.nome if sede.comune else "",
                    "addressCountry": "IT",
                }
            ),
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": float(sede.latitudine),
                "longitude": float(sede.longitudine),
            }
            if sede.latitudine is not None
            else None,
            "openingHoursSpecification": orari_strutturati(orari),
        }
    )


def orari_strutturati(orari: Orari) -> list[dict[str, str]]:
    """Hours one may come without an appointment, and the closures ahead (from midnight to midnight: closed)."""
    aperti = [
        _specifica(
            uno.dalle, uno.alle, uno.valido_dal, uno.valido_al, dayOfWeek=f"https://schema.org/{GIORNI[uno.giorno - 1]}"
        )
        for uno in orari.intervalli
        if not uno.su_appuntamento
    ]
    oggi = timezone.localdate()
    chiusi = {(una.dal, una.al) for una in orari.chiusure if una.al >= oggi}
    return aperti + [_specifica(time(0), time(0), dal, al) for dal, al in sorted(chiusi)]


def _specifica(dalle: time, alle: time, dal: Any, al: Any, **altro: str) -> dict[str, str]:
    # For schema.org an interval that ends at midnight ends a minute before; 00:00 to 00:00 would say "closed".
    fine = "23:59" if altro and alle == time(0) else f"{alle:%H:%M}"
    specifica = {"@type": "OpeningHoursSpecification", **altro, "opens": f"{dalle:%H:%M}", "closes": fine}
    return specifica | {k: v.isoformat() for k, v in (("validFrom", dal), ("validThrough", al)) if v}


def _pieno(oggetto: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; an object of which only the type is left is empty too."""
    pieno = {chiave: valore for chiave, valore in oggetto.items() if valore}
    return pieno if set(pieno) - {"@type"} else {}
