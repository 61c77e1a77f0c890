"""What waits, on the dashboard, for who has commitments to keep."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from incontri.models import Impegno
from tavolo.base.passi import DaFare, Passo

# What falls due within these days waits already; up to this many are told one by one.
PRESTO, UNO_A_UNO = timedelta(days=7), 3


def impegni_da_mantenere(utente):
    """The commitments of the person and of the own ente that are late or soon due; in one line when they are many."""
    oggi = timezone.localdate()
    miei = Q(persona=utente.pk)
    if utente.ente_id and utente.has_perm("incontri.add_impegno"):
        miei |= Q(persona__isnull=True) & (Q(ente=utente.ente_id) | Q(ente__padre=utente.ente_id))
    righe = Impegno.objects.visibili_a(utente).in_piedi().filter(miei, scadenza__lte=oggi + PRESTO)
    impegni = list(righe.select_related("ente").order_by("scadenza", "creato", "pk"))
    if len(impegni) > UNO_A_UNO:
        prima = impegni[0].scadenza
        tardi = sum(impegno.scadenza < oggi for impegno in impegni)
        perche = f"In ritardo: {tardi}" if tardi else "Scadono nei prossimi giorni"
        dove = reverse("impegni:impegno-list")
        if utente.ente:
            dove += f"?ente={utente.ente.slug}"
        detto = f"il primo {_era(prima, oggi)} entro {impegni[0].entro}"
        yield DaFare(
            f"{len(impegni)} impegni da mantenere", perche, Passo("Guarda gli impegni", dove), dove, prima, detto
        )
        return
    for impegno in impegni:
        segna = reverse("impegni:revisione-create", args=[impegno.pk])
        puo = utente.has_perm("incontri.rivedi_impegno", impegno)
        passo = Passo("Segna a che punto è", segna) if puo else Passo("Guarda l'impegno", impegno.get_absolute_url())
        detto = f"{_era(impegno.scadenza, oggi)} entro {impegno.entro}"
        yield DaFare(
            impegno, f"Impegno di {impegno.ente.nome_corto}", passo, impegno.get_absolute_url(), impegno.scadenza, detto
        )


def _era(giorno, oggi):
    return "era da fare" if giorno < oggi else "è da fare"
