"""What the portal publishes as open data, said once: the page, the files and the catalogue are made from it.

The catalogue follows DCAT-AP_IT (AgID, linee guida open data 2023, requirement 15): its mandatory properties of
catalogue, dataset, distribution and agent; licence CC BY 4.0 (requirement 20).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, XSD, Graph, Literal, Namespace, URIRef

DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
EU = "http://publications.europa.eu/resource/authority"
LICENZA = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Distribuzione:
    """One file of a dataset: the name of its address, its format in EU's vocabulary, in words.

    An `interfaccia` is read page by page by a program: there is nothing to download.
    """

    vista: str
    formato: str
    tipo: str
    che_cosa: Any = ""
    interfaccia: bool = False


@dataclass(frozen=True)
class Dataset:
    """One set of data: its name, what it holds, its theme and how often it changes (EU vocabularies)."""

    nome: str
    titolo: Any
    descrizione: Any
    distribuzioni: tuple[Distribuzione, ...]
    tema: str = "SOCI"
    frequenza: str = "CONT"


DATASET = (
    Dataset(
        "servizi",
        _("Servizi"),
        _("I servizi pubblicati: che cosa fanno, per chi, dove, quando, in quali lingue, quanto costano."),
        (
            Distribuzione("dati-servizi", "CSV", "text/csv", _("una riga per servizio")),
            Distribuzione(
                "hsds:services-list", "JSON", "application/json", _("HSDS 3, per i programmi"), interfaccia=True
            ),
            Distribuzione("hsds:pacchetto", "ZIP", "application/zip", _("HSDS 3, tutte le tabelle")),
        ),
    ),
    Dataset(
        "luoghi",
        _("Luoghi dei servizi"),
        _("Dove si trovano i servizi: indirizzo, punto sulla mappa, ingresso con la sedia a rotelle."),
        (
            Distribuzione("dati-luoghi", "CSV", "text/csv", _("una riga per ogni servizio in un luogo")),
            Distribuzione("dati-geojson", "GEOJSON", "application/geo+json", _("punti, WGS84")),
        ),
    ),
    Dataset(
        "enti",
        _("Enti della rete"),
        _("Gli enti che partecipano al Tavolo o offrono un servizio, e le loro unità."),
        (Distribuzione("dati-enti", "CSV", "text/csv", _("una riga per ente")),),
        "GOVE",
        "IRREG",
    ),
    Dataset(
        "indicatori",
        _("Numeri del territorio"),
        _("Residenti, residenti stranieri e minori, per comune e per l'Ambito, ognuno con fonte e data."),
        (Distribuzione("dati-indicatori", "CSV", "text/csv", _("una riga per numero")),),
        "SOCI",
        "ANNUAL",
    ),
    Dataset(
        "calendario",
        _("Calendario di incontri e corsi"),
        _("Gli incontri pubblici del Tavolo e le lezioni dei corsi nei prossimi due mesi."),
        (Distribuzione("dati-calendario", "ICS", "text/calendar", _("per il calendario del telefono")),),
        "EDUC",
        "CONT",
    ),
    Dataset(
        "verbali",
        _("Verbali pubblicati"),
        _(
            "Gli incontri del Tavolo con il verbale pubblicato: punti, decisioni, enti presenti. Nella forma di OParl 1.1."
        ),
        (
            Distribuzione(
                "oparl:system",
                "JSON",
                "application/json",
                _("per i programmi: da qui si arriva a tutto"),
                interfaccia=True,
            ),
        ),
        "GOVE",
        "IRREG",
    ),
)


def catalogo(indirizzi: dict[str, str], *, radice: str, aggiornato: date) -> bytes:
    """The catalogue in Turtle; `indirizzi` maps the name of each view to its whole address."""
    grafo = Graph()
    for prefisso, spazio in (("dcatapit", DCATAPIT), ("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF)):
        grafo.bind(prefisso, spazio)
    dati = URIRef(f"{radice}/dati/")
    with override("it"):
        agente = _agente(grafo, radice)
        _licenza(grafo)
        _descrivi(
            grafo,
            dati,
            (DCATAPIT.Catalog, DCAT.Catalog),
            {
                DCTERMS.title: Literal("Dati aperti del Tavolo Intercultura", lang="it"),
                DCTERMS.description: Literal("I servizi, gli enti e i numeri del territorio.", lang="it"),
                DCTERMS.publisher: agente,
                DCTERMS.modified: Literal(aggiornato.isoformat(), datatype=XSD.date),
                DCTERMS.language: URIRef(f"{EU}/language/ITA"),
                DCAT.themeTaxonomy: URIRef(f"{EU}/data-theme"),
                FOAF.homepage: dati,
            },
        )
        for dataset in DATASET:
            grafo.add((dati, DCAT.dataset, _dataset(grafo, dataset, indirizzi, radice, agente, aggiornato)))
    return grafo.serialize(format="turtle", encoding="utf-8")


def _descrivi(grafo: Graph, soggetto: URIRef, tipi: tuple, proprieta: dict) -> URIRef:
    for tipo in tipi:
        grafo.add((soggetto, RDF.type, tipo))
    for proprio, valore in proprieta.items():
        grafo.add((soggetto, proprio, valore))
    return soggetto


def _agente(grafo: Graph, radice: str) -> URIRef:
    titolare = settings.TITOLARE_DATI or "Tavolo Intercultura dell'Ambito Territoriale di Garbagnate Milanese"
    return _descrivi(
        grafo,
        URIRef(f"{radice}/dati/#titolare"),
        (DCATAPIT.Agent, FOAF.Agent),
        {
            # The IPA code where the installation has one, else the name it answers to.
            DCTERMS.identifier: Literal(settings.CODICE_IPA or radice.partition("://")[2]),
            FOAF.name: Literal(titolare, lang="it"),
        },
    )


def _licenza(grafo: Graph) -> None:
    _descrivi(
        grafo,
        URIRef(LICENZA),
        (DCATAPIT.LicenseDocument, DCTERMS.LicenseDocument),
        {
            DCTERMS.type: URIRef("http://purl.org/adms/licencetype/Attribution"),
            FOAF.name: Literal("Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)", lang="it"),
            OWL.versionInfo: Literal("4.0"),
        },
    )


def _dataset(grafo: Graph, dataset: Dataset, indirizzi: dict, radice: str, agente: URIRef, aggiornato: date) -> URIRef:
    soggetto = _descrivi(
        grafo,
        URIRef(f"{radice}/dati/#{dataset.nome}"),
        (DCATAPIT.Dataset, DCAT.Dataset),
        {
            DCTERMS.identifier: Literal(dataset.nome),
            DCTERMS.title: Literal(str(dataset.titolo), lang="it"),
            DCTERMS.description: Literal(str(dataset.descrizione), lang="it"),
            DCTERMS.modified: Literal(aggiornato.isoformat(), datatype=XSD.date),
            DCAT.theme: URIRef(f"{EU}/data-theme/{dataset.tema}"),
            DCTERMS.rightsHolder: agente,
            DCTERMS.publisher: agente,
            DCTERMS.accrualPeriodicity: URIRef(f"{EU}/frequency/{dataset.frequenza}"),
            DCTERMS.language: URIRef(f"{EU}/language/ITA"),
        },
    )
    for distribuzione in dataset.distribuzioni:
        indirizzo = URIRef(indirizzi[distribuzione.vista])
        nome = f"{dataset.titolo}: {distribuzione.che_cosa}"
        grafo.add(
            (
                soggetto,
                DCAT.distribution,
                _descrivi(
                    grafo,
                    URIRef(f"{radice}/dati/#{dataset.nome}-{distribuzione.formato.lower()}"),
                    (DCATAPIT.Distribution, DCAT.Distribution),
                    {
                        DCTERMS.title: Literal(nome, lang="it"),
                        DCTERMS.format: URIRef(f"{EU}/file-type/{distribuzione.formato}"),
                        DCAT.accessURL: indirizzo,
                        DCTERMS.license: URIRef(LICENZA),
                    }
                    | ({} if distribuzione.interfaccia else {DCAT.downloadURL: indirizzo}),
                ),
            )
        )
    return soggetto
