"""The last links of the story: the proposals and their steps, the commitments taken for them, what changed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from incontri.models import (
    Bisogno,
    EsitoProposta,
    Impegno,
    Proposta,
    RevisioneImpegno,
    StatoImpegno,
    StatoProposta,
    StatoVerbale,
)
from incontri.servizi.catena.momenti import Anello, Momento, misura, pagina


def proposte_di(bisogno: Bisogno, utente: Any) -> list[Proposta]:
    """The proposals that answer it, of those the person (everybody, for None) reads, with their steps."""
    righe = Proposta.objects.pubbliche() if utente is None else Proposta.objects.visibili_a(utente)
    righe = righe.filter(bisogni=bisogno).select_related("capofila", "decisione__punto__incontro")
    return list(righe.prefetch_related("passi__ente").order_by("creato"))


def impegni_di(proposte: Sequence[Proposta], utente: Any) -> list[Impegno]:
    """The commitments taken for the proposals; for everybody, those an entry of published minutes tells of."""
    righe = Impegno.objects.filter(proposta__in=proposte)
    if utente is None:
        righe = righe.filter(
            voce__pubblica=True,
            voce__punto__pubblico=True,
            voce__punto__incontro__verbale__stato=StatoVerbale.PUBBLICATO,
        )
    else:
        righe = righe.visibili_a(utente)
    ultime = Prefetch("revisioni", RevisioneImpegno.objects.order_by("creato"))
    return list(righe.select_related("ente", "incontro", "proposta").prefetch_related(ultime).order_by("creato"))


def proposte(righe: Sequence[Proposta], utente: Any) -> Iterator[Momento]:
    """Each proposal: when it was written, approved, finished or given up; its steps, done or late."""
    for proposta in righe:
        url = pagina(proposta, pubblica=utente is None)
        dati = {"titolo": proposta, "ente": proposta.capofila.nome_corto}
        if utente is not None:
            yield Momento(
                timezone.localdate(proposta.creato),
                Anello.PROPOSTA,
                _("Una proposta: %(titolo)s") % dati,
                url=url,
                dettaglio=_("La guida %(ente)s.") % dati,
            )
        if proposta.decisione is not None:
            incontro = proposta.decisione.punto.incontro
            yield Momento(
                timezone.localdate(incontro.inizio or proposta.creato),
                Anello.PROPOSTA,
                _("Approvata: %(titolo)s") % dati,
                url=url,
                dettaglio=_("La decide l'incontro «%(incontro)s». La guida %(ente)s.")
                % (dati | {"incontro": incontro}),
            )
        yield from _passi(proposta, url)
        if proposta.stato in (StatoProposta.CONCLUSA, StatoProposta.ABBANDONATA):
            titolo = (
                _("Conclusa: %(titolo)s") if proposta.stato == StatoProposta.CONCLUSA else _("Abbandonata: %(titolo)s")
            )
            giorno = proposta.concluso_il or timezone.localdate(proposta.aggiornato)
            yield Momento(giorno, Anello.ESITO, titolo % dati, testo=proposta.esito, url=url)


def _passi(proposta: Proposta, url: str) -> Iterator[Momento]:
    for passo in proposta.passi.all():
        chi = passo.ente.nome_corto if passo.ente else ""
        if passo.fatto_il:
            yield Momento(
                passo.fatto_il,
                Anello.PROPOSTA,
                _("Un passo fatto: %(passo)s") % {"passo": passo},
                url=url,
                dettaglio=chi,
            )
        elif passo.in_ritardo and passo.entro:
            yield Momento(
                passo.entro,
                Anello.PROPOSTA,
                _("Un passo in ritardo: %(passo)s") % {"passo": passo},
                url=url,
                dettaglio=chi,
                in_ritardo=True,
            )


def impegni(righe: Sequence[Impegno], utente: Any) -> Iterator[Momento]:
    """Each commitment: when it was taken, and when it was kept, dropped, or should have been."""
    for impegno in righe:
        url = pagina(impegno) if utente is not None else ""
        preso = impegno.incontro.inizio if impegno.incontro and impegno.incontro.inizio else impegno.creato
        dati = {"ente": impegno.ente.nome_corto, "che": str(impegno)}
        entro = _("Entro %(giorno)s.") % {"giorno": impegno.entro} if impegno.scadenza else ""
        yield Momento(
            timezone.localdate(preso),
            Anello.IMPEGNO,
            _("%(ente)s si impegna: %(che)s") % dati,
            url=url,
            dettaglio=f"{entro} {_('Per la proposta «%(proposta)s».') % {'proposta': impegno.proposta}}".strip(),
        )
        if impegno.stato in (StatoImpegno.FATTO, StatoImpegno.SUPERATO):
            fatto = impegno.stato == StatoImpegno.FATTO
            ultima = next(reversed(impegno.revisioni.all()), None)
            yield Momento(
                timezone.localdate(ultima.creato if ultima else impegno.aggiornato),
                Anello.IMPEGNO,
                (_("Impegno mantenuto: %(che)s") if fatto else _("Impegno superato: %(che)s")) % dati,
                url=url,
                dettaglio=dati["ente"],
            )
        elif impegno.in_ritardo and impegno.scadenza:
            yield Momento(
                impegno.scadenza,
                Anello.IMPEGNO,
                _("Doveva essere fatto: %(che)s") % dati,
                url=url,
                dettaglio=dati["ente"],
                in_ritardo=True,
            )


def esiti(bisogno: Bisogno, righe: Sequence[Proposta], utente: Any) -> Iterator[Momento]:
    """What became of the evidence of the need after a proposal: the measure before and after."""
    trovati = EsitoProposta.objects.filter(evidenza__bisogno=bisogno, proposta__in=righe)
    for esito in trovati.select_related("evidenza__comune", "proposta").order_by("creato"):
        prima = _("meno di cinque") if esito.evidenza.soppresso else misura(esito.evidenza.valore, esito.evidenza)
        dopo = misura(esito.valore, esito.evidenza)
        if esito.evidenza.unita == "persone" and 0 < esito.valore < 5:
            dopo = _("meno di cinque")
        dati = {"prima": prima, "dopo": dopo, "quando": esito.evidenza.riferimento, "poi": esito.riferimento}
        yield Momento(
            timezone.localdate(esito.creato),
            Anello.ESITO,
            _("Prima e dopo: %(che)s") % {"che": esito.evidenza.testo},
            testo=_("%(prima)s (%(quando)s), poi %(dopo)s (%(poi)s).") % dati,
            url=pagina(esito.proposta, pubblica=utente is None),
            dettaglio=f"{esito.fonte}. {esito.nota}".strip(),
        )
