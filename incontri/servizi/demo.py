"""The meetings of the demo: two held and one to come, with the minutes, commitments and questions they leave behind.

All of it goes through the services people use, and says of itself that it is an example.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from incontri.models import AvvisoVerbale, Incontro, TipoPunto, TipoVoce, Verbale
from incontri.servizi import demo_mano as mano
from incontri.servizi.adesioni.demo import crea_adesioni_di_esempio
from incontri.servizi.approvazioni import approva_verbale
from incontri.servizi.avvisi import da_avvisare
from incontri.servizi.condivisioni import condividi_verbale
from incontri.servizi.demo_istanze import allega_esempio, crea_istanza_di_esempio
from incontri.servizi.pubblicazioni import pubblica_verbale
from referenti.models import Utente

PRIMO, SECONDO, TERZO = (f"incontro-di-esempio-{nome}" for nome in ("accesso", "scuola", "prossimo"))
ODG = (
    (TipoPunto.IMPEGNI, "Impegni aperti", ""),
    (TipoPunto.ISTANZE, "Risposte alle istanze", ""),
    (TipoPunto.VARIE, "Varie ed eventuali", ""),
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
    incontro = mano.incontro(PRIMO, "Incontro di esempio: l'accesso ai servizi", -49, coordina)
    mano.odg(incontro, coordina, (TipoPunto.ORDINARIO, "Come raccontiamo i servizi a chi arriva", mano.NOTA), ODG[2])
    mano.tenuto(incontro, coordina)
    verbale = mano.verbale(incontro, scrive)
    racconto, varie = incontro.punti.all()
    mano.scrivi(
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
    mano.scrivi(varie, scrive, (TipoVoce.DISCUSSIONE, "Niente da segnalare."))
    allega_esempio(incontro, scrive)
    return condividi_verbale(verbale, autore=scrive)


def _secondo(coordina: Utente, scrive: Utente, precedente: Verbale) -> Any:
    incontro = mano.incontro(SECONDO, "Incontro di esempio: la mediazione a scuola", -14, coordina)
    approvazione = (TipoPunto.APPROVAZIONE, "Approvazione del verbale precedente", mano.NOTA, precedente)
    mano.odg(incontro, coordina, approvazione, (TipoPunto.ORDINARIO, "La mediazione a scuola", ""), ODG[2])
    mano.tenuto(incontro, coordina)
    verbale = mano.verbale(incontro, scrive)
    approva_verbale(precedente, in_incontro=incontro, esito="unanimita", autore=coordina)
    pubblica_verbale(precedente, autore=coordina)
    _, scuola, _varie = incontro.punti.all()
    mano.scrivi(
        scuola,
        scrive,
        (TipoVoce.DISCUSSIONE, "Le scuole chiamano chi media **solo quando c'è un problema**."),
        (TipoVoce.BISOGNO, "Un primo colloquio con chi media per ogni famiglia che iscrive una figlia o un figlio."),
        (TipoVoce.DECISIONE, "Si chiede alle scuole di provare per un trimestre.", "maggioranza"),
        (TipoVoce.IMPEGNO, "Scrivere alle scuole la proposta della prova.", "comune-di-senago", 30),
    )
    return condividi_verbale(verbale, autore=scrive)


def _terzo(coordina: Utente, precedente: Verbale) -> None:
    incontro = mano.incontro(TERZO, "Incontro di esempio: che cosa fare l'anno prossimo", 14, coordina)
    approvazione = (TipoPunto.APPROVAZIONE, "Approvazione del verbale precedente", mano.NOTA, precedente)
    mano.odg(
        incontro, coordina, approvazione, *ODG[:2], (TipoPunto.ORDINARIO, "Tre idee per l'anno prossimo", ""), ODG[2]
    )
