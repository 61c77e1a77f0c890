"""The meetings of the demo: two held and one to come, with the minutes, commitments and questions they leave behind.

All of it goes through the services people use, and says of itself that it is an example.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import AvvisoVerbale, Incontro, ModalitaIncontro, PuntoOdg, TipoPunto, TipoVoce, Verbale
from incontri.servizi.adesioni.demo import crea_adesioni_di_esempio
from incontri.servizi.approvazioni import approva_verbale
from incontri.servizi.avvisi import da_avvisare
from incontri.servizi.condivisioni import condividi_verbale
from incontri.servizi.demo_istanze import allega_esempio, crea_istanza_di_esempio
from incontri.servizi.odg import RigaOdg, salva_odg
from incontri.servizi.presenze import RigaPresenza, registra_presenze
from incontri.servizi.pubblicazioni import pubblica_verbale
from incontri.servizi.verbali import inizia_verbale, salva_voci
from incontri.servizi.voci import DatiImpegno, RigaVoce
from referenti.models import Ente, Seggio, Utente
from tavolo.base.stati import compi

NOTA = "È un incontro di esempio: serve a mostrare il portale."
PRIMO, SECONDO, TERZO = (f"incontro-di-esempio-{nome}" for nome in ("accesso", "scuola", "prossimo"))
ODG = (
    (TipoPunto.IMPEGNI, "Impegni aperti", ""),
    (TipoPunto.ISTANZE, "Risposte alle istanze", ""),
    (TipoPunto.VARIE, "Varie ed eventuali", ""),
)
# How each seat was there, over and over in the order of the seats.
PRESENZE: tuple[dict[str, Any], ...] = (
    {"esito": "in-sede"},
    {"esito": "in-sede"},
    {"esito": "online"},
    {"esito": "giustificato"},
    {"esito": "in-sede", "entrata": time(9, 50)},
    {"esito": "delega", "delegato": "Persona di esempio"},
    {"esito": "in-sede", "uscita": time(11, 30)},
    {"esito": "assente"},
)


@transaction.atomic
def crea_incontri_di_esempio(persone: Sequence[Utente]) -> int:
    """Make the sample meetings for the people of the demo (coordination first), unless they are there; gives how many.

    The first is approved by the second and published, the minutes of the second are shared, the third is convened. Raises
    Ente.DoesNotExist if the territory's data were not loaded first.
    """
    if Incontro.objects.filter(slug__startswith="incontro-di-esempio-").exists():
        return 0
    coordina, bollate, senago = persone[:3]
    primo = _primo(coordina, bollate)
    secondo = _secondo(coordina, senago, primo)
    for avviso in da_avvisare(secondo):  # as if told: the demo writes to nobody
        AvvisoVerbale.objects.create(verbale=secondo, ente=avviso.ente, condivisione=secondo.condiviso_il)
    _terzo(coordina, secondo)
    crea_istanza_di_esempio(bollate, persone[3])
    crea_adesioni_di_esempio(coordina, Incontro.objects.get(slug=TERZO))
    return 3


def _primo(coordina: Utente, scrive: Utente) -> Verbale:
    incontro = _incontro(PRIMO, "Incontro di esempio: l'accesso ai servizi", -49, coordina)
    _odg(incontro, coordina, (TipoPunto.ORDINARIO, "Come raccontiamo i servizi a chi arriva", NOTA), ODG[2])
    _tenuto(incontro, coordina)
    verbale = _verbale(incontro, scrive)
    racconto, varie = incontro.punti.all()
    _scrivi(
        racconto,
        scrive,
        (
            TipoVoce.DISCUSSIONE,
            "Chi arriva chiede sempre le stesse tre cose:\n\n"
            "1. dove si va, e **quando è aperto**;\n2. che documenti servono;\n3. se qualcuno parla la sua lingua.\n\n"
            "Le risposte oggi stanno in *volantini diversi* per ogni comune.",
        ),
        (TipoVoce.CRITICITA, "I volantini invecchiano: nessuno sa quale sia l'ultimo."),
        (TipoVoce.BUONA_PRASSI, "A uno sportello le schede sono appese con la data dell'ultimo controllo."),
        (
            TipoVoce.DECISIONE,
            "Le schede dei servizi si tengono in un posto solo, e ogni ente conferma le sue.",
            "unanimita",
        ),
        (TipoVoce.IMPEGNO, "Mandare l'elenco degli sportelli da correggere.", "comune-di-bollate", -10),
        (TipoVoce.IMPEGNO, "Proporre come si presentano i consultori.", "asst-rhodense", 20),
    )
    _scrivi(varie, scrive, (TipoVoce.DISCUSSIONE, "Niente da segnalare."))
    allega_esempio(incontro, scrive)
    return condividi_verbale(verbale, autore=scrive)


def _secondo(coordina: Utente, scrive: Utente, precedente: Verbale) -> Any:
    incontro = _incontro(SECONDO, "Incontro di esempio: la mediazione a scuola", -14, coordina)
    approvazione = (TipoPunto.APPROVAZIONE, "Approvazione del verbale precedente", NOTA, precedente)
    _odg(incontro, coordina, approvazione, (TipoPunto.ORDINARIO, "La mediazione a scuola", ""), ODG[2])
    _tenuto(incontro, coordina)
    verbale = _verbale(incontro, scrive)
    approva_verbale(precedente, in_incontro=incontro, esito="unanimita", autore=coordina)
    pubblica_verbale(precedente, autore=coordina)
    _, scuola, _varie = incontro.punti.all()
    _scrivi(
        scuola,
        scrive,
        (TipoVoce.DISCUSSIONE, "Le scuole chiamano chi media **solo quando c'è un problema**."),
        (TipoVoce.BISOGNO, "Un primo colloquio con chi media per ogni famiglia che iscrive una figlia o un figlio."),
        (TipoVoce.DECISIONE, "Si chiede alle scuole di provare per un trimestre.", "maggioranza"),
        (TipoVoce.IMPEGNO, "Scrivere alle scuole la proposta della prova.", "comune-di-senago", 30),
    )
    return condividi_verbale(verbale, autore=scrive)


def _terzo(coordina: Utente, precedente: Verbale) -> None:
    incontro = _incontro(TERZO, "Incontro di esempio: che cosa fare l'anno prossimo", 14, coordina)
    approvazione = (TipoPunto.APPROVAZIONE, "Approvazione del verbale precedente", NOTA, precedente)
    _odg(incontro, coordina, approvazione, *ODG[:2], (TipoPunto.ORDINARIO, "Tre idee per l'anno prossimo", ""), ODG[2])


def _incontro(slug: str, titolo: str, fra: int, coordina: Utente) -> Incontro:
    """A meeting `fra` days from today (before, if negative), not on a Sunday or Saturday."""
    giorno = timezone.localdate() + timedelta(days=fra)
    giorno += timedelta(days=(0, 0, 0, 0, 0, -1, -2)[giorno.weekday()])
    zona = timezone.get_default_timezone()
    incontro: Any = Incontro(
        slug=slug,
        titolo=titolo,
        inizio=datetime.combine(giorno, time(9, 30), zona),
        fine=datetime.combine(giorno, time(12), zona),
        modalita=ModalitaIncontro.MISTA,
        luogo="Sala di esempio, Bollate",
        collegamento="https://stanza.example.org/tavolo",
        pubblico=True,
        presiede=coordina,
        quorum=6,
        fonte="Dati di esempio",
        autore=coordina,
    )
    incontro._history_user = coordina
    incontro.save()
    convocato = min(timezone.now(), incontro.inizio - timedelta(days=15))
    compi(incontro, "convoca", autore=coordina, valori={"convocato_il": convocato})
    return incontro


def _odg(incontro: Incontro, autore: Utente, *punti: tuple) -> None:
    righe = []
    for posto, (tipo, titolo, descrizione, *verbale) in enumerate(punti, start=1):
        valori = {"tipo": tipo, "titolo": titolo, "descrizione": descrizione}
        valori |= {"verbale_da_approvare": verbale[0]} if verbale else {}
        righe.append(RigaOdg(chiave=posto, valori=valori, posto=posto))
    salva_odg(incontro, righe, autore=autore)


def _tenuto(incontro: Incontro, autore: Utente) -> None:
    seggi = Seggio.objects.attivi().order_by("ordine", "nome")
    righe = [
        RigaPresenza(chiave=str(seggio.pk), seggio=seggio, valori=PRESENZE[numero % len(PRESENZE)])
        for numero, seggio in enumerate(seggi)
    ]
    registra_presenze(incontro, righe, autore=autore)
    compi(incontro, "concludi", autore=autore)


def _verbale(incontro: Incontro, scrive: Utente) -> Verbale:
    verbale: Any = inizia_verbale(incontro, autore=scrive)
    verbale.aperto, verbale.chiuso = time(9, 40), time(12, 5)
    verbale._history_user = scrive
    verbale.save()
    return verbale


def _scrivi(punto: PuntoOdg, autore: Utente, *voci: tuple) -> None:
    """The entries of a point: kind and text, then how a decision was taken, or which ente by how many days from today."""
    righe = []
    for numero, (tipo, testo, *altro) in enumerate(voci):
        valori, impegno = {"tipo": tipo, "testo": testo, "pubblica": tipo != TipoVoce.CRITICITA}, None
        if tipo == TipoVoce.DECISIONE:
            valori["esito"] = altro[0]
        if tipo == TipoVoce.IMPEGNO:
            scadenza = timezone.localdate() + timedelta(days=altro[1])
            impegno = DatiImpegno(ente=Ente.objects.get(slug=altro[0]), scadenza=scadenza)
        righe.append(RigaVoce(chiave=numero, valori=valori, impegno=impegno))
    salva_voci(punto, righe, autore=autore)
