"""Which rows answer to a question: only what the public may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from referenti.models import Comune
from risorse.hsds.parametri import GIORNI, Parametri
from risorse.hsds.pubblici import enti_pubblici, legami_pubblici
from risorse.hsds.righe.termini import ELENCHI, TASSONOMIE, chiave_tipo
from risorse.models import Orario, Risorsa, RisorsaInSede, Sede, TipoRisorsa
from risorse.ricerca.cerca import cerca, intendi
from tavolo.base.mappa import distanza_km

GRADI_AL_METRO = 1 / 111_000
_MEZZANOTTE = "00:00"


def servizi(p: Parametri) -> QuerySet:
    """The published services that answer to every parameter."""
    righe = Risorsa.objects.attive()
    if p.search:
        righe = cerca(righe, intendi(p.search))
    for termine in p.taxonomy_term_id:
        righe = righe.filter(_ha_termine(termine))
    for tassonomia in p.taxonomy_id:
        righe = righe.filter(_ha_tassonomia(tassonomia))
    if p.organization_id:
        righe = righe.filter(ente=p.organization_id)
    if p.modified_after:
        righe = righe.filter(aggiornato__gte=p.modified_after)
    return _per_posto(_per_tempo(_per_eta(righe, p), p), p)


def enti(p: Parametri) -> QuerySet:
    """The bodies that the public knows and that answer to every parameter."""
    offerti = Risorsa.objects.attive().filter(ente=OuterRef("pk"))
    righe = enti_pubblici()
    for parola in p.search.split():
        righe = righe.filter(
            Q(denominazione__icontains=parola) | Q(nome_breve__icontains=parola) | Q(descrizione__icontains=parola)
        )
    for termine in p.taxonomy_term_id:
        righe = righe.filter(Exists(offerti.filter(_ha_termine(termine))))
    for tassonomia in p.taxonomy_id:
        righe = righe.filter(Exists(offerti.filter(_ha_tassonomia(tassonomia))))
    return righe.order_by("denominazione", "uuid")


def in_sedi(p: Parametri) -> QuerySet:
    """The published services as found at their confirmed places."""
    senza_posto = Parametri(**{**vars(p), "postcode": "", "proximity": None})
    righe = legami_pubblici().filter(risorsa__in=servizi(senza_posto).order_by().values("pk"))
    if p.postcode and p.proximity:
        righe = righe.filter(sede__in=_sedi_vicine(p))
    elif p.postcode:
        righe = righe.filter(risorsa__in=_per_posto(Risorsa.objects.attive(), p).order_by().values("pk"))
    return righe.order_by("risorsa__nome", "sede__nome", "uuid")


def _ponte(nome: str) -> tuple[QuerySet, str]:
    campo = Risorsa._meta.get_field(nome)
    return campo.remote_field.through.objects.filter(risorsa=OuterRef("pk")), campo.m2m_reverse_field_name()


def _ha_termine(termine) -> Q:
    tipi = [tipo.value for tipo in TipoRisorsa if chiave_tipo(tipo.value) == termine]
    condizione = Q(tipo__in=tipi)
    for nome in ELENCHI:
        ponte, colonna = _ponte(nome)
        condizione |= Q(Exists(ponte.filter(**{colonna: termine})))
    return condizione


def _ha_tassonomia(tassonomia) -> Q:
    nome = next((nome for nome, chiave in TASSONOMIE.items() if chiave == tassonomia), None)
    if nome == "tipi":
        return Q()
    return Q(Exists(_ponte(nome)[0])) if nome else Q(pk__in=[])


def _per_eta(righe: QuerySet, p: Parametri) -> QuerySet:
    if p.minimum_age is not None:
        righe = righe.filter(Q(eta_massima__isnull=True) | Q(eta_massima__gte=p.minimum_age))
    if p.maximum_age is not None:
        righe = righe.filter(Q(eta_minima__isnull=True) | Q(eta_minima__lte=p.maximum_age))
    return righe


def _per_tempo(righe: QuerySet, p: Parametri) -> QuerySet:
    """Services with an interval on that day (any, without one) that overlaps the hours asked for."""
    if not (p.day or p.start_time or p.end_time):
        return righe
    orari = Orario.objects.all()
    if p.day:
        orari = orari.filter(giorno=GIORNI.index(p.day) + 1)
    if p.start_time:
        orari = orari.filter(Q(alle__gt=p.start_time) | Q(alle=_MEZZANOTTE))
    if p.end_time:
        orari = orari.filter(dalle__lt=p.end_time)
    legami = RisorsaInSede.objects.filter(risorsa=OuterRef("pk"), sede__da_verificare=False)
    della_sede = legami.filter(Exists(orari.filter(sede=OuterRef("sede_id"))))
    nella_sede = legami.filter(Exists(orari.filter(in_sede=OuterRef("pk"))))
    return righe.filter(Q(Exists(orari.filter(risorsa=OuterRef("pk")))) | Q(Exists(della_sede)) | Q(Exists(nella_sede)))


def _per_posto(righe: QuerySet, p: Parametri) -> QuerySet:
    if not p.postcode:
        return righe
    if p.proximity:
        vicini = RisorsaInSede.objects.filter(risorsa=OuterRef("pk"), sede__in=_sedi_vicine(p))
        return righe.filter(Exists(vicini))
    comuni = list(Comune.objects.filter(cap=p.postcode))
    condizione = Q(pk__in=[])
    for comune in comuni:
        condizione |= Q(pk__in=Risorsa.objects.che_servono(comune).order_by().values("pk"))
    return righe.filter(condizione)


def _sedi_vicine(p: Parametri) -> list:
    """The confirmed places within so many metres of the middle of a comune with this postcode."""
    vicine = set()
    for comune in Comune.objects.filter(cap=p.postcode, latitudine__isnull=False):
        margine = p.proximity * GRADI_AL_METRO
        riquadro = Sede.objects.pubbliche().filter(
            latitudine__range=(float(comune.latitudine) - margine, float(comune.latitudine) + margine),
            longitudine__range=(float(comune.longitudine) - margine * 2, float(comune.longitudine) + margine * 2),
        )
        for sede in riquadro.only("pk", "latitudine", "longitudine"):
            km = distanza_km(comune, sede)
            if km is not None and km * 1000 <= p.proximity:
                vicine.add(sede.pk)
    return list(vicine)
