"""Putting a request to join on the agenda of a meeting still to come."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from incontri.models import DiscussioneAdesione, Incontro, TipoPunto
from incontri.servizi.modifiche import apri_per_modifica
from incontri.servizi.odg import RigaOdg, salva_odg
from referenti.models import GenereAvviso, RichiestaAdesione
from referenti.servizi.adesioni import accoda
from tavolo.base.stati import PassaggioNonPossibile, compi


def incontri_possibili(richiesta: RichiestaAdesione) -> QuerySet:
    """The meetings still to come that do not have the request on their agenda yet, the nearest first."""
    gia = DiscussioneAdesione.objects.filter(richiesta=richiesta).values("punto__incontro")
    return Incontro.objects.futuri().filter(verbale__isnull=True).exclude(pk__in=gia)


def metti_all_ordine_del_giorno(
    richiesta: RichiestaAdesione, incontro: Incontro, *, autore: Any, base: str
) -> DiscussioneAdesione:
    """A point for the request in that agenda, before "varie ed eventuali"; who asked is told. Asked again, gives the same.

    The point says what the ente does and why it asks, never who wrote. Raises PassaggioNonPossibile if the request is not
    waiting or the meeting is not to come, NonModificabile if the meeting stands still.
    """
    with transaction.atomic():
        richiesta.refresh_from_db(from_queryset=RichiestaAdesione.objects.select_for_update())
        if gia := DiscussioneAdesione.objects.filter(richiesta=richiesta, punto__incontro=incontro).first():
            return gia
        incontro = apri_per_modifica(incontro)
        if not incontri_possibili(richiesta).filter(pk=incontro.pk).exists():
            raise PassaggioNonPossibile("Scegli un incontro ancora da tenere.")
        compi(richiesta, "discuti", autore=autore)
        punti = list(incontro.punti.all())
        varie = next((numero for numero, punto in enumerate(punti, 1) if punto.tipo == TipoPunto.VARIE), None)
        valori = {"titolo": f"Richiesta di adesione: {richiesta}", "descrizione": _di_che_cosa(richiesta)}
        scritti = salva_odg(incontro, [RigaOdg(chiave="adesione", valori=valori, posto=varie)], autore=autore)
        discussione: Any = DiscussioneAdesione(richiesta=richiesta, punto_id=scritti["adesione"], autore=autore)
        discussione._history_user = autore
        discussione.save()
        accoda(richiesta, GenereAvviso.DISCUSSIONE, base=base, autore=autore)
    return discussione


def _di_che_cosa(richiesta: Any) -> str:
    comuni = ", ".join(comune.nome for comune in richiesta.comuni.all())
    dove = f" Lavora a: {comuni}." if comuni else ""
    return (
        f"{richiesta.get_tipo_display()}.{dove}\n\nChe cosa fa: {richiesta.che_cosa_fa}\n\n"
        f"Perché chiede di entrare: {richiesta.perche}"
    )
