"""What a person is writing in the minutes, kept before it is saved; who has a page open.

A draft belongs to a person, a point and a page that was opened: it holds the fields of the form as they were sent, with the
versions the person saw, so that taking it up again still meets what others saved meanwhile.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from incontri.models import PaginaAperta, PuntoOdg, SalvataggioAutomatico, TipoVoce, Voce
from referenti.models import Utente

PREFISSO = "voci-"
APERTA = timedelta(seconds=60)
CONSERVATI = timedelta(days=30)
# A page has 400 rows at most, of a dozen fields each.
CAMPI_MASSIMI, LETTERE_MASSIME = 6000, 4_000_000


class TroppoLungo(Exception):
    """The draft is longer than any page can be."""


def tieni(punto: PuntoOdg, dati: Mapping[str, str], *, pagina: str, utente: Utente) -> SalvataggioAutomatico:
    """Keep what was typed in the page `pagina` of the point; fields that `dati` does not have stay as they were kept.

    Raises TroppoLungo. Never refused because the minutes stand still: the text is the person's.
    """
    nuovi = {nome: valore for nome, valore in dati.items() if nome.startswith(PREFISSO)}
    with transaction.atomic():
        chiavi: Any = {"utente": utente, "punto": punto, "pagina": pagina}
        tenuto, _ = SalvataggioAutomatico.objects.select_for_update().get_or_create(**chiavi)
        tenuto.dati = tenuto.dati | nuovi
        if len(tenuto.dati) > CAMPI_MASSIMI or sum(map(len, tenuto.dati.values())) > LETTERE_MASSIME:
            raise TroppoLungo
        tenuto.save()
    return tenuto


def butta(punto: PuntoOdg, *, pagina: str, utente: Utente) -> None:
    """Forget what was typed in a page: it is saved, or the person does not want it."""
    SalvataggioAutomatico.objects.filter(punto=punto, utente=utente, pagina=pagina).delete()


def da_riprendere(punto: PuntoOdg, *, utente: Utente, tranne: str = "") -> list[SalvataggioAutomatico]:
    """What the person typed in other pages of the point and saved nowhere, the latest first.

    A draft that says nothing new is not offered: each of its texts stands in an entry, or stood in one that this person saved.
    """
    tenuti = SalvataggioAutomatico.objects.filter(punto=punto, utente=utente).exclude(pagina=tranne)
    return _con_qualcosa_di_nuovo(tenuti.order_by("-aggiornato"), utente)


def propri_da_riprendere(utente: Utente) -> list[SalvataggioAutomatico]:
    """The same in every point of every meeting, the latest first."""
    tenuti = SalvataggioAutomatico.objects.filter(utente=utente).select_related("punto__incontro")
    return _con_qualcosa_di_nuovo(tenuti.order_by("-aggiornato"), utente)


def _con_qualcosa_di_nuovo(tenuti: QuerySet[SalvataggioAutomatico], utente: Utente) -> list[SalvataggioAutomatico]:
    trovati = list(tenuti)
    if not trovati:
        return []
    punti = {tenuto.punto_id for tenuto in trovati}
    salvati: dict[UUID, set[str]] = {}
    di_adesso = Voce.objects.filter(punto__in=punti).values_list("punto", "testo")
    di_prima = Voce.storia.filter(punto__in=punti, history_user=utente).values_list("punto", "testo")
    for punto, testo in (*di_adesso, *di_prima):
        salvati.setdefault(punto, set()).add(testo)
    return [tenuto for tenuto in trovati if testi(tenuto) - salvati.get(tenuto.punto_id, set())]


def in_ordine(tenuto: SalvataggioAutomatico) -> list[tuple[str, str]]:
    """The entries of a draft as kind and text, in the order of the page."""
    righe = {nome.removesuffix("-testo") for nome in tenuto.dati if nome.endswith("-testo")}
    fila = sorted(righe, key=lambda riga: _numero(tenuto.dati.get(f"{riga}-posto") or riga.rpartition("-")[2]))
    tipi = dict(TipoVoce.choices)
    voci = ((tenuto.dati.get(f"{r}-tipo", ""), tenuto.dati[f"{r}-testo"]) for r in fila)
    return [(tipi.get(tipo, ""), testo) for tipo, testo in voci if testo.strip()]


def _numero(testo: str) -> int:
    return int(testo) if testo.isdecimal() and len(testo) < 9 else 10**9


def testi(tenuto: SalvataggioAutomatico) -> set[str]:
    """The texts of entries that a draft holds, as they would be saved."""
    scritti = (valore for nome, valore in tenuto.dati.items() if nome.endswith("-testo"))
    return {testo.replace("\r\n", "\n").strip() for testo in scritti} - {""}


def scaduti() -> int:
    """Erase the drafts nobody has touched for a month, and the signs of who had a page open; how many drafts there were."""
    adesso = timezone.now()
    PaginaAperta.objects.filter(aggiornato__lt=adesso - APERTA).delete()
    vecchi = SalvataggioAutomatico.objects.filter(aggiornato__lt=adesso - CONSERVATI)
    return vecchi.delete()[1].get(SalvataggioAutomatico._meta.label, 0)


def segna_aperta(punto: PuntoOdg, *, utente: Any) -> list[str]:
    """Say that the person has the page of the point open now; the names of who else has."""
    PaginaAperta.objects.update_or_create(punto=punto, utente=utente)
    return chi_altro(punto, utente=utente)


def chi_altro(punto: PuntoOdg, *, utente: Any) -> list[str]:
    """The names of the others who have the page of the point open, in order."""
    vive = PaginaAperta.objects.filter(punto=punto, aggiornato__gte=timezone.now() - APERTA).exclude(utente=utente)
    return sorted(str(aperta.utente) for aperta in vive.select_related("utente"))
