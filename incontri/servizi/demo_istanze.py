"""The instance and the attachment of the demo: what a consultorio was asked, its answer, a table anybody may download."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from incontri.models import Incontro
from incontri.servizi.allegati import allega
from incontri.servizi.istanze import invia_istanza, prendi_in_carico, rispondi
from referenti.models import Ente, Utente

TABELLA = (
    "chi arriva chiede;volte (numeri di esempio)\ndove si va;12\nche documenti servono;9\nchi parla la mia lingua;7\n"
)


def crea_istanza_di_esempio(chiede: Utente, risponde: Utente) -> None:
    """An instance to a unit of the ente of `risponde`, taken charge of and answered; no mail leaves. Nothing without a unit."""
    unita = Ente.objects.filter(padre=risponde.ente_id, denominazione__icontains="consultorio").first()
    if unita is None:
        return
    istanza: Any = invia_istanza(
        oggetto="Istanza di esempio: i tempi per un primo appuntamento",
        testo="È un'istanza di esempio: serve a mostrare il portale.\n\n"
        "Quanto si aspetta oggi per un primo appuntamento, e in quante lingue si può avere chi media?",
        destinatario=unita,
        mittente=chiede.ente,
        scadenza=timezone.localdate() + timedelta(days=20),
        autore=chiede,
    )
    _come_avvisato(istanza, "avvisata_il")
    prendi_in_carico(istanza, autore=risponde)
    risposta = rispondi(
        istanza,
        testo="È una risposta di esempio.\n\nSi aspettano circa tre settimane; chi media si può avere in quattro lingue.",
        autore=risponde,
    )
    _come_avvisato(risposta, "avvisato_il")


def allega_esempio(incontro: Incontro, autore: Utente) -> None:
    """A small public table among the attachments of the meeting."""
    file = ContentFile(TABELLA.encode(), name="domande-di-esempio.csv")
    allega(file, incontro=incontro, titolo="Tabella di esempio: le domande di chi arriva", pubblico=True, autore=autore)


def _come_avvisato(riga: Any, campo: str) -> None:
    # Before the commit that would send the mail: the demo writes to nobody.
    setattr(riga, campo, timezone.now())
    riga.save_without_historical_record(update_fields=[campo])
