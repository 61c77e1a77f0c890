"""The sample proposals of the demo: an idea, one under way, one concluded and measured, one given up.

All of it goes through the services people use, and says of itself that it is an example.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from incontri.models import (
    Bisogno,
    EsitoProposta,
    Evidenza,
    PassoProposta,
    Proposta,
    TipoEvidenza,
    UnitaEvidenza,
    Voce,
)
from incontri.servizi.bisogni.evidenze import scrivi_evidenza
from incontri.servizi.impegni import registra_impegno
from incontri.servizi.proposte.passaggi import porta_avanti
from referenti.models import Ente, Utente

FONTE = "Numeri di esempio degli sportelli"
# By how they begin, the decisions of the sample minutes that approve two of them.
PROVA, UN_POSTO_SOLO = "Si chiede alle scuole", "Le schede dei servizi si tengono"
ESEMPIO = "È una proposta di esempio."


@transaction.atomic
def crea_proposte_di_esempio(persone: Sequence[Utente]) -> int:
    """Make the sample proposals, unless there are some; gives how many. `persone`: those of the demo, coordination first.

    Raises Bisogno.DoesNotExist or Ente.DoesNotExist if the territory's data were not loaded.
    """
    if Proposta.objects.filter(esempio=True).exists():
        return 0
    coordina, bollate, senago = persone[:3]
    _proposta(
        senago,
        titolo="Uno sportello aperto la sera, a turno fra i comuni",
        descrizione=f"{ESEMPIO} Una sera alla settimana, ogni mese in un comune diverso, per chi lavora di giorno.",
        bisogni=("esempio-orari-e-lavoro",),
        partner=("comune-di-bollate",),
    )
    _in_attuazione(coordina, senago)
    _conclusa(coordina, bollate)
    lasciata = _proposta(
        bollate,
        titolo="Un numero di telefono unico in dieci lingue",
        descrizione=f"{ESEMPIO} Un solo numero che risponde in dieci lingue e passa allo sportello giusto.",
        bisogni=("esempio-quale-sportello",),
        fattibilita=1,
        motivo_fattibilita="Serve personale ogni giorno, in dieci lingue.",
        costi="Più di quanto gli enti possano mettere insieme.",
    )
    porta_avanti(
        lasciata,
        "abbandona",
        autore=coordina,
        parole="È un esempio: costa troppo per il nostro Ambito. Si parte dalle schede dei servizi, che ogni ente tiene.",
    )
    return 4


def _in_attuazione(coordina: Utente, senago: Utente) -> None:
    proposta = _proposta(
        senago,
        titolo="Chi media è chiamato prima, all'iscrizione a scuola",
        descrizione=f"{ESEMPIO} Le scuole prenotano un colloquio con chi media già all'iscrizione, non quando c'è un problema.",
        bisogni=("esempio-mediazione-tardi", "esempio-avvisi-della-scuola"),
        partner=("comune-di-bollate",),
        fattibilita=4,
        motivo_fattibilita="Le ore di mediazione ci sono già: cambia quando si chiamano.",
        costi="Nessuna spesa in più per un trimestre di prova.",
    )
    oggi = timezone.localdate()
    _passo(proposta, senago, 1, "Scrivere alle scuole come funziona la prova", entro=oggi - timedelta(days=5))
    _passo(proposta, senago, 2, "Scegliere due scuole per cominciare", entro=oggi + timedelta(days=40))
    _decisa(proposta, PROVA, coordina)
    porta_avanti(proposta, "attua", autore=senago)
    registra_impegno(
        testo="Scegliere con le scuole le due da cui cominciare (esempio).",
        ente=senago.ente,
        scadenza=oggi + timedelta(days=40),
        proposta=proposta,
        autore=senago,
    )


def _conclusa(coordina: Utente, bollate: Utente) -> None:
    proposta = _proposta(
        bollate,
        titolo="Le schede dei servizi in un posto solo",
        descrizione=f"{ESEMPIO} Ogni ente tiene le sue schede nel portale e le conferma due volte l'anno.",
        bisogni=("esempio-informazioni-discordi",),
        partner=("comune-di-senago",),
        fattibilita=5,
        motivo_fattibilita="Il portale c'è, ogni ente conosce i suoi servizi.",
        costi="Poche ore all'anno per ogni ente.",
    )
    oggi = timezone.localdate()
    _passo(proposta, bollate, 1, "Correggere le schede di ogni sportello", fatto_il=oggi - timedelta(days=3))
    prima = scrivi_evidenza(
        Evidenza(
            bisogno=proposta.bisogni.get(),
            tipo=TipoEvidenza.MISURA,
            testo="Schede con un orario o un telefono sbagliato, ogni cento (esempio)",
            valore=Decimal(35),
            unita=UnitaEvidenza.PERCENTO,
            riferimento=str(oggi.year - 1),
            fonte=FONTE,
        ),
        autore=bollate,
    )
    _decisa(proposta, UN_POSTO_SOLO, coordina)
    porta_avanti(proposta, "attua", autore=bollate)
    esito: Any = EsitoProposta(
        proposta=proposta, evidenza=prima, valore=Decimal(8), riferimento=str(oggi.year), fonte=FONTE, autore=bollate
    )
    esito._history_user = bollate
    esito.save()
    porta_avanti(
        proposta,
        "concludi",
        autore=bollate,
        parole="È un esempio: le schede sono nel portale e gli enti le confermano. Resta da farlo sapere agli sportelli.",
    )


def _proposta(autore: Utente, *, bisogni: Sequence[str], partner: Sequence[str] = (), **valori: Any) -> Proposta:
    proposta: Any = Proposta(capofila=autore.ente, autore=autore, esempio=True, **valori)
    proposta._history_user = autore
    proposta.save()
    proposta.bisogni.set([Bisogno.objects.get(slug=slug) for slug in bisogni])
    proposta.partner.set([Ente.objects.get(slug=slug) for slug in partner])
    return proposta


def _passo(proposta: Proposta, autore: Utente, ordine: int, testo: str, **giorni: Any) -> None:
    passo: Any = PassoProposta(proposta=proposta, testo=testo, ente=autore.ente, ordine=ordine, **giorni)
    passo._history_user = autore
    passo.save()


def _decisa(proposta: Proposta, inizio: str, coordina: Utente) -> None:
    decisione = Voce.objects.filter(testo__startswith=inizio).first()
    porta_avanti(proposta, "co-progetta", autore=coordina)
    porta_avanti(proposta, "approva", autore=coordina, decisione=decisione)
