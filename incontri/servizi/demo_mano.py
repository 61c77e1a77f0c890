"""How a sample meeting is made, through the services people use: convened, held, its minutes written."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from incontri.models import Incontro, ModalitaIncontro, PuntoOdg, TipoVoce, Verbale
from incontri.servizi.odg import RigaOdg, salva_odg
from incontri.servizi.presenze import RigaPresenza, registra_presenze
from incontri.servizi.verbali import inizia_verbale, salva_voci
from incontri.servizi.voci import DatiImpegno, RigaVoce
from referenti.models import Ente, Seggio, Utente
from tavolo.base.stati import compi

NOTA = "È un incontro di esempio: serve a mostrare il portale."
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


def seggi() -> Any:
    """The seats of the Tavolo, in order."""
    return Seggio.objects.attivi().order_by("ordine", "nome")


def incontro(slug: str, titolo: str, fra: int, coordina: Utente) -> Incontro:
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


def odg(incontro: Incontro, autore: Utente, *punti: tuple) -> None:
    """Its agenda: for each point its kind, title and description, then the minutes to approve if it is about that."""
    righe = []
    for posto, (tipo, titolo, descrizione, *verbale) in enumerate(punti, start=1):
        valori = {"tipo": tipo, "titolo": titolo, "descrizione": descrizione}
        valori |= {"verbale_da_approvare": verbale[0]} if verbale else {}
        righe.append(RigaOdg(chiave=posto, valori=valori, posto=posto))
    salva_odg(incontro, righe, autore=autore)


def tenuto(incontro: Incontro, autore: Utente) -> None:
    """Who was there, seat by seat, and that it was held."""
    righe = [
        RigaPresenza(chiave=str(seggio.pk), seggio=seggio, valori=PRESENZE[numero % len(PRESENZE)])
        for numero, seggio in enumerate(seggi())
    ]
    registra_presenze(incontro, righe, autore=autore)
    compi(incontro, "concludi", autore=autore)


def verbale(incontro: Incontro, scrive: Utente) -> Verbale:
    """Its minutes, begun by who writes them."""
    verbale: Any = inizia_verbale(incontro, autore=scrive)
    verbale.aperto, verbale.chiuso = time(9, 40), time(12, 5)
    verbale._history_user = scrive
    verbale.save()
    return verbale


def scrivi(punto: PuntoOdg, autore: Utente, *voci: tuple) -> None:
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
