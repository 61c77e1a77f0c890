"""Attaching files to meetings, instances and good practices, and taking them away."""

import hashlib
import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from incontri.models import Allegato, BuonaPrassi, Incontro, Istanza, StatoIstanza
from incontri.servizi.controllo_file import MB, FileRifiutato, controlla_file
from incontri.servizi.modifiche import NonModificabile, apri_per_modifica
from incontri.servizi.prassi.revisione import perche_ferma

registro = logging.getLogger(__name__)


def allega(
    file: Any,
    *,
    incontro: Incontro | None = None,
    istanza: Istanza | None = None,
    prassi: BuonaPrassi | None = None,
    titolo: str = "",
    pubblico: bool = False,
    autore: Any,
) -> Allegato:
    """The file, checked and kept under a name nobody can guess, as an attachment of one thing.

    Raises FileRifiutato if the file may not come in, is there already, or there is no room left; NonModificabile if the
    meeting or the good practice stands still or the instance is closed. Either way nothing is kept.
    """
    controllato = controlla_file(file)
    impronta = hashlib.sha256()
    for pezzo in file.chunks():
        impronta.update(pezzo)
    file.seek(0)
    allegato: Any = Allegato(
        incontro=incontro,
        istanza=istanza,
        prassi=prassi,
        titolo=titolo.strip()[:160],
        nome_file=controllato.nome,
        tipo=controllato.tipo,
        dimensione=file.size,
        impronta=impronta.hexdigest(),
        pubblico=pubblico and istanza is None,
        autore=autore,
    )
    scritto = ""
    try:
        with transaction.atomic():
            _tieni_fermo(allegato, autore)
            _c_e_posto(allegato)
            allegato.file.save(controllato.nome, file, save=False)
            scritto = allegato.file.name
            allegato._history_user = autore
            allegato.save(force_insert=True)
    except BaseException:
        if scritto:
            _cancella(allegato.file.storage, scritto)
        raise
    return allegato


def togli_allegato(allegato: Any, *, autore: Any) -> None:
    """Take the attachment away, its file once that is saved for good; raises NonModificabile if it must stay."""
    with transaction.atomic():
        _tieni_fermo(allegato, autore)
        deposito, nome = allegato.file.storage, allegato.file.name
        allegato._history_user = autore
        allegato.delete()
        transaction.on_commit(partial(_cancella, deposito, nome), robust=True)


def cambia_pubblico(allegato: Any, *, pubblico: bool, autore: Any) -> None:
    """Say whether the attachment is published with its minutes or good practice; raises NonModificabile if they stand still."""
    with transaction.atomic():
        _tieni_fermo(allegato, autore)
        allegato.refresh_from_db(from_queryset=Allegato.objects.select_for_update(of=("self",)))
        if allegato.pubblico != pubblico:
            allegato.pubblico = pubblico
            allegato._history_user = autore
            allegato.save()


def _tieni_fermo(allegato: Any, autore: Any) -> None:
    """Hold what it belongs to until the end of the transaction; raise NonModificabile if that changes no more."""
    if allegato.incontro_id:
        apri_per_modifica(allegato.incontro)
    elif allegato.prassi_id:
        prassi = BuonaPrassi.objects.select_for_update(of=("self",)).get(pk=allegato.prassi_id)
        if ferma := perche_ferma(prassi, autore):
            raise NonModificabile(ferma)
    elif Istanza.objects.select_for_update().get(pk=allegato.istanza_id).stato == StatoIstanza.CHIUSA:
        raise NonModificabile(
            "L'istanza è chiusa: i suoi allegati non cambiano più. Per aggiungerne, prima va riaperta."
        )


def _c_e_posto(allegato: Any) -> None:
    suoi = Allegato.objects.filter(incontro=allegato.incontro, istanza=allegato.istanza, prassi=allegato.prassi)
    if suoi.filter(impronta=allegato.impronta).exists():
        raise FileRifiutato(f"«{allegato.nome_file}»: questo file c'è già.")
    occupati = suoi.aggregate(byte=Sum("dimensione"))["byte"] or 0
    if occupati + allegato.dimensione > settings.ALLEGATI_TOTALE_MB * MB:
        raise FileRifiutato(
            f"«{allegato.nome_file}»: gli allegati sono al massimo {settings.ALLEGATI_TOTALE_MB} MB in tutto, e non c'è più posto."
        )


def _cancella(deposito: Any, nome: str) -> None:
    try:
        deposito.delete(nome)
    except OSError as errore:
        registro.warning("Il file di un allegato non si è potuto cancellare: %s", errore)
