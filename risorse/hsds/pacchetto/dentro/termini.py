"""The terms of our own lists, and which services name them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Model

from referenti.models import Comune
from risorse.hsds.chiavi import chiave
from risorse.hsds.pacchetto.dentro.lavoro import Lavoro
from risorse.hsds.pacchetto.scrittore import LOTTO, NomiUnici, tagliato
from risorse.hsds.righe.termini import ELENCHI, TASSONOMIE, chiave_tipo
from risorse.models import AreaServita, Categoria, DocumentoRichiesto, Risorsa, TipoRisorsa

ICONA = "it-pa"
_NOSTRE = {str(chiave): nome for nome, chiave in TASSONOMIE.items()}


def porta_termini(lavoro: Lavoro) -> None:
    """Make the terms of our taxonomies that are not here yet; those of other taxonomies are kept aside.

    The lists people choose from stay ours: a package from elsewhere with thousands of terms adds none to the first page.
    """
    for riga in lavoro.pacchetto.righe("taxonomy"):
        if str(riga.chiave) in _NOSTRE:
            lavoro.prende("taxonomy", riga, riga, riga.chiave)
    tipi = {chiave_tipo(tipo.value) for tipo in TipoRisorsa}
    presenti = {nome: {t.pk: t for t in modello._default_manager.all()} for nome, modello in ELENCHI.items()}
    nomi = {nome: NomiUnici(((t.nome,) for t in termini.values()), 120) for nome, termini in presenti.items()}
    for riga in lavoro.pacchetto.righe("taxonomy_term"):
        elenco = _NOSTRE.get(riga["taxonomy_id"], "")
        if riga.chiave in tipi:
            lavoro.prende("taxonomy_term", riga, riga, riga.chiave)
        elif elenco in ELENCHI:
            termine = presenti[elenco].get(riga.chiave) or _nuovo(lavoro, elenco, riga, nomi[elenco])
            if termine is not None:
                lavoro.prende("taxonomy_term", riga, termine)


def _nuovo(lavoro: Lavoro, elenco: str, riga, nomi: NomiUnici) -> Any:
    modello: type[Model] = ELENCHI[elenco]
    valori: dict[str, Any] = {"uuid": riga.chiave, "nome": nomi.libero(riga["name"] or "Senza nome")}
    if modello is Categoria:
        valori |= {"descrizione": tagliato(riga["description"] or riga["name"], 200), "icona": ICONA}
    return lavoro.scrive(modello, None, **valori)


def porta_voci(lavoro: Lavoro) -> None:
    """Bring the lists of each service to what the package says, list by list, for the tables that the package has."""
    _dagli_attributi(lavoro)
    documenti = {documento.nome: documento for documento in DocumentoRichiesto.objects.all()}
    _dai_nomi(lavoro, "required_document", "document", "documenti", documenti, "documento")
    comuni = {comune.nome: comune for comune in Comune.objects.all()}
    _dai_nomi(lavoro, "service_area", "name", "comuni_serviti", comuni, "area")
    for riga in lavoro.pacchetto.righe("service_area"):
        servizio = lavoro.trova("service", riga["service_id"])
        if (
            servizio
            and servizio.area_servita != AreaServita.COMUNI
            and riga["name"] == AreaServita(servizio.area_servita).label
        ):
            lavoro.prende("service_area", riga, servizio, chiave("area", servizio.pk))


def _dagli_attributi(lavoro: Lavoro) -> None:
    if "attribute" not in lavoro.pacchetto.tavole:
        return
    del_termine = {t: elenco for elenco, m in ELENCHI.items() for t in m._default_manager.values_list("pk", flat=True)}
    tipi = {chiave_tipo(tipo.value) for tipo in TipoRisorsa}
    voluti: dict[str, dict[UUID, set]] = {elenco: defaultdict(set) for elenco in ELENCHI}
    for riga in lavoro.pacchetto.righe("attribute"):
        servizio, termine = lavoro.trova("service", riga["link_id"]), UUID(riga["taxonomy_term_id"])
        if servizio is None or (termine not in del_termine and termine not in tipi):
            continue
        if termine in del_termine:
            voluti[del_termine[termine]][servizio.pk].add(termine)
        lavoro.prende("attribute", riga, servizio, chiave("attributo", servizio.pk, termine))
    for elenco, di in voluti.items():
        _pareggia(lavoro, elenco, di)


def _dai_nomi(lavoro: Lavoro, tabella: str, colonna: str, elenco: str, noti: dict[str, Any], parte: str) -> None:
    if tabella not in lavoro.pacchetto.tavole:
        return
    voluti: dict[UUID, set] = defaultdict(set)
    for riga in lavoro.pacchetto.righe(tabella):
        servizio, termine = lavoro.trova("service", riga["service_id"]), noti.get(riga[colonna].strip())
        if servizio is None or termine is None or termine.pk in voluti[servizio.pk]:
            continue
        if elenco == "comuni_serviti" and servizio.area_servita != AreaServita.COMUNI:
            continue
        voluti[servizio.pk].add(termine.pk)
        lavoro.prende(tabella, riga, servizio, chiave(parte, servizio.pk, termine.pk))
    _pareggia(lavoro, elenco, voluti)


def _pareggia(lavoro: Lavoro, elenco: str, voluti: dict[UUID, set]) -> None:
    """Add and remove what it takes for the services of the package to name these terms and no others."""
    servizi = {oggetto.pk for (tabella, _), oggetto in lavoro.nostri.items() if tabella == "service"}
    campo = Risorsa._meta.get_field(elenco)
    ponte, colonna = campo.remote_field.through, f"{campo.m2m_reverse_field_name()}_id"
    ora: dict[UUID, dict[UUID, Any]] = defaultdict(dict)
    for chiave_riga, servizio, termine in ponte.objects.values_list("pk", "risorsa_id", colonna):
        if servizio in servizi:
            ora[servizio][termine] = chiave_riga
    di_troppo = [
        k for servizio, termini in ora.items() for t, k in termini.items() if t not in voluti.get(servizio, ())
    ]
    nuovi = [
        ponte(**{"risorsa_id": servizio, colonna: termine})
        for servizio, termini in voluti.items()
        for termine in sorted(termini)
        if termine not in ora.get(servizio, ())
    ]
    for servizio in servizi - lavoro.creati:
        prima, poi = set(ora.get(servizio, ())), set(voluti.get(servizio, ()))
        if prima != poi:
            lavoro.liste.setdefault(servizio, {})[elenco] = (prima, poi)
    for inizio in range(0, len(di_troppo), LOTTO):
        ponte.objects.filter(pk__in=di_troppo[inizio : inizio + LOTTO]).delete()
    ponte.objects.bulk_create(nuovi, batch_size=LOTTO)
