"""The whole content of minutes as plain data: what the documents are printed from and what approval freezes."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from incontri.models import Allegato, Incontro, Osservazione, Presenza, PuntoOdg, Verbale, Voce
from incontri.servizi.impegni import impegni_del_verbale
from incontri.stampa import impronta

FORMATO = 1


def contenuto(verbale: Verbale) -> dict[str, Any]:
    """The minutes as they are saved now, names of people and enti as text: the same shape for a draft, without approval.

    Moments are ISO 8601 in the portal's time zone, hours `HH:MM`, choices their codes. `riferimenti` says to which rows
    the names belong (never to which accounts: those are removed). A fixed number of queries, whatever there is in the minutes.
    """
    legati = ("incontro", "incontro__presiede", "verbalizzante", "approvato_in")
    salvato: Any = Verbale.objects.select_related(*legati).get(pk=verbale.pk)
    incontro = salvato.incontro
    presenze = list(incontro.presenze.in_fila().order_by(*_fila_di(Presenza), "uuid"))
    punti = list(incontro.punti.select_related("verbale_da_approvare__incontro").order_by("ordine", "creato", "uuid"))
    voci = _voci_per_punto(incontro)
    numeri = {punto.pk: numero for numero, punto in enumerate(punti, start=1)}
    osservazioni = list(salvato.osservazioni.select_related("ente").order_by("creato", "uuid"))
    return {
        "formato": FORMATO,
        "verbale": str(salvato.pk),
        "incontro": _incontro(incontro),
        "aperto": _ora(salvato.aperto),
        "chiuso": _ora(salvato.chiuso),
        "verbalizzante": _nome(salvato.verbalizzante),
        "presenze": [_presenza(p) for p in presenze],
        "punti": [_punto(p, numeri[p.pk], voci.get(p.pk, [])) for p in punti],
        "impegni_rivisti": impegni_del_verbale(incontro),
        "allegati": [_allegato(a) for a in incontro.allegati.order_by("creato", "uuid")],
        "osservazioni": [_osservazione(o, numeri) for o in osservazioni],
        "approvazione": _approvazione(salvato),
        "riferimenti": _riferimenti(salvato, presenze, osservazioni),
    }


def canonico(dati: dict[str, Any]) -> str:
    """The one JSON text of these data: keys in order, no spaces, letters as they are (to be encoded in UTF-8)."""
    return impronta.canonico(dati)


def pubblico(dati: dict[str, Any]) -> dict[str, Any]:
    """Of the same data only what may be published: public points, entries and attachments; enti and roles, no person.

    Observations, reviews of commitments, notes, delegates, guests' names and the descriptions of points stay inside.
    """
    punti = [_punto_pubblico(punto) for punto in dati["punti"] if punto["pubblico"]]
    fuori = {"riferimenti", "osservazioni", "impegni_rivisti"}
    return {chiave: valore for chiave, valore in dati.items() if chiave not in fuori} | {
        "incontro": {**dati["incontro"], "presiede": ""},
        "verbalizzante": "",
        "presenze": [{**p, "nome": "", "delegato": "", "nota": ""} for p in dati["presenze"]],
        "punti": punti,
        "allegati": [allegato for allegato in dati["allegati"] if allegato["pubblico"]],
        "osservazioni": [],
    }


def _punto_pubblico(punto: dict[str, Any]) -> dict[str, Any]:
    voci = [
        {**voce, "impegno": voce["impegno"] and {**voce["impegno"], "persona": ""}}
        for voce in punto["voci"]
        if voce["pubblica"]
    ]
    return {**punto, "descrizione": "", "voci": voci}


def _incontro(incontro: Incontro) -> dict[str, Any]:
    return {
        "titolo": incontro.titolo,
        "inizio": _momento(incontro.inizio),
        "fine": _momento(incontro.fine),
        "modalita": incontro.modalita,
        "luogo": incontro.luogo,
        "presiede": _nome(incontro.presiede),
        "convocato_il": _momento(incontro.convocato_il),
        "quorum": incontro.quorum,
    }


def _presenza(presenza: Presenza) -> dict[str, Any]:
    return {
        "seggio": _nome(presenza.seggio),
        "ente": _nome(presenza.ente),
        "nome": presenza.ospite or presenza.nome or _nome(presenza.utente),
        "esito": presenza.esito,
        "delegato": presenza.delegato,
        "entrata": _ora(presenza.entrata),
        "uscita": _ora(presenza.uscita),
        "nota": presenza.nota,
        "ospite": bool(presenza.ospite),
    }


def _punto(punto: PuntoOdg, numero: int, voci: list[Voce]) -> dict[str, Any]:
    return {
        "uuid": str(punto.pk),
        "numero": numero,
        "titolo": punto.titolo,
        "descrizione": punto.descrizione,
        "tipo": punto.tipo,
        "pubblico": punto.pubblico,
        "verbale_da_approvare": _nome(punto.verbale_da_approvare),
        "voci": [_voce(voce) for voce in voci],
    }


def _voci_per_punto(incontro: Incontro) -> dict[Any, list[Voce]]:
    legati = ("impegno__ente", "impegno__persona", "istanza__destinatario")
    per_punto: dict[Any, list[Voce]] = {}
    voci = Voce.objects.filter(punto__incontro=incontro.pk).select_related(*legati)
    for voce in voci.order_by("ordine", "creato", "uuid"):
        per_punto.setdefault(voce.punto_id, []).append(voce)
    return per_punto


def _voce(voce: Voce) -> dict[str, Any]:
    impegno, istanza = getattr(voce, "impegno", None), getattr(voce, "istanza", None)
    return {
        "uuid": str(voce.pk),
        "tipo": voce.tipo,
        "testo": voce.testo,
        "esito": voce.esito,
        "pubblica": voce.pubblica,
        "impegno": impegno
        and {
            "ente": _nome(impegno.ente),
            "persona": _nome(impegno.persona),
            "scadenza": _giorno(impegno.scadenza),
        },
        "istanza": istanza
        and {
            "oggetto": istanza.oggetto,
            "destinatario": _nome(istanza.destinatario),
            "scadenza": _giorno(istanza.scadenza),
        },
    }


def _allegato(allegato: Allegato) -> dict[str, Any]:
    campi = ("titolo", "nome_file", "tipo", "dimensione", "impronta", "pubblico")
    return {campo: getattr(allegato, campo) for campo in campi}


def _osservazione(osservazione: Osservazione, numeri: dict[Any, int]) -> dict[str, Any]:
    return {
        "ente": _nome(osservazione.ente),
        "punto": numeri.get(osservazione.punto_id),
        "testo": osservazione.testo,
        "stato": osservazione.stato,
        "motivo": osservazione.motivo,
    }


def _approvazione(verbale: Any) -> dict[str, Any] | None:
    if not verbale.fermo:
        return None
    return {
        "il": _momento(verbale.approvato_il),
        "incontro": verbale.approvato_in.con_data,
        "seduta_stante": verbale.seduta_stante,
    }


def _riferimenti(verbale: Any, presenze: list[Presenza], osservazioni: list[Osservazione]) -> dict[str, Any]:
    return {
        "incontro": str(verbale.incontro_id),
        "approvato_in": _chiave(verbale.approvato_in_id),
        "presenze": [[str(p.pk), _chiave(p.seggio_id), _chiave(p.ente_id), p.nome] for p in presenze],
        "osservazioni": [[str(o.pk), str(o.ente_id)] for o in osservazioni],
    }


def _fila_di(modello: Any) -> tuple:
    return tuple(modello.objects.in_fila().query.order_by)


def _chiave(pk: Any) -> str | None:
    return str(pk) if pk else None


def _nome(oggetto: Any) -> str:
    return "" if oggetto is None else str(oggetto)


def _ora(ora: time | None) -> str | None:
    return f"{ora:%H:%M}" if ora else None


def _giorno(giorno: date | None) -> str | None:
    return giorno.isoformat() if giorno else None


def _momento(momento: datetime | None) -> str | None:
    return timezone.localtime(momento).isoformat() if momento else None
