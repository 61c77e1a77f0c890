"""Minutes as plain data, with one of everything, for the tests of the documents."""

from typing import Any

NOMI = ("Fatima Zahra فاطمة الزهراء", "Wang Xiaoming 王小明", "Selam ሰላም Tesfay", "María José de la Cruz")
ESITI = ("in-sede", "online", "delega", "giustificato", "assente")


def presenza(numero: int) -> dict[str, Any]:
    """The attendance of a seat."""
    return {
        "seggio": f"Referente del comune {numero}",
        "ente": f"Comune {numero % 9}",
        "nome": NOMI[numero % 4],
        "esito": ESITI[numero % 5],
        "delegato": "Carla Delegata" if numero % 5 == 2 else "",
        "entrata": "09:40" if numero % 5 == 0 else "",
        "uscita": "11:30" if numero % 10 == 0 else "",
        "nota": "",
        "ospite": False,
    }


OSPITE = presenza(1) | {"seggio": "", "ente": "Istituto comprensivo", "nome": "Olga Ospite", "ospite": True}


def voce(tipo: str, testo: str, **altro: Any) -> dict[str, Any]:
    """An entry."""
    return {"uuid": f"voce-{tipo}", "tipo": tipo, "testo": testo, "esito": "", "pubblica": True} | (
        {"impegno": None, "istanza": None} | altro
    )


def punto(numero: int, titolo: str, *voci: dict[str, Any], **altro: Any) -> dict[str, Any]:
    """A point of the agenda."""
    base = {"uuid": f"punto-{numero}", "numero": numero, "titolo": titolo, "descrizione": "", "tipo": "ordinario"}
    return base | {"pubblico": True, "verbale_da_approvare": None, "voci": list(voci)} | altro


SCRITTO = (
    "Si parla **a lungo** di *mediazione*.\nA capo.\n\n# Un titolo\n\n- primo\n- secondo\n  1. annidato\n\n"
    "> Una citazione\n\n```\ncodice\n```\n\nVedi [il sito](https://example.org/a?b=1&c=2) e `x=1` <script>alert(1)</script>."
)
IMPEGNO = {"ente": "Comune di Bollate", "persona": "Bruno Bianchi", "scadenza": "2026-12-11"}
ISTANZA = {"oggetto": "Tempi di attesa", "destinatario": "UONPIA di Bollate", "scadenza": "2026-12-08"}
APPROVAZIONE = {"il": "2026-11-11T10:00:00+01:00", "incontro": "Sesto incontro", "seduta_stante": False}
RETTIFICA = {
    "numero": 1,
    "testo": "La data giusta è **l'8 ottobre**.",
    "motivo": "Errore di battitura.",
    "incontro": "Settimo incontro",
    "il": "2026-12-08",
}


def dati(*, presenze: int = 5, approvato: bool = False, **altro: Any) -> dict[str, Any]:
    """Minutes as `incontri.servizi.contenuto.contenuto` gives them."""
    base = {
        "formato": 1,
        "verbale": "11111111-1111-1111-1111-111111111111",
        "incontro": {
            "titolo": "Quinto incontro",
            "inizio": "2026-10-08T09:30:00+02:00",
            "fine": "2026-10-08T12:00:00+02:00",
            "modalita": "mista",
            "luogo": "Sala consiliare, Garbagnate Milanese",
            "presiede": "Anna Rossi",
            "convocato_il": "2026-09-20T10:00:00+02:00",
            "quorum": 2,
        },
        "aperto": "09:40",
        "chiuso": "12:05",
        "verbalizzante": "Bruno Bianchi",
        "presenze": [*(presenza(numero) for numero in range(presenze)), OSPITE],
        "punti": [
            punto(
                1,
                "Approvazione del verbale precedente",
                voce("decisione", "Il verbale è approvato.", esito="unanimita"),
                tipo="approvazione",
                verbale_da_approvare="Verbale di «Quarto incontro»",
            ),
            punto(
                2,
                "Mediazione nelle scuole",
                voce("discussione", SCRITTO),
                voce("criticita", "Mancano mediatori di lingua araba العربية e cinese 中文."),
                voce("impegno", "Scrivere alle scuole.", impegno=IMPEGNO),
                voce("istanza", "Si chiede dei tempi.", istanza=ISTANZA),
            ),
            punto(3, "Varie ed eventuali"),
        ],
        "allegati": [
            {
                "titolo": "Lucidi",
                "nome_file": "lucidi.pdf",
                "tipo": "application/pdf",
                "dimensione": 1_403_000,
                "impronta": "ab" * 32,
                "pubblico": True,
            }
        ],
        "osservazioni": [
            {
                "ente": "Comune di Senago",
                "punto": 2,
                "testo": "Manca la data.",
                "stato": "accolta",
                "motivo": "Aggiunta.",
            }
        ],
        "approvazione": APPROVAZIONE if approvato else None,
        "riferimenti": {"incontro": "22222222-2222-2222-2222-222222222222"},
    }
    return base | altro
