"""Published minutes for the tests of what everybody reads of them: the words of what is internal are `SEGRETE`."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.factories import (
    AllegatoFactory,
    EnteFactory,
    IncontroFactory,
    OriginaleFactory,
    PuntoOdgFactory,
    VerbaleFactory,
    VoceFactory,
)

ROMA = ZoneInfo("Europe/Rome")
SEGRETE = ("Giovanna Segreta", "interna e riservata", "punto nascosto", "Delegata Nascosta", "osservazione riservata")


def pubblica(titolo="Incontro di marzo", giorno=(2026, 3, 10), ente=None, con_allegato=False):
    """A meeting with published minutes: a public point with a public and an internal entry, and an internal point.

    With `con_allegato` also a public attachment.
    """
    ente = ente or EnteFactory(denominazione=f"Ente di «{titolo}»")
    incontro = IncontroFactory(
        titolo=titolo, inizio=datetime(*giorno, 10, tzinfo=ROMA), stato="svolto", luogo="Bollate"
    )
    aperto = PuntoOdgFactory(incontro=incontro, titolo="Mediazione nelle scuole", ordine=1)
    chiuso = PuntoOdgFactory(incontro=incontro, titolo="punto nascosto", ordine=2, pubblico=False)
    decisa = VoceFactory(
        punto=aperto, tipo="decisione", esito="unanimita", testo="Si apre *uno sportello*.", pubblica=True
    )
    interna = VoceFactory(punto=aperto, testo="Discussione interna e riservata.")
    # Before the minutes: once they are published nothing more is attached.
    allegati = [AllegatoFactory(incontro=incontro, pubblico=True)] if con_allegato else []
    dopo = datetime(*giorno, 12, tzinfo=ROMA)
    stato = {"stato": "pubblicato", "approvato_il": dopo, "approvato_in": incontro, "pubblicato_il": dopo}
    verbale = VerbaleFactory(incontro=incontro, **stato)
    voce = {"impegno": None, "istanza": None}
    dati = {
        "formato": 1,
        "verbale": str(verbale.pk),
        "incontro": {
            "titolo": titolo,
            "inizio": incontro.inizio.isoformat(),
            "fine": None,
            "modalita": "in-sede",
            "luogo": "Bollate",
            "presiede": "Giovanna Segreta",
            "convocato_il": None,
            "quorum": None,
        },
        "aperto": "10:00",
        "chiuso": "12:00",
        "verbalizzante": "Giovanna Segreta",
        "presenze": [
            {
                "seggio": "Referente",
                "ente": ente.denominazione,
                "nome": "Giovanna Segreta",
                "esito": "delega",
                "delegato": "Delegata Nascosta",
                "entrata": None,
                "uscita": None,
                "nota": "interna e riservata",
                "ospite": False,
            }
        ],
        "punti": [
            {
                "uuid": str(aperto.pk),
                "numero": 1,
                "titolo": aperto.titolo,
                "descrizione": "",
                "tipo": "ordinario",
                "pubblico": True,
                "verbale_da_approvare": None,
                "voci": [
                    voce
                    | {
                        "uuid": str(v.pk),
                        "tipo": v.tipo,
                        "testo": v.testo,
                        "esito": v.esito,
                        "pubblica": v.pubblica,
                    }
                    for v in (decisa, interna)
                ],
            },
            {
                "uuid": str(chiuso.pk),
                "numero": 2,
                "titolo": chiuso.titolo,
                "descrizione": "",
                "tipo": "ordinario",
                "pubblico": False,
                "verbale_da_approvare": None,
                "voci": [],
            },
        ],
        "allegati": [
            {c: getattr(a, c) for c in ("titolo", "nome_file", "tipo", "dimensione", "impronta", "pubblico")}
            for a in allegati
        ],
        "osservazioni": [
            {
                "ente": ente.denominazione,
                "punto": None,
                "testo": "osservazione riservata",
                "stato": "respinta",
                "motivo": "osservazione riservata",
            }
        ],
        "approvazione": {"il": dopo.isoformat(), "incontro": titolo, "seduta_stante": True},
    }
    OriginaleFactory(verbale=verbale, contenuto=json.dumps(dati))
    return incontro
